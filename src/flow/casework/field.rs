//! Inside a field: typing, choosing, and leaving it, which saves it.

use crate::desk::change::Ground;
use crate::desk::field::{Field, FieldKind};
use crate::desk::id::ItemId;
use crate::desk::scan::Courier;
use crate::desk::value::{Entry, Value};
use crate::flow::command::Command;
use crate::flow::editor::Editor;
use crate::flow::event::Effect;
use crate::flow::form::{self};
use crate::flow::note::Note;
use crate::flow::state::{CaseScreen, Menu, OpenCase, Overlay, State, View};
use crate::flow::{Typing, typed};
use crate::work::action::{self, FieldEdit, Refusal};

use super::*;

pub(in crate::flow) fn typing(state: &mut State, typing: &Typing, effects: &mut Vec<Effect>) {
    let today = state.now.today;
    if let Some(refusal) = not_editable(state) {
        state.note = Some(Note::Refused(refusal));
        return;
    }
    let View::Case(open) = &mut state.view else {
        return;
    };
    if open.checks_cursor.is_some() || open.form.rows.is_empty() {
        return;
    }
    let (_, field) = open.form.focus;
    let Some(editor) = &mut open.form.editor else {
        if let Typing::Key(input) = typing
            && let Some(choice) = choice_by_key(field, open.entered().record.choice(field), input)
        {
            choose(state, choice, effects);
        }
        return;
    };
    let (changed, dropped) = typing.put_into(editor);
    if changed {
        open.form.touch(&open.case.record);
        let Some(editor) = &open.form.editor else {
            return;
        };
        let fault = typed::read(field, &editor.text(), today).err();
        state.note = fault
            .filter(|fault| !fault.is_incomplete())
            .map(|fault| Note::Unreadable(field, fault));
        open.refresh();
    }
    crate::flow::tell_cut(state, dropped);
}

/// Why nothing may be typed here.
pub(super) fn not_editable(state: &State) -> Option<Refusal> {
    let View::Case(open) = &state.view else {
        return None;
    };
    if open.form.rows.is_empty() {
        return None;
    }
    if !crate::work::role::may(state.staff.role, action::ActionKind::Edit) {
        return Some(Refusal::Role(state.staff.role));
    }
    let is_late_news = open.form.focus.1 == Field::DeliveredOn;
    let is_closed = open.case.record.choice(Field::Closed).is_some();
    (is_closed && !is_late_news).then_some(Refusal::Closed)
}

/// What a key asks for in a choice: a digit, yes or no, a first letter, or emptying it.
pub(in crate::flow) fn choice_by_key(
    field: Field,
    now: Option<&'static str>,
    input: &tui_textarea::Input,
) -> Option<Entry> {
    use tui_textarea::Key;
    let options = field.options();
    match input.key {
        Key::Backspace | Key::Delete => Some(Entry::Unknown),
        Key::Char(_) if input.ctrl || input.alt => None,
        Key::Char(character) => {
            let folded = crate::desk::fold::fold_trim(&character.to_string());
            let by_position = typed::by_digit(options, &folded);
            let by_word = match crate::desk::yesno::parse(&folded) {
                Some(yes) if options == ["yes", "no"] => options.get(usize::from(!yes)),
                _ => None,
            };
            let fitting: Vec<&'static str> = options
                .iter()
                .copied()
                .filter(|option| !folded.is_empty() && option.starts_with(&folded.to_lowercase()))
                .collect();
            let after_now = fitting
                .iter()
                .position(|option| Some(*option) == now)
                .map_or(0, |position| position + 1);
            let by_letter = fitting.get(after_now).or(fitting.first()).copied();
            by_position
                .or(by_word)
                .copied()
                .or(by_letter)
                .map(|code| Entry::Known(Value::Choice(code)))
        }
        _ => None,
    }
}

/// Puts a choice into the field the caret is in, saves it and moves on.
pub(in crate::flow) fn choose(state: &mut State, entry: Entry, effects: &mut Vec<Effect>) {
    let View::Case(open) = &state.view else {
        return;
    };
    let cell = open.form.focus;
    let is_emptied = entry == Entry::Unknown;
    save(state, cell, entry, effects);
    if !is_emptied {
        step_to_neighbour(state, 1);
    }
}

