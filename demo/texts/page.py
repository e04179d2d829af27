"""Texts of the header, of the tabs and of errors."""

TABLE: dict[str, tuple[str, str]] = {
    # header
    "title": ("MIMIC", "MIMIC"),
    "subtitle": ("multimodal entity linking", "多模态实体链接"),
    "lead": (
        "“Norway” can be a country, a curling team or a ship. Give a sentence, a picture or both, "
        "and see which one is meant, and what the text, the picture and the two together say.",
        "“Norway”可以是国家、冰壶队或一艘船。给出句子、图片或两者，即可看到所指的是哪一个，"
        "以及文本、图片和两者融合各自的判断。",
    ),
    "model": ("Model", "模型"),
    "kb": ("Knowledge base", "知识库"),
    "kb_size": ("{name}, {entities} entities", "{name}，{entities} 个实体"),
    "device": ("Device", "设备"),
    "loading": ("Loading the model …", "正在加载模型……"),
    "load_failed": ("The model could not be loaded", "模型加载失败"),
    # errors that the page itself raises
    "failed": (
        "Something went wrong here; the server's log says more. Nothing you entered was lost.",
        "系统出错，详情见服务器日志。您输入的内容未丢失。",
    ),
    "error": ("Error", "错误"),
    # the language itself
    "code": ("en", "zh"),
    # ends a sentence that another one follows
    "stop": (". ", "。"),
    # what the switch of the language and the tabs say
    "language": ("Language", "语言"),
    "tab_link": ("Link", "链接"),
    "no_case": (
        "Nothing linked yet. Open “Link” and click an example first.",
        "尚无结果。请先打开“链接”并点击一个示例。",
    ),
    "to_link": ("Open Link", "打开“链接”"),
    "skip": ("Skip to the work area", "跳到工作区"),
}
