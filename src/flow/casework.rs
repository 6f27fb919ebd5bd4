//! Working on a case: moving, typing, leaving a field (which saves it), and what is done with it.

use crate::desk::field::Field;
use crate::desk::id::{EntityId, ItemId};
use crate::desk::scan::{Shape, shape};
use crate::desk::value::Entry;
use crate::work::action::{Action, Refusal};
use crate::work::intent::Intent;
use crate::work::standing::Stage;

mod doing;
mod field;
mod reading;

pub(super) use doing::{copy_into, save_again};
pub(super) use field::{choice_by_key, choose, leave, lookups, option_beside, typing};

use doing::*;
use field::*;
use reading::*;

use super::command::Command;
use super::editor::Editor;
use super::event::{Effect, Event};
use super::form::{self, Form};
use super::note::Note;
use super::state::{After, CaseScreen, HistoryView, OpenCase, Overlay, State, View};
use super::{Typing, board, commit, plan, then, typed, unsaved};

/// Another day began: everything that follows from the day is made anew.
pub(super) fn begin_day(state: &mut State) {
    let today = state.now.today;
    if let View::Case(open) = &mut state.view {
        open.set_case(open.case.on(today));
    }
}

/// Opens a case on a screen.
pub(super) fn open(
    state: &mut State,
    case: crate::work::case::Case,
    screen: CaseScreen,
) -> OpenCase {
    let new_item = state.fresh.item();
    let rows = form::rows(screen, &case, false, new_item);
    let form = Form::new(rows, &case.record, new_item).begun_on(screen, &case.record);
    OpenCase {
        case,
        pending: Vec::new(),
        with_pending: None,
        live: None,
        screen,
        form,
        same_caller: Vec::new(),
        parcels: Vec::new(),
        outgoing_box: None,
        checks_cursor: None,
        history: HistoryView::default(),
        page: 0,
    }
}

/// Puts the caret in the first field of the form that is not known yet, where there is one.
pub(super) fn go_to_first_unknown(state: &mut State) {
    let View::Case(open) = &mut state.view else {
        return;
    };
    let record = open.entered().record.clone();
    let cells = open.form.cells().into_iter();
    let unknown = |(item, field): &form::Cell| record.fact_of(*item, *field).is_none();
    if let Some(cell) = cells.into_iter().find(unknown) {
        open.form.go_to(cell, &record);
    }
}

/// Puts the caret in a field of the case, where the form has it.
fn go_to_field(state: &mut State, field: Field) {
    let View::Case(open) = &mut state.view else {
        return;
    };
    let cell = (ItemId::SELF, field);
    if open.form.cells().contains(&cell) {
        let record = open.entered().record.clone();
        open.form.go_to(cell, &record);
    }
}

/// Goes to another screen of the open case.
pub(super) fn go_to_screen(state: &mut State, screen: CaseScreen) {
    let new_item = state.fresh.item();
    let View::Case(open) = &mut state.view else {
        return;
    };
    open.screen = screen;
    open.checks_cursor = None;
    open.history = HistoryView::default();
    open.page = 0;
    open.live = None;
    let case = open.entered();
    let rows = form::rows(screen, case, false, new_item);
    let form = Form::new(rows, &case.record, new_item).begun_on(screen, &case.record);
    open.form = form;
}

/// Plans an action and saves it, or tells why not.
pub(super) fn act(state: &mut State, action: Action, after: After, effects: &mut Vec<Effect>) {
    mean(state, |case| Intent::Act { case, action }, after, effects);
}

/// Plans what is meant with the open case and saves it, or tells why not.
fn mean(
    state: &mut State,
    intent: impl FnOnce(EntityId) -> Intent,
    after: After,
    effects: &mut Vec<Effect>,
) {
    let Some(case) = state.case().map(|open| open.case.record.id()) else {
        state.note = Some(Note::Unavailable("needs-case"));
        return;
    };
    match plan(state, intent(case)) {
        Ok(proposal) => commit(state, proposal, after, effects),
        Err(refusal) => {
            if let Refusal::Needs(field) = refusal {
                go_to_field(state, field);
            }
            state.note = Some(Note::Refused(refusal));
        }
    }
}

pub(super) fn command(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    let View::Case(open) = &mut state.view else {
        return;
    };
    if open.checks_cursor.is_some() && in_checks(state, command) {
        return;
    }
    let View::Case(open) = &mut state.view else {
        return;
    };
    if open.screen == CaseScreen::History && in_history(state, command) {
        return;
    }
    if inside_field(state, command) {
        return;
    }
    let note = state.note.clone();
    if leave(state, effects) && !super::stays_in_form(command) {
        // Whoever is to be asked is asked before going on.
        if !unsaved::is_asked(state) {
            then(state, Event::Command(command));
        }
        return;
    }
    let unreadable = state.note.clone().filter(|_| state.note != note);
    do_command(state, command, effects);
    if state.note.is_none() {
        state.note = unreadable;
    }
}

fn step_to_neighbour(state: &mut State, steps: isize) {
    let View::Case(open) = &mut state.view else {
        return;
    };
    if let Some(cell) = open.form.neighbour(steps) {
        let record = open.entered().record.clone();
        open.form.go_to(cell, &record);
    }
}

