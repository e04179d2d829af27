"""Texts of the panel of a knowledge base of one's own."""

TABLE: dict[str, tuple[str, str]] = {
    "tab_own": ("Your knowledge base", "自建知识库"),
    "own_lead": (
        "A table with the columns name and description (and image, id) becomes a knowledge base "
        "that only you can choose, in every tab. It is kept for an hour after you last used it, "
        "then deleted; download it to keep it. At most {rows} rows, files of {file} MB, pictures "
        "of {unpacked} MB unpacked; one is built at a time.",
        "含 name 与 description 两列（可另有 image、id）的表格可建成知识库，各标签页中"
        "只有您能选用。"
        "最后一次使用后保留一小时，然后删除；如需保留请下载。最多 {rows} 行，每个文件 {file} MB，"
        "图片解压后共 {unpacked} MB；每次只建一个。",
    ),
    "own_table": ("Table: CSV, TSV, JSON or Parquet", "表格：CSV、TSV、JSON 或 Parquet"),
    "own_images": ("Pictures: a ZIP (optional)", "图片：ZIP（可选）"),
    "own_sample": ("Fill in a sample of 30 rows", "填入 30 行示例"),
    "own_typed": ("Or type entities", "或直接输入实体"),
    "own_typed_info": (
        "name | description, one in a line: for a quick try",
        "每行一个：名称 | 描述，用于快速试验",
    ),
    "own_typed_hint": (
        "Mercury | the planet nearest to the sun\nMercury | a metal that is liquid\n"
        "Mercury | Roman god of trade",
        "Mercury | the planet nearest to the sun\nMercury | a metal that is liquid\n"
        "Mercury | Roman god of trade",
    ),
    "own_build": ("Build and choose", "建立并选用"),
    "own_cancel": ("Cancel", "取消"),
    "own_busy": ("Waiting for a turn …", "正在排队……"),
    "own_pictures": ("Checking pictures", "正在检查图片"),
    "own_entities": ("Encoding entities", "正在编码实体"),
    "own_cancelled": ("Cancelled; nothing was kept.", "已取消，未保留任何内容。"),
    "own_label": ("{name} (yours)", "{name}（自建）"),
    "own_ready": (
        "{name} is ready and chosen: {entities} entities. Open Link and ask, or link a table.",
        "{name} 已就绪并已选用：{entities} 个实体。请打开“链接”提问，或批量链接表格。",
    ),
    "own_removed": ("Deleted from the server.", "已从服务器删除。"),
    "own_pack": ("Pack as a folder (ZIP)", "打包为文件夹（ZIP）"),
    "own_remove": ("Delete it now", "立即删除"),
    "own_file": (
        "The folder, for --kb of every command: kb_entity.json, pictures, index",
        "文件夹，可用于各命令的 --kb：kb_entity.json、图片与索引",
    ),
    "own_rows": ("Rows", "行数"),
    "own_count": ("Entities", "实体"),
    "own_described": ("With a description", "有描述"),
    "own_pictured": ("With a picture", "有图片"),
    "own_shared": ("Share their name with another", "与他者同名"),
    "own_problems": ("Problems by row", "按行列出的问题"),
    "own_row": ("Row", "行"),
    "own_problem": ("Problem", "问题"),
    "own_more": ("and {count} more", "另有 {count} 项"),
    "own_none": ("Every row was taken.", "所有行均已采用。"),
    "own_to_link": ("Open Link", "打开“链接”"),
    "own_choose_first": (
        "Build a knowledge base first, or choose one of yours above.",
        "请先建立知识库，或在上方选用自建的知识库。",
    ),
}
