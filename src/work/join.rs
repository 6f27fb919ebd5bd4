//! Two cases of one unit, or goods entered under the wrong case: what belongs to the goods goes to the
//! right case, in one action on both; and the way back from it.
//!
//! What is where only one thing can be (parcel, arrival, label, shelf, proof in our keeping) leaves the
//! wrong case. What was seen of the goods goes along; in a case that closes as joined it stays readable
//! as well. Money and agreements do not move: they are settled where they were made.

use crate::desk::change::{Act, Batch, Change, Ground, Planned};
use crate::desk::field::Field;
use crate::desk::id::{ActionId, EntityId, EntityKind, ItemId};
use crate::desk::parcel::Parcel;
use crate::desk::record::{Fact, Record};
use crate::desk::value::{Entry, Value};

use super::action::{
    ActionKind, Actor, FieldEdit, Refusal, by_desk, number, planned, wait_is_over,
};
use super::case::Case;
use super::guard::would_break;
use super::standing::{GoodsAt, was_worked_on};
use super::undo::taken_back;
use super::unit::{item_of, model_key};

/// How goods go to the right case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The whole case was one too many: it closes as joined.
    Join,
    /// Only the goods were entered wrongly: a case that began as a call goes on without them; one that
    /// was made for the goods closes as joined.
    Goods,
}

/// What stays where both cases saw a thing, and saw it differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefer {
    /// What the right case has.
    Theirs,
    /// What was seen in this case.
    Ours,
}

/// Why cases cannot be joined, or taken apart. The screen puts it in words (`refusal-join-...`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// It is the same case.
    Itself,
    /// The other case is closed.
    TargetClosed,
    /// The other case has sent goods back already.
    TargetSent,
    /// This case has sent goods back already.
    Sent,
    /// Money came in or is due in this case.
    Money,
    /// The customer agreed to the quote of this case (IV.4).
    Agreed,
    /// The goods were worked on in this case.
    WorkDone,
    /// The case is joined: it is taken apart, not opened again.
    IsJoined,
    /// Nothing was joined that could be taken apart.
    NotJoined,
    /// Joining has a command of its own.
    ByItsCommand,
    /// Goods that come in are said to be of a case that was joined to another one.
    GoodsOfJoined,
    /// Money comes in for a case that was joined to another one.
    MoneyOfJoined,
}

impl Bar {
    /// Every reason.
    pub const ALL: [Bar; 12] = [
        Bar::Itself,
        Bar::TargetClosed,
        Bar::TargetSent,
        Bar::Sent,
        Bar::Money,
        Bar::Agreed,
        Bar::WorkDone,
        Bar::IsJoined,
        Bar::NotJoined,
        Bar::ByItsCommand,
        Bar::GoodsOfJoined,
        Bar::MoneyOfJoined,
    ];
}

/// What is where only one thing can be.
const PLACE: [Field; 8] = [
    Field::SerialInBox,
    Field::ArrivalDate,
    Field::ParcelIn,
    Field::BagLabel,
    Field::Bin,
    Field::Contents,
    Field::ProofReceived,
    Field::ProofEnclosed,
];

/// What is seen of goods: at the door, in an inspection, at the bench.
const SEEN: [Field; 31] = [
    Field::SerialNumber,
    Field::Model,
    Field::Proof,
    Field::PurchaseDate,
    Field::PurchaseDateLost,
    Field::ProofAtReturn,
    Field::PerformanceFailure,
    Field::FailureManMade,
    Field::ManufacturingDefect,
    Field::Complete,
    Field::MissingItems,
    Field::MissingBy,
    Field::AppearanceDamage,
    Field::Activated,
    Field::Resalable,
    Field::CollisionOrBurn,
    Field::Misuse,
    Field::MisuseKind,
    Field::LabelsTampered,
    Field::LabelsBy,
    Field::ForceMajeure,
    Field::ForceMajeureWhen,
    Field::TestResult,
    Field::Findings,
    Field::Cause,
    Field::WorkDone,
    Field::RepairOutcome,
    Field::SerialAfter,
    Field::SerialAfterNone,
    Field::RetestPassed,
    Field::RepairedOn,
];

