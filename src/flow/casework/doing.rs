//! What is done with a case: the commands that plan an action, or ask first what it needs.

use crate::desk::change::Ground;
use crate::desk::contact::{Contacts, Relation};
use crate::desk::field::Field;
use crate::desk::money::Fen;
use crate::desk::phone::Phone;
use crate::desk::value::{Entry, Value};
use crate::flow::board;
use crate::flow::command::Command;
use crate::flow::event::Effect;
use crate::flow::note::Note;
use crate::flow::state::{After, CaseScreen, Menu, Overlay, Prompt, State};
use crate::work::action::{Action, FieldEdit, Refusal};
use crate::work::elsewhere::Elsewhere;
use crate::work::join::Way;
use crate::work::money;
use crate::work::standing::{Blocker, GoodsAt, Stage};

use super::*;

pub(super) fn do_action(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    let close = |outcome| Action::Close {
        outcome,
        note: String::new(),
    };
    match command {
        Command::Authorise => authorise(state, effects),
        Command::SolvedByPhone => act(state, close("solved_by_phone"), After::Board, effects),
        Command::EnquiryOnly => act(state, close("enquiry_only"), After::Board, effects),
        Command::GoOnAsRepair => go_on_as_repair(state, effects),
        Command::AcceptReturn => ask_first(state, command, price_back_by(state)),
        Command::Refund => {
            let most = state
                .case()
                .map_or(Fen::ZERO, |open| open.case.ledger.beyond());
            ask_first(
                state,
                command,
                Overlay::prompt(Prompt::RefundAmount, &shown(most)),
            );
        }
        Command::Reverse => {
            let mut entries = [None; Menu::ENTRIES];
            if let Some(open) = state.case() {
                let all = crate::flow::possible::reversible(&open.case);
                for (place, booking) in entries.iter_mut().zip(all) {
                    *place = Some(booking.item);
                }
            }
            ask_first(state, command, Overlay::menu(Menu::Reverse(entries)));
        }
        Command::PriceBack => {
            let menu = Menu::PriceGivenBy;
            ask_first(state, command, marked(menu, suggested(state)));
        }
        Command::FinishRepair => act(state, Action::FinishRepair, After::NextStep, effects),
        Command::ConfirmContact => act(state, Action::ConfirmContact, After::FirstUnknown, effects),
        Command::CameBack => act(state, Action::CameBack, After::NextStep, effects),
        Command::Dispatch => dispatch(state, effects),
        // What could not be saved is the last that was done.
        Command::Join => ask_right_case(state, command, Way::Join),
        Command::MoveGoods => ask_right_case(state, command, Way::Goods),
        Command::TakeApart => mean(
            state,
            |case| Intent::TakeApart { case },
            After::Stay,
            effects,
        ),
        Command::Undo if crate::flow::unsaved::give_up(state) => state.note = Some(Note::Undone),
        Command::Undo => undo(state, effects),
        Command::IssueQuote => ask_first(state, command, Overlay::menu(Menu::QuoteTold)),
        Command::AnswerQuote => ask_first(state, command, Overlay::menu(Menu::QuoteAnswer)),
        Command::Grant => ask_first(state, command, Overlay::menu(Menu::Grant)),
        Command::Close => ask_first(state, command, Overlay::menu(Menu::Close)),
        Command::Reopen => {
            ask_first(
                state,
                command,
                Overlay::prompt(crate::flow::state::Prompt::ReopenReason, ""),
            );
        }
        Command::Pay | Command::Waive => {
            let open = state
                .case()
                .map_or(Fen::ZERO, |open| open.case.ledger.open());
            let due = shown(open);
            let prompt = if command == Command::Pay {
                crate::flow::state::Prompt::PaymentAmount
            } else {
                crate::flow::state::Prompt::WaiveAmount
            };
            ask_first(state, command, Overlay::prompt(prompt, &due));
        }
        _ => state.note = Some(Note::Unavailable("not-here")),
    }
}

/// An amount as a prompt begins with it; empty for none.
fn shown(amount: Fen) -> String {
    if amount.is_zero() {
        String::new()
    } else {
        amount.plain()
    }
}

/// The list of who gives the price back as a return is accepted, the mark at who sold it.
pub(in crate::flow) fn price_back_by(state: &State) -> Overlay {
    marked(Menu::PriceBackBy, suggested(state))
}

fn suggested(state: &State) -> &'static str {
    let record = state.case().map(|open| &open.case.record);
    record.map_or("company", money::suggested_payer)
}

/// A list with the mark at one of its options.
fn marked(menu: Menu, option: &str) -> Overlay {
    let (_, options) = menu.options();
    let cursor = options.iter().position(|it| *it == option).unwrap_or(0);
    Overlay::Menu { menu, cursor }
}

/// What is left of the money of a closed case: the first thing is asked for.
fn settle(state: &mut State, effects: &mut Vec<Effect>) {
    let left = state.case().map(|open| open.case.given().money_left());
    let command = match left.as_deref().and_then(|left| left.first()) {
        Some(Blocker::MoneyToGiveBack) => Command::Refund,
        Some(Blocker::PriceToGiveBack) => Command::PriceBack,
        _ => Command::Pay,
    };
    do_action(state, command, effects);
}

