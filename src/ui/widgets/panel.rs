//! The findings beside a form: signs, clauses, sentences; wrapped to the width, in pages.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{count, page_mark, put, put_right};
use crate::ui::text::{visible_lines, width, wrap_hanging};
use crate::ui::theme::{Role, Sign, Theme};

/// One entry of the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry<'a> {
    /// What is decided: `WARRANTY  in, if the proof is valid`.
    Heading {
        /// What the decision is about.
        label: &'a str,
        /// How the decision is shown.
        role: Role,
        /// The decision.
        text: &'a str,
    },
    /// A finding with its sign and clause: `? I.1b proof not seen yet`.
    Finding {
        /// Its sign and colour.
        role: Role,
        /// The clause it rests on; may be empty.
        clause: &'a str,
        /// What is found.
        text: &'a str,
    },
    /// A line under a finding: `valid: until 14 Mar 2027`.
    Detail {
        /// What is said.
        text: &'a str,
    },
    /// A numbered line: `1 Which proof, and what date?`.
    Numbered {
        /// The number.
        number: usize,
        /// What is said.
        text: &'a str,
    },
    /// An empty line; left out at the top of a page.
    Gap,
}

impl Entry<'_> {
    /// Whether the pointer can stop here: at headings and findings, which have a clause to open.
    pub fn is_selectable(&self) -> bool {
        matches!(self, Entry::Finding { .. } | Entry::Heading { .. })
    }
}

/// The panel.
#[derive(Debug, Clone, Copy)]
pub struct Panel<'a> {
    /// What it holds, in order.
    pub entries: &'a [Entry<'a>],
    /// The columns of the labels of headings; what is decided begins behind them.
    pub label_columns: u16,
    /// The entry the pointer is at; its page is shown.
    pub selected: Option<usize>,
    /// The page that is shown when nothing is selected, from 0.
    pub page: usize,
    /// Colours and signs.
    pub theme: &'a Theme,
}

/// A piece of text on a row.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    column: u16,
    text: String,
    role: Role,
}

/// A row of the panel and the entry it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    entry: usize,
    is_first: bool,
    pieces: Vec<Piece>,
}

/// Columns in front of every entry: the pointer.
const MARGIN: u16 = 1;
/// Where the text of details begins, and of what is wrapped under a finding.
const HANG: u16 = 5;

