//! The generic form: rows of fields, the caret in one of them.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::desk::change::Ground;
use crate::desk::field::Field;
use crate::desk::record::{Fact, Record};
use crate::desk::value::Entry;
use crate::flow::editor::Editor;
use crate::flow::form::{Cell, Form, Row};
use crate::flow::typed;
use crate::ui::faults;
use crate::ui::format;
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::{clip, visible, width};
use crate::ui::theme::{Role, Sign, Theme};
use crate::ui::widgets::field::{FieldLine, Note};
use crate::ui::widgets::put;
use crate::ui::widgets::textbox::TextBox;

/// Columns of a label in a form.
pub const LABEL_COLUMNS: u16 = 14;
/// Rows a long text takes while it is edited.
const LONG_ROWS: u16 = 4;

/// What a form is drawn from.
pub struct FormView<'a> {
    /// The form.
    pub form: &'a Form,
    /// The record it shows.
    pub record: &'a Record,
    /// Today at the service centre.
    pub today: NaiveDate,
    /// Whether the caret is in it, rather than in the checks.
    pub has_caret: bool,
    /// What is said behind the line of a table: which case goods belong to, what a line adds up to.
    pub line_note: &'a dyn Fn(crate::desk::id::ItemId) -> String,
    /// The words.
    pub words: &'a Words,
    /// Colours and signs.
    pub theme: &'a Theme,
}

