//! A list in columns, in pages, with a pointer in front of the row the keys go to.
//!
//! The row is marked by one sign, not by turning its colours, and long lists turn pages instead of
//! scrolling: over a slow line a step in the list is two characters, not two rows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{count, page_mark, put, put_right};
use crate::ui::text::{clip_with, visible, width};
use crate::ui::theme::{Role, Sign, Theme};

/// A column, declared once for each list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column<'a> {
    /// What it is called.
    pub title: &'a str,
    /// The columns of the terminal it takes at least.
    pub least: u16,
    /// Its share of the room that is left; 0 for a column of fixed width.
    pub share: u16,
    /// Whether its text stands at the right, as figures do.
    pub right: bool,
    /// When it is dropped in a narrow list: the highest first; 0 stays.
    pub drop: u8,
}

/// What stands in one column of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The text.
    pub text: std::borrow::Cow<'a, str>,
    /// How it is shown. The sign of a role is not added: the text says it.
    pub role: Role,
}

impl<'a> Cell<'a> {
    /// Ordinary text.
    pub fn plain(text: impl Into<std::borrow::Cow<'a, str>>) -> Cell<'a> {
        Cell::with_role(text, Role::Plain)
    }

    /// Text with a role.
    pub fn with_role(text: impl Into<std::borrow::Cow<'a, str>>, role: Role) -> Cell<'a> {
        Cell {
            text: text.into(),
            role,
        }
    }
}

/// The list.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    /// Its columns.
    pub columns: &'a [Column<'a>],
    /// Its rows; a row with fewer cells than columns is empty behind them.
    pub rows: &'a [Vec<Cell<'a>>],
    /// The row the pointer is at, from 0; its page is shown.
    pub selected: Option<usize>,
    /// What is said where there are no rows.
    pub empty: &'a str,
    /// Whether the titles of the columns are shown.
    pub has_titles: bool,
    /// Colours and signs.
    pub theme: &'a Theme,
}

/// Columns between two columns.
const GAP: u16 = 2;
/// Columns in front of the first: the pointer.
const MARGIN: u16 = 1;

impl Table<'_> {
    /// How many rows fit on a page of an area of this size; at least one. Page keys move by this.
    pub fn page_rows(&self, area: Rect) -> usize {
        let height = area.height.saturating_sub(u16::from(self.has_titles));
        usize::from(height).max(1)
    }

    /// How many pages the rows take; at least one.
    pub fn pages(&self, area: Rect) -> usize {
        self.rows.len().div_ceil(self.page_rows(area)).max(1)
    }

    /// The columns that fit into `room`, each with where it begins and how wide it is.
    fn layout(&self, room: u16) -> Vec<(usize, u16, u16)> {
        let mut kept: Vec<(usize, &Column)> = self.columns.iter().enumerate().collect();
        let needed = |kept: &[(usize, &Column)]| {
            let gaps = count(kept.len().saturating_sub(1)).saturating_mul(GAP);
            kept.iter()
                .fold(gaps.saturating_add(MARGIN), |sum, (_, column)| {
                    sum.saturating_add(column.least)
                })
        };
        while needed(&kept) > room {
            let first = kept
                .iter()
                .filter(|(_, column)| column.drop > 0)
                .max_by_key(|(at, column)| (column.drop, *at))
                .map(|(at, _)| *at);
            let Some(first) = first else { break };
            kept.retain(|(at, _)| *at != first);
        }
        let spare = room.saturating_sub(needed(&kept));
        let shares = kept
            .iter()
            .map(|(_, column)| u32::from(column.share))
            .sum::<u32>();
        let mut begin = MARGIN;
        let mut given = 0;
        let mut counted = 0;
        let mut placed = Vec::with_capacity(kept.len());
        for (at, column) in kept {
            counted += u32::from(column.share);
            // What is given so far is rounded once, so that nothing is lost at the end.
            let upto = (u32::from(spare) * counted)
                .checked_div(shares)
                .unwrap_or(0);
            let upto = u16::try_from(upto).unwrap_or(spare);
            let columns = column.least.saturating_add(upto - given);
            given = upto;
            placed.push((at, begin, columns));
            begin = begin.saturating_add(columns).saturating_add(GAP);
        }
        placed
    }

    fn put_cell(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        row: u16,
        (at, begin, columns): (usize, u16, u16),
        text: &str,
        role: Role,
    ) {
        let shown = visible(text);
        let mark = self.theme.sign(Sign::Ellipsis);
        let clipped = clip_with(&shown, usize::from(columns), mark);
        let right = self.columns.get(at).is_some_and(|column| column.right);
        let push = match right {
            true => columns.saturating_sub(count(width(&clipped))),
            false => 0,
        };
        let column = begin.saturating_add(push);
        let style = self.theme.style(role);
        put(buffer, area, (column, row), &clipped, style, self.theme);
    }
}

