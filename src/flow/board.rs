//! The board: typing is searching, Enter opens, a scan goes where its shape says.

use crate::desk::change::Ground;
use crate::desk::contact::{Contacts, Relation, addresses};
use crate::desk::field::Field;
use crate::desk::id::EntityId;
use crate::desk::outcome::finished;
use crate::desk::phone::Phone;
use crate::desk::record::Record;
use crate::desk::scan::{Courier, Shape, shape};
use crate::desk::serial::Serial;
use crate::desk::value::{Entry, Value};
use crate::work::action::FieldEdit;
use crate::work::intent::Intent;
use crate::work::row::CaseRow;
use crate::work::standing::Stage;
use crate::work::unit;

use super::command::Command;
use super::event::{Effect, Found};
use super::note::Note;
use super::state::{After, CaseScreen, Copying, State, View};
use super::{Typing, commit, moved, page, plan};

pub(super) fn typing(state: &mut State, typing: &Typing, effects: &mut Vec<Effect>) {
    let (changed, dropped) = typing.put_into(&mut state.board.search);
    super::tell_cut(state, dropped);
    if changed {
        search_changed(state, effects);
    }
}

pub(super) fn search_changed(state: &mut State, effects: &mut Vec<Effect>) {
    state.board.cursor = 0;
    state.board.cursor_moved = false;
    state.board.is_exact = false;
    let text = state.board.search.text();
    if text.trim().is_empty() {
        state.board.found = None;
    } else {
        effects.push(Effect::Search(text));
    }
}

pub(super) fn command(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    let length = state.board.shown().len();
    let cursor = state.board.cursor;
    let page = isize::try_from(page(state)).unwrap_or(1);
    let move_by = match command {
        Command::Up => Some(-1),
        Command::Down => Some(1),
        Command::PageUp => Some(-page),
        Command::PageDown => Some(page),
        Command::First => Some(isize::MIN),
        Command::Last => Some(isize::MAX),
        _ => None,
    };
    if let Some(steps) = move_by {
        state.board.cursor = moved(cursor, steps, length);
        state.board.cursor_moved = true;
        return;
    }
    match command {
        Command::Accept => accept(state, effects),
        Command::Back | Command::Clear => clear(state),
        Command::NextGroup | Command::Next => next_group(state),
        Command::Previous => group_before(state),
        Command::NewCall => new_call(state, effects),
        Command::NewParcel => new_parcel(state, None, effects),
        _ => state.note = Some(Note::Unavailable("needs-case")),
    }
}

/// Something new begins: the search line is empty for it, and comes back where that is not saved.
fn begin_with_search(state: &mut State) {
    state.begun_with = state.board.search.text();
    clear(state);
}

/// What was to begin is not saved: what was typed before and since stands in the search line again.
pub(super) fn not_begun(state: &mut State, effects: &mut Vec<Effect>) {
    let text = state.begun_and_typed();
    state.begun_with = String::new();
    if matches!(state.view, View::Board) && !text.is_empty() {
        state.board.search = super::editor::Editor::new(&text, false);
        search_changed(state, effects);
    }
}

pub(super) fn clear(state: &mut State) {
    state.board.search = super::editor::Editor::new("", false);
    state.board.found = None;
    state.board.cursor = 0;
}

fn next_group(state: &mut State) {
    let mut groups = state.board.groups().into_iter().map(|(stage, _)| stage);
    state.board.group = match state.board.group {
        None => groups.next(),
        Some(group) => groups.find(|stage| *stage > group),
    };
    state.board.cursor = 0;
}

fn group_before(state: &mut State) {
    let groups = state.board.groups().into_iter().map(|(stage, _)| stage);
    let mut backwards = groups.rev();
    state.board.group = match state.board.group {
        None => backwards.next(),
        Some(group) => backwards.find(|stage| *stage < group),
    };
    state.board.cursor = 0;
}

fn accept(state: &mut State, effects: &mut Vec<Effect>) {
    let text = state.board.search.text();
    let is_current = state.board.is_current();
    let is_email = !addresses(&text).is_empty();
    let is_found = is_current && state.board.finds_exactly();
    let asks_for_exact = is_found || is_email || !matches!(shape(&text), Shape::Unknown(_));
    let marked = state.board.marked().map(|row| row.id);
    match marked {
        Some(id) if text.is_empty() || state.board.cursor_moved => {
            effects.push(Effect::LoadCase(id));
        }
        Some(id) if is_current && !asks_for_exact => effects.push(Effect::LoadCase(id)),
        _ if text.trim().is_empty() => {}
        _ => {
            effects.push(Effect::LookUp(text));
            return;
        }
    }
    state.is_scanned = false;
}

