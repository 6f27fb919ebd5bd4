//! A field on one line: label, value, and a note on its ground or on what is wrong with it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::{count, put};
use crate::ui::text::{cluster_width, visible, width};
use crate::ui::theme::{Role, Sign, Theme};
use unicode_segmentation::UnicodeSegmentation as _;

/// The fewest columns a value keeps before its note is shortened.
const LEAST_VALUE: u16 = 10;
/// Notes begin at steps of this many columns, so that typing does not push them along.
const NOTE_STEP: u16 = 8;

/// What is said behind a value: on what ground it is known, or what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note<'a> {
    /// How it is shown; the sign of the role goes in front.
    pub role: Role,
    /// The whole note.
    pub text: &'a str,
    /// What is left of it where there is no room, besides the sign; may be empty.
    pub short: &'a str,
}

/// One field of a form, on one line.
#[derive(Debug, Clone, Copy)]
pub struct FieldLine<'a> {
    /// The name of the field.
    pub label: &'a str,
    /// The columns the labels of the form take, without the pointer in front.
    pub label_columns: u16,
    /// The value as it stands or as it is being typed.
    pub value: &'a str,
    /// How the value is shown: plain, or as an error where it cannot be read.
    pub value_role: Role,
    /// What is shown, muted, where the value is empty.
    pub placeholder: &'a str,
    /// What is said behind the value.
    pub note: Option<Note<'a>>,
    /// Whether the keys go to this field.
    pub focused: bool,
    /// The characters before the caret, where the value is being edited.
    pub caret: Option<usize>,
    /// Colours and signs.
    pub theme: &'a Theme,
}

impl FieldLine<'_> {
    /// Draws the field on the first row of `area`; answers where the terminal's cursor belongs.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        let theme = self.theme;
        let label_role = if self.focused {
            Role::Focus
        } else {
            Role::Label
        };
        if self.focused {
            let pointer = theme.sign(Sign::Pointer);
            put(
                buffer,
                area,
                (0, 0),
                pointer,
                theme.style(Role::Focus),
                theme,
            );
        }
        // Below twice the label's room the value is what counts.
        let label_columns = self.label_columns.min(area.width / 2);
        let label_area = Rect {
            width: label_columns.saturating_add(1).min(area.width),
            ..area
        };
        put(
            buffer,
            label_area,
            (1, 0),
            self.label,
            theme.style(label_role),
            theme,
        );

        let start = label_columns.saturating_add(2).min(area.width);
        let room = area.width - start;
        let value = visible(self.value);
        // One column more while editing: the caret stands behind the last character.
        let wanted = count(width(&value)).saturating_add(u16::from(self.caret.is_some()));
        let note_room = self.draw_note(area, buffer, start, wanted);
        let value_area = Rect {
            x: area.x.saturating_add(start),
            width: room.saturating_sub(note_room),
            height: 1,
            ..area
        };
        if self.value.is_empty() && !self.placeholder.is_empty() {
            let style = theme.style(Role::Muted);
            put(buffer, value_area, (0, 0), self.placeholder, style, theme);
        }
        let before = self.caret.map(|caret| {
            let head: String = self.value.chars().take(caret).collect();
            width(&visible(&head))
        });
        let window = Window::around(&value, before, value_area.width);
        window.draw(value_area, buffer, self.value_role, theme);
        let at = before?;
        let column = count(at.saturating_sub(window.start)).min(value_area.width.saturating_sub(1));
        (value_area.width > 0).then_some(Position {
            x: value_area.x.saturating_add(column),
            y: area.y,
        })
    }

    /// Draws the note as long as the value leaves room; answers the columns taken from the value.
    fn draw_note(&self, area: Rect, buffer: &mut Buffer, start: u16, wanted: u16) -> u16 {
        let Some(note) = self.note else { return 0 };
        let room = area.width.saturating_sub(start);
        let sign = self.theme.role_sign(note.role).unwrap_or("");
        let join = |text: &str| match (sign, text) {
            ("", text) => text.to_string(),
            (sign, "") => sign.to_string(),
            (sign, text) => format!("{sign} {text}"),
        };
        let style = self.theme.style(note.role);
        let whole = join(note.text);
        let columns = count(width(&visible(&whole)));
        // The first step behind the value at which the whole note fits.
        let behind = wanted.saturating_add(2);
        let steps = behind.saturating_sub(12).div_ceil(NOTE_STEP);
        let stop = steps.saturating_mul(NOTE_STEP).saturating_add(12);
        let at = stop.min(room.saturating_sub(columns));
        if at >= behind && columns <= room {
            put(
                buffer,
                area,
                (start.saturating_add(at), 0),
                &whole,
                style,
                self.theme,
            );
            return room - at + 1;
        }
        // What is wrong is told before the value is shown whole; a ground is not.
        let telling = note.role == Role::Error && room >= columns.saturating_add(LEAST_VALUE + 2);
        let text = if telling { whole } else { join(note.short) };
        let columns = count(width(&visible(&text)));
        if columns == 0 || room < columns.saturating_add(3) {
            return 0;
        }
        let at = room - columns;
        put(
            buffer,
            area,
            (start.saturating_add(at), 0),
            &text,
            style,
            self.theme,
        );
        columns + 1
    }
}

