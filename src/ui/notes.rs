//! What the desk says about what was asked, in words: what happened, what is not possible and what
//! helps. Cause, field, remedy; nothing is anybody's fault.

use super::case::value;
use super::i18n::{Arg, Words};
use super::text::{clip, visible};
use super::{faults, format};
use crate::desk::change::Act;
use crate::desk::money::Fen;
use crate::desk::staff::Role;
use crate::desk::value::Entry;
use crate::flow::event::StoreFault;
use crate::flow::note::{Kept, Note, Theirs};
use crate::flow::person::Dismissed;
use crate::flow::typed::Fault;
use crate::work::action::{ActionKind, Refusal};
use crate::work::join::Bar;
use crate::work::standing::Blocker;

/// The columns a text from outside takes at most inside a sentence.
const QUOTED: usize = 24;

/// What just happened.
pub fn note(words: &Words, note: &Note) -> String {
    match note {
        Note::Refused(refusal) => self::refusal(words, refusal),
        Note::Unavailable(code) => say(words, &format!("unavailable-{code}")),
        Note::Unreadable(field, fault) => {
            let (field, fault) = (format::field(words, *field), self::fault(words, *fault));
            let args = [("field", Arg::Text(&field)), ("fault", Arg::Text(&fault))];
            words.say_with("note-unreadable", &args)
        }
        Note::PasteCut(count) => words.say_with("note-paste-cut", &[("count", number(*count))]),
        Note::NoPaste(field) => {
            let field = format::field(words, *field);
            words.say_with("note-no-paste", &[("field", Arg::Text(&field))])
        }
        Note::Numbered(number) => words.say_with("note-numbered", &[("number", Arg::Text(number))]),
        Note::Undone => say(words, "note-undone"),
        Note::Done(act) => {
            let act = say(words, &format!("act-{}", act.code()));
            words.say_with("note-done", &[("act", Arg::Text(&act))])
        }
        Note::TakenIn { cases, unannounced } => {
            let args = [
                ("cases", number(*cases)),
                ("unannounced", number(*unannounced)),
            ];
            words.say_with("note-taken-in", &args)
        }
        Note::Closed(case_number, outcome) => closed(words, case_number.as_deref(), outcome),
        Note::AcceptedByCeiling { total, ceiling } => {
            let (total, ceiling) = (format::money(*total), format::money(*ceiling));
            let args = [
                ("total", Arg::Text(&total)),
                ("ceiling", Arg::Text(&ceiling)),
            ];
            words.say_with("note-accepted-by-ceiling", &args)
        }
        Note::ClosedWithMoney(left) => {
            let left = blockers(words, left);
            words.say_with("note-closed-with-money", &[("left", Arg::Text(&left))])
        }
        Note::NothingFound(text) => with_text(words, "note-nothing-found", text),
        Note::Unexpected(text) => with_text(words, "note-unexpected", text),
        Note::OtherInBox { announced, in_box } => {
            let (announced, in_box) = (visible(announced), visible(in_box));
            let args = [
                ("announced", Arg::Text(&announced)),
                ("box", Arg::Text(&in_box)),
            ];
            words.say_with("note-other-in-box", &args)
        }
        Note::ThisCase(text) => with_text(words, "note-this-case", text),
        Note::Several(text, numbers) => {
            let text = visible(text);
            let text = clip(&text, QUOTED);
            let numbers = numbers.join(", ");
            let numbers = visible(&numbers);
            let numbers = clip(&numbers, QUOTED);
            let args = [("text", Arg::Text(&text)), ("numbers", Arg::Text(&numbers))];
            words.say_with("note-several", &args)
        }
        Note::AlsoOpen(others) => {
            let cases = format::elsewhere(words, others);
            words.say_with("note-also-open", &[("cases", Arg::Text(&cases))])
        }
        Note::NotRead(fault) => say(words, unread_id(*fault)),
        Note::NotSaved(fault) => say(words, store_id(*fault)),
        Note::Theirs(theirs) => self::theirs(words, theirs),
        Note::NotKept(fault) => say(words, draft_id(*fault)),
        Note::NoBackup(fault) => say(words, backup_id(*fault)),
        Note::KeptAgain => say(words, "draft-again"),
        Note::Restored(kept) => restored(words, *kept),
        Note::SavedAfterAll => say(words, "note-saved-after-all"),
        Note::ChangedMeanwhile => say(words, "note-changed-meanwhile"),
        Note::LosingUnsaved(count) => {
            words.say_with("note-losing-unsaved", &[("count", number(*count))])
        }
        Note::LeavingUnsaved(count) => {
            words.say_with("note-leaving-unsaved", &[("count", number(*count))])
        }
        Note::RoleNow(role) => {
            let role = self::role(words, *role);
            words.say_with("note-role-now", &[("role", Arg::Text(&role))])
        }
        Note::Gone => say(words, "note-gone"),
    }
}