/// What Enter or a scan looked up.
pub(super) fn looked_up(
    state: &mut State,
    text: String,
    found: Vec<Found>,
    effects: &mut Vec<Effect>,
) {
    // Who has it now, before who had it.
    let has_it = |found: &&Found| !found.is_former;
    let now: Vec<&Found> = found.iter().filter(has_it).collect();
    let now = if now.is_empty() {
        found.iter().collect()
    } else {
        now
    };
    let open: Vec<_> = now
        .iter()
        .filter(|found| found.row.outcome.is_none())
        .map(|found| found.row.id)
        .collect();
    let is_scanned = std::mem::take(&mut state.is_scanned);
    let is_choice = is_choice(&now);
    let in_hand = now.iter().find(|found| {
        is_scanned
            && !is_choice
            && found.row.stage == Stage::AwaitingParcel
            && [found.row.id] == open[..]
    });
    if let Some(found) = in_hand {
        let (id, serial) = (found.row.id, found.row.serial.clone());
        new_parcel_with(state, id, serial.as_deref(), effects);
        return;
    }
    // Whose number it was, or who is behind another extension of it, is not who calls.
    let is_doubtful = found.iter().any(|found| {
        found.other_extension || found.is_former && Contacts::FIELDS.contains(&found.matched)
    });
    match (open.as_slice(), now.as_slice()) {
        ([only], _) if !is_doubtful && !is_choice => effects.push(Effect::LoadCase(*only)),
        ([], [only]) if only.matched == Field::Number => {
            effects.push(Effect::LoadCase(only.row.id));
        }
        ([], []) => nothing_found(state, &text, effects),
        _ => {
            if !found.iter().any(|found| !found.other_extension) {
                state.note = Some(Note::Unavailable("other-extension"));
            }
            state.view = View::Board;
            state.board.search = super::editor::Editor::new(&text, false);
            state.board.cursor = 0;
            state.board.cursor_moved = true;
            state.board.is_exact = true;
            state.board.found = Some((text, found));
        }
    }
}

/// Whether different things have what was asked for, a serial number of one case and a waybill of
/// another: then the person chooses. Of one kind the open case is meant.
fn is_choice(found: &[&Found]) -> bool {
    let mut kinds = found.iter().map(|found| match found.matched {
        caller if Contacts::FIELDS.contains(&caller) => Field::Phone,
        other => other,
    });
    let first = kinds.next();
    let differ = kinds.any(|kind| Some(kind) != first);
    found.len() > 1 && (differ || first == Some(Field::Number))
}

fn nothing_found(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    match shape(text) {
        Shape::Waybill { number, .. } => new_parcel(state, Some(number), effects),
        Shape::Phone(phone) => {
            let phone = edit(Field::Phone, Value::Phone(phone), Ground::CustomerSays);
            begin_call(state, vec![phone], effects);
        }
        Shape::Unknown(words) if !addresses(&words).is_empty() => {
            let email = edit(Field::Email, Value::Text(words), Ground::CustomerSays);
            begin_call(state, vec![email], effects);
        }
        Shape::Command(code) => match Command::from_code(&code.to_lowercase()) {
            Some(command) => {
                clear(state);
                super::then(state, super::event::Event::Command(command));
            }
            None => state.note = Some(Note::NothingFound(text.to_string())),
        },
        Shape::CaseNumber(_) | Shape::Serial(_) | Shape::Unknown(_) => {
            state.board.found = Some((text.to_string(), Vec::new()));
            state.note = Some(Note::NothingFound(text.to_string()));
        }
    }
}

fn edit(field: Field, value: Value, ground: Ground) -> FieldEdit {
    FieldEdit::of_self(field, Entry::Known(value), ground)
}

/// A call begins: with what an earlier case says of the caller where one is marked, else with what
/// was typed.
fn new_call(state: &mut State, effects: &mut Vec<Effect>) {
    let text = state.board.search.text();
    if !text.trim().is_empty()
        && state.board.is_current()
        && let Some(row) = state.board.marked()
        && is_theirs(&text, row)
    {
        let id = row.id;
        state.copying = Some(Copying::NewCall);
        effects.push(Effect::LoadCase(id));
        return;
    }
    let first = match shape(&text) {
        Shape::Phone(phone) => Some((Field::Phone, Value::Phone(phone))),
        Shape::Serial(serial) => Some((Field::SerialNumber, Value::Serial(serial))),
        Shape::Unknown(typed) if typed.is_empty() => None,
        Shape::Unknown(typed) if !addresses(&typed).is_empty() => {
            Some((Field::Email, Value::Text(typed)))
        }
        Shape::Unknown(typed) => Some(match (Phone::parse(&typed), Serial::parse(&typed)) {
            (Ok(phone), _) => (Field::Phone, Value::Phone(phone)),
            (Err(_), Ok(serial)) if typed.chars().any(|c| c.is_ascii_digit()) => {
                (Field::SerialNumber, Value::Serial(serial))
            }
            _ => (Field::Caller, Value::Text(typed)),
        }),
        Shape::CaseNumber(_) | Shape::Waybill { .. } | Shape::Command(_) => None,
    };
    let first = first.map(|(field, value)| edit(field, value, Ground::CustomerSays));
    begin_call(state, first.into_iter().collect(), effects);
}

