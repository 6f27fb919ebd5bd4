//! Every edit passes this gate: an action is planned against the case as it stands, or refused with
//! a reason. Nothing else makes changes.

use chrono::{Datelike, NaiveDate};

use crate::desk::change::{Act, Batch, Ground, Planned};
use crate::desk::field::Field;
use crate::desk::id::{EntityId, EntityKind, Fresh, ItemId};
use crate::desk::money::Fen;
use crate::desk::now::Now;
use crate::desk::outcome::is_work;
use crate::desk::quote::{LINE_FIELDS, Line, QuoteState, last_refused};
use crate::desk::record::Record;
use crate::desk::staff::{Role, Staff};
use crate::desk::value::{Entry, Value};

use super::case::Case;
use super::elsewhere::Elsewhere;
use super::grants::Subject;
use super::guard::would_break;
use super::join::{self, Bar};
use super::money;
use super::role::may;
use super::standing::{Blocker, GoodsAt};
use super::undo;
use super::unit;
use super::verdict::Tri;

/// The kinds of action, for the role table and the words of a refusal (`action-...`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// Begin a call or a parcel.
    Begin,
    /// Fill, change or empty fields.
    Edit,
    /// Give the case its number.
    Authorise,
    /// Take in a parcel.
    Receive,
    /// Issue a quote.
    IssueQuote,
    /// Note the customer's answer.
    AnswerQuote,
    /// Note a payment.
    Pay,
    /// Let money go.
    Waive,
    /// Give money back.
    Refund,
    /// Reverse a wrong entry in the money.
    Reverse,
    /// Note that the price of a returned product was given back.
    PriceBack,
    /// Finish the work at the bench.
    FinishRepair,
    /// Confirm recipient, phone and address.
    ConfirmContact,
    /// Send the goods back.
    Dispatch,
    /// Take a return back.
    AcceptReturn,
    /// Grant what the terms refuse or leave to staff.
    Grant,
    /// Close the case.
    Close,
    /// Close it as void.
    Void,
    /// Open it again.
    Reopen,
    /// The goods came back undelivered.
    CameBack,
    /// Join cases of one unit, move goods to the case they belong to, take apart again.
    Join,
    /// Take back one's last action.
    Undo,
}

impl ActionKind {
    /// Every kind.
    pub const ALL: [ActionKind; 22] = [
        ActionKind::Begin,
        ActionKind::Edit,
        ActionKind::Authorise,
        ActionKind::Receive,
        ActionKind::IssueQuote,
        ActionKind::AnswerQuote,
        ActionKind::Pay,
        ActionKind::Waive,
        ActionKind::Refund,
        ActionKind::Reverse,
        ActionKind::PriceBack,
        ActionKind::FinishRepair,
        ActionKind::ConfirmContact,
        ActionKind::Dispatch,
        ActionKind::AcceptReturn,
        ActionKind::Grant,
        ActionKind::Close,
        ActionKind::Void,
        ActionKind::Reopen,
        ActionKind::CameBack,
        ActionKind::Join,
        ActionKind::Undo,
    ];
}

/// A field to fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldEdit {
    /// The item, or [`ItemId::SELF`].
    pub item: ItemId,
    /// The field.
    pub field: Field,
    /// How it shall stand.
    pub entry: Entry,
    /// On what ground.
    pub ground: Ground,
}

impl FieldEdit {
    /// A field of the entity itself.
    pub fn of_self(field: Field, entry: Entry, ground: Ground) -> FieldEdit {
        FieldEdit {
            item: ItemId::SELF,
            field,
            entry,
            ground,
        }
    }
}

