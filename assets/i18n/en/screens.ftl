### The frame, the board, what lies over a screen, and what the desk says about what was asked.

# The names of the screens.
screen-board = Board
screen-locked = Bench locked
screen-receiving = Parcel in
screen-summary = Case
screen-intake = Intake
screen-inspection = Inspection
screen-quote = Quote
screen-repair = Repair
screen-dispatch = Dispatch
screen-history = History

header-not-saved = not saved: { $count }
header-saving = saving
header-not-kept = drafts not kept
header-also-here = also here: { $names }
header-in-it = in it: { $names }
language-short = en

# What comes next, at most 14 columns.
stage-call = call
stage-triage = ask what for
stage-awaiting-parcel = parcel to come
stage-inspection = inspect
stage-decision = decide
stage-quote = write quote
stage-answer = get an answer
stage-repair = repair
stage-dispatch = send back
stage-closing = close
stage-settling = settle money
stage-closed = closed
# Another case of the same unit, and where it stands.
elsewhere-case = { $number }, { $stage }
elsewhere-no-number = a call without a number
elsewhere-and = {"; "}
elsewhere-call = on the phone
elsewhere-triage = here, nobody asked what for
elsewhere-awaiting-parcel = parcel to come
elsewhere-inspection = at the bench
elsewhere-decision = to be decided
elsewhere-quote = quote to be written
elsewhere-answer = waiting for the answer
elsewhere-repair = in repair
elsewhere-dispatch = to be sent back
elsewhere-closing = to be closed
elsewhere-settling = closed, money open
elsewhere-closed = closed

# Who or what is waited for, at most 9 columns.
wait-customer = customer
wait-parcel = parcel
wait-parts = parts
wait-engineering = engineers
wait-retest = new test
wait-payment = payment

# Where the goods are.
goods-customer = with customer
goods-on-the-way-here = on the way here
goods-here = here
goods-on-the-way-back = on the way back
goods-back = back with them
goods-ours = ours
goods-scrapped = scrapped

# The board.
board-find = Find
board-find-hint = type to find: phone, e-mail, serial no., case number, waybill, name
board-all = all
board-column-number = Case
board-column-customer = Customer
board-column-model = Model
board-column-next = Next
board-column-wait = Waits for
board-column-due = Due
board-column-serial = Serial number
board-column-assignee = For
board-column-shelf = Shelf
board-column-goods = Goods
board-column-owed = Owed
board-column-matched = Found by
# $who is a wait, $days the days it has lasted.
board-wait-days = { $who } { $days } d
board-matched = { $field } { $value }
board-matched-former = formerly { $value }
board-no-number = (call)
board-empty = No open cases.
board-empty-how =
    Ctrl-N begins a call: the phone number comes first.
    F6 takes in a parcel that is here.
    A scanned case number, serial number or waybill goes where it belongs.
    F1 shows every key, Ctrl-K every command by name.
board-year-missing = Working days of { $year } are not stored yet: no due days there (README)
board-group-empty = Nothing left here.
board-nothing-found = Nothing found for “{ $text }”.
board-nothing-found-how =
    Ctrl-N begins a call with what was typed.
    The last four digits of a phone number are enough; so is a part of a serial number.
    Esc clears the line.

# The keys' short words in the footer, at most 14 columns.
hint-accept = go on
hint-accept-board = open
hint-choose = choose
hint-done = done
hint-close = close
hint-page-down = next page
hint-next = next
hint-next-group = next group
hint-options = options
hint-authorise = authorise
hint-solved-by-phone = solved by phone
hint-enquiry-only = enquiry only
hint-take-in = take in
hint-next-step = next step
hint-accept-return = accept return
hint-grant = grant
hint-issue-quote = issue
hint-answer-quote = answer
hint-pay = payment
hint-finish-repair = finished
hint-dispatch = send back
hint-confirm-contact = confirmed
hint-new-parcel = parcel in
hint-new-call = new call
hint-summary = summary
hint-more = more
hint-history = history
hint-checks = checks
hint-ground = who says so
hint-same-caller = same caller
hint-remove-line = remove line
hint-plain = plain text
hint-save-again = save again
hint-undo = undo
hint-back = back
hint-palette = commands
hint-terms = terms
hint-help = help
hint-language = 中文
hint-quit = quit
hint-lock = lock
hint-join = join

