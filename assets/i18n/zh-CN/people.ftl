### 谁在这里工作：人员和密钥的命令，以及为什么不能启动。

cli-about-staff = 本服务台的人员：姓名、角色、密钥、工牌
cli-about-add = 登记人员；给出密钥时输出 authorized_keys 的一行
cli-about-list = 所有已登记的人员
cli-about-role = 更改人员的角色
cli-about-disable = 停用此人；正在使用的会话会结束
cli-about-enable = 重新启用此人
cli-about-key = 为人员再登记一个 SSH 密钥，并输出 authorized_keys 的一行
cli-about-badge = 登记人员工牌的扫码内容
cli-about-pin = 设置人员的 PIN 码
cli-about-export = 每个工单输出一行，供电子表格或脚本使用
cli-after-staff =
    数据文件归一个系统账户所有，每个人用自己的密钥登录该账户。“staff add”输出的那一行放进该账户的 ~/.ssh/authorized_keys，之后由密钥决定是谁。使用 Dropbear 时请加“--server dropbear”；tinysshd 不识别该文件中的选项，密钥会直接打开 shell，因此不支持。
cli-after-export =
    时间为服务中心当地时间，金额单位为元，列名和代码在各语言中相同。CSV 供电子表格打开：开头有字节顺序标记；工单号、电话、序列号、运单号，以及会被电子表格当作数字、日期或公式的内容，都写成 ="文本"，原样保留。加 --plain 时 CSV 供程序读取：没有字节顺序标记，只有以 = + - @ 开头的单元格前面加一个撇号。XLSX 中日期、时间和金额各有类型，其余为文本。控制字符以可见符号表示。

cli-arg-staff-db = 服务台的数据文件
cli-arg-staff-zone = 服务中心所在时区；给出时会写进输出的那一行
cli-arg-staff-terms = 条款其他版本所在的目录；给出时会写进输出的那一行
cli-arg-add-name = 名字：小写字母 a 到 z、数字、“-”、“_”、“.”，以字母开头
cli-arg-add-role = operator（客服）、technician（技术员）、supervisor（主管）或 viewer（访客）
cli-arg-add-key = 此人的 SSH 公钥文件；“-”读标准输入
cli-arg-add-server = 读取这一行的 SSH 服务器：openssh，或小型主机上的 dropbear
cli-arg-add-badge = 工牌的扫码内容
cli-arg-add-pin = 询问两次 PIN 码；没有终端时从标准输入读取
cli-arg-role-name = 谁
cli-arg-role-role = operator（客服）、technician（技术员）、supervisor（主管）或 viewer（访客）
cli-arg-disable-name = 谁
cli-arg-enable-name = 谁
cli-arg-key-name = 谁
cli-arg-key-file = 公钥文件；“-”读标准输入
cli-arg-key-server = 读取这一行的 SSH 服务器：openssh，或小型主机上的 dropbear
cli-arg-badge-name = 谁
cli-arg-badge-code = 工牌的扫码内容
cli-arg-pin-name = 谁
cli-arg-export-db = 服务台的数据文件
cli-arg-export-format = csv、jsonl 或 xlsx
cli-arg-export-plain = 供程序读取的 CSV：没有字节顺序标记，单元格原样输出
cli-arg-export-output = 写入这个新文件（仅所有者可读），而不是标准输出
cli-arg-export-open = 只输出未结案的工单

## 启动。
start-needs-staff = 本服务台已登记人员，启动时必须说明是谁：请加上 --staff 名字（用“aftercare staff list”查看）。
start-unknown = 本服务台没有登记“{ $name }”。请联系服务台的管理员：aftercare staff list、aftercare staff add。
start-disabled = “{ $name }”已停用，不能再使用本服务台。请联系主管。
start-no-command = 带 --staff 时只能打开服务台。要用“{ $what }”，请去掉 --staff。
start-no-badges = 还没有人能使用此工位：需要工牌和密码。请先登记：aftercare staff badge 名字 编号、aftercare staff pin 名字。
ssh-bench = 工位上只能打开服务台，不能执行其他命令。

## 通过 SSH 的请求。
ssh-nothing = 没有给出命令。通过 SSH 可用的命令有：{ $list }。不带命令时用“ssh -t”打开服务台。
ssh-too-long = 命令太长：“{ $what }”。通过 SSH 可用的命令有：{ $list }。
ssh-character = 命令中有不允许的字符：“{ $what }”。通过 SSH 可用的命令有：{ $list }。
ssh-no-command = 这里没有这个命令：“{ $what }”。通过 SSH 可用的命令有：{ $list }。不带命令时用“ssh -t”打开服务台。
ssh-no-argument = 该命令不接受：“{ $what }”。通过 SSH 可用的命令有：{ $list }。
ssh-role = 您的角色（{ $role }）不能使用“{ $what }”。请联系主管。

