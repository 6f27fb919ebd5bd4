//! What happened, change by change, newest first; and the case as it was.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::desk::change::Change;
use crate::flow::state::OpenCase;
use crate::ui::format;
use crate::ui::i18n::{Arg, Words};
use crate::ui::theme::{Role, Theme};
use crate::ui::widgets::put;
use crate::ui::widgets::table::{Cell, Column, Table};
use crate::work::case::Case;

/// Draws the history, or the case as it was at the change that is looked at.
pub fn draw(open: &OpenCase, words: &Words, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    if let Some(past) = &open.history.past {
        draw_past(past, words, theme, area, buffer);
        return;
    }
    let case = &open.case;
    let changes = case.record.changes();
    let rows: Vec<Vec<Cell>> = changes
        .iter()
        .rev()
        .map(|change| {
            vec![
                Cell::with_role(when(case, change, words), Role::Muted),
                Cell::plain(change.who.clone()),
                Cell::plain(
                    words
                        .say(&format!("act-{}", change.act.code()))
                        .into_owned(),
                ),
                Cell::with_role(format::field(words, change.field), Role::Label),
                Cell::plain(from_to(case, change, words)),
                Cell::with_role(ground(change, words), Role::Muted),
            ]
        })
        .collect();
    let titles = ["when", "who", "act", "field", "value", "ground"]
        .map(|name| words.say_with(&format!("history-{name}"), &[]));
    let [when, who, act, field, value, ground] = &titles;
    let column = |title, least, share, drop| Column {
        title,
        least,
        share,
        right: false,
        drop,
    };
    Table {
        columns: &[
            column(when, 12, 0, 0),
            column(who, 6, 1, 4),
            column(act, 9, 1, 3),
            column(field, 14, 0, 0),
            column(value, 16, 6, 0),
            column(ground, 8, 0, 2),
        ],
        rows: &rows,
        selected: Some(open.history.cursor),
        empty: "",
        has_titles: true,
        theme,
    }
    .render(area, buffer);
}

fn when(case: &Case, change: &Change, words: &Words) -> String {
    let local = change
        .at
        .with_timezone(&case.knowledge().zone)
        .naive_local();
    format::moment(words, local, case.today)
}

fn ground(change: &Change, words: &Words) -> String {
    let id = format!("ground-{}-short", change.ground.code());
    words.say(&id).into_owned()
}

fn from_to(case: &Case, change: &Change, words: &Words) -> String {
    let shown = |entry| super::value::entry(words, change.field, Some(entry), case.today);
    let before = case.record.changes().iter().rev().find(|other| {
        other.seq < change.seq && (other.item, other.field) == (change.item, change.field)
    });
    let now = shown(&change.entry);
    let now = if now.is_empty() { "-".to_string() } else { now };
    let text = match before
        .map(|before| shown(&before.entry))
        .filter(|text| !text.is_empty())
    {
        Some(before) => format!("{before} > {now}"),
        None => now,
    };
    text.replace('\n', " ")
}

fn draw_past(past: &Case, words: &Words, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let at = past
        .record
        .changes()
        .last()
        .map(|change| when(past, change, words));
    let heading = words.say_with(
        "history-past",
        &[("when", Arg::Text(&at.unwrap_or_default()))],
    );
    put(
        buffer,
        area,
        (1, 0),
        &heading,
        theme.style(Role::Notice),
        theme,
    );
    let below = Rect {
        y: area.y + 1.min(area.height),
        height: area.height.saturating_sub(1),
        ..area
    };
    super::summary::draw_case(past, &[], words, theme, below, buffer);
}
