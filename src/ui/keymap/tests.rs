use std::collections::{HashMap, HashSet};

use ratatui::crossterm::event::KeyEventState;

use super::*;
use crate::ui::i18n::Language;

fn contexts() -> Vec<Context> {
    let overlays = [
        OverlayKind::List,
        OverlayKind::Palette,
        OverlayKind::Prompt,
        OverlayKind::Reading,
    ];
    let mut contexts = vec![Context::Board, Context::Receiving, Context::Checks];
    contexts.extend(CaseScreen::ALL.map(Context::Case));
    contexts.extend(overlays.map(Context::Overlay));
    contexts
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
    KeyEvent {
        code,
        modifiers,
        kind: KeyEventKind::Press,
        state: KeyEventState::NONE,
    }
}

#[test]
fn no_key_is_bound_twice_where_one_is() {
    for context in contexts() {
        for is_typing in [true, false] {
            let mut seen = HashMap::new();
            for binding in TABLE.iter().filter(|b| fits(b, context, is_typing)) {
                let before = seen.insert(binding.chord, binding.command);
                let name = binding.chord.name();
                assert_eq!(before, None, "{name} in {context:?}, typing: {is_typing}");
            }
        }
    }
}

#[test]
fn every_command_has_a_key_or_a_line_in_the_palette() {
    let bound: HashSet<Command> = TABLE.iter().map(|binding| binding.command).collect();
    for command in Command::ALL {
        assert!(
            bound.contains(command) || is_in_palette(*command),
            "{command:?} cannot be asked for"
        );
    }
}

#[test]
fn every_binding_can_be_reached_somewhere() {
    for binding in TABLE {
        let reached = contexts().into_iter().any(|context| {
            [true, false].into_iter().any(|is_typing| {
                let pressed = key(binding.chord.code, binding.chord.modifiers);
                command(context, &pressed, is_typing) == Some(binding.command)
            })
        });
        assert!(reached, "{} {:?}", binding.chord.name(), binding.command);
    }
}

#[test]
fn letters_and_digits_never_fire_commands_while_typing() {
    for context in contexts() {
        for letter in (' '..='~').chain("王，１".chars()) {
            for modifiers in [KeyModifiers::NONE, KeyModifiers::SHIFT] {
                let pressed = key(KeyCode::Char(letter), modifiers);
                assert_eq!(command(context, &pressed, true), None, "{letter}");
            }
        }
    }
}

#[test]
fn keys_that_terminals_send_for_others_are_not_used() {
    for binding in TABLE {
        if let (KeyCode::Char(letter), KeyModifiers::CONTROL) =
            (binding.chord.code, binding.chord.modifiers)
        {
            // H, I, J, M are Backspace, Tab, Enter; B is the prefix of tmux; C, S, [ the terminal's.
            assert!(!"hijmbcs[".contains(letter), "Ctrl-{letter}");
        }
        assert!(!matches!(binding.chord.code, KeyCode::F(11 | 12)));
    }
}

#[test]
fn arrows_and_space_choose_options_unless_a_text_is_typed() {
    let intake = Context::Case(CaseScreen::Intake);
    let left = key(KeyCode::Left, KeyModifiers::NONE);
    assert_eq!(command(intake, &left, false), Some(Command::OptionBefore));
    assert_eq!(command(intake, &left, true), None);
    let space = key(KeyCode::Char(' '), KeyModifiers::NONE);
    assert_eq!(command(intake, &space, false), Some(Command::Options));
    assert_eq!(command(intake, &space, true), None);
}

#[test]
fn a_key_is_the_same_however_the_terminal_tells_shift_and_capitals() {
    let intake = Context::Case(CaseScreen::Intake);
    for (code, modifiers) in [
        (KeyCode::BackTab, KeyModifiers::SHIFT),
        (KeyCode::BackTab, KeyModifiers::NONE),
        (KeyCode::Tab, KeyModifiers::SHIFT),
    ] {
        let pressed = key(code, modifiers);
        assert_eq!(command(intake, &pressed, true), Some(Command::Previous));
    }
    let capital = key(KeyCode::Char('K'), KeyModifiers::CONTROL);
    assert_eq!(command(intake, &capital, true), Some(Command::Palette));
    let mut released = key(KeyCode::F(1), KeyModifiers::NONE);
    released.kind = KeyEventKind::Release;
    assert_eq!(command(intake, &released, true), None);
}

#[test]
fn the_keys_of_the_house_are_where_the_house_says() {
    use CaseScreen as S;
    let table = [
        (Context::Board, f(6), C::NewParcel),
        (Context::Board, plain(KeyCode::Tab), C::NextGroup),
        (Context::Board, ctrl('n'), C::NewCall),
        (Context::Case(S::Intake), f(5), C::Authorise),
        (Context::Case(S::Intake), f(6), C::SolvedByPhone),
        (Context::Case(S::Intake), f(10), C::EnquiryOnly),
        (Context::Receiving, f(5), C::TakeIn),
        (Context::Case(S::Inspection), f(5), C::NextStep),
        (Context::Case(S::Inspection), f(6), C::AcceptReturn),
        (Context::Case(S::Inspection), f(10), C::Grant),
        (Context::Case(S::Quote), f(5), C::IssueQuote),
        (Context::Case(S::Quote), f(6), C::AnswerQuote),
        (Context::Case(S::Quote), f(10), C::Pay),
        (Context::Case(S::Repair), f(5), C::FinishRepair),
        (Context::Case(S::Dispatch), f(5), C::Dispatch),
        (Context::Case(S::Dispatch), f(6), C::ConfirmContact),
        (Context::Case(S::Dispatch), f(10), C::Pay),
        (Context::Case(S::Summary), f(5), C::NextStep),
        (Context::Case(S::History), f(2), C::Summary),
        (Context::Checks, f(8), C::Checks),
        (Context::Case(S::Quote), ctrl('z'), C::Undo),
    ];
    for (context, chord, expected) in table {
        let pressed = key(chord.code, chord.modifiers);
        let name = chord.name();
        assert_eq!(
            command(context, &pressed, true),
            Some(expected),
            "{name} in {context:?}"
        );
    }
}

#[test]
fn every_command_has_words_in_both_languages() {
    for words in Language::ALL.map(Words::new) {
        for command in Command::ALL {
            let id = format!("command-{}", command.code());
            assert!(words.has(&id), "{id} in {:?}", words.language());
        }
        for binding in TABLE.iter().filter(|binding| binding.weight > 0) {
            let id = format!("hint-{}", binding.command.code());
            assert!(words.has(&id), "{id} in {:?}", words.language());
        }
    }
}