/// What a person does with a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Fill, change or empty fields.
    Edit(Vec<FieldEdit>),
    /// Somebody else filled the same fields, and what they hold stays: what was wanted is recorded, and
    /// then what stands again.
    Settle(Vec<FieldEdit>),
    /// Give the case its number and the customer the address; refused where its unit is open in
    /// another case.
    Authorise,
    /// The same, knowing of these other cases of the unit that are open.
    AuthoriseBeside(Vec<EntityId>),
    /// Tell the customer the quote as it stands, over this channel.
    IssueQuote {
        /// An option of [`Field::QuoteToldOver`].
        over: &'static str,
    },
    /// Note the customer's answer to the issued quote.
    AnswerQuote {
        /// An option of [`Field::QuoteAnswer`].
        answer: &'static str,
        /// An option of [`Field::QuoteAnswerOver`].
        over: &'static str,
    },
    /// Note a payment.
    Pay {
        /// How much.
        amount: Fen,
        /// An option of [`Field::PaymentMeans`].
        means: &'static str,
        /// The day it came in: today or earlier.
        day: NaiveDate,
    },
    /// Note that money was given back: what was paid in advance, or too much.
    Refund {
        /// How much.
        amount: Fen,
        /// An option of [`Field::RefundMeans`].
        means: &'static str,
        /// The day: today or earlier.
        day: NaiveDate,
    },
    /// A payment, a refund or a waiver was a wrong entry: it does not count any more.
    Reverse {
        /// The entry.
        item: ItemId,
        /// Why.
        reason: String,
    },
    /// Note that the price of a returned product was given back.
    PriceBack {
        /// By whom: an option of [`Field::PriceBackBy`].
        by: &'static str,
        /// How much; where somebody else gave it back it may not be known here.
        amount: Option<Fen>,
        /// The day: today or earlier.
        day: NaiveDate,
    },
    /// Let an amount go, with a reason.
    Waive {
        /// How much.
        amount: Fen,
        /// Why.
        reason: String,
    },
    /// Finish the work at the bench.
    FinishRepair,
    /// Confirm recipient, phone and address with the customer.
    ConfirmContact,
    /// Take the return back.
    AcceptReturn {
        /// Who gives the price back: an option of [`Field::PriceBackBy`].
        price_back_by: &'static str,
    },
    /// Grant what the terms refuse or leave to staff.
    Grant {
        /// What.
        subject: Subject,
        /// Why.
        reason: String,
    },
    /// Close the case.
    Close {
        /// An option of [`Field::Closed`].
        outcome: &'static str,
        /// Why.
        note: String,
    },
    /// Open it again.
    Reopen {
        /// Why.
        reason: String,
    },
    /// The goods came back undelivered.
    CameBack,
}

impl Action {
    /// Its kind.
    pub fn kind(&self) -> ActionKind {
        match self {
            Action::Edit(_) | Action::Settle(_) => ActionKind::Edit,
            Action::Authorise | Action::AuthoriseBeside(_) => ActionKind::Authorise,
            Action::IssueQuote { .. } => ActionKind::IssueQuote,
            Action::AnswerQuote { .. } => ActionKind::AnswerQuote,
            Action::Pay { .. } => ActionKind::Pay,
            Action::Waive { .. } => ActionKind::Waive,
            Action::Refund { .. } => ActionKind::Refund,
            Action::Reverse { .. } => ActionKind::Reverse,
            Action::PriceBack { .. } => ActionKind::PriceBack,
            Action::FinishRepair => ActionKind::FinishRepair,
            Action::ConfirmContact => ActionKind::ConfirmContact,
            Action::AcceptReturn { .. } => ActionKind::AcceptReturn,
            Action::Grant { .. } => ActionKind::Grant,
            Action::Close {
                outcome: "void", ..
            } => ActionKind::Void,
            // However it is asked for.
            Action::Close {
                outcome: "returned",
                ..
            } => ActionKind::AcceptReturn,
            Action::Close { .. } => ActionKind::Close,
            Action::Reopen { .. } => ActionKind::Reopen,
            Action::CameBack => ActionKind::CameBack,
        }
    }

    /// Whether it may take the ground from under a step that was made: see [`super::guard`].
    pub fn touches_agreement(&self) -> bool {
        match self {
            Action::Edit(edits) => edits.iter().any(|edit| {
                LINE_FIELDS.contains(&edit.field) || edit.field == Field::RepairOutcome
            }),
            Action::IssueQuote { .. } | Action::AnswerQuote { .. } => true,
            _ => false,
        }
    }

    /// Whether the case alone decides it, whatever the terms say of it: a plain edit.
    pub fn is_plain(&self) -> bool {
        matches!(self, Action::Edit(_)) && !self.touches_agreement()
    }
}

