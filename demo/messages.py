"""What the page says of a user's mistake, in the user's language.

The model's rooms raise `InputError` in English. Here each such sentence that can reach the page is
known by its pattern; one that is not known is shown as it is.
"""

from __future__ import annotations

import re

#: Pattern of an English message -> the same in Chinese, with the pattern's groups filled in.
_CHINESE = {
    r"the sentence is empty.*": "句子为空：请写下包含提及的句子",
    r"the mention is empty.*": "提及为空：请指出句子中要链接的词",
    r"the sentence has ([\d,]+) characters; at most ([\d,]+) are read": (
        r"句子有 \1 个字符，最多读取 \2 个"
    ),
    r"the mention has ([\d,]+) characters; at most ([\d,]+) are read": (
        r"提及有 \1 个字符，最多读取 \2 个"
    ),
    r"the mention (.+) is not in the sentence, but (.+) is \((.+), there (.+)\): .*": (
        r"句子中没有提及 \1，但有 \2（\3 与 \4 不同）：请按句中写法填写"
    ),
    r"the mention (.+) is not in the sentence": r"句子中没有提及 \1",
    r"the span (\S+) (\S+) lies outside the sentence": r"位置 \1–\2 超出句子范围",
    r"the span (\S+) (\S+) covers (.+), not the mention (.+)": (
        r"位置 \1–\2 对应的是 \3，而不是提及 \4"
    ),
    r"the span must be two numbers.*": "位置必须是两个数字：起点和终点",
    r"(.+): (\d+) x (\d+) pixels; at most (\d+) megapixels.*": (
        r"图片为 \2 × \3 像素，最多读取 \4 百万像素，请缩小后再试"
    ),
    r"(.+): too many pixels.*": "图片像素过多，请缩小后再试",
    r"(.+): more than (\d+) MB, make it smaller": r"图片大于 \2 MB，请缩小后再试",
    r"(.+): not a picture \((.+) can be read\)": r"这不是图片（可读取 \2）",
    r"(.+): not a picture": "这不是图片",
    r"(.+): (\w+) pictures cannot be read here.*": r"无法读取 \2 图片，请存为 JPEG 或 PNG",
    r"(.+): a JPEG of more than (\d+) scans.*": r"JPEG 图片的扫描次数超过 \2，请重新保存",
    r"(.+): the picture is damaged or cut short.*": "图片已损坏或不完整",
    r"no such file: .*": "文件已不存在，请重新上传",
    r"upload the picture first.*": "请等图片上传完成后再链接",
    r"upload the file first: .*": "请先上传文件：只读取上传到此页面的文件",
    r"k is (.+); it must be from 1 to (\d+)": r"候选数量为 \1，应在 1 到 \2 之间",
    r"(\w+) must be a whole number, not .*": r"\1 必须是整数",
    r"(\w+) must be text, not .*": r"\1 必须是文本",
    r"(\w+) takes no files: .*": r"\1 不接受文件：请以 base64 给出图片",
    r"(\w+) must be a file that was uploaded here, .*": (
        r"\1 必须是已上传到此处的文件，或 null；服务器不读取网址"
    ),
    r"the server fetches no addresses: .*": "服务器不读取网址：请上传文件",
    r"too (few|many) values: (\d+), and (\S+) takes (\d+): .*": r"有 \2 个值，而 \3 需要 \4 个",
    r"there is no endpoint (\S+); there are (.+)": r"没有接口 \1，只有 \2",
    r"unknown field (.+); (\S+) takes (.+)": r"未知字段 \1；\2 的字段为 \3",
    r"the body is not JSON: .*": "请求内容不是 JSON",
    # the gate
    r"the server is busy .*": "服务器繁忙，队列已满：请稍后再试",
    r"nobody waits for this answer any more": "已无人等待此结果",
    r"what was sent does not fit the page: .*": "所发送的内容与页面不符：请重新打开页面",
    r"rank-by is (.+); it must be one of (.+)": r"排序方式为 \1，应为以下之一：\2",
    r"target is (.+); it must be one of (.+)": r"解释的得分为 \1，应为以下之一：\2",
    r"method is (.+); it must be one of (.+)": r"方法为 \1，应为以下之一：\2",
    r"model is (.+); it must be one of (.+)": r"模型为 \1，应为以下之一：\2",
    r"kb is (.+); it must be one of (.+)": r"知识库为 \1，应为以下之一：\2",
    r"all weights are 0.*": "所有权重都为 0：请至少提高一个",
    r"the weights must be three numbers.*": "权重必须是三个不小于 0 的数字：TGLU、VDLU 和 CMFU",
    r"the region is smaller than two pixels.*": "区域小于两个像素：请选择更大的区域",
    r"the region must .*": "区域必须在 0 到 100 之间，左小于右，上小于下",
    r"edit is (.+); it must be one of (.+)": r"操作为 \1，应为以下之一：\2",
    r"no entity (.+) in the knowledge base.*": r"知识库中没有实体 \1",
    r"(.+) against itself: .*": r"\1 不能与自身对比：请选择另一个实体",
    r"this model was saved without a tokenizer.*": "该模型缺少分词器：请把 tokenizer.json 放入其中",
    r"(.+): was built with (?:another )?model.*": "索引由另一个模型建立，请用所选模型重建",
    r"(.+): no model there.*": "该文件夹中没有模型（缺少 config.json）",
    r"(.+): (?:damaged .*|missing|has not the \d+ rows it should|damaged); build the index again": (
        r"索引文件 \1 缺失或已损坏：请重新建立索引"
    ),
    r"(.+): was changed in place while the index was open; .*": (
        r"索引文件 \1 在使用中被改动：请重新建立索引，然后重新启动"
    ),
    r"(.+): another process is writing this index": r"\1：另一个进程正在写入该索引，请稍后再试",
    r"(.+): damaged \(its content is not what was saved\); copy it again": (
        r"模型文件 \1 已损坏：请重新复制"
    ),
    r"(.+): not a whole safetensors file .*": r"文件 \1 已损坏或不完整",
    # cases
    r"nothing is linked yet: open Link first": "尚无结果：请先打开“链接”",
    r"the picture was deleted from the server.*": "图片一天后已从服务器删除：请重新链接",
    r"there is nothing to draw: keep a case first": "没有可绘制的内容：请先保存一个案例",
    r"this case is kept already: .*": "该案例已保存：请先在“假如”中尝试新的改动",
    r"keep a case first: .*": "请先保存一个案例：“假如”位于案例下方",
    r"that case is not of the mention (.+): keep one": (
        r"该案例的提及不是 \1：请先保存一个同一提及的案例"
    ),
    r"the caption is empty: .*": "说明为空：请写明改动",
    r"a case holds (\d+) what-ifs: .*": r"一个案例最多 \1 个“假如”：请删除或另存新案例",
    r"a figure holds (\d+) cases: .*": r"一张图最多 \1 个案例：请先删除一些",
    r"the caption has (\d+) characters; at most (\d+) fit": r"说明有 \1 个字符，最多 \2 个",
    r"(.+): not a case file of this application": r"\1：不是本应用的案例文件",
    r"taller than the (\S+) inches of a page: (.+); .*": (
        r"高于一页的 \1 英寸：\2；请减少一次导出的案例或假设"
    ),
    r"no installed font has (.+): .*": (
        r"已安装的字体缺少 \1：请安装中文字体（apt-get install fonts-noto-cjk）后重新启动"
    ),
    # requests of programs
    r"cases must be a case\.json or a list of 1 to (\d+) requests": (
        r"cases 必须是 case.json，或由 1 到 \1 个请求组成的列表"
    ),
    r"it must be an object with the fields (.+) and span": r"必须是含有字段 \1 和 span 的对象",
    r"(\w+) is not text": r"\1 不是文本",
    r"image is larger than (.+)": r"image 大于 \1",
    r"image is neither base64 nor a data URI": "image 既不是 base64，也不是 data URI",
    r"details must be a list of (.+)": r"details 必须是由以下各项组成的列表：\1",
    r"the language must be one of (.+)": r"language 应为以下之一：\1",
    # tables
    r"(.+): more than ([\d,]+) rows; .*": r"\1：超过 \2 行，一次最多 \2 行",
    r"(.+): ([\d,]+) columns; at most ([\d,]+) are read": r"\1：有 \2 列，最多读取 \3 列",
    r"(.+): more than ([\d,]+) values.*": r"\1：数值超过 \2 个，不是正常的表格",
    r"(.+): unpacks to more than (\d+ MB)": r"\1：解压后超过 \2",
    r"(.+): the name must end in (.+)": r"\1：文件名须以 \2 结尾",
    r"(.+): two columns for (.+?): .*": r"\1：有两列都对应 \2，请只保留一列",
    r"(.+): cannot be read .*": r"\1：无法读取",
    r"(.+): the header cannot be read: .*": r"\1：无法读取表头",
    r"(.+): the row in line (\d+) does not end .*": r"\1：第 \2 行没有结束，是否漏了引号？",
    r"(.+): no row can be used; row 1: .*": r"\1：没有可用的行，请检查第 1 行",
    r"(.+): not a whole Parquet file .*": r"\1：不是完整的 Parquet 文件",
    r"(.+): ([\d,]+) entries; at most ([\d,]+) are read": r"\1：有 \2 个文件，最多读取 \3 个",
    r"line (\d+): text after a closing quotation mark .*": (
        r"第 \1 行：右引号之后还有文字（文中的引号请写两次）"
    ),
    r"(\d+) cells under (\d+) columns: .*": (r"\2 列之下有 \1 个单元格：含分隔符的文字请加引号"),
    r"line (\d+) is not JSON .*": r"第 \1 行不是 JSON",
    r"(.+): not JSON .*": r"\1：不是 JSON",
    r"not an object with named fields": "不是带有字段名的对象",
    r"picture (.+): not in the ZIP": r"ZIP 中没有图片 \1",
    r"picture (.+): not in the ZIP under that name alone: (.+) could be meant; .*": (
        r"ZIP 中有几个文件可能是图片 \1（\2），请写出完整名称"
    ),
    r"picture (.+): packed with (.+), which cannot be read: .*": (
        r"ZIP 中的图片 \1 以 \2 压缩，无法读取：请用 Deflate 重新打包"
    ),
    r"picture (.+): what macOS keeps beside a picture.*": (
        r"\1 是 macOS 附带的文件而不是图片：请写图片本身的名称"
    ),
    r"the (\w+) has ([\d,]+) characters; at most ([\d,]+) are read": (
        r"\1 有 \2 个字符，最多读取 \3 个"
    ),
    r"the (\w+) is a (\w+), not text": r"\1 的值是 \2，不是文本",
    r"picture (.+): larger than (.+)": r"图片 \1 大于 \2",
    r"picture (.+): damaged in the ZIP": r"ZIP 中的图片 \1 已损坏",
    r"(.+): no column (.+); it has .*": r"\1：缺少列 \2，请重命名相应的列",
    r"(.+) names pictures: .*": r"\1 中有图片名：请同时给出图片 ZIP",
    r"(.+): not a whole ZIP file": r"\1：不是完整的 ZIP 文件",
    r"(.+): the name (.+) leads out of the archive": r"\1：名称 \2 指向压缩包之外",
    r"(.+): (.+) is a link, not a picture": r"\1：\2 是链接而不是图片",
    r"(.+): (.+) is encrypted; .*": r"\1：\2 已加密，请不设密码重新打包",
    r"(.+): unpacks to (.+), which no pictures do": r"\1：解压后达 \2，不是正常的图片包",
    r"(.+): not UTF-8 text.*": r"\1：不是 UTF-8 文本，请以 UTF-8 保存",
    r"(.+): there are no rows in it": r"\1：表中没有行",
    # whatever else is wrong with a case file
    r"(.+\.json): .*": r"\1：案例文件已损坏或被修改",
}
#: The same in the page's own English, where the model's rooms speak of the command line.
_ENGLISH = {
    r"(.+) names pictures: .*": r"\1 names pictures: choose the ZIP that holds them, too",
}
#: What a message begins with that is not a word of it: it stays as it was given.
_PARAMETERS = {
    "k", "kb", "model", "method", "target", "edit", "cases", "details", "image", "span",
    "sentence", "mention", "entity", "against", "weights", "language",
}  # fmt: skip
_REQUEST = re.compile(r"request (\d+): (.*)", re.S)
_KNOWN = [(re.compile(pattern, re.S), said) for pattern, said in _CHINESE.items()]


def translated(message: str, language: str) -> str:
    """A message in one of `texts.LANGUAGES`, beginning with a capital letter.

    What the visitor wrote, the name of a file and that of a parameter stay as they are.
    """
    if language == "zh":
        if found := _REQUEST.fullmatch(message):
            return f"第 {found[1]} 个请求：{translated(found[2], language)}"
        for pattern, said in _KNOWN:
            if found := pattern.fullmatch(message):
                return found.expand(said)
    for words, said in _ENGLISH.items():
        message = re.sub(words, said, message, flags=re.S)
    return message if _begins_with_a_name(message) else message[:1].upper() + message[1:]


def _begins_with_a_name(message: str) -> bool:
    first = message.split(" ", 1)[0]
    if message.startswith("the picture") or not message:
        return False
    return (
        not first.isalpha()
        or first in _PARAMETERS
        or any(p.pattern.startswith("(") and p.fullmatch(message) for p, _ in _KNOWN)
    )
