"""Texts of the panel that compares the units."""

TABLE: dict[str, tuple[str, str]] = {
    "tab_compare": ("Compare units", "比较单元"),
    "compare_lead": (
        "Each unit ranks the whole knowledge base alone; the last list is their weighted mean, "
        "with equal weights as the model was trained. "
        "Click an entity to follow it through the lists.",
        "每个单元单独对整个知识库排序，最后一列为加权平均（模型按等权训练）。点击实体可在各列中追踪它。",
    ),
    "weight_of": ("Weight of {unit}", "{unit} 的权重"),
    "scale": ("Show scores as", "得分显示方式"),
    "scale_raw": ("raw score", "原始得分"),
    "scale_rank": ("rank", "排名"),
    "scale_z": ("z-score", "z 分数"),
    "scale_softmax": ("softmax", "softmax"),
    "scale_raw_note": (
        "Raw scores do not compare between units: they are sums of products of vectors of "
        "different widths, so that a larger number does not mean a surer unit.",
        "不同单元的原始得分不可比较：它们是不同维度向量的乘积之和，数值更大并不表示更有把握。",
    ),
    "scale_rank_note": (
        "Ranks compare between units: the place of the entity among all of the knowledge base.",
        "排名可在单元之间比较：实体在整个知识库中的名次。",
    ),
    "scale_z_note": (
        "z-scores compare between units: how many standard deviations an entity lies above the "
        "unit's mean over the knowledge base.",
        "z 分数可在单元之间比较：实体得分高出该单元在知识库上的均值多少个标准差。",
    ),
    "scale_softmax_note": (
        "Shares compare between units: the softmax of score / T over the whole knowledge base, "
        "with the T that was fitted for the total.",
        "份额可在单元之间比较：得分除以 T 后在整个知识库上的 softmax，T 为总分所拟合。",
    ),
    "agreement": ("Agreement of the units", "单元一致度"),
    "agreement_hint": (
        "Average overlap of two units' first {k}, averaged over the three pairs: 0 when they share "
        "no entity, 1 when they list the same in the same order. The head of a list counts most.",
        "两个单元前 {k} 名的平均重叠，再对三对取平均：0 表示没有共同实体，1 表示列表完全相同。"
        "列表靠前的部分权重最大。",
    ),
    "all_units": ("All", "全部"),
    "all_equal": ("mean of the three", "三者平均"),
    "all_weighted": ("weights {shares}", "权重 {shares}"),
    "lane_label": ("First {k} by {unit}", "按 {unit} 排序的前 {k} 名"),
    "not_listed": ("not among the first {k}", "不在前 {k} 名"),
    "second_model": ("A second model beside it", "并列比较的第二个模型"),
    "second_none": ("none", "无"),
    "models_agree": ("Agreement of the two models", "两个模型的一致度"),
    "models_agree_hint": (
        "Average overlap of their first {k} by all units.",
        "两者按全部单元排序的前 {k} 名的平均重叠。",
    ),
}