/// Why an action is not possible now. The screen puts it in words (`refusal-...`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The role may not do this.
    Role(Role),
    /// The case is closed: open it again first.
    Closed,
    /// The case is open.
    NotClosed,
    /// The unit is open in these other cases: somebody decides knowing them.
    OpenElsewhere(Vec<Elsewhere>),
    /// Why cases cannot be joined, or taken apart.
    Join(Bar),
    /// It has its number already.
    HasNumber,
    /// It has no number yet: authorise it first.
    NoNumber,
    /// A field must be known first.
    Needs(Field),
    /// What blocks it.
    Blocked(Vec<Blocker>),
    /// The return is refused by the terms: go on as a repair, or a supervisor grants it.
    ReturnRefused,
    /// The return is not decided yet.
    ReturnOpen,
    /// The unit given out has the serial number of the one that came in.
    SameNumber,
    /// There is no line in the quote.
    NoLines,
    /// A line has no price.
    LineWithoutPrice,
    /// The quote was issued as it stands.
    AlreadyIssued,
    /// There is no issued quote to answer.
    NotIssued,
    /// A reason is asked for.
    NeedsReason,
    /// The amount must be above zero.
    NeedsAmount,
    /// More than what is open.
    MoreThanOpen(Fen),
    /// More than what can be given back.
    MoreThanPaid(Fen),
    /// The sum would be more than can be counted.
    TooMuchMoney,
    /// A day of money that is still to come.
    InFuture(Field),
    /// There is no such entry, or it was reversed already.
    NothingToReverse,
    /// No return was taken back, so no price is given back.
    NotReturned,
    /// Whoever gave the price back, it was noted already.
    PriceIsBack,
    /// The discounts are larger than everything else in the quote.
    DiscountTooLarge,
    /// The goods are here; a case is not closed while the customer's goods lie here.
    GoodsHere,
    /// The goods are not here.
    GoodsNotHere,
    /// There is nothing of one's own to take back.
    NothingToUndo,
    /// This action cannot be taken back (a number once given stays).
    CannotUndo(Act),
    /// Somebody changed the same field since.
    ChangedSince(Field),
    /// Taking it back would break a later step.
    WouldBreak,
    /// There are no goods in the parcel.
    NoGoods,
    /// The parcel was taken in already.
    AlreadyReceived,
    /// The waybill must be known first.
    NeedsWaybill,
    /// The desk fills this field itself, by an action.
    NotByHand(Field),
    /// Somebody changed the case or parcel meanwhile, and the action would come to something else
    /// than the person saw.
    ChangedMeanwhile,
    /// The case or parcel does not exist any more.
    Gone,
    /// The person may not work at this desk any more, or not for now.
    Disabled,
    /// The person is not entered at this desk.
    NotEntered,
}

/// Who acts, when, and where fresh identifiers come from.
pub struct Actor<'a> {
    /// Who.
    pub staff: &'a Staff,
    /// When.
    pub now: Now,
    /// Fresh identifiers.
    pub fresh: &'a mut Fresh,
}

impl Actor<'_> {
    /// A batch of one action.
    pub fn batch(&mut self, act: Act, changes: Vec<Planned>) -> Batch {
        Batch {
            action: self.fresh.action(),
            act,
            at: self.now.at,
            who: self.staff.name.clone(),
            changes,
        }
    }

    /// Whether the role allows it.
    pub fn allowed(&self, kind: ActionKind) -> Result<(), Refusal> {
        if may(self.staff.role, kind) {
            Ok(())
        } else {
            Err(Refusal::Role(self.staff.role))
        }
    }

    /// Today, as an entry.
    pub fn today(&self) -> Entry {
        Entry::Known(Value::Date(self.now.today))
    }
}

/// A change of a field as the record stands.
pub fn planned(record: &Record, edit: FieldEdit) -> Planned {
    Planned {
        entity: record.id(),
        kind: record.kind(),
        ground: edit.ground,
        item: edit.item,
        field: edit.field,
        base: record
            .fact_of(edit.item, edit.field)
            .map_or(0, |fact| fact.seq),
        entry: edit.entry,
    }
}

/// A change by the desk of a field of the case itself.
pub fn by_desk(record: &Record, field: Field, entry: Entry) -> Planned {
    planned(record, FieldEdit::of_self(field, entry, Ground::Desk))
}

pub(super) fn known(value: Value) -> Entry {
    Entry::Known(value)
}

/// A call begins: an entity with no number, which costs nothing if it leads nowhere.
pub fn begin(
    actor: &mut Actor,
    terms: &str,
    first: Vec<FieldEdit>,
) -> Result<(EntityId, Batch), Refusal> {
    actor.allowed(ActionKind::Begin)?;
    let id = actor.fresh.entity(actor.now.at.timestamp_millis());
    let record = Record::new(id, EntityKind::Case);
    let mut changes = vec![
        by_desk(
            &record,
            Field::TermsVersion,
            known(Value::Text(terms.to_string())),
        ),
        by_desk(&record, Field::ContactDate, actor.today()),
    ];
    changes.extend(first.into_iter().map(|edit| planned(&record, edit)));
    Ok((id, actor.batch(Act::Begin, changes)))
}