impl Widget for &Table<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let theme = self.theme;
        let rows = self.page_rows(area);
        let pages = self.pages(area);
        let page = (self.selected.unwrap_or(0) / rows).min(pages - 1);
        let layout = self.layout(area.width);
        let mut top = 0;
        if self.has_titles {
            top = 1;
            for place in &layout {
                let title = self.columns.get(place.0).map_or("", |column| column.title);
                self.put_cell(buffer, area, 0, *place, title, Role::Muted);
            }
            if pages > 1 {
                let mark = format!(" {}", page_mark(page, pages));
                put_right(buffer, area, 0, &mark, theme.style(Role::Muted), theme);
            }
        }
        if self.rows.is_empty() {
            let style = theme.style(Role::Muted);
            put(buffer, area, (MARGIN, top), self.empty, style, theme);
        }
        let shown = self.rows.iter().enumerate().skip(page * rows).take(rows);
        for (row, (at, cells)) in shown.enumerate() {
            let row = count(row).saturating_add(top);
            if self.selected == Some(at) {
                let pointer = theme.sign(Sign::Pointer);
                put(
                    buffer,
                    area,
                    (0, row),
                    pointer,
                    theme.style(Role::Focus),
                    theme,
                );
            }
            for place in &layout {
                if let Some(cell) = cells.get(place.0) {
                    self.put_cell(buffer, area, row, *place, &cell.text, cell.role);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::{HARD, lines, survives_every_size};

    const THEME: Theme = Theme::COLOURED;

    const COLUMNS: [Column; 4] = [
        Column {
            title: "Case",
            least: 11,
            share: 0,
            right: false,
            drop: 0,
        },
        Column {
            title: "Customer",
            least: 8,
            share: 2,
            right: false,
            drop: 0,
        },
        Column {
            title: "Due",
            least: 6,
            share: 0,
            right: false,
            drop: 1,
        },
        Column {
            title: "Owed",
            least: 7,
            share: 0,
            right: true,
            drop: 2,
        },
    ];

    fn rows(count: usize) -> Vec<Vec<Cell<'static>>> {
        let row = |n: usize| {
            vec![
                Cell::plain(format!("RMA26-{n:05}")),
                Cell::plain("王小明"),
                Cell::with_role("10 Nov", Role::Late),
                Cell::plain("¥ 80"),
            ]
        };
        (1..=count).map(row).collect()
    }

    fn table<'a>(rows: &'a [Vec<Cell<'a>>], selected: Option<usize>) -> Table<'a> {
        Table {
            columns: &COLUMNS,
            rows,
            selected,
            empty: "nothing here",
            has_titles: true,
            theme: &THEME,
        }
    }

    fn drawn(table: Table, width: u16, height: u16) -> Vec<String> {
        lines(width, height, |area, buffer| table.render(area, buffer))
    }

    #[test]
    fn columns_line_up_and_a_sign_marks_the_row() {
        let rows = rows(2);
        let expected = [
            " Case         Customer    Due        Owed",
            " RMA26-00001  王小明      10 Nov     ¥ 80",
            "▸RMA26-00002  王小明      10 Nov     ¥ 80",
        ];
        assert_eq!(drawn(table(&rows, Some(1)), 41, 3), expected);
    }

    #[test]
    fn narrow_lists_drop_columns() {
        let rows = rows(1);
        assert_eq!(
            drawn(table(&rows, None), 30, 2)[1],
            " RMA26-00001  王小明    10 Nov"
        );
        assert_eq!(drawn(table(&rows, None), 22, 2)[1], " RMA26-00001  王小明");
        assert_eq!(drawn(table(&rows, None), 8, 2)[1], " RMA26-…");
    }

    #[test]
    fn the_page_of_the_selected_row_is_shown() {
        let rows = rows(7);
        let list = table(&rows, Some(4));
        assert_eq!(list.pages(Rect::new(0, 0, 22, 4)), 3);
        let shown = drawn(list, 22, 4);
        assert!(shown[0].ends_with(" 2/3"), "{shown:?}");
        assert!(shown[1].contains("00004") && shown[2].starts_with("▸RMA26-00005"));
    }

    #[test]
    fn an_empty_list_says_so() {
        assert_eq!(drawn(table(&[], None), 41, 3)[1], " nothing here");
    }

    #[test]
    fn a_step_in_the_list_changes_two_cells() {
        let rows = rows(5);
        let area = Rect::new(0, 0, 60, 6);
        let draw = |selected| {
            let mut buffer = Buffer::empty(area);
            table(&rows, Some(selected)).render(area, &mut buffer);
            buffer
        };
        assert_eq!(draw(1).diff(&draw(2)).len(), 2);
    }

    #[test]
    fn nothing_is_drawn_outside() {
        for text in HARD {
            let rows = vec![vec![Cell::plain(text); 5], vec![], vec![Cell::plain(text)]];
            for selected in [None, Some(1), Some(99)] {
                let list = Table {
                    empty: text,
                    ..table(&rows, selected)
                };
                survives_every_size(|area, buffer| list.render(area, buffer));
                let none = Table {
                    rows: &[],
                    columns: &[],
                    ..list
                };
                survives_every_size(|area, buffer| none.render(area, buffer));
            }
        }
    }
}