fn step_vertically(state: &mut State, steps: isize) {
    let View::Case(open) = &mut state.view else {
        return;
    };
    if let Some(cell) = open.form.vertical_neighbour(steps) {
        let record = open.entered().record.clone();
        open.form.go_to(cell, &record);
    }
}

fn do_command(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    match command {
        Command::Next => step_to_neighbour(state, 1),
        Command::Previous => step_to_neighbour(state, -1),
        Command::Up => step_vertically(state, -1),
        Command::Down => step_vertically(state, 1),
        Command::PageUp | Command::PageDown if turn_page(state, command) => {}
        Command::PageUp | Command::First => step_vertically(state, -100),
        Command::PageDown | Command::Last => step_vertically(state, 100),
        Command::Accept => accept(state),
        Command::OptionBefore => rotate(state, -1, effects),
        Command::OptionAfter => rotate(state, 1, effects),
        Command::Options => options(state),
        Command::Clear => choose(state, Entry::Unknown, effects),
        Command::Back => board::go(state, effects),
        Command::Summary => go_to_screen(state, CaseScreen::Summary),
        Command::Intake => go_to_screen(state, CaseScreen::Intake),
        Command::Inspection => go_to_screen(state, CaseScreen::Inspection),
        Command::Quote => go_to_screen(state, CaseScreen::Quote),
        Command::Repair => go_to_screen(state, CaseScreen::Repair),
        Command::Sending => go_to_screen(state, CaseScreen::Dispatch),
        Command::History => go_to_screen(state, CaseScreen::History),
        Command::NextStep => go_to_next_step(state, effects),
        Command::Checks => checks(state),
        Command::More => more(state),
        Command::Ground => ground(state, effects),
        Command::SameCaller => same_caller(state, effects),
        Command::Plain => state.overlays.push(Overlay::Plain { page: 0 }),
        Command::RemoveLine => remove_line(state, effects),
        Command::NewCall => board::begin_call(state, Vec::new(), effects),
        Command::NewParcel => board::new_parcel(state, None, effects),
        Command::NextGroup => {}
        _ => do_action(state, command, effects),
    }
}

fn accept(state: &mut State) {
    let Some(open) = state.case() else {
        return;
    };
    if open.form.rows.is_empty() {
        let screen = CaseScreen::of_stage(open.case.standing.stage);
        go_to_screen(state, screen);
    } else {
        step_to_neighbour(state, 1);
    }
}

fn more(state: &mut State) {
    if let View::Case(open) = &mut state.view {
        open.form.shows_more = !open.form.shows_more;
        open.refresh();
    }
}

/// Whether a scan asks for another case or parcel, rather than fills what is open.
pub(super) fn is_looked_up(state: &State, text: &str) -> bool {
    if !state.overlays.is_empty() {
        return false;
    }
    match &state.view {
        View::Board => true,
        View::Case(open) => {
            open.form.rows.is_empty() || matches!(shape(text), Shape::CaseNumber(_))
        }
        View::Parcel(_) => false,
    }
}

/// A scan goes where its shape says; anything else is text that was typed fast.
pub(super) fn scan(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    let is_overlaid = !state.overlays.is_empty();
    let into = match (&state.view, shape(text)) {
        _ if is_overlaid => None,
        // A card with a command on it is never a value.
        (View::Case(_) | View::Parcel(_), Shape::Command(code)) => {
            match Command::from_code(&code.to_lowercase()) {
                Some(command) => then(state, Event::Command(command)),
                None => state.note = Some(Note::Unavailable("not-here")),
            }
            return;
        }
        (View::Board, _) => None,
        (View::Case(_), Shape::CaseNumber(_)) => {
            if leave(state, effects) {
                then(state, Event::Scan(text.to_string()));
                return;
            }
            effects.push(Effect::LookUp(text.to_string()));
            return;
        }
        // Where nothing is filled a scan is the next piece of work, as on the board.
        (View::Case(open), _) if open.form.rows.is_empty() => {
            state.is_scanned = true;
            effects.push(Effect::LookUp(text.to_string()));
            return;
        }
        (View::Case(open), Shape::Waybill { number, .. })
            if open.case.standing.stage == Stage::Dispatch =>
        {
            Some((Field::WaybillBack, number))
        }
        (View::Case(open), Shape::Serial(serial))
            if open.form.editor.is_none() && open.screen == CaseScreen::Intake =>
        {
            Some((Field::SerialNumber, serial.as_str().to_string()))
        }
        _ => None,
    };
    match into {
        Some((field, value)) => {
            leave(state, effects);
            let entry = typed::entry(field, &value, state.now.today);
            let cell = (ItemId::SELF, field);
            save(state, cell, entry, effects);
            go_to_first_unknown(state);
        }
        None => {
            state.is_scanned = matches!(state.view, View::Board) && !is_overlaid;
            if state.is_scanned {
                board::clear(state);
            }
            // What stands in a field is replaced by a scan; what somebody has begun to type goes on.
            if !is_overlaid
                && let Some(form) = state.form_mut().filter(|form| !form.is_dirty)
                && let Some(editor) = &mut form.editor
            {
                *editor = Editor::new("", editor.is_long());
            }
            super::typing(state, effects, &Typing::Paste(text));
            then(state, Event::Command(Command::Accept));
        }
    }
}