/// That the session goes on, and what was kept of it.
fn restored(words: &Words, kept: Kept) -> String {
    let field = kept.field.map(|field| format::field(words, field));
    let id = match (&field, kept.fields) {
        (None, 0) => "note-restored",
        (Some(_), 0) => "note-restored-field",
        (None, _) => "note-restored-fields",
        (Some(_), _) => "note-restored-both",
    };
    let args = [
        ("field", Arg::Text(field.as_deref().unwrap_or(""))),
        ("count", number(kept.fields)),
    ];
    words.say_with(id, &args)
}

/// Who changed what of the open case.
fn theirs(words: &Words, theirs: &Theirs) -> String {
    let who = visible(&theirs.who);
    let who = Arg::Text(&who);
    if !matches!(theirs.act, Act::Edit | Act::QuoteLine) {
        let act = say(words, &format!("act-{}", theirs.act.code()));
        return words.say_with("note-theirs-act", &[("who", who), ("act", Arg::Text(&act))]);
    }
    let told = |entry: &Entry| {
        let told = match entry {
            Entry::Unknown => say(words, "value-none"),
            entry => value::in_form(words, theirs.field, Some(entry)),
        };
        clip(&visible(&told), QUOTED).to_string()
    };
    let field = format::field(words, theirs.field);
    let (from, to) = (told(&theirs.from), told(&theirs.to));
    let args = [
        ("who", who),
        ("field", Arg::Text(&field)),
        ("from", Arg::Text(&from)),
        ("to", Arg::Text(&to)),
        ("more", number(theirs.more)),
    ];
    words.say_with("note-theirs", &args)
}

fn closed(words: &Words, number: Option<&str>, outcome: &str) -> String {
    let outcome = format::option(words, crate::desk::field::Field::Closed, outcome);
    let outcome = Arg::Text(&outcome);
    match number {
        Some(number) => words.say_with(
            "note-closed-number",
            &[("number", Arg::Text(number)), ("outcome", outcome)],
        ),
        None => words.say_with("note-closed", &[("outcome", outcome)]),
    }
}

/// The message of what the store could not do.
pub fn store_id(fault: StoreFault) -> &'static str {
    match fault {
        StoreFault::Stale => "store-stale",
        StoreFault::Busy => "store-busy",
        StoreFault::Full => "store-full",
        StoreFault::ReadOnly => "store-readonly",
        StoreFault::Gone => "store-gone",
        StoreFault::Damaged => "store-damaged",
        StoreFault::Ended => "store-ended",
        StoreFault::Other => "store-other",
    }
}

/// The message of why there is no backup of the day.
pub fn backup_id(fault: StoreFault) -> &'static str {
    match fault {
        StoreFault::Damaged => "daily-damaged",
        StoreFault::Full => "daily-full",
        StoreFault::ReadOnly => "daily-readonly",
        _ => "daily-other",
    }
}

/// The message of why something could not be read.
pub fn unread_id(fault: StoreFault) -> &'static str {
    match fault {
        StoreFault::Busy => "unread-busy",
        StoreFault::Gone => "unread-gone",
        StoreFault::Ended => "unread-ended",
        StoreFault::ReadOnly => "unread-not-allowed",
        StoreFault::Damaged => "unread-damaged",
        StoreFault::Stale | StoreFault::Full | StoreFault::Other => "unread-other",
    }
}

/// The message of why what is half typed is not kept.
pub fn draft_id(fault: StoreFault) -> &'static str {
    match fault {
        StoreFault::Full => "draft-full",
        StoreFault::ReadOnly => "draft-readonly",
        StoreFault::Gone => "draft-gone",
        _ => "draft-other",
    }
}

