"""Texts of the search for an entity, and of where one stands."""

TABLE: dict[str, tuple[str, str]] = {
    "entity_search": ("Where is my entity?", "我的实体在哪里？"),
    "entity_search_info": (
        "Any entity of the knowledge base, by its name, an alias or its id.",
        "知识库中的任一实体：输入名称、别名或 id。",
    ),
    "entity_hint": ("Type a name", "输入名称"),
    "entity_found": ("Entities to choose from", "可选择的实体"),
    "entity_none": ("No entity is named {name}.", "没有名为 {name} 的实体。"),
    "entity_nearest": (
        "No entity is named {name}. The nearest names:",
        "没有名为 {name} 的实体。最接近的名称：",
    ),
    "entity_clear": ("Choose another", "另选一个"),
    "standing": (
        "{name}: number {rank} of {entities}",
        "{name}：在 {entities} 个实体中排第 {rank}",
    ),
    "stands": (
        "{high} by {best}, but {worst} ranks it {low}.",
        "按 {best} 排{high}，但 {worst} 将其排在{low}。",
    ),
    "stands_alike": ("{high} by each of the three units.", "三个单元均将其排在{high}。"),
    "explain_margin": ("Explain the margin", "解释差距"),
    "against_info": (
        "Nobody chosen: the score itself is explained. Choose one to explain the lead over it.",
        "未选择时解释得分本身；选择一个实体即解释对它的领先。",
    ),
    "whatif_entity": ("Follow an entity (optional)", "跟踪一个实体（可选）"),
    "whatif_entity_info": (
        "It gets a row in the table of before and after, wherever it ranks.",
        "无论排名如何，都会在前后对比表中占一行。",
    ),
}
