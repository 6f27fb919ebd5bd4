//! Taking parcels in and sending goods out: actions that change a parcel and its cases together.

use std::collections::BTreeSet;

use crate::desk::change::{Act, Batch, Ground, Planned};
use crate::desk::field::Field;
use crate::desk::id::{EntityId, EntityKind};
use crate::desk::parcel::{Goods, Parcel};
use crate::desk::record::Record;
use crate::desk::scan::Courier;
use crate::desk::serial::Serial;
use crate::desk::value::{Entry, Value};

use super::action::{
    ActionKind, Actor, FieldEdit, Refusal, by_desk, number, planned, undelivered, wait_is_over,
};
use super::case::Case;
use super::join::Bar;
use super::standing::{Blocker, GoodsAt, Stage};

fn known(value: Value) -> Entry {
    Entry::Known(value)
}

/// A parcel comes to hand: an entity that is filled by scans until it is taken in.
///
/// # Errors
/// When the role may not receive parcels.
pub fn begin_incoming(
    actor: &mut Actor,
    first: Vec<FieldEdit>,
) -> Result<(EntityId, Batch), Refusal> {
    actor.allowed(ActionKind::Receive)?;
    let id = actor.fresh.entity(actor.now.at.timestamp_millis());
    let record = Record::new(id, EntityKind::Parcel);
    let mut changes = vec![
        by_desk(&record, Field::Direction, known(Value::Choice("incoming"))),
        by_desk(&record, Field::ParcelDay, actor.today()),
    ];
    changes.extend(first.into_iter().map(|edit| planned(&record, edit)));
    Ok((id, actor.batch(Act::Begin, changes)))
}

/// Fields of a parcel are filled.
///
/// # Errors
/// When the role may not receive parcels.
pub fn edit(parcel: &Record, edits: Vec<FieldEdit>, actor: &mut Actor) -> Result<Batch, Refusal> {
    actor.allowed(ActionKind::Receive)?;
    let changes = edits
        .into_iter()
        .map(|edit| planned(parcel, edit))
        .collect();
    Ok(actor.batch(Act::Edit, changes))
}

/// Somebody else filled the same fields of a parcel, and what they hold stays.
///
/// # Errors
/// The role may not do this.
pub fn settle(
    parcel: &Record,
    wanted: Vec<FieldEdit>,
    actor: &mut Actor,
) -> Result<Batch, Refusal> {
    actor.allowed(ActionKind::Receive)?;
    let changes = super::action::settle(parcel, wanted)?;
    Ok(actor.batch(Act::Settle, changes))
}

/// Takes a parcel in: its goods arrive at their cases; goods that belong to no known case get a case
/// of their own, with a number, since they have to be found again. `terms` is the version in force.
///
/// # Errors
/// When there are no goods, every one was taken in before, or one is said to be of a case that was joined
/// to another one.
pub fn receive(
    record: &Record,
    cases: &[&Case],
    terms: &str,
    actor: &mut Actor,
) -> Result<Batch, Refusal> {
    actor.allowed(ActionKind::Receive)?;
    let parcel = Parcel::of(record);
    if parcel.goods.is_empty() {
        return Err(Refusal::NoGoods);
    }
    let day = parcel.day.unwrap_or(actor.now.today);
    let mut changes = Vec::new();
    let mut taken_in = BTreeSet::new();
    for goods in &parcel.goods {
        let case = goods
            .case
            .and_then(|id| cases.iter().find(|case| case.record.id() == id));
        match (goods.case, case) {
            (Some(id), Some(case)) => {
                // Two lines can name one case: what was counted twice, or a part of it apart.
                let is_first = taken_in.insert(id);
                if !is_first || case.record.link(Field::ParcelIn) == Some(record.id()) {
                    continue;
                }
                if case.record.choice(Field::Closed) == Some("joined") {
                    return Err(Refusal::Join(Bar::GoodsOfJoined));
                }
                match case.given().goods() {
                    GoodsAt::Here => {}
                    GoodsAt::Customer | GoodsAt::OnTheWayHere => {
                        changes.extend(arrival(&case.record, record, goods, day));
                        changes.extend(expected(&case.record, actor));
                    }
                    // What we sent and nobody took.
                    GoodsAt::OnTheWayBack => {
                        changes.extend(undelivered(&case.record, known(Value::Date(day))));
                    }
                    // That case is over: it is about something new.
                    GoodsAt::Back | GoodsAt::Ours | GoodsAt::Scrapped => {
                        changes.extend(unannounced(record, goods, day, terms, actor));
                    }
                }
            }
            (Some(_), None) => {}
            (None, _) => changes.extend(unannounced(record, goods, day, terms, actor)),
        }
    }
    if changes.is_empty() {
        return Err(Refusal::AlreadyReceived);
    }
    Ok(actor.batch(Act::Receive, changes))
}

