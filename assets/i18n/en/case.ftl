### The screens of a case: the form, the checks beside it, the summary, the history, receiving.

# The form.
form-more = { $key } { $count ->
    [one] one more field
   *[other] { $count } more fields
}
form-earlier = { $count } earlier
form-in-box = announced { $announced }, in the box { $box }
form-in-box-short = box: { $box }
form-earlier-short = ({ $count })
form-also-open-number = ! { $number }
form-also-open-short = ! also open
form-also-open = open: { $cases }
form-unit = { $number }: { $serial } { $model }
form-empty = -
form-options = { $key } options
form-not-saved = not saved
form-overtaken = { $who }: { $value }
form-overtaken-long = { $who } changed it to { $value } meanwhile; leaving the field asks which one stays.
form-said = { $ground }, { $who } { $when }
value-erased = erased
value-none = nothing

# The quote. At most 8 columns for a head.
quote-line-total = Total
quote-total = Total { $total }
quote-total-open = Total: a price is missing
quote-sums = repair { $fee }, freight { $freight }
quote-empty = no lines yet
quote-draft = draft, version { $version }
quote-issued = version { $version }, told on { $date } by { $over }
quote-accepted = version { $version }, accepted on { $date }
quote-accepted-ceiling = version { $version }, accepted on { $date } by the ceiling agreed at the call
quote-declined = version { $version }, declined
quote-by-line = version { $version }, answered line by line
quote-ceiling = Agreed at the call: up to { $amount }
quote-ceiling-over = Up to { $amount } was agreed at the call, but the customer said no to version { $version }: ask again
quote-no-limit = The terms set no time to answer; it stays open.
quote-no-inspection-fee = The terms know no inspection fee: none is added.
quote-no-freight = The terms state no freight here: such a line is your own choice.
quote-money = due { $due }, paid { $paid }, open { $open }
quote-money-waived = waived { $amount }
quote-money-refunded = given back { $amount }
quote-money-in-advance = { $amount } in advance
quote-money-credit = { $amount } too much: give it back
quote-money-and = { $told }; { $more }

# The checks: heads of at most 9 columns.
checks-part-may-repair = REPAIR
checks-part-may-send-back = SEND BACK
checks-part-return = RETURN
checks-part-warranty = WARRANTY
checks-part-freight = FREIGHT
checks-part-fee = FEE
checks-part-time = TIME
checks-part-ask = ASK NEXT
checks-part-diagnose = DIAGNOSE
checks-part-met = MET
checks-part-notes = NOTES
checks-ask = what decides
checks-diagnose = helps to find it, decides nothing
checks-met = stands in nobody's way
checks-notes = { $count ->
    [one] one remark
   *[other] { $count } remarks
}
checks-repair-open = may begin
checks-send-open = may go
checks-shut = not yet: { $count ->
    [one] one thing is missing
   *[other] { $count } things are missing
}
checks-granted = granted; by the terms { $decision }
checks-granted-by = granted by { $who }: { $reason }
checks-staff = staff decide
checks-return-open-proof = allowed, if the proof is valid
checks-warranty-in = covered until { $date }
checks-warranty-if-quality = until { $date }, if the test finds a quality fault
checks-warranty-if-quality-undated = in the period; the test decides
checks-warranty-over = not covered; over since { $date }
checks-freight = in: { $in }; back: { $back }
checks-freight-silent = the terms say nothing: agree it first
checks-if-repaired = { $decision }, if repaired
checks-payer-customer = customer
checks-payer-company = company
checks-payer-none = nothing
checks-payer-unstated = not in the terms
checks-payer-undetermined = open
checks-time-due = due { $date }, { $when }
checks-time-late = late; was due { $date }
checks-time-in-time = in time; due { $date }
checks-time-none = no day yet
checks-unseen = { $fact }: not seen yet
checks-untested = { $fact }: still to come
checks-missing = { $fact }: not known
checks-branch = { $branch }: { $decision }
checks-branch-by = { $decision } ({ $clause })
checks-over = over on { $date }
checks-day = asked for on day { $day }
checks-last-request = last day to ask for the return
checks-last-send = last day to send it in
checks-same-unit = Is it the unit of { $number } ({ $serial } { $model })?
checks-how = { $how }: { $question }
checks-later = later, at the bench: { $facts }

holds-test-open = the test is done
holds-not-agreed = the customer agreed to the quote
holds-repair-not-confirmed = the customer said “repair it”
holds-contact-not-confirmed = recipient and address are confirmed
holds-freight-open = it is settled who pays the way back
holds-money-open = no money is open
holds-proof-not-enclosed = no original proof is left here

