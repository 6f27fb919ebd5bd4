//! The board: the line to search in, the groups with their counts, the open cases by what comes
//! next; or what a search found.

use std::borrow::Cow;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::format;
use super::i18n::{Arg, Words};
use super::screen::{widest, with_text};
use super::text::{clip, visible, width};
use super::theme::{Role, Sign, Theme};
use super::widgets::field::FieldLine;
use super::widgets::table::{Cell, Column, Table};
use super::widgets::{put, put_right};
use crate::desk::field::{Field, FieldKind};
use crate::desk::phone::Phone;
use crate::flow::event::Found;
use crate::flow::state::{Board, State};
use crate::terms::Day;
use crate::work::row::CaseRow;
use crate::work::standing::{Stage, Wait};

/// Columns between two groups.
const GROUP_GAP: u16 = 2;

/// Draws the board; answers where the terminal's cursor belongs.
pub fn draw(
    state: &State,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let (line, rest) = split(area, 1);
    let rest = missing_year(state, words, theme, rest, buffer);
    let board = &state.board;
    let is_searching = !board.search.text().trim().is_empty();
    let mark = match &board.found {
        None if is_searching => String::new(),
        Some((_, found)) if is_searching && found.is_empty() => {
            nothing_found(board, words, theme, inset(rest), buffer);
            String::new()
        }
        Some((_, found)) if is_searching => found_list(found, state, words, theme, rest, buffer),
        _ if board.rows.is_empty() => {
            let (head, how) = (words.say("board-empty"), words.say("board-empty-how"));
            advice(&head, &how, theme, inset(rest), buffer);
            String::new()
        }
        _ => {
            let rows = match area.height {
                0..6 => 0,
                _ => groups(board, words, theme, rest, buffer),
            };
            let (_, list) = split(rest, rows);
            case_list(state, words, theme, list, buffer)
        }
    };
    let mark_columns = widest([&mark]);
    put_right(buffer, line, 0, &mark, theme.style(Role::Muted), theme);
    let line = Rect {
        width: line.width.saturating_sub(mark_columns),
        ..line
    };
    search_line(board, words, theme, line, buffer)
}

/// Weeks before its first day in which a year whose working days are not stored is named.
const WEEKS_AHEAD: i32 = 8;

