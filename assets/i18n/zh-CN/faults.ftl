### 输入有什么问题，以及故障的原因：句子的组成部分。

## 系统不能做的事，用于“无法读取……：{ 这是一个目录 }”。
cause-not-found = 不存在
cause-permission = 没有权限
cause-exists = 已经存在
cause-is-folder = 这是一个目录
cause-no-folder = 路径中有一段不是目录
cause-full = 磁盘已满
cause-too-large = 文件会过大
cause-read-only = 磁盘是只读的
cause-no-text = 内容不是 UTF-8 文本
encoding-utf-16 = 内容是 UTF-16 编码，而不是 UTF-8。请另存为 UTF-8，或转换：iconv -f UTF-16 -t UTF-8 旧文件 > 新文件
encoding-gb18030 = 内容是 GB18030（GBK）编码，而不是 UTF-8。请另存为 UTF-8，或转换：iconv -f GB18030 -t UTF-8 旧文件 > 新文件
encoding-unknown = 内容不是 UTF-8 文本。请在原来的程序中另存为 UTF-8
cause-ends-early = 内容不完整，提前结束
cause-nobody-reads = 接收方已不再读取
cause-system = 系统提示“{ $said }”

## 数据文件出了什么事。保留 SQLite 的原话，供修复文件的人查阅。
cause-busy = 正被其他程序占用，请稍后再试
cause-only-read = 文件是只读的
cause-gone = 文件已不在原处
cause-damaged = 文件已损坏：{ $why }
cause-malformed = 文件结构已损坏（SQLite：{ $said }）
cause-no-database = 文件开头不是数据文件应有的内容（SQLite：{ $said }）
cause-disk = 磁盘无法读写该文件（SQLite：{ $said }）
cause-column = 其中有一个值的类型不对（SQLite：{ $said }）
cause-schema = 缺少应有的表或列（SQLite：{ $said }）
cause-disagrees = 各部分内容互相不一致（SQLite：{ $said }）
cause-sqlite = SQLite 提示“{ $said }”
cause-value = 其中有一个无效的值（{ $what }“{ $text }”）
cause-loose-link = 表 { $table } 引用了不存在的内容
cause-other-log = 旁边的日志（-wal）属于另一个文件
cause-other-schema = { $name } 与本程序建立的不一样

## “aftercare check”的输入。键、代码和值与 JSON 中一致，不作翻译。
check-unwritable = 无法写出结果：{ $why }。
check-line = 第 { $line } 行：{ $reason }
check-not-json = 不是有效的 JSON（第 { $column } 列）：{ $detail }
check-cut-off = 无法继续读取输入：{ $why }
check-not-a-case = 应为包含一个工单各项事实的对象，请写成 { "{" }"as_of": "YYYY-MM-DD", ...{ "}" }
check-no-such-fact = 键 "{ $key }"：没有这一项；可用的键：{ $allowed }
check-twice = 键 "{ $key }"：出现了两次，请删去其中一个
check-not-allowed = 键 "{ $key }"：不能是 { $value }；可以是：{ $allowed }
check-other-kind = 键 "{ $key }"：值的类型不对；可以是：{ $allowed }
check-no-day = 键 "as_of"：缺少；请按 YYYY-MM-DD 填写判定的日期
check-too-many-repairs = 键 "repairs"：太多，最多 { $most } 项
check-allowed-day = 实际存在的日期，写作 YYYY-MM-DD
check-allowed-days = 最多四个这样的日期组成的列表
check-allowed-words = 文字
check-allowed-word-list = 由文字组成的列表
check-allowed-repairs = 以往维修的列表
check-allowed-repair = 一个对象，写明一次维修的已知情况
check-comma = 、
check-or = { " 或 " }
check-and = ，
check-of = { $what }：{ $said }
check-head = { $day }（{ $version }）

## 条款或工作日文件：跟在“路径 第 7 行：”之后的内容。
file-toml = 不是符合要求的 TOML（TOML：{ $said }）
file-missing-key = 缺少 { $key }
file-unknown-key = 这里没有 { $key } 这一项；可用的有：{ $allowed }
file-unknown-value = 不能是“{ $value }”；可以是：{ $allowed }
file-needs-number = 这里应为整数，例如 7
file-needs-text = 这里应为带引号的文字，例如 "7"
file-needs-yes-no = 这里应为 true 或 false
file-needs-list = 这里应为列表，例如 ["2027-01-01"]
file-needs-pair = 这里应为第一天和最后一天，写作 ["2027-01-01", "2027-01-03"]
file-needs-table = 这里应为一个单独的小节，其中再写各项
file-no-day = “{ $day }”不是实际存在的日期；请写作 YYYY-MM-DD
file-days = { $key }：{ $number } 不在 { $least } 到 { $most } 天之间
file-no-clause = 缺少条款 { $clause } 的文字
file-clause-words = 条款 { $clause } 需要两种语言的文字（en 和 zh）
file-unknown-clause = 没有条款 { $clause }
file-too-early = from：{ $from } 早于这些条款的导入日期 { $today }；条款不能在导入之前生效
file-no-year = “{ $year }”不是 1900 到 9999 之间的年份
file-weekends-alone = { $year } 年只有 working_weekends 而没有 holidays；请同时写明当年的节假日
file-no-weekend-day = { $day } 不是 { $year } 年的周六或周日
file-no-span = { $first } 到 { $last } 不是 { $year } 年内的起止日期