/// Whether a field tells what is seen of a unit, other than which one it is.
pub(super) fn is_seen_of_unit(field: Field) -> bool {
    SEEN.contains(&field) && !matches!(field, Field::SerialNumber | Field::Model)
}

/// What rests on goods that are here, besides what was seen of them.
const RESTS_ON_GOODS: [Field; 3] = [Field::QuoteVersion, Field::QuoteAnswer, Field::SentBackOn];

/// What a joining would do, as it is shown before it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moves {
    /// Whether the case closes as joined; else it goes on without the goods.
    pub closes: bool,
    /// The fields the right case gets.
    pub moved: Vec<Field>,
    /// The fields in which both cases saw different things: somebody chooses.
    pub asked: Vec<Field>,
}

/// What goes to the right case.
pub fn moves(wrong: &Record, right: &Record, way: Way) -> Moves {
    let mut moves = Moves {
        closes: closes(wrong, way),
        moved: Vec::new(),
        asked: Vec::new(),
    };
    for (field, fact) in going(wrong, way) {
        match fate(field, fact, right.fact(field)) {
            Fate::Goes(_) => moves.moved.push(field),
            Fate::Asked => moves.asked.push(field),
            Fate::Known => {}
        }
    }
    moves
}

fn closes(wrong: &Record, way: Way) -> bool {
    let began_as_call = wrong
        .changes()
        .first()
        .is_some_and(|first| first.act == Act::Begin);
    way == Way::Join || !began_as_call
}

/// The facts that belong to the goods: of a case that goes on, what was seen since they came.
fn going(wrong: &Record, way: Way) -> impl Iterator<Item = (Field, &Fact)> {
    let arrival = wrong.standing(ItemId::SELF, Field::ArrivalDate);
    let since = match (closes(wrong, way), arrival.first()) {
        (false, Some(arrival)) => arrival.seq,
        _ => 0,
    };
    let place = PLACE.into_iter().map(|field| (field, true));
    let seen = SEEN.into_iter().map(|field| (field, false));
    place.chain(seen).filter_map(move |(field, is_place)| {
        let fact = wrong.fact(field)?;
        let is_seen = matches!(fact.ground, Ground::Inspected | Ground::DocumentSeen);
        let is_readable = !matches!(fact.entry, Entry::Erased | Entry::Unknown);
        let goes = is_place || (is_seen && fact.seq >= since);
        (goes && is_readable).then_some((field, fact))
    })
}

enum Fate {
    /// The right case gets it, as this.
    Goes(Entry),
    /// It has seen something else.
    Asked,
    /// It knows it already.
    Known,
}

fn fate(field: Field, ours: &Fact, theirs: Option<&Fact>) -> Fate {
    let Some(theirs) = theirs else {
        return Fate::Goes(ours.entry.clone());
    };
    let is_said = theirs.ground == Ground::CustomerSays;
    match (is_same(&ours.entry, &theirs.entry), is_said) {
        (true, false) => Fate::Known,
        // What the customer said has been seen now.
        (true, true) => Fate::Goes(theirs.entry.clone()),
        // Which unit it is nobody decides by the way.
        (false, true) if !matches!(field, Field::SerialNumber | Field::Model) => {
            Fate::Goes(ours.entry.clone())
        }
        (false, _) => Fate::Asked,
    }
}

fn is_same(one: &Entry, other: &Entry) -> bool {
    match (one.value(), other.value()) {
        (Some(Value::Serial(one)), Some(Value::Serial(other))) => one.key() == other.key(),
        (Some(Value::Text(one)), Some(Value::Text(other))) => {
            one == other || model_key(one) == model_key(other)
        }
        _ => one == other,
    }
}

