//! Working on a case: moving, typing, leaving a field (which saves it), and what is done with it.

use crate::desk::change::Ground;
use crate::desk::field::{Field, FieldKind};
use crate::desk::id::ItemId;
use crate::desk::scan::{Courier, Shape, shape};
use crate::desk::value::{Entry, Value};
use crate::work::action::{self, Action, Actor, FieldEdit, Refusal};
use crate::work::parcels;
use crate::work::standing::{GoodsAt, Stage};

use super::command::Command;
use super::editor::Editor;
use super::event::{Effect, Event};
use super::form::{self, Form};
use super::note::Note;
use super::state::{After, CaseScreen, HistoryView, Menu, OpenCase, Overlay, State, View};
use super::{Typing, board, commit, moved, page, then, typed};

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
    let record = &open.case.record;
    let cells = open.form.cells().into_iter();
    let unknown = |(item, field): &form::Cell| record.fact_of(*item, *field).is_none();
    if let Some(cell) = cells.into_iter().find(unknown) {
        open.form.go_to(cell, record);
    }
}

/// Puts the caret in a field of the case, where the form has it.
fn go_to_field(state: &mut State, field: Field) {
    let View::Case(open) = &mut state.view else {
        return;
    };
    let cell = (ItemId::SELF, field);
    if open.form.cells().contains(&cell) {
        open.form.go_to(cell, &open.case.record);
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
    let rows = form::rows(screen, &open.case, false, new_item);
    let record = &open.case.record;
    open.form = Form::new(rows, record, new_item).begun_on(screen, record);
}

fn with_actor<T>(state: &mut State, act: impl FnOnce(&OpenCase, &mut Actor) -> T) -> Option<T> {
    let mut fresh = state.fresh.clone();
    let View::Case(open) = &state.view else {
        return None;
    };
    let done = act(
        open,
        &mut Actor {
            staff: &state.staff,
            now: state.now,
            fresh: &mut fresh,
        },
    );
    state.fresh = fresh;
    Some(done)
}

/// Plans an action and saves it, or tells why not.
pub(super) fn act(state: &mut State, action: Action, after: After, effects: &mut Vec<Effect>) {
    let planned = with_actor(state, |open, actor| action::plan(action, &open.case, actor));
    finish(state, planned, after, effects);
}

fn finish(
    state: &mut State,
    planned: Option<Result<crate::desk::change::Batch, Refusal>>,
    after: After,
    effects: &mut Vec<Effect>,
) {
    match planned {
        Some(Ok(batch)) => commit(state, batch, after, effects),
        Some(Err(refusal)) => {
            if let Refusal::Needs(field) = refusal {
                go_to_field(state, field);
            }
            state.note = Some(Note::Refused(refusal));
        }
        None => state.note = Some(Note::Unavailable("needs-case")),
    }
}

pub(super) fn typing(state: &mut State, typing: &Typing, effects: &mut Vec<Effect>) {
    let today = state.now.today;
    if let Some(refusal) = not_editable(state) {
        state.note = Some(Note::Refused(refusal));
        return;
    }
    let View::Case(open) = &mut state.view else {
        return;
    };
    if open.checks_cursor.is_some() || open.form.rows.is_empty() {
        return;
    }
    let (_, field) = open.form.focus;
    let Some(editor) = &mut open.form.editor else {
        if let Typing::Key(input) = typing
            && let Some(choice) = choice_by_key(field, open.case.record.choice(field), input)
        {
            choose(state, choice, effects);
        }
        return;
    };
    let (changed, dropped) = typing.put_into(editor);
    if changed {
        open.form.is_dirty = true;
        let fault = typed::read(field, &editor.text(), today).err();
        state.note = fault
            .filter(|fault| !fault.is_incomplete())
            .map(|fault| Note::Unreadable(field, fault));
        open.refresh();
    }
    super::tell_cut(state, dropped);
}

/// Why nothing may be typed here.
fn not_editable(state: &State) -> Option<Refusal> {
    let View::Case(open) = &state.view else {
        return None;
    };
    if open.form.rows.is_empty() {
        return None;
    }
    if !crate::work::role::may(state.staff.role, action::ActionKind::Edit) {
        return Some(Refusal::Role(state.staff.role));
    }
    let is_late_news = open.form.focus.1 == Field::DeliveredOn;
    let is_closed = open.case.record.choice(Field::Closed).is_some();
    (is_closed && !is_late_news).then_some(Refusal::Closed)
}

/// What a key asks for in a choice: a digit, yes or no, a first letter, or emptying it.
pub(super) fn choice_by_key(
    field: Field,
    now: Option<&'static str>,
    input: &tui_textarea::Input,
) -> Option<Entry> {
    use tui_textarea::Key;
    let options = field.options();
    match input.key {
        Key::Backspace | Key::Delete => Some(Entry::Unknown),
        Key::Char(_) if input.ctrl || input.alt => None,
        Key::Char(character) => {
            let folded = crate::desk::fold::fold_trim(&character.to_string());
            let by_position = typed::by_digit(options, &folded);
            let by_word = match crate::desk::yesno::parse(&folded) {
                Some(yes) if options == ["yes", "no"] => options.get(usize::from(!yes)),
                _ => None,
            };
            let fitting: Vec<&'static str> = options
                .iter()
                .copied()
                .filter(|option| !folded.is_empty() && option.starts_with(&folded.to_lowercase()))
                .collect();
            let after_now = fitting
                .iter()
                .position(|option| Some(*option) == now)
                .map_or(0, |position| position + 1);
            let by_letter = fitting.get(after_now).or(fitting.first()).copied();
            by_position
                .or(by_word)
                .copied()
                .or(by_letter)
                .map(|code| Entry::Known(Value::Choice(code)))
        }
        _ => None,
    }
}

/// Puts a choice into the field the caret is in, saves it and moves on.
pub(super) fn choose(state: &mut State, entry: Entry, effects: &mut Vec<Effect>) {
    let View::Case(open) = &state.view else {
        return;
    };
    let cell = open.form.focus;
    let is_emptied = entry == Entry::Unknown;
    let saved = save(state, cell, entry, effects);
    if is_emptied {
        return;
    }
    if saved {
        then(state, Event::Command(Command::Next));
    } else {
        step_to_neighbour(state, 1);
    }
}

/// Saves an entry of a cell; answers whether there was something to save.
fn save(state: &mut State, cell: form::Cell, entry: Entry, effects: &mut Vec<Effect>) -> bool {
    save_then(state, cell, entry, After::Stay, effects)
}

fn save_then(
    state: &mut State,
    (item, field): form::Cell,
    entry: Entry,
    after: After,
    effects: &mut Vec<Effect>,
) -> bool {
    if let Some(refusal) = not_editable(state) {
        state.note = Some(Note::Refused(refusal));
        return false;
    }
    let View::Case(open) = &state.view else {
        return false;
    };
    let record = &open.case.record;
    let ground = form::usual_ground(open.screen, field);
    let now = record.fact_of(item, field);
    // The customer's word, entered again by somebody who has seen it, is not the same any more.
    let is_confirmed = now.is_some_and(|fact| fact.ground == Ground::CustomerSays)
        && ground != Ground::CustomerSays;
    let is_same = now.is_some_and(|fact| fact.entry == entry) && !is_confirmed;
    if is_same || (now.is_none() && entry == Entry::Unknown) {
        return false;
    }
    let mut edits = vec![FieldEdit {
        item,
        field,
        entry: entry.clone(),
        ground,
    }];
    edits.extend(following_edits(state, open, item, field, &entry));
    let lookups = lookups(open, field, &entry);
    act(state, Action::Edit(edits), after, effects);
    effects.extend(lookups);
    state.saving.is_some()
}

/// What is filled together with a field, where the talk leaves no doubt.
fn following_edits(
    state: &State,
    open: &OpenCase,
    item: ItemId,
    field: Field,
    entry: &Entry,
) -> Vec<FieldEdit> {
    let record = &open.case.record;
    let mut edits = Vec::new();
    if item == open.form.new_item
        && let Some((kind, entry)) = form::first_of_line(field)
    {
        edits.push(FieldEdit {
            item,
            field: kind,
            entry,
            ground: Ground::Desk,
        });
    }
    let desk = |field, value| FieldEdit::of_self(field, Entry::Known(value), Ground::Desk);
    match (field, entry) {
        // A return chosen on the telephone is asked for now (`REQ-EVENT`).
        (Field::Service, Entry::Known(Value::Choice("return" | "return_else_repair")))
            if open.screen == CaseScreen::Intake && record.fact(Field::RequestDate).is_none() =>
        {
            edits.push(desk(Field::RequestDate, Value::Date(state.now.today)));
        }
        (Field::WaybillBack, Entry::Known(Value::Text(waybill)))
            if record.fact(Field::CourierBack).is_none() =>
        {
            if let Some(courier) = Courier::guess(waybill) {
                edits.push(desk(
                    Field::CourierBack,
                    Value::Text(courier.code().to_string()),
                ));
            }
        }
        _ => {}
    }
    edits
}

/// What is looked up after a field is saved.
fn lookups(open: &OpenCase, field: Field, entry: &Entry) -> Vec<Effect> {
    let id = open.case.record.id();
    match (field, entry) {
        (Field::Phone, Entry::Known(Value::Phone(phone))) => {
            vec![Effect::SameCaller(id, phone.digits().to_string())]
        }
        (Field::SerialNumber, Entry::Known(Value::Serial(serial))) => {
            vec![Effect::SameSerial(id, serial.as_str().to_string())]
        }
        (Field::WaybillBack, Entry::Known(Value::Text(waybill))) => {
            vec![Effect::FindOutgoingBox(waybill.clone())]
        }
        _ => Vec::new(),
    }
}

/// Leaves the field the caret is in: what was typed is saved. Answers whether something is being
/// saved now, so that what was asked for has to wait.
pub(super) fn leave(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let View::Case(open) = &mut state.view else {
        return false;
    };
    let Some(text) = open.form.typed() else {
        return false;
    };
    let cell = open.form.focus;
    let read = typed::read(cell.1, &text, state.now.today);
    if let Err(fault) = &read {
        state.note = Some(Note::Unreadable(cell.1, *fault));
    }
    let entry = read.unwrap_or(Entry::Unreadable(text));
    let note = state.note.clone();
    if save(state, cell, entry, effects) {
        return true;
    }
    // The same as before: nothing to save, the field shows its value again.
    if let View::Case(open) = &mut state.view {
        open.form.start_editing(&open.case.record);
        open.refresh();
    }
    state.note = note;
    false
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
    if leave(state, effects) {
        then(state, Event::Command(command));
        return;
    }
    let unreadable = state.note.clone().filter(|_| state.note != note);
    do_command(state, command, effects);
    if state.note.is_none() {
        state.note = unreadable;
    }
}

/// What a command does inside a field, without leaving it.
fn inside_field(state: &mut State, command: Command) -> bool {
    let View::Case(open) = &mut state.view else {
        return false;
    };
    let (_, field) = open.form.focus;
    match command {
        Command::BreakLine => {
            let may = open.form.editor.as_mut().is_some_and(Editor::break_line);
            if may {
                open.form.is_dirty = true;
                open.refresh();
            }
            true
        }
        Command::Clear if open.form.editor.is_some() => {
            open.form.editor = Some(Editor::new(
                "",
                matches!(field.kind(), FieldKind::Text { long: true }),
            ));
            open.form.is_dirty = true;
            open.refresh();
            true
        }
        // In a text of several lines the arrows move inside it first.
        Command::Up | Command::Down => {
            let Some(editor) = open.form.editor.as_mut().filter(|editor| editor.is_long()) else {
                return false;
            };
            let before = editor.caret();
            let key = if command == Command::Up {
                tui_textarea::Key::Up
            } else {
                tui_textarea::Key::Down
            };
            editor.input(tui_textarea::Input {
                key,
                ..tui_textarea::Input::default()
            });
            editor.caret() != before
        }
        _ => false,
    }
}

fn in_checks(state: &mut State, command: Command) -> bool {
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
            if let Some(finding) = open.shown().findings().get(cursor) {
                let clause = finding.clause;
                state.overlays.push(Overlay::Clause { clause, page: 0 });
            }
        }
        _ => return false,
    }
    true
}