fn arrival(case: &Record, parcel: &Record, goods: &Goods, day: chrono::NaiveDate) -> Vec<Planned> {
    let seen = |field, value| {
        planned(
            case,
            FieldEdit::of_self(field, known(value), Ground::Inspected),
        )
    };
    let mut changes = vec![
        seen(Field::ArrivalDate, Value::Date(day)),
        seen(Field::ParcelIn, Value::Link(parcel.id())),
    ];
    changes.extend(number_on(case, goods));
    if let (Some(model), None) = (&goods.model, case.text(Field::Model)) {
        changes.push(seen(Field::Model, Value::Text(model.clone())));
    }
    if let Some(label) = &goods.label {
        changes.push(seen(Field::BagLabel, Value::Text(label.clone())));
    }
    if let Some(Value::Choice(proof)) = parcel.value_of(goods.item, Field::ProofReceived) {
        changes.push(seen(Field::ProofReceived, Value::Choice(proof)));
    }
    changes
}

/// What the serial number on the goods says of their case: that number, what was announced and is
/// seen now, or that another one was announced. What nobody read says nothing.
fn number_on(case: &Record, goods: &Goods) -> Vec<Planned> {
    let seen = |field, serial: &Serial| {
        let entry = known(Value::Serial(serial.clone()));
        planned(case, FieldEdit::of_self(field, entry, Ground::Inspected))
    };
    let Some(on_goods) = &goods.serial else {
        return Vec::new();
    };
    match case.fact(Field::SerialNumber).and_then(|fact| {
        let serial = case.serial(Field::SerialNumber)?;
        Some((serial, fact.ground))
    }) {
        None => vec![seen(Field::SerialNumber, on_goods)],
        Some((announced, Ground::CustomerSays)) if announced.key() == on_goods.key() => {
            vec![seen(Field::SerialNumber, announced)]
        }
        Some((announced, _)) if announced.key() == on_goods.key() => Vec::new(),
        Some(_) => {
            let mut changes = vec![seen(Field::SerialInBox, on_goods)];
            // What was decided about other goods says nothing about these.
            if case.fact(Field::BoxUnit).is_some() {
                changes.push(by_desk(case, Field::BoxUnit, Entry::Unknown));
            }
            changes
        }
    }
}

/// What arriving goods change of the case that expected them: it has a number by then, it is open,
/// and nothing is waited for any more.
fn expected(case: &Record, actor: &Actor) -> Vec<Planned> {
    let mut changes = wait_is_over(case, None);
    if case.text(Field::Number).is_none() {
        changes.push(number(case, actor));
    }
    if case.choice(Field::Closed).is_some() {
        changes.push(by_desk(case, Field::Closed, Entry::Unknown));
    }
    changes
}

fn unannounced(
    parcel: &Record,
    goods: &Goods,
    day: chrono::NaiveDate,
    terms: &str,
    actor: &mut Actor,
) -> Vec<Planned> {
    let id = actor.fresh.entity(actor.now.at.timestamp_millis());
    let case = Record::new(id, EntityKind::Case);
    let mut changes = vec![
        by_desk(
            &case,
            Field::TermsVersion,
            known(Value::Text(terms.to_string())),
        ),
        by_desk(&case, Field::ContactDate, known(Value::Date(day))),
        by_desk(&case, Field::Channel, known(Value::Choice("other"))),
        number(&case, actor),
    ];
    if let Some(sender) = parcel.text(Field::Sender) {
        changes.push(planned(
            &case,
            FieldEdit::of_self(
                Field::Caller,
                known(Value::Text(sender.to_string())),
                Ground::DocumentSeen,
            ),
        ));
    }
    changes.extend(arrival(&case, parcel, goods, day));
    changes.push(planned(
        parcel,
        FieldEdit {
            item: goods.item,
            field: Field::GoodsCase,
            entry: known(Value::Link(id)),
            ground: Ground::Desk,
        },
    ));
    changes
}

