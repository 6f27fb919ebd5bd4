//! A text of several lines being edited.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;
use tui_textarea::{CursorMove, TextArea, WrapMode};

use crate::ui::ambiguous;
use crate::ui::text::harmless_cell;

/// A text area with the caret kept inside.
///
/// Whoever owns the text area sets `WrapMode::WordOrGlyph` on it, and no styles for the caret and
/// its line: the terminal's own cursor marks the place. What is drawn is remembered inside the text
/// area (its scroll position), so that its arrow keys move by rows as they are on the screen.
#[derive(Debug, Clone, Copy)]
pub struct TextBox<'a> {
    /// The text and its caret.
    pub area: &'a TextArea<'static>,
    /// Whether the keys go to this text.
    pub focused: bool,
}

impl TextBox<'_> {
    /// Draws the text; answers where the terminal's cursor belongs.
    ///
    /// With wrapping, the text area's caret can stand one column behind a full row; it is kept on
    /// the last column then.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let area = area.intersection(buffer.area);
        if area.is_empty() {
            return None;
        }
        let counted = ambiguous::are_wide().then(|| for_wide(self.area));
        let text = counted.as_ref().unwrap_or(self.area);
        text.render(area, buffer);
        // It lays out what it holds as it is.
        for position in area.positions() {
            let Some(cell) = buffer.cell_mut(position) else {
                continue;
            };
            let meant = counted
                .as_ref()
                .and_then(|_| ambiguous::from_layout(cell.symbol()));
            if let Some(meant) = meant {
                ambiguous::place(cell, &harmless_cell(&meant));
                let marked = ambiguous::is_marked(cell);
                let behind = (position.x.saturating_add(1), position.y);
                if let Some(cell) = buffer.cell_mut(behind).filter(|_| marked) {
                    ambiguous::cover(cell);
                }
            } else if let Cow::Owned(shown) = harmless_cell(cell.symbol()) {
                cell.set_symbol(&shown);
            } else if ambiguous::are_wide() {
                let symbol = cell.symbol().to_string();
                ambiguous::place(cell, &symbol);
            }
        }
        let (top, left) = text.scroll_offset();
        let caret = text.screen_cursor();
        let offset = |at: usize, first: u16, most: u16| {
            let at = u16::try_from(at).unwrap_or(u16::MAX);
            at.saturating_sub(first).min(most - 1)
        };
        self.focused.then(|| Position {
            x: area.x + offset(caret.col, left, area.width),
            y: area.y + offset(caret.row, top, area.height),
        })
    }
}

/// The same text and caret for a terminal that draws characters of ambiguous width over two columns:
/// the text area counts by itself, so it gets characters that it counts as two.
fn for_wide(area: &TextArea<'static>) -> TextArea<'static> {
    let lines = area.lines().iter().map(|line| ambiguous::for_layout(line));
    let mut other = TextArea::new(lines.collect());
    other.set_wrap_mode(WrapMode::WordOrGlyph);
    other.set_cursor_line_style(Style::new());
    other.set_cursor_style(Style::new());
    let caret = area.cursor();
    let place = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    other.move_cursor(CursorMove::Jump(place(caret.0), place(caret.1)));
    other
}

impl Widget for &TextBox<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        self.draw(area, buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::{HARD, read, survives_every_size};
    use proptest::prelude::*;
    use ratatui::buffer::CellWidth as _;

    fn text_area(text: &str) -> TextArea<'static> {
        let mut area = TextArea::new(text.split('\n').map(str::to_string).collect());
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.set_cursor_line_style(Style::new());
        area.set_cursor_style(Style::new());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        area
    }

    fn drawn(text: &str, columns: u16, rows: u16) -> (Vec<String>, Option<(u16, u16)>) {
        let screen = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(screen);
        let area = text_area(text);
        let text_box = TextBox {
            area: &area,
            focused: true,
        };
        let caret = text_box.draw(screen, &mut buffer);
        (read(&buffer), caret.map(|caret| (caret.x, caret.y)))
    }

    #[test]
    fn a_text_is_wrapped_and_the_caret_follows() {
        let (lines, caret) = drawn("no output after power-up", 12, 3);
        assert_eq!(lines, ["no output", "after power-", "up"]);
        assert_eq!(caret, Some((2, 2)));
    }

    #[test]
    fn chinese_is_broken_between_characters() {
        let (lines, caret) = drawn("通电后没有输出", 8, 3);
        assert_eq!(lines, ["通电后没", "有输出", ""]);
        assert_eq!(caret, Some((6, 1)));
    }

    #[test]
    fn the_caret_stays_inside_behind_a_full_row() {
        let (_, caret) = drawn("通电后没", 8, 3);
        let (x, y) = caret.unwrap();
        assert!(x < 8 && y < 3, "{x},{y}");
    }

    #[test]
    fn a_text_without_the_keys_has_no_caret() {
        let area = text_area("x");
        let screen = Rect::new(0, 0, 5, 2);
        let text_box = TextBox {
            area: &area,
            focused: false,
        };
        assert_eq!(text_box.draw(screen, &mut Buffer::empty(screen)), None);
    }

    #[test]
    fn nothing_is_drawn_outside() {
        for text in HARD {
            let area = text_area(text);
            let text_box = TextBox {
                area: &area,
                focused: true,
            };
            survives_every_size(|area, buffer| {
                if let Some(caret) = text_box.draw(area, buffer) {
                    assert!(area.contains(caret), "{caret} outside {area}");
                }
            });
        }
    }

    proptest! {
        #[test]
        fn the_caret_is_inside_and_behind_its_character(
            text in "[a-z 王小明，👍\n]{0,80}",
            steps in 0usize..80,
            columns in 2u16..24,
            rows in 1u16..6,
        ) {
            let mut area = text_area(&text);
            for _ in 0..steps {
                area.move_cursor(CursorMove::Back);
            }
            let screen = Rect::new(0, 0, columns, rows);
            let mut buffer = Buffer::empty(screen);
            let text_box = TextBox { area: &area, focused: true };
            let caret = text_box.draw(screen, &mut buffer).unwrap();
            prop_assert!(screen.contains(caret));
            // The character under the caret is the one behind it in the text, unless the caret
            // was clamped at the end of a full row.
            let cursor = area.cursor();
            let next = area.lines()[cursor.0].chars().nth(cursor.1);
            if let Some(next) = next.filter(|c| !c.is_whitespace()) {
                let symbol = buffer[caret].symbol();
                let clamped = caret.x == columns - 1;
                prop_assert!(clamped || symbol.starts_with(next), "{symbol:?} {next:?}");
                prop_assert!(symbol.cell_width() <= 2);
            }
        }
    }
}