/// What the action changes, or why it is not possible now.
pub fn plan(action: Action, case: &Case, actor: &mut Actor) -> Result<Batch, Refusal> {
    actor.allowed(action.kind())?;
    let record = &case.record;
    let is_closed = record.choice(Field::Closed).is_some();
    let works_on_closed = match &action {
        Action::Edit(edits) => {
            !edits.is_empty() && edits.iter().all(|edit| edit.field == Field::DeliveredOn)
        }
        Action::Reopen { .. } | Action::CameBack => true,
        // Freight that comes in late, a refund that goes out late.
        Action::Pay { .. }
        | Action::Refund { .. }
        | Action::Reverse { .. }
        | Action::Waive { .. }
        | Action::PriceBack { .. } => true,
        _ => false,
    };
    if is_closed && !works_on_closed {
        return Err(Refusal::Closed);
    }
    let is_joined = record.choice(Field::Closed) == Some("joined");
    if is_joined && matches!(action, Action::Pay { .. }) {
        return Err(Refusal::Join(Bar::MoneyOfJoined));
    }
    if needs_the_unit(&action)
        && let Some(open) = case.given().box_open()
    {
        return Err(Refusal::Blocked(vec![open]));
    }
    let touches_agreement = action.touches_agreement();
    let (act, changes) = match action {
        Action::Edit(edits) => edit(record, edits)?,
        Action::Settle(wanted) => (Act::Settle, settle(record, wanted)?),
        Action::Authorise => (Act::Authorise, authorise(case, actor, &[])?),
        Action::AuthoriseBeside(known) => (Act::Authorise, authorise(case, actor, &known)?),
        Action::IssueQuote { over } => (Act::IssueQuote, issue_quote(case, actor, over)?),
        Action::AnswerQuote { answer, over } => {
            (Act::AnswerQuote, answer_quote(case, actor, answer, over)?)
        }
        Action::Pay { amount, means, day } => {
            (Act::Pay, money::pay(case, actor, amount, means, day)?)
        }
        Action::Refund { amount, means, day } => {
            (Act::Refund, money::refund(case, actor, amount, means, day)?)
        }
        Action::Reverse { item, reason } => {
            (Act::Reverse, money::reverse(case, actor, item, reason)?)
        }
        Action::PriceBack { by, amount, day } => (
            Act::PriceBack,
            money::price_back(case, actor, by, amount, day)?,
        ),
        Action::Waive { amount, reason } => {
            (Act::Waive, money::waive(case, actor, amount, reason)?)
        }
        Action::FinishRepair => (Act::Repair, finish_repair(case, actor)?),
        Action::ConfirmContact => (Act::ConfirmContact, confirm_contact(case)?),
        Action::AcceptReturn { price_back_by } => (Act::Close, accept_return(case, price_back_by)?),
        Action::Grant { subject, reason } => (Act::Grant, grant(case, actor, subject, reason)?),
        Action::Close { outcome, note } => (Act::Close, close(case, outcome, note)?),
        Action::Reopen { reason } => (Act::Reopen, reopen(record, reason)?),
        Action::CameBack => (Act::Reopen, came_back(case, actor)?),
    };
    if touches_agreement && would_break(case, &case.with_planned(act, &changes)) {
        return Err(Refusal::WouldBreak);
    }
    Ok(actor.batch(act, changes))
}

/// Whether an action looks at the goods, prices or ends the work on them: which unit they are has to be
/// known before.
fn needs_the_unit(action: &Action) -> bool {
    match action {
        Action::Edit(edits) => edits.iter().any(|edit| {
            let is_seen = edit.ground == Ground::Inspected && join::is_seen_of_unit(edit.field);
            let is_bench = matches!(
                edit.field,
                Field::TestResult | Field::RepairOutcome | Field::SerialAfter
            );
            let is_line = LINE_FIELDS.contains(&edit.field);
            (is_seen || is_bench || is_line) && edit.entry != Entry::Unknown
        }),
        Action::IssueQuote { .. } | Action::FinishRepair | Action::AcceptReturn { .. } => true,
        Action::Close { outcome, .. } => matches!(*outcome, "returned" | "scrapped"),
        _ => false,
    }
}

/// What the answer which number is that of the unit changes of its number: the one in the box takes
/// the place of the announced one, or makes room for it again.
fn number_of_unit(record: &Record, answer: &Entry) -> Result<Option<Planned>, Refusal> {
    let Some(in_box) = record.serial(Field::SerialInBox) else {
        return Err(Refusal::Needs(Field::SerialInBox));
    };
    let was_taken = record.choice(Field::BoxUnit) == Some("this_unit");
    let (serial, ground) = match answer {
        Entry::Known(Value::Choice("this_unit")) => (in_box, Ground::Inspected),
        _ => match unit::announced(record).filter(|_| was_taken) {
            Some(announced) => announced,
            None => return Ok(None),
        },
    };
    let edit = FieldEdit::of_self(
        Field::SerialNumber,
        known(Value::Serial(serial.clone())),
        ground,
    );
    Ok(Some(planned(record, edit)))
}

/// Takes back the person's latest action that was not taken back yet; `others` are the records of
/// the parcels it may have changed as well.
pub fn plan_undo(case: &Case, others: &[Record], actor: &mut Actor) -> Result<Batch, Refusal> {
    actor.allowed(ActionKind::Undo)?;
    let changes = undo::plan(case, others, &actor.staff.name)?;
    Ok(actor.batch(Act::Undo, changes))
}

