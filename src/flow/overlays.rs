//! What lies over the screen: lists, prompts, the palette, things to read.

use crate::desk::field::Field;
use chrono::NaiveDate;

use crate::desk::money::Fen;
use crate::desk::value::{Entry, Value};
use crate::terms::choice::Choice;
use crate::terms::clause::ClauseId;
use crate::work::action::Action;
use crate::work::grants::Subject;

use super::command::Command;
use super::editor::Editor;
use super::event::{Effect, Event};
use super::note::Note;
use super::state::{After, Menu, Overlay, Prompt, State, View};
use super::unsaved::{self, Question};
use super::{Typing, bench, board, casework, filling, moved, possible, receiving, typed};

pub(super) fn open_palette(state: &mut State, names: Vec<(Command, String)>) {
    state.overlays.push(Overlay::Palette {
        typed: Editor::new("", false),
        names,
        cursor: 0,
    });
}

/// A command: to what lies on top, to the whole program, or to the screen.
pub(super) fn command(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    match command {
        Command::Quit => quit(state, effects),
        Command::Lock => match possible::possible(state, Command::Lock) {
            Ok(()) => bench::lock(state, effects),
            Err(note) => state.note = Some(note),
        },
        Command::Language => state.language = state.language.next(),
        Command::Help if state.overlays.is_empty() => {
            state.overlays.push(Overlay::Help { page: 0 });
        }
        Command::Terms if state.overlays.is_empty() => {
            let cursor = casework::clause_of_mark(state).unwrap_or(0);
            state.overlays.push(Overlay::Terms { cursor });
        }
        _ if !state.overlays.is_empty() => in_overlay(state, command, effects),
        _ => match state.view {
            View::Board => board::command(state, command, effects),
            View::Case(_) => casework::command(state, command, effects),
            View::Parcel(_) => receiving::command(state, command, effects),
        },
    }
}

/// Leaving saves the field one is in first.
fn quit(state: &mut State, effects: &mut Vec<Effect>) {
    state.overlays.clear();
    let unsaved = state.unsaved_fields();
    if unsaved > 0 && !state.knows_of_unsaved {
        // Once more, and then it is the person's choice: all of it is in the draft.
        state.knows_of_unsaved = true;
        state.note = Some(Note::leaving(unsaved, state.not_kept.is_some()));
        unsaved::try_again(state, |_| true);
        return;
    }
    if filling::leave(state, effects) {
        super::then(state, Event::Command(Command::Quit));
    } else {
        effects.push(Effect::Quit);
    }
}

fn in_overlay(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    if matches!(command, Command::Back) {
        if let Some(Overlay::Conflict(_)) = state.overlays.last() {
            unsaved::back_into_field(state, effects);
            return;
        }
        state.overlays.pop();
        return;
    }
    let steps = match command {
        Command::Up | Command::Previous | Command::OptionBefore => Some(-1),
        Command::Down | Command::Next | Command::OptionAfter => Some(1),
        Command::PageUp => Some(-10),
        Command::PageDown => Some(10),
        Command::First => Some(isize::MIN),
        Command::Last => Some(isize::MAX),
        _ => None,
    };
    let Some(top) = state.overlays.last() else {
        return;
    };
    let length = match top {
        Overlay::Palette { .. } => top.palette_matches().len(),
        Overlay::Menu { menu, .. } => menu.options().1.len(),
        Overlay::Conflict(_) => Question::OPTIONS.len(),
        Overlay::Confirm(confirm) => confirm.options().len(),
        Overlay::Terms { .. } => ClauseId::ALL.len(),
        // How many pages a text has depends on its width: drawing stays on the last one.
        Overlay::Prompt { .. } => 0,
        Overlay::Clause { .. }
        | Overlay::Help { .. }
        | Overlay::Checks { .. }
        | Overlay::Plain { .. } => 50,
    };
    if let Some(steps) = steps {
        move_mark(state, steps, length);
        return;
    }
    match command {
        Command::Accept => accept(state, effects),
        Command::Help | Command::Checks | Command::Plain | Command::Terms | Command::Palette => {
            state.overlays.pop();
        }
        Command::Clear => {
            if let Some(Overlay::Palette { typed, .. } | Overlay::Prompt { typed, .. }) =
                state.overlays.last_mut()
            {
                *typed = Editor::new("", false);
            }
        }
        _ => {}
    }
}

fn move_mark(state: &mut State, steps: isize, length: usize) {
    match state.overlays.last_mut() {
        Some(
            Overlay::Palette { cursor, .. }
            | Overlay::Menu { cursor, .. }
            | Overlay::Terms { cursor },
        ) => *cursor = moved(*cursor, steps, length),
        Some(Overlay::Conflict(question)) => {
            question.cursor = moved(question.cursor, steps, length);
        }
        Some(Overlay::Confirm(confirm)) => confirm.cursor = moved(confirm.cursor, steps, length),
        Some(
            Overlay::Clause { page, .. }
            | Overlay::Help { page }
            | Overlay::Checks { page }
            | Overlay::Plain { page },
        ) => *page = moved(*page, steps.signum(), length),
        Some(Overlay::Prompt { .. }) | None => {}
    }
}

