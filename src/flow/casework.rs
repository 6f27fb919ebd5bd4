//! Working on a case: moving, typing, leaving a field (which saves it), and what is done with it.

use crate::desk::field::Field;
use crate::desk::id::{EntityId, ItemId};
use crate::desk::scan::{Shape, shape};
use crate::work::action::{Action, FieldEdit, Refusal};
use crate::work::intent::Intent;
use crate::work::standing::Stage;

mod doing;
mod reading;
mod scanned;

pub(super) use doing::{copy_into, price_back_by};

use doing::*;
pub(super) use reading::clause_of_mark;
use reading::*;
use scanned::{is_of_case, scanned_unit};

use super::command::Command;
use super::editor::Editor;
use super::event::{Effect, Event};
use super::form::{self, Form};
use super::note::Note;
use super::state::{After, CaseScreen, HistoryView, OpenCase, Overlay, State, View};
use super::{Typing, board, commit, filling, plan, then, typed, unsaved};

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
        around: Vec::new(),
        outgoing_box: None,
        checks_cursor: None,
        history: HistoryView::default(),
        page: 0,
    }
}

/// Puts the caret in the first field of the form that is not known yet, where there is one.
pub(super) fn go_to_first_unknown(state: &mut State) {
    let Some(it) = state.view.filling() else {
        return;
    };
    let mut cells = it.form.cells().into_iter();
    let unknown = cells.find(|(item, field)| it.entered.fact_of(*item, *field).is_none());
    if let Some(cell) = unknown {
        it.go_to(cell);
    }
}

/// Puts the caret in a field of the case, where the form has it.
fn go_to_field(state: &mut State, field: Field) {
    let cell = (ItemId::SELF, field);
    filling::step(state, |form| form.cells().contains(&cell).then_some(cell));
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
    let Some(open) = state.case() else {
        return;
    };
    let (is_in_checks, screen) = (open.checks_cursor.is_some(), open.screen);
    let is_read = (is_in_checks && in_checks(state, command))
        || (screen == CaseScreen::History && in_history(state, command))
        || turn_page(state, command);
    if !is_read {
        filling::command(state, command, effects, do_command);
    }
}

fn do_command(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    match command {
        Command::Accept => accept(state),
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
        filling::step(state, |form| form.neighbour(1));
    }
}

fn more(state: &mut State) {
    if let View::Case(open) = &mut state.view {
        open.form.shows_more = !open.form.shows_more;
        open.refresh();
    }
}

/// The ground of the field the caret is in goes round.
fn ground(state: &mut State, effects: &mut Vec<Effect>) {
    let Some((form, record)) = state.form().zip(state.view.entered()) else {
        return;
    };
    let Some((item, field)) = form.cell() else {
        state.note = Some(Note::Unavailable("not-here"));
        return;
    };
    let Some(fact) = record.fact_of(item, field) else {
        state.note = Some(Note::Unavailable("field-empty"));
        return;
    };
    let edit = FieldEdit {
        item,
        field,
        entry: fact.entry.clone(),
        ground: fact.ground.next(),
    };
    unsaved::enter(state, vec![edit], effects);
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
            if filling::leave(state, effects) {
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
        // The goods themselves, checked before they go: no waybill, whatever their number looks like.
        (View::Case(open), _)
            if open.case.standing.stage == Stage::Dispatch
                && is_of_case(&open.case.record, text) =>
        {
            state.note = Some(Note::ThisCase(text.to_string()));
            return;
        }
        (View::Case(open), Shape::Waybill { number, .. })
            if open.case.standing.stage == Stage::Dispatch =>
        {
            Some((Field::WaybillBack, number))
        }
        (View::Case(open), _) if open.form.editor.is_none() => {
            scanned_unit(open, text).map(|field| (field, text.to_string()))
        }
        _ => None,
    };
    match into {
        Some((field, value)) => {
            filling::leave(state, effects);
            let entry = typed::entry(field, &value, state.now.today);
            let cell = (ItemId::SELF, field);
            filling::save(state, cell, entry, effects);
            go_to_first_unknown(state);
        }
        None => {
            state.is_scanned = matches!(state.view, View::Board) && !is_overlaid;
            if state.is_scanned {
                board::clear(state);
            }
            // What stands in a field is replaced by a scan; what somebody has begun to type goes on.
            if !is_overlaid
                && let Some(it) = state.view.filling().filter(|it| !it.form.is_dirty)
                && let Some(editor) = &mut it.form.editor
            {
                *editor = Editor::new("", editor.is_long());
            }
            super::typing(state, effects, &Typing::Paste(text));
            then(state, Event::Command(Command::Accept));
        }
    }
}
