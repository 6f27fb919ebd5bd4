//! Inside a form, of a case or of a parcel: typing, moving, and leaving a field, which saves it.

mod choosing;
mod entering;

pub(super) use choosing::choose;
pub(super) use entering::{looked_up, save};

use choosing::{by_key, chosen, options, rotate};
use entering::{enter, not_editable, remove_line};

use crate::desk::field::Field;
use crate::desk::scan::ShortNumber;
use crate::desk::value::Entry;

use super::command::Command;
use super::editor::Editor;
use super::event::{Effect, Event};
use super::form::{Cell, Form};
use super::note::Note;
use super::state::State;
use super::{Typing, board, stays_in_form, tell_cut, then, typed, unsaved};

pub(super) fn typing(state: &mut State, typing: &Typing, effects: &mut Vec<Effect>) {
    let today = state.now.today;
    if let Some(refusal) = not_editable(state) {
        state.note = Some(Note::Refused(refusal));
        return;
    }
    let is_in_checks = state.case().is_some_and(|it| it.checks_cursor.is_some());
    let Some(it) = state.view.filling().filter(|_| !is_in_checks) else {
        return;
    };
    let Some(cell) = it.form.cell() else {
        return;
    };
    let Some(editor) = &mut it.form.editor else {
        match typing {
            Typing::Paste(_) => state.note = Some(Note::NoPaste(cell.1)),
            Typing::Key(input) => {
                if let Some(choice) = by_key(cell.1, chosen(it.entered, cell), input) {
                    choose(state, choice, effects);
                }
            }
        }
        return;
    };
    let (changed, dropped) = typing.put_into(editor);
    if changed {
        let fault = typed::read(cell.1, &editor.text(), today).err();
        it.touch();
        state.note = fault
            .filter(|fault| !fault.is_incomplete())
            .map(|fault| Note::Unreadable(cell.1, fault));
        state.view.refresh();
    }
    tell_cut(state, dropped);
}

/// Leaves the field the caret is in: what was typed is saved, or looked up where it is the number of
/// a case the goods may belong to. Answers whether something is being saved now, so that what was asked
/// for has to wait.
pub(super) fn leave(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let Some((cell, text)) = state.form().and_then(|it| Some((it.focus, it.typed()?))) else {
        return false;
    };
    if cell.1 == Field::GoodsSerial && ShortNumber::parse(&text).is_some() {
        effects.push(Effect::Match(cell.0, text));
    } else {
        let read = typed::read(cell.1, &text, state.now.today);
        if let Err(fault) = &read {
            state.note = Some(Note::Unreadable(cell.1, *fault));
        }
        if enter(
            state,
            cell,
            read.unwrap_or(Entry::Unreadable(text)),
            effects,
        ) {
            return true;
        }
    }
    // Nothing to save: the field shows its value again.
    if let Some(it) = state.view.filling() {
        it.form.start_editing(it.entered);
    }
    state.view.refresh();
    false
}

/// A command where a form is filled; what no form has is `other`.
pub(super) fn command(
    state: &mut State,
    command: Command,
    effects: &mut Vec<Effect>,
    other: impl FnOnce(&mut State, Command, &mut Vec<Effect>),
) {
    if inside_field(state, command) {
        return;
    }
    let note = state.note.clone();
    if leave(state, effects) && !stays_in_form(command) {
        // Whoever is to be asked is asked before going on.
        if !unsaved::is_asked(state) {
            then(state, Event::Command(command));
        }
        return;
    }
    let told = state.note.clone().filter(|_| state.note != note);
    match command {
        Command::Next => step(state, |form| form.neighbour(1)),
        Command::Previous => step(state, |form| form.neighbour(-1)),
        Command::Up => step(state, |form| form.vertical_neighbour(-1)),
        Command::Down => step(state, |form| form.vertical_neighbour(1)),
        Command::First | Command::PageUp => step(state, |form| form.vertical_neighbour(-100)),
        Command::Last | Command::PageDown => step(state, |form| form.vertical_neighbour(100)),
        Command::Options => options(state),
        Command::OptionBefore => rotate(state, -1, effects),
        Command::OptionAfter => rotate(state, 1, effects),
        Command::Clear => choose(state, Entry::Unknown, effects),
        Command::RemoveLine => remove_line(state, effects),
        Command::SaveAgain => save_again(state, effects),
        Command::Back => board::go(state, effects),
        Command::NewCall => board::begin_call(state, Vec::new(), effects),
        Command::NewParcel => board::new_parcel(state, None, effects),
        _ => other(state, command, effects),
    }
    if state.note.is_none() {
        state.note = told;
    }
}

/// What a command does inside a field, without leaving it; answers whether it did.
fn inside_field(state: &mut State, command: Command) -> bool {
    // What cannot be typed here cannot be emptied either.
    if matches!(command, Command::BreakLine | Command::Clear)
        && let Some(refusal) = not_editable(state)
    {
        state.note = Some(Note::Refused(refusal));
        return true;
    }
    let Some(it) = state.view.filling() else {
        return false;
    };
    let Some(editor) = &mut it.form.editor else {
        return command == Command::BreakLine;
    };
    let is_changed = match command {
        Command::BreakLine => editor.break_line(),
        Command::Clear => {
            *editor = Editor::new("", editor.is_long());
            true
        }
        // In a text of several lines the arrows move inside it first.
        Command::Up => return moves_inside(editor, tui_textarea::Key::Up),
        Command::Down => return moves_inside(editor, tui_textarea::Key::Down),
        _ => return false,
    };
    if is_changed {
        it.touch();
        state.view.refresh();
    }
    true
}

fn moves_inside(editor: &mut Editor, key: tui_textarea::Key) -> bool {
    let before = editor.caret();
    if editor.is_long() {
        editor.input(tui_textarea::Input {
            key,
            ..tui_textarea::Input::default()
        });
    }
    editor.caret() != before
}

/// Moves the caret to another cell, where there is one.
pub(super) fn step(state: &mut State, to: impl FnOnce(&Form) -> Option<Cell>) {
    if let Some(it) = state.view.filling()
        && let Some(cell) = to(it.form)
    {
        it.go_to(cell);
    }
}

/// What could not be saved is tried again.
fn save_again(state: &mut State, effects: &mut Vec<Effect>) {
    if unsaved::try_again(state, |_| true) {
        unsaved::send(state, effects);
    } else {
        state.note = Some(Note::Unavailable("all-saved"));
    }
}