/// Saves an entry of a cell, where something may be entered; answers whether there was something to
/// save.
pub(super) fn save(
    state: &mut State,
    cell: form::Cell,
    entry: Entry,
    effects: &mut Vec<Effect>,
) -> bool {
    if let Some(refusal) = not_editable(state) {
        state.note = Some(Note::Refused(refusal));
        return false;
    }
    enter(state, cell, entry, effects)
}

/// Enters what a cell is to hold. Where that may not be saved any more, since somebody closed the case
/// while it was typed, it is kept and told like everything that could not be saved.
fn enter(
    state: &mut State,
    (item, field): form::Cell,
    entry: Entry,
    effects: &mut Vec<Effect>,
) -> bool {
    let View::Case(open) = &state.view else {
        return false;
    };
    let record = &open.entered().record;
    let ground = form::usual_ground(open.screen, field);
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
    edits.extend(following_edits(state, open, item, field, &entry));
    let lookups = lookups(open, field, &entry);
    unsaved::enter(state, edits, effects);
    effects.extend(lookups);
    true
}

/// What is filled together with a field, where the talk leaves no doubt.
pub(super) fn following_edits(
    state: &State,
    open: &OpenCase,
    item: ItemId,
    field: Field,
    entry: &Entry,
) -> Vec<FieldEdit> {
    let record = &open.entered().record;
    let mut edits = Vec::new();
    if item == open.form.new_item
        && let Some((kind, entry)) = form::first_of_line(field)
    {
        edits.push(FieldEdit {
            item,
            field: kind,
            entry,
            ground: Ground::Desk,
        });
    }
    let desk = |field, value| FieldEdit::of_self(field, Entry::Known(value), Ground::Desk);
    match (field, entry) {
        // A return chosen on the telephone is asked for now (`REQ-EVENT`).
        (Field::Service, Entry::Known(Value::Choice("return" | "return_else_repair")))
            if open.screen == CaseScreen::Intake && record.fact(Field::RequestDate).is_none() =>
        {
            edits.push(desk(Field::RequestDate, Value::Date(state.now.today)));
        }
        (Field::WaybillBack, Entry::Known(Value::Text(waybill)))
            if record.fact(Field::CourierBack).is_none() =>
        {
            if let Some(courier) = Courier::guess(waybill) {
                edits.push(desk(
                    Field::CourierBack,
                    Value::Text(courier.code().to_string()),
                ));
            }
        }
        _ => {}
    }
    edits
}

/// What is looked up after a field is saved.
pub(in crate::flow) fn lookups(open: &OpenCase, field: Field, entry: &Entry) -> Vec<Effect> {
    let id = open.case.record.id();
    match (field, entry) {
        (Field::Phone, Entry::Known(Value::Phone(phone))) => {
            vec![Effect::SameCaller(id, phone.digits().to_string())]
        }
        (Field::SerialNumber, Entry::Known(Value::Serial(serial))) => {
            vec![Effect::SameSerial(id, serial.as_str().to_string())]
        }
        (Field::WaybillBack, Entry::Known(Value::Text(waybill))) => {
            vec![Effect::FindOutgoingBox(waybill.clone())]
        }
        _ => Vec::new(),
    }
}

/// Leaves the field the caret is in: what was typed is saved. Answers whether something is being
/// saved now, so that what was asked for has to wait.
pub(in crate::flow) fn leave(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let View::Case(open) = &mut state.view else {
        return false;
    };
    let Some(text) = open.form.typed() else {
        return false;
    };
    let cell = open.form.focus;
    let read = typed::read(cell.1, &text, state.now.today);
    if let Err(fault) = &read {
        state.note = Some(Note::Unreadable(cell.1, *fault));
    }
    let entry = read.unwrap_or(Entry::Unreadable(text));
    if enter(state, cell, entry, effects) {
        return true;
    }
    // The same as before: nothing to save, the field shows its value again.
    if let View::Case(open) = &mut state.view {
        let record = open.entered().record.clone();
        open.form.start_editing(&record);
        open.refresh();
    }
    false
}

