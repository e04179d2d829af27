"""Texts of the panel that links whole tables."""

TABLE: dict[str, tuple[str, str]] = {
    "tab_batch": ("Many at once", "批量"),
    "batch_lead": (
        "A table with the columns sentence and mention (and image, id) is linked row by row. Rows "
        "that cannot be used are listed by number; the rest goes on.",
        "表格须有 sentence 与 mention 两列（可另有 image、id），逐行链接。无法使用的行按行号列出，"
        "其余照常进行。",
    ),
    "batch_table": ("Table: CSV, JSON lines or Parquet", "表格：CSV、JSON Lines 或 Parquet"),
    "batch_images": ("Pictures: a ZIP (optional)", "图片：ZIP（可选）"),
    "batch_k": ("Candidates for each row", "每行候选数"),
    "batch_run": ("Link all rows", "链接全部行"),
    "batch_cancel": ("Cancel", "取消"),
    "batch_no_table": ("Choose a table first.", "请先选择表格。"),
    "batch_status": (
        "{done} of {total} rows, {bad} with a problem",
        "{total} 行中已完成 {done} 行，{bad} 行有问题",
    ),
    "batch_shown": (
        "The table shows {most} rows; the files hold all.",
        "表格只显示 {most} 行，文件含全部。",
    ),
    "batch_by_text": (
        "{count} without their picture, linked by the text alone",
        "{count} 行缺少图片，仅按文字链接",
    ),
    "batch_need": ("A missing picture is an error", "缺少图片视为错误"),
    "batch_sample": ("Fill in a sample", "填入示例"),
    "batch_open": ("Open in Link", "在“链接”中打开"),
    "batch_open_row": ("Open row {row} in Link", "在“链接”中打开第 {row} 行"),
    "batch_doubt": ("no confident entity", "无可信实体"),
    "batch_cancelled": ("Cancelled.", "已取消。"),
    "batch_results": ("Ranked entities", "实体排序"),
    "batch_files": ("The whole result as CSV and JSON lines", "完整结果：CSV 与 JSON Lines"),
    "batch_columns": (
        "Row|Id|Picture|Sentence|Rank|Entity|Probability|TGLU|VDLU|CMFU|How sure|Problem",
        "行|标识符|图片|句子|排名|实体|概率|TGLU|VDLU|CMFU|把握|问题",
    ),
}
