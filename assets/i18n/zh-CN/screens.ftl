### 界面框架、工单看板、浮层，以及对操作的答复。

# 界面名称。
screen-board = 看板
screen-locked = 工位已锁定
screen-receiving = 收件
screen-summary = 工单
screen-intake = 来电登记
screen-inspection = 检测
screen-quote = 报价
screen-repair = 维修
screen-dispatch = 寄回
screen-history = 历史

header-also-here = 同时在此：{ $names }
header-in-it = 正在处理：{ $names }
header-not-saved = 未保存：{ $count } 项
header-saving = 保存中
header-not-kept = 草稿未存
language-short = 中

# 下一步，最多 14 列。
stage-call = 通话中
stage-triage = 问明来意
stage-awaiting-parcel = 等包裹
stage-inspection = 待检测
stage-decision = 待决定
stage-quote = 待报价
stage-answer = 等答复
stage-repair = 待维修
stage-dispatch = 待寄回
stage-closing = 待结案
stage-settling = 款项待结
stage-closed = 已结案
# 同一台产品的其他工单及其状态
elsewhere-case = { $number }，{ $stage }
elsewhere-no-number = 无编号的通话
elsewhere-and = ；
elsewhere-call = 通话中
elsewhere-triage = 已到货，待问明来意
elsewhere-awaiting-parcel = 等包裹
elsewhere-inspection = 在检测台
elsewhere-decision = 待决定
elsewhere-quote = 待报价
elsewhere-answer = 等客户答复
elsewhere-repair = 维修中
elsewhere-dispatch = 待寄回
elsewhere-closing = 待结案
elsewhere-settling = 已结案，款项待结
elsewhere-closed = 已结案

# 在等谁或什么，最多 9 列。
wait-customer = 客户
wait-parcel = 包裹
wait-parts = 备件
wait-engineering = 工程部
wait-retest = 复测
wait-payment = 付款

# 货物在哪里。
goods-customer = 在客户处
goods-on-the-way-here = 寄来途中
goods-here = 在本中心
goods-on-the-way-back = 寄回途中
goods-back = 已回客户处
goods-ours = 归公司
goods-scrapped = 已报废

# 看板。
board-find = 查找
board-find-hint = 直接输入即查找：电话、邮箱、序列号、工单号、运单号、姓名
board-all = 全部
board-column-number = 工单
board-column-customer = 客户
board-column-model = 型号
board-column-next = 下一步
board-column-wait = 等待
board-column-due = 期限
board-column-serial = 序列号
board-column-assignee = 负责人
board-column-shelf = 货位
board-column-goods = 货物
board-column-owed = 应收
board-column-matched = 匹配
# $who 是在等的人或物，$days 是已等的天数。
board-wait-days = { $who } { $days }天
board-matched = { $field } { $value }
board-matched-former = 曾用 { $value }
board-no-number = （通话）
board-empty = 没有未结的工单。
board-empty-how =
    Ctrl-N 登记来电：先问电话号码。
    F6 登记收到的包裹。
    扫描工单号、序列号或运单号，会自动到达该去的地方。
    F1 查看全部按键，Ctrl-K 按名称查找命令。
board-year-missing = 尚未存入 { $year } 年的工作日：无法给出该年的期限（见 README）
board-group-empty = 这里已全部处理完。
board-nothing-found = 没有找到“{ $text }”。
board-nothing-found-how =
    按 Ctrl-N 用刚输入的内容登记来电。
    电话号码输后四位即可；序列号输一部分也行。
    按 Esc 清空。

# 底行的按键说明，最多 14 列。
hint-accept = 继续
hint-accept-board = 打开
hint-choose = 选定
hint-done = 完成
hint-close = 关闭
hint-page-down = 下一页
hint-next = 下一项
hint-next-group = 下一组
hint-options = 选项
hint-authorise = 受理
hint-solved-by-phone = 电话解决
hint-enquiry-only = 仅咨询
hint-take-in = 收下
hint-next-step = 下一步
hint-accept-return = 接受退货
hint-grant = 特批
hint-issue-quote = 发出报价
hint-answer-quote = 答复
hint-pay = 收款
hint-finish-repair = 维修完成
hint-dispatch = 寄回
hint-confirm-contact = 已核对
hint-new-parcel = 收件
hint-new-call = 新来电
hint-summary = 概况
hint-more = 更多
hint-history = 历史
hint-checks = 判定
hint-ground = 依据
hint-same-caller = 同一来电人
hint-remove-line = 删除此行
hint-plain = 纯文本
hint-save-again = 重新保存
hint-undo = 撤销
hint-back = 返回
hint-palette = 命令
hint-terms = 条款
hint-help = 帮助
hint-language = English
hint-quit = 退出
hint-lock = 锁定
hint-join = 并单