/// Gives the case its number. One that has it goes on from here: to what is done with goods that are
/// here, or to what the customer is told.
pub(super) fn authorise(state: &mut State, effects: &mut Vec<Effect>) {
    let standing = state
        .case()
        .filter(|open| open.case.record.text(Field::Number).is_some())
        .map(|open| (open.case.standing.stage, open.case.standing.goods));
    match standing {
        None => match elsewhere(state) {
            Some(elsewhere) => crate::flow::confirm::open_elsewhere(state, elsewhere),
            None => act(state, Action::Authorise, After::Summary, effects),
        },
        Some((Stage::Triage, _)) => go_to_field(state, Field::Service),
        Some((_, GoodsAt::Here)) => go_to_next_step(state, effects),
        Some(_) => go_to_screen(state, CaseScreen::Summary),
    }
}

/// The other open cases of the unit, where nothing else keeps the case from getting its number.
fn elsewhere(state: &mut State) -> Option<Vec<Elsewhere>> {
    let case = state.case()?.case.record.id();
    let action = Action::Authorise;
    match plan(state, Intent::Act { case, action }) {
        Err(Refusal::OpenElsewhere(elsewhere)) => Some(elsewhere),
        _ => None,
    }
}

fn ask_right_case(state: &mut State, command: Command, way: Way) {
    ask_first(
        state,
        command,
        Overlay::prompt(crate::flow::state::Prompt::RightCase(way), ""),
    );
}

/// The return becomes a repair, and its proof the proof for the warranty: nobody is asked twice.
pub(super) fn go_on_as_repair(state: &mut State, effects: &mut Vec<Effect>) {
    if let Err(note) = crate::flow::possible::possible(state, Command::GoOnAsRepair) {
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
    crate::flow::unsaved::enter(state, edits, effects);
    go_to_first_unknown(state);
}

/// Asks what is needed for a command, unless it is not possible now anyway.
pub(super) fn ask_first(state: &mut State, command: Command, overlay: Overlay) {
    match crate::flow::possible::possible(state, command) {
        Ok(()) => state.overlays.push(overlay),
        Err(note) => state.note = Some(note),
    }
}

/// To the screen of the next step; what is done away from the case's screens begins at once; where
/// one is there already, what is still open is told.
pub(super) fn go_to_next_step(state: &mut State, effects: &mut Vec<Effect>) {
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
        Stage::Settling => settle(state, effects),
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

pub(super) fn same_caller(state: &mut State, effects: &mut Vec<Effect>) {
    let newest = state
        .case()
        .and_then(|open| open.callers(Relation::SameCaller).next())
        .map(|row| row.id);
    match newest {
        Some(id) => {
            state.copying = Some(crate::flow::state::Copying::IntoOpen);
            effects.push(Effect::LoadCase(id));
        }
        None => {
            let why = state
                .case()
                .and_then(crate::flow::possible::no_earlier_case);
            state.note = Some(Note::Unavailable(why.unwrap_or("no-earlier-case")));
        }
    }
}

/// Fills what is not known yet of the open case from an earlier one.
pub(in crate::flow) fn copy_into(
    state: &mut State,
    from: &crate::desk::record::Record,
    effects: &mut Vec<Effect>,
) {
    let Some(open) = state.case() else {
        return;
    };
    let record = &open.entered().record;
    let contacts = Contacts::of(record);
    // Meanwhile another number may have been entered.
    if contacts.relation(&Contacts::of(from)) != Some(Relation::SameCaller) {
        return;
    }
    let mut edits: Vec<FieldEdit> = board::taken_over(from)
        .into_iter()
        .filter(|edit| record.fact(edit.field).is_none())
        .collect();
    // Who calls from the second number has the first one as the second.
    for edit in &mut edits {
        let is_known = |phone: &Phone| contacts.phones.contains(phone);
        match &edit.entry {
            Entry::Known(Value::Phone(phone)) if is_known(phone) => {
                let other = from.phone(Field::Phone).filter(|other| !is_known(other));
                edit.entry = match other {
                    Some(other) => Entry::Known(Value::Phone(other.clone())),
                    None => Entry::Unknown,
                };
            }
            _ => {}
        }
    }
    edits.retain(|edit| edit.entry != Entry::Unknown);
    let serial = edits.iter().find_map(|edit| match &edit.entry {
        Entry::Known(Value::Serial(serial)) => Some(serial.as_str().to_string()),
        _ => None,
    });
    let id = record.id();
    if edits.is_empty() {
        return;
    }
    crate::flow::unsaved::enter(state, edits, effects);
    effects.extend(serial.map(|serial| Effect::SameSerial(id, serial)));
}

pub(super) fn dispatch(state: &mut State, effects: &mut Vec<Effect>) {
    mean(
        state,
        |case| Intent::Dispatch { case },
        After::Board,
        effects,
    );
}

pub(super) fn undo(state: &mut State, effects: &mut Vec<Effect>) {
    mean(state, |case| Intent::Undo { case }, After::Stay, effects);
}