impl Widget for &FieldLine<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        self.draw(area, buffer);
    }
}

/// The part of a long value that is shown.
struct Window<'a> {
    /// The columns left out in front.
    start: usize,
    /// The clusters shown, with the column each begins at, from the window's start.
    shown: Vec<(usize, &'a str)>,
    more_left: bool,
    more_right: bool,
}

impl<'a> Window<'a> {
    /// The part around the caret, which stands behind `caret` columns. The window moves by half
    /// its width, not with every character, so that typing at its end redraws little.
    fn around(value: &'a str, caret: Option<usize>, columns: u16) -> Window<'a> {
        let columns = usize::from(columns);
        let total = width(value) + usize::from(caret.is_some());
        let start = match caret {
            // In front of the caret stay the sign that there is more and one wide character.
            Some(at) if total > columns && at + 1 >= columns => {
                let step = (columns / 2).min(columns.saturating_sub(3)).max(1);
                (at + 1).saturating_sub(columns).div_ceil(step) * step
            }
            _ => 0,
        };
        let start = start.min(caret.unwrap_or(0));
        let mut shown = Vec::new();
        let mut column = 0;
        let mut more_left = false;
        let mut more_right = false;
        for cluster in value.graphemes(true) {
            let w = cluster_width(cluster);
            if column < start {
                more_left = true;
            } else if column + w > start + columns {
                more_right = true;
                break;
            } else {
                shown.push((column - start, cluster));
            }
            column += w;
        }
        Window {
            start,
            shown,
            more_left,
            more_right,
        }
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, role: Role, theme: &Theme) {
        let style = theme.style(role);
        let muted = theme.style(Role::Muted);
        for (column, cluster) in &self.shown {
            let at = count(*column);
            let hidden_left = self.more_left && at == 0;
            let end = column + cluster_width(cluster);
            let hidden_right = self.more_right && end >= usize::from(area.width);
            if !hidden_left && !hidden_right {
                put(buffer, area, (at, 0), cluster, style, theme);
            }
        }
        if self.more_left {
            put(
                buffer,
                area,
                (0, 0),
                theme.sign(Sign::MoreLeft),
                muted,
                theme,
            );
        }
        if self.more_right && area.width > 1 {
            let last = area.width - 1;
            put(
                buffer,
                area,
                (last, 0),
                theme.sign(Sign::MoreRight),
                muted,
                theme,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::{HARD, lines, survives_every_size};
    use proptest::prelude::*;

    const THEME: Theme = Theme::COLOURED;

    fn field<'a>(value: &'a str) -> FieldLine<'a> {
        FieldLine {
            label: "Received",
            label_columns: 10,
            value,
            value_role: Role::Plain,
            placeholder: "-",
            note: None,
            focused: false,
            caret: None,
            theme: &THEME,
        }
    }

    fn drawn(field: FieldLine, columns: u16) -> (String, Option<u16>) {
        let mut caret = None;
        let lines = lines(columns, 1, |area, buffer| {
            caret = field.draw(area, buffer).map(|position| position.x);
        });
        (lines.concat(), caret)
    }

    const GROUND: Note = Note {
        role: Role::Muted,
        text: "customer says",
        short: "",
    };

    const FAULT: Note = Note {
        role: Role::Error,
        text: "Feb 2026 has 28 days",
        short: "",
    };

    #[test]
    fn a_known_date_shows_its_ground() {
        let line = FieldLine {
            note: Some(GROUND),
            ..field("2026-11-03")
        };
        assert_eq!(drawn(line, 38).0, " Received   2026-11-03  customer says");
        assert_eq!(drawn(line, 30).0, " Received   2026-11-03");
    }

    #[test]
    fn an_empty_field_shows_its_placeholder() {
        assert_eq!(drawn(field(""), 38), (" Received   -".to_string(), None));
    }

    #[test]
    fn what_is_wrong_is_told_and_keeps_its_sign_where_there_is_no_room() {
        let line = FieldLine {
            note: Some(FAULT),
            value_role: Role::Error,
            ..field("2026-02-30")
        };
        assert_eq!(
            drawn(line, 50).0,
            " Received   2026-02-30  ≠ Feb 2026 has 28 days"
        );
        assert_eq!(drawn(line, 30).0, " Received   2026-02-30       ≠");
    }

    #[test]
    fn the_caret_stands_behind_wide_characters() {
        let line = FieldLine {
            focused: true,
            caret: Some(2),
            ..field("王小明")
        };
        assert_eq!(
            drawn(line, 30),
            ("▸Received   王小明".to_string(), Some(16))
        );
    }

    #[test]
    fn a_long_value_is_shown_around_the_caret() {
        let text = "0123456789abcdefghij";
        let at = |caret| {
            drawn(
                FieldLine {
                    caret: Some(caret),
                    ..field(text)
                },
                22,
            )
        };
        assert_eq!(at(0), (" Received   012345678›".to_string(), Some(12)));
        assert_eq!(at(8), (" Received   012345678›".to_string(), Some(20)));
        let (line, caret) = at(20);
        assert_eq!(line, " Received   ‹ghij");
        assert_eq!(caret, Some(17));
    }

    #[test]
    fn a_long_value_that_is_not_edited_shows_its_beginning() {
        assert_eq!(drawn(field("王小明王小明"), 22).0, " Received   王小明王 ›");
    }

    #[test]
    fn nothing_is_drawn_outside() {
        for text in HARD {
            for caret in [None, Some(0), Some(5), Some(1000)] {
                for note in [None, Some(GROUND), Some(FAULT)] {
                    let line = FieldLine {
                        caret,
                        note,
                        focused: true,
                        ..field(text)
                    };
                    survives_every_size(|area, buffer| {
                        if let Some(position) = line.draw(area, buffer) {
                            assert!(area.contains(position), "{position} outside {area}");
                        }
                    });
                }
            }
        }
    }

    proptest! {
        #[test]
        fn the_character_before_the_caret_is_on_the_screen(
            text in "[a-z王小明👍]{1,60}",
            caret in 1usize..61,
            columns in 6u16..30,
        ) {
            let caret = caret.min(text.chars().count());
            let before = text.chars().nth(caret - 1).unwrap().to_string();
            let area = Rect::new(0, 0, columns, 1);
            let mut buffer = Buffer::empty(area);
            let line = FieldLine { label: "", label_columns: 0, caret: Some(caret), ..field(&text) };
            let at = line.draw(area, &mut buffer).unwrap();
            let w = count(width(&before));
            prop_assert_eq!(buffer[(at.x - w, 0)].symbol(), before.as_str());
        }
    }
}
