"""What a visitor may be told of a mistake: the templates of the messages, English and Chinese.

The rooms that find a mistake say it in English; a field in braces is what they fill in. A test holds
that each of them is really said somewhere."""

from __future__ import annotations

ERRORS: dict[str, str] = {
    "this row is not here any more: reload the page": "该行已不存在：请刷新页面",
    "this cannot be noted now: tell whoever runs this page": "目前无法记录：请告知此页面的运营者",
    (
        "this model was saved without a tokenizer: put tokenizer.json of its text model into "
        "the model folder under tokenizer/"
    ): "该模型缺少分词器：请把 tokenizer.json 放入其中",
    (
        "picture {name}: not in the ZIP under that name alone: {names} could be meant; write "
        "the whole name of one"
    ): "ZIP 中有几个文件可能是图片 {name}（{names}），请写出完整名称",
    (
        "{file}: was changed in place while the index was open; build the index again and "
        "open it anew"
    ): "索引文件 {file} 在使用中被改动：请重新建立索引，然后重新启动",
    (
        "{count} cells under {count2} columns: a text that holds the separator needs "
        "quotation marks around it"
    ): "{count2} 列之下有 {count} 个单元格：含分隔符的文字请加引号",
    (
        "the mention {surface} is not in the sentence, but {there} is ({mark}, there "
        "{other}): write it as it stands there"
    ): "句子中没有提及 {surface}，但有 {there}（{mark} 与 {other} 不同）：请按句中写法填写",
    "the region must lie between 0 and 100 percent, left before right, top before bottom": "区域必须在 0 到 100 之间，左小于右，上小于下",
    (
        "picture {name}: what macOS keeps beside a picture, not the picture: name the file itself"
    ): "{name} 是 macOS 附带的文件而不是图片：请写图片本身的名称",
    (
        "picture {name}: packed with {method}, which cannot be read: pack the ZIP again with "
        "Deflate"
    ): "ZIP 中的图片 {name} 以 {method} 压缩，无法读取：请用 Deflate 重新打包",
    "no entity is named {name}; the nearest names are {names}": "没有名为 {name} 的实体；最接近的名称：{names}",
    "no entity is named {name}": "没有名为 {name} 的实体",
    "the query has {count} characters; at most {limit} are read": "查询有 {count} 个字符，最多读取 {limit} 个",
    "the query is empty: write a name, an alias or an id": "查询为空：请输入名称、别名或 id",
    (
        "the model reads English, and most of this sentence is in another script: of what it says "
        "little is understood"
    ): "该模型只读英语，而此句大部分为其他文字：其内容几乎无法被理解",
    (
        "the picture is unlike everything that the model learnt from (of pictures that it knows "
        "this is said by mistake in {alarms} %)"
    ): "该图片与模型学习过的一切都不相似（对其熟悉的图片，误报率为 {alarms}%）",
    (
        "the picture was given little weight: without it the first entity is the same, with a "
        "probability of {hidden} % in place of {shown} %"
    ): "该图片几乎未起作用：没有它，第一名不变，概率为 {hidden}% 而非 {shown}%",
    "upload the file first: only files that were uploaded to this page are read": "请先上传文件：只读取上传到此页面的文件",
    "line {line}: text after a closing quotation mark (write a quote in it twice)": "第 {line} 行：右引号之后还有文字（文中的引号请写两次）",
    "the weights must be three numbers: TGLU, VDLU and CMFU, none below 0": "权重必须是三个不小于 0 的数字：TGLU、VDLU 和 CMFU",
    "the picture was deleted from the server after a day: link it again": "图片一天后已从服务器删除：请重新链接",
    (
        "{path}: the row in line {line} does not end ({error}); is a quotation mark left open?"
    ): "{path}：第 {line} 行没有结束，是否漏了引号？",
    "the server is busy and its queue is full: try again in a moment": "服务器繁忙，队列已满：请稍后再试",
    "{name}: a JPEG of more than {max_scans} scans, which nobody needs: save it again": "JPEG 图片的扫描次数超过 {max_scans}，请重新保存",
    "no entity {entity} in the knowledge base: give an id that `link` shows": "知识库中没有实体 {entity}",
    "this case is kept already: try something new in What if first": "该案例已保存：请先在“假如”中尝试新的改动",
    "the mention is empty: name the words of the sentence to link": "提及为空：请指出句子中要链接的词",
    "the sentence is empty: write the sentence around the mention": "句子为空：请写下包含提及的句子",
    "{file}: damaged (its content is not what was saved); copy it again": "模型文件 {file} 已损坏：请重新复制",
    (
        "{name}: {width} x {height} pixels; at most {max_pixels} megapixels are read, make "
        "it smaller"
    ): "图片为 {width} × {height} 像素，最多读取 {max_pixels} 百万像素，请缩小后再试",
    "the region is smaller than two pixels: choose a larger one": "区域小于两个像素：请选择更大的区域",
    "a case holds {most_what_ifs} what-ifs: remove the case or keep a new one": "一个案例最多 {most_what_ifs} 个“假如”：请删除或另存新案例",
    "the region must be four numbers: left, top, right, bottom": "区域必须在 0 到 100 之间，左小于右，上小于下",
    "{path}: no column {missing}; it has {c}: rename the columns that hold them": "{path}：缺少列 {missing}，请重命名相应的列",
    "{name}: {kind} pictures cannot be read here; save it as JPEG or PNG": "无法读取 {kind} 图片，请存为 JPEG 或 PNG",
    "the weights must be three numbers: TGLU, VDLU and CMFU": "权重必须是三个不小于 0 的数字：TGLU、VDLU 和 CMFU",
    "cases must be a case.json or a list of 1 to {most_cases} requests": "cases 必须是 case.json，或由 1 到 {most_cases} 个请求组成的列表",
    "{candidate} against itself: {advice}": "{candidate} 不能与自身对比：请选择另一个实体",
    "the caption is empty: write in it what was changed": "说明为空：请写明改动",
    "what was sent does not fit the page: open it again": "所发送的内容与页面不符：请重新打开页面",
    "{name}: more than {most} values, which no table of {most2} rows holds": "{name}：数值超过 {most} 个，不是正常的表格",
    "the sentence has {count} characters; at most {limit} are read": "句子有 {count} 个字符，最多读取 {limit} 个",
    "it must be an object with the fields {texts} and span": "必须是含有字段 {texts} 和 span 的对象",
    "{name} names pictures: give their folder or ZIP, too": "{name} 中有图片名：请同时给出图片 ZIP",
    "the mention has {count} characters; at most {limit} are read": "提及有 {count} 个字符，最多读取 {limit} 个",
    "keep a case first: a what-if stands below one": "请先保存一个案例：“假如”位于案例下方",
    "the span must be two numbers: start and end; {error}": "位置必须是两个数字：起点和终点",
    "{folder}: was built with model {model}, not {model2}; build it again": "索引由另一个模型建立，请用所选模型重建",
    "{name}: too many pixels in a line, make it smaller": "图片像素过多，请缩小后再试",
    "the span must be two numbers: start and end": "位置必须是两个数字：起点和终点",
    "there is nothing to draw: keep a case first": "没有可绘制的内容：请先保存一个案例",
    "{source}: {name} is encrypted; pack it without a password": "{source}：{name} 已加密，请不设密码重新打包",
    "that case is not of the mention {surface} with this model and knowledge base: keep one": "该案例的提及、模型或知识库与 {surface} 的不同：请先保存一个相同的案例",
    "{path}: not UTF-8 text (line {line}): save it as UTF-8": "{path}：不是 UTF-8 文本，请以 UTF-8 保存",
    "the caption has {count} characters; at most {most_caption} fit": "说明有 {count} 个字符，最多 {most_caption} 个",
    "{folder}: no model there (config.json is missing)": "该文件夹中没有模型（缺少 config.json）",
    "{label} takes no files: give a picture in base64": "{label} 不接受文件：请以 base64 给出图片",
    "the page lost its tray: reload it": "页面找不到案例托盘：请刷新页面",
    "the tray holds more than {size} MB: export it, and remove a case": "案例托盘超过 {size} MB：请先导出，再删除一个案例",
    "the font must be one of {names}": "字体必须是以下之一：{names}",
    "{name}: the picture is damaged or cut short ({shown})": "图片已损坏或不完整",
    "{field} must be a file that was uploaded here, {rest}": "{field} 必须是已上传到此处的文件，或 null；服务器不读取网址",
    "a figure holds {most_cases} cases: remove one first": "一张图最多 {most_cases} 个案例：请先删除一些",
    "the {field} has {count} characters; at most {most_cell} are read": "{field} 有 {count} 个字符，最多读取 {most_cell} 个",
    "{folder}: another process is writing this index": "{folder}：另一个进程正在写入该索引，请稍后再试",
    "image is neither base64 nor a data URI": "image 既不是 base64，也不是 data URI",
    "nothing is linked yet: open Link first": "尚无结果：请先打开“链接”",
    "nobody waits for this answer any more": "已无人等待此结果",
    "taller than the {page} inches of a page: {tall}; {advice}": "高于一页的 {page} 英寸：{tall}；请减少一次导出的案例或假设",
    "{source}: not a case file of this application": "{source}：不是本应用的案例文件",
    "all weights are 0: raise one of them": "所有权重都为 0：请至少提高一个",
    "the span {start} {end} covers {there}, not the mention {surface}": "位置 {start}–{end} 对应的是 {there}，而不是提及 {surface}",
    "the span {start} {end} lies outside the sentence": "位置 {start}–{end} 超出句子范围",
    "{source}: the name {name} leads out of the archive": "{source}：名称 {name} 指向压缩包之外",
    "the mention {surface} is not in the sentence": "句子中没有提及 {surface}",
    "upload the picture first, then link": "请等图片上传完成后再链接",
    "{name}: more than {most} rows; at most {most} at once": "{name}：超过 {most} 行，一次最多 {most} 行",
    "{source}: unpacks to {mega}, which no pictures do": "{source}：解压后达 {mega}，不是正常的图片包",
    "there is no endpoint /{name}; there are {known}": "没有接口 /{name}，只有 {known}",
    "{name}: too many pixels, make it smaller": "图片像素过多，请缩小后再试",
    "{path}: not a whole safetensors file ({first})": "文件 {path} 已损坏或不完整",
    "{folder}: was built with another model, {model}": "索引由另一个模型建立，请用所选模型重建",
    "{name}: more than {max_bytes} MB, make it smaller": "图片大于 {max_bytes} MB，请缩小后再试",
    "{name}: more than {most} values in its lists": "{name}：数值超过 {most} 个，不是正常的表格",
    "not an object with named fields": "不是带有字段名的对象",
    "rank-by is {rank_by}; it must be one of {rank_by2}": "排序方式为 {rank_by}，应为以下之一：{rank_by2}",
    "method is {method}; it must be one of {names}": "方法为 {method}，应为以下之一：{names}",
    "{name}: not a picture ({formats} can be read)": "这不是图片（可读取 {formats}）",
    "target is {target}; it must be one of {known}": "解释的得分为 {target}，应为以下之一：{known}",
    "{label} must be a whole number, not {kind_of}": "{label} 必须是整数",
    "{name}: {count} columns; at most {most_columns} are read": "{name}：有 {count} 列，最多读取 {most_columns} 列",
    "{path}: not a whole Parquet file ({shown})": "{path}：不是完整的 Parquet 文件",
    "{path}: the header cannot be read: {header}": "{path}：无法读取表头",
    "{source}: {count} entries; at most {most_entries} are read": "{source}：有 {count} 个文件，最多读取 {most_entries} 个",
    "model is {model}; it must be one of {known}": "模型为 {model}，应为以下之一：{known}",
    "{file}: no row can be used; row 1: {reason}": "{file}：没有可用的行，请检查第 1 行",
    "edit is {edit}; it must be one of {edits}": "操作为 {edit}，应为以下之一：{edits}",
    "k is {k}; it must be from 1 to {entities}": "候选数量为 {k}，应在 1 到 {entities} 之间",
    "picture {name}: damaged in the ZIP": "ZIP 中的图片 {name} 已损坏",
    "the language must be one of {languages}": "language 应为以下之一：{languages}",
    "too {which} values: {given}, and {endpoint} takes {wanted}: {names}": "有 {given} 个值，而 {endpoint} 需要 {wanted} 个",
    "{source}: {name} is a link, not a picture": "{source}：{name} 是链接而不是图片",
    "details must be a list of {details}": "details 必须是由以下各项组成的列表：{details}",
    "{name}: unpacks to more than {most_bytes} MB": "{name}：解压后超过 {most_bytes} MB",
    "kb is {kb}; it must be one of {known}": "知识库为 {kb}，应为以下之一：{known}",
    "{file}: {what}; build the index again": "索引文件 {file} 缺失或已损坏：请重新建立索引",
    "{file}: there are no rows in it": "{file}：表中没有行",
    "image is larger than {most_encoded} MB": "image 大于 {most_encoded} MB",
    "no installed font has {missing}: {hint}": "已安装的字体缺少 {missing}：请安装中文字体（apt-get install fonts-noto-cjk）后重新启动",
    "picture {name}: not in the ZIP": "ZIP 中没有图片 {name}",
    "unknown field {unknown}; /{name} takes {known}": "未知字段 {unknown}；/{name} 的字段为 {known}",
    "{path}: not UTF-8 text (byte {start})": "{path}：不是 UTF-8 文本，请以 UTF-8 保存",
    "{path}: the name must end in {parquet}": "{path}：文件名须以 {parquet} 结尾",
    "picture {name}: larger than {mega}": "图片 {name} 大于 {mega}",
    "the body is not JSON: {why}": "请求内容不是 JSON",
    "{name}: not a whole ZIP file": "{name}：不是完整的 ZIP 文件",
    "{path}: two columns for {field}: {fields}, {column}": "{path}：有两列都对应 {field}，请只保留一列",
    "line {number} is not JSON ({error})": "第 {number} 行不是 JSON",
    "the {field} is a {kind}, not text": "{field} 的值是 {kind}，不是文本",
    "{label} must be text, not {kind_of}": "{label} 必须是文本",
    "{path}: cannot be read ({reason})": "{path}：无法读取",
    "no such file: {path}": "文件已不存在，请重新上传",
    "{path}: not JSON ({error})": "{path}：不是 JSON",
    "{name} is not text": "{name} 不是文本",
    "{file}.json: {what}": "{file}.json：案例文件已损坏或被修改",
    "picture {name}: not in the ZIP; linked by the text alone": "ZIP 中没有图片 {name}，仅按文字链接",
    "picture {name}: no such file; linked by the text alone": "没有图片 {name}，仅按文字链接",
    "{problem}; linked by the text alone": "{problem}；仅按文字链接",
    "the name is empty": "名称为空",
    "repeats the id {id} of row {number}": "与第 {number} 行的标识符 {id} 重复",
    "no such file": "没有此文件",
    "not in the ZIP": "ZIP 中没有此文件",
    "leads out of the folder of pictures": "指向图片文件夹之外",
    "a web address: download it and name the file": "是网址：请下载后填写文件名",
    "no such file {names}": "没有同名文件：请写出其中一个的完整名称",
    "{source}: unpacks to {mega}; at most {most} are read": "{source}：解压后达 {mega}，最多 {most}",
    "{table} names pictures: say with --images in which folder they are": "{table} 中有图片名：请同时给出图片 ZIP",
    "{table}: no row can be used; row {number}: {reason}": "{table}：没有可用的行，请检查第 {number} 行",
    "{count} rows have no id and got one from their number (E000001, ...): add a column id to keep ids when rows move": "{count} 行没有标识符，已按行号生成（E000001……）：如需固定请添加 id 列",
    "{count} rows skipped: see 'skipped'": "已跳过 {count} 行",
    "{count} pictures missing, their entities kept: see 'images_left_out'": "缺少 {count} 张图片，实体仍保留",
    "{count} pictures unreadable, their entities kept: see 'images_left_out'": "{count} 张图片无法读取，实体仍保留",
    "{count} pictures outside, their entities kept: see 'images_left_out'": "{count} 张图片位于文件夹之外，实体仍保留",
    "{count} pictures lack their last bytes and were taken all the same": "{count} 张图片缺少末尾，仍已采用",
    "choose a table, or type entities: name | description, one in a line": "请选择表格，或输入实体：每行一个，名称 | 描述",
    "more than {most} typed lines or {characters} characters: upload a table instead": "输入超过 {most} 行或 {characters} 个字符：请改为上传表格",
    "the server holds {most} knowledge bases of visitors, as many as it can: try again later": "服务器已存有 {most} 个访客知识库，无法再增加：请稍后再试",
    (
        "your knowledge base is gone: it is kept for an hour after its last use; build it "
        "again, or choose another"
    ): "您的知识库已删除：最后一次使用后只保留一小时；请重新建立或另选",
    "the text is empty: give the text whose names are linked": "文本为空：请给出要链接其中名称的文本",
    (
        "the text has {count} characters; at most {limit} are linked at once: give it in parts"
    ): "文本有 {count} 个字符，一次最多链接 {limit} 个：请分段给出",
    (
        "the text has {count} characters; at most {limit} are read: give it in parts"
    ): "文本有 {count} 个字符，最多读取 {limit} 个：请分段给出",
    (
        "the text has {count} mentions; at most {limit} are linked at once: give it in parts"
    ): "文本中有 {count} 个提及，一次最多链接 {limit} 个：请分段给出",
    "{count} mentions; at most {limit} are linked at once": "有 {count} 个提及，一次最多链接 {limit} 个",
    (
        "{images} pictures for {paragraphs} paragraphs: give one for the text, or one for each "
        "paragraph (blank lines part them)"
    ): "{paragraphs} 段对应 {images} 张图片：请为全文提供一张，或为每段各提供一张（以空行分段）",
    (
        "the mention {start} {end} lies outside the text, which has {count} characters; offsets "
        "count code points, from 0"
    ): "提及 {start}–{end} 超出文本范围（共 {count} 个字符）；位置按码位从 0 计数",
    (
        "the mention {start} {end} is empty or has more than {limit} characters"
    ): "提及 {start}–{end} 为空或超过 {limit} 个字符",
    "mentions must be a list, not {kind}": "mentions 必须是列表",
    (
        "a mention is an object with start and end, in code points"
    ): "每个提及须是含有 start 和 end（按码位）的对象",
    (
        "candidates are {candidates}; they must be all, names, or a list of identifiers"
    ): "candidates 为 {candidates}，应为 all、names 或标识符列表",
    "candidates: the list of identifiers is empty": "candidates：标识符列表为空",
    "{label} must be a list of texts, not {kind}": "{label} 必须是文本列表",
    "candidates and types must be lists of texts": "candidates 与 types 必须是文本列表",
    "types: no type is named": "types：没有写出类型",
    "no entity is of type {wanted}; there are {known}": "没有类型为 {wanted} 的实体；已有 {known}",
    (
        "no entity is of type {wanted}; this knowledge base says none"
    ): "没有类型为 {wanted} 的实体：此知识库没有类型信息",
    (
        "{what} holds half of a character (a lone surrogate): give it in UTF-8"
    ): "{what} 中有不完整的字符：请以 UTF-8 给出",
    "{name}: more than {limit} characters: give the text in parts": "{name}：超过 {limit} 个字符，请分段给出",
    (
        "{name}: not text (it has a NUL character): is it a binary file?"
    ): "{name}：不是文本（含 NUL 字符），是否为二进制文件？",
    (
        "the mentions {one} and {other} overlap, which {kind} cannot hold: write json, jsonl, nif "
        "or kilt"
    ): "提及 {one} 与 {other} 重叠，{kind} 无法表示：请改用 json、jsonl、nif 或 kilt",
    "format is {kind}; it must be one of {formats}": "格式为 {kind}，应为以下之一：{formats}",
    "hub:{name}: no {kind} there (needs {files}; nothing is unpickled)": "hub:{name} 中没有可用的内容（需要 {files}；不会反序列化任何文件）",
    "hub:{name}: the hub does not give it ({why})": "无法从 hub 获取 hub:{name}（{why}）",
    (
        "hub:{name}: not in the cache {folder}, and HF_HUB_OFFLINE is set: unset it, or run `hf "
        "download {name2}` on a machine with a network, copy its cache folder here and set HF_HOME"
    ): "hub:{name} 不在缓存中，且已设置 HF_HUB_OFFLINE：请取消该设置，或从有网络的机器复制缓存",
    (
        "hub:{name}: its content ({now}) is not what its card says ({said}): remove {folder} and "
        "fetch it again, or ask who published it"
    ): "hub:{name} 的内容（{now}）与其模型卡所述（{said}）不符：请删除缓存后重新下载，或询问发布者",
}
