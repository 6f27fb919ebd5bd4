//! The one generic form: rows of fields and of table lines, edited in place, in pages by the caret.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::value;
use crate::desk::change::Ground;
use crate::desk::field::{Field, FieldKind};
use crate::desk::id::ItemId;
use crate::desk::record::{Fact, Record};
use crate::desk::value::{Entry, Value};
use crate::flow::command::Command;
use crate::flow::form::{Cell, Form, Row};
use crate::flow::state::Context;
use crate::flow::typed;
use crate::terms::choice::Choice as _;
use crate::terms::facts::FactName;
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::{clip, visible, width, wrap};
use crate::ui::theme::{Role, Theme};
use crate::ui::widgets::field::{FieldLine, Note};
use crate::ui::widgets::textbox::TextBox;
use crate::ui::widgets::{choice, put, put_right};
use crate::ui::{format, keymap, notes};

/// The columns of the labels.
const LABELS: u16 = 12;
/// The rows a long text takes while it is edited.
const BOX_ROWS: u16 = 4;

/// What is said at the end of a table line, and how.
pub type Tail = (Role, String);

/// A form to be drawn.
pub struct FormView<'a> {
    /// Its rows, its caret, what is typed.
    pub form: &'a Form,
    /// What is known, with what was entered and is not saved yet.
    pub record: &'a Record,
    /// What is saved.
    pub saved: &'a Record,
    /// Whether a field could not be saved.
    pub is_kept: &'a dyn Fn(Cell) -> bool,
    /// Where the keys would go: which keys are named.
    pub context: Context,
    /// Whether the keys go to the form.
    pub has_keys: bool,
    /// The day it is.
    pub today: NaiveDate,
    /// Whose days are told: the time zone of the service centre.
    pub zone: chrono_tz::Tz,
    /// A remark behind a field, such as how often somebody called before: whole, and short for where
    /// the value leaves no room.
    pub remark: &'a dyn Fn(Cell) -> Option<(String, String)>,
    /// The columns at the end of table lines, their head, and what stands there.
    pub tail: (u16, &'a str, &'a dyn Fn(ItemId) -> Option<Tail>),
    /// The words.
    pub words: &'a Words,
    /// Colours and signs.
    pub theme: &'a Theme,
}