impl FormView<'_> {
    /// Draws the rows that fit, with the caret's row among them; answers where the cursor belongs.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        let heights: Vec<u16> = self
            .form
            .rows
            .iter()
            .map(|row| self.height(row, area))
            .collect();
        let first = self.first_row(&heights, area.height);
        let mut caret = None;
        let mut y = 0;
        for (row, height) in self.form.rows.iter().zip(&heights).skip(first) {
            if y >= area.height {
                break;
            }
            let place = Rect {
                y: area.y + y,
                height: (*height).min(area.height - y),
                ..area
            };
            caret = caret.or(self.row(row, place, buffer));
            y += height;
        }
        let shown_all = first == 0 && y <= area.height;
        if !shown_all && first > 0 {
            let mark = self.theme.sign(Sign::Ellipsis);
            put(
                buffer,
                area,
                (0, 0),
                mark,
                self.theme.style(Role::Muted),
                self.theme,
            );
        }
        caret.filter(|_| self.has_caret)
    }

    fn height(&self, row: &Row, area: Rect) -> u16 {
        match row {
            Row::Field(cell) if *cell == self.form.focus && self.long_editor().is_some() => {
                LONG_ROWS.min(area.height)
            }
            _ => 1,
        }
    }

    /// The first row shown: pages of whole rows, so that a step moves the caret and not the form.
    fn first_row(&self, heights: &[u16], room: u16) -> usize {
        let focus = self
            .form
            .rows
            .iter()
            .position(|row| row.cells().contains(&self.form.focus))
            .unwrap_or(0);
        let total: u16 = heights.iter().sum();
        if total <= room {
            return 0;
        }
        let mut first = 0;
        let mut used = 0;
        for (index, height) in heights.iter().enumerate() {
            used += height;
            if used > room {
                first = index;
                used = *height;
            }
            if index == focus {
                break;
            }
        }
        first
    }

    fn long_editor(&self) -> Option<&Editor> {
        self.form.editor.as_ref().filter(|editor| editor.is_long())
    }

    fn row(&self, row: &Row, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        match row {
            Row::Field(cell) => self.field(*cell, area, buffer),
            Row::Line(cells) => self.line(cells, area, buffer),
            Row::Head(fields) => {
                for (field, place) in fields.iter().zip(columns(fields, area)) {
                    let label = format::field(self.words, *field);
                    let style = self.theme.style(Role::Label);
                    put(buffer, place, (0, 0), &label, style, self.theme);
                }
                None
            }
            Row::More(count) => {
                let args = [("count", Arg::Number(i64::try_from(*count).unwrap_or(0)))];
                let text = self.words.say_with("form-more", &args);
                let style = self.theme.style(Role::Muted);
                put(buffer, area, (1, 0), &text, style, self.theme);
                None
            }
        }
    }

    fn fact(&self, (item, field): Cell) -> Option<&Fact> {
        self.record.fact_of(item, field)
    }

    fn shown_value(&self, cell: Cell) -> String {
        let entry = self.fact(cell).map(|fact| &fact.entry);
        super::value::entry(self.words, cell.1, entry, self.today)
    }

    fn field(&self, cell: Cell, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let is_focused = cell == self.form.focus && self.has_caret;
        let label = format::field(self.words, cell.1);
        if is_focused && let Some(editor) = self.long_editor() {
            return self.long_text(&label, editor, area, buffer);
        }
        let editor = self.form.editor.as_ref().filter(|_| is_focused);
        let stored = self.shown_value(cell);
        let (value, caret) = match editor {
            Some(editor) => (editor.text(), Some(editor.caret().1)),
            None => (visible(&stored.replace('\n', " ")).into_owned(), None),
        };
        let fault = self.fault(cell, editor);
        let is_unreadable = fault.is_some();
        let ground = self.fact(cell).map(|fact| self.ground(fact.ground));
        let options = self.options(cell, is_focused);
        let note = match (&fault, &ground) {
            (Some(text), _) => Some(Note {
                role: Role::Error,
                text,
                short: "",
            }),
            (None, Some(text)) if editor.is_none() => Some(Note {
                role: Role::Muted,
                text,
                short: "",
            }),
            _ => None,
        };
        FieldLine {
            label: &label,
            label_columns: LABEL_COLUMNS,
            value: &value,
            value_role: if is_unreadable {
                Role::Error
            } else {
                Role::Plain
            },
            placeholder: &options,
            note,
            focused: is_focused,
            caret,
            theme: self.theme,
        }
        .draw(area, buffer)
    }

    fn long_text(
        &self,
        label: &str,
        editor: &Editor,
        area: Rect,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        let theme = self.theme;
        let pointer = theme.sign(Sign::Pointer);
        put(
            buffer,
            area,
            (0, 0),
            pointer,
            theme.style(Role::Focus),
            theme,
        );
        put(buffer, area, (1, 0), label, theme.style(Role::Focus), theme);
        let indent = (LABEL_COLUMNS + 2).min(area.width / 2);
        let place = Rect {
            x: area.x + indent,
            width: area.width - indent,
            ..area
        };
        TextBox {
            area: editor.area(),
            focused: true,
        }
        .draw(place, buffer)
    }

    /// What is wrong with what is typed, or with what was typed before.
    fn fault(&self, cell: Cell, editor: Option<&Editor>) -> Option<String> {
        let text = match editor {
            Some(editor) if self.form.is_dirty => editor.text(),
            _ => match self.fact(cell).map(|fact| &fact.entry) {
                Some(Entry::Unreadable(text)) => text.clone(),
                _ => return None,
            },
        };
        let fault = typed::read(cell.1, &text, self.today).err()?;
        let is_being_typed = editor.is_some() && self.form.is_dirty;
        (!(is_being_typed && fault.is_incomplete())).then(|| fault_text(self.words, fault))
    }

    fn ground(&self, ground: Ground) -> String {
        let id = format!("ground-{}-short", ground.code());
        self.words.say(&id).into_owned()
    }

    /// The options with their digits, where the caret stands in a choice nothing is chosen in.
    fn options(&self, cell: Cell, is_focused: bool) -> String {
        if !is_focused {
            return "-".to_string();
        }
        let numbered = cell.1.options().iter().enumerate().map(|(index, code)| {
            format!("{} {}", index + 1, format::option(self.words, cell.1, code))
        });
        numbered.collect::<Vec<_>>().join("  ")
    }

    fn line(&self, cells: &[Cell], area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let fields: Vec<Field> = cells.iter().map(|(_, field)| *field).collect();
        let mut caret = None;
        for (cell, place) in cells.iter().zip(columns(&fields, area)) {
            let is_focused = *cell == self.form.focus && self.has_caret;
            let theme = self.theme;
            if is_focused && place.x > area.x {
                let before = Rect {
                    x: place.x - 1,
                    width: 1,
                    ..place
                };
                put(
                    buffer,
                    before,
                    (0, 0),
                    theme.sign(Sign::Pointer),
                    theme.style(Role::Focus),
                    theme,
                );
            }
            let editor = self.form.editor.as_ref().filter(|_| is_focused);
            let text = match editor {
                Some(editor) => editor.text(),
                None => self.shown_value(*cell),
            };
            let is_faulty = self.fault(*cell, editor).is_some();
            let role = match (is_faulty, is_focused) {
                (true, _) => Role::Error,
                (false, true) if editor.is_none() => Role::Focus,
                _ => Role::Plain,
            };
            let room = usize::from(place.width);
            let (shown, column) = match editor {
                Some(editor) => around_caret(&text, editor.caret().1, room),
                None if text.is_empty() => ("-".to_string(), 0),
                None => (clip(&visible(&text), room).into_owned(), 0),
            };
            put(buffer, place, (0, 0), &shown, theme.style(role), theme);
            if is_focused {
                caret = Some(Position {
                    x: place.x
                        + u16::try_from(column)
                            .unwrap_or(0)
                            .min(place.width.saturating_sub(1)),
                    y: place.y,
                });
            }
        }
        let note = cells
            .first()
            .map(|(item, _)| (self.line_note)(*item))
            .unwrap_or_default();
        if !note.is_empty() {
            let used: u16 = widths(&fields).iter().map(|width| width + 1).sum::<u16>() + 1;
            put(
                buffer,
                area,
                (used, 0),
                &note,
                self.theme.style(Role::Muted),
                self.theme,
            );
        }
        caret
    }
}

