//! What a person at the desk does next: mostly what makes sense on the screen, sometimes not. Keys only.

use super::dice::Dice;
use aftercare::app::input::Input;
use aftercare::desk::field::{Field, FieldKind};
use aftercare::flow::command::Command;
use aftercare::flow::state::{CaseScreen, State, View};
use aftercare::ui::i18n::Words;
use aftercare::ui::keymap;
use aftercare::work::standing::Stage;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyEventState, KeyModifiers};
use std::collections::VecDeque;

/// What a person has begun to do.
#[derive(Default)]
pub struct Person {
    plan: VecDeque<Input>,
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
    KeyEvent {
        code,
        modifiers,
        kind: KeyEventKind::Press,
        state: KeyEventState::NONE,
    }
}

/// The key that asks for this here.
fn key_for(state: &State, command: Command) -> Option<KeyEvent> {
    use KeyCode as K;
    let plain = [
        K::Enter,
        K::Tab,
        K::BackTab,
        K::Esc,
        K::Up,
        K::Down,
        K::Left,
        K::Right,
        K::Home,
        K::End,
        K::PageUp,
        K::PageDown,
        K::Char(' '),
    ];
    let plain = plain.into_iter().map(|code| key(code, KeyModifiers::NONE));
    let functions = (1..=12).map(|n| key(K::F(n), KeyModifiers::NONE));
    let letters = ('a'..='z').map(|letter| key(K::Char(letter), KeyModifiers::CONTROL));
    plain.chain(functions).chain(letters).find(|pressed| {
        keymap::command(state.context(), pressed, state.is_typing_text()) == Some(command)
    })
}

impl Person {
    /// The next thing the hands do.
    pub fn next(&mut self, state: &State, words: &Words, dice: &mut Dice) -> Option<Input> {
        if self.plan.is_empty() {
            self.decide(state, words, dice);
        }
        self.plan.pop_front()
    }

    /// By its key, or by its name in the palette.
    fn ask(&mut self, state: &State, words: &Words, command: Command) {
        if let Some(pressed) = key_for(state, command) {
            self.plan.push_back(Input::Key(pressed));
        } else if let Some(palette) = key_for(state, Command::Palette) {
            let name = words
                .say(&format!("command-{}", command.code()))
                .into_owned();
            self.plan.push_back(Input::Key(palette));
            self.plan.push_back(Input::Paste(name));
            self.press(KeyCode::Enter);
        }
    }

    fn press(&mut self, code: KeyCode) {
        self.plan
            .push_back(Input::Key(key(code, KeyModifiers::NONE)));
    }

    fn types(&mut self, text: &str) {
        for letter in text.chars() {
            self.press(KeyCode::Char(letter));
        }
    }

    fn decide(&mut self, state: &State, words: &Words, dice: &mut Dice) {
        use Command as C;
        if !state.overlays.is_empty() {
            match dice.below(6) {
                0 => self.press(KeyCode::Down),
                1 => self.press(KeyCode::Esc),
                2 => {
                    let text = dice.pick(&["80", "a reason", "1"]);
                    self.types(text);
                }
                _ => self.press(KeyCode::Enter),
            }
            return;
        }
        match dice.below(100) {
            0..3 => return self.ask(state, words, *dice.pick(Command::ALL)),
            3..5 => return self.ask(state, words, C::Undo),
            5..8 => {
                let scans = ["80H2-7731", "80H2-7732", "RMA26-00001", "SF1234567890123"];
                return self
                    .plan
                    .push_back(Input::Scan(dice.pick(&scans).to_string()));
            }
            8..12 => {
                return self.press(*dice.pick(&[KeyCode::Up, KeyCode::Down, KeyCode::BackTab]));
            }
            _ => {}
        }
        match &state.view {
            View::Board => self.at_the_board(state, words, dice),
            View::Case(open) => {
                let stage = open.case.standing.stage;
                let is_there = open.screen == CaseScreen::of_stage(stage);
                let is_priced = stage == Stage::Quote && open.case.quote.total().is_some();
                if open.form.rows.is_empty() {
                    let next = [C::Accept, C::Back, C::NextStep, C::Intake];
                    self.ask(state, words, *dice.pick(&next));
                } else if dice.chance(if is_priced { 50 } else { 25 }) {
                    self.does(
                        state,
                        words,
                        dice,
                        if is_there { Some(stage) } else { None },
                    );
                } else {
                    self.fills(state, words, open.form.focus.1, dice);
                }
            }
            View::Parcel(open) => {
                if dice.chance(25) {
                    self.ask(state, words, C::TakeIn);
                } else {
                    self.fills(state, words, open.form.focus.1, dice);
                }
            }
        }
    }