impl FormView<'_> {
    /// Draws the form; answers where the terminal's cursor belongs.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        let help_rows = match area.height {
            0..6 => 0,
            6..12 => 1,
            12..16 => 3,
            _ => 4,
        };
        let rows_area = Rect {
            height: area.height - help_rows,
            ..area
        };
        let pages = self.pages(rows_area);
        let page = self.page(&pages);
        let mut caret = None;
        let mut top = 0;
        for at in pages.get(page).into_iter().flatten() {
            let Some(row) = self.form.rows.get(*at) else {
                continue;
            };
            let height = self.height(row).min(rows_area.height.saturating_sub(top));
            let row_area = Rect {
                y: rows_area.y.saturating_add(top),
                height,
                ..rows_area
            };
            caret = self.row(row, row_area, buffer).or(caret);
            top = top.saturating_add(height);
        }
        let help = Rect {
            y: rows_area.bottom(),
            height: help_rows,
            ..area
        };
        self.help(help, buffer);
        if pages.len() > 1 {
            let mark = format!("{}/{}", page + 1, pages.len());
            let row = area.height - 1;
            let muted = self.theme.style(Role::Muted);
            put_right(buffer, area, row, &mark, muted, self.theme);
        }
        caret.filter(|_| self.has_keys)
    }

    /// The rows (by place) page by page.
    fn pages(&self, area: Rect) -> Vec<Vec<usize>> {
        let mut pages: Vec<Vec<usize>> = vec![Vec::new()];
        let mut used = 0;
        for (at, row) in self.form.rows.iter().enumerate() {
            let height = self.height(row);
            if used > 0 && used + height > area.height {
                pages.push(Vec::new());
                used = 0;
            }
            if let Some(page) = pages.last_mut() {
                page.push(at);
            }
            used += height;
        }
        pages
    }

    fn page(&self, pages: &[Vec<usize>]) -> usize {
        let has_focus = |at: &usize| {
            let row = self.form.rows.get(*at);
            row.is_some_and(|row| row.cells().contains(&self.form.focus))
        };
        pages
            .iter()
            .position(|page| page.iter().any(has_focus))
            .unwrap_or(0)
    }

    fn is_focused(&self, cell: Cell) -> bool {
        cell == self.form.focus
    }

    fn height(&self, row: &Row) -> u16 {
        match row {
            Row::Field(cell) if self.is_focused(*cell) && is_long(cell.1) => BOX_ROWS,
            _ => 1,
        }
    }

    fn row(&self, row: &Row, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        match row {
            Row::Field(cell) => self.field(*cell, area, buffer),
            Row::Line(cells) => self.line(cells, area, buffer),
            Row::Head(fields) => {
                self.head(fields, area, buffer);
                None
            }
            Row::More(count) => {
                let key = keymap::key_of(Command::More, self.context);
                let key = key.map(|key| key.name()).unwrap_or_default();
                let args = [
                    ("key", Arg::Text(&key)),
                    ("count", Arg::Number(i64::try_from(*count).unwrap_or(0))),
                ];
                let text = self.words.say_with("form-more", &args);
                let muted = self.theme.style(Role::Muted);
                put(buffer, area, (1, 0), text.trim(), muted, self.theme);
                None
            }
        }
    }

    fn fact(&self, cell: Cell) -> Option<&Fact> {
        self.record.fact_of(cell.0, cell.1)
    }

    /// The value as it is shown, and where the caret stands in it.
    fn value(&self, cell: Cell) -> (String, Option<usize>) {
        if self.is_focused(cell)
            && let Some(editor) = &self.form.editor
        {
            return (editor.text(), self.has_keys.then_some(editor.caret().1));
        }
        let entry = self.fact(cell).map(|fact| &fact.entry);
        let shown = value::in_form(self.words, cell.1, entry);
        let is_off = cell.1 == Field::LinePrice
            && !shown.is_empty()
            && self.record.value_of(cell.0, Field::LineKind) == Some(&Value::Choice("discount"));
        match is_off {
            true => (format!("-{shown}"), None),
            false => (shown, None),
        }
    }

    /// What an empty recipient will be once it is confirmed: the caller.
    fn stand_in(&self, (item, field): Cell) -> Option<String> {
        let caller = match field {
            Field::Recipient => Field::Caller,
            Field::RecipientPhone => Field::Phone,
            Field::RecipientAddress => Field::Address,
            _ => return None,
        };
        let entry = &self.fact((item, caller))?.entry;
        entry.value()?;
        Some(format!(
            "({})",
            value::in_form(self.words, caller, Some(entry))
        ))
    }

    /// What is wrong with the value, unless typing on may make it right.
    fn fault(&self, cell: Cell, shown: &str) -> Option<String> {
        let is_typed = self.is_focused(cell) && self.form.is_dirty;
        let is_kept = matches!(
            self.fact(cell).map(|fact| &fact.entry),
            Some(Entry::Unreadable(_))
        );
        if !is_typed && !is_kept {
            return None;
        }
        let fault = typed::read(cell.1, shown, self.today).err()?;
        (!is_typed || !fault.is_incomplete()).then(|| notes::fault(self.words, fault))
    }

    fn field(&self, cell: Cell, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let (_, field) = cell;
        let focused = self.is_focused(cell) && self.has_keys;
        let label = format::field(self.words, field);
        let (shown, caret) = self.value(cell);
        let fault = self.fault(cell, &shown);
        let mut line = FieldLine {
            label: &label,
            label_columns: LABELS,
            value: &shown,
            value_role: Role::Plain,
            placeholder: "",
            note: None,
            focused,
            caret,
            theme: self.theme,
        };
        if let Some(editor) = &self.form.editor
            && self.is_focused(cell)
            && editor.is_long()
        {
            line.value = "";
            line.caret = None;
            line.draw(area, buffer);
            let start = LABELS.min(area.width / 2).saturating_add(2).min(area.width);
            let text_area = Rect {
                x: area.x.saturating_add(start),
                width: area.width - start,
                ..area
            };
            let text_box = TextBox {
                area: editor.area(),
                focused: self.has_keys,
            };
            return text_box.draw(text_area, buffer);
        }
        let empty = if focused && field.options().len() == 2 {
            self.options(field)
        } else if focused {
            String::new()
        } else {
            self.words.say("form-empty").into_owned()
        };
        let empty = self.stand_in(cell).unwrap_or(empty);
        line.placeholder = &empty;
        let remark = (self.remark)(cell);
        let ground = self.ground(cell);
        let overtaken = self.overtaken(cell, false);
        let kept = (self.is_kept)(cell).then(|| self.words.say("form-not-saved"));
        if let Some(theirs) = &overtaken {
            line.note = Some(Note {
                role: Role::Notice,
                text: theirs,
                short: "",
            });
        } else if let Some(kept) = &kept {
            line.value_role = Role::Error;
            line.note = Some(Note {
                role: Role::Refused,
                text: kept,
                short: "",
            });
        } else if let Some(fault) = &fault {
            line.value_role = Role::Error;
            line.note = Some(Note {
                role: Role::Error,
                text: fault,
                short: "",
            });
        } else if let Some((whole, short)) = &remark {
            line.note = Some(muted_note(whole, short));
        } else if let Some((whole, short)) = &ground {
            line.note = Some(muted_note(whole, short));
        }
        line.draw(area, buffer)
    }

    /// What somebody else made of the field the person is typing in: short, or as a whole sentence.
    fn overtaken(&self, cell: Cell, is_whole: bool) -> Option<String> {
        let theirs = self.form.overtaken(self.saved);
        let fact = theirs.filter(|_| self.is_focused(cell))?;
        let latest = self
            .saved
            .changes()
            .iter()
            .rev()
            .find(|change| (change.item, change.field) == cell)?;
        let who = visible(&latest.who);
        let value = match fact {
            Some(fact) => value::told(self.words, cell.1, &fact.entry, self.today),
            None => self.words.say("value-none").into_owned(),
        };
        let value = visible(&value);
        let args = [("who", Arg::Text(&who)), ("value", Arg::Text(&value))];
        let id = if is_whole {
            "form-overtaken-long"
        } else {
            "form-overtaken"
        };
        Some(self.words.say_with(id, &args))
    }

    /// On what ground a fact of the terms is known, whole and short.
    fn ground(&self, cell: Cell) -> Option<(String, String)> {
        let fact = self.fact(cell)?;
        let is_fact = FactName::from_code(cell.1.code())
            .is_some_and(|name| !matches!(name, FactName::Service | FactName::MissingItems));
        if !is_fact || fact.ground == Ground::Desk || fact.entry.value().is_none() {
            return None;
        }
        let id = format!("ground-{}", fact.ground.code());
        let whole = self.words.say(&id).into_owned();
        let short = self.words.say_with(&format!("{id}-short"), &[]);
        Some((whole, short))
    }

    fn options(&self, field: Field) -> String {
        let options = field.options().iter().enumerate();
        let options: Vec<String> = options
            .map(|(at, code)| {
                let key = choice::key(at).map(String::from).unwrap_or_default();
                format!("{key} {}", format::option(self.words, field, code))
            })
            .collect();
        options.join("  ")
    }

    /// Where each cell of a table line begins and how wide it is.
    fn columns(&self, fields: &[Field], columns: u16) -> Vec<(u16, u16)> {
        let tail = self.tail.0;
        let taken: u16 = fields.iter().filter_map(|field| fixed(*field)).sum();
        let gaps = u16::try_from(fields.len()).unwrap_or(0).saturating_mul(2);
        let rest = columns
            .saturating_sub(taken)
            .saturating_sub(gaps)
            .saturating_sub(if tail == 0 { 0 } else { tail + 1 });
        let mut begin: u16 = 0;
        let mut placed = Vec::with_capacity(fields.len());
        for field in fields {
            let width = fixed(*field).unwrap_or(rest).saturating_add(2);
            let width = width.min(columns.saturating_sub(begin));
            placed.push((begin, width));
            begin = begin.saturating_add(width);
        }
        placed
    }

    fn head(&self, fields: &[Field], area: Rect, buffer: &mut Buffer) {
        let muted = self.theme.style(Role::Muted);
        for (field, (begin, width)) in fields.iter().zip(self.columns(fields, area.width)) {
            let label = format::field(self.words, *field);
            let room = usize::from(width.saturating_sub(2));
            let label = clip(&label, room);
            let push = if is_figure(*field) {
                width.saturating_sub(columns_of(&label))
            } else {
                2
            };
            put(
                buffer,
                area,
                (begin.saturating_add(push), 0),
                &label,
                muted,
                self.theme,
            );
        }
        let (columns, title, _) = self.tail;
        if columns > 0 {
            let tail = tail_area(area, columns);
            put(buffer, tail, (0, 0), title, muted, self.theme);
        }
    }

    fn line(&self, cells: &[Cell], area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let fields: Vec<Field> = cells.iter().map(|cell| cell.1).collect();
        let mut caret = None;
        for (cell, (begin, width)) in cells.iter().zip(self.columns(&fields, area.width)) {
            let focused = self.is_focused(*cell) && self.has_keys;
            let (shown, at) = self.value(*cell);
            let fault = self.fault(*cell, &shown);
            let room = width.saturating_sub(2);
            let push = match (is_figure(cell.1), at) {
                (true, None) => room.saturating_sub(columns_of(&shown).max(1)),
                _ => 0,
            };
            let line = FieldLine {
                label: "",
                label_columns: 0,
                value: &shown,
                value_role: if fault.is_some() || (self.is_kept)(*cell) {
                    Role::Error
                } else {
                    Role::Plain
                },
                placeholder: match cell.1 {
                    _ if focused => "",
                    // Nothing said is one.
                    Field::LineQuantity if cell.0 != self.form.new_item => "1",
                    _ => "·",
                },
                note: None,
                focused,
                caret: at,
                theme: self.theme,
            };
            let cell_area = Rect {
                x: area.x.saturating_add(begin),
                width,
                ..area
            };
            let value_area = Rect {
                x: cell_area.x.saturating_add(push),
                width: width.saturating_sub(push),
                ..cell_area
            };
            caret = line.draw(value_area, buffer).or(caret);
        }
        let (columns, _, tail) = self.tail;
        let item = cells.first().map_or(ItemId::SELF, |cell| cell.0);
        if columns > 0
            && let Some((role, text)) = tail(item)
        {
            let tail = tail_area(area, columns);
            put(
                buffer,
                tail,
                (0, 0),
                &text,
                self.theme.style(role),
                self.theme,
            );
        }
        caret
    }

    /// What the field the caret is in means, who said it, and its options.
    fn help(&self, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() || !self.has_keys || self.form.cells().is_empty() {
            return;
        }
        let cell = self.form.focus;
        let room = usize::from(area.width.saturating_sub(2)).max(1);
        let mut lines: Vec<(Role, String)> = Vec::new();
        let (shown, _) = self.value(cell);
        let in_table = cell.0 != ItemId::SELF;
        if let Some(fault) = self.fault(cell, &shown).filter(|_| in_table) {
            lines.push((Role::Error, fault));
        }
        if let Some(theirs) = self.overtaken(cell, true) {
            for line in wrap(&theirs, room) {
                lines.push((Role::Notice, line.to_string()));
            }
        }
        let options = self.options(cell.1);
        if area.height > 1 && lines.is_empty() {
            let long = format!("{}-long", format::field_id(cell.1));
            lines.push((Role::Muted, self.words.say(&long).into_owned()));
        }
        if let Some(said) = self.said(cell).filter(|_| area.height > 2) {
            lines.push((Role::Muted, said));
        }
        if !options.is_empty() {
            let wrapped = wrap_options(&options, room);
            let left = usize::from(area.height).saturating_sub(lines.len());
            if wrapped.len() <= left.max(1) {
                lines.extend(wrapped.into_iter().map(|line| (Role::Muted, line)));
            } else {
                let key = keymap::key_of(Command::Options, self.context);
                let key = key.map(|key| key.name()).unwrap_or_default();
                let args = [("key", Arg::Text(&key))];
                lines.push((Role::Muted, self.words.say_with("form-options", &args)));
            }
        }
        let skip = usize::from(area.height).saturating_sub(lines.len());
        for (row, (role, line)) in lines.iter().take(usize::from(area.height)).enumerate() {
            let row = u16::try_from(skip + row).unwrap_or(u16::MAX);
            put(
                buffer,
                area,
                (1, row),
                line,
                self.theme.style(*role),
                self.theme,
            );
        }
    }

    fn said(&self, cell: Cell) -> Option<String> {
        let fact = self.saved.fact_of(cell.0, cell.1)?;
        let ground = self
            .words
            .say_with(&format!("ground-{}", fact.ground.code()), &[]);
        let when = format::day(
            self.words,
            fact.at.with_timezone(&self.zone).date_naive(),
            self.today,
        );
        let args = [
            ("ground", Arg::Text(&ground)),
            ("who", Arg::Text(&fact.who)),
            ("when", Arg::Text(&when)),
        ];
        Some(self.words.say_with("form-said", &args))
    }
}