# The commands by name, at most 40 columns.
command-next = To the next field
command-previous = To the field or group before
command-up = One line up
command-down = One line down
command-page-up = One page up
command-page-down = One page down
command-first = To the first
command-last = To the last
command-option-before = The option before
command-option-after = The option after
command-accept = Open, choose, or move on
command-back = One step back
command-clear = Empty the line
command-break-line = A new line in a long text
command-options = Show the options
command-help = Help: every key
command-palette = Commands by name
command-language = 切换到中文 (Chinese)
command-quit = Leave the program
command-lock = Lock the bench
command-save-again = Save again what could not be saved
command-undo = Take back my last action
command-terms = The terms, clause by clause
command-new-call = New call
command-new-parcel = Take in a parcel
command-next-group = The next group
command-summary = Case: where it stands
command-next-step = To the next step
command-intake = Screen: intake
command-inspection = Screen: inspection
command-quote = Screen: quote
command-repair = Screen: repair
command-sending = Screen: dispatch
command-history = Screen: history
command-checks = Into the checks, or out of them
command-more = More fields, or fewer
command-ground = Change who says so
command-same-caller = Take over from the caller's last case
command-plain = Plain text to read out or copy
command-authorise = Authorise: give the case its number
command-solved-by-phone = Close: solved by phone
command-enquiry-only = Close: enquiry only
command-go-on-as-repair = The return goes on as a repair
command-take-in = Take the parcel in
command-accept-return = Accept the return
command-remove-line = Remove this line
command-issue-quote = Issue the quote
command-answer-quote = Note the customer's answer
command-pay = Note a payment
command-waive = Waive an amount
command-refund = Give money back
command-reverse = Reverse a wrong payment entry
command-price-back = The price of the return was given back
command-finish-repair = Finish the repair
command-confirm-contact = Recipient and address are confirmed
command-dispatch = Send the goods back
command-grant = Grant what the terms do not
command-close = Close the case
command-reopen = Open the case again
command-came-back = The goods came back undelivered
command-join = Join this case to another one
command-move-goods = Move the goods to another case
command-take-apart = Take apart what was joined

# The sections of the help.
place-everywhere = Everywhere
place-screens = On every screen
place-board = On the board
place-inside = In a case or a parcel
place-over = In whatever lies over a screen
place-forms = In a form
place-case-forms = In the form of a case
place-folded = In a form with more fields
place-cases = On every screen of a case
place-receiving = Taking in a parcel
place-list = In a list
place-palette = In the commands
place-reading = In a text to read
place-texts = In a line of text
place-lines = In a choice or a list
place-locked = At a locked bench
help-title = Keys
help-board = Typing on the board finds a case; letters and digits never do anything else there.
help-days = Days can be typed as 2026-11-03, 11-03, 3 (the last 3rd), -2 (two days ago) or “yesterday”.
help-typing = All other keys edit the text: arrows, Home, End, Ctrl-W for a word.

# What lies over a screen.
palette-title = Commands
palette-hint = type a part of its name
palette-none = No command is called like this.
terms-title = Terms of { $day }
terms-column-clause = Clause
terms-column-text = In our words
clause-title = Clause { $clause }
clause-restated = In our words; the company's own wording decides.
clause-own = The company's wording
clause-counted = Counted for this case
clause-count = { $fact }: { $from } + { $days } = { $last }
clause-count-working = { $fact }: { $from } + { $days } working days = { $last }
clause-skipped = not working: { $days }
clause-make-up = worked at the weekend: { $days }
clause-unseen = { $fact } “{ $value }”: until { $last }
clause-nothing-counted = No day of this case is counted by this clause yet.
clause-version = terms of { $day }, { $hash }
checks-title = Checks