fn accept(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(top) = state.overlays.last() else {
        return;
    };
    match top {
        Overlay::Palette { cursor, .. } => {
            let chosen = top
                .palette_matches()
                .get(*cursor)
                .map(|(command, _)| *command);
            state.overlays.pop();
            if let Some(command) = chosen {
                super::then(state, Event::Command(command));
            }
        }
        Overlay::Menu { menu, cursor } => {
            let menu = *menu;
            let chosen = menu.options().1.get(*cursor).copied();
            if let Some(code) = chosen {
                choose(state, menu, code, effects);
            }
        }
        Overlay::Conflict(question) => {
            let is_mine = question.cursor == 1;
            unsaved::answer(state, is_mine, effects);
        }
        Overlay::Confirm(confirm) => {
            let chosen = confirm.options().get(confirm.cursor).copied();
            if let Some(choice) = chosen {
                super::confirm::choose(state, choice, effects);
            }
        }
        Overlay::Prompt { prompt, typed } => {
            let (prompt, text) = (*prompt, typed.text());
            answer(state, prompt, &text, effects);
        }
        Overlay::Terms { cursor } => {
            if let Some(clause) = ClauseId::ALL.get(*cursor) {
                let clause = *clause;
                state.overlays.push(Overlay::Clause { clause, page: 0 });
            }
        }
        Overlay::Clause { .. }
        | Overlay::Help { .. }
        | Overlay::Checks { .. }
        | Overlay::Plain { .. } => {
            state.overlays.pop();
        }
    }
}

/// A digit or a first letter chooses in a list.
pub(super) fn choose_by_key(state: &mut State, typing: &Typing, effects: &mut Vec<Effect>) {
    let (Some(Overlay::Menu { menu, .. }), Typing::Key(input)) = (state.overlays.last(), typing)
    else {
        return;
    };
    let menu = *menu;
    let (_, options) = menu.options();
    let tui_textarea::Key::Char(character) = input.key else {
        return;
    };
    let folded = crate::desk::fold::fold_trim(&character.to_string()).to_lowercase();
    let by_position = typed::by_digit(&options, &folded);
    let by_letter = || {
        let mut fitting = options.iter().filter(|option| option.starts_with(&folded));
        fitting.next().filter(|_| fitting.next().is_none())
    };
    if !folded.is_empty()
        && let Some(code) = by_position.or_else(by_letter).copied()
    {
        choose(state, menu, code, effects);
    }
}

/// A digit or a first letter answers which value stays.
pub(super) fn answer_by_key(state: &mut State, typing: &Typing, effects: &mut Vec<Effect>) {
    let Typing::Key(input) = typing else {
        return;
    };
    let tui_textarea::Key::Char(character) = input.key else {
        return;
    };
    let folded = crate::desk::fold::fold_trim(&character.to_string()).to_lowercase();
    let by_letter = |option: &&&str| !folded.is_empty() && option.starts_with(&folded);
    let chosen = typed::by_digit(&Question::OPTIONS, &folded)
        .or_else(|| Question::OPTIONS.iter().find(by_letter));
    if let Some(option) = chosen {
        unsaved::answer(state, *option == "mine", effects);
    }
}

fn choose(state: &mut State, menu: Menu, code: &'static str, effects: &mut Vec<Effect>) {
    state.overlays.pop();
    match menu {
        Menu::Options(..) => {
            filling::choose(state, Entry::Known(Value::Choice(code)), effects);
        }
        Menu::QuoteTold => {
            casework::act(
                state,
                Action::IssueQuote { over: code },
                After::Stay,
                effects,
            );
        }
        Menu::QuoteAnswer => state.overlays.push(Overlay::menu(Menu::AnswerOver(code))),
        Menu::AnswerOver(answer) => {
            let action = Action::AnswerQuote { answer, over: code };
            casework::act(state, action, After::NextStep, effects);
        }
        Menu::Grant => {
            if let Some(subject) = Subject::ALL.into_iter().find(|s| s.code() == code) {
                state
                    .overlays
                    .push(Overlay::prompt(Prompt::GrantReason(subject), ""));
            }
        }
        Menu::Close => match code {
            "void" | "undeliverable" | "scrapped" => {
                state
                    .overlays
                    .push(Overlay::prompt(Prompt::CloseNote(code), ""));
            }
            "returned" => state.overlays.push(casework::price_back_by(state)),
            _ => close(state, code, String::new(), effects),
        },
        Menu::PaidBy(amount) => ask_day(state, Prompt::PaymentDay(amount, code)),
        Menu::RefundedBy(amount) => ask_day(state, Prompt::RefundDay(amount, code)),
        Menu::PriceBackBy => {
            let action = Action::AcceptReturn {
                price_back_by: code,
            };
            casework::act(state, action, After::Board, effects);
        }
        Menu::PriceGivenBy => {
            let prompt = Prompt::PriceBackAmount(code);
            state.overlays.push(Overlay::prompt(prompt, ""));
        }
        Menu::Reverse(entries) => {
            if let Some(item) = Menu::entry_at(&entries, code) {
                let prompt = Prompt::ReverseReason(item);
                state.overlays.push(Overlay::prompt(prompt, ""));
            }
        }
    }
}

