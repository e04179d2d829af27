"""Texts of the panel that links whole texts, and of the choice of candidates."""

TABLE: dict[str, tuple[str, str]] = {
    "tab_text": ("Text", "文本"),
    "text_lead": (
        "Paste a text: its names are found, and each is linked in its sentence, beside the "
        "picture. Up to {characters} characters; one picture for the text, or one for each "
        "paragraph (blank lines part them). Nothing is found that no entity of the knowledge base "
        "is called; mark it yourself.",
        "粘贴一段文本：其中的名称会被找出，并结合所在句子与图片逐一链接。最多 {characters} 个字符；"
        "可为全文提供一张图片，或为每段各提供一张（以空行分段）。知识库中没有的名称不会被找到，"
        "可自行标记。",
    ),
    "text_field": ("Text", "文本"),
    "text_hint": (
        "Norway beat Chad at curling. …",
        "Norway beat Chad at curling. …",
    ),
    "text_file": ("A text file (UTF-8), instead", "或选择文本文件（UTF-8）"),
    "text_images": ("Pictures (optional)", "图片（可选）"),
    "text_k": ("Candidates for each mention", "每个提及的候选数"),
    "text_sample": ("Try a sample", "试用示例"),
    "text_run": ("Find and link names", "查找并链接名称"),
    "text_cancel": ("Cancel", "取消"),
    "text_cancelled": ("Cancelled.", "已取消。"),
    "text_progress": ("Linking mentions", "正在链接提及"),
    # the marked text
    "text_view": ("The text and its mentions", "文本及其提及"),
    "text_empty": (
        "The text appears here with its mentions marked. Click one to see what it could mean.",
        "标出提及的文本将显示在此。点击提及可查看其可能的含义。",
    ),
    "text_none": (
        "No name of this knowledge base was found. Select words below to mark them yourself.",
        "未找到此知识库中的名称。可在下方选中词语自行标记。",
    ),
    "text_found": ("{count} mentions", "{count} 个提及"),
    "text_one": ("1 mention", "1 个提及"),
    "text_stale": (
        "The text has changed since. Press the button again to find its names.",
        "文本已改变，请重新点击按钮查找名称。",
    ),
    "text_unrated": ("Not rated", "未评级"),
    "text_unrated_hint": (
        "How sure an answer is was measured on whole knowledge bases only.",
        "把握程度仅在整个知识库上测量过。",
    ),
    "text_nobody": ("Nobody to rank", "无候选"),
    "text_nobody_hint": (
        "No entity bears this name, or none of the types. Rank all entities, or move the mention.",
        "没有实体叫此名称，或没有符合类型的实体。请对全部实体排序，或移动该提及。",
    ),
    "text_mark": ("{entity} ({probability}): {band}", "{entity}（{probability}）：{band}"),
    "text_keys": (
        "Arrow keys walk through the mentions, Enter opens one, Delete drops it. Select words, "
        "here or in the field, to mark them.",
        "方向键在提及间移动，回车打开，Delete 删除。在此处或输入框中选中词语即可标记。",
    ),
    "text_tools": ("Change the mentions", "修改提及"),
    "text_add": ("Mark the selected words", "标记选中的词"),
    "text_move": ("Move “{surface}” to them", "将“{surface}”移到选中处"),
    "text_drop": ("Drop “{surface}”", "删除“{surface}”"),
    "text_edge_start": ("Start", "起点"),
    "text_edge_end": ("End", "终点"),
    "text_start-": ("Begin a word earlier", "起点前移一词"),
    "text_start+": ("Begin a word later", "起点后移一词"),
    "text_end-": ("End a word earlier", "终点前移一词"),
    "text_end+": ("End a word later", "终点后移一词"),
    "text_gone": (
        "That place is not in the text any more.",
        "该位置已不在文本中。",
    ),
    # what follows from a mention
    "text_open": ("Open in", "打开于"),
    "text_whole": (
        "Compare, What if and Cases rank the whole knowledge base, without this choice of "
        "candidates.",
        "“对比”、“假如”与“案例”对整个知识库排序，不受此候选范围限制。",
    ),
    "text_export": ("Export annotations", "导出标注"),
    "text_files": (
        "The annotations; offsets count code points of the text shown",
        "标注文件；位置按所示文本的码位计数",
    ),
    # which entities are ranked
    "candidates_options": ("Which entities are ranked", "对哪些实体排序"),
    "candidates_are": ("Candidates", "候选"),
    "candidates_all": ("all entities", "全部实体"),
    "candidates_names": ("bearers of the name", "同名实体"),
    "candidate_types": ("Only of these types", "仅限以下类型"),
    "candidate_types_info": ("Apart by commas: team, state", "以逗号分隔，如 team, state"),
    "count_among": (
        "First {k} of {ranked} entities, chosen among {entities}: {which}. Ranks and probabilities "
        "are among these alone.",
        "从 {entities} 个实体中选出 {ranked} 个（{which}），显示前 {k} 个。"
        "排名与概率仅在其中计算。",
    ),
    "among_names": ("bearers of the name", "同名实体"),
    "among_given": ("given ones", "给定的实体"),
    "among_types": ("of type {types}", "类型为 {types}"),
    "among_nobody": (
        "No entity is left to rank: nobody bears this name, or is of this type. Choose other "
        "candidates.",
        "没有可排序的实体：没有此名称或类型的实体。请选择其他候选范围。",
    ),
}