# The summary: heads of at most 9 columns.
summary-say = SAY
summary-goods = GOODS
summary-proof = PROOF
summary-waits = WAITS FOR
summary-next = NEXT
summary-due = DUE
summary-money = MONEY
summary-invoice = INVOICE
summary-return = RETURN
summary-warranty = WARRANTY
summary-earlier = EARLIER
summary-caller = CALLER
summary-joined = JOINED
summary-also-open = ALSO OPEN
summary-joined-to = joined to { $case }
summary-joined-from = from { $case }
summary-goods-to = its goods were moved to { $case }
summary-goods-from = goods from { $case }
summary-goods-there = with the case it was joined to
summary-line = SAME LINE
summary-granted = GRANTED
summary-terms = TERMS
summary-product = PRODUCT
summary-outcome = OUTCOME
summary-since = { $place }, since { $date }
summary-shelf = { $place }, shelf { $bin }
summary-label = { $place }, bag { $label }
summary-waybill = { $place }, { $courier } { $waybill }
summary-proof-not-here = no original is in our keeping
summary-proof-here = the original is here and goes back with the goods
summary-proof-enclosed = the original is in the box
summary-proof-gone = the original went back with the goods
summary-waits-since = { $who }, since { $date } ({ $days })
summary-blocked = { $step }; not yet: { $blockers }
summary-due-day = { $date }, { $when }
summary-money-none = nothing is due
summary-price-back = PRICE
summary-payment = PAYMENT
summary-refund = REFUND
summary-waiver = WAIVER
price-back-open = { $by } gives it back: not noted yet
price-back-done = { $amount } given back by { $by } on { $date } ({ $who })
price-back-done-elsewhere = given back by { $by } on { $date } ({ $who })
booking-payment = Payment
booking-refund = Refund
booking-waiver = Waiver
booking-reversed = { $told }; wrong entry: { $reason }
summary-earlier-one = { $number }: { $what }, sent back { $date }, { $period }
summary-earlier-asked = { $text }; the same unit? ({ $serial } { $model })
summary-earlier-other = { $text }; not the same unit
summary-earlier-given-out = { $text }; serial number since then { $new }
summary-earlier-date = { $text }; { $old } was shipped or bought on { $date }: the terms do not say that the unit given out takes the date over
summary-serial-in-box = announced { $announced }, in the box { $box }
summary-serial-now = { $old }, now { $new }
summary-earlier-replaced = replaced
summary-earlier-repaired = repaired
summary-earlier-upgraded = upgraded
summary-earlier-not-done = not repaired
summary-extension = { $text }; extended until { $last }
summary-caller-cases = { $count ->
    [one] one other case: { $cases }
   *[other] { $count } other cases: { $cases }
}
summary-terms-line = version of { $date } ({ $hash })
summary-past = As it stood: { $date } (read only) · Esc back
step-call = find out what is asked for, then authorise
step-triage = ask what is to be done with it
step-awaiting-parcel = take the parcel in
step-inspection = inspect and test
step-decision = decide
step-decision-return = take the return back
step-quote = write the quote and tell it
step-answer = get the customer's answer
step-repair = repair
step-dispatch = send it back
step-closing = close the case
step-settling = settle the money
step-closed = nothing; the case is closed

# What to say to the customer.
say-call = “May I take down what is wrong? Then I tell you where to send it.”
say-call-return-refused = “The terms do not allow this return. We can look at it as a repair.”
say-triage = “Your parcel is here. Shall we repair it, take it back, or upgrade it?”
say-send = “Please send it to { $name }, { $address }, attention { $contact }, { $phone }, { $email }. Put in a note with your name, address, phone, the fault and your wishes, and the original proof of purchase.”
say-send-by = “Please send it by { $date } at the latest, to { $name }, { $address }, attention { $contact }, { $phone }, { $email }. Put in everything that came with it, a note with your name, address and phone, and the original proof of purchase.”
say-number = “Please write { $number } on the parcel.”
say-on-the-way = “You sent it on { $date }; it has not arrived yet. We look at it as soon as it is here.”
say-inspection = “It came on { $date } and is with our technicians. We tell you what they find.”
say-inspection-return = “It came on { $date }. We look whether everything is as it should be, then you hear from us.”
say-decision = “Our technicians have looked at it. We decide how to go on and call you.”
say-return-accepted = “Your return is accepted.”
say-quote = “The repair is not free of charge. You get a quote first; nothing is repaired before you agree.”
say-answer = “We told you a quote of { $total } on { $date }. Shall we repair it? Nothing is done before you agree.”
say-confirm = “The repair is covered: no repair fee. Shall we repair it?”
say-repair-due = “It is being repaired and should be ready by { $date }.”
say-repair = “It is being repaired.”
say-repair-waits = “The repair waits for { $what }. We call you as soon as it goes on.”
say-pay = “It is ready. { $amount } is still open; it goes back to you when that is in.”
say-pay-freight = “It is ready. The freight of { $amount } is still open; it goes back to you when that is in.”
say-credit = “You paid { $amount } too much; you get it back.”
say-price-back = “The return is accepted; you get the price back from us.”
say-price-back-by = “The return is accepted; the price comes back by way of the { $by }.”
say-still-open = “{ $amount } is still open.”
say-address = “It is ready. To whom, where, and under which phone number may we send it?”
say-going-back = “It is ready and goes back to you next.”
say-refused-back = “We cannot take it back by the terms, and send it to you again.”
say-on-its-way = “It is on its way to you: { $courier } { $waybill }, sent on { $date }.”
say-sent-extension = “{ $days } days of extended warranty run from then, until { $last }.”
say-came-back = “The parcel came back to us. Where may we send it?”
say-closed = “The case is closed: { $outcome }.”
say-joined = “We look after it under another case number.”

# The history.
history-when = When
history-who = Who
history-what = What
history-ground = Ground
history-from-to = { $field }: { $from } → { $to }
history-set = { $field }: { $to }
history-emptied = { $field }: { $from } → nothing
history-hint = Enter shows the case as it stood then.

# Receiving. Heads of at most 20 columns.
receiving-match = Belongs to
receiving-case = { $number } { $about }
receiving-own-case = a case of its own will be made
receiving-next = scan the next serial number or case number
receiving-label-hint = A serial number that cannot be read: write a bag label, put it on the bag, type it here.
receiving-taken-in = taken in
receiving-count = { $count ->
    [one] one piece
   *[other] { $count } pieces
}, { $known } of known cases