/// Names the year whose working days will soon be needed and are not stored (`3WD-YEAR`) on the last
/// row; answers what is left above.
fn missing_year(
    state: &State,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Rect {
    let today = Day::from_date(state.today());
    let Some(year) = state.knowledge.calendar.missing_soon(today, WEEKS_AHEAD) else {
        return area;
    };
    if area.height < 10 {
        return area;
    }
    let (rest, last) = split(area, area.height - 1);
    let args = [("year", Arg::Text(&year.to_string()))];
    let text = words.say_with("board-year-missing", &args);
    let sign = theme.role_sign(Role::Notice).unwrap_or_default();
    let style = theme.style(Role::Notice);
    put(
        buffer,
        last,
        (1, 0),
        &format!("{sign} {text}"),
        style,
        theme,
    );
    rest
}

/// The first rows of an area, and what is left below.
fn split(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    let first = Rect {
        height: rows,
        ..area
    };
    let rest = Rect {
        y: area.y.saturating_add(rows),
        height: area.height - rows,
        ..area
    };
    (first, rest)
}

/// One row and one column less.
fn inset(area: Rect) -> Rect {
    let (_, rest) = split(area, u16::from(area.height > 4));
    let columns = u16::from(rest.width > 4);
    Rect {
        x: rest.x.saturating_add(columns),
        width: rest.width - columns,
        ..rest
    }
}

fn search_line(
    board: &Board,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let text = board.search.text();
    let label = match area.width {
        0..24 => Cow::Borrowed(""),
        _ => words.say("board-find"),
    };
    let line = FieldLine {
        label: &label,
        label_columns: u16::try_from(width(&label)).unwrap_or(0),
        value: &text,
        value_role: Role::Plain,
        placeholder: &words.say("board-find-hint"),
        note: None,
        focused: false,
        caret: Some(board.search.caret().1),
        theme,
    };
    line.draw(area, buffer)
}

fn nothing_found(board: &Board, words: &Words, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let text = board.search.text();
    let shown = visible(text.trim());
    let room = usize::from(area.width).saturating_sub(24).max(8);
    let head = with_text(words, "board-nothing-found", "text", &clip(&shown, room));
    advice(
        &head,
        &words.say("board-nothing-found-how"),
        theme,
        area,
        buffer,
    );
}

/// A head and what can be done, wrapped.
fn advice(head: &str, how: &str, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let columns = usize::from(area.width.saturating_sub(1)).max(1);
    let mut row = 0;
    for line in super::text::wrap(head, columns) {
        let style = theme.style(Role::Heading);
        put(buffer, area, (0, row), line, style, theme);
        row += 1;
    }
    row += u16::from(area.height > 6);
    for line in super::text::wrap(how, columns) {
        let style = theme.style(Role::Plain);
        put(buffer, area, (0, row), line, style, theme);
        row = row.saturating_add(1);
    }
}

/// Draws the groups with their counts, on a second line where one does not hold them; answers the
/// rows they take.
fn groups(board: &Board, words: &Words, theme: &Theme, area: Rect, buffer: &mut Buffer) -> u16 {
    let all = (None, board.rows.len());
    let of_stages = board.groups().into_iter();
    let groups = std::iter::once(all).chain(of_stages.map(|(stage, count)| (Some(stage), count)));
    let (mut row, mut column) = (0u16, 1u16);
    for (stage, count) in groups {
        let id = stage.map_or("board-all".to_string(), stage_id);
        let is_chosen = stage == board.group;
        let text = format!("{} {count}", words.say(&id));
        let columns = u16::try_from(width(&text)).unwrap_or(u16::MAX);
        // The pointer stands in front of the chosen one.
        let needed = columns.saturating_add(1);
        if column > 1 && column.saturating_add(needed) > area.width {
            if row > 0 {
                break;
            }
            (row, column) = (1, 1);
        }
        let role = if is_chosen { Role::Focus } else { Role::Muted };
        if is_chosen {
            let pointer = theme.sign(Sign::Pointer);
            let before = column.saturating_sub(1);
            put(
                buffer,
                area,
                (before, row),
                pointer,
                theme.style(role),
                theme,
            );
        }
        let end = put(buffer, area, (column, row), &text, theme.style(role), theme);
        column = end.saturating_add(GROUP_GAP);
    }
    row + 1
}

fn stage_id(stage: Stage) -> String {
    format!("stage-{}", stage.code())
}

const fn column(title: &'static str, least: u16, share: u16, drop: u8) -> Column<'static> {
    Column {
        title,
        least,
        share,
        right: false,
        drop,
    }
}

const NEXT: &str = "board-column-next";
const WAIT: &str = "board-column-wait";

/// The columns of the list: message of the title, least columns, share of what is left, drop order.
const CASES: [Column; 11] = [
    column("board-column-number", 11, 0, 0),
    column("board-column-customer", 10, 3, 0),
    column("board-column-model", 9, 2, 3),
    column(NEXT, 6, 0, 2),
    column(WAIT, 6, 0, 4),
    column("board-column-due", 10, 0, 1),
    column("board-column-serial", 13, 1, 5),
    column("board-column-assignee", 8, 0, 6),
    column("board-column-shelf", 6, 0, 7),
    column("board-column-goods", 15, 0, 9),
    Column {
        right: true,
        ..column("board-column-owed", 9, 0, 8)
    },
];

/// The columns of what was found.
const FOUND: [Column; 8] = [
    column("board-column-number", 11, 0, 0),
    column("board-column-customer", 10, 2, 0),
    column("board-column-model", 9, 1, 2),
    column(NEXT, 14, 0, 1),
    column("board-column-matched", 26, 2, 3),
    column("board-column-due", 10, 0, 4),
    column("board-column-assignee", 8, 0, 5),
    column("board-column-goods", 15, 0, 6),
];

fn case_list(
    state: &State,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> String {
    let today = state.today();
    let shown = state.board.shown();
    let wanted = page_of(&shown, state.board.cursor, area);
    let rows: Vec<Vec<Cell>> = wanted
        .rows
        .iter()
        .map(|row| {
            vec![
                number(row, state, words, theme),
                Cell::plain(row.caller.as_deref().unwrap_or("")),
                Cell::plain(row.model.as_deref().unwrap_or("")),
                Cell::plain(words.say(&stage_id(row.stage)).into_owned()),
                Cell::with_role(wait(row, today, words), Role::Muted),
                due(row, today, words, theme),
                Cell::plain(serial(row)),
                Cell::plain(row.assignee.as_deref().unwrap_or("")),
                Cell::plain(row.bin.as_deref().unwrap_or("")),
                Cell::with_role(goods(row, words), Role::Muted),
                owed(row),
            ]
        })
        .collect();
    let empty = words.say("board-group-empty");
    list(
        &CASES,
        &rows,
        wanted.marked,
        &empty,
        words,
        theme,
        area,
        buffer,
    );
    wanted.mark()
}

fn found_list(
    found: &[Found],
    state: &State,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> String {
    let today = state.today();
    let shown: Vec<&Found> = found.iter().collect();
    let wanted = page_of(&shown, state.board.cursor, area);
    let rows: Vec<Vec<Cell>> = wanted
        .rows
        .iter()
        .map(|found| {
            let row = &found.row;
            vec![
                number(row, state, words, theme),
                Cell::plain(row.caller.as_deref().unwrap_or("")),
                Cell::plain(row.model.as_deref().unwrap_or("")),
                stage_or_outcome(row, words),
                Cell::with_role(matched(found, words), Role::Muted),
                due(row, today, words, theme),
                Cell::plain(row.assignee.as_deref().unwrap_or("")),
                Cell::with_role(goods(row, words), Role::Muted),
            ]
        })
        .collect();
    list(&FOUND, &rows, wanted.marked, "", words, theme, area, buffer);
    wanted.mark()
}

/// The lines of the page the mark is on.
struct Page<'a, T> {
    rows: &'a [T],
    /// The line of the page the mark is at.
    marked: usize,
    page: usize,
    pages: usize,
}

impl<T> Page<'_, T> {
    /// Where the list stands, with a space in front: ` 1/2`; nothing where it is all there.
    fn mark(&self) -> String {
        match self.pages {
            0 | 1 => String::new(),
            pages => format!(" {}/{pages}", self.page + 1),
        }
    }
}

fn page_of<T>(all: &[T], cursor: usize, area: Rect) -> Page<'_, T> {
    let rows = usize::from(area.height.saturating_sub(title_rows(area))).max(1);
    let pages = all.len().div_ceil(rows).max(1);
    let page = (cursor / rows).min(pages - 1);
    let first = page * rows;
    let last = all.len().min(first + rows);
    Page {
        rows: all.get(first..last).unwrap_or(&[]),
        marked: cursor.saturating_sub(first),
        page,
        pages,
    }
}

/// Very small terminals keep the lines.
fn title_rows(area: Rect) -> u16 {
    u16::from(area.height > 3)
}

#[allow(clippy::too_many_arguments)] // the last four are the same for everything that draws
fn list(
    columns: &[Column],
    rows: &[Vec<Cell>],
    marked: usize,
    empty: &str,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let titles: Vec<Cow<str>> = columns.iter().map(|c| words.say(c.title)).collect();
    // Where somebody is in a case the sign behind its number takes a column.
    let number_columns = rows
        .iter()
        .filter_map(|row| row.first())
        .map(|cell| u16::try_from(width(&cell.text)).unwrap_or(u16::MAX))
        .max();
    let columns: Vec<Column> = columns
        .iter()
        .zip(&titles)
        .enumerate()
        .map(|(at, (column, title))| Column {
            title,
            least: match at {
                0 => number_columns
                    .unwrap_or(0)
                    .min(column.least + 1)
                    .max(column.least),
                _ => least(column, words),
            },
            ..*column
        })
        .collect();
    let table = Table {
        columns: &columns,
        rows,
        selected: Some(marked),
        empty,
        has_titles: title_rows(area) > 0,
        theme,
    };
    table.render(area, buffer);
}

/// The columns a column takes at least: those of closed lists what their longest word takes.
fn least(column: &Column, words: &Words) -> u16 {
    let widest = match column.title {
        NEXT => widest(Stage::ALL.map(|stage| words.say(&stage_id(stage)).into_owned())),
        WAIT => widest(Wait::ALL.map(|wait| waiting(wait, 99, words))),
        _ => return column.least,
    };
    widest.max(column.least)
}

/// The number, with a sign behind it where somebody else has the case open.
fn number<'a>(row: &'a CaseRow, state: &State, words: &Words, theme: &Theme) -> Cell<'a> {
    let (number, role) = match row.number.as_deref() {
        Some(number) => (Cow::Borrowed(number), Role::Plain),
        None => (
            Cow::Owned(words.say("board-no-number").into_owned()),
            Role::Muted,
        ),
    };
    if state.others_in(row.id).is_empty() {
        return Cell::with_role(number, role);
    }
    Cell::with_role(
        format!("{number}{}", theme.sign(Sign::Staff)),
        Role::Heading,
    )
}