conflict-title = { $field }: { $who } changed it too, { $when }
conflict-theirs = Theirs stays: { $theirs }
conflict-mine = Mine instead: { $mine }
confirm-open-elsewhere = This unit is open in another case
confirm-is-open = Open: { $case }.
confirm-title-join = Join this case to this one?
confirm-title-goods = Move the goods to this case?
confirm-moved = Goes there: { $fields }.
confirm-asked = { $field }: here { $here }, there { $there }.
confirm-closes = This case closes as joined; its number finds both. Esc: back.
confirm-goes-on = This case goes on and waits for its own parcel. Esc: back.
confirm-field-and = {", "}
confirm-look = Look at that case
confirm-authorise = Authorise a case of its own
confirm-join = Yes, to that case
confirm-keep-theirs = Yes; what that case says stays
confirm-take-ours = Yes; what was seen here counts
menu-quote-told = How is the customer told?
menu-quote-answer = What does the customer say?
menu-answer-over = How did the answer come?
menu-grant = What is granted?
menu-close = How is it closed?
menu-paid-by = How did { $amount } come?
menu-refunded-by = How was { $amount } given back?
menu-price-back-by = Who gives the price back?
menu-price-given-by = Who gave the price back?
menu-reverse = Which entry is wrong?

prompt-grant-reason = Why is it granted?
prompt-grant-reason-hint = The reason stays in the history; the computed decision stays visible.
prompt-close-note = Why is it closed so?
prompt-close-note-hint = A sentence for whoever opens the case later.
prompt-reopen-reason = Why is it opened again?
prompt-reopen-reason-hint = The reason stays in the history.
prompt-payment-amount = How much came in?
prompt-payment-amount-hint = In yuan, such as 80 or 80.50.
prompt-waive-amount = How much is waived?
prompt-waive-amount-hint = In yuan, at most what is open.
prompt-waive-reason = Why is it waived?
prompt-waive-reason-hint = The reason stays in the history.
prompt-join-to = Which case is the right one?
prompt-join-to-hint = Its number, or the serial number or bag label; what moves is shown first.
prompt-move-goods-to = Which case do the goods belong to?
prompt-move-goods-to-hint = Its number, or the serial number or bag label; what moves is shown first.
prompt-payment-day = On which day did it come in?
prompt-payment-day-hint = Today, or the day on the receipt.
prompt-refund-amount = How much is given back?
prompt-refund-amount-hint = In yuan, at most what came in beyond what is due.
prompt-refund-day = On which day was it given back?
prompt-refund-day-hint = Today, or the day on the receipt.
prompt-reverse-reason = Why is the entry wrong?
prompt-reverse-reason-hint = Entry and reason stay in the history; the amount does not count.
prompt-price-back-amount = How much of the price was given back?
prompt-price-back-amount-hint = In yuan. Platform or dealer: empty where it is not known.
prompt-price-back-day = On which day was the price given back?
prompt-price-back-day-hint = Today, or the day on the receipt.

# The plain text to read out or to copy.
plain-case = Case { $number }
plain-send-to = Please send it to:
plain-enclose = Put in the parcel: your name, phone and address, what is wrong, what you wish, and the original proof of purchase.
plain-send-by = Send it by { $day } at the latest.
plain-write-number = Write { $number } on the parcel.
plain-back-to = Goes back to:
plain-quote = Quote, version { $version }
plain-quote-line = { $text }  { $quantity } × { $price } = { $sum }
plain-quote-total = Total { $total }
plain-invoice = Invoices: { $contact }, { $phone }
plain-customer = Customer
plain-product = Product
plain-waybill = Waybill { $waybill }

# Roles.
role-operator = operator
role-technician = technician
role-supervisor = supervisor
role-viewer = viewer

# Kinds of action: what somebody may not do.
action-begin = begin a case
action-edit = change fields
action-authorise = authorise a case
action-receive = take in parcels
action-issue-quote = issue quotes
action-answer-quote = note answers
action-pay = note payments
action-waive = waive money
action-refund = give money back
action-reverse = reverse a wrong entry
action-price-back = note that the price was given back
action-finish-repair = finish repairs
action-confirm-contact = confirm the address
action-dispatch = send goods back
action-accept-return = accept returns
action-grant = grant exceptions
action-close = close cases
action-void = close a case as void
action-reopen = open cases again
action-came-back = take goods back
action-join = join cases and take them apart
action-undo = take back actions

