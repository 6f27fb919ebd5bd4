//! Whether a command is possible now, and if not, why: asked before the palette and the footer show
//! it as possible, by planning the action and throwing the plan away.

use crate::desk::booking::Booking;
use crate::desk::contact::Relation;
use crate::desk::field::Field;
use crate::desk::id::ItemId;
use crate::desk::money::Fen;
use crate::desk::parcel::Parcel;
use crate::desk::record::Record;
use crate::work::action::{self, Action, Actor, Refusal};
use crate::work::case::Case;
use crate::work::grants::Subject;
use crate::work::join::{self, Way};
use crate::work::parcels;
use crate::work::role::may;

use super::bench::Seat;
use super::command::Command;
use super::form::Form;
use super::note::Note;
use super::state::{OpenCase, State, View};

/// Whether the command is possible now.
///
/// # Errors
/// Why not.
pub fn possible(state: &State, command: Command) -> Result<(), Note> {
    match (&state.view, command) {
        (_, Command::Lock) => match state.seat {
            Seat::Own => Err(Note::Unavailable("no-bench")),
            Seat::Bench | Seat::Locked(_) => Ok(()),
        },
        (_, Command::NewCall) => allowed(state, action::ActionKind::Begin),
        (_, Command::NewParcel) => allowed(state, action::ActionKind::Receive),
        (
            _,
            Command::Quit | Command::Help | Command::Palette | Command::Language | Command::Terms,
        ) => Ok(()),
        (_, Command::SaveAgain) if state.kept() == 0 => Err(Note::Unavailable("all-saved")),
        (View::Board, Command::SaveAgain) => Err(Note::Unavailable("needs-case")),
        (_, Command::SaveAgain) => Ok(()),
        (View::Case(_), Command::Undo) if state.kept() > 0 => Ok(()),
        (View::Board, Command::TakeIn) => Err(Note::Unavailable("needs-parcel")),
        (View::Board, command) if is_for_case(command) => Err(Note::Unavailable("needs-case")),
        (View::Board, _) => Ok(()),
        (View::Parcel(open), Command::TakeIn) => {
            if Parcel::of(&open.record).goods.is_empty() {
                Err(Note::Refused(Refusal::NoGoods))
            } else {
                allowed(state, action::ActionKind::Receive)
            }
        }
        (_, Command::TakeIn) => Err(Note::Unavailable("needs-parcel")),
        (View::Parcel(open), Command::RemoveLine) => match has_line(&open.form, open.entered()) {
            true => allowed(state, action::ActionKind::Receive),
            false => Err(Note::Unavailable("no-line")),
        },
        (View::Parcel(_), command) if is_for_case(command) => Err(Note::Unavailable("needs-case")),
        (View::Parcel(_), _) => Ok(()),
        (View::Case(open), command) if has_no_sense(command, open).is_some() => Err(
            Note::Unavailable(has_no_sense(command, open).unwrap_or("not-here")),
        ),
        (View::Case(open), command) => match trial(command, &open.case) {
            Some(Trial::Action(action)) => plan(state, |actor| {
                action::plan(action, &open.case, actor).map(|_| ())
            }),
            Some(Trial::Dispatch) => plan(state, |actor| {
                parcels::dispatch(&open.case, None, actor).map(|_| ())
            }),
            Some(Trial::Undo) => plan(state, |actor| {
                action::plan_undo(&open.case, &open.around, actor).map(|_| ())
            }),
            Some(Trial::Join(way)) => plan(state, |actor| join::may_join(&open.case, way, actor)),
            Some(Trial::TakeApart) => plan(state, |actor| {
                join::plan_apart(&open.case, &open.around, actor).map(|_| ())
            }),
            None => Ok(()),
        },
    }
}

/// Why a command has no sense where the caret is (the code of `unavailable-...`).
fn has_no_sense(command: Command, open: &OpenCase) -> Option<&'static str> {
    let record = &open.entered().record;
    let (item, field) = open.form.focus;
    let has_form = !open.form.rows.is_empty();
    match command {
        Command::Ground | Command::More | Command::RemoveLine if !has_form => Some("not-here"),
        Command::Ground if record.fact_of(item, field).is_none() => Some("field-empty"),
        Command::RemoveLine if !has_line(&open.form, record) => Some("no-line"),
        Command::SameCaller => no_earlier_case(open),
        Command::GoOnAsRepair if record.choice(Field::Service) != Some("return") => {
            Some("no-return")
        }
        _ => None,
    }
}