/// The part of a text around the caret that fits, and the caret's column in it.
fn around_caret(text: &str, caret: usize, room: usize) -> (String, usize) {
    let before: String = text.chars().take(caret).collect();
    let mut start = 0;
    let column = |start: usize| {
        let part: String = before.chars().skip(start).collect();
        width(&visible(&part))
    };
    while column(start) >= room && start < caret {
        start += 1;
    }
    let rest: String = text.chars().skip(start).collect();
    (clip(&visible(&rest), room).into_owned(), column(start))
}

/// The columns each cell of a line takes.
fn widths(fields: &[Field]) -> Vec<u16> {
    fields
        .iter()
        .map(|field| match field {
            Field::LineKind => 9,
            Field::LineText => 28,
            Field::LineQuantity => 4,
            Field::LinePrice => 11,
            Field::LineAnswer => 10,
            Field::GoodsSerial => 18,
            Field::ProofReceived => 13,
            _ => 12,
        })
        .collect()
}

fn columns(fields: &[Field], area: Rect) -> Vec<Rect> {
    let mut x = 1;
    widths(fields)
        .into_iter()
        .map(|wanted| {
            let left = area.width.saturating_sub(x);
            let place = Rect {
                x: area.x + x.min(area.width),
                width: wanted.min(left),
                height: area.height.min(1),
                ..area
            };
            x += wanted + 1;
            place
        })
        .collect()
}

/// What is wrong with a typed value, in words.
pub fn fault_text(words: &Words, fault: typed::Fault) -> String {
    match fault {
        typed::Fault::Day(fault) => faults::day(words, fault),
        typed::Fault::Phone(fault) => faults::phone(words, fault),
        typed::Fault::Money(fault) => faults::money(words, fault),
        typed::Fault::Serial(fault) => faults::serial(words, fault),
        typed::Fault::Number => words.say("fault-number").into_owned(),
        typed::Fault::Choice => words.say("fault-choice").into_owned(),
    }
}