# Actions that were done.
act-begin = Begun
act-edit = Changed
act-authorise = Authorised
act-receive = Taken in
act-quote-line = Quote changed
act-issue-quote = Quote issued
act-answer-quote = Answer noted
act-pay = Payment noted
act-waive = Amount waived
act-refund = Money given back
act-reverse = Wrong entry reversed
act-price-back = Price given back
act-repair = Repair finished
act-confirm-contact = Recipient and address confirmed
act-dispatch = Sent back
act-grant = Granted
act-close = Closed
act-reopen = Opened again
act-join = Joined
act-move-goods = Goods moved to their case
act-take-apart = Taken apart again
act-settle = Both wanted it, the other stays
act-undo = Taken back
act-erase = Erased
act-staff = Staff entered or changed

# Why the next step cannot be taken yet, and what helps.
blocker-goods-not-here = the goods are not here yet
blocker-box-unit-open = in the box is another serial number than announced: say which is right, or move the goods
blocker-test-open = the technician's test is open
blocker-repair-not-confirmed = the customer has not said “repair it”
blocker-not-agreed = the customer has not agreed to the quote
blocker-cover-open = whether it is covered is still open
blocker-return-open = the return is not decided
blocker-work-open = nobody said what became of the goods
blocker-recipient-unknown = the recipient is missing
blocker-recipient-phone-unknown = the recipient's phone is missing
blocker-address-unknown = the address is missing
blocker-contact-not-confirmed = recipient and address are not confirmed: F6
blocker-freight-open = nobody said who pays the way back
blocker-money-open = money is still to come in: F10, or waive it
blocker-freight-amount-unknown = nobody said how much the freight is
blocker-freight-due = the freight is still to come in: F10, or waive it
blocker-money-to-give-back = too much came in: give it back
blocker-price-to-give-back = the price is to be given back
blocker-proof-not-enclosed = the original proof is not in the box
blocker-goods-here = the goods are still here
# $blocker is one of the above, $clause its clause, $more how many others there are.
blocked = { $blocker }
blocked-clause = { $blocker } ({ $clause })
blocked-more = { $text }, and { $more } more