/// Why nothing can be taken over from an earlier case: nobody called before, or only others behind
/// the same line, whose data are not this caller's.
pub(super) fn no_earlier_case(open: &OpenCase) -> Option<&'static str> {
    let others = || open.callers(Relation::OtherExtension).next();
    match (open.callers(Relation::SameCaller).next(), others()) {
        (Some(_), _) => None,
        (None, Some(_)) => Some("other-extension"),
        (None, None) => Some("no-earlier-case"),
    }
}

/// Whether the caret is in a line of a table that can be removed.
fn has_line(form: &Form, record: &Record) -> bool {
    let (item, _) = form.focus;
    item != ItemId::SELF && record.facts().any(|(of, _, _)| of == item)
}

fn allowed(state: &State, kind: action::ActionKind) -> Result<(), Note> {
    if may(state.staff.role, kind) {
        Ok(())
    } else {
        Err(Note::Refused(Refusal::Role(state.staff.role)))
    }
}

fn plan(state: &State, plan: impl FnOnce(&mut Actor) -> Result<(), Refusal>) -> Result<(), Note> {
    let mut fresh = state.fresh.clone();
    plan(&mut Actor {
        staff: &state.staff,
        now: state.now,
        fresh: &mut fresh,
    })
    .map_err(Note::Refused)
}

enum Trial {
    Action(Action),
    Dispatch,
    Undo,
    Join(Way),
    TakeApart,
}

/// The action a command would plan, with any answer that it still asks for.
fn trial(command: Command, case: &Case) -> Option<Trial> {
    let reason = || "-".to_string();
    let close = |outcome| Action::Close {
        outcome,
        note: reason(),
    };
    Some(Trial::Action(match command {
        Command::Authorise => {
            let others = case.elsewhere.iter();
            Action::AuthoriseBeside(others.map(|other| other.case).collect())
        }
        Command::SolvedByPhone => close("solved_by_phone"),
        Command::EnquiryOnly => close("enquiry_only"),
        Command::AcceptReturn => Action::AcceptReturn {
            price_back_by: "company",
        },
        Command::IssueQuote => Action::IssueQuote { over: "telephone" },
        Command::AnswerQuote => Action::AnswerQuote {
            answer: "declined",
            over: "telephone",
        },
        Command::Pay => Action::Pay {
            amount: Fen(1),
            means: "transfer",
            day: case.today,
        },
        Command::Refund => Action::Refund {
            amount: Fen(1),
            means: "transfer",
            day: case.today,
        },
        Command::Reverse => Action::Reverse {
            item: reversible(case).first().map_or(ItemId::SELF, |it| it.item),
            reason: reason(),
        },
        Command::PriceBack => Action::PriceBack {
            by: "platform",
            amount: None,
            day: case.today,
        },
        Command::Waive => Action::Waive {
            amount: Fen(1),
            reason: reason(),
        },
        Command::FinishRepair => Action::FinishRepair,
        Command::ConfirmContact => Action::ConfirmContact,
        Command::Grant => Action::Grant {
            subject: Subject::Return,
            reason: reason(),
        },
        Command::Close => Action::Edit(Vec::new()),
        Command::Reopen => Action::Reopen { reason: reason() },
        Command::CameBack => Action::CameBack,
        Command::GoOnAsRepair if case.record.choice(Field::Service) == Some("return") => {
            Action::Edit(Vec::new())
        }
        Command::Dispatch => return Some(Trial::Dispatch),
        Command::Undo => return Some(Trial::Undo),
        Command::Join => return Some(Trial::Join(Way::Join)),
        Command::MoveGoods => return Some(Trial::Join(Way::Goods)),
        Command::TakeApart => return Some(Trial::TakeApart),
        _ => return None,
    }))
}

/// The entries in the money that can be reversed, newest first: it is mostly the last one.
pub(super) fn reversible(case: &Case) -> Vec<Booking> {
    let mut entries = Booking::standing(&case.record);
    entries.reverse();
    entries
}

fn is_for_case(command: Command) -> bool {
    use Command as C;
    matches!(
        command,
        C::Summary
            | C::NextStep
            | C::Intake
            | C::Inspection
            | C::Quote
            | C::Repair
            | C::Sending
            | C::History
            | C::Checks
            | C::More
            | C::Ground
            | C::SameCaller
            | C::Plain
            | C::Authorise
            | C::SolvedByPhone
            | C::EnquiryOnly
            | C::GoOnAsRepair
            | C::AcceptReturn
            | C::RemoveLine
            | C::IssueQuote
            | C::AnswerQuote
            | C::Pay
            | C::Waive
            | C::Refund
            | C::Reverse
            | C::PriceBack
            | C::FinishRepair
            | C::ConfirmContact
            | C::Dispatch
            | C::Grant
            | C::Close
            | C::Reopen
            | C::CameBack
            | C::Join
            | C::MoveGoods
            | C::TakeApart
            | C::Undo
    )
}
