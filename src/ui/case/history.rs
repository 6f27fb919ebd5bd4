//! What happened to a case, change by change, newest first; and the case as it stood then.

use std::collections::HashMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{summary, value};
use crate::desk::change::{Act, Change};
use crate::desk::field::Field;
use crate::desk::id::ItemId;
use crate::desk::value::{Entry, Value};
use crate::flow::state::OpenCase;
use crate::ui::format;
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;
use crate::ui::theme::{Role, Theme};
use crate::ui::widgets::put;
use crate::ui::widgets::table::{Cell, Column, Table};
use crate::work::case::Case;

/// Draws the history, or the case as it stood at a change of it.
pub fn draw(open: &OpenCase, words: &Words, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    match &open.history.past {
        Some(past) => draw_past(past, words, theme, area, buffer),
        None => draw_list(open, words, theme, area, buffer),
    }
}

fn draw_past(past: &Case, words: &Words, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let latest = past.record.changes().last();
    let date = latest.map(|change| moment(past, change, words));
    let args = [("date", Arg::Text(date.as_deref().unwrap_or("")))];
    let heading = words.say_with("summary-past", &args);
    let style = theme.style(Role::Notice);
    put(buffer, area, (1, 0), &heading, style, theme);
    let below = Rect {
        y: area.y.saturating_add(2).min(area.bottom()),
        height: area.height.saturating_sub(2),
        ..area
    };
    let others = summary::Others::default();
    summary::draw(past, &others, 0, words, theme, below, buffer);
}

fn moment(case: &Case, change: &Change, words: &Words) -> String {
    let at = change
        .at
        .with_timezone(&case.knowledge().zone)
        .naive_local();
    format::moment(words, at, case.today)
}

fn draw_list(open: &OpenCase, words: &Words, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let columns = [
        column("history-when", 13, 0, 0),
        column("history-who", 8, 0, 2),
        column("history-what", 20, 1, 0),
        column("history-ground", 13, 0, 3),
    ];
    let titles: Vec<String> = columns
        .iter()
        .map(|column| words.say(column.title).into_owned())
        .collect();
    let columns: Vec<Column> = columns
        .iter()
        .zip(&titles)
        .map(|(column, title)| Column { title, ..*column })
        .collect();
    let table_area = Rect {
        height: area.height.saturating_sub(1),
        ..area
    };
    let on_page = usize::from(table_area.height.saturating_sub(1)).max(1);
    // Only the lines of the page are put in words.
    let page = open.history.cursor / on_page;
    let rows = rows(open, words, page * on_page..(page + 1) * on_page);
    let table = Table {
        columns: &columns,
        rows: &rows,
        selected: Some(open.history.cursor),
        empty: "",
        has_titles: true,
        theme,
    };
    table.render(table_area, buffer);
    let hint = words.say("history-hint");
    let muted = theme.style(Role::Muted);
    let row = area.height.saturating_sub(1);
    put(buffer, area, (1, row), &hint, muted, theme);
}

fn column(title: &str, least: u16, share: u16, drop: u8) -> Column<'_> {
    Column {
        title,
        least,
        share,
        right: false,
        drop,
    }
}

/// The lines of the history; those outside the page that is shown stay empty.
fn rows<'a>(open: &OpenCase, words: &Words, shown: std::ops::Range<usize>) -> Vec<Vec<Cell<'a>>> {
    let case = &open.case;
    let changes = case.record.changes();
    let mut before: HashMap<(ItemId, Field), &Entry> = HashMap::new();
    let mut from: Vec<Option<&Entry>> = Vec::with_capacity(changes.len());
    for change in changes {
        from.push(before.insert((change.item, change.field), &change.entry));
    }
    let newest_first = changes.iter().zip(from).rev().collect::<Vec<_>>();
    let line = |at: usize, change: &Change, from: Option<&Entry>| {
        let later = at.checked_sub(1).and_then(|at| newest_first.get(at));
        // What belongs to one action is told once, at its newest change and at the top of a page.
        let is_same =
            later.is_some_and(|(later, _)| later.action == change.action) && at != shown.start;
        let (when, who, act) = if is_same {
            (String::new(), String::new(), None)
        } else {
            let act = words.say_with(&format!("act-{}", change.act.code()), &[]);
            let names_itself = matches!(change.act, Act::Edit | Act::QuoteLine);
            (
                moment(case, change, words),
                visible(&change.who).into_owned(),
                (!names_itself).then_some(act),
            )
        };
        let what = what(open, change, from, words);
        let what = match act {
            Some(act) => format!("{act} · {what}"),
            None => what,
        };
        let ground = words.say_with(&format!("ground-{}", change.ground.code()), &[]);
        vec![
            Cell::plain(when),
            Cell::plain(who),
            Cell::plain(what),
            Cell::with_role(ground, Role::Muted),
        ]
    };
    newest_first
        .iter()
        .enumerate()
        .map(|(at, (change, from))| {
            if shown.contains(&at) {
                line(at, change, *from)
            } else {
                Vec::new()
            }
        })
        .collect()
}

/// The number of a linked case, where it is at hand and has one.
fn number(open: &OpenCase, entry: &Entry) -> Option<String> {
    let Some(Value::Link(id)) = entry.value() else {
        return None;
    };
    let mut joined = open.joined();
    let joined = joined.find(|record| record.id() == *id);
    let number = joined.and_then(|record| record.text(Field::Number));
    let mut elsewhere = open.case.elsewhere.iter();
    let elsewhere = elsewhere.find(|other| other.case == *id);
    let number = number.or_else(|| elsewhere?.number.as_deref());
    number.map(str::to_string)
}

fn what(open: &OpenCase, change: &Change, from: Option<&Entry>, words: &Words) -> String {
    let case = &open.case;
    let field = format::field(words, change.field);
    let told = |entry: &Entry| {
        let told = match change.field {
            // The fingerprint is of no use to a person in full.
            Field::TermsVersion => {
                let told = value::told(words, change.field, entry, case.today);
                told.get(..8).map(str::to_string).unwrap_or(told)
            }
            _ => number(open, entry)
                .unwrap_or_else(|| value::told(words, change.field, entry, case.today)),
        };
        visible(&told).into_owned()
    };
    let to = told(&change.entry);
    let from = from.filter(|from| **from != Entry::Unknown).map(told);
    let (id, from) = match (&from, &change.entry) {
        (Some(from), Entry::Unknown) => ("history-emptied", from.as_str()),
        (Some(from), _) => ("history-from-to", from.as_str()),
        (None, _) => ("history-set", ""),
    };
    let args = [
        ("field", Arg::Text(&field)),
        ("from", Arg::Text(from)),
        ("to", Arg::Text(&to)),
    ];
    words.say_with(id, &args)
}