    fn at_the_board(&mut self, state: &State, words: &Words, dice: &mut Dice) {
        use Command as C;
        let is_enough = state.board.rows.len() > 2 && dice.chance(95);
        if !is_enough {
            return self.ask(
                state,
                words,
                *dice.pick(&[C::NewCall, C::NewCall, C::NewParcel]),
            );
        }
        match dice.below(10) {
            0 => self.press(KeyCode::Down),
            1 => {
                let text = dice.pick(&["80H2", "1380", "王"]);
                self.types(text);
            }
            2 => self.ask(state, words, C::Clear),
            _ => self.press(KeyCode::Enter),
        }
    }

    /// What the stage is for; to the screen of it first.
    fn does(&mut self, state: &State, words: &Words, dice: &mut Dice, stage: Option<Stage>) {
        use Command as C;
        let command = match stage {
            None => C::NextStep,
            Some(Stage::Call) => C::Authorise,
            Some(Stage::Quote) => C::IssueQuote,
            Some(Stage::Answer) => C::AnswerQuote,
            Some(Stage::Repair) => C::FinishRepair,
            Some(Stage::Dispatch) => {
                *dice.pick(&[C::ConfirmContact, C::Pay, C::Dispatch, C::Dispatch])
            }
            Some(Stage::Closing) => C::Close,
            Some(Stage::Decision) => C::AcceptReturn,
            Some(Stage::AwaitingParcel) => C::NextStep,
            Some(Stage::Settling) => *dice.pick(&[C::Refund, C::PriceBack, C::Pay, C::Back]),
            Some(Stage::Closed) => C::Back,
            Some(Stage::Triage | Stage::Inspection) => C::Next,
        };
        self.ask(state, words, command);
    }

    /// Types what the field can hold, and mostly leaves it.
    fn fills(&mut self, state: &State, words: &Words, field: Field, dice: &mut Dice) {
        if dice.chance(20) {
            return self.press(KeyCode::Tab);
        }
        let said = dice.below(1000);
        let text = match field.kind() {
            FieldKind::Choice(options) => {
                let digit = 1 + dice.below(options.len().min(9));
                return self.types(&digit.to_string());
            }
            FieldKind::Date { .. } => {
                (*dice.pick(&["-1", "-30", "-170", "2026-11-01", "-3"])).to_string()
            }
            FieldKind::Phone => format!("1380000{said:04}"),
            FieldKind::Serial => format!("80H2-77{}", 31 + said % 3),
            FieldKind::Money => (*dice.pick(&["80", "120.50", "1"])).to_string(),
            FieldKind::Number => (1 + said % 3).to_string(),
            _ if matches!(field, Field::Waybill | Field::WaybillBack) => {
                format!("SF12345678901{:02}", said % 3)
            }
            _ => format!(
                "{} {said}",
                dice.pick(&["王小明", "CK-80 HV", "note", "深圳"])
            ),
        };
        let is_filled = state
            .form()
            .and_then(|form| form.editor.as_ref())
            .is_some_and(|editor| !editor.is_empty());
        if is_filled && dice.chance(90) {
            self.ask(state, words, Command::Clear);
        }
        if dice.chance(10) {
            self.plan.push_back(Input::Paste(text));
        } else {
            self.types(&text);
        }
        if dice.chance(85) {
            self.press(*dice.pick(&[KeyCode::Tab, KeyCode::Enter, KeyCode::Down]));
        }
    }
}
