//! A parcel being taken in: waybill, then goods, scan after scan.

use crate::desk::change::{Act, Ground, Planned};
use crate::desk::field::{Field, FieldKind};
use crate::desk::id::{EntityId, ItemId};
use crate::desk::record::Record;
use crate::desk::scan::{CaseNumber, Courier};
use crate::desk::value::{Entry, Value};
use crate::work::action::FieldEdit;
use crate::work::case::{Case, apply_planned};
use crate::work::intent::Intent;

use super::command::Command;
use super::editor::Editor;
use super::event::{Effect, Event};
use super::form::{self, Form};
use super::note::Note;
use super::state::{After, Menu, OpenParcel, Overlay, State, View};
use super::{Typing, board, casework, commit, plan, then, typed, unsaved};

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

/// Makes everything anew that follows from the parcel and what was entered.
pub(super) fn show_pending(open: &mut OpenParcel) {
    open.with_pending = (!open.pending.is_empty()).then(|| {
        let mut record = open.record.clone();
        apply_planned(&mut record, Act::Edit, &open.pending);
        record
    });
    let record = open.entered().clone();
    open.form.take_in(&record);
    let rows = form::parcel_rows(&record, open.form.new_item);
    open.form.set_rows(rows, &record);
}

/// Takes in what was entered and is not saved yet.
pub(super) fn set_pending(open: &mut OpenParcel, pending: Vec<Planned>) {
    open.pending = pending;
    show_pending(open);
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
        show_pending(open);
    }
}

pub(super) fn typing(state: &mut State, typing: &Typing, effects: &mut Vec<Effect>) {
    let today = state.now.today;
    let View::Parcel(open) = &mut state.view else {
        return;
    };
    let (item, field) = open.form.focus;
    let Some(editor) = &mut open.form.editor else {
        let now = match open.entered().value_of(item, field) {
            Some(Value::Choice(code)) => Some(*code),
            _ => None,
        };
        if let Typing::Key(input) = typing
            && let Some(entry) = casework::choice_by_key(field, now, input)
        {
            choose(state, entry, effects);
        }
        return;
    };
    let (changed, dropped) = typing.put_into(editor);
    if changed {
        open.form.touch(&open.record);
        let Some(editor) = &open.form.editor else {
            return;
        };
        let fault = typed::read(field, &editor.text(), today).err();
        state.note = fault
            .filter(|fault| !fault.is_incomplete())
            .map(|fault| Note::Unreadable(field, fault));
    }
    super::tell_cut(state, dropped);
}

/// Puts a choice into the field the caret is in, saves it and moves on.
pub(super) fn choose(state: &mut State, entry: Entry, effects: &mut Vec<Effect>) {
    let View::Parcel(open) = &state.view else {
        return;
    };
    let cell = open.form.focus;
    let is_emptied = entry == Entry::Unknown;
    save(state, cell, entry, effects);
    if !is_emptied {
        step(state, |form| form.neighbour(1));
    }
}

fn save(
    state: &mut State,
    (item, field): form::Cell,
    entry: Entry,
    effects: &mut Vec<Effect>,
) -> bool {
    let View::Parcel(open) = &state.view else {
        return false;
    };
    let now = open.entered().fact_of(item, field).map(|fact| &fact.entry);
    if now == Some(&entry) || (now.is_none() && entry == Entry::Unknown) {
        return false;
    }
    let mut edits = vec![FieldEdit {
        item,
        field,
        entry: entry.clone(),
        ground: Ground::Inspected,
    }];
    if let (Field::Waybill, Entry::Known(Value::Text(waybill))) = (field, &entry)
        && let Some(courier) = Courier::guess(waybill)
        && open.entered().fact(Field::Courier).is_none()
    {
        edits.push(FieldEdit {
            item: ItemId::SELF,
            field: Field::Courier,
            entry: Entry::Known(Value::Text(courier.code().to_string())),
            ground: Ground::Inspected,
        });
    }
    unsaved::enter(state, edits, effects);
    if let (Field::GoodsSerial, Entry::Known(Value::Serial(serial))) = (field, &entry) {
        effects.push(Effect::Match(item, serial.as_str().to_string()));
    }
    true
}

/// Plans what is meant with the open parcel and saves it, or tells why not.
fn mean(
    state: &mut State,
    intent: impl FnOnce(EntityId) -> Intent,
    after: After,
    effects: &mut Vec<Effect>,
) {
    let View::Parcel(open) = &state.view else {
        return;
    };
    let parcel = open.record.id();
    match plan(state, intent(parcel)) {
        Ok(proposal) => commit(state, proposal, after, effects),
        Err(refusal) => state.note = Some(Note::Refused(refusal)),
    }
}

