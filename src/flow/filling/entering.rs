//! What a field is to hold: whether it may be entered, what is filled together with it, and what is
//! looked up then.

use crate::desk::change::Ground;
use crate::desk::contact::Contacts;
use crate::desk::field::Field;
use crate::desk::id::ItemId;
use crate::desk::record::Record;
use crate::desk::scan::Courier;
use crate::desk::value::{Entry, Value};
use crate::flow::event::Effect;
use crate::flow::form::{self, Cell};
use crate::flow::note::Note;
use crate::flow::state::{CaseScreen, State};
use crate::flow::unsaved;
use crate::work::action::{ActionKind, FieldEdit, Refusal};
use crate::work::earlier::EarlierRepair;
use crate::work::role::may;
use crate::work::unit;

/// Why nothing may be typed here. What is typed into a parcel is refused when it is to be saved.
pub(super) fn not_editable(state: &State) -> Option<Refusal> {
    let open = state.case().filter(|open| !open.form.rows.is_empty())?;
    if !may(state.staff.role, ActionKind::Edit) {
        return Some(Refusal::Role(state.staff.role));
    }
    let is_late_news = open.form.focus.1 == Field::DeliveredOn;
    let is_closed = open.case.record.choice(Field::Closed).is_some();
    (is_closed && !is_late_news).then_some(Refusal::Closed)
}

/// Saves an entry of a cell, where something may be entered.
pub(in crate::flow) fn save(
    state: &mut State,
    cell: Cell,
    entry: Entry,
    effects: &mut Vec<Effect>,
) {
    match not_editable(state) {
        Some(refusal) => state.note = Some(Note::Refused(refusal)),
        None => {
            enter(state, cell, entry, effects);
        }
    }
}

/// Enters what a cell is to hold; answers whether there was something to save. Where that may not be
/// saved any more, since somebody closed the case while it was typed, it is kept and told like
/// everything that could not be saved.
pub(super) fn enter(
    state: &mut State,
    (item, field): Cell,
    entry: Entry,
    effects: &mut Vec<Effect>,
) -> bool {
    let Some(record) = state.view.entered() else {
        return false;
    };
    let ground = state.view.usual_ground(field);
    let now = record.fact_of(item, field);
    // The customer's word, entered again by somebody who has seen it, is not the same any more.
    let is_confirmed = now.is_some_and(|fact| fact.ground == Ground::CustomerSays)
        && ground != Ground::CustomerSays;
    let is_same = now.is_some_and(|fact| fact.entry == entry) && !is_confirmed;
    if is_same || (now.is_none() && entry == Entry::Unknown) {
        return false;
    }
    let mut edits = vec![FieldEdit {
        item,
        field,
        entry: entry.clone(),
        ground,
    }];
    edits.extend(first_of_line(state, (item, field)));
    edits.extend(answered_about(state, (item, field)));
    edits.extend(following(state, field, &entry));
    unsaved::enter(state, edits, effects);
    let record = state.view.entered();
    effects.extend(record.and_then(|record| looked_up(record, item, field, &entry)));
    true
}

/// What a line that is begun in another column starts with.
fn first_of_line(state: &State, (item, field): Cell) -> Option<FieldEdit> {
    let is_new = state.form().is_some_and(|form| form.new_item == item);
    let (field, entry) = form::first_of_line(field).filter(|_| is_new)?;
    Some(FieldEdit {
        item,
        field,
        entry,
        ground: Ground::Desk,
    })
}

/// The case an answer is about.
fn answered_about(state: &State, (item, field): Cell) -> Option<FieldEdit> {
    let open = state.case().filter(|_| field == Field::SameUnit)?;
    let about = |earlier: &&EarlierRepair| unit::item_of(earlier.case) == item;
    let other = open.case.earlier.iter().find(about)?.case;
    let is_known = open.entered().record.fact_of(item, Field::UnitCase);
    is_known.is_none().then_some(FieldEdit {
        item,
        field: Field::UnitCase,
        entry: Entry::Known(Value::Link(other)),
        ground: Ground::Desk,
    })
}

/// What is filled together with a field, where the talk leaves no doubt.
fn following(state: &State, field: Field, entry: &Entry) -> Option<FieldEdit> {
    let Entry::Known(value) = entry else {
        return None;
    };
    let (field, value, ground) = match (field, value) {
        // A return chosen on the telephone is asked for now (`REQ-EVENT`).
        (Field::Service, Value::Choice("return" | "return_else_repair"))
            if state
                .case()
                .is_some_and(|open| open.screen == CaseScreen::Intake) =>
        {
            let today = Value::Date(state.now.today);
            (Field::RequestDate, today, Ground::Desk)
        }
        (Field::WaybillBack, Value::Text(waybill)) => {
            (Field::CourierBack, courier(waybill)?, Ground::Desk)
        }
        (Field::Waybill, Value::Text(waybill)) => {
            (Field::Courier, courier(waybill)?, Ground::Inspected)
        }
        _ => return None,
    };
    let is_unknown = state.view.entered()?.fact(field).is_none();
    is_unknown.then(|| FieldEdit::of_self(field, Entry::Known(value), ground))
}

fn courier(waybill: &str) -> Option<Value> {
    let courier = Courier::guess(waybill)?;
    Some(Value::Text(courier.code().to_string()))
}

/// What is looked up after a field is saved, by whomever.
pub(in crate::flow) fn looked_up(
    record: &Record,
    item: ItemId,
    field: Field,
    entry: &Entry,
) -> Option<Effect> {
    let id = record.id();
    if Contacts::FIELDS.contains(&field) {
        let contacts = Contacts::of(record);
        return (!contacts.is_empty()).then_some(Effect::SameCaller(id, contacts));
    }
    // Which earlier cases are of the same unit is judged by these as well.
    if matches!(field, Field::Model | Field::SameUnit) {
        let serial = record.serial(Field::SerialNumber)?;
        return Some(Effect::SameSerial(id, serial.as_str().to_string()));
    }
    // The number in the box may be that of the unit now, or not any more.
    if field == Field::BoxUnit {
        let announced = unit::announced(record).map(|(serial, _)| serial);
        let serial = match entry {
            Entry::Known(Value::Choice("this_unit")) => record.serial(Field::SerialInBox)?,
            _ => announced?,
        };
        return Some(Effect::SameSerial(id, serial.as_str().to_string()));
    }
    let Entry::Known(value) = entry else {
        return None;
    };
    Some(match (field, value) {
        (Field::SerialNumber, Value::Serial(serial)) => {
            Effect::SameSerial(id, serial.as_str().to_string())
        }
        (Field::WaybillBack, Value::Text(waybill)) => Effect::FindOutgoingBox(waybill.clone()),
        (Field::GoodsSerial, Value::Serial(serial)) => {
            Effect::Match(item, serial.as_str().to_string())
        }
        _ => return None,
    })
}

/// Removes the line of a table the caret is in.
pub(super) fn remove_line(state: &mut State, effects: &mut Vec<Effect>) {
    let Some((form, record)) = state.form().zip(state.view.entered()) else {
        return;
    };
    let (item, _) = form.focus;
    let facts = record.facts();
    let edits: Vec<FieldEdit> = facts
        .filter(|(of, _, _)| *of == item && item != ItemId::SELF)
        .map(|(item, field, _)| FieldEdit {
            item,
            field,
            entry: Entry::Unknown,
            ground: Ground::Desk,
        })
        .collect();
    if edits.is_empty() {
        state.note = Some(Note::Unavailable("no-line"));
    } else {
        unsaved::enter(state, edits, effects);
    }
}