/// Joins a case to the right one, or moves its goods there. `around` are the parcels it has to do with.
///
/// # Errors
/// [`Refusal::Join`] with the reason, [`Refusal::Closed`], [`Refusal::GoodsNotHere`] where only goods
/// would be moved and none are here, [`Refusal::WouldBreak`], [`Refusal::Role`].
pub fn plan(
    case: &Case,
    right: &Record,
    around: &[Record],
    (way, prefer): (Way, Prefer),
    actor: &mut Actor,
) -> Result<Batch, Refusal> {
    actor.allowed(ActionKind::Join)?;
    let wrong = &case.record;
    let target = case.with_record(right.clone());
    bar(case, &target, way)?;
    let has_goods = case.given().goods() == GoodsAt::Here;
    let closes = closes(wrong, way);
    let link = |to: EntityId| Entry::Known(Value::Link(to));
    let mut there = vec![planned(
        right,
        FieldEdit {
            item: item_of(wrong.id()),
            field: Field::CameFrom,
            entry: link(wrong.id()),
            ground: Ground::Desk,
        },
    )];
    let mut here = Vec::new();
    for (field, fact) in going(wrong, way) {
        let entry = match fate(field, fact, right.fact(field)) {
            Fate::Goes(entry) => Some(entry),
            Fate::Asked => (prefer == Prefer::Ours).then(|| fact.entry.clone()),
            Fate::Known => None,
        };
        let edit = |entry| FieldEdit::of_self(field, entry, fact.ground);
        there.extend(entry.map(|entry| planned(right, edit(entry))));
        if PLACE.contains(&field) || !closes {
            here.push(by_desk(wrong, field, Entry::Unknown));
        }
    }
    if has_goods {
        there.extend(wait_is_over(right, None));
        if right.text(Field::Number).is_none() {
            there.push(number(right, actor));
        }
    }
    if would_break(&target, &target.with_planned(Act::Join, &there)) {
        return Err(Refusal::WouldBreak);
    }
    here.push(by_desk(wrong, Field::MovedTo, link(right.id())));
    if closes {
        here.extend(wait_is_over(wrong, None));
        let joined = Entry::Known(Value::Choice("joined"));
        here.push(by_desk(wrong, Field::Closed, joined));
    }
    let mut changes = here;
    changes.extend(there);
    changes.extend(goods_lines(wrong.id(), right.id(), around));
    let act = if closes { Act::Join } else { Act::MoveGoods };
    Ok(actor.batch(act, changes))
}

/// The goods of a case in its parcels belong to the right one.
fn goods_lines(wrong: EntityId, right: EntityId, around: &[Record]) -> Vec<Planned> {
    let parcels = around
        .iter()
        .filter(|record| record.kind() == EntityKind::Parcel);
    let lines = parcels.flat_map(|record| {
        let goods = Parcel::of(record).goods.into_iter();
        goods
            .filter(|goods| goods.case == Some(wrong))
            .map(move |goods| (record, goods.item))
    });
    lines
        .map(|(record, item)| {
            let edit = FieldEdit {
                item,
                field: Field::GoodsCase,
                entry: Entry::Known(Value::Link(right)),
                ground: Ground::Desk,
            };
            planned(record, edit)
        })
        .collect()
}

fn bar(wrong: &Case, right: &Case, way: Way) -> Result<(), Refusal> {
    let bar = |bar| Err(Refusal::Join(bar));
    let was_sent = |case: &Case| case.record.day(Field::SentBackOn).is_some();
    match wrong.record.choice(Field::Closed) {
        Some("joined") => return bar(Bar::IsJoined),
        Some(_) => return Err(Refusal::Closed),
        None => {}
    }
    if wrong.record.id() == right.record.id() {
        return bar(Bar::Itself);
    }
    if right.record.choice(Field::Closed).is_some() {
        return bar(Bar::TargetClosed);
    }
    if was_sent(wrong) {
        return bar(Bar::Sent);
    }
    if was_sent(right) {
        return bar(Bar::TargetSent);
    }
    if way == Way::Goods && wrong.given().goods() != GoodsAt::Here {
        return Err(Refusal::GoodsNotHere);
    }
    if was_worked_on(&wrong.record) {
        return bar(Bar::WorkDone);
    }
    if !wrong.ledger.kept().is_zero() || !wrong.ledger.open().is_zero() {
        return bar(Bar::Money);
    }
    if wrong.quote.is_accepted() {
        return bar(Bar::Agreed);
    }
    Ok(())
}