/// The fields that only an action fills, since its gate or its number would be passed by otherwise.
const BY_ACTION: [Field; 36] = [
    Field::Number,
    Field::TermsVersion,
    Field::ConfirmDate,
    Field::ContactConfirmed,
    Field::Closed,
    Field::ClosedNote,
    Field::PeriodStatus,
    Field::RepairedOn,
    Field::SentBackOn,
    Field::CameBackOn,
    Field::QuoteVersion,
    Field::QuoteIssuedOn,
    Field::QuoteToldOver,
    Field::QuoteAnswer,
    Field::QuoteAnswerOver,
    Field::QuoteAcceptedDate,
    Field::PaymentAmount,
    Field::PaymentMeans,
    Field::PaymentDay,
    Field::WaivedAmount,
    Field::WaivedReason,
    Field::RefundAmount,
    Field::RefundMeans,
    Field::RefundDay,
    Field::ReversedReason,
    Field::PriceBackBy,
    Field::PriceBackAmount,
    Field::PriceBackDay,
    Field::GrantSubject,
    Field::GrantReason,
    Field::ParcelIn,
    Field::ParcelOut,
    Field::SerialInBox,
    Field::MovedTo,
    Field::CameFrom,
    Field::BesideCase,
];

fn edit(record: &Record, edits: Vec<FieldEdit>) -> Result<(Act, Vec<Planned>), Refusal> {
    if let Some(edit) = edits.iter().find(|edit| BY_ACTION.contains(&edit.field)) {
        return Err(Refusal::NotByHand(edit.field));
    }
    // Goods arrive in a parcel; their day can be put right, not made up.
    let makes_arrival = |edit: &FieldEdit| {
        edit.field == Field::ArrivalDate
            && (record.day(Field::ArrivalDate).is_none()
                || !matches!(edit.entry, Entry::Known(Value::Date(_))))
    };
    if edits.iter().any(makes_arrival) {
        return Err(Refusal::NotByHand(Field::ArrivalDate));
    }
    let is_delivered = |edit: &FieldEdit| {
        edit.field == Field::DeliveredOn && matches!(edit.entry, Entry::Known(_))
    };
    if edits.iter().any(is_delivered) && record.day(Field::SentBackOn).is_none() {
        return Err(Refusal::Needs(Field::SentBackOn));
    }
    let is_line = edits
        .iter()
        .any(|edit| LINE_FIELDS.contains(&edit.field) && edit.field != Field::LineAnswer);
    let act = if is_line { Act::QuoteLine } else { Act::Edit };
    let answer = edits.iter().find(|edit| edit.field == Field::BoxUnit);
    let number = match answer {
        Some(answer) => number_of_unit(record, &answer.entry)?,
        None => None,
    };
    let changes = edits.into_iter().map(|edit| planned(record, edit));
    Ok((act, changes.chain(number).collect()))
}

/// What was wanted, and what stands again. What was erased is not written down once more.
///
/// # Errors
/// [`Refusal::NotByHand`] for fields that only an action fills.
pub fn settle(record: &Record, wanted: Vec<FieldEdit>) -> Result<Vec<Planned>, Refusal> {
    let mut changes = Vec::new();
    for wanted in wanted {
        let (item, field) = (wanted.item, wanted.field);
        if BY_ACTION.contains(&field) {
            return Err(Refusal::NotByHand(field));
        }
        let stands = record.fact_of(item, field);
        let again = FieldEdit {
            item,
            field,
            entry: stands.map_or(Entry::Unknown, |fact| fact.entry.clone()),
            ground: stands.map_or(wanted.ground, |fact| fact.ground),
        };
        if again.entry == Entry::Erased || again.entry == wanted.entry {
            continue;
        }
        changes.push(planned(record, wanted));
        changes.push(planned(record, again));
    }
    Ok(changes)
}