fn close(state: &mut State, outcome: &'static str, note: String, effects: &mut Vec<Effect>) {
    casework::act(
        state,
        Action::Close { outcome, note },
        After::Board,
        effects,
    );
}

fn answer(state: &mut State, prompt: Prompt, text: &str, effects: &mut Vec<Effect>) {
    state.asked_over = state.overlays.last().cloned();
    let reason = text.trim().to_string();
    if reason.is_empty() && matches!(prompt, Prompt::RightCase(_)) {
        let needs = crate::work::action::Refusal::Needs(Field::Number);
        state.note = Some(Note::Refused(needs));
        return;
    }
    // Where somebody else gives the price back, the amount may not be known here.
    let may_be_empty = matches!(prompt, Prompt::PriceBackAmount("platform" | "dealer"));
    if reason.is_empty() && !may_be_empty {
        state.note = Some(Note::Refused(crate::work::action::Refusal::NeedsReason));
        return;
    }
    match prompt {
        Prompt::RightCase(way) => {
            state.overlays.pop();
            effects.push(Effect::FindRightCase(way, reason));
        }
        Prompt::GrantReason(subject) => {
            state.overlays.pop();
            let action = Action::Grant { subject, reason };
            casework::act(state, action, After::Stay, effects);
        }
        Prompt::CloseNote(outcome) => {
            state.overlays.pop();
            close(state, outcome, reason, effects);
        }
        Prompt::ReopenReason => {
            state.overlays.pop();
            casework::act(state, Action::Reopen { reason }, After::NextStep, effects);
        }
        Prompt::WaiveReason(amount) => {
            state.overlays.pop();
            casework::act(
                state,
                Action::Waive { amount, reason },
                After::Stay,
                effects,
            );
        }
        Prompt::PaymentAmount => {
            if let Some(amount) = amount(state, Field::PaymentAmount, text) {
                state.overlays.pop();
                state.overlays.push(Overlay::menu(Menu::PaidBy(amount)));
            }
        }
        Prompt::PaymentDay(amount, means) => {
            if let Some(day) = day(state, Field::PaymentDay, text) {
                state.overlays.pop();
                let action = Action::Pay { amount, means, day };
                casework::act(state, action, After::Stay, effects);
            }
        }
        Prompt::RefundAmount => {
            if let Some(amount) = amount(state, Field::RefundAmount, text) {
                state.overlays.pop();
                state.overlays.push(Overlay::menu(Menu::RefundedBy(amount)));
            }
        }
        Prompt::RefundDay(amount, means) => {
            if let Some(day) = day(state, Field::RefundDay, text) {
                state.overlays.pop();
                let action = Action::Refund { amount, means, day };
                casework::act(state, action, After::Stay, effects);
            }
        }
        Prompt::ReverseReason(item) => {
            state.overlays.pop();
            casework::act(
                state,
                Action::Reverse { item, reason },
                After::Stay,
                effects,
            );
        }
        Prompt::PriceBackAmount(by) => {
            let given = match reason.is_empty() {
                true => Some(None),
                false => amount(state, Field::PriceBackAmount, text).map(Some),
            };
            if let Some(given) = given {
                state.overlays.pop();
                ask_day(state, Prompt::PriceBackDay(by, given));
            }
        }
        Prompt::PriceBackDay(by, amount) => {
            if let Some(day) = day(state, Field::PriceBackDay, text) {
                state.overlays.pop();
                let action = Action::PriceBack { by, amount, day };
                casework::act(state, action, After::Stay, effects);
            }
        }
        Prompt::WaiveAmount => {
            if let Some(amount) = amount(state, Field::WaivedAmount, text) {
                state.overlays.pop();
                state
                    .overlays
                    .push(Overlay::prompt(Prompt::WaiveReason(amount), ""));
            }
        }
    }
}

/// Asks for the day of money, which is mostly today.
fn ask_day(state: &mut State, prompt: Prompt) {
    let today = state.now.today.format("%Y-%m-%d").to_string();
    state.overlays.push(Overlay::prompt(prompt, &today));
}

/// The day that was typed; why it is none is told.
fn day(state: &mut State, field: Field, text: &str) -> Option<NaiveDate> {
    match super::typed::read(field, text, state.now.today) {
        Ok(Entry::Known(Value::Date(day))) if day > state.now.today => {
            let refusal = crate::work::action::Refusal::InFuture(field);
            state.note = Some(Note::Refused(refusal));
            None
        }
        Ok(Entry::Known(Value::Date(day))) => Some(day),
        Err(fault) => {
            state.note = Some(Note::Unreadable(field, fault));
            None
        }
        Ok(_) => None,
    }
}

fn amount(state: &mut State, field: Field, text: &str) -> Option<Fen> {
    match super::typed::read(field, text, state.now.today) {
        Ok(Entry::Known(Value::Fen(amount))) => Some(amount),
        Err(fault) => {
            state.note = Some(Note::Unreadable(field, fault));
            None
        }
        Ok(_) => None,
    }
}
