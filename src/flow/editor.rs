//! One text being edited: `tui_textarea` with the desk's rules for one-line fields, pastes and
//! lengths. The caret is counted in characters, drawn by columns.

use crate::desk::unseen;
use tui_textarea::{CursorMove, Input, Key, TextArea, WrapMode};

/// The most characters a one-line field holds.
pub const LINE_LIMIT: usize = 400;
/// The most characters a field of several lines holds.
pub const LONG_LIMIT: usize = 8_000;

/// A text being edited.
#[derive(Debug, Clone)]
pub struct Editor {
    area: TextArea<'static>,
    is_long: bool,
    length: usize,
    /// Whether the text was put there by the program and nobody has moved into it: what is typed then
    /// takes its place, as in a spreadsheet.
    is_suggested: bool,
}

/// What a paste did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pasted {
    /// Characters taken in.
    pub kept: usize,
    /// Characters left out because the field is full.
    pub dropped: usize,
}

impl Editor {
    /// An editor holding `text`, the caret at its end.
    pub fn new(text: &str, is_long: bool) -> Editor {
        let mut editor = Editor {
            area: TextArea::default(),
            is_long,
            length: 0,
            is_suggested: false,
        };
        editor.area.set_max_histories(50);
        // The terminal's own cursor marks the caret; a long text wraps where the screen ends.
        editor.area.set_cursor_style(Default::default());
        editor.area.set_cursor_line_style(Default::default());
        if is_long {
            editor.area.set_wrap_mode(WrapMode::WordOrGlyph);
        }
        editor.insert(text);
        editor
    }

    /// An editor holding a text that the program put there: what is typed or pasted first takes its
    /// place; a key that moves into it or deletes in it edits it.
    pub fn suggesting(text: &str, is_long: bool) -> Editor {
        let mut editor = Editor::new(text, is_long);
        editor.is_suggested = !text.is_empty();
        editor
    }

    /// Makes room for a text that takes the place of a suggested one.
    fn make_room(&mut self) {
        if std::mem::take(&mut self.is_suggested) {
            *self = Editor::new("", self.is_long);
        }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Whether it goes over several lines.
    pub fn is_long(&self) -> bool {
        self.is_long
    }

    /// The caret: line and character, from 0.
    pub fn caret(&self) -> (usize, usize) {
        let cursor = self.area.cursor();
        (cursor.0, cursor.1)
    }

    /// Whether the caret stands behind the last character.
    pub fn is_at_end(&self) -> bool {
        let lines = self.area.lines();
        let last = lines.last().map_or(0, |line| line.chars().count());
        self.caret() == (lines.len().saturating_sub(1), last)
    }

    /// The text area, for drawing.
    pub fn area(&self) -> &TextArea<'static> {
        &self.area
    }

    /// Puts the caret where it was, as far as the text reaches.
    pub fn place_caret(&mut self, (row, column): (usize, usize)) {
        let clamp = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        self.area
            .move_cursor(CursorMove::Jump(clamp(row), clamp(column)));
    }

    /// Takes a key; answers whether the text changed.
    pub fn input(&mut self, input: Input) -> bool {
        let is_new_text = matches!(input.key, Key::Char(_)) && !input.ctrl && !input.alt;
        if is_new_text {
            self.make_room();
        }
        if is_new_text && self.length >= self.limit() {
            return false;
        }
        let breaks_line = match input.key {
            Key::Enter | Key::Char('\n' | '\r') => true,
            Key::Char('m') => input.ctrl,
            _ => false,
        };
        if breaks_line && !self.is_long {
            return false;
        }
        // A tab character has no place in a field; Tab moves on.
        if matches!(input.key, Key::Tab | Key::Char('\t')) {
            return false;
        }
        if let Key::Char(character) = input.key
            && is_new_text
            && self.is_shown(character)
        {
            return self.paste(&character.to_string()).kept > 0;
        }
        self.is_suggested = false;
        let changed = self.area.input(input);
        if changed {
            self.measure();
        }
        changed
    }

    /// Whether a character is taken in as what stands for it. On one line the rest is shown when it is
    /// drawn: telephone numbers come with marks around them that are meant to be left out when they
    /// are read. Joiners and selectors belong to emoji.
    fn is_shown(&self, character: char) -> bool {
        match character {
            '\r' | '\n' | '\t' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' => false,
            character if self.is_long => unseen::is_unseen(character),
            character => character.is_control(),
        }
    }

    /// Breaks the line, in a text of several lines.
    pub fn break_line(&mut self) -> bool {
        self.is_suggested = false;
        let may = self.is_long && self.length < self.limit();
        if may {
            self.area.insert_newline();
            self.measure();
        }
        may
    }

    /// Takes in pasted text: other line ends become line feeds, a one-line field gets spaces for
    /// them; control characters, and in a long text whatever else is not seen, become what stands for
    /// them; what does not fit is left out and counted.
    pub fn paste(&mut self, text: &str) -> Pasted {
        if !text.is_empty() {
            self.make_room();
        }
        self.insert(text)
    }

