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
cli-about-backup = 在他人工作时把服务台备份到一个文件
cli-about-restore = 在无人使用时用备份替换数据文件
cli-after-restore = 旧文件会保留在旁边。已发放过的工单号不会再次发放，已清除的内容仍然是清除状态。
cli-about-doctor = 检查数据文件及其周边是否一切正常；不作任何改动
cli-after-doctor = 退出状态：0 一切正常，1 有事需要处理，2 文件已损坏。
cli-about-demo = 打开一个虚构工单的演示服务台
cli-about-help = 显示本帮助或某个命令的帮助

cli-arg-aftercare-db = 服务台的数据文件
cli-arg-aftercare-language = 界面语言：en 或 zh
cli-arg-aftercare-ambiguous = 终端把 … · │ “ 及希腊、俄文字母显示为几列：narrow 一列、wide 两列、auto 询问终端（也可用 AFTERCARE_AMBIGUOUS；默认 auto）
cli-arg-aftercare-background = 终端的背景：light 浅色、dark 深色、auto 询问终端（也可用 AFTERCARE_BACKGROUND；默认 auto）
cli-arg-aftercare-zone = 服务中心所在时区，日期以此为准（也可用 AFTERCARE_ZONE；默认 Asia/Shanghai）
cli-arg-aftercare-staff = 使用者的姓名；不填则用登录名
cli-arg-aftercare-bench = 共用工位：扫描工牌并输入密码者即为操作人
cli-arg-aftercare-idle = 工位无人操作多少分钟后锁定（5）
cli-arg-aftercare-terms = 条款其他版本所在的目录
cli-arg-aftercare-today = 把今天当作这一天（用于练习）
cli-arg-check-file = JSON 对象文件；“-”或不填则读标准输入
cli-arg-check-pretty = 逐条输出，便于阅读
cli-arg-check-terms = 条款其他版本所在的目录，各自从注明的日期起生效
cli-arg-backup-db = 服务台的数据文件
cli-arg-restore-db = 服务台的数据文件
cli-arg-doctor-db = 服务台的数据文件
cli-arg-backup-file = 新文件；不填则存到数据文件旁的 backups 目录
cli-arg-restore-file = 备份文件
cli-arg-restore-yes = 不再询问
cli-arg-restore-given = 包裹上出现过的最大工单号（没有其他记录可查时使用）
cli-arg-demo-db = 把演示服务台保存到此文件；文件不能已存在
cli-arg-demo-today = 演示中的“今天”
cli-arg-demo-cases = 工单数量；每种情形至少有一例
cli-arg-demo-seed = 相同的数字生成相同的服务台
cli-arg-demo-pictures = 把主要界面画成图片存到此文件夹（供 README 使用）
cli-arg-help-command = 命令
cli-arg-help = 显示本帮助
cli-arg-version = 显示版本

cli-wrong-argument = 没有 { $what } 这个选项。
cli-wrong-command = 没有 { $what } 这个命令。
cli-wrong-value = { $what } 不能是“{ $value }”。
cli-wrong-value-takes = { $what } 不能是“{ $value }”，应为 { $takes }。
cli-wrong-value-missing = { $what } 后面要有值。
cli-wrong-value-missing-takes = { $what } 后面要有值：{ $takes }。
cli-wrong-text = 给出的内容不是文本（UTF-8）。
cli-takes-cases = 整数
cli-takes-format = csv 或 jsonl
cli-takes-given = 工单号，例如 RMA26-00051
cli-takes-idle = 1 到 480 的分钟数
cli-takes-language = en 或 zh
cli-takes-ambiguous = narrow、wide 或 auto
cli-takes-background = light、dark 或 auto
cli-takes-role = operator（客服）、technician（技术员）、supervisor（主管）或 viewer（访客）
cli-takes-seed = 整数
cli-takes-today = 实际存在的日期，写作 YYYY-MM-DD
cli-takes-zone = 时区名称，例如 Asia/Shanghai
cli-wrong-missing = 缺少：{ $what }。
cli-wrong-together = { $what } 和 { $other } 不能同时使用。
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
cli-open-is-folder = { $path } 是一个目录。请指定一个文件。
cli-open-not-a-desk = { $path } 不是服务台的数据文件。请另外指定文件。
cli-open-newer = { $path } 是由更新版本的程序写入的（文件版本 { $have }，本程序支持到 { $know }）。请使用更新的版本。
cli-open-damaged = { $path } 已损坏，无法读取：{ $why }。请保留原文件。
cli-open-missing = 没有 { $path } 这个文件。
cli-open-lost = { $path } 不存在或为空，但这里曾发放过工单号：数据文件已丢失。如仍要新建服务台，请用 --db 文件 另外指定。
cli-open-restoring = 正在用备份替换 { $path }，请稍后再试。
cli-open-backup =
    最近一份完好的备份是 { $path }（最后改动 { $newest }）。用以下命令恢复：
    { $command }
cli-open-no-backup = 旁边的 backups 目录里没有完好的备份。如果别处有备份，请运行：aftercare restore 文件
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

