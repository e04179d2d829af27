"""Texts of the tray of cases."""

TABLE: dict[str, tuple[str, str]] = {
    "tab_cases": ("Cases", "案例"),
    "cases_lead": (
        "Keep what you linked, put it in order, and export one figure in the form that papers use.",
        "保存链接结果，排好顺序，导出一张论文格式的图。",
    ),
    "cases_empty": (
        "No case yet. Link something, come back, and press “Keep this case”; or import a "
        "case.json.",
        "尚无案例。先进行链接，再回到这里点击“保存此案例”；也可以导入 case.json。",
    ),
    "at_hand": ("Linked last", "最近的链接结果"),
    "case_caption": ("Caption", "说明"),
    "case_caption_info": (
        "One line, printed above the case; for a what-if, what was changed.",
        "一行文字，印在案例上方；若为“假如”，请写明改动。",
    ),
    "case_gold": ("Right entity (optional)", "正确实体（可选）"),
    "case_gold_info": (
        "Search for it by name. Frames then mark right and wrong.",
        "按名称查找。边框将标出对错。",
    ),
    "case_keep": ("Keep this case", "保存此案例"),
    "case_keep_again": ("Save caption and right entity", "保存说明和正确实体"),
    "case_is_kept": ("✓ Kept in Cases as {name}.", "✓ 已存入“案例”，编号 {name}。"),
    "case_open": ("Open Cases", "打开“案例”"),
    "case_heat_progress": ("Heatmaps of {name}", "{name} 的热力图"),
    "case_heat_waits": (
        "The heatmaps of {names} are still to come; the rest can be used meanwhile.",
        "{names} 的热力图仍在计算，其余内容可以先用。",
    ),
    "case_heat_ready": ("With heatmaps.", "附有热力图。"),
    "case_heat_soon": ("Its heatmaps follow by themselves.", "热力图随后自动生成。"),
    "case_heat_none": ("Without heatmaps.", "没有热力图。"),
    "case_without_heat": (
        "Some heatmaps were still to come: export again when they are there.",
        "部分热力图尚未完成：完成后请重新导出。",
    ),
    "case_removed": ("Removed: {name}", "已删除：{name}"),
    "case_undo": ("Undo", "撤销"),
    "cases_kept_for": (
        "Kept on this server, also when you reload or close this tab: for {hours} hours after you "
        "last opened it, as long as the server runs. An exported case.json keeps for good.",
        "保存在此服务器上，刷新或关闭标签页后仍在：自上次打开起 {hours} 小时，且服务器未重启。"
        "导出的 case.json 可长期保存。",
    ),
    "cases_gone": (
        "This server does not hold your cases any more: it keeps them for {hours} hours while it "
        "runs. Link them again, or import the case.json of an export. They were:",
        "服务器已不再保存您的案例：仅在运行期间保存 {hours} 小时。请重新链接，"
        "或导入以前导出的 case.json。它们是：",
    ),
    "case_font": ("Letters", "字体"),
    "font_sans": ("sans", "无衬线"),
    "font_serif": ("serif, as most papers", "衬线（多数论文）"),
    "case_with_tried": ("With the what-ifs tried", "连同尝试过的“假如”"),
    "case_tried": ("Tried in What if:", "在“假如”中尝试过："),
    "case_host": ("As a what-if it goes below", "作为“假如”放在此案例之下"),
    "case_host_info": (
        "The kept cases of the same mention, model and knowledge base. The caption says what was "
        "changed.",
        "同一提及、模型和知识库的已存案例。请在说明中写明改动。",
    ),
    "case_what_if": ("Add as a what-if of a kept case", "添加为已存案例的“假如”"),
    "case_captions": ("Captions, a line for each case", "说明，每个案例一行"),
    "case_captions_info": ("Edit them here, in the order above.", "在此编辑，顺序同上。"),
    "case_import": ("Import case.json", "导入 case.json"),
    "case_up": ("Move up", "上移"),
    "case_down": ("Move down", "下移"),
    "case_remove": ("Remove", "删除"),
    "case_what_ifs": ("What if: {changes}", "假如：{changes}"),
    "case_details": ("Show below the lists", "在列表下方显示"),
    "detail_units": ("bars of the units", "各单元条形"),
    "detail_gates": ("gates", "门控"),
    "detail_heatmaps": ("heatmaps", "热力图"),
    "detail_what-ifs": ("what-ifs", "假如"),
    "case_export": ("Export", "导出"),
    "case_files": (
        "PDF, SVG and PNG in both widths, LaTeX, CSV, and case.json",
        "两种宽度的 PDF、SVG、PNG，以及 LaTeX、CSV 和 case.json",
    ),
    "case_preview": ("The figure", "导出的图"),
    "case_drawing": ("Drawing", "正在绘制"),
    "case_right": ("right", "正确"),
    "case_wrong": ("wrong", "错误"),
}