/// The serial number, or the label on the bag where it cannot be read.
fn serial(row: &CaseRow) -> &str {
    row.serial.as_deref().or(row.label.as_deref()).unwrap_or("")
}

/// Who or what is waited for, and how many days already.
fn wait(row: &CaseRow, today: NaiveDate, words: &Words) -> String {
    let Some(wait) = row.wait else {
        return String::new();
    };
    let days = row
        .waiting_since
        .map_or(0, |since| today.signed_duration_since(since).num_days());
    waiting(wait, days, words)
}

fn waiting(wait: Wait, days: i64, words: &Words) -> String {
    let who = words.say(&format!("wait-{}", wait.code())).into_owned();
    if days <= 0 {
        return who;
    }
    let args = [("who", Arg::Text(&who)), ("days", Arg::Number(days))];
    words.say_with("board-wait-days", &args)
}

/// The day that counts; late ones by sign and colour.
fn due<'a>(row: &CaseRow, today: NaiveDate, words: &Words, theme: &Theme) -> Cell<'a> {
    let Some(due) = row.due else {
        return Cell::plain("");
    };
    // Due days are days or weeks away: the year would only take room.
    let day = format::day_without_year(words, due);
    if due < today {
        Cell::with_role(format!("{} {day}", theme.sign(Sign::Late)), Role::Late)
    } else if due == today {
        Cell::with_role(words.say("day-today").into_owned(), Role::Open)
    } else {
        Cell::plain(day)
    }
}