/// Whether a case that was found is of who is typed: of a whole number with its extension, or a whole
/// e-mail address, only the case of a caller who has it; behind another extension is somebody else.
fn is_theirs(typed: &str, row: &CaseRow) -> bool {
    let phone = Phone::parse(typed).ok();
    let typed = Contacts {
        phones: phone
            .filter(|phone| phone.is_whole() || phone.extension().is_some())
            .into_iter()
            .collect(),
        emails: addresses(typed),
    };
    typed.is_empty() || typed.relation(&row.contacts()) == Some(Relation::SameCaller)
}

/// What a later call of the same caller takes over from an earlier case.
pub(super) fn taken_over(from: &Record) -> Vec<FieldEdit> {
    const FIELDS: [Field; 7] = [
        Field::Phone,
        Field::SecondPhone,
        Field::Caller,
        Field::Email,
        Field::Address,
        Field::SoldBy,
        Field::Model,
    ];
    let seen = |field: &Field| {
        from.fact(*field)
            .is_some_and(|fact| fact.ground != Ground::CustomerSays)
    };
    // The customer has the unit that was given out. Shipment and proof are of the one before it, and
    // the terms do not say that it takes them over.
    let is_replaced = finished(from) == Some("replaced");
    let serial = unit::present(from).filter(|_| !is_replaced || unit::given_out(from).is_some());
    let serial = serial.map(|serial| {
        let serial = Value::Serial(serial.clone());
        edit(Field::SerialNumber, serial, Ground::Record)
    });
    // A proof that was seen stays a proof; one that was only spoken of is asked for again.
    let proof = [Field::Proof, Field::PurchaseDate].into_iter().filter(seen);
    let of_unit = [Field::ShipDate].into_iter().chain(proof);
    let of_unit = of_unit.filter(|_| !is_replaced);
    FIELDS
        .into_iter()
        .chain(of_unit)
        .filter_map(|field| Some(edit(field, from.value(field)?.clone(), Ground::Record)))
        .chain(serial)
        .collect()
}

pub(super) fn begin_call(state: &mut State, first: Vec<FieldEdit>, effects: &mut Vec<Effect>) {
    let after = |id| After::Open(id, CaseScreen::Intake);
    begin(state, Intent::Begin { first }, after, effects);
}

/// A parcel with the goods of a case in it, as they lie on the bench.
pub(super) fn new_parcel_with(
    state: &mut State,
    case: EntityId,
    serial: Option<&str>,
    effects: &mut Vec<Effect>,
) {
    let item = state.fresh.item();
    let goods = |field, value| FieldEdit {
        item,
        field,
        entry: Entry::Known(value),
        ground: Ground::Inspected,
    };
    let serial = serial
        .and_then(|serial| Serial::parse(serial).ok())
        .map(|serial| goods(Field::GoodsSerial, Value::Serial(serial)));
    let first = [goods(Field::GoodsCase, Value::Link(case))]
        .into_iter()
        .chain(serial)
        .collect();
    begin_parcel(state, first, effects);
}

pub(super) fn new_parcel(state: &mut State, waybill: Option<String>, effects: &mut Vec<Effect>) {
    let courier = waybill.as_deref().and_then(Courier::guess);
    let courier = courier.map(|courier| (Field::Courier, courier.code().to_string()));
    let waybill = waybill.map(|waybill| (Field::Waybill, waybill));
    let first = waybill
        .into_iter()
        .chain(courier)
        .map(|(field, text)| edit(field, Value::Text(text), Ground::Inspected))
        .collect();
    begin_parcel(state, first, effects);
}

fn begin_parcel(state: &mut State, first: Vec<FieldEdit>, effects: &mut Vec<Effect>) {
    begin(
        state,
        Intent::BeginParcel { first },
        After::OpenParcel,
        effects,
    );
}

fn begin(
    state: &mut State,
    intent: Intent,
    after: impl FnOnce(EntityId) -> After,
    effects: &mut Vec<Effect>,
) {
    match plan(state, intent) {
        Ok(proposal) => {
            begin_with_search(state);
            let begun = proposal.batch().changes.first().map(|first| first.entity);
            if let Some(id) = begun {
                commit(state, proposal, after(id), effects);
            }
        }
        Err(refusal) => state.note = Some(Note::Refused(refusal)),
    }
}

/// Back to the board.
pub(super) fn go(state: &mut State, effects: &mut Vec<Effect>) {
    state.view = View::Board;
    state.overlays.clear();
    clear(state);
    effects.push(Effect::LoadBoard);
}