/// What is wrong with a typed value.
pub fn fault(words: &Words, fault: Fault) -> String {
    match fault {
        Fault::Day(fault) => faults::day(words, fault),
        Fault::Phone(fault) => faults::phone(words, fault),
        Fault::Money(fault) => faults::money(words, fault),
        Fault::Serial(fault) => faults::serial(words, fault),
        Fault::Number => say(words, "note-fault-number"),
        Fault::Choice => say(words, "note-fault-choice"),
    }
}

/// What is said on the ordinary screen after a session that ended because its person may not work at
/// the desk any more.
pub fn farewell(words: &Words, name: &str, dismissed: &Dismissed) -> String {
    let id = match dismissed.why {
        Refusal::Disabled => "ended-disabled",
        _ => "ended-not-entered",
    };
    let name = visible(name);
    let ask = match dismissed.ask.as_slice() {
        [] => say(words, "ended-ask-anybody"),
        names => visible(&names.join(&say(words, "ended-or"))).into_owned(),
    };
    words.say_with(id, &[("name", Arg::Text(&name)), ("ask", Arg::Text(&ask))])
}

/// Why something is not possible now, and what helps.
pub fn refusal(words: &Words, refusal: &Refusal) -> String {
    let id = refusal_id(refusal);
    match refusal {
        Refusal::Role(role) => {
            let role = self::role(words, *role);
            words.say_with(id, &[("role", Arg::Text(&role))])
        }
        Refusal::Needs(field)
        | Refusal::ChangedSince(field)
        | Refusal::NotByHand(field)
        | Refusal::InFuture(field) => {
            let field = format::field(words, *field);
            words.say_with(id, &[("field", Arg::Text(&field))])
        }
        Refusal::Blocked(blockers) => {
            let blockers = self::blockers(words, blockers);
            words.say_with(id, &[("blockers", Arg::Text(&blockers))])
        }
        Refusal::MoreThanOpen(amount) | Refusal::MoreThanPaid(amount) => {
            let amount = format::money(*amount);
            words.say_with(id, &[("amount", Arg::Text(&amount))])
        }
        Refusal::OpenElsewhere(others) => {
            let cases = format::elsewhere(words, others);
            words.say_with(id, &[("cases", Arg::Text(&cases))])
        }
        Refusal::CannotUndo(act) => {
            let act = say(words, &format!("act-{}", act.code()));
            words.say_with(id, &[("act", Arg::Text(&act))])
        }
        _ => say(words, id),
    }
}

/// The message of a refusal.
pub fn refusal_id(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Role(_) => "refusal-role",
        Refusal::Closed => "refusal-closed",
        Refusal::NotClosed => "refusal-not-closed",
        Refusal::HasNumber => "refusal-has-number",
        Refusal::NoNumber => "refusal-no-number",
        Refusal::Needs(_) => "refusal-needs",
        Refusal::Blocked(_) => "refusal-blocked",
        Refusal::ReturnRefused => "refusal-return-refused",
        Refusal::ReturnOpen => "refusal-return-open",
        Refusal::SameNumber => "refusal-same-number",
        Refusal::NoLines => "refusal-no-lines",
        Refusal::LineWithoutPrice => "refusal-line-without-price",
        Refusal::AlreadyIssued => "refusal-already-issued",
        Refusal::NotIssued => "refusal-not-issued",
        Refusal::NeedsReason => "refusal-needs-reason",
        Refusal::NeedsAmount => "refusal-needs-amount",
        Refusal::MoreThanOpen(_) => "refusal-more-than-open",
        Refusal::OpenElsewhere(_) => "refusal-open-elsewhere",
        Refusal::Join(bar) => bar_id(*bar),
        Refusal::MoreThanPaid(Fen::ZERO) => "refusal-nothing-paid",
        Refusal::MoreThanPaid(_) => "refusal-more-than-paid",
        Refusal::TooMuchMoney => "refusal-too-much-money",
        Refusal::InFuture(_) => "refusal-in-future",
        Refusal::NothingToReverse => "refusal-nothing-to-reverse",
        Refusal::NotReturned => "refusal-not-returned",
        Refusal::PriceIsBack => "refusal-price-is-back",
        Refusal::DiscountTooLarge => "refusal-discount-too-large",
        Refusal::GoodsHere => "refusal-goods-here",
        Refusal::GoodsNotHere => "refusal-goods-not-here",
        Refusal::NothingToUndo => "refusal-nothing-to-undo",
        Refusal::CannotUndo(_) => "refusal-cannot-undo",
        Refusal::ChangedSince(_) => "refusal-changed-since",
        Refusal::WouldBreak => "refusal-would-break",
        Refusal::NoGoods => "refusal-no-goods",
        Refusal::AlreadyReceived => "refusal-already-received",
        Refusal::NeedsWaybill => "refusal-needs-waybill",
        Refusal::NotByHand(_) => "refusal-not-by-hand",
        Refusal::ChangedMeanwhile => "refusal-changed-meanwhile",
        Refusal::Gone => "note-gone",
        Refusal::Disabled => "refusal-disabled",
        Refusal::NotEntered => "refusal-not-entered",
    }
}

