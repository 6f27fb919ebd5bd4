//! Walking through what is only read: the checks, the history, the pages of the summary.

use super::go_to_screen;
use crate::flow::asked::field_of;
use crate::flow::command::Command;
use crate::flow::form::Cell;
use crate::flow::state::{CaseScreen, OpenCase, Overlay, State, View};
use crate::flow::{moved, page};
use crate::terms::choice::Choice as _;
use crate::terms::clause::ClauseId;
use crate::work::findings::What;

pub(super) fn in_checks(state: &mut State, command: Command) -> bool {
    let findings = state.case().map_or(0, |open| open.shown().findings().len());
    let View::Case(open) = &mut state.view else {
        return false;
    };
    let cursor = open.checks_cursor.unwrap_or(0);
    match command {
        Command::Up | Command::Previous => open.checks_cursor = Some(moved(cursor, -1, findings)),
        Command::Down | Command::Next => open.checks_cursor = Some(moved(cursor, 1, findings)),
        Command::PageUp => open.checks_cursor = Some(moved(cursor, -10, findings)),
        Command::PageDown => open.checks_cursor = Some(moved(cursor, 10, findings)),
        Command::Back | Command::Checks => open.checks_cursor = None,
        Command::Accept => {
            let findings = open.shown().findings();
            let Some(finding) = findings.get(cursor) else {
                return true;
            };
            let clause = finding.clause;
            let place = match finding.what {
                What::Ask(question) => field_of(open.shown(), question.item, open.screen),
                _ => None,
            };
            match place {
                Some((screen, cell)) => go_to_cell(state, screen, cell),
                None => state.overlays.push(Overlay::Clause { clause, page: 0 }),
            }
        }
        _ => return false,
    }
    true
}

/// Out of the checks into a field, on this screen or another, folded away or not.
fn go_to_cell(state: &mut State, screen: CaseScreen, cell: Cell) {
    if state.case().is_some_and(|open| open.screen != screen) {
        go_to_screen(state, screen);
    }
    let View::Case(open) = &mut state.view else {
        return;
    };
    open.checks_cursor = None;
    if !open.form.cells().contains(&cell) {
        open.form.shows_more = true;
        open.refresh();
    }
    if open.form.cells().contains(&cell) {
        open.filling().go_to(cell);
    }
}

/// The clause of the line the mark is at in the checks, as its place among the clauses.
pub(in crate::flow) fn clause_of_mark(state: &State) -> Option<usize> {
    let open = state.case()?;
    let findings = open.shown().findings();
    let clause = findings.get(open.checks_cursor?)?.clause;
    ClauseId::ALL.iter().position(|id| *id == clause)
}

pub(super) fn in_history(state: &mut State, command: Command) -> bool {
    let page = isize::try_from(page(state)).unwrap_or(1);
    let View::Case(open) = &mut state.view else {
        return false;
    };
    let lines = history_lines(open);
    let cursor = open.history.cursor;
    match command {
        Command::Up | Command::Previous => open.history.cursor = moved(cursor, -1, lines.len()),
        Command::Down | Command::Next => open.history.cursor = moved(cursor, 1, lines.len()),
        Command::PageUp => open.history.cursor = moved(cursor, -page, lines.len()),
        Command::PageDown => open.history.cursor = moved(cursor, page, lines.len()),
        Command::Accept => {
            if let Some(seq) = lines.get(cursor) {
                let past = open.case.with_record(open.case.record.at(*seq));
                open.history.past = Some(Box::new(past));
            }
        }
        Command::Back if open.history.past.is_some() => open.history.past = None,
        _ => return false,
    }
    true
}

/// The sequence numbers of the history's lines, newest first.
pub fn history_lines(open: &OpenCase) -> Vec<u32> {
    open.case
        .record
        .changes()
        .iter()
        .rev()
        .map(|change| change.seq)
        .collect()
}

/// Pages of a screen without fields that a summary may take on a small terminal.
pub(super) const PAGES_AT_MOST: usize = 8;

/// Turns the page of the summary; answers whether that was asked for.
pub(super) fn turn_page(state: &mut State, command: Command) -> bool {
    let View::Case(open) = &mut state.view else {
        return false;
    };
    let step = match command {
        Command::PageUp => -1,
        Command::PageDown => 1,
        _ => return false,
    };
    let has_pages = open.form.rows.is_empty();
    if has_pages {
        open.page = moved(open.page, step, PAGES_AT_MOST);
    }
    has_pages
}

pub(super) fn checks(state: &mut State) {
    let is_wide = state.size.0 >= 60;
    if let View::Case(open) = &mut state.view {
        if is_wide && !open.form.rows.is_empty() {
            open.checks_cursor = Some(0);
        } else {
            state.overlays.push(Overlay::Checks { page: 0 });
        }
    }
}
