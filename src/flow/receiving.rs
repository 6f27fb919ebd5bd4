//! A parcel being taken in: waybill, then goods, scan after scan.

use crate::desk::change::Ground;
use crate::desk::field::Field;
use crate::desk::id::ItemId;
use crate::desk::record::Record;
use crate::desk::value::{Entry, Value};
use crate::work::action::FieldEdit;
use crate::work::case::Case;
use crate::work::intent::Intent;

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

/// The open cases the goods of an item may belong to.
pub(super) fn matched(
    state: &mut State,
    item: ItemId,
    records: Vec<Record>,
    effects: &mut Vec<Effect>,
) {
    let cases: Vec<Case> = records
        .into_iter()
        .map(|record| state.case_of(record, &[]))
        .collect();
    let View::Parcel(open) = &mut state.view else {
        return;
    };
    let Some(case) = cases.first() else {
        let serial = match open.entered().value_of(item, Field::GoodsSerial) {
            Some(Value::Serial(serial)) => serial.as_str().to_string(),
            _ => String::new(),
        };
        state.note = Some(Note::Unexpected(serial));
        return;
    };
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
