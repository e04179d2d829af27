"""The words of a case's figure and caption, English and Chinese."""

from __future__ import annotations

import string


def letter(number: int) -> str:
    """What the case at a place, counted from 0, is called."""
    return f"({string.ascii_lowercase[number]})"


def what_if_letter(number: int, place: int) -> str:
    """The same for the what-if at a place of that case: its letter, and a number from 1."""
    return f"({string.ascii_lowercase[number]}{place + 1})"


WORDS = {
    "en": {
        "mention": "Mention",
        "gold": "Gold entity",
        "total": "MIMIC (mean)",
        "tglu": "TGLU (text)",
        "vdlu": "VDLU (picture)",
        "cmfu": "CMFU (both)",
        "short_total": "mean",
        "short_tglu": "T",
        "short_vdlu": "V",
        "short_cmfu": "C",
        "ranks": "Rank:",
        "unknown": "not given",
        "what_if": "What if:",
        "legend": "\u2713 solid frame: right. \u2717 dashed frame: wrong. Grey number: raw score; "
        "those of different units do not compare.",
        "mention_side": "mention",
        "entity_side": "best entity",
        "heat": "Attribution of {target}, {side}",
        "heat_method": "orange adds, blue takes away; {method}",
        "gates": "Gates of the best entity",
        "vdlu_entity_to_mention": "VDLU e\u2192m",
        "vdlu_mention_to_entity": "VDLU m\u2192e",
        "cmfu_mention": "CMFU m",
        "cmfu_entity": "CMFU e",
        "units": "How each unit divides its favour",
        "latex_needs": "Needs \\usepackage{graphicx}; with pdfLaTeX also "
        "\\usepackage[T1]{fontenc}, for straight quotation marks; XeLaTeX or LuaLaTeX where text "
        "is not Latin.",
        "latex_narrow": "For one column in place of it:",
        "colon": ": ",
        "stop": ".",
        "latex_lists": "Case study: the first entities by the mean of the units and by TGLU, VDLU "
        "and CMFU alone.",
        "latex_gold": "A solid frame with a tick is right, a dashed one with a cross is wrong; ",
        "latex_numbers": "numbers are rank and raw score, and raw scores of different units do "
        "not compare.",
        "latex_origin": "Model {model} ({fingerprint}), {entities:,} entities of {kb}.",
        "latex_mention": "``{mention}''",
    },
    "zh": {
        "mention": "提及",
        "gold": "正确实体",
        "total": "MIMIC （均值）",
        "tglu": "TGLU （文本）",
        "vdlu": "VDLU （图片）",
        "cmfu": "CMFU （融合）",
        "short_total": "均值",
        "short_tglu": "T",
        "short_vdlu": "V",
        "short_cmfu": "C",
        "ranks": "排名：",
        "unknown": "未给出",
        "what_if": "假如：",
        "legend": "\u2713 实线框：正确。\u2717 虚线框：错误。灰色数字：原始得分，"
        "不同单元之间不可比较。",
        "mention_side": "提及侧",
        "entity_side": "最佳实体",
        "heat": "{target} 的归因，{side}",
        "heat_method": "橙色增加得分，蓝色减少得分；{method}",
        "gates": "最佳实体的门控",
        "vdlu_entity_to_mention": "VDLU e\u2192m",
        "vdlu_mention_to_entity": "VDLU m\u2192e",
        "cmfu_mention": "CMFU m",
        "cmfu_entity": "CMFU e",
        "units": "各单元的偏好分布",
        "latex_needs": "需要 \\usepackage{graphicx} 和 \\usepackage{ctex}，"
        "并用 XeLaTeX 或 LuaLaTeX 编译。",
        "latex_narrow": "如需单栏版本，请改用：",
        "colon": "：",
        "stop": "。",
        "latex_lists": "案例研究：按各单元均值，以及单独按 TGLU、VDLU 和 CMFU 排名的前几个实体。",
        "latex_gold": "带对勾的实线框表示正确，带叉的虚线框表示错误；",
        "latex_numbers": "数字为排名和原始得分，不同单元的原始得分不可比较。",
        "latex_origin": "模型 {model}（{fingerprint}），{kb} 中的 {entities:,} 个实体。",
        "latex_mention": "“{mention}”",
    },
}
