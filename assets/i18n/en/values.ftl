### Values: days, telephone numbers, money, couriers, and what is wrong with a typed one.

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun

# $day is a figure without a leading zero, $month the name of the month, $year four digits.
day-short = { $day } { $month }
day-with-year = { $day } { $month } { $year }
day-with-weekday = { $weekday } { $day }
moment = { $day } { $time }

day-today = today
day-yesterday = yesterday
day-tomorrow = tomorrow
day-in = in { $days } days
day-ago = { $days } days ago

span-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}

phone-with-extension = { $number } ext { $extension }
phone-other-extension = other ext: { $extension }
phone-without-extension = same line, no ext
phone-which-extension = ext { $extension }?
phone-which-extension-short = ext?

answer-yes = yes
answer-no = no

courier-sf = SF Express
courier-jd = JD Logistics
courier-yto = YTO Express
courier-zto = ZTO Express
courier-sto = STO Express
courier-yunda = Yunda
courier-jt = J&T Express
courier-ems = China Post / EMS
courier-deppon = Deppon
courier-ups = UPS

fault-empty = nothing here yet
fault-character = '{ $character }' does not belong here
fault-control = a control character ({ $character }) in it

fault-phone-short = { $have } digits of at least { $need }
fault-phone-long = { $have } digits, at most { $most }
fault-phone-two = one number only: put the other into “Second phone”
fault-phone-extension = the extension has no digits yet
fault-phone-extension-long = the extension has too many digits
fault-phone-country = no country code begins like this

fault-serial-long = { $have } characters, at most { $most }

fault-money-incomplete = no figure yet
fault-money-decimals = at most two decimals
fault-money-grouping = commas only before three digits
fault-money-negative = cannot be below zero
fault-money-large = too much to count

fault-day-incomplete = not a whole date yet
fault-day-month = there is no month { $month }
fault-day-day = { $month } has { $last } days
fault-day-day-of-year = { $month } { $year } has { $last } days
fault-day-year-digits = write the year with four digits
fault-day-range = only { $first } to { $last }
fault-day-unknown = not a date; try 2026-11-03, 11-03, 3, -2
