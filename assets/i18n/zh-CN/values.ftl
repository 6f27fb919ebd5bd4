### 值：日期、电话、金额、快递公司，以及输入有误时的说明。

month-1 = 1
month-2 = 2
month-3 = 3
month-4 = 4
month-5 = 5
month-6 = 6
month-7 = 7
month-8 = 8
month-9 = 9
month-10 = 10
month-11 = 11
month-12 = 12

weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日

# $day 为不带前导零的数字，$month 为月份，$year 为四位年份。
day-short = { $month }月{ $day }日
day-with-year = { $year }年{ $month }月{ $day }日
day-with-weekday = { $day }{ $weekday }
moment = { $day } { $time }

day-today = 今天
day-yesterday = 昨天
day-tomorrow = 明天
day-in = { $days }天后
day-ago = { $days }天前

span-days = { $days }天

phone-with-extension = { $number } 转 { $extension }
phone-other-extension = 其他分机 { $extension }
phone-without-extension = 同号，无分机
phone-which-extension = 分机 { $extension }？
phone-which-extension-short = 分机？

answer-yes = 是
answer-no = 否

courier-sf = 顺丰速运
courier-jd = 京东物流
courier-yto = 圆通速递
courier-zto = 中通快递
courier-sto = 申通快递
courier-yunda = 韵达快递
courier-jt = 极兔速递
courier-ems = 中国邮政 EMS
courier-deppon = 德邦快递
courier-ups = UPS

fault-empty = 还没有填写
fault-character = 不应有“{ $character }”
fault-control = 含有控制字符（{ $character }）

fault-phone-short = 只有 { $have } 位，至少要 { $need } 位
fault-phone-long = 有 { $have } 位，最多 { $most } 位
fault-phone-two = 只填一个号码：另一个请填在“备用电话”
fault-phone-extension = 还没有填写分机号
fault-phone-extension-long = 分机号位数太多
fault-phone-country = 没有这样的国家代码

fault-serial-long = 有 { $have } 个字符，最多 { $most } 个

fault-money-incomplete = 还没有数字
fault-money-decimals = 最多两位小数
fault-money-grouping = 逗号后应为三位数字
fault-money-negative = 不能小于零
fault-money-large = 金额太大

fault-day-incomplete = 日期还不完整
fault-day-month = 没有 { $month } 月
fault-day-day = { $month }月只有 { $last } 天
fault-day-day-of-year = { $year }年{ $month }月只有 { $last } 天
fault-day-year-digits = 年份请写四位
fault-day-range = 只接受 { $first } 至 { $last } 年
fault-day-unknown = 不是日期；可写 2026-11-03、11-03、3、-2