# 命令名称，最多 40 列。
command-next = 到下一项
command-previous = 到上一项或上一组
command-up = 上移一行
command-down = 下移一行
command-page-up = 上翻一页
command-page-down = 下翻一页
command-first = 到第一项
command-last = 到最后一项
command-option-before = 上一个选项
command-option-after = 下一个选项
command-accept = 打开、选定或继续
command-back = 返回一步
command-clear = 清空此行
command-break-line = 在长文本中换行
command-options = 显示选项
command-help = 帮助：全部按键
command-palette = 按名称查找命令
command-language = Switch to English（英文）
command-quit = 退出程序
command-lock = 锁定工位
command-save-again = 重新保存未能保存的内容
command-undo = 撤销我的上一步操作
command-terms = 逐条查看条款
command-new-call = 新来电
command-new-parcel = 收件登记
command-next-group = 下一组
command-summary = 工单概况
command-next-step = 到下一步
command-intake = 界面：来电登记
command-inspection = 界面：检测
command-quote = 界面：报价
command-repair = 界面：维修
command-sending = 界面：寄回
command-history = 界面：历史
command-checks = 进入或离开判定栏
command-more = 展开或收起更多项目
command-ground = 更改依据
command-same-caller = 沿用来电人上一工单的资料
command-plain = 可朗读或复制的纯文本
command-authorise = 受理：分配工单号
command-solved-by-phone = 结案：电话中已解决
command-enquiry-only = 结案：仅咨询
command-go-on-as-repair = 退货转为维修
command-take-in = 收下包裹
command-accept-return = 接受退货
command-remove-line = 删除此行
command-issue-quote = 发出报价
command-answer-quote = 记录客户答复
command-pay = 记录收款
command-waive = 减免金额
command-refund = 退款
command-reverse = 冲销误记（收款、退款、减免）
command-price-back = 登记货款已退还
command-finish-repair = 维修完成
command-confirm-contact = 收件人和地址已核对
command-dispatch = 寄回货物
command-grant = 特批条款之外的处理
command-close = 结案
command-reopen = 重新打开工单
command-came-back = 未送达，货物退回
command-join = 把本单并入另一单
command-move-goods = 把货物转到另一单
command-take-apart = 撤销并单

# 帮助的各节。
place-everywhere = 任何地方
place-screens = 每个界面
place-board = 看板
place-inside = 工单或收件中
place-over = 浮层中
place-forms = 表单中
place-case-forms = 工单表单中
place-folded = 可展开的表单中
place-cases = 工单的每个界面
place-receiving = 收件时
place-list = 列表中
place-palette = 命令中
place-reading = 阅读时
place-texts = 文本行中
place-lines = 选项或列表中
place-locked = 工位锁定时
help-title = 按键
help-board = 在看板上直接输入就是查找；字母和数字在那里不会触发别的操作。
help-days = 日期可输入 2026-11-03、11-03、3（最近的 3 号）、-2（两天前）或“昨天”。
help-typing = 其余按键用于编辑文本：方向键、Home、End，Ctrl-W 删除一个词。

# 浮层。
palette-title = 命令
palette-hint = 输入名称的一部分
palette-none = 没有这样的命令。
terms-title = { $day }版条款
terms-column-clause = 条款
terms-column-text = 转述
clause-title = 条款 { $clause }
clause-restated = 此为转述，以公司原文为准。
clause-own = 公司原文
clause-counted = 本工单的日期推算
clause-count = { $fact }：{ $from } + { $days } = { $last }
clause-count-working = { $fact }：{ $from } + { $days } 个工作日 = { $last }
clause-skipped = 不计入：{ $days }
clause-make-up = 调休上班：{ $days }
clause-unseen = { $fact }为“{ $value }”时：至 { $last }
clause-nothing-counted = 本工单还没有按此条推算的日期。
clause-version = { $day }版条款，{ $hash }
checks-title = 判定