impl Panel<'_> {
    /// How many pages the entries take in an area of this size; at least one.
    pub fn pages(&self, area: Rect) -> usize {
        self.paged(area).len().max(1)
    }

    /// The page that is shown in an area of this size, from 0.
    pub fn shown_page(&self, area: Rect) -> usize {
        self.page_in(&self.paged(area))
    }

    fn page_in(&self, pages: &[Vec<Row>]) -> usize {
        let holds = |rows: &Vec<Row>, entry: usize| rows.iter().any(|row| row.entry == entry);
        self.selected
            .and_then(|entry| pages.iter().position(|rows| holds(rows, entry)))
            .unwrap_or(self.page)
            .min(pages.len().saturating_sub(1))
    }

    /// The rows page by page. An entry is not torn apart unless it is longer than a page; the last
    /// row is kept for the number of the page where there are several.
    fn paged(&self, area: Rect) -> Vec<Vec<Row>> {
        let rows = self.rows(area.width);
        let height = usize::from(area.height);
        if rows.len() <= height {
            return vec![rows];
        }
        let height = height.saturating_sub(1).max(1);
        let mut pages: Vec<Vec<Row>> = Vec::new();
        let mut page: Vec<Row> = Vec::new();
        for entry_rows in rows.chunk_by(|a, b| a.entry == b.entry) {
            if !page.is_empty() && page.len() + entry_rows.len() > height {
                pages.push(std::mem::take(&mut page));
            }
            for row in entry_rows {
                if page.len() >= height {
                    pages.push(std::mem::take(&mut page));
                }
                if !page.is_empty() || !row.pieces.is_empty() {
                    page.push(row.clone());
                }
            }
        }
        if !page.is_empty() {
            pages.push(page);
        }
        pages
    }

    fn rows(&self, columns: u16) -> Vec<Row> {
        let entries = self.entries.iter().enumerate();
        entries
            .flat_map(|(at, entry)| self.entry_rows(at, entry, columns))
            .collect()
    }

    fn entry_rows(&self, at: usize, entry: &Entry, columns: u16) -> Vec<Row> {
        let piece = |column: u16, text: &str, role: Role| Piece {
            column,
            text: text.to_string(),
            role,
        };
        let (mut front, text, first, hang, role) = match entry {
            Entry::Gap => {
                return vec![Row {
                    entry: at,
                    is_first: true,
                    pieces: Vec::new(),
                }];
            }
            Entry::Heading { label, role, text } => {
                let column = MARGIN.saturating_add(self.label_columns).saturating_add(1);
                let label_end = MARGIN.saturating_add(count(width(label))).saturating_add(1);
                let hang = column.min(columns / 2).max(MARGIN);
                let front = vec![piece(MARGIN, label, Role::Heading)];
                (front, *text, label_end.max(column), hang, *role)
            }
            Entry::Finding { role, clause, text } => {
                let sign = self.theme.role_sign(*role).unwrap_or(" ");
                let mut front = vec![piece(MARGIN, sign, *role)];
                let mut first = MARGIN + 2;
                if !clause.is_empty() {
                    front.push(piece(first, clause, *role));
                    first = first.saturating_add(count(width(clause))).saturating_add(1);
                }
                (front, *text, first, HANG, Role::Plain)
            }
            Entry::Detail { text } => (Vec::new(), *text, HANG, HANG + 1, Role::Muted),
            Entry::Numbered { number, text } => {
                let number = number.to_string();
                let first = MARGIN + 2 + count(number.len()).saturating_add(1);
                (
                    vec![piece(MARGIN + 2, &number, Role::Key)],
                    *text,
                    first,
                    first,
                    Role::Plain,
                )
            }
        };
        // In a narrow panel what hangs moves left.
        let hang = hang.min(columns / 3).max(MARGIN);
        let text = visible_lines(text);
        let room = |column: u16| usize::from(columns.saturating_sub(column));
        let wrapped = wrap_hanging(&text, room(first), room(hang).max(1));
        let mut rows = Vec::with_capacity(wrapped.len());
        for (line_at, line) in wrapped.into_iter().enumerate() {
            let is_first = line_at == 0;
            let mut pieces = if is_first {
                std::mem::take(&mut front)
            } else {
                Vec::new()
            };
            if !line.is_empty() {
                pieces.push(piece(if is_first { first } else { hang }, line, role));
            }
            rows.push(Row {
                entry: at,
                is_first,
                pieces,
            });
        }
        // A detail too narrow for its first line begins on the next.
        if rows.len() > 1 && rows.first().is_some_and(|row| row.pieces.is_empty()) {
            rows.remove(0);
        }
        rows
    }
}