/// `known` are the other open cases of the unit that the person knows of.
fn authorise(case: &Case, actor: &Actor, known: &[EntityId]) -> Result<Vec<Planned>, Refusal> {
    let record = &case.record;
    if record.text(Field::Number).is_some() {
        return Err(Refusal::HasNumber);
    }
    let Some(service) = record.choice(Field::Service) else {
        return Err(Refusal::Needs(Field::Service));
    };
    let can_be_reached = record.phone(Field::Phone).is_some()
        || record.phone(Field::SecondPhone).is_some()
        || record.text(Field::Email).is_some()
        || record.text(Field::Address).is_some();
    if !can_be_reached {
        return Err(Refusal::Needs(Field::Phone));
    }
    if record.text(Field::Model).is_none() && record.serial(Field::SerialNumber).is_none() {
        return Err(Refusal::Needs(Field::Model));
    }
    let is_return = matches!(service, "return" | "return_else_repair");
    let mut changes = Vec::new();
    if is_return && record.day(Field::RequestDate).is_none() {
        changes.push(by_desk(record, Field::RequestDate, actor.today()));
    }
    let take_back = if changes.is_empty() {
        case.verdict.take_back
    } else {
        case.with_planned(Act::Authorise, &changes)
            .verdict
            .take_back
    };
    let is_refused = take_back == Tri::No && !case.grants.has(Subject::Return);
    if service == "return" && is_refused {
        return Err(Refusal::ReturnRefused);
    }
    if is_return && !is_refused && record.day(Field::ConfirmDate).is_none() {
        changes.push(by_desk(record, Field::ConfirmDate, actor.today()));
    }
    let is_unknown = |other: &&Elsewhere| !known.contains(&other.case);
    if case.elsewhere.iter().any(|other| is_unknown(&other)) {
        return Err(Refusal::OpenElsewhere(case.elsewhere.clone()));
    }
    // That there were other cases was known, and decided on.
    changes.extend(case.elsewhere.iter().map(|other| {
        let edit = FieldEdit {
            item: unit::item_of(other.case),
            field: Field::BesideCase,
            entry: Entry::Known(Value::Link(other.case)),
            ground: Ground::Desk,
        };
        planned(record, edit)
    }));
    changes.push(number(record, actor));
    Ok(changes)
}

/// The change that asks the store for the next number of the year.
pub fn number(record: &Record, actor: &Actor) -> Planned {
    let year = actor.now.today.year().rem_euclid(100);
    by_desk(
        record,
        Field::Number,
        known(Value::Text(format!("RMA{year:02}-"))),
    )
}

fn issue_quote(case: &Case, actor: &Actor, over: &'static str) -> Result<Vec<Planned>, Refusal> {
    let record = &case.record;
    match case.quote.state {
        QuoteState::Empty => return Err(Refusal::NoLines),
        QuoteState::Issued | QuoteState::Answered(_) => return Err(Refusal::AlreadyIssued),
        QuoteState::Draft => {}
    }
    let Some(total) = case.quote.total() else {
        return Err(Refusal::LineWithoutPrice);
    };
    if total < Fen::ZERO {
        return Err(Refusal::DiscountTooLarge);
    }
    let mut changes: Vec<Planned> = case
        .quote
        .lines
        .iter()
        .filter(|line| line.accepted.is_some())
        .map(|line| {
            planned(
                record,
                FieldEdit {
                    item: line.item,
                    field: Field::LineAnswer,
                    entry: Entry::Unknown,
                    ground: Ground::Desk,
                },
            )
        })
        .collect();
    changes.extend([
        by_desk(record, Field::QuoteToldOver, known(Value::Choice(over))),
        by_desk(record, Field::QuoteIssuedOn, actor.today()),
        by_desk(
            record,
            Field::QuoteVersion,
            known(Value::Number(case.quote.version)),
        ),
    ]);
    // 'Up to this much without calling again': the agreement of IV.4, given at the call.
    if ceiling(case).is_some_and(|ceiling| total <= ceiling) {
        changes.extend(agreement(case, actor, "accepted", "ceiling"));
    }
    Ok(changes)
}

/// The ceiling agreed at the call, where it answers for the next version: after an express no to an
/// earlier one it does not, unless it was agreed anew since.
pub fn ceiling(case: &Case) -> Option<Fen> {
    let record = &case.record;
    let agreed = record.said(ItemId::SELF, Field::AgreedCeiling)?;
    let is_overruled = last_refused(record).is_some_and(|(_, seq)| seq > agreed.seq);
    record.fen(Field::AgreedCeiling).filter(|_| !is_overruled)
}

fn agreement(case: &Case, actor: &Actor, answer: &'static str, over: &'static str) -> Vec<Planned> {
    let record = &case.record;
    let says = |field, entry| {
        planned(
            record,
            FieldEdit::of_self(field, entry, Ground::CustomerSays),
        )
    };
    let mut changes = vec![
        says(Field::QuoteAnswer, known(Value::Choice(answer))),
        says(Field::QuoteAnswerOver, known(Value::Choice(over))),
    ];
    let agreed = match answer {
        "by_line" => case
            .quote
            .lines
            .iter()
            .any(|line| line.accepted == Some(true) && line.is_repair()),
        answer => answer == "accepted",
    };
    if agreed {
        changes.push(says(Field::QuoteAcceptedDate, actor.today()));
    } else if record.fact(Field::QuoteAcceptedDate).is_some() {
        changes.push(says(Field::QuoteAcceptedDate, Entry::Unknown));
    }
    changes
}

fn answer_quote(
    case: &Case,
    actor: &Actor,
    answer: &'static str,
    over: &'static str,
) -> Result<Vec<Planned>, Refusal> {
    match case.quote.state {
        QuoteState::Issued | QuoteState::Answered(_) => {}
        QuoteState::Empty | QuoteState::Draft => return Err(Refusal::NotIssued),
    }
    let is_left = case.quote.lines.iter().any(Line::is_to_be_answered);
    if answer == "by_line" && is_left {
        return Err(Refusal::Needs(Field::LineAnswer));
    }
    let mut changes = agreement(case, actor, answer, over);
    changes.extend(wait_is_over(&case.record, Some("customer")));
    Ok(changes)
}