conflict-title = { $field }：{ $who } 也改了（{ $when }）
conflict-theirs = 保留对方：{ $theirs }
conflict-mine = 改用我的：{ $mine }
confirm-open-elsewhere = 这台产品已有未结工单
confirm-is-open = 未结：{ $case }。
confirm-title-join = 把本单并入这一单？
confirm-title-goods = 把货物转到这一单？
confirm-moved = 转过去：{ $fields }。
confirm-asked = { $field }：本单{ $here }，那一单{ $there }。
confirm-closes = 本单以“已并单”结案，两个编号都能查到。Esc：返回。
confirm-goes-on = 本单继续，等自己的包裹。Esc：返回。
confirm-field-and = 、
confirm-look = 看那一单
confirm-authorise = 仍然受理，另立一单
confirm-join = 是，转到那一单
confirm-keep-theirs = 是；以那一单所记为准
confirm-take-ours = 是；以本单所见为准
menu-quote-told = 用什么方式告知客户？
menu-quote-answer = 客户怎么答复？
menu-answer-over = 答复从哪里来？
menu-grant = 特批什么？
menu-close = 以什么结果结案？
menu-paid-by = { $amount } 怎么付的？
menu-refunded-by = { $amount } 以什么方式退还？
menu-price-back-by = 货款由谁退还？
menu-price-given-by = 货款是谁退还的？
menu-reverse = 哪一笔是误记？

prompt-grant-reason = 为什么特批？
prompt-grant-reason-hint = 原因会留在历史里；系统的判断仍然显示。
prompt-close-note = 为什么这样结案？
prompt-close-note-hint = 给以后查看的人留一句话。
prompt-reopen-reason = 为什么重新打开？
prompt-reopen-reason-hint = 原因会留在历史里。
prompt-payment-amount = 收到多少？
prompt-payment-amount-hint = 以元为单位，如 80 或 80.50。
prompt-waive-amount = 减免多少？
prompt-waive-amount-hint = 以元为单位，不超过未付金额。
prompt-waive-reason = 为什么减免？
prompt-waive-reason-hint = 原因会留在历史里。
prompt-join-to = 正确的是哪一单？
prompt-join-to-hint = 工单号、序列号或袋签；先显示转移内容。
prompt-move-goods-to = 货物属于哪一单？
prompt-move-goods-to-hint = 工单号、序列号或袋签；先显示转移内容。
prompt-payment-day = 哪天收到的？
prompt-payment-day-hint = 今天，或凭证上的日期。
prompt-refund-amount = 退还多少？
prompt-refund-amount-hint = 单位为元，最多为应收以外收到的金额。
prompt-refund-day = 哪天退还的？
prompt-refund-day-hint = 今天，或凭证上的日期。
prompt-reverse-reason = 为何是误记？
prompt-reverse-reason-hint = 该笔与原因都留在历史中，金额不再计入。
prompt-price-back-amount = 退还了多少货款？
prompt-price-back-amount-hint = 单位为元。平台或经销商退还而金额不详的，可留空。
prompt-price-back-day = 货款哪天退还的？
prompt-price-back-day-hint = 今天，或凭证上的日期。

# 可朗读或复制的纯文本。
plain-case = 工单 { $number }
plain-send-to = 请寄到：
plain-enclose = 请在包裹中放入：姓名、电话、地址、故障说明、您的要求，以及购买凭证原件。
plain-send-by = 最迟于 { $day } 寄出。
plain-write-number = 请在包裹上写明 { $number }。
plain-back-to = 寄回给：
plain-quote = 报价，第 { $version } 版
plain-quote-line = { $text }  { $quantity } × { $price } = { $sum }
plain-quote-total = 合计 { $total }
plain-invoice = 发票联系：{ $contact }，{ $phone }
plain-customer = 客户
plain-product = 产品
plain-waybill = 运单号 { $waybill }

# 角色。
role-operator = 客服
role-technician = 技术员
role-supervisor = 主管
role-viewer = 访客

# 操作种类。
action-begin = 新建工单
action-edit = 修改内容
action-authorise = 受理工单
action-receive = 收件
action-issue-quote = 发出报价
action-answer-quote = 记录答复
action-pay = 记录收款
action-waive = 减免金额
action-refund = 退款
action-reverse = 冲销误记
action-price-back = 登记货款退还
action-finish-repair = 完成维修
action-confirm-contact = 核对地址
action-dispatch = 寄回货物
action-accept-return = 接受退货
action-grant = 特批
action-close = 结案
action-void = 作废工单
action-reopen = 重新打开工单
action-came-back = 接收退回的货物
action-join = 并单与撤销并单
action-undo = 撤销操作

