//! The pieces every screen is made of.
//!
//! Each is plain data that draws itself into a buffer: it knows neither the state machine nor the
//! file, changes nothing while it is drawn, and takes any area, down to none. What can hold the
//! caret has a `draw` that answers where the terminal's own cursor belongs, since input methods
//! compose there. All text goes through [`visible`] on its way to the buffer.

pub mod choice;
pub mod field;
pub mod footer;
pub mod overlay;
pub mod panel;
pub mod plain;
pub mod table;
pub mod textbox;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::ambiguous;
use super::text::{beginning, clip_with, cluster_width, visible, width};
use super::theme::{Role, Sign, Theme};
use unicode_segmentation::UnicodeSegmentation as _;

/// Columns or rows as the terminal counts them.
fn count(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}

/// Writes `text` on one row of `area`, from `column` on, clipped to the area with the theme's mark.
/// `row` and `column` count from the corner of the area; outside it nothing happens. Answers the
/// column behind the text.
pub fn put(
    buffer: &mut Buffer,
    area: Rect,
    (column, row): (u16, u16),
    text: &str,
    style: Style,
    theme: &Theme,
) -> u16 {
    let room = area.width.saturating_sub(column);
    if room == 0 || row >= area.height {
        return column;
    }
    let shown = visible(beginning(text, usize::from(room)));
    let clipped = clip_with(&shown, usize::from(room), theme.sign(Sign::Ellipsis));
    let (Some(x), Some(y)) = (area.x.checked_add(column), area.y.checked_add(row)) else {
        return column;
    };
    let bounds = buffer.area;
    if x < bounds.x || x >= bounds.right() || y < bounds.y || y >= bounds.bottom() {
        return column;
    }
    if ambiguous::are_wide() {
        set_wide(buffer, (x, y), &clipped, usize::from(room), style);
    } else {
        buffer.set_stringn(x, y, &clipped, usize::from(room), style);
    }
    column.saturating_add(count(width(&clipped)))
}

/// [`Buffer::set_stringn`] for a terminal that draws characters of ambiguous width over two columns.
fn set_wide(buffer: &mut Buffer, (x, y): (u16, u16), text: &str, room: usize, style: Style) {
    let mut column = 0;
    for cluster in text.graphemes(true) {
        let columns = cluster_width(cluster);
        if column + columns > room {
            return;
        }
        for at in column..column + columns {
            let Some(cell) = buffer.cell_mut((x.saturating_add(count(at)), y)) else {
                return;
            };
            cell.reset();
            if at == column {
                ambiguous::place(cell, cluster);
                cell.set_style(style);
            } else if ambiguous::base(cluster).is_some() {
                ambiguous::cover(cell);
            }
        }
        column += columns;
    }
}

/// [`put`] at the right end of the row. Answers the column the text begins at.
pub fn put_right(
    buffer: &mut Buffer,
    area: Rect,
    row: u16,
    text: &str,
    style: Style,
    theme: &Theme,
) -> u16 {
    let shown = visible(text);
    let column = area.width.saturating_sub(count(width(&shown)));
    put(buffer, area, (column, row), &shown, style, theme);
    column
}

/// Empties `area`: spaces in the terminal's own colours. A wide character that reaches into it from
/// the left goes too, since half of it cannot be shown.
pub fn clear(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    if let Some(x) = area.x.checked_sub(1) {
        for y in area.top()..area.bottom() {
            if let Some(cell) = buffer.cell_mut((x, y))
                && width(cell.symbol()) > 1
            {
                cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
            }
        }
    }
    for position in area.positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.reset();
        }
    }
}

/// Draws a horizontal line over the first row of `area`.
pub fn horizontal_rule(buffer: &mut Buffer, area: Rect, theme: &Theme) {
    let line = theme.sign(Sign::Horizontal).repeat(usize::from(area.width));
    put(buffer, area, (0, 0), &line, theme.style(Role::Muted), theme);
}

/// Draws a vertical line over the first column of `area`.
pub fn vertical_rule(buffer: &mut Buffer, area: Rect, theme: &Theme) {
    let style = theme.style(Role::Muted);
    for row in 0..area.height {
        put(
            buffer,
            area,
            (0, row),
            theme.sign(Sign::Vertical),
            style,
            theme,
        );
    }
}

/// Where a list stands when it does not fit on one page: `2/3`.
fn page_mark(page: usize, pages: usize) -> String {
    format!("{}/{pages}", page + 1)
}