fn goods(row: &CaseRow, words: &Words) -> String {
    words
        .say(&format!("goods-{}", row.goods.code()))
        .into_owned()
}

fn owed<'a>(row: &CaseRow) -> Cell<'a> {
    if row.owed.0 > 0 {
        Cell::plain(format::money(row.owed))
    } else if row.credit.0 > 0 {
        // What we owe the customer.
        Cell::with_role(format!("-{}", format::money(row.credit)), Role::Notice)
    } else {
        Cell::plain("")
    }
}

fn stage_or_outcome<'a>(row: &CaseRow, words: &Words) -> Cell<'a> {
    match row.outcome.filter(|_| row.stage != Stage::Settling) {
        Some(outcome) => {
            Cell::with_role(format::option(words, Field::Closed, outcome), Role::Muted)
        }
        None => Cell::plain(words.say(&stage_id(row.stage)).into_owned()),
    }
}

/// What of the case was found: the field, and its value.
fn matched(found: &Found, words: &Words) -> String {
    let row = &found.row;
    let value = found.value.clone().or_else(|| match found.matched {
        Field::Phone => row.phone.as_ref().map(Phone::storage),
        Field::SecondPhone => row.second_phone.as_ref().map(Phone::storage),
        Field::Email => row.email.clone(),
        Field::SerialNumber => row.serial.clone(),
        Field::BagLabel => row.label.clone(),
        Field::Waybill | Field::WaybillBack => row.waybills.last().cloned(),
        _ => None,
    });
    let phone = value
        .as_deref()
        .filter(|_| found.matched.kind() == FieldKind::Phone)
        .and_then(|value| Phone::from_storage(value).ok());
    if found.other_extension {
        return format::other_extensions(words, phone.as_slice());
    }
    let value = phone.map(|phone| format::phone(words, &phone)).or(value);
    if let (true, Some(value)) = (found.is_former, &value) {
        return words.say_with("board-matched-former", &[("value", Arg::Text(value))]);
    }
    let field = format::field(words, found.matched);
    match value {
        Some(value) => {
            let args = [("field", Arg::Text(&field)), ("value", Arg::Text(&value))];
            words.say_with("board-matched", &args)
        }
        None => field,
    }
}
