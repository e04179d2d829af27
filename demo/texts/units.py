"""What each unit is, in three sentences: the text behind the `?` of the page."""

TABLE: dict[str, tuple[str, str]] = {
    "about": ("About {unit}", "关于 {unit}"),
    "tglu_name": ("Text global-local unit", "文本全局-局部单元"),
    "vdlu_name": ("Vision dual unit", "视觉双向单元"),
    "cmfu_name": ("Cross-modal fusion unit", "跨模态融合单元"),
    "tglu_about": (
        "It compares your sentence with the facts of the entity, and knows nothing of pictures. "
        "One half is the product of the two texts as wholes; for the other, every word of the "
        "entity attends to the words of your sentence, and what it finds is compared with the "
        "entity as a whole. It decides where a word in the sentence gives the entity away.",
        "它比较您的句子与实体描述，不看图片。一半是两段文本整体向量的内积；另一半让实体的每个词"
        "关注句子中的词，再将所得与实体整体比较。当句中某个词泄露答案时，由它决定。",
    ),
    "vdlu_about": (
        "It compares the two pictures, and knows nothing of texts. It looks in both directions: "
        "the whole of one picture meets the mean of the other's patches, and a gate g between "
        "−1 and 1 says how much of what they have together is let in. It has no attention over "
        "patches, so that it cannot point at a small detail.",
        "它比较两张图片，不看文本。它双向进行：一张图片的整体与另一张图片各图块的均值相遇，"
        "门控 g（−1 到 1）决定引入多少。它对图块没有注意力，因此无法指向小的细节。",
    ),
    "cmfu_about": (
        "It first fuses text and picture on each side, then compares the two sides. The text asks, "
        "and attention α picks the patches of the picture beside it that answer; a gate g adds the "
        "text back. It decides where neither the sentence nor the picture is enough alone.",
        "它先在每一侧融合文本与图片，再比较两侧。文本提问，注意力 α 在旁边的图片中选出相应图块，"
        "门控 g 再加入文本。当单凭句子或图片都不够时，由它决定。",
    ),
}
