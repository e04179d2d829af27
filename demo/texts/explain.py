"""Texts of the panel that explains."""

TABLE: dict[str, tuple[str, str]] = {
    "tab_explain": ("Explain", "解释"),
    "open_explain": ("Why this entity?", "为什么是这个实体？"),
    "why": ("Why {name}?", "为什么是 {name}？"),
    "why_not": ("Why {name} and not {other}?", "为什么是 {name} 而不是 {other}？"),
    # switches
    "target": ("Explain the score of", "解释哪个得分"),
    "target_info": (
        "TGLU reads only text, VDLU only pictures, CMFU both; the total is their mean.",
        "TGLU 只读文本，VDLU 只读图片，CMFU 两者都读；总分为三者均值。",
    ),
    "method": ("Method", "方法"),
    "against": ("Compared with", "对比对象"),
    "against_none": ("nobody: the score itself", "无：解释得分本身"),
    "side": ("Show", "显示"),
    "side_both": ("Both sides", "两侧"),
    "side_mention": ("Your mention", "您的提及"),
    "side_entity": ("The entity", "实体"),
    "explain_run": ("Attribute the score", "计算归因"),
    "explain_cancel": ("Cancel", "取消"),
    "explain_busy": ("Hiding and weighing words and patches …", "正在衡量各词与图块……"),
    "explain_cancelled": ("Cancelled.", "已取消。"),
    # methods
    "integrated_gradients": ("Integrated gradients", "积分梯度"),
    "pairs": ("Sums of pairs, at once", "配对之和（即时）"),
    "integrated_gradients_maps": ("Integrated gradients, quick", "积分梯度（快速）"),
    "shapley_maps": ("Shapley values, quick", "Shapley 值（快速）"),
    "shapley": ("Shapley values", "Shapley 值"),
    "occlusion": ("Occlusion", "遮挡法"),
    "gradient_shap": ("GradientShap, a preview", "GradientShap 预览"),
    "input_x_gradient": ("Input × gradient, a preview", "输入 × 梯度预览"),
    # what is shown
    "what_attribution": (
        "Each number says how much a word or a patch adds to {target}, measured from an empty "
        "text and a blank picture ({method}).",
        "每个数字表示一个词或图块为{target}贡献多少，以空文本和空白图片为起点（{method}）。",
    ),
    "of_total": ("the total score", "总分"),
    "of_unit": ("the score of {unit}", " {unit} 得分"),
    "what_margin": (
        "Each number says how much a word or a patch adds to the lead over {other} in {target}, "
        "measured from an empty text and a blank picture ({method}).",
        "每个数字表示一个词或图块为在{target}上对 {other} 的领先贡献多少，"
        "以空文本和空白图片为起点（{method}）。",
    ),
    "what_pairs": (
        "Each number is the sum of what a word or a patch makes with all of the other side in "
        "{target}; nothing is hidden or sampled ({method}).",
        "每个数字是一个词或图块与另一侧全部内容在{target}中的乘积之和；不遮挡、不采样（{method}）。",
    ),
    "what_pairs_margin": (
        "Each number is the sum of what a word or a patch makes with all of the other side in "
        "{target}, on your side less what it makes with {other} ({method}).",
        "每个数字是一个词或图块与另一侧全部内容在{target}中的乘积之和，"
        "您一侧已减去与 {other} 的部分（{method}）。",
    ),
    "legend_plus": ("adds (solid edge)", "增加（实线）"),
    "legend_minus": ("takes away (dashed edge)", "减少（虚线）"),
    "legend_range": (
        "One range of colours for all units and both sides: words ±{words}, patches ±{patches}.",
        "所有单元与两侧使用同一色阶：词 ±{words}，图块 ±{patches}。",
    ),
    "hover": (
        "Patches that are weighed as one are drawn as one, with their sum.",
        "一并衡量的图块合并显示，数字为其总和。",
    ),
    # pairs
    "pick_hint": (
        "Choose a word or a patch on one side: the other side shows what it interacts with, and "
        "how much that adds.",
        "选择一侧的词或图块：另一侧显示它与什么相互作用，以及贡献多少。",
    ),
    "pick_both": (
        "Show both sides to choose a word or a patch and see what it interacts with.",
        "显示两侧后，可选择词或图块查看其相互作用。",
    ),
    "picked": (
        "{name}: {sum} with all of the other side; colours up to ±{top}. Strongest with {list}.",
        "{name}：与另一侧合计 {sum}；色阶 ±{top}。最强：{list}。",
    ),
    "pick_clear": ("Show the sums again", "恢复总和"),
    "whole_text": (
        "This model's text as a whole is the feature of one token, so that what it adds is in "
        "“special tokens”.",
        "该模型的整段文本特征来自单个词元，其贡献计入“特殊符号”。",
    ),
    "whole_picture": (
        "This model's picture as a whole is its [CLS], so that what it adds is in “picture”.",
        "该模型的整张图片特征为 [CLS]，其贡献计入“整张图片”。",
    ),
    "rest": ("Belongs to no word and no patch", "不属于任何词或图块"),
    "rest_special": ("special tokens", "特殊符号"),
    "rest_padding": ("padding", "填充"),
    "rest_picture": ("picture as a whole", "整张图片"),
    "rest_bias": ("biases", "偏置"),
    "bare": ("Without colours", "不带颜色"),
    "save_map": ("Save:", "保存："),
    "save_as": ("Save the heatmap of {side} as {kind}", "将{side}的热图保存为 {kind}"),
    "cell_name": ("row {row}, column {column}", "第 {row} 行第 {column} 列"),
    # how far to trust it
    "trust": ("How far to trust this", "可信程度"),
    "adds_up": (
        "{side}: from {start} (nothing shown) to {end}; the numbers add up to {sum} of {whole} "
        "(gap {gap}, {steps} rounds).",
        "{side}：从 {start}（全部隐藏）到 {end}；数字之和为 {sum}，应为 {whole}"
        "（差距 {gap}，{steps} 轮）。",
    ),
    "does_not_add_up": (
        "{side}: the numbers do not add up. They sum to {sum}, the score changes by {whole}: "
        "a gap of {gap} after {steps} rounds. Believe their order more than their size.",
        "{side}：数字不闭合。其和为 {sum}，而得分变化为 {whole}：{steps} 轮后差距 {gap}。"
        "请更多参考次序而非大小。",
    ),
    "no_promise": (
        "{side}: from {start} (nothing shown) to {end}. This method does not promise that its "
        "numbers add up: {sum} of {whole}.",
        "{side}：从 {start}（全部隐藏）到 {end}。该方法不保证数字闭合：{sum}，应为 {whole}。",
    ),
    "measured_curves": (
        "Measured on {n} mentions of Atlas, where the evidence is known (the mention's side, no "
        "opponent): hiding what this method marks first lowers the right entity's share by {gap} "
        "points more than hiding at random{interval}.",
        "在证据已知的 Atlas 的 {n} 个提及上测量（提及侧，无对比对象）：先隐藏该方法标出的部分，"
        "比随机隐藏多使正确实体的份额下降 {gap} 个百分点{interval}。",
    ),
    "measured_interval": (" (95 % interval {low} to {high})", "（95% 区间 {low} 至 {high}）"),
    "measured_patches": (
        "Where a part of the picture decides, its top patch lies on it in {hit} % (a random patch: "
        "{chance} %).",
        "当图片的某一部分起决定作用时，得分最高的图块有 {hit}% 落在其上（随机图块：{chance}%）。",
    ),
    "measured_words": (
        "Where words decide, its top word is one of them in {hit} % (a random word: {chance} %).",
        "当词语起决定作用时，得分最高的词有 {hit}% 属于其中（随机词：{chance}%）。",
    ),
    "measured_fails": (
        "That is less than the {asked} % of hits, or the clear gap, asked here of a method.",
        "这低于此处对方法要求的 {asked}% 命中率，或差距不够明确。",
    ),
    "measured_other": (
        "These figures are of the bundled model, not of the one loaded now.",
        "这些数据来自内置模型，而非当前加载的模型。",
    ),
    "measured_never": (
        "How faithful this method is for this score has not been measured.",
        "尚未测量该方法对此得分的忠实度。",
    ),
    "sum_errors": (
        "{side}: sampled; the typical standard error of a number is ±{error}.",
        "{side}：经采样得到；数字的典型标准误差为 ±{error}。",
    ),
    "pairs_sum": (
        "{side}: exact, nothing is hidden; the words and patches sum to {sum}, what belongs to "
        "neither to {start}, together {end}.",
        "{side}：精确分解，不遮挡任何内容；词与图块合计 {sum}，不属于两者的合计 {start}，"
        "总计 {end}。",
    ),
    # shares
    "shares": ("Text or picture?", "文本还是图片？"),
    "shares_note": (
        "Share of all |contributions| that lies on words; the rest lies on the picture. By "
        "the same method.",
        "全部贡献绝对值中落在词语上的比例，其余落在图片上（同一方法）。",
    ),
    "share_text": ("{percent} text", "文本 {percent}"),
    "share_image": ("{percent} picture", "图片 {percent}"),
    "share_none": ("nothing", "无"),
    # attention
    "attention": (
        "What encoders and units look at (often not evidence)",
        "编码器与单元关注何处（往往并非证据）",
    ),
    "attention_note": (
        "Shares of attention, at once and without a sign: where a unit looks, not what that adds. "
        "VDLU has no attention over patches. What falls on anything but words and patches is said "
        "beside.",
        "注意力份额，即时显示且无正负：表示关注何处，而非贡献多少。VDLU 对图块没有注意力。"
        "落在词语与图块之外的份额在旁注明。",
    ),
    "tglu_words": ("TGLU: from the entity's words to yours", "TGLU：从实体的词到您的词"),
    "cmfu_patches": ("CMFU: from the text to the patches", "CMFU：从文本到图块"),
    "beside_words": (
        "{special} on special tokens, {padding} on padding",
        "特殊符号 {special}，填充 {padding}",
    ),
    "beside_tokens": ("{special} on special tokens", "特殊符号 {special}"),
    "beside_patches": ("{special} on [CLS]", "[CLS] {special}"),
    "encoders": ("What the encoders look at", "编码器关注何处"),
    "encoders_note": (
        "The encoders' own attention as seen from the global feature. It is the same for every "
        "candidate and every unit.",
        "从全局特征看编码器自身的注意力。对所有候选与单元都相同。",
    ),
    "last layer": ("last layer", "最后一层"),
    "rollout": ("rollout over all layers", "逐层累积（rollout）"),
    "matrix": ("TGLU word by word", "TGLU 逐词注意力"),
    "matrix_note": (
        "A row is a word of the entity and says, in percent, which of your words it looks at.",
        "每一行是实体的一个词，数字为它对您各词的关注（百分比）。",
    ),
    "special": ("special", "特殊"),
    "padding": ("padding", "填充"),
    # pictures
    "no_image_side": ("No picture: it counts as blank.", "无图片：按空白处理。"),
    "map_label": (
        "Patches over the picture of {side}. Strongest: {list}",
        "{side} 图片上的图块。最强：{list}",
    ),
    "cell": ("row {row}, column {column}: {value}", "第 {row} 行第 {column} 列：{value}"),
    "text_cut": (
        "The text was cut: the model reads its beginning only.",
        "文本已被截断：模型只读取开头部分。",
    ),
}