/// Sends the goods of a case back and closes it. `box_so_far` is an outgoing parcel with the same
/// waybill, where several cases go in one box.
///
/// # Errors
/// When the work is not done, or a gate of IV.5 is shut.
pub fn dispatch(
    case: &Case,
    box_so_far: Option<&Record>,
    actor: &mut Actor,
) -> Result<Batch, Refusal> {
    actor.allowed(ActionKind::Dispatch)?;
    let record = &case.record;
    let given = case.given();
    match case.standing.stage {
        Stage::Settling | Stage::Closed => return Err(Refusal::Closed),
        Stage::Dispatch => {}
        _ => {
            let mut blockers = case.standing.blockers.clone();
            if blockers.is_empty() {
                blockers.push(Blocker::WorkOpen);
            }
            return Err(Refusal::Blocked(blockers));
        }
    }
    let blockers = given.dispatch_blockers();
    if !blockers.is_empty() {
        return Err(Refusal::Blocked(blockers));
    }
    let Some(waybill) = record.text(Field::WaybillBack) else {
        return Err(Refusal::NeedsWaybill);
    };
    let courier = record
        .text(Field::CourierBack)
        .map(str::to_string)
        .or_else(|| Courier::guess(waybill).map(|courier| courier.code().to_string()));
    let (parcel_id, mut changes) = match box_so_far {
        Some(parcel) => (parcel.id(), Vec::new()),
        None => new_box(waybill, courier.as_deref(), given.freight_back(), actor),
    };
    let parcel = Record::new(parcel_id, EntityKind::Parcel);
    changes.push(planned(
        box_so_far.unwrap_or(&parcel),
        FieldEdit {
            item: actor.fresh.item(),
            field: Field::GoodsCase,
            entry: known(Value::Link(record.id())),
            ground: Ground::Desk,
        },
    ));
    let desk = |field, value| by_desk(record, field, known(value));
    changes.extend([
        by_desk(record, Field::SentBackOn, actor.today()),
        desk(Field::ParcelOut, Value::Link(parcel_id)),
        desk(
            Field::PeriodStatus,
            Value::Choice(case.verdict.period_status()),
        ),
    ]);
    if let (Some(courier), None) = (courier, record.text(Field::CourierBack)) {
        changes.push(desk(Field::CourierBack, Value::Text(courier)));
    }
    if record.value(Field::CameBackOn).is_some() {
        changes.push(by_desk(record, Field::CameBackOn, Entry::Unknown));
    }
    if record.choice(Field::FreightBack).is_none()
        && let Some(freight) = given.freight_back()
    {
        changes.push(desk(Field::FreightBack, Value::Choice(freight)));
    }
    changes.extend(wait_is_over(record, None));
    changes.push(desk(
        Field::Closed,
        Value::Choice(given.outcome_when_sent_back()),
    ));
    Ok(actor.batch(Act::Dispatch, changes))
}

fn new_box(
    waybill: &str,
    courier: Option<&str>,
    freight_back: Option<&'static str>,
    actor: &mut Actor,
) -> (EntityId, Vec<Planned>) {
    let id = actor.fresh.entity(actor.now.at.timestamp_millis());
    let parcel = Record::new(id, EntityKind::Parcel);
    let freight = match freight_back {
        Some("collect") => "collect",
        _ => "prepaid",
    };
    let mut changes = vec![
        by_desk(&parcel, Field::Direction, known(Value::Choice("outgoing"))),
        by_desk(
            &parcel,
            Field::Waybill,
            known(Value::Text(waybill.to_string())),
        ),
        by_desk(&parcel, Field::ParcelDay, actor.today()),
        by_desk(&parcel, Field::ParcelFreight, known(Value::Choice(freight))),
    ];
    if let Some(courier) = courier {
        changes.push(by_desk(
            &parcel,
            Field::Courier,
            known(Value::Text(courier.to_string())),
        ));
    }
    (id, changes)
}
