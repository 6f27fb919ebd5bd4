//! Typed and pasted into the real state machine: still there, made visible, the same after it was
//! saved and opened again.

use super::clean::{TEXTS, harm, long};
use crate::memory::Desk;
use aftercare::desk::field::Field;
use aftercare::flow::command::Command;
use aftercare::flow::editor::{Editor, LINE_LIMIT, LONG_LIMIT};
use aftercare::flow::event::Event;
use aftercare::ui::text::visible;
use tui_textarea::{Input, Key};

/// What of a text is meant to be seen, however it is drawn.
fn letters(text: &str) -> String {
    let is_seen = |c: &char| c.is_alphanumeric() && harm(c.encode_utf8(&mut [0; 4])).is_none();
    text.chars().filter(is_seen).collect()
}

/// Whether all of it is there, in its order.
fn holds(text: &str, wanted: &str) -> bool {
    let mut rest = text.chars();
    wanted.chars().all(|c| rest.any(|other| other == c))
}

#[test]
fn whatever_is_pasted_is_still_there_and_is_saved_as_it_stands() {
    for (name, text) in TEXTS {
        for field in [Field::Caller, Field::Fault] {
            let mut desk = Desk::new("2026-11-22");
            desk.command(Command::NewCall)
                .fill(Field::Phone, "13800000000");
            while desk.focus() != Some(field) {
                desk.command(Command::Next);
            }
            desk.event(Event::Paste(format!("<{text}>")));
            let typed = desk.state.form().unwrap().typed().unwrap();
            assert!(
                holds(&letters(&visible(&typed)), &letters(text)),
                "{name}: {typed:?}"
            );
            assert!(
                typed.starts_with('<') && typed.ends_with('>'),
                "{name}: {typed:?}"
            );
            assert!(
                !typed.contains(|c: char| c.is_control() && c != '\n'),
                "{name}: {typed:?}"
            );
            let marks = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
            assert!(
                marks(&typed) >= marks(text),
                "{name}: something is left out of {typed:?}"
            );
            desk.command(Command::Next);
            let saved = desk.only_case().text(field).map(str::to_string);
            assert_eq!(saved.as_deref(), Some(typed.trim()), "{name}");
            // Opened again, it is edited as the same.
            let again = Editor::new(&typed, field == Field::Fault);
            assert_eq!(again.text(), typed, "{name}");
        }
    }
}

#[test]
fn whatever_is_typed_key_by_key_is_what_is_pasted_at_once() {
    for (name, text) in TEXTS {
        for is_long in [false, true] {
            let plain: String = text
                .chars()
                .filter(|c| !matches!(c, '\r' | '\n' | '\t'))
                .collect();
            let mut typed = Editor::new("", is_long);
            for c in plain.chars() {
                typed.input(Input {
                    key: Key::Char(c),
                    ..Input::default()
                });
            }
            let mut pasted = Editor::new("", is_long);
            pasted.paste(&plain);
            assert_eq!(typed.text(), pasted.text(), "{name}");
        }
    }
}

#[test]
fn a_megabyte_that_is_pasted_is_cut_where_the_field_ends_and_counted() {
    for (name, text) in long() {
        for (is_long, limit) in [(false, LINE_LIMIT), (true, LONG_LIMIT)] {
            let mut editor = Editor::new("", is_long);
            let pasted = editor.paste(&text);
            assert_eq!(pasted.kept, editor.text().chars().count(), "{name}");
            assert!(pasted.kept <= limit, "{name}");
            assert!(
                pasted.kept + pasted.dropped >= text.chars().filter(|c| *c != '\r').count(),
                "{name}"
            );
        }
    }
}