# What was asked for is not possible now.
refusal-role = Not as { $role }: ask a colleague who may.
refusal-closed = The case is closed; open it again first (Ctrl-K, “open the case again”).
refusal-not-closed = The case is open already.
refusal-has-number = It has its number already.
refusal-no-number = It has no number yet: authorise it first (intake, F5).
refusal-needs = “{ $field }” must be known first.
refusal-blocked = Not yet: { $blockers }.
refusal-return-refused = The terms refuse the return: go on as a repair, or a supervisor grants it.
refusal-return-open = The return is not decided yet: see what is open in the checks (F8).
refusal-same-number = The new serial number is that of the unit that came in: scan the unit given out.
refusal-no-lines = The quote has no lines yet: type the first one.
refusal-line-without-price = A line has no price yet.
refusal-already-issued = Issued as it stands; change a line for a new version.
refusal-not-issued = No quote is issued yet: F5 issues it.
refusal-needs-reason = Please say why: a few words are enough.
refusal-needs-amount = The amount must be above zero.
refusal-more-than-open = Only { $amount } is open.
refusal-more-than-paid = Only { $amount } can be given back.
refusal-nothing-paid = Nothing came in beyond what is due: there is nothing to give back.
refusal-too-much-money = The sum is more than can be counted: check the amount.
refusal-in-future = “{ $field }” lies in the future: today or an earlier day.
refusal-nothing-to-reverse = There is no entry that could be reversed.
refusal-not-returned = No return was taken back in this case.
refusal-price-is-back = That the price was given back is noted already.
refusal-discount-too-large = The discount is more than everything else in the quote: make it smaller.
refusal-goods-here = The customer's goods are still here: send them back first.
refusal-goods-not-here = The goods are not here.
refusal-nothing-to-undo = There is nothing of yours to take back.
refusal-cannot-undo = “{ $act }” cannot be taken back.
refusal-changed-since = Somebody changed “{ $field }” since; look at the history (F7).
refusal-would-break = A later step rests on it; take that one back first.
refusal-no-goods = No goods yet: scan a serial number or a bag label.
refusal-already-received = Everything in this parcel was taken in already.
refusal-not-by-hand = “{ $field }” is filled by its command (Ctrl-K), not by hand.
refusal-disabled = Your name may not work at this desk any more: ask a supervisor.
refusal-not-entered = Your name is not entered at this desk: ask a supervisor.
ended-disabled = { $name } may not work at this desk any more. What was half typed is kept. Ask { $ask }.
ended-not-entered = { $name } is not entered at this desk. What was half typed is kept. Ask { $ask }.
ended-ask-anybody = a supervisor
ended-or = {" or "}
refusal-changed-meanwhile = Not done: somebody changed it meanwhile. This is how it stands now.
refusal-needs-waybill = The waybill is missing: scan it.
refusal-open-elsewhere = Open already: { $cases }.
refusal-join-itself = That is this case itself: type the number of the other one.
refusal-join-target-closed = That case is closed: open it again first (Ctrl-K, “open the case again”).
refusal-join-target-sent = That case has sent its goods back already: its goods are not these.
refusal-join-sent = This case has sent goods back already: what was sent stays with it.
refusal-join-money = Money was paid or is due here: settle it first, and note it at the right case.
refusal-join-agreed = The customer agreed to the quote of this case: note their answer to it first.
refusal-join-work-done = The goods were worked on in this case: it stays with it.
refusal-join-is-joined = The case is joined: take it apart instead (Ctrl-K, “take apart”).
refusal-join-not-joined = Nothing was joined here.
refusal-join-by-its-command = Joining asks which case to: Ctrl-K, “join this case”.
refusal-join-goods-of-joined = A line names a case that was joined to another one: name that one instead.
refusal-join-money-of-joined = This case is joined to another one: note the money there.

# What was asked for has no sense here.
unavailable-needs-case = That is for a case: open one first.
unavailable-needs-parcel = That is for a parcel: F6 on the board takes one in.
unavailable-not-here = That is not possible on this screen.
unavailable-field-empty = The field is empty; who says so comes with its value.
unavailable-no-earlier-case = No earlier case of this caller is known.
unavailable-other-extension = Known only with another extension: ask for the extension. Nothing was taken over.
unavailable-no-return = No return is asked for here.
unavailable-no-line = There is no line here to remove.
unavailable-no-bench = This session belongs to one person: leave it with Ctrl-Q.
unavailable-no-such-case = No case has that number, serial number or bag label: put it right, or Esc.
unavailable-several-cases = Several cases fit: type the number of the right one.

# What just happened.
note-unreadable = { $field }: { $fault }
note-fault-number = a whole number, please
note-fault-choice = none of the options
note-no-paste = “{ $field }” takes one of its options: nothing was pasted.
note-paste-cut = The text was too long: { $count } characters were left out.
note-numbered = Authorised as { $number }.
note-undone = Taken back.
note-done = { $act }.
note-taken-in = { $cases ->
    [one] One case arrived
   *[other] { $cases } cases arrived
}{ $unannounced ->
    [0] .
    [one] ; one was not announced and got a number.
   *[other] ; { $unannounced } were not announced and got numbers.
}
note-closed = Closed: { $outcome }.
note-closed-number = { $number } closed: { $outcome }.
note-closed-with-money = Closed, and it stays on the board: { $left }.
note-accepted-by-ceiling = { $total } accepted by the ceiling of { $ceiling } agreed at the call: no call needed.
note-nothing-found = Nothing found for “{ $text }”. Ctrl-N begins a call with it.
note-this-case = “{ $text }” is the unit of this case; now scan the waybill.
note-several = “{ $text }” may mean { $numbers }: type the case number here.
note-other-in-box = Announced { $announced }, in the box { $box }: asked at the inspection.
note-also-open = Open already: { $cases }.
note-unexpected = “{ $text }” is not expected: it will get a case of its own.
note-theirs = { $who }: { $field } { $from } → { $to }{ $more ->
    [0] {""}
    [one] {" "}(and one more)
   *[other] {" "}(and { $more } more)
}
note-theirs-act = { $who }: { $act }.
note-restored = This is where you were cut off; nothing that was saved is lost.
note-restored-field = This is where you were cut off. { $field }: what you had typed was kept.
note-restored-fields = This is where you were cut off. Kept too: { $count ->
    [one] one field that was
   *[other] { $count } fields that were
} not saved yet.
note-restored-both = This is where you were cut off. { $field }: what you had typed was kept, and { $count ->
    [one] one field that was
   *[other] { $count } fields that were
} not saved yet.
note-saved-after-all = Saved now: everything that could not be saved before.
note-changed-meanwhile = Not done: the case was changed meanwhile. This is how it stands now; look, then ask again.
note-losing-unsaved = Not saved yet: { $count ->
    [one] one field
   *[other] { $count } fields
}, and nothing can be kept. Leave again and it is lost.
note-leaving-unsaved = Not saved yet: { $count ->
    [one] one field
   *[other] { $count } fields
}. Leave again to go all the same: they are kept and come back.
unavailable-all-saved = everything is saved
note-gone = It does not exist any more.
note-role-now = From now on you work here as { $role }.