/// Whether a case could be joined to some other one.
///
/// # Errors
/// Why not: see [`plan`].
pub fn may_join(case: &Case, way: Way, actor: &Actor) -> Result<(), Refusal> {
    actor.allowed(ActionKind::Join)?;
    let other = Record::new(EntityId(0), EntityKind::Case);
    bar(case, &case.with_record(other), way)
}

/// Takes apart what was joined last with this case, on either side of it: both stand as before.
/// `around` are the other case and the parcels of both.
///
/// # Errors
/// [`Bar::NotJoined`]; [`Refusal::ChangedSince`] with a field that was filled since and rests on it;
/// [`Refusal::Closed`] where a case was closed since; [`Refusal::WouldBreak`]; [`Refusal::Role`].
pub fn plan_apart(case: &Case, around: &[Record], actor: &mut Actor) -> Result<Batch, Refusal> {
    actor.allowed(ActionKind::Join)?;
    let action = latest(&case.record).ok_or(Refusal::Join(Bar::NotJoined))?;
    let changes = apart(case, around, action)?;
    Ok(actor.batch(Act::TakeApart, changes))
}

/// The latest joining of a case that stands.
fn latest(record: &Record) -> Option<ActionId> {
    let stands = |change: &&Change| {
        let standing = record.standing(change.item, change.field);
        standing.last().is_some_and(|it| it.seq == change.seq)
    };
    let is_link = |change: &&Change| matches!(change.field, Field::MovedTo | Field::CameFrom);
    let mut links = record.changes().iter().rev().filter(is_link);
    links.find(stands).map(|change| change.action)
}

/// The changes that put back what a joining changed.
pub(super) fn apart(
    case: &Case,
    around: &[Record],
    action: ActionId,
) -> Result<Vec<Planned>, Refusal> {
    let mut changes = Vec::new();
    let mut cases = Vec::new();
    for record in std::iter::once(&case.record).chain(around) {
        let Some(last) = record.of_action(action).last() else {
            continue;
        };
        if record.kind() == EntityKind::Case {
            if let Some(field) = rests_on_it(record, last.seq) {
                return Err(Refusal::ChangedSince(field));
            }
            if !matches!(record.choice(Field::Closed), None | Some("joined")) {
                return Err(Refusal::Closed);
            }
            cases.push(record);
        }
        changes.extend(taken_back(record, action)?);
    }
    // The other one is not at hand.
    if cases.len() < 2 {
        return Err(Refusal::Gone);
    }
    for record in cases {
        let before = case.with_record(record.clone());
        if would_break(&before, &before.with_planned(Act::TakeApart, &changes)) {
            return Err(Refusal::WouldBreak);
        }
    }
    Ok(changes)
}

/// A field that was filled after a change and rests on the goods that came or went with it.
fn rests_on_it(record: &Record, seq: u32) -> Option<Field> {
    let is_of_goods = |field: Field| {
        PLACE.contains(&field) || SEEN.contains(&field) || RESTS_ON_GOODS.contains(&field)
    };
    let later = record.facts().filter(|(item, field, _)| {
        let said = record.said(*item, *field);
        is_of_goods(*field) && said.is_some_and(|said| said.seq > seq)
    });
    later.map(|(_, field, _)| field).next()
}

/// The case that this one's goods were moved to, where it was joined or its goods were moved.
pub fn moved_to(record: &Record) -> Option<EntityId> {
    record.link(Field::MovedTo)
}

/// The cases that goods were moved here from, in the order in which they were.
pub fn came_from(record: &Record) -> Vec<EntityId> {
    let items = record.items_with(Field::CameFrom).into_iter();
    let links = items.filter_map(|item| match record.value_of(item, Field::CameFrom)? {
        Value::Link(from) => Some(*from),
        _ => None,
    });
    links.collect()
}