## 人员。
staff-name-empty = 需要一个名字。
staff-name-too-long = “{ $name }”太长：名字最多 { $most } 个字符。
staff-name-character = “{ $name }”不能用作名字：其中不能有 { $char }。名字由小写字母 a 到 z、数字、“-”、“_”和“.”组成，以字母开头，例如“li”或“wang.xm”。
staff-name-taken = “{ $name }”已经登记，名字不能重复使用。可用“aftercare staff role”更改角色，用“aftercare staff enable”重新启用，或另取名字。
staff-no-such = 没有登记“{ $name }”。用“aftercare staff list”查看。
staff-last-supervisor = “{ $name }”是最后一位主管；没有主管就无人能特批。请先登记另一位主管：aftercare staff add 名字 --role supervisor
staff-key-of = 这个密钥是 { $other } 的。密钥用来认人，每个人都要有自己的：ssh-keygen -t ed25519
staff-badge-of = 这个工牌是 { $other } 的。每个人都要有自己的工牌。
staff-badge-length = 工牌内容应为 { $least } 到 { $most } 个字符。
staff-badge-means = 这个内容在服务台表示命令或工单号。请给工牌换一个编码。
staff-badge-character = 工牌内容里不能有 { $char }。请直接扫码，或输入不含空格的字母、数字和符号。
staff-changed-meanwhile = 有人同时作了改动。请用“aftercare staff list”查看后再试。
staff-file = 数据文件无法写入：{ $why }
staff-unread = 数据文件无法读取：{ $why }
staff-unwritten = 无法输出：{ $why }
staff-line-unmade = 无法生成 authorized_keys 的那一行：{ $why }
staff-unchanged = { $name } 本来就是这样，没有改动。
staff-added = { $name } 已登记为{ $role }。
staff-role-set = { $name } 现在是{ $role }。
staff-disabled = { $name } 已停用；正在使用的会话会在下一次操作时结束。请同时从 authorized_keys 中删去此人的那一行。
staff-enabled = { $name } 已重新启用。
staff-key-set = 已为 { $name } 登记密钥。
staff-badge-set = 已为 { $name } 登记工牌。
staff-pin-set = 已设置 { $name } 的 PIN 码。
staff-put-line = 请把输出的那一行放进本账户的 ~/.ssh/authorized_keys。
staff-no-supervisor = 还没有登记主管：aftercare staff add 名字 --role supervisor
staff-none = 尚未登记任何人：文件所有者以主管身份工作，无需 --staff。
staff-list-name = 名字
staff-list-role = 角色
staff-list-state = 状态
staff-list-badge = 工牌
staff-list-pin = PIN
staff-list-keys = SSH 密钥
staff-list-yes = 有
staff-list-no = -

## 密钥。
key-unreadable = 无法读取 { $path }：{ $why }
key-nothing = 里面没有密钥。请给出公钥，即以 .pub 结尾的文件。
key-too-large = 作为公钥太大。请给出以 .pub 结尾的文件。
key-private = 这是私钥，绝不能给别人。请给出公钥，即以 .pub 结尾的文件；如果私钥已被他人看到，请重新生成一对（ssh-keygen -t ed25519）。
key-other-form = 密钥的格式不同。请转换：ssh-keygen -i -f 文件
key-several = 里面有多个密钥。请只给一个；其余的用“aftercare staff key”登记。
key-options = 密钥前面有选项。请只给密钥本身，即以 .pub 结尾的文件里的内容；选项由本程序写入。
key-certificate = 这是证书。请给出公钥本身。
key-encoding = 这不是公钥：{ $why }。
key-damaged = 这不是公钥，或已损坏。请重新完整复制成一行：ssh-ed25519 AAAA...
key-unknown = 不支持“{ $kind }”类型的密钥。请生成：ssh-keygen -t ed25519
key-weak = 密钥强度不够（{ $kind }）。请重新生成：ssh-keygen -t ed25519
key-path = 路径 { $path } 不能写进 authorized_keys：其中有引号、反斜杠、“!”、控制字符或非文本字节。请改用普通路径。

## PIN 码。
pin-ask = PIN 码（4 到 12 位数字）：
pin-again = 请再输入一次：
pin-differs = 两次输入不一致，未作设置。
pin-easy = 这个 PIN 码太容易猜到：数字全部相同或依次相连。请换一个。
pin-wrong = PIN 码由 4 到 12 位数字组成，不能有其他字符。
pin-unreadable = 无法读取 PIN 码：{ $why }
pin-and-key = 密钥和 PIN 码不能同时来自标准输入。请用文件给出密钥，或之后再设置 PIN 码：aftercare staff pin 名字

## 导出。
export-terminal = 工作簿不是终端能显示的文本：请用 --output 指定文件，或用 > 文件 转存。
export-too-many = 一个工作表最多容纳 { $most } 个工单；请用 --open 只导出未结案的，或导出为 CSV
export-failed = 无法输出工单：{ $why }