# The store could not save; what was typed is still in its field.
unread-busy = Not read: another program holds the file. Try again.
unread-gone = Not read: the desk's file is not in its place any more (moved, deleted, or its disk taken away). Put the file back.
unread-ended = Not read: the program's work on the file has ended by a fault. Leave with Ctrl-Q and start again.
unread-not-allowed = Not read: the file may not be opened. Ask for permission.
unread-damaged = Not read: the file is damaged. Leave with Ctrl-Q; “aftercare doctor” says what to do.
unread-other = It could not be read just now; the screen is as it was. Try again; “aftercare doctor” says more.
store-stale = Not saved: somebody changed the same field. Look again, then save once more.
store-busy = Not saved: another program holds the file. It is still here; try again.
store-full = Not saved: the disk is full. It is still here; make room, then try again.
store-readonly = Not saved: the file may not be written. It is still here; ask for permission.
store-ended = Not saved: the program's work on the file has ended by a fault. It is still here and kept; leave with Ctrl-Q and start again.
draft-again = What you type is kept again.
draft-full = The disk is full: what is half typed is not kept if you are cut off. Make room.
draft-gone = The folder for drafts is gone: what is half typed is not kept if you are cut off.
draft-other = What is half typed cannot be kept if you are cut off; what you leave is saved all the same.
draft-readonly = The folder for drafts may not be written: what is half typed is not kept if you are cut off.
store-gone = Not saved: the desk's file is not in its place any more (moved, deleted, or its disk taken away). It is still here; put the file back.
store-damaged = Not saved: the desk's file is damaged. It is still here and kept; leave with Ctrl-Q and have the newest backup put back.
daily-damaged = The backup of the day found the desk's file damaged. Have “aftercare doctor” run before working on.
daily-full = The disk is too full for the backup of the day. Make room.
daily-readonly = The backup of the day may not be written. The folder “backups” has to be writable.
daily-other = The backup of the day could not be made. “aftercare doctor” says more.
damaged-title =
    The desk's file is damaged: a part of it cannot be read.
    What you type is kept beside it as far as that goes. Leave with Ctrl-Q; nobody should work on until a backup is put back.
store-other = Not saved; it is still here. Try again; the log says more.

# A locked bench.
lock-title = Who works here now?
lock-how = Scan your badge, then type your PIN.
lock-badge = Badge
lock-pin = PIN
lock-looking = Looking it up ...
lock-no-badge = That is no badge: scan it, or type the code under the bars.
lock-no-pin = A PIN has 4 to 12 digits.
lock-wrong = Badge and PIN do not belong together. Scan the badge again.
lock-wait = Too many wrong PINs for this badge: try again after { $time }.
lock-trouble = The desk's file could not be read just now: scan the badge again.
lock-no-longer = You may not work at this desk any more: ask a supervisor.