/// Leaves the field the caret is in: what was typed is saved, or looked up where it is the number of
/// a case. Answers whether something is being saved now.
pub(super) fn leave(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let View::Parcel(open) = &mut state.view else {
        return false;
    };
    let Some(text) = open.form.typed() else {
        return false;
    };
    let cell = open.form.focus;
    if cell.1 == Field::GoodsSerial && CaseNumber::parse(&text).is_some() {
        let record = open.entered().clone();
        open.form.start_editing(&record);
        effects.push(Effect::Match(cell.0, text));
        return false;
    }
    let read = typed::read(cell.1, &text, state.now.today);
    if let Err(fault) = &read {
        state.note = Some(Note::Unreadable(cell.1, *fault));
    }
    let entry = read.unwrap_or(Entry::Unreadable(text));
    if save(state, cell, entry, effects) {
        return true;
    }
    if let View::Parcel(open) = &mut state.view {
        let record = open.entered().clone();
        open.form.start_editing(&record);
    }
    false
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
    if command == Command::Clear {
        clear(state, effects);
        return;
    }
    let note = state.note.clone();
    if leave(state, effects) && !super::stays_in_form(command) {
        // Whoever is to be asked is asked before going on.
        if !unsaved::is_asked(state) {
            then(state, Event::Command(command));
        }
        return;
    }
    let told = state.note.clone().filter(|_| state.note != note);
    match command {
        Command::Next => step(state, |form| form.neighbour(1)),
        Command::Accept => accept(state),
        Command::Previous => step(state, |form| form.neighbour(-1)),
        Command::Up => step(state, |form| form.vertical_neighbour(-1)),
        Command::Down => step(state, |form| form.vertical_neighbour(1)),
        Command::First | Command::PageUp => step(state, |form| form.vertical_neighbour(-100)),
        Command::Last | Command::PageDown => step(state, |form| form.vertical_neighbour(100)),
        Command::Options => options(state),
        Command::OptionAfter => rotate(state, 1, effects),
        Command::OptionBefore => rotate(state, -1, effects),
        Command::Back => board::go(state, effects),
        Command::SaveAgain => casework::save_again(state, effects),
        Command::TakeIn => take_in(state, effects),
        Command::RemoveLine => remove_line(state, effects),
        Command::NewCall => board::begin_call(state, Vec::new(), effects),
        Command::NewParcel => board::new_parcel(state, None, effects),
        _ => state.note = Some(Note::Unavailable("not-here")),
    }
    if state.note.is_none() {
        state.note = told;
    }
}

/// Enter behind the waybill moves to the goods, and in the goods to the next ones, so that a scanner
/// fills line after line.
fn accept(state: &mut State) {
    step(state, |form| match form.focus.1 {
        Field::Waybill => Some((form.new_item, Field::GoodsSerial)),
        Field::GoodsSerial => form.vertical_neighbour(1),
        _ => form.neighbour(1),
    });
}

fn clear(state: &mut State, effects: &mut Vec<Effect>) {
    let View::Parcel(open) = &mut state.view else {
        return;
    };
    let (_, field) = open.form.focus;
    if open.form.editor.is_some() {
        let is_long = matches!(field.kind(), FieldKind::Text { long: true });
        open.form.editor = Some(Editor::new("", is_long));
        open.form.touch(&open.record);
    } else {
        choose(state, Entry::Unknown, effects);
    }
}

fn step(state: &mut State, to: impl FnOnce(&Form) -> Option<form::Cell>) {
    if let View::Parcel(open) = &mut state.view
        && let Some(cell) = to(&open.form)
    {
        let record = open.entered().clone();
        open.form.go_to(cell, &record);
    }
}

fn options(state: &mut State) {
    if let View::Parcel(open) = &state.view {
        let (item, field) = open.form.focus;
        if !field.options().is_empty() {
            state
                .overlays
                .push(Overlay::menu(Menu::Options(item, field)));
        }
    }
}

fn rotate(state: &mut State, by: isize, effects: &mut Vec<Effect>) {
    let View::Parcel(open) = &state.view else {
        return;
    };
    let cell = open.form.focus;
    let now = match open.entered().value_of(cell.0, cell.1) {
        Some(Value::Choice(code)) => Some(*code),
        _ => None,
    };
    if let Some(code) = casework::option_beside(cell.1, now, by) {
        save(state, cell, Entry::Known(Value::Choice(code)), effects);
    }
}

fn remove_line(state: &mut State, effects: &mut Vec<Effect>) {
    let View::Parcel(open) = &state.view else {
        return;
    };
    let (item, _) = open.form.focus;
    let edits: Vec<FieldEdit> = open
        .entered()
        .facts()
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

fn take_in(state: &mut State, effects: &mut Vec<Effect>) {
    let intent = |parcel| Intent::Receive { parcel };
    mean(state, intent, After::TakenIn, effects);
}
