//! A field with options: one is chosen by a key, by going round, or from a list.

use crate::desk::field::Field;
use crate::desk::fold::fold_trim;
use crate::desk::record::Record;
use crate::desk::value::{Entry, Value};
use crate::desk::yesno;
use crate::flow::event::Effect;
use crate::flow::form::{Cell, Form};
use crate::flow::note::Note;
use crate::flow::state::{Menu, Overlay, State};
use crate::flow::typed;

/// Puts a choice into the field the caret is in, saves it and moves on.
pub(in crate::flow) fn choose(state: &mut State, entry: Entry, effects: &mut Vec<Effect>) {
    let Some(cell) = state.form().and_then(Form::cell) else {
        state.note = Some(Note::Unavailable("not-here"));
        return;
    };
    let is_emptied = entry == Entry::Unknown;
    super::save(state, cell, entry, effects);
    if !is_emptied {
        super::step(state, |form| form.neighbour(1));
    }
}

/// The option of a cell that holds now.
pub(super) fn chosen(record: &Record, (item, field): Cell) -> Option<&'static str> {
    match record.value_of(item, field) {
        Some(Value::Choice(code)) => Some(code),
        _ => None,
    }
}

/// What a key asks for in a choice: a digit, yes or no, a first letter, or emptying it.
pub(super) fn by_key(
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
            let folded = fold_trim(&character.to_string());
            let by_position = typed::by_digit(options, &folded);
            let by_word = match yesno::parse(&folded) {
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

/// The option after (or before) the one that holds now is chosen, going round.
pub(super) fn rotate(state: &mut State, by: isize, effects: &mut Vec<Effect>) {
    let Some((form, record)) = state.form().zip(state.view.entered()) else {
        return;
    };
    let cell = form.focus;
    if let Some(code) = option_beside(cell.1, chosen(record, cell), by) {
        super::save(state, cell, Entry::Known(Value::Choice(code)), effects);
    }
}

fn option_beside(field: Field, now: Option<&'static str>, by: isize) -> Option<&'static str> {
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

/// The options of the field the caret is in, as a list.
pub(super) fn options(state: &mut State) {
    let Some((item, field)) = state.form().and_then(Form::cell) else {
        return;
    };
    if !field.options().is_empty() {
        let menu = Menu::Options(item, field);
        state.overlays.push(Overlay::menu(menu));
    }
}