/// The message of why cases cannot be joined or taken apart.
fn bar_id(bar: Bar) -> &'static str {
    match bar {
        Bar::Itself => "refusal-join-itself",
        Bar::TargetClosed => "refusal-join-target-closed",
        Bar::TargetSent => "refusal-join-target-sent",
        Bar::Sent => "refusal-join-sent",
        Bar::Money => "refusal-join-money",
        Bar::Agreed => "refusal-join-agreed",
        Bar::WorkDone => "refusal-join-work-done",
        Bar::IsJoined => "refusal-join-is-joined",
        Bar::NotJoined => "refusal-join-not-joined",
        Bar::ByItsCommand => "refusal-join-by-its-command",
        Bar::GoodsOfJoined => "refusal-join-goods-of-joined",
        Bar::MoneyOfJoined => "refusal-join-money-of-joined",
    }
}

/// The first of what blocks a step, with its clause, and how many others there are.
pub fn blockers(words: &Words, blockers: &[Blocker]) -> String {
    let Some(first) = blockers.first() else {
        return String::new();
    };
    let text = blocker(words, *first);
    match blockers.len() {
        1 => text,
        all => {
            let args = [("text", Arg::Text(&text)), ("more", number(all - 1))];
            words.say_with("blocked-more", &args)
        }
    }
}

/// What blocks a step, with its clause where one asks for it.
pub fn blocker(words: &Words, blocker: Blocker) -> String {
    let text = say(words, &format!("blocker-{}", blocker.code()));
    match blocker.clause() {
        Some(clause) => {
            let args = [("blocker", Arg::Text(&text)), ("clause", Arg::Text(clause))];
            words.say_with("blocked-clause", &args)
        }
        None => text,
    }
}

/// The name of a role.
pub fn role(words: &Words, role: Role) -> String {
    say(words, &format!("role-{}", role.code()))
}

/// The message that names a kind of action.
pub fn action_id(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Begin => "action-begin",
        ActionKind::Edit => "action-edit",
        ActionKind::Authorise => "action-authorise",
        ActionKind::Receive => "action-receive",
        ActionKind::IssueQuote => "action-issue-quote",
        ActionKind::AnswerQuote => "action-answer-quote",
        ActionKind::Pay => "action-pay",
        ActionKind::Waive => "action-waive",
        ActionKind::Refund => "action-refund",
        ActionKind::Reverse => "action-reverse",
        ActionKind::PriceBack => "action-price-back",
        ActionKind::FinishRepair => "action-finish-repair",
        ActionKind::ConfirmContact => "action-confirm-contact",
        ActionKind::Dispatch => "action-dispatch",
        ActionKind::AcceptReturn => "action-accept-return",
        ActionKind::Grant => "action-grant",
        ActionKind::Close => "action-close",
        ActionKind::Void => "action-void",
        ActionKind::Reopen => "action-reopen",
        ActionKind::CameBack => "action-came-back",
        ActionKind::Join => "action-join",
        ActionKind::Undo => "action-undo",
    }
}

fn say(words: &Words, id: &str) -> String {
    words.say(id).into_owned()
}

fn number(count: usize) -> Arg<'static> {
    Arg::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn with_text(words: &Words, id: &str, text: &str) -> String {
    let shown = visible(text);
    let shown = clip(&shown, QUOTED);
    words.say_with(id, &[("text", Arg::Text(&shown))])
}