fn in_history(state: &mut State, command: Command) -> bool {
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

fn step_to_neighbour(state: &mut State, steps: isize) {
    let View::Case(open) = &mut state.view else {
        return;
    };
    if let Some(cell) = open.form.neighbour(steps) {
        open.form.go_to(cell, &open.case.record);
    }
}

/// Pages of a screen without fields that a summary may take on a small terminal.
const PAGES_AT_MOST: usize = 8;

/// Turns the page of the summary; answers whether this screen has pages.
fn turn_page(state: &mut State, command: Command) -> bool {
    let View::Case(open) = &mut state.view else {
        return false;
    };
    let has_pages = open.form.rows.is_empty();
    if has_pages {
        let step = if command == Command::PageUp { -1 } else { 1 };
        open.page = moved(open.page, step, PAGES_AT_MOST);
    }
    has_pages
}

fn step_vertically(state: &mut State, steps: isize) {
    let View::Case(open) = &mut state.view else {
        return;
    };
    if let Some(cell) = open.form.vertical_neighbour(steps) {
        open.form.go_to(cell, &open.case.record);
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

fn do_action(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    let close = |outcome| Action::Close {
        outcome,
        note: String::new(),
    };
    match command {
        Command::Authorise => authorise(state, effects),
        Command::SolvedByPhone => act(state, close("solved_by_phone"), After::Board, effects),
        Command::EnquiryOnly => act(state, close("enquiry_only"), After::Board, effects),
        Command::GoOnAsRepair => go_on_as_repair(state, effects),
        Command::AcceptReturn => act(state, Action::AcceptReturn, After::Board, effects),
        Command::FinishRepair => act(state, Action::FinishRepair, After::NextStep, effects),
        Command::ConfirmContact => act(state, Action::ConfirmContact, After::FirstUnknown, effects),
        Command::CameBack => act(state, Action::CameBack, After::NextStep, effects),
        Command::Dispatch => dispatch(state, effects),
        Command::Undo => undo(state, effects),
        Command::IssueQuote => ask_first(state, command, Overlay::menu(Menu::QuoteTold)),
        Command::AnswerQuote => ask_first(state, command, Overlay::menu(Menu::QuoteAnswer)),
        Command::Grant => ask_first(state, command, Overlay::menu(Menu::Grant)),
        Command::Close => ask_first(state, command, Overlay::menu(Menu::Close)),
        Command::Reopen => {
            ask_first(
                state,
                command,
                Overlay::prompt(super::state::Prompt::ReopenReason, ""),
            );
        }
        Command::Pay | Command::Waive => {
            let due = state.case().map_or_else(String::new, |open| {
                let open_amount = open.case.ledger.open();
                if open_amount.is_zero() {
                    String::new()
                } else {
                    open_amount.plain()
                }
            });
            let prompt = if command == Command::Pay {
                super::state::Prompt::PaymentAmount
            } else {
                super::state::Prompt::WaiveAmount
            };
            ask_first(state, command, Overlay::prompt(prompt, &due));
        }
        _ => state.note = Some(Note::Unavailable("not-here")),
    }
}

/// Gives the case its number. One that has it goes on from here: to what is done with goods that are
/// here, or to what the customer is told.
fn authorise(state: &mut State, effects: &mut Vec<Effect>) {
    let standing = state
        .case()
        .filter(|open| open.case.record.text(Field::Number).is_some())
        .map(|open| (open.case.standing.stage, open.case.standing.goods));
    match standing {
        None => act(state, Action::Authorise, After::Summary, effects),
        Some((Stage::Triage, _)) => go_to_field(state, Field::Service),
        Some((_, GoodsAt::Here)) => go_to_next_step(state, effects),
        Some(_) => go_to_screen(state, CaseScreen::Summary),
    }
}

/// The return becomes a repair, and its proof the proof for the warranty: nobody is asked twice.
fn go_on_as_repair(state: &mut State, effects: &mut Vec<Effect>) {
    if let Err(note) = super::possible::possible(state, Command::GoOnAsRepair) {
        state.note = Some(note);
        return;
    }
    let Some(open) = state.case() else {
        return;
    };
    let record = &open.case.record;
    let service = Entry::Known(Value::Choice("return_else_repair"));
    let mut edits = vec![FieldEdit::of_self(
        Field::Service,
        service,
        Ground::CustomerSays,
    )];
    if let (Some(fact), None) = (record.fact(Field::ProofAtReturn), record.fact(Field::Proof))
        && let Some(Value::Choice(proof)) = fact.entry.value()
        && Field::Proof.options().contains(proof)
    {
        let proof = Entry::Known(Value::Choice(proof));
        edits.push(FieldEdit::of_self(Field::Proof, proof, fact.ground));
    }
    act(state, Action::Edit(edits), After::FirstUnknown, effects);
}

/// Asks what is needed for a command, unless it is not possible now anyway.
fn ask_first(state: &mut State, command: Command, overlay: Overlay) {
    match super::possible::possible(state, command) {
        Ok(()) => state.overlays.push(overlay),
        Err(note) => state.note = Some(note),
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

fn rotate(state: &mut State, by: isize, effects: &mut Vec<Effect>) {
    let Some(open) = state.case() else {
        return;
    };
    let cell = open.form.focus;
    let now = match open.case.record.value_of(cell.0, cell.1) {
        Some(Value::Choice(code)) => Some(*code),
        _ => None,
    };
    if let Some(code) = option_beside(cell.1, now, by) {
        save(state, cell, Entry::Known(Value::Choice(code)), effects);
    }
}

/// The option after (or before) the one that holds now, going round.
pub(super) fn option_beside(
    field: Field,
    now: Option<&'static str>,
    by: isize,
) -> Option<&'static str> {
    let options = field.options();
    let last = options.len().checked_sub(1)?;
    let here = now.and_then(|code| options.iter().position(|option| *option == code));
    let there = match here {
        None if by > 0 => 0,
        None => last,
        Some(position) if by > 0 => (position + 1) % options.len(),
        Some(position) => position.checked_sub(1).unwrap_or(last),
    };
    options.get(there).copied()
}

fn options(state: &mut State) {
    let Some(open) = state.case() else {
        return;
    };
    let (item, field) = open.form.focus;
    if field.options().is_empty() || open.form.rows.is_empty() {
        return;
    }
    state
        .overlays
        .push(Overlay::menu(Menu::Options(item, field)));
}

/// To the screen of the next step; what is done away from the case's screens begins at once; where
/// one is there already, what is still open is told.
fn go_to_next_step(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(open) = state.case() else {
        return;
    };
    let case = &open.case;
    let screen = CaseScreen::of_stage(case.standing.stage);
    match case.standing.stage {
        Stage::AwaitingParcel => {
            let id = case.record.id();
            let serial = case
                .record
                .serial(Field::SerialNumber)
                .map(|serial| serial.as_str().to_string());
            board::new_parcel_with(state, id, serial.as_deref(), effects);
        }
        Stage::Closing => ask_first(state, Command::Close, Overlay::menu(Menu::Close)),
        Stage::Closed => state.note = Some(Note::Refused(Refusal::Closed)),
        _ if screen != open.screen => go_to_screen(state, screen),
        _ if case.standing.blockers.is_empty() => {
            state.note = Some(Note::Unavailable("is-next-step"));
        }
        _ => {
            let blockers = case.standing.blockers.clone();
            state.note = Some(Note::Refused(Refusal::Blocked(blockers)));
        }
    }
}

fn checks(state: &mut State) {
    let is_wide = state.size.0 >= 60;
    if let View::Case(open) = &mut state.view {
        if is_wide && !open.form.rows.is_empty() {
            open.checks_cursor = Some(0);
        } else {
            state.overlays.push(Overlay::Checks { page: 0 });
        }
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
    let Some(open) = state.case() else {
        return;
    };
    let (item, field) = open.form.focus;
    if open.form.rows.is_empty() {
        state.note = Some(Note::Unavailable("not-here"));
        return;
    }
    let Some(fact) = open.case.record.fact_of(item, field) else {
        state.note = Some(Note::Unavailable("field-empty"));
        return;
    };
    let edit = FieldEdit {
        item,
        field,
        entry: fact.entry.clone(),
        ground: fact.ground.next(),
    };
    act(state, Action::Edit(vec![edit]), After::Stay, effects);
}

fn same_caller(state: &mut State, effects: &mut Vec<Effect>) {
    let newest = state
        .case()
        .and_then(|open| open.same_caller.first())
        .map(|row| row.id);
    match newest {
        Some(id) => {
            state.copying = Some(super::state::Copying::IntoOpen);
            effects.push(Effect::LoadCase(id));
        }
        None => state.note = Some(Note::Unavailable("no-earlier-case")),
    }
}

/// Fills what is not known yet of the open case from an earlier one.
pub(super) fn copy_into(
    state: &mut State,
    from: &crate::desk::record::Record,
    effects: &mut Vec<Effect>,
) {
    let Some(open) = state.case() else {
        return;
    };
    let record = &open.case.record;
    let edits: Vec<FieldEdit> = board::taken_over(from)
        .into_iter()
        .filter(|edit| record.fact(edit.field).is_none())
        .collect();
    let serial = edits.iter().find_map(|edit| match &edit.entry {
        Entry::Known(Value::Serial(serial)) => Some(serial.as_str().to_string()),
        _ => None,
    });
    let id = record.id();
    if edits.is_empty() {
        return;
    }
    act(state, Action::Edit(edits), After::Stay, effects);
    effects.extend(serial.map(|serial| Effect::SameSerial(id, serial)));
}

fn remove_line(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(open) = state.case() else {
        return;
    };
    let (item, _) = open.form.focus;
    let edits: Vec<FieldEdit> = crate::desk::quote::LINE_FIELDS
        .into_iter()
        .filter(|field| open.case.record.fact_of(item, *field).is_some())
        .map(|field| FieldEdit {
            item,
            field,
            entry: Entry::Unknown,
            ground: Ground::Desk,
        })
        .collect();
    if item == ItemId::SELF || edits.is_empty() {
        state.note = Some(Note::Unavailable("no-line"));
        return;
    }
    act(state, Action::Edit(edits), After::Stay, effects);
}

fn dispatch(state: &mut State, effects: &mut Vec<Effect>) {
    let planned = with_actor(state, |open, actor| {
        let waybill = open.case.record.text(Field::WaybillBack);
        let outgoing = open
            .outgoing_box
            .as_ref()
            .filter(|(of, _)| Some(of.as_str()) == waybill)
            .map(|(_, record)| record);
        parcels::dispatch(&open.case, outgoing, actor)
    });
    finish(state, planned, After::Board, effects);
}

fn undo(state: &mut State, effects: &mut Vec<Effect>) {
    let planned = with_actor(state, |open, actor| {
        action::plan_undo(&open.case, &open.parcels, actor)
    });
    finish(state, planned, After::Stay, effects);
}

/// A scan goes where its shape says; anything else is text that was typed fast.
pub(super) fn scan(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    let is_overlaid = !state.overlays.is_empty();
    let into = match (&state.view, shape(text)) {
        _ if is_overlaid => None,
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
            if leave(state, effects) {
                then(state, Event::Scan(text.to_string()));
                return;
            }
            let entry = typed::entry(field, &value, state.now.today);
            let cell = (ItemId::SELF, field);
            if !save_then(state, cell, entry, After::FirstUnknown, effects) {
                go_to_first_unknown(state);
            }
        }
        None => {
            state.is_scanned = matches!(state.view, View::Board) && !is_overlaid;
            if state.is_scanned {
                board::clear(state);
            }
            super::typing(state, effects, &Typing::Paste(text));
            then(state, Event::Command(Command::Accept));
        }
    }
}
