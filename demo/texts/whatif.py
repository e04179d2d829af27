"""Texts of the panel that asks "what if"."""

TABLE: dict[str, tuple[str, str]] = {
    "tab_whatif": ("What if", "假如"),
    "whatif_lead": (
        "Change the sentence, or choose what happens to the picture, and compare: would the same "
        "entity still be first? To change a part of the picture, draw a box on it.",
        "修改句子，或选择对图片的操作，然后比较：第一名会变吗？若只改图片的一部分，请在图片上画框。",
    ),
    "whatif_sentence": ("Sentence", "句子"),
    "whatif_edit": ("Picture", "图片"),
    "edit_keep": ("leave it", "保持"),
    "edit_remove": ("remove", "移除"),
    "edit_blur": ("blur", "模糊"),
    "edit_mask": ("mask", "遮挡"),
    "edit_noise": ("noise", "噪声"),
    "edit_crop": ("crop", "裁剪"),
    "edit_replace": ("replace", "替换"),
    "whatif_other": ("The other picture", "另一张图片"),
    "region": ("Region in percent", "区域（百分比）"),
    "region_left": ("Left", "左"),
    "region_top": ("Top", "上"),
    "region_right": ("Right", "右"),
    "region_bottom": ("Bottom", "下"),
    "region_hint": (
        "Drag over the picture to choose a part of it.",
        "在图片上拖动以选择区域。",
    ),
    "whatif_run": ("Compare before and after", "比较前后"),
    "before": ("Before", "之前"),
    "after": ("After", "之后"),
    "whatif_no_picture": (
        "this case has no picture: choose “replace” to give it one",
        "该案例没有图片：请选择“替换”并提供一张",
    ),
    "whatif_no_other": (
        "upload the other picture first",
        "请先上传另一张图片",
    ),
    "whatif_nothing": (
        "nothing changed: edit something first",
        "没有改动：请先修改句子、提及或图片",
    ),
    "whatif_same": (
        "“{name}” stays first: {before} before, {after} after.",
        "“{name}”仍为第一：之前 {before}，之后 {after}。",
    ),
    "whatif_moved": (
        "First was “{before}”, now it is “{after}”.",
        "第一名由“{before}”变为“{after}”。",
    ),
    "gate_damped": (
        "The gate of VDLU towards your picture closed from {before} to {after}: it damps "
        "the change.",
        "VDLU 面向您图片的门控由 {before} 收小到 {after}：抑制了该变化。",
    ),
    "gate_opened": (
        "The gate of VDLU towards your picture opened from {before} to {after}: it does not damp "
        "the change.",
        "VDLU 面向您图片的门控由 {before} 增大到 {after}：没有抑制该变化。",
    ),
    "gate_still": (
        "The gate of VDLU towards your picture hardly moved, from {before} to {after}: it does not "
        "damp the change.",
        "VDLU 面向您图片的门控几乎未变，由 {before} 到 {after}：没有抑制该变化。",
    ),
    "whatif_keep": ("Keep it in Cases, for a figure", "存入“案例”，用于制图"),
    # what was changed, as it stands below a case
    "changed_remove": ("picture removed", "移除图片"),
    "changed_blur": ("picture blurred", "图片模糊"),
    "changed_mask": ("picture masked", "图片遮挡"),
    "changed_noise": ("noise on the picture", "图片加噪声"),
    "changed_crop": ("picture cropped", "图片裁剪"),
    "changed_replace": ("another picture", "换成另一张图片"),
    "changed_part": (
        " ({left}–{right} % across, {top}–{bottom} % down)",
        "（横向 {left}–{right}%，纵向 {top}–{bottom}%）",
    ),
    "changed_sentence": ("another sentence", "换成另一个句子"),
    "changed_mention": ("mention “{mention}”", "提及“{mention}”"),
    "list_and": ("; ", "；"),
    "rank_change": ("Rank", "排名"),
    "was_now": ("before → after", "之前 → 之后"),
    "gates_of": ("Gates for {name}", "{name} 的门控"),
}
