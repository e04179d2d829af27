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
        "legend_heat": "Orange, solid edge: adds; blue, dotted edge: takes away.",
        "mention_side": "mention",
        "entity_side": "best entity",
        "heat": "Attribution of {target}, {side} ({method})",
        "shapley": "Shapley values",
        "integrated_gradients": "integrated gradients",
        "occlusion": "occlusion",
        "gradient_shap": "GradientSHAP",
        "input_x_gradient": "input x gradient",
        "gates": "Gates of the best entity",
        "vdlu_entity_to_mention": "VDLU e\u2192m",
        "vdlu_mention_to_entity": "VDLU m\u2192e",
        "cmfu_mention": "CMFU m",
        "cmfu_entity": "CMFU e",
        "units": "Each unit's favour among {set}",
        "first": "the first {k}",
        "shown": "those shown",
        "or": " or ",
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
        "latex_units": "Bars: how each unit divides its favour among {set} by the mean of the "
        "units (softmax of its scores over their standard deviation; together 100\\,\\%), of which "
        "the first three are drawn.",
        "latex_first": "the first {k} entities",
        "latex_shown": "the entities of the lists",
        "latex_no_picture": "Without a picture VDLU has no bar.",
        "latex_gates": "Gates of the best entity, from $-1$ to $1$: how much VDLU lets in of a "
        "picture's detail (e$\\to$m: of the mention's, when the entity's looks at it; m$\\to$e: "
        "the other way round), and how much of a side's text CMFU adds to what it sees in the "
        "picture (m: mention, e: entity); 0 lets in nothing, and below 0 it is subtracted.",
        "latex_heat": "Heatmaps: what each patch and each word adds to the {target} score of "
        "mention and best entity (orange, solid edge) or takes from it (blue, dotted edge), by "
        "{method}; patches have one range of colours in a case, and words another.",
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
        "legend_heat": "橙色、实线：增加；蓝色、点线：减少。",
        "mention_side": "提及侧",
        "entity_side": "最佳实体",
        "heat": "{target} 的归因，{side}（{method}）",
        "shapley": "Shapley 值",
        "integrated_gradients": "积分梯度",
        "occlusion": "遮挡",
        "gradient_shap": "GradientSHAP",
        "input_x_gradient": "输入乘梯度",
        "gates": "最佳实体的门控",
        "vdlu_entity_to_mention": "VDLU e\u2192m",
        "vdlu_mention_to_entity": "VDLU m\u2192e",
        "cmfu_mention": "CMFU m",
        "cmfu_entity": "CMFU e",
        "units": "各单元在{set}中的偏好分布",
        "first": "前 {k} 名",
        "shown": "所列实体",
        "or": "或",
        "latex_needs": "需要 \\usepackage{graphicx} 和 \\usepackage{ctex}，"
        "并用 XeLaTeX 或 LuaLaTeX 编译。",
        "latex_narrow": "如需单栏版本，请改用：",
        "colon": "：",
        "stop": "。",
        "latex_lists": "案例研究：按各单元均值，以及单独按 TGLU、VDLU 和 CMFU 排名的前几个实体。",
        "latex_gold": "带对勾的实线框表示正确，带叉的虚线框表示错误；",
        "latex_numbers": "数字为排名和原始得分，不同单元的原始得分不可比较。",
        "latex_units": "条形：各单元的偏好在按均值排名的{set}中的分布"
        "（得分除以其标准差后的 softmax，合计 100\\%），图中画出前三个。",
        "latex_first": "前 {k} 个实体",
        "latex_shown": "所列实体",
        "latex_no_picture": "没有图片时 VDLU 没有条形。",
        "latex_gates": "最佳实体的门控，取值 $-1$ 到 $1$：VDLU 引入多少图片细节"
        "（e$\\to$m：从实体图片看提及图片；m$\\to$e：反之），以及 CMFU 在图片信息之上加入多少文本"
        "（m：提及，e：实体）；0 表示不引入，负值表示减去。",
        "latex_heat": "热力图：每个图块和每个词使提及与最佳实体的 {target} 得分增加（橙色，实线）"
        "或减少（蓝色，点线）多少，方法为{method}；一个案例的图块共用一个颜色范围，词共用另一个。",
        "latex_origin": "模型 {model}（{fingerprint}），{kb} 中的 {entities:,} 个实体。",
        "latex_mention": "“{mention}”",
    },
}