# 已完成的操作。
act-begin = 已新建
act-edit = 已修改
act-authorise = 已受理
act-receive = 已收下
act-quote-line = 报价已修改
act-issue-quote = 报价已发出
act-answer-quote = 答复已记录
act-pay = 收款已记录
act-waive = 已减免
act-refund = 已退款
act-reverse = 已冲销误记
act-price-back = 货款已退还
act-repair = 维修已完成
act-confirm-contact = 收件人和地址已核对
act-dispatch = 已寄回
act-grant = 已特批
act-close = 已结案
act-reopen = 已重新打开
act-join = 已并单
act-move-goods = 货物已转单
act-take-apart = 已撤销并单
act-settle = 两人同改，保留对方
act-undo = 已撤销
act-erase = 已删除个人信息
act-staff = 人员已登记或修改

# 下一步受阻的原因和办法。
blocker-goods-not-here = 货物还没到
blocker-box-unit-open = 箱内序列号与报修不符；请确认以哪个为准，或把货物移到所属工单
blocker-test-open = 技术员还没有检测
blocker-repair-not-confirmed = 客户还没说“修”
blocker-not-agreed = 客户还没同意报价
blocker-cover-open = 是否保修尚未确定
blocker-return-open = 退货尚未决定
blocker-work-open = 还没说明货物如何处理
blocker-recipient-unknown = 缺收件人
blocker-recipient-phone-unknown = 缺收件人电话
blocker-address-unknown = 缺地址
blocker-contact-not-confirmed = 收件人和地址尚未核对：按 F6
blocker-freight-open = 还没说回程运费由谁付
blocker-money-open = 还有款项未收：按 F10，或减免
blocker-freight-amount-unknown = 运费金额未定
blocker-freight-due = 运费未收：按 F10 登记，或减免
blocker-money-to-give-back = 多收的款须退还
blocker-price-to-give-back = 货款待退还
blocker-proof-not-enclosed = 购买凭证原件还没放进箱子
blocker-goods-here = 货物还在这里
# $blocker 是以上之一，$clause 是条款号，$more 是其余的个数。
blocked = { $blocker }
blocked-clause = { $blocker }（{ $clause }）
blocked-more = { $text }，另有 { $more } 项