/// The changes that make an item.
pub(super) fn of_item<const N: usize>(
    case: &Case,
    item: ItemId,
    entries: [(Field, Entry); N],
) -> Vec<Planned> {
    entries
        .into_iter()
        .map(|(field, entry)| {
            planned(
                &case.record,
                FieldEdit {
                    item,
                    field,
                    entry,
                    ground: Ground::Desk,
                },
            )
        })
        .collect()
}

fn finish_repair(case: &Case, actor: &Actor) -> Result<Vec<Planned>, Refusal> {
    let record = &case.record;
    let outcome = match record.choice(Field::RepairOutcome) {
        Some(outcome) => outcome,
        None if case.given().is_upgrade() => "upgraded",
        None => "repaired",
    };
    if case.given().goods() != GoodsAt::Here {
        return Err(Refusal::GoodsNotHere);
    }
    let is_repair = is_work(outcome);
    let blockers = case.given().repair_blockers();
    if is_repair && !blockers.is_empty() {
        return Err(Refusal::Blocked(blockers));
    }
    // A unit is never given out unseen: by its number its life goes on.
    let given_out = record.serial(Field::SerialAfter);
    if outcome == "replaced" {
        match given_out {
            None if !record.is_yes(Field::SerialAfterNone) => {
                return Err(Refusal::Needs(Field::SerialAfter));
            }
            Some(new)
                if record
                    .serial(Field::SerialNumber)
                    .is_some_and(|old| old.key() == new.key()) =>
            {
                return Err(Refusal::SameNumber);
            }
            _ => {}
        }
    }
    let mut changes = vec![planned(
        record,
        FieldEdit::of_self(
            Field::RepairOutcome,
            known(Value::Choice(outcome)),
            Ground::Inspected,
        ),
    )];
    if is_repair {
        changes.push(planned(
            record,
            FieldEdit::of_self(Field::RepairedOn, actor.today(), Ground::Inspected),
        ));
    }
    changes.extend(wait_is_over(record, None));
    Ok(changes)
}

/// The changes that end a wait somebody noted by hand: any, or one for this reason.
pub(super) fn wait_is_over(record: &Record, reason: Option<&str>) -> Vec<Planned> {
    let waits_for = record.choice(Field::WaitingFor);
    if waits_for.is_none() || (reason.is_some() && reason != waits_for) {
        return Vec::new();
    }
    [Field::WaitingFor, Field::WaitingUntil]
        .into_iter()
        .filter(|field| record.fact(*field).is_some())
        .map(|field| by_desk(record, field, Entry::Unknown))
        .collect()
}

/// The changes that fill an empty recipient from the caller: what the screen shows is what is
/// confirmed.
fn recipient(case: &Case) -> Vec<(Field, Value)> {
    let record = &case.record;
    [
        (Field::Recipient, Field::Caller),
        (Field::RecipientPhone, Field::Phone),
        (Field::RecipientAddress, Field::Address),
    ]
    .into_iter()
    .filter(|(to, _)| record.fact(*to).is_none())
    .filter_map(|(to, from)| Some((to, record.value(from)?.clone())))
    .collect()
}

fn confirm_contact(case: &Case) -> Result<Vec<Planned>, Refusal> {
    let record = &case.record;
    let filled = recipient(case);
    for field in [
        Field::Recipient,
        Field::RecipientPhone,
        Field::RecipientAddress,
    ] {
        let is_known =
            record.value(field).is_some() || filled.iter().any(|(filled, _)| *filled == field);
        if !is_known {
            return Err(Refusal::Needs(field));
        }
    }
    let says = |field, value| {
        planned(
            record,
            FieldEdit::of_self(field, known(value), Ground::CustomerSays),
        )
    };
    let mut changes: Vec<Planned> = filled
        .into_iter()
        .map(|(field, value)| says(field, value))
        .collect();
    changes.push(says(Field::ContactConfirmed, Value::YES));
    Ok(changes)
}

fn accept_return(case: &Case, price_back_by: &'static str) -> Result<Vec<Planned>, Refusal> {
    let given = case.given();
    if !given.is_return() {
        return Err(Refusal::Needs(Field::Service));
    }
    if given.goods() != GoodsAt::Here {
        return Err(Refusal::GoodsNotHere);
    }
    if !given.may_take_back() {
        return Err(match case.verdict.take_back {
            Tri::No => Refusal::ReturnRefused,
            Tri::Yes | Tri::Open => Refusal::ReturnOpen,
        });
    }
    let record = &case.record;
    Ok(vec![
        by_desk(
            record,
            Field::PriceBackBy,
            known(Value::Choice(price_back_by)),
        ),
        by_desk(record, Field::Closed, known(Value::Choice("returned"))),
    ])
}