fn muted_note<'a>(text: &'a str, short: &'a str) -> Note<'a> {
    Note {
        role: Role::Muted,
        text,
        short,
    }
}

fn is_long(field: Field) -> bool {
    matches!(field.kind(), FieldKind::Text { long: true })
}

fn is_figure(field: Field) -> bool {
    matches!(field.kind(), FieldKind::Money | FieldKind::Number)
}

/// The columns of a column of a table; none for the one that takes what is left.
fn fixed(field: Field) -> Option<u16> {
    match field {
        Field::LineKind => Some(8),
        Field::LineQuantity => Some(4),
        Field::LinePrice => Some(7),
        Field::LineAnswer => Some(5),
        Field::GoodsSerial => Some(15),
        Field::ProofReceived => Some(10),
        Field::GoodsLabel => Some(10),
        _ => None,
    }
}

fn tail_area(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    Rect {
        x: area.right() - columns,
        width: columns,
        ..area
    }
}

fn columns_of(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}

/// Options in lines, none of them torn apart.
fn wrap_options(options: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for option in options.split("  ") {
        match lines.last_mut() {
            Some(line) if width(line) + 2 + width(option) <= room => {
                line.push_str("  ");
                line.push_str(option);
            }
            _ if width(option) > room => {
                lines.extend(wrap(option, room).into_iter().map(str::to_string));
            }
            _ => lines.push(option.to_string()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::i18n::Language;

    #[test]
    fn every_field_has_a_label_that_fits_and_a_long_name_in_both_languages() {
        for words in Language::ALL.map(Words::new) {
            for field in Field::ALL {
                let id = format::field_id(*field);
                assert!(words.has(&id), "{id}");
                let label = format::field(&words, *field);
                assert!(width(&label) <= usize::from(LABELS), "{id}: {label}");
                assert!(words.has(&format!("{id}-long")), "{id}-long");
            }
        }
    }

    #[test]
    fn every_option_and_every_ground_has_words_that_fit_in_both_languages() {
        for words in Language::ALL.map(Words::new) {
            for field in Field::ALL {
                for code in field.options() {
                    let id = format::option_id(*field, code);
                    assert!(words.has(&id), "{id}");
                    let option = format::option(&words, *field, code);
                    assert!(width(&option) <= 18, "{id}: {option}");
                }
            }
            for ground in Ground::ALL {
                let id = format!("ground-{}", ground.code());
                assert!(words.has(&id) && words.has(&format!("{id}-short")), "{id}");
            }
        }
    }
}