# 现在不能做。
refusal-role = { $role }不能做这件事，请找有权限的同事。
refusal-closed = 工单已结案；请先重新打开（Ctrl-K，“重新打开工单”）。
refusal-not-closed = 工单本来就没有结案。
refusal-has-number = 已经有工单号了。
refusal-no-number = 还没有工单号：请先受理（来电登记，F5）。
refusal-needs = 请先填写“{ $field }”。
refusal-blocked = 还不行：{ $blockers }。
refusal-return-refused = 按条款不能退货：可转为维修，或由主管特批。
refusal-return-open = 退货尚未决定：请看判定栏里的未决项（F8）。
refusal-same-number = 新序列号与寄来的产品相同：请扫描换出的产品。
refusal-no-lines = 报价还没有内容：请输入第一行。
refusal-line-without-price = 有一行还没填价格。
refusal-already-issued = 这份报价已发出；改动任一行即成新版。
refusal-not-issued = 报价还没发出：按 F5 发出。
refusal-needs-reason = 请写明原因，几个字就行。
refusal-needs-amount = 金额必须大于零。
refusal-more-than-open = 未付的只有 { $amount }。
refusal-more-than-paid = 最多可退还 { $amount }。
refusal-nothing-paid = 没有多收的款，无可退还。
refusal-too-much-money = 合计超出可计范围：请核对金额。
refusal-in-future = “{ $field }”在今天之后：请填今天或更早的日期。
refusal-nothing-to-reverse = 没有可冲销的记录。
refusal-not-returned = 此工单没有受理退货。
refusal-price-is-back = 货款退还已登记过。
refusal-discount-too-large = 折扣超过报价其余各项之和：请改小。
refusal-goods-here = 客户的货物还在这里：请先寄回。
refusal-goods-not-here = 货物不在这里。
refusal-nothing-to-undo = 没有可以撤销的操作。
refusal-cannot-undo = “{ $act }”不能撤销。
refusal-changed-since = 有人后来改了“{ $field }”；请看历史（F7）。
refusal-would-break = 后面的步骤以它为前提；请先撤销后面的。
refusal-no-goods = 还没有货物：请扫描序列号或袋签。
refusal-already-received = 这个包裹里的货物都已收下。
refusal-not-by-hand = “{ $field }”由相应的命令填写（Ctrl-K），不能手工改。
refusal-disabled = 您的账号已停用，不能再操作：请找主管。
refusal-not-entered = 这个服务台没有登记您的账号：请找主管。
ended-disabled = { $name } 的账号已停用，不能再使用本服务台。没有写完的内容已保留。请找 { $ask }。
ended-not-entered = 本服务台没有登记 { $name }。没有写完的内容已保留。请找 { $ask }。
ended-ask-anybody = 主管
ended-or = {" 或 "}
refusal-changed-meanwhile = 没有执行：刚才有人改动过。现在的情况如屏幕所示，请看过再操作。
refusal-needs-waybill = 缺运单号：请扫描。
refusal-open-elsewhere = 已有未结工单：{ $cases }。
refusal-join-itself = 这就是本单：请输入另一单的编号。
refusal-join-target-closed = 那一单已结案：请先重新打开（Ctrl-K，“重新打开工单”）。
refusal-join-target-sent = 那一单的货物已寄回：不是这批货物。
refusal-join-sent = 本单已寄回货物：寄出的留在本单。
refusal-join-money = 本单有收款或应收款：请先结清，再记到正确的工单。
refusal-join-agreed = 客户已同意本单的报价：请先另记客户的答复。
refusal-join-work-done = 本单已做过维修：维修留在本单。
refusal-join-is-joined = 本单已并入另一单：请改用“撤销并单”（Ctrl-K）。
refusal-join-not-joined = 这里没有并过单。
refusal-join-by-its-command = 并单要先问并入哪一单：Ctrl-K，“并入另一单”。
refusal-join-goods-of-joined = 有一行写的是已并入他单的工单：请改写并入的那一单。
refusal-join-money-of-joined = 本单已并入另一单：款项请记到那一单。

# 在这里没有意义。
unavailable-needs-case = 这要在工单里做：请先打开一个。
unavailable-needs-parcel = 这要在收件时做：在看板上按 F6。
unavailable-not-here = 这个界面上不能这样做。
unavailable-field-empty = 此项为空；填了内容才有依据。
unavailable-no-earlier-case = 没有这位来电人以前的工单。
unavailable-other-extension = 只有同号不同分机的工单：请问清分机号；没有沿用资料。
unavailable-no-return = 这里没有要求退货。
unavailable-no-line = 这里没有可删除的行。
unavailable-no-bench = 本会话只属于一人：请按 Ctrl-Q 退出。
unavailable-no-such-case = 没有这个工单号、序列号或袋签的工单：请改正，或按 Esc。
unavailable-several-cases = 有几单符合：请输入正确的工单号。

# 刚才发生的事。
note-unreadable = { $field }：{ $fault }
note-fault-number = 请输入整数
note-fault-choice = 不在选项之中
note-no-paste = “{ $field }”只能从选项中选择，未粘贴任何内容。
note-paste-cut = 文本太长：有 { $count } 个字符没有放进去。
note-numbered = 已受理，工单号 { $number }。
note-undone = 已撤销。
note-done = { $act }。
note-taken-in = { $cases } 个工单的货物已到{ $unannounced ->
    [0] 。
   *[other] ；其中 { $unannounced } 个事先没有登记，已分配工单号。
}
note-closed = 已结案：{ $outcome }。
note-closed-number = { $number } 已结案：{ $outcome }。
note-closed-with-money = 已结案，但仍留在看板：{ $left }。
note-accepted-by-ceiling = { $total } 未超过来电约定的上限 { $ceiling }，视为同意，无须再联系。
note-nothing-found = 没有找到“{ $text }”。按 Ctrl-N 用它登记来电。
note-this-case = “{ $text }”就是本单的产品；请扫描运单。
note-several = “{ $text }”可能是 { $numbers }：请在此输入工单号。
note-other-in-box = 报修 { $announced }，箱内 { $box }，检测时确认以哪个为准。
note-also-open = 已有未结工单：{ $cases }。
note-unexpected = “{ $text }”没有登记过：会为它新建工单。
note-theirs = { $who }：{ $field } { $from } → { $to }{ $more ->
    [0] {""}
   *[other] {""}（另改 { $more } 项）
}
note-theirs-act = { $who }：{ $act }。
note-restored = 已回到上次中断的地方；保存过的都在。
note-restored-field = 这里是上次中断的地方。“{ $field }”：您输入的内容已保留。
note-restored-fields = 这里是上次中断的地方。另有 { $count } 项当时未能保存，也已保留。
note-restored-both = 这里是上次中断的地方。“{ $field }”：您输入的内容已保留；另有 { $count } 项当时未能保存，也已保留。
note-saved-after-all = 之前未能保存的内容现已全部保存。
note-changed-meanwhile = 未执行：工单刚被他人改动。现在显示的是最新情况，请看过后再操作。
note-losing-unsaved = 还有 { $count } 项未保存，也无法留存。再按一次离开，这些内容就会丢失。
note-leaving-unsaved = 还有 { $count } 项未保存。再按一次即离开：这些内容会保留，下次回来仍在。
unavailable-all-saved = 内容均已保存
note-gone = 它已不存在。
note-role-now = 从现在起，您在这里的岗位是{ $role }。

