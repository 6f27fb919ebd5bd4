//! A parcel being taken in: waybill, then goods, scan after scan.

use crate::desk::change::Ground;
use crate::desk::field::Field;
use crate::desk::id::ItemId;
use crate::desk::parcel::Parcel;
use crate::desk::record::Record;
use crate::desk::scan::{CaseNumber, ShortNumber};
use crate::desk::serial::Serial;
use crate::desk::value::{Entry, Value};
use crate::work::action::FieldEdit;
use crate::work::case::Case;
use crate::work::elsewhere::Elsewhere;
use crate::work::intent::Intent;
use crate::work::unit::{self, Kin};

use super::command::Command;
use super::event::Effect;
use super::form::{self, Form};
use super::note::Note;
use super::state::{After, OpenParcel, State, View};
use super::{commit, filling, plan, unsaved};

/// Opens a parcel.
pub(super) fn open(state: &mut State, record: Record, cases: Vec<Case>) {
    let new_item = state.fresh.item();
    let rows = form::parcel_rows(&record, new_item);
    let mut form = Form::new(rows, &record, new_item);
    // With the waybill known, the goods are scanned next.
    if record.text(Field::Waybill).is_some() {
        form.go_to((new_item, Field::GoodsSerial), &record);
    }
    state.view = View::Parcel(Box::new(OpenParcel {
        record,
        with_pending: None,
        pending: Vec::new(),
        form,
        cases,
    }));
    unsaved::sync(state);
}

/// Takes in a parcel's record as it was saved.
pub(super) fn saved(state: &mut State) {
    let new_item = state.fresh.item();
    if let View::Parcel(open) = &mut state.view {
        let is_filled = open
            .record
            .facts()
            .any(|(item, _, _)| item == open.form.new_item);
        if is_filled {
            open.form.new_item = new_item;
        }
        open.show_pending();
    }
}

/// The open cases the goods of an item may belong to, by the serial or case number that was typed.
pub(super) fn matched(
    state: &mut State,
    item: ItemId,
    typed: &str,
    mut records: Vec<Record>,
    effects: &mut Vec<Effect>,
) {
    // What is spelled so is meant before what only has the same letters and digits.
    let spelled = Serial::parse(typed).ok();
    records.sort_by_key(|record| spelled.is_none() || unit::present(record) != spelled.as_ref());
    if let Some(numbers) = several(typed, &records) {
        state.note = Some(Note::Several(typed.to_string(), numbers));
        return;
    }
    let cases: Vec<Case> = records
        .into_iter()
        .map(|record| state.case_of(record, &[]))
        .collect();
    let View::Parcel(open) = &mut state.view else {
        return;
    };
    let Some(case) = cases.first() else {
        let serial = Serial::parse(typed).ok();
        let serial = serial.filter(|_| CaseNumber::parse(typed).is_none());
        let is_there = open.entered().value_of(item, Field::GoodsSerial).is_some();
        // It only looked like the number of a case.
        let keeps = serial.filter(|_| !is_there).map(|serial| FieldEdit {
            item,
            field: Field::GoodsSerial,
            entry: Entry::Known(Value::Serial(serial)),
            ground: Ground::Inspected,
        });
        if let Some(edit) = keeps {
            unsaved::enter(state, vec![edit], effects);
        }
        let other = other_in_box(state, item);
        state.note = other.or_else(|| Some(Note::Unexpected(typed.to_string())));
        return;
    };
    // The unit is open in more than one case: the first gets the goods, the others are said.
    let others: Vec<Elsewhere> = cases.iter().skip(1).map(Elsewhere::of_case).collect();
    if !others.is_empty() {
        state.note = Some(Note::AlsoOpen(others));
    }
    let id = case.record.id();
    let is_linked = open.entered().value_of(item, Field::GoodsCase) == Some(&Value::Link(id));
    open.cases.retain(|other| other.record.id() != id);
    open.cases.extend(cases.into_iter().take(1));
    if is_linked {
        return;
    }
    let edit = FieldEdit {
        item,
        field: Field::GoodsCase,
        entry: Entry::Known(Value::Link(id)),
        ground: Ground::Inspected,
    };
    unsaved::enter(state, vec![edit], effects);
}

/// That the goods of a line, which belong to a case, carry another serial number than it has.
fn other_in_box(state: &State, item: ItemId) -> Option<Note> {
    let View::Parcel(open) = &state.view else {
        return None;
    };
    let goods = Parcel::of(open.entered()).goods.into_iter();
    let goods = goods.into_iter().find(|goods| goods.item == item)?;
    let case = open
        .cases
        .iter()
        .find(|case| Some(case.record.id()) == goods.case)?;
    let announced = case.record.serial(Field::SerialNumber)?;
    let in_box = goods.serial?;
    (announced.key() != in_box.key()).then(|| Note::OtherInBox {
        announced: announced.as_str().to_string(),
        in_box: in_box.as_str().to_string(),
    })
}

/// The cases that what was typed may mean, where it does not say which: it is the number of one and
/// the unit of another, the year of a case number is missing, or the units have the same letters and
/// digits but are of two models.
fn several(typed: &str, records: &[Record]) -> Option<Vec<String>> {
    let (first, others) = records.split_first()?;
    let is_number = |record: &Record| {
        let short = ShortNumber::parse(typed)?;
        let number = CaseNumber::parse(record.text(Field::Number)?)?;
        let is_year = short.year.is_none_or(|year| year == number.year);
        (is_year && short.number == number.number).then_some(())
    };
    let is_number = |record: &Record| is_number(record).is_some();
    let unit = |record: &Record| {
        Some((
            unit::present(record)?.clone(),
            record.text(Field::Model)?.to_string(),
        ))
    };
    let is_spelled_so = Serial::parse(typed).ok().as_ref() == unit::present(first);
    let is_other_unit = |other: &Record| match (unit(first), unit(other)) {
        (Some((one, of_one)), Some((two, of_two))) => {
            !is_spelled_so && unit::kin((&one, Some(&of_one)), (&two, Some(&of_two))) == Kin::Asked
        }
        _ => false,
    };
    let is_asked = |other: &&Record| is_number(first) || is_number(other) || is_other_unit(other);
    let asked: Vec<&Record> = others.iter().filter(is_asked).collect();
    if asked.is_empty() {
        return None;
    }
    let name = |record: &Record| {
        let serial = unit::present(record).map(|serial| serial.as_str());
        record
            .text(Field::Number)
            .or(serial)
            .unwrap_or_default()
            .to_string()
    };
    Some(std::iter::once(first).chain(asked).map(name).collect())
}

pub(super) fn command(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    filling::command(
        state,
        command,
        effects,
        |state, command, effects| match command {
            Command::Accept => accept(state),
            Command::TakeIn => take_in(state, effects),
            _ => state.note = Some(Note::Unavailable("not-here")),
        },
    );
}

/// Enter behind the waybill moves to the goods, and in the goods to the next ones, so that a scanner
/// fills line after line.
fn accept(state: &mut State) {
    filling::step(state, |form| match form.focus.1 {
        Field::Waybill => Some((form.new_item, Field::GoodsSerial)),
        Field::GoodsSerial => form.vertical_neighbour(1),
        _ => form.neighbour(1),
    });
}

fn take_in(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(parcel) = state.open_id() else {
        return;
    };
    match plan(state, Intent::Receive { parcel }) {
        Ok(proposal) => commit(state, proposal, After::TakenIn, effects),
        Err(refusal) => state.note = Some(Note::Refused(refusal)),
    }
}