#[cfg(test)]
pub(crate) mod testing {
    //! Drawing into a buffer and reading it back as lines of text.

    use ratatui::buffer::{Buffer, CellWidth as _};
    use ratatui::layout::Rect;

    /// What `draw` leaves in a buffer of `columns` by `rows`, line by line, without the spaces at
    /// the ends of lines.
    pub fn lines(columns: u16, rows: u16, draw: impl FnOnce(Rect, &mut Buffer)) -> Vec<String> {
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        draw(area, &mut buffer);
        read(&buffer)
    }

    /// The lines of a buffer; wide characters stand for both their cells.
    pub fn read(buffer: &Buffer) -> Vec<String> {
        let area = buffer.area;
        let mut lines = Vec::new();
        for y in area.top()..area.bottom() {
            let mut line = String::new();
            let mut skip = 0;
            for x in area.left()..area.right() {
                let symbol = buffer[(x, y)].symbol();
                if skip == 0 {
                    line.push_str(symbol);
                    skip = symbol.cell_width();
                }
                skip = skip.saturating_sub(1);
            }
            lines.push(line.trim_end().to_string());
        }
        lines
    }

    /// Draws in every small size, at an offset and partly outside the buffer, and checks that
    /// nothing is written outside the given area and no wide character sticks out of it.
    pub fn survives_every_size(mut draw: impl FnMut(Rect, &mut Buffer)) {
        let bounds = Rect::new(0, 0, 50, 14);
        for width in (0..14).chain([20, 33, 47, 48]) {
            for height in [0, 1, 2, 3, 5, 9, 12] {
                let area = Rect::new(2, 1, width, height);
                let mut buffer = Buffer::empty(bounds);
                draw(area, &mut buffer);
                for position in bounds.positions() {
                    let symbol = buffer[position].symbol();
                    assert!(!symbol.contains(char::is_control));
                    if symbol == " " {
                        continue;
                    }
                    assert!(
                        area.contains(position),
                        "{symbol} at {position} outside {area}"
                    );
                    let end = position.x + symbol.cell_width();
                    assert!(
                        end <= area.right(),
                        "{symbol} at {position} sticks out of {area}"
                    );
                }
            }
        }
        // An area that reaches beyond the screen must not bring the program down.
        for area in [Rect::new(45, 10, 20, 20), Rect::new(60, 20, 5, 5)] {
            draw(area, &mut Buffer::empty(bounds));
        }
    }

    /// Texts that are hard to draw.
    pub const HARD: [&str; 7] = [
        "",
        "王小明在深圳市南山区的一条很长的街上",
        "a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}b",
        "\u{200b}\u{200b}\u{202e}abc\u{1b}[31m\r\n\t",
        "👨‍👩‍👧👨‍👩‍👧 family of emoji 👍🏽",
        "an-extraordinarily-long-word-without-any-place-to-break-it",
        "ｶﾞﾊﾟ 가각 \u{1160}",
    ];
}

#[cfg(test)]
mod tests {
    use super::testing::{HARD, lines, survives_every_size};
    use super::*;

    #[test]
    fn text_is_clipped_at_the_area() {
        let theme = Theme::default();
        let drawn = lines(8, 2, |area, buffer| {
            put(buffer, area, (1, 0), "王小明先生", Style::new(), &theme);
            put_right(buffer, area, 1, "80", Style::new(), &theme);
        });
        assert_eq!(drawn, [" 王小明…", "      80"]);
    }

    #[test]
    fn half_a_wide_character_is_not_left_at_the_edge() {
        let theme = Theme::default();
        let drawn = lines(8, 1, |area, buffer| {
            put(buffer, area, (0, 0), "王小明先", Style::new(), &theme);
            clear(buffer, Rect::new(3, 0, 3, 1));
            put(buffer, area, (3, 0), "|", Style::new(), &theme);
        });
        assert_eq!(drawn, ["王 |  先"]);
    }

    #[test]
    fn nothing_is_drawn_outside() {
        let theme = Theme::default();
        for text in HARD {
            survives_every_size(|area, buffer| {
                put(buffer, area, (3, 0), text, Style::new(), &theme);
                put(buffer, area, (0, 99), text, Style::new(), &theme);
                put_right(buffer, area, 1, text, Style::new(), &theme);
                horizontal_rule(buffer, area, &theme);
                vertical_rule(buffer, area, &theme);
                clear(buffer, area);
            });
        }
    }
}
