"""Texts of the panel that links."""

TABLE: dict[str, tuple[str, str]] = {
    # corrections
    "correct_right": ("This is the right one", "这个是正确的"),
    "correct_none": ("None of these", "都不是"),
    "correct_noted": ("Noted: {name} is the right one.", "已记录：正确的是 {name}。"),
    "correct_none_noted": ("Noted: none of these is meant.", "已记录：都不是。"),
    # examples
    "examples": ("Try one", "示例"),
    "group_text": ("The text decides", "文本决定"),
    "group_image": ("The picture decides", "图片决定"),
    "group_both": ("Only both together", "两者缺一不可"),
    "group_conflict": ("The two disagree", "图文冲突"),
    "group_text_hint": (
        "The sentence alone tells which entity is meant; the picture says nothing or is missing.",
        "仅凭句子即可确定实体；图片无信息或缺失。",
    ),
    "group_image_hint": (
        "The sentence fits every entity of that name; only the picture tells which one.",
        "句子适用于所有同名实体，只有图片能够区分。",
    ),
    "group_both_hint": (
        "Neither the sentence nor the picture is enough alone.",
        "单凭句子或图片都不足以确定实体。",
    ),
    "group_conflict_hint": (
        "The sentence is right; the picture shows a different entity.",
        "句子正确，图片属于另一个实体。",
    ),
    "no_picture": ("no picture", "无图片"),
    "drawings": (
        "The examples are drawings, but this model has learnt from photographs, too: drop in one "
        "of your own.",
        "示例均为绘图，但该模型也学习过照片：请放入一张您自己的照片。",
    ),
    "example_missing": (
        "That example is not there any more. Reload the page.",
        "该示例已不存在，请刷新页面。",
    ),
    # inputs
    "image": ("Picture (optional)", "图片（可选）"),
    "image_hint": (  # the name that Gradio gives the button, so that both agree
        "Drop an image file here to upload",
        "将图片拖放到此处上传",
    ),
    "sentence": ("Sentence", "句子"),
    "sentence_hint": (
        "Norway celebrate after the final whistle.",
        "Norway celebrate after the final whistle.",
    ),
    "mention": ("Mention", "提及"),
    "mention_info": (
        "The name to look up: select it in the sentence above, or type it.",
        "要查找的名称：在上面的句子中选中，或直接输入。",
    ),
    "k": ("Candidates to list", "候选数量"),
    "link": ("Link", "链接"),
    # empty state
    "empty_title": ("Start with an example", "从示例开始"),
    "empty_lead": (
        "Click a card above: its marked name can mean several things (“entities”), and they appear "
        "here, the most probable first. Or take your own:",
        "点击上方任一卡片：其中标出的名称可以指多个事物（“实体”），它们将按概率排列在此。"
        "也可以使用自己的内容：",
    ),
    "empty_1": (
        "Write a sentence, and select in it the name that you ask about (the “mention”).",
        "写一个句子，并选中要询问的名称（“提及”）。",
    ),
    "empty_2": ("Add a picture if you have one.", "如有图片，请添加。"),
    "empty_3": ("Press Link.", "点击“链接”。"),
    # ranking
    "results": ("Ranked entities", "实体排序"),
    "count": ("First {k} of {entities} entities", "共 {entities} 个实体，显示前 {k} 个"),
    "stale": (
        "This list answers what was linked last; the fields have changed. Press Link again.",
        "此列表对应上次链接的内容；输入已改变，请重新点击“链接”。",
    ),
    "image_missing": (
        "No picture was given. VDLU and CMFU compared with a blank one: read them with care.",
        "未提供图片。VDLU 与 CMFU 使用空白图片比较，请谨慎解读。",
    ),
    "picture_cut_short": (
        "The picture lacks its last bytes. It was read as far as it goes.",
        "图片缺少末尾的数据，已读取现有部分。",
    ),
    "truncated": (
        "The text is longer than the model reads; its end was cut off.",
        "文本超过模型长度，末尾已被截断。",
    ),
    "nil_probability": (
        "No confident entity: the first one's probability is {value}, below the {threshold} that "
        "is asked for. The entity that is meant may not be in the knowledge base.",
        "没有可信的实体：第一名的概率为 {value}，低于阈值 {threshold}。所指实体可能不在知识库中。",
    ),
    "nil_margin": (
        "No confident entity: the first is only {value} ahead of the second, less than the "
        "{threshold} that is asked for. The entity that is meant may not be in the knowledge base.",
        "没有可信的实体：第一名仅领先第二名 {value}，低于阈值 {threshold}。"
        "所指实体可能不在知识库中。",
    ),
    # a second look
    "second_moved": (
        "A second look by {name} put {entity} first, which MIMIC alone has at number {rank}.",
        "{name} 重新排序后，{entity} 成为第一名；仅按 MIMIC，它排第 {rank}。",
    ),
    "second_same": (
        "A second look by {name} at the first {k} left the first entity where it was.",
        "{name} 对前 {k} 名重新排序，第一名不变。",
    ),
    "second_right": (
        "When it overrules MIMIC it is right {right} of the time (on dev).",
        "当它推翻 MIMIC 时，正确率为 {right}（dev 集）。",
    ),
    # bands
    "band_sure": ("Sure", "有把握"),
    "band_likely": ("Likely", "很可能"),
    "band_uncertain": ("Uncertain", "不确定"),
    "band_absent": ("Probably not in this knowledge base", "可能不在此知识库中"),
    "band_why": ("What this rests on", "依据"),
    "band_least": (
        "The first entity's probability is {value}; an answer is called so from {least} on.",
        "第一名的概率为 {value}；达到 {least} 即属此档。",
    ),
    "band_below": (
        "The first entity's probability is {value}: too little to rely on.",
        "第一名的概率为 {value}，不足为凭。",
    ),
    "band_right": (
        "Tried on mentions that the model had not learnt from, {right} of such answers were right.",
        "在模型未学习过的提及上试验时，此类答案有 {right} 正确。",
    ),
    "band_told": (
        "Tried on mentions that the model had not learnt from, this is said of {told} of those "
        "whose entity is not in the knowledge base.",
        "在模型未学习过的提及上试验时，实体不在知识库中的提及有 {told} 得到此提示。",
    ),
    "band_doubted": (
        "It is said of {doubted} of the right answers, too.",
        "正确答案也有 {doubted} 得到此提示。",
    ),
    "rank": ("Rank", "排名"),
    "entity": ("Entity", "实体"),
    "probability": ("Probability", "概率"),
    "probability_hint": (
        "How sure the model is, out of the whole knowledge base: the softmax of the total score, "
        "with a temperature that was fitted on mentions that it had not learnt from.",
        "模型在整个知识库中的把握：总分的 softmax，温度在模型未学习过的提及上拟合。",
    ),
    "tglu": ("TGLU", "TGLU"),
    "vdlu": ("VDLU", "VDLU"),
    "cmfu": ("CMFU", "CMFU"),
    "tglu_short": ("text", "文本"),
    "vdlu_short": ("picture", "图片"),
    "cmfu_short": ("both", "融合"),
    "tglu_hint": (
        "Text global-local unit: compares the sentence with the facts of the entity, as wholes "
        "and word by word.",
        "文本全局-局部单元：从整体和逐词两方面比较句子与实体描述。",
    ),
    "vdlu_hint": (
        "Vision dual unit: compares the two pictures in both directions; a gate lets in the "
        "detail of each.",
        "视觉双向单元：双向比较两张图片，由门控决定引入多少细节。",
    ),
    "cmfu_hint": (
        "Cross-modal fusion unit: fuses text and picture on each side, then compares the two.",
        "跨模态融合单元：先在两侧分别融合文本与图片，再进行比较。",
    ),
    "cell_hint": (
        "{unit}: raw score {raw}; number {rank} in the whole knowledge base by this unit alone",
        "{unit}：原始得分 {raw}；仅按该单元在整个知识库中排第 {rank}",
    ),
    "bars_note": (
        "The bar of a unit is its share among the listed candidates (softmax of its scores, scaled "
        "to one standard deviation). Below it: its rank in the whole "
        "knowledge base by that unit alone; share and raw score on demand. Raw scores of different "
        "units do not compare.",
        "单元条形表示其在所列候选中的份额（得分按一个标准差缩放后的 softmax）。"
        "下方为仅按该单元在整个知识库中的排名；份额与原始得分可按需显示。不同单元的原始得分不可直接比较。",
    ),
    # what decided
    "deciding": ("{entity}: {places}.", "{entity}：{places}。"),
    "deciding_by": (
        "The largest part of its lead over {over} is {unit}'s ({share}).",
        "它领先 {over} 的最大部分来自 {unit}（{share}）。",
    ),
    "deciding_likely": ("Probably {entity}", "很可能是 {entity}"),
    "deciding_uncertain": ("Perhaps {entity}", "也许是 {entity}"),
    "deciding_absent": (
        "Probably none of these; the nearest is {entity}",
        "可能都不是；最接近的是 {entity}",
    ),
    "puts_it": ("{unit} puts it {place}", "{unit} 将其排在{place}"),
    "then_it": ("{unit} {place}", "{unit} {place}"),
    "all_put_it": ("{units} put it {place}", "{units} 均将其排在{place}"),
    "and": (" and ", "和"),
    "place_1": ("first", "第 1"),
    "place_2": ("second", "第 2"),
    "place_3": ("third", "第 3"),
    "place_4": ("fourth", "第 4"),
    "place_5": ("fifth", "第 5"),
    "place_6": ("sixth", "第 6"),
    "place_7": ("seventh", "第 7"),
    "place_8": ("eighth", "第 8"),
    "place_9": ("ninth", "第 9"),
    "place_10": ("tenth", "第 10"),
    "place_n": ("number {rank}", "第 {rank}"),
    "numbers": ("Show shares and raw scores", "显示份额与原始得分"),
    "rank_n": ("rank {rank}", "排名 {rank}"),
    "share_n": ("share {share}", "份额 {share}"),
    "score_n": ("score {score}", "得分 {score}"),
    "no_comparison": ("no picture", "无图片"),
    # gates, beside what they usually are
    "gate_range": (
        "Grey: where 90 % of the pairs of dev lie, mentions with their ten first entities.",
        "灰色：dev 中 90 % 的配对（提及与其前十个实体）所在范围。",
    ),
    "gate_usual_closed": ("closed as usual", "照常关闭"),
    "gate_usual_open": ("open as usual", "照常打开"),
    "gate_usual_minus": ("subtracts as usual", "照常减去"),
    "gate_above_open": ("more open than in 95 % of pairs", "比 95 % 的配对更开"),
    "gate_above_minus": ("subtracts less than in 95 % of pairs", "比 95 % 的配对减去更少"),
    "gate_below_open": ("less open than in 95 % of pairs", "比 95 % 的配对更闭"),
    "gate_below_minus": ("subtracts more than in 95 % of pairs", "比 95 % 的配对减去更多"),
    # taken along
    "take_along": ("Take this answer along", "带走此答案"),
    "copy_link": ("Copy link", "复制链接"),
    "copy_python": ("Copy as Python", "复制为 Python"),
    "copy_curl": ("Copy as curl", "复制为 curl"),
    "copied": ("Copied", "已复制"),
    "download_json": ("JSON", "JSON"),
    "download_csv": ("CSV", "CSV"),
    "gone_picture": (
        "The picture of this link is not here any more: uploads are kept for a day, and until the "
        "page is started again. Add it and press Link.",
        "此链接的图片已不存在：上传的文件保留一天，且重启后清除。请重新添加图片并点击“链接”。",
    ),
    "gone_choice": (
        "This link was made with {name}, which is not offered here. Choose another and press Link.",
        "此链接使用的 {name} 在此不可用。请另选并点击“链接”。",
    ),
    "columns": ("What the columns mean", "各列含义"),
    "gold": ("right answer", "正确答案"),
    "gold_missing": (
        "The right answer of this example ({id}) is not among the listed candidates.",
        "该示例的正确答案（{id}）不在所列候选中。",
    ),
    # details
    "details": ("Selected entity", "所选实体"),
    "picture_of": ("Picture of {name}", "{name} 的图片"),
    "no_entity_picture": ("No picture in the knowledge base", "知识库中无图片"),
    "wikidata": ("Open in Wikidata", "在维基数据中打开"),
    "gates": ("Gates", "门控"),
    "gates_note": (
        "How much a unit lets in, from −1 to 1: at 0 nothing passes, below 0 it is subtracted.",
        "单元引入多少信息，取值 −1 到 1：0 表示不引入，负值表示减去。",
    ),
    "vdlu_entity_to_mention": ("VDLU, entity to mention", "VDLU：实体到提及"),
    "vdlu_entity_to_mention_hint": (
        "Detail of your picture let in when the entity's picture looks at it.",
        "从实体图片看您的图片时，引入多少细节。",
    ),
    "vdlu_mention_to_entity": ("VDLU, mention to entity", "VDLU：提及到实体"),
    "vdlu_mention_to_entity_hint": (
        "Detail of the entity's picture let in when your picture looks at it.",
        "从您的图片看实体图片时，引入多少细节。",
    ),
    "cmfu_mention": ("CMFU, mention side", "CMFU：提及侧"),
    "cmfu_mention_hint": (
        "How much of your sentence is added to what it found in your picture.",
        "在图片信息之上加入多少句子信息。",
    ),
    "cmfu_entity": ("CMFU, entity side", "CMFU：实体侧"),
    "cmfu_entity_hint": (
        "How much of the entity's facts is added to what they found in its picture.",
        "在实体图片信息之上加入多少描述信息。",
    ),
    "scores": ("Scores", "得分"),
    "unit": ("Unit", "单元"),
    "raw_score": ("Raw score", "原始得分"),
    "rank_alone": ("Rank alone", "单独排名"),
    "total": ("Mean (total)", "均值（总分）"),
}