# 没能保存；输入的内容还在原处。
unread-busy = 没能读取：文件被别的程序占用，请再试。
unread-gone = 没能读取：数据文件不在原处（被移动、删除，或磁盘已卸下）。请把文件放回原处。
unread-ended = 没能读取：程序的存储部分因故障停止。请按 Ctrl-Q 退出后重新启动。
unread-not-allowed = 没能读取：文件打不开。请联系管理员授权。
unread-damaged = 没能读取：数据文件已损坏。请按 Ctrl-Q 退出；“aftercare doctor”会说明怎么办。
unread-other = 这次没能读取，屏幕仍是原来的内容。请再试；“aftercare doctor”可查明原因。
store-stale = 没有保存：有人改了同一项。请再看一眼，然后重新保存。
store-busy = 没有保存：文件被别的程序占用。内容还在，请再试。
store-full = 没有保存：磁盘已满。内容还在；请腾出空间再试。
store-readonly = 没有保存：文件不可写。内容还在；请联系管理员授权。
store-ended = 没有保存：程序的存储部分因故障停止。内容还在，也已留存；请按 Ctrl-Q 退出后重新启动。
draft-again = 正在输入的内容又能留存了。
draft-full = 磁盘已满：如果断线，未填完的内容不会留存。请腾出空间。
draft-gone = 草稿文件夹不见了：如果断线，未填完的内容不会留存。
draft-other = 如果断线，未填完的内容无法留存；填完离开的栏目照常保存。
draft-readonly = 草稿文件夹不可写：如果断线，未填完的内容不会留存。
store-gone = 没有保存：数据文件不在原处（被移动、删除，或磁盘已卸下）。内容还在；请把文件放回原处。
store-damaged = 没有保存：数据文件已损坏。内容还在并已留存；请按 Ctrl-Q 退出，让人恢复最近的备份。
daily-damaged = 每日备份时发现数据文件已损坏。请先让人运行“aftercare doctor”再继续工作。
daily-full = 磁盘太满，无法生成当日备份。请腾出空间。
daily-readonly = 无法写入当日备份。backups 文件夹必须可写。
daily-other = 无法生成当日备份。运行“aftercare doctor”可查看详情。
damaged-title =
    数据文件已损坏：有一部分无法读取。
    您输入的内容会尽量留存在文件旁。请按 Ctrl-Q 退出；恢复备份之前，谁都不要继续工作。
store-other = 没有保存，内容还在。请再试；日志里有详情。

# 锁定的工位。
lock-title = 现在由谁操作？
lock-how = 请扫描工牌，然后输入密码。
lock-badge = 工牌
lock-pin = 密码
lock-looking = 正在核对……
lock-no-badge = 这不是工牌：请扫描工牌，或键入条码下方的编号。
lock-no-pin = 密码为 4 至 12 位数字。
lock-wrong = 工牌与密码不符，请重新扫描工牌。
lock-wait = 此工牌密码错误次数过多：请在 { $time } 之后再试。
lock-trouble = 暂时无法读取服务台数据文件：请重新扫描工牌。
lock-no-longer = 您的账号已停用：请找主管。
