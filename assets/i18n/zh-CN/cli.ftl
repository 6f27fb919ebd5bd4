### 命令行：帮助，以及出错的原因。

cli-usage = 用法：
cli-commands = 命令
cli-options = 选项
cli-arguments = 参数

cli-about-aftercare =
    终端里的售后服务台：一个工单，从来电到寄回。
    不带命令时打开服务台。
cli-after-aftercare =
    服务台的数据在一个文件里：--db 指定的文件，否则是环境变量 AFTERCARE_DB 指定的文件，否则是数据目录中的 desk.db。该文件所在目录下的 terms/*.toml（条款的其他版本）和 calendar/*.toml（工作日）会一并读取。
cli-about-check = 按条款判定：读入 JSON 对象，每行输出一个 JSON 对象
cli-about-demo = 打开一个虚构工单的演示服务台
cli-about-help = 显示本帮助或某个命令的帮助

cli-arg-aftercare-db = 服务台的数据文件
cli-arg-aftercare-language = 界面语言：en 或 zh
cli-arg-aftercare-zone = 服务中心所在时区，日期以此为准（也可用 AFTERCARE_ZONE；默认 Asia/Shanghai）
cli-arg-aftercare-staff = 使用者的姓名；不填则用登录名
cli-arg-aftercare-terms = 条款其他版本所在的目录
cli-arg-aftercare-today = 把今天当作这一天（用于练习）
cli-arg-check-file = JSON 对象文件；“-”或不填则读标准输入
cli-arg-check-pretty = 逐条输出，便于阅读
cli-arg-check-terms = 条款其他版本所在的目录，各自从注明的日期起生效
cli-arg-demo-db = 把演示服务台保存到此文件；文件不能已存在
cli-arg-demo-today = 演示中的“今天”
cli-arg-demo-cases = 工单数量
cli-arg-demo-seed = 相同的数字生成相同的服务台
cli-arg-demo-pictures = 把主要界面画成图片存到此文件夹（供 README 使用）
cli-arg-help-command = 命令
cli-arg-help = 显示本帮助
cli-arg-version = 显示版本

cli-wrong-argument = 没有 { $what } 这个选项。
cli-wrong-command = 没有 { $what } 这个命令。
cli-wrong-value = { $what } 不能是“{ $value }”。
cli-wrong-value-missing = { $what } 后面要有值。
cli-wrong-missing = 缺少：{ $what }。
cli-wrong-twice = { $what } 只能出现一次。
cli-see-help = 运行“aftercare help”查看用法。

cli-no-terminal =
    服务台要在终端里显示界面，但这里没有终端。
    请在终端里启动；通过 SSH 时用“ssh -t 主机 aftercare”。
    没有终端时可以用“aftercare check”按条款判定，或用“aftercare demo --db 文件”生成一个虚构工单的服务台文件。
cli-terminal-refused = 终端无法使用：{ $why }。

cli-unchanged = 未作任何改动。
cli-open-no-place = 不知道数据文件放在哪里：请用 --db 文件 指定。
cli-open-folder-missing = 目录 { $path } 不存在，也无法创建。
cli-open-no-permission = 您无权读写 { $path }。请联系文件的所有者，或用 --db 文件 另外指定。
cli-open-read-only = { $path } 是只读的，服务台需要写入。
cli-open-is-folder = { $path } 是一个目录。请用 --db 文件 指定文件。
cli-open-not-a-desk = { $path } 不是服务台的数据文件。请用 --db 文件 另外指定。
cli-open-newer = { $path } 是由更新版本的程序写入的（文件版本 { $have }，本程序支持到 { $know }）。请使用更新的版本。
cli-open-damaged = { $path } 已损坏，无法读取（{ $why }）。请保留原文件，并用 --db 文件 打开最近的备份。
cli-open-busy = { $path } 正被其他程序占用，请稍后再试。
cli-open-full = { $path } 所在的磁盘已满。
cli-open-other = 无法打开 { $path }：{ $why }。
cli-store-thread = 服务台无法开始读写数据文件：{ $why }。

cli-panicked =
    程序出现故障，服务台只能关闭（{ $place }）。
    已离开的字段都已保存；未输完的内容下次启动时仍在。

refused-files = 以下文件未被采用
refused-fault = { $path } 第 { $line } 行：{ $reason }
refused-unreadable = 无法读取 { $path }：{ $reason }
refused-any-key = 按任意键打开服务台。

## The demo.
cli-demo-no-terminal = 没有可显示界面的终端。请改为把演示数据存到文件：aftercare demo --db 文件
cli-demo-no-folder = 无法为演示数据建立文件夹：{ $why }
cli-demo-built = { $path } 里已有 { $cases } 个虚构的维修单。在终端中打开：aftercare --db { $path }
cli-demo-exists = { $path } 已经存在。演示数据只写入新文件；没有改动任何内容。
cli-demo-failed = 演示数据无法写入 { $path }：{ $why }