fn grant(
    case: &Case,
    actor: &mut Actor,
    subject: Subject,
    reason: String,
) -> Result<Vec<Planned>, Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::NeedsReason);
    }
    let item = actor.fresh.item();
    let entries = [
        (Field::GrantSubject, known(Value::Choice(subject.code()))),
        (Field::GrantReason, known(Value::Text(reason))),
    ];
    Ok(of_item(case, item, entries))
}

fn close(case: &Case, outcome: &'static str, note: String) -> Result<Vec<Planned>, Refusal> {
    let record = &case.record;
    let goods = case.given().goods();
    let keeps_goods = match outcome {
        // Which one to is asked by its own action.
        "joined" => return Err(Refusal::Join(Bar::ByItsCommand)),
        "returned" => return accept_return(case, money::suggested_payer(record)),
        "scrapped" if record.choice(Field::RepairOutcome) != Some("scrap_agreed") => {
            return Err(Refusal::Needs(Field::RepairOutcome));
        }
        "scrapped" => true,
        "undeliverable" => record.day(Field::CameBackOn).is_some(),
        _ => false,
    };
    if goods == GoodsAt::Here && !keeps_goods {
        return Err(Refusal::GoodsHere);
    }
    let is_with_customer = matches!(goods, GoodsAt::Customer | GoodsAt::OnTheWayHere);
    let fits = match outcome {
        "void" | "scrapped" => true,
        "enquiry_only" | "solved_by_phone" => is_with_customer,
        "never_sent" if record.text(Field::Number).is_none() => return Err(Refusal::NoNumber),
        "never_sent" => is_with_customer,
        "undeliverable" => record.day(Field::SentBackOn).is_some(),
        // Refused on the telephone: nothing was sent.
        "return_refused" if is_with_customer => {
            case.given().is_return() && case.verdict.take_back == Tri::No
        }
        // The goods went back before: only as what became of them then.
        outcome => {
            record.day(Field::SentBackOn).is_some()
                && outcome == case.given().outcome_when_sent_back()
        }
    };
    if !fits {
        return Err(Refusal::Blocked(vec![Blocker::WorkOpen]));
    }
    let needs_note = matches!(outcome, "void" | "undeliverable" | "scrapped");
    if needs_note && note.trim().is_empty() {
        return Err(Refusal::NeedsReason);
    }
    let mut changes = wait_is_over(record, None);
    if outcome == "solved_by_phone" && record.choice(Field::TestResult).is_none() {
        // IV.2: staff confirmed that it is a problem of operation.
        changes.push(planned(
            record,
            FieldEdit::of_self(
                Field::TestResult,
                known(Value::Choice("operation")),
                Ground::CustomerSays,
            ),
        ));
    }
    if !note.trim().is_empty() {
        changes.push(by_desk(record, Field::ClosedNote, known(Value::Text(note))));
    }
    changes.push(by_desk(
        record,
        Field::Closed,
        known(Value::Choice(outcome)),
    ));
    Ok(changes)
}

fn reopen(record: &Record, reason: String) -> Result<Vec<Planned>, Refusal> {
    if record.choice(Field::Closed).is_none() {
        return Err(Refusal::NotClosed);
    }
    if record.choice(Field::Closed) == Some("joined") {
        return Err(Refusal::Join(Bar::IsJoined));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::NeedsReason);
    }
    Ok(vec![
        by_desk(record, Field::ClosedNote, known(Value::Text(reason))),
        by_desk(record, Field::Closed, Entry::Unknown),
    ])
}

fn came_back(case: &Case, actor: &Actor) -> Result<Vec<Planned>, Refusal> {
    let record = &case.record;
    match case.given().goods() {
        GoodsAt::OnTheWayBack | GoodsAt::Back => Ok(undelivered(record, actor.today())),
        GoodsAt::Here => Err(Refusal::GoodsHere),
        _ => Err(Refusal::GoodsNotHere),
    }
}

/// The changes of goods that came back undelivered on a day: address and waybill have to be asked
/// for anew, and a closed case is open again.
pub(super) fn undelivered(record: &Record, day: Entry) -> Vec<Planned> {
    let mut changes = vec![by_desk(record, Field::CameBackOn, day)];
    let no_longer_known = [
        Field::DeliveredOn,
        Field::ContactConfirmed,
        Field::WaybillBack,
        Field::CourierBack,
        Field::Closed,
    ];
    for field in no_longer_known {
        if record.fact(field).is_some() {
            changes.push(by_desk(record, field, Entry::Unknown));
        }
    }
    changes
}