## Backup, restore, doctor.
backup-made = 备份已完成并通过检查：{ $path }（{ $size }，{ $cases } 个工单，最后改动 { $newest }）。
backup-exists = { $path } 已经存在，备份不会覆盖其他文件。请换一个文件名。
backup-damaged = 没有生成备份，因为 { $path } 已损坏：{ $why }。以前的备份未动。
restore-backup = 备份 { $path } 完好：{ $size }，{ $cases } 个工单，{ $changes } 条改动，最后改动 { $newest }。将恢复到这个状态。
restore-before-none = 目前没有 { $path } 这个文件。
restore-before-unreadable = { $path } 现在的内容已无法读取。备份之后记录的内容恢复后将不在服务台中。
restore-before-same = { $path } 里的内容备份中都有。
restore-before = { $path } 的最后改动是 { $newest }，其中有 { $changes } 条改动不在备份里，包括 { $cases } 个完整的工单。它们将不在服务台中，但仍保留在旧文件里。
restore-given = 下一个工单号将是 { $next }；按这里存有的记录，最后一个是 { $last }。
restore-given-first = 下一个工单号将是 { $next }；按这里存有的记录，该年份还没有发过号。
restore-ask = 要用备份替换它吗？（是/否）
restore-needs-yes = 没有可供确认的终端。要恢复备份请加上 --yes。未作任何改动。
restore-same = 这就是数据文件本身，不是它的备份。
restore-working = { $who } 正在使用服务台。请先让他们退出，再重试。
restore-working-somebody = 数据文件正被使用。请先关闭使用它的程序，再重试。
restore-done = { $path } 现在就是这份备份。
restore-kept = 旧文件保留为 { $path }。
restore-next-number = 下一个工单号是 { $number }。
restore-numbers-unsure = 已经查不到备份之后发放过哪些工单号。请查看包裹：如果上面有更大的工单号，请加上 --given 工单号 重新恢复。
restore-erased = { $count } 项曾被清除的内容已再次清除。
doctor-good = { $path } 一切正常。
doctor-to-do = { $path }：有事需要处理。
doctor-damaged = { $path } 已损坏。
doctor-sign-good = [正常]
doctor-sign-note = [提示]
doctor-sign-to-do = [待办]
doctor-sign-damaged = [损坏]
doctor-opens = 可以打开：{ $size }，{ $cases } 个工单，{ $changes } 条改动，最后改动 { $newest }。
doctor-whole = 所有页、索引和引用都完好。
doctor-not-whole = 页、索引或引用有损坏：{ $why }
doctor-schema = 各个表以及改动记录的保护措施都在。
doctor-schema-strange = 有人改动过文件结构，以下各项不对：{ $names }。请恢复备份。
doctor-older = 文件的结构版本是 { $have }；打开服务台时会先备份，再升级到 { $latest }。
doctor-replayed = { $records } 条档案都能由改动记录重现。
doctor-broken = { $broken } 条档案无法由改动记录读出。
doctor-lines = 看板和搜索中的每一行都与改动记录一致。
doctor-lines-differ = 看板有 { $differing } 行与改动记录不一致，有 { $unfound } 个工单搜索不到。只要没有人手工改过文件，内容就没有丢失；工单再有改动时会重新生成该行。如果再次出现，请报告。
doctor-versions = 每个工单开立时适用的条款都有存档。
doctor-versions-unknown = 有 { $cases } 个工单开立时适用的条款没有存档，按当天生效的条款判定。请把该版本的文件放到 terms 目录。
doctor-counters = 计数器都不低于已发放的工单号。
doctor-counters-low = 计数器低于已发放的工单号：{ $numbers }。打开一次服务台即可自动调高。
doctor-journal = 工单号和清除记录都在文件旁留有一份。
doctor-journal-missing = 有 { $missing } 个工单号或清除记录没有留在文件旁（.kept）。打开一次服务台即可，其余的由下次每日备份补记。
doctor-journal-torn = 文件旁的记录（.kept）有 { $unreadable } 行无法读取，断电后会这样。其余各行正常。
doctor-journal-unreadable = 无法读取文件旁的记录（.kept）：{ $why }。这样无法发放工单号。请让服务台的所有者可以读写它。
doctor-permissions = 其他用户无权查看服务台的文件。
doctor-unwritable = 所有者对以下文件没有写权限，什么都无法保存：{ $paths }。请对它们使用 chmod u+w。
doctor-permissions-open = 以下文件其他用户可以查看，或属于其他用户：{ $paths }。请对它们使用 chmod go=（以及 chown）。
doctor-backup = 最近的备份可以打开且完好：{ $path }，最后改动 { $newest }。
doctor-backup-old = 最近一份完好的备份是 { $days } 天前的：{ $path }。请备份：aftercare backup
doctor-no-backup = 没有备份。请备份：aftercare backup
doctor-backups-bad = 有 { $bad } 份备份，但没有一份完好。请检查磁盘，并备份到别处：aftercare backup 文件
doctor-room = 磁盘剩余 { $free }；文件大小 { $file }。
doctor-room-little = 磁盘仅剩 { $free }；文件大小 { $file }。请清理磁盘。
doctor-cut-off = 上次恢复备份中途中断。打开服务台时会继续完成。
doctor-years = { $this } 年和 { $next } 年的工作日安排已有。
doctor-year-missing = 还没有 { $year } 年的工作日安排。公布后请在文件旁添加 calendar/{ $year }.toml。
doctor-terms = 文件旁的条款和工作日文件都可以使用。
doctor-files-between = ；
doctor-terms-refused = 以下文件未被采用：{ $files }