impl Widget for &Panel<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let theme = self.theme;
        let pages = self.paged(area);
        let shown = self.page_in(&pages);
        for (at, row) in pages.get(shown).into_iter().flatten().enumerate() {
            let at = count(at);
            if row.is_first && self.selected == Some(row.entry) {
                let pointer = theme.sign(Sign::Pointer);
                put(
                    buffer,
                    area,
                    (0, at),
                    pointer,
                    theme.style(Role::Focus),
                    theme,
                );
            }
            for piece in &row.pieces {
                let style = theme.style(piece.role);
                put(buffer, area, (piece.column, at), &piece.text, style, theme);
            }
        }
        if pages.len() > 1 && area.height > 1 {
            let mark = page_mark(shown, pages.len());
            let style = theme.style(Role::Muted);
            put_right(buffer, area, area.height - 1, &mark, style, theme);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::{HARD, lines, survives_every_size};

    const THEME: Theme = Theme::COLOURED;

    fn findings() -> Vec<Entry<'static>> {
        vec![
            Entry::Heading {
                label: "WARRANTY",
                role: Role::Open,
                text: "in, if the proof is valid and the test finds a quality fault",
            },
            Entry::Finding {
                role: Role::Open,
                clause: "I.1b",
                text: "proof not seen yet",
            },
            Entry::Detail {
                text: "valid: until 14 Mar 2027",
            },
            Entry::Heading {
                label: "RETURN",
                role: Role::Refused,
                text: "refused if asked today",
            },
            Entry::Finding {
                role: Role::Refused,
                clause: "X1",
                text: "day 19; the last day was 10 Nov",
            },
            Entry::Gap,
            Entry::Numbered {
                number: 1,
                text: "Which proof, and what date?",
            },
        ]
    }

    fn panel<'a>(entries: &'a [Entry<'a>]) -> Panel<'a> {
        Panel {
            entries,
            label_columns: 9,
            selected: None,
            page: 0,
            theme: &THEME,
        }
    }

    #[test]
    fn findings_stand_with_their_sign_and_clause() {
        let entries = findings();
        let drawn = lines(39, 9, |area, buffer| panel(&entries).render(area, buffer));
        let expected = [
            " WARRANTY  in, if the proof is valid",
            "           and the test finds a quality",
            "           fault",
            "  ? I.1b proof not seen yet",
            "     valid: until 14 Mar 2027",
            " RETURN    refused if asked today",
            "  ✗ X1 day 19; the last day was 10 Nov",
            "",
            "   1 Which proof, and what date?",
        ];
        let expected =
            expected.map(|line| line.replacen("  ? ", " ? ", 1).replacen("  ✗ ", " ✗ ", 1));
        assert_eq!(drawn, expected);
    }

    #[test]
    fn what_does_not_fit_is_on_the_next_page() {
        let entries = findings();
        let area = Rect::new(0, 0, 39, 6);
        assert_eq!(panel(&entries).pages(area), 2);
        let second = Panel {
            page: 1,
            ..panel(&entries)
        };
        let drawn = lines(39, 6, |area, buffer| second.render(area, buffer));
        let expected = [
            " RETURN    refused if asked today",
            " ✗ X1 day 19; the last day was 10 Nov",
            "",
            "   1 Which proof, and what date?",
            "",
            "                                    2/2",
        ];
        assert_eq!(drawn, expected);
    }

    #[test]
    fn the_page_follows_the_pointer() {
        let entries = findings();
        let chosen = Panel {
            selected: Some(4),
            ..panel(&entries)
        };
        let area = Rect::new(0, 0, 39, 6);
        assert_eq!(chosen.shown_page(area), 1);
        let drawn = lines(39, 6, |area, buffer| chosen.render(area, buffer));
        assert_eq!(drawn[1], "▸✗ X1 day 19; the last day was 10 Nov");
        assert!(entries[4].is_selectable() && !entries[5].is_selectable());
    }

    #[test]
    fn chinese_is_wrapped_to_the_width() {
        let entries = [Entry::Finding {
            role: Role::Refused,
            clause: "X1",
            text: "第 19 天，最后期限为 11月10日。",
        }];
        let drawn = lines(20, 3, |area, buffer| panel(&entries).render(area, buffer));
        assert_eq!(
            drawn,
            [" ✗ X1 第 19 天，最后", "     期限为", "     11月10日。"]
        );
    }

    #[test]
    fn every_word_is_on_some_page() {
        let entries = findings();
        for width in [12, 16, 20, 39] {
            for height in [1, 2, 4, 7] {
                let area = Rect::new(0, 0, width, height);
                let pages = panel(&entries).pages(area);
                let mut seen = String::new();
                for page in 0..pages {
                    let one = Panel {
                        page,
                        ..panel(&entries)
                    };
                    seen += &lines(width, height, |area, buffer| one.render(area, buffer)).concat();
                }
                let bare = |text: &str| text.replace(' ', "");
                for word in ["quality", "fault", "refused", "today", "proof"] {
                    assert!(
                        bare(&seen).contains(word),
                        "{word} at {width}x{height}: {seen}"
                    );
                }
            }
        }
    }

    #[test]
    fn nothing_is_drawn_outside() {
        for text in HARD {
            let entries = [
                Entry::Heading {
                    label: text,
                    role: Role::Open,
                    text,
                },
                Entry::Finding {
                    role: Role::Met,
                    clause: text,
                    text,
                },
                Entry::Detail { text },
                Entry::Gap,
                Entry::Numbered { number: 12, text },
            ];
            for selected in [None, Some(1), Some(99)] {
                let panel = Panel {
                    selected,
                    page: 7,
                    ..panel(&entries)
                };
                survives_every_size(|area, buffer| panel.render(area, buffer));
            }
        }
    }
}