/// What a command does inside a field, without leaving it.
pub(super) fn inside_field(state: &mut State, command: Command) -> bool {
    // What cannot be typed here cannot be emptied either.
    if matches!(command, Command::BreakLine | Command::Clear)
        && let Some(refusal) = not_editable(state)
    {
        state.note = Some(Note::Refused(refusal));
        return true;
    }
    let View::Case(open) = &mut state.view else {
        return false;
    };
    let (_, field) = open.form.focus;
    match command {
        Command::BreakLine => {
            let may = open.form.editor.as_mut().is_some_and(Editor::break_line);
            if may {
                open.form.touch(&open.case.record);
                open.refresh();
            }
            true
        }
        Command::Clear if open.form.editor.is_some() => {
            open.form.editor = Some(Editor::new(
                "",
                matches!(field.kind(), FieldKind::Text { long: true }),
            ));
            open.form.touch(&open.case.record);
            open.refresh();
            true
        }
        // In a text of several lines the arrows move inside it first.
        Command::Up | Command::Down => {
            let Some(editor) = open.form.editor.as_mut().filter(|editor| editor.is_long()) else {
                return false;
            };
            let before = editor.caret();
            let key = if command == Command::Up {
                tui_textarea::Key::Up
            } else {
                tui_textarea::Key::Down
            };
            editor.input(tui_textarea::Input {
                key,
                ..tui_textarea::Input::default()
            });
            editor.caret() != before
        }
        _ => false,
    }
}

pub(super) fn rotate(state: &mut State, by: isize, effects: &mut Vec<Effect>) {
    let Some(open) = state.case() else {
        return;
    };
    let cell = open.form.focus;
    let now = match open.entered().record.value_of(cell.0, cell.1) {
        Some(Value::Choice(code)) => Some(*code),
        _ => None,
    };
    if let Some(code) = option_beside(cell.1, now, by) {
        save(state, cell, Entry::Known(Value::Choice(code)), effects);
    }
}

/// The option after (or before) the one that holds now, going round.
pub(in crate::flow) fn option_beside(
    field: Field,
    now: Option<&'static str>,
    by: isize,
) -> Option<&'static str> {
    let options = field.options();
    let last = options.len().checked_sub(1)?;
    let here = now.and_then(|code| options.iter().position(|option| *option == code));
    let there = match here {
        None if by > 0 => 0,
        None => last,
        Some(position) if by > 0 => (position + 1) % options.len(),
        Some(position) => position.checked_sub(1).unwrap_or(last),
    };
    options.get(there).copied()
}

pub(super) fn options(state: &mut State) {
    let Some(open) = state.case() else {
        return;
    };
    let (item, field) = open.form.focus;
    if field.options().is_empty() || open.form.rows.is_empty() {
        return;
    }
    state
        .overlays
        .push(Overlay::menu(Menu::Options(item, field)));
}

/// The ground of the field the caret is in goes round.
pub(super) fn ground(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(open) = state.case() else {
        return;
    };
    let (item, field) = open.form.focus;
    if open.form.rows.is_empty() {
        state.note = Some(Note::Unavailable("not-here"));
        return;
    }
    let Some(fact) = open.entered().record.fact_of(item, field) else {
        state.note = Some(Note::Unavailable("field-empty"));
        return;
    };
    let edit = FieldEdit {
        item,
        field,
        entry: fact.entry.clone(),
        ground: fact.ground.next(),
    };
    unsaved::enter(state, vec![edit], effects);
}

pub(super) fn remove_line(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(open) = state.case() else {
        return;
    };
    let (item, _) = open.form.focus;
    let edits: Vec<FieldEdit> = crate::desk::quote::LINE_FIELDS
        .into_iter()
        .filter(|field| open.entered().record.fact_of(item, *field).is_some())
        .map(|field| FieldEdit {
            item,
            field,
            entry: Entry::Unknown,
            ground: Ground::Desk,
        })
        .collect();
    if item == ItemId::SELF || edits.is_empty() {
        state.note = Some(Note::Unavailable("no-line"));
        return;
    }
    unsaved::enter(state, edits, effects);
}