    fn insert(&mut self, text: &str) -> Pasted {
        let room = self.limit().saturating_sub(self.length);
        let mut kept = String::new();
        let mut count = 0;
        let mut dropped = 0;
        let mut previous_was_return = false;
        let shown = unseen::shown(text, |c| self.is_shown(c));
        for character in shown.chars() {
            let cleaned = match character {
                '\n' if previous_was_return => None,
                '\r' | '\n' if self.is_long => Some('\n'),
                '\r' | '\n' | '\t' => Some(' '),
                _ => Some(character),
            };
            previous_was_return = character == '\r';
            match cleaned {
                Some(character) if count < room => {
                    kept.push(character);
                    count += 1;
                }
                Some(_) => dropped += 1,
                None => {}
            }
        }
        if !kept.is_empty() {
            self.area.insert_str(&kept);
            self.measure();
        }
        Pasted {
            kept: count,
            dropped,
        }
    }

    fn limit(&self) -> usize {
        if self.is_long { LONG_LIMIT } else { LINE_LIMIT }
    }

    fn measure(&mut self) {
        let lines = self.area.lines();
        let characters: usize = lines.iter().map(|line| line.chars().count()).sum();
        self.length = characters + lines.len().saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_into_a_one_line_field_stays_on_one_line() {
        let mut editor = Editor::new("", false);
        editor.paste("a\r\nb\tc\u{1b}[31md");
        assert_eq!(editor.text(), "a b c␛[31md");
    }

    #[test]
    fn what_the_program_suggested_gives_way_to_what_is_typed_unless_the_caret_was_moved_into_it() {
        let key = |key| Input {
            key,
            ..Input::default()
        };
        let table: [(&[Key], &str); 8] = [
            (&[Key::Char('3')], "3"),
            (&[Key::Char('3'), Key::Char('0')], "30"),
            (&[Key::Backspace, Key::Char('9')], "2026-11-29"),
            (&[Key::End, Key::Char('3')], "2026-11-283"),
            (&[Key::Home, Key::Char('1')], "12026-11-28"),
            (&[Key::Left, Key::Char('1')], "2026-11-218"),
            (&[Key::Char('3'), Key::Backspace], ""),
            (&[], "2026-11-28"),
        ];
        for (keys, expected) in table {
            let mut editor = Editor::suggesting("2026-11-28", false);
            for it in keys {
                editor.input(key(*it));
            }
            assert_eq!(editor.text(), expected, "{keys:?}");
        }
        let mut pasted = Editor::suggesting("2026-11-28", false);
        pasted.paste("2026-12-01");
        assert_eq!(pasted.text(), "2026-12-01");
        let mut typed = Editor::new("2026-11-28", false);
        typed.input(key(Key::Char('3')));
        assert_eq!(typed.text(), "2026-11-283");
    }

    #[test]
    fn what_is_not_seen_is_taken_in_as_what_stands_for_it() {
        let mut long = Editor::new("", true);
        long.paste("a\u{202e}b\u{200b}\u{9b}👨\u{200d}👩");
        assert_eq!(long.text(), "a‹U+202E›b‹U+200B›‹U+009B›👨\u{200d}👩");
        // A telephone number as address books hand it over.
        let mut line = Editor::new("", false);
        line.paste("\u{202d}138 0000 0000\u{202c}\0");
        assert_eq!(line.text(), "\u{202d}138 0000 0000\u{202c}␀");
        let typed = Input {
            key: Key::Char('\u{9b}'),
            ..Input::default()
        };
        assert!(line.input(typed));
        assert!(line.text().ends_with("␀‹U+009B›"));
    }

    #[test]
    fn no_key_breaks_the_line_of_a_one_line_field() {
        let mut editor = Editor::new("a", false);
        for (key, ctrl) in [
            (Key::Enter, false),
            (Key::Char('m'), true),
            (Key::Char('\n'), false),
        ] {
            editor.input(Input {
                key,
                ctrl,
                ..Input::default()
            });
            assert_eq!(editor.text(), "a", "{key:?}");
        }
    }

    #[test]
    fn a_megabyte_is_cut_and_counted() {
        let mut editor = Editor::new("x", false);
        let pasted = editor.paste(&"漢".repeat(1_000_000));
        assert_eq!(pasted.kept, LINE_LIMIT - 1);
        assert_eq!(pasted.dropped, 1_000_000 - (LINE_LIMIT - 1));
        assert_eq!(editor.text().chars().count(), LINE_LIMIT);
    }

    #[test]
    fn a_lone_return_breaks_the_line_of_a_long_text() {
        let mut editor = Editor::new("", true);
        editor.paste("one\rtwo\r\nthree\nfour");
        assert_eq!(editor.text(), "one\ntwo\nthree\nfour");
        assert_eq!(editor.caret(), (3, 4));
    }
}
