//! Which key asks for what: the one table behind the keys, the footer, the palette and the help.
//!
//! Only keys that are free in every terminal and in tmux: function keys, Ctrl with letters that are
//! no control characters of their own (not H, I, J, M), Tab, Enter, Escape, arrows and pages. What
//! is not in the table belongs to the text being edited.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use tui_textarea::Input;

use super::i18n::Words;
use crate::flow::bench::Seat;
use crate::flow::command::Command;
use crate::flow::event::Event;
use crate::flow::possible::possible;
use crate::flow::state::{CaseScreen, Context, OverlayKind, State, View};

/// Where a binding holds. A row of the table names one; the help page has a section for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Wherever one is.
    Everywhere,
    /// On every screen, unless something lies over it.
    Screens,
    /// A locked bench.
    Locked,
    /// The board.
    Board,
    /// A case or a parcel.
    Inside,
    /// Whatever lies over a screen.
    Over,
    /// Every form: of a case or of a parcel.
    Forms,
    /// A form of a case.
    CaseForms,
    /// The forms that fold fields away.
    Folded,
    /// Every screen of a case, the checks included.
    Cases,
    /// One screen of a case.
    Screen(CaseScreen),
    /// A parcel being taken in.
    Receiving,
    /// A list over the screen.
    List,
    /// The palette.
    Palette,
    /// Something to read over the screen.
    Reading,
    /// Whatever has a text to empty.
    Texts,
    /// Whatever has lines or pages that are not a text.
    Lines,
}

impl Place {
    /// Whether it is no screen of its own: the help tells of those last.
    pub fn is_general(self) -> bool {
        matches!(
            self,
            Place::Everywhere | Place::Screens | Place::Inside | Place::Lines | Place::Texts
        )
    }

    /// Whether it is there.
    pub fn holds(self, context: Context) -> bool {
        use CaseScreen as S;
        let is_overlay = matches!(context, Context::Overlay(_));
        let is_form = match context {
            Context::Case(screen) => !matches!(screen, S::Summary | S::History),
            Context::Receiving => true,
            Context::Locked | Context::Board | Context::Checks | Context::Overlay(_) => false,
        };
        let is_locked = context == Context::Locked;
        match self {
            Place::Everywhere => true,
            Place::Locked => is_locked,
            Place::Screens => !is_overlay && !is_locked,
            Place::Board => context == Context::Board,
            Place::Inside => context != Context::Board && !is_overlay && !is_locked,
            Place::Over => is_overlay,
            Place::Forms => is_form,
            Place::CaseForms => is_form && context != Context::Receiving,
            Place::Folded => matches!(
                context,
                Context::Case(S::Intake | S::Inspection | S::Repair | S::Dispatch)
            ),
            Place::Cases => matches!(context, Context::Case(_) | Context::Checks),
            Place::Screen(screen) => context == Context::Case(screen),
            Place::Receiving => context == Context::Receiving,
            Place::List => context == Context::Overlay(OverlayKind::List),
            Place::Palette => context == Context::Overlay(OverlayKind::Palette),
            Place::Reading => context == Context::Overlay(OverlayKind::Reading),
            Place::Texts => {
                is_form
                    || matches!(
                        context,
                        Context::Locked
                            | Context::Board
                            | Context::Overlay(OverlayKind::Palette | OverlayKind::Prompt)
                    )
            }
            Place::Lines => {
                is_form
                    || matches!(
                        context,
                        Context::Overlay(OverlayKind::List | OverlayKind::Reading)
                    )
            }
        }
    }
}

/// A key with what is held down beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord {
    code: KeyCode,
    modifiers: KeyModifiers,
}

const fn plain(code: KeyCode) -> Chord {
    Chord {
        code,
        modifiers: KeyModifiers::NONE,
    }
}

const fn f(number: u8) -> Chord {
    plain(KeyCode::F(number))
}

const fn ctrl(letter: char) -> Chord {
    Chord {
        code: KeyCode::Char(letter),
        modifiers: KeyModifiers::CONTROL,
    }
}

const ALT_ENTER: Chord = Chord {
    code: KeyCode::Enter,
    modifiers: KeyModifiers::ALT,
};

impl Chord {
    /// The chord of a key event. Shift is told by the key itself where it makes another one.
    pub fn of(key: &KeyEvent) -> Chord {
        let mut modifiers =
            key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let code = match key.code {
            KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            KeyCode::Char(letter) if modifiers.contains(KeyModifiers::CONTROL) => {
                KeyCode::Char(letter.to_ascii_lowercase())
            }
            code => code,
        };
        let shift_is_told = matches!(code, KeyCode::BackTab | KeyCode::Char(_));
        if shift_is_told {
            modifiers -= KeyModifiers::SHIFT;
        }
        Chord { code, modifiers }
    }

    /// What stands on the key, in every language.
    pub fn name(self) -> String {
        let key = match self.code {
            KeyCode::F(number) => format!("F{number}"),
            KeyCode::Char(' ') => "Space".to_string(),
            KeyCode::Char(letter) => letter.to_ascii_uppercase().to_string(),
            KeyCode::BackTab => "Shift-Tab".to_string(),
            KeyCode::PageUp => "PgUp".to_string(),
            KeyCode::PageDown => "PgDn".to_string(),
            KeyCode::Esc => "Esc".to_string(),
            KeyCode::Enter => "Enter".to_string(),
            KeyCode::Tab => "Tab".to_string(),
            KeyCode::Up => "Up".to_string(),
            KeyCode::Down => "Down".to_string(),
            KeyCode::Left => "Left".to_string(),
            KeyCode::Right => "Right".to_string(),
            KeyCode::Home => "Home".to_string(),
            KeyCode::End => "End".to_string(),
            other => format!("{other:?}"),
        };
        match self.modifiers {
            KeyModifiers::CONTROL => format!("Ctrl-{key}"),
            KeyModifiers::ALT => format!("Alt-{key}"),
            _ => key,
        }
    }
}

/// Whether a key belongs to the text while one is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum While {
    /// Typing or not.
    Always,
    /// Only while no text is typed: in a choice, in a list.
    NotTyping,
    /// Only while a text is typed.
    Typing,
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// Where it holds.
    pub place: Place,
    /// The key.
    pub chord: Chord,
    /// What it asks for.
    pub command: Command,
    /// How much it matters in the footer; 0 keeps it out.
    pub weight: u8,
    when: While,
}

const fn always(place: Place, chord: Chord, command: Command, weight: u8) -> Binding {
    Binding {
        place,
        chord,
        command,
        weight,
        when: While::Always,
    }
}

const fn choosing(place: Place, chord: Chord, command: Command, weight: u8) -> Binding {
    Binding {
        when: While::NotTyping,
        ..always(place, chord, command, weight)
    }
}

use Command as C;
use Place as P;
const INTAKE: Place = P::Screen(CaseScreen::Intake);
const INSPECTION: Place = P::Screen(CaseScreen::Inspection);
const QUOTE: Place = P::Screen(CaseScreen::Quote);
const REPAIR: Place = P::Screen(CaseScreen::Repair);
const DISPATCH: Place = P::Screen(CaseScreen::Dispatch);
const SUMMARY: Place = P::Screen(CaseScreen::Summary);

/// The table, in the order in which footer and help show it.
pub const TABLE: &[Binding] = &[
    // A locked bench.
    always(P::Locked, plain(KeyCode::Enter), C::Accept, 9),
    always(P::Locked, plain(KeyCode::Esc), C::Back, 8),
    // Moving.
    always(P::Board, plain(KeyCode::Enter), C::Accept, 5),
    always(P::Board, ctrl('n'), C::NewCall, 9),
    always(P::Board, f(6), C::NewParcel, 8),
    always(P::Board, plain(KeyCode::Tab), C::NextGroup, 4),
    always(P::Board, plain(KeyCode::BackTab), C::Previous, 0),
    always(P::Inside, plain(KeyCode::Enter), C::Accept, 2),
    always(P::Inside, plain(KeyCode::Tab), C::Next, 1),
    always(P::Inside, plain(KeyCode::BackTab), C::Previous, 0),
    always(P::Over, plain(KeyCode::Enter), C::Accept, 9),
    always(P::Over, plain(KeyCode::Tab), C::Next, 0),
    always(P::Over, plain(KeyCode::BackTab), C::Previous, 0),
    always(P::Everywhere, plain(KeyCode::Up), C::Up, 0),
    always(P::Everywhere, plain(KeyCode::Down), C::Down, 0),
    always(P::Everywhere, plain(KeyCode::PageUp), C::PageUp, 0),
    always(P::Everywhere, plain(KeyCode::PageDown), C::PageDown, 0),
    choosing(P::Lines, plain(KeyCode::Home), C::First, 0),
    choosing(P::Lines, plain(KeyCode::End), C::Last, 0),
    choosing(P::Lines, plain(KeyCode::Left), C::OptionBefore, 0),
    choosing(P::Lines, plain(KeyCode::Right), C::OptionAfter, 0),
    choosing(P::Forms, plain(KeyCode::Char(' ')), C::Options, 4),
    choosing(P::Reading, plain(KeyCode::Char(' ')), C::PageDown, 7),
    // What is done here.
    always(INTAKE, f(5), C::Authorise, 9),
    always(INTAKE, f(6), C::SolvedByPhone, 7),
    always(INTAKE, f(10), C::EnquiryOnly, 6),
    always(P::Receiving, f(5), C::TakeIn, 9),
    always(INSPECTION, f(5), C::NextStep, 9),
    always(INSPECTION, f(6), C::AcceptReturn, 7),
    always(INSPECTION, f(10), C::Grant, 5),
    always(QUOTE, f(5), C::IssueQuote, 9),
    always(QUOTE, f(6), C::AnswerQuote, 8),
    always(QUOTE, f(10), C::Pay, 6),
    always(REPAIR, f(5), C::FinishRepair, 9),
    always(DISPATCH, f(5), C::Dispatch, 9),
    always(DISPATCH, f(6), C::ConfirmContact, 8),
    always(DISPATCH, f(10), C::Pay, 7),
    always(SUMMARY, f(5), C::NextStep, 9),
    always(P::Inside, ctrl('n'), C::NewCall, 1),
    // The screens of a case.
    always(P::Cases, f(2), C::Summary, 3),
    always(P::Cases, f(3), C::NextStep, 2),
    always(P::Folded, f(4), C::More, 3),
    always(P::Cases, f(7), C::History, 1),
    always(P::Cases, f(8), C::Checks, 6),
    always(P::CaseForms, ctrl('g'), C::Ground, 1),
    always(INTAKE, ctrl('e'), C::SameCaller, 2),
    always(QUOTE, ctrl('d'), C::RemoveLine, 3),
    always(P::Receiving, ctrl('d'), C::RemoveLine, 3),
    always(P::Cases, ctrl('p'), C::Plain, 1),
    always(P::Cases, ctrl('z'), C::Undo, 3),
    always(P::Cases, ctrl('o'), C::Join, 0),
    always(P::Inside, ctrl('r'), C::SaveAgain, 8),
    // Texts.
    always(P::Texts, ctrl('u'), C::Clear, 0),
    Binding {
        when: While::Typing,
        ..always(P::Forms, ALT_ENTER, C::BreakLine, 0)
    },
    // Everywhere.
    always(P::Screens, plain(KeyCode::Esc), C::Back, 2),
    always(P::Over, plain(KeyCode::Esc), C::Back, 8),
    always(P::Screens, ctrl('k'), C::Palette, 6),
    always(P::Screens, ctrl('t'), C::Terms, 1),
    always(P::Screens, f(1), C::Help, 7),
    always(P::Everywhere, f(9), C::Language, 2),
    always(P::Screens, ctrl('l'), C::Lock, 5),
    always(P::Everywhere, ctrl('q'), C::Quit, 1),
    // What opened something closes it again.
    always(P::Palette, ctrl('k'), C::Palette, 0),
    always(P::List, ctrl('t'), C::Terms, 0),
    always(P::Reading, f(1), C::Help, 0),
    always(P::Reading, f(8), C::Checks, 0),
    always(P::Reading, ctrl('t'), C::Terms, 0),
    always(P::Reading, ctrl('p'), C::Plain, 0),
];

fn fits(binding: &Binding, context: Context, is_typing_text: bool) -> bool {
    let is_time = match binding.when {
        While::Always => true,
        While::NotTyping => !is_typing_text,
        While::Typing => is_typing_text,
    };
    is_time && binding.place.holds(context)
}

/// What a key asks for where one is; none where it belongs to the text being edited.
pub fn command(context: Context, key: &KeyEvent, is_typing_text: bool) -> Option<Command> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let chord = Chord::of(key);
    TABLE
        .iter()
        .find(|binding| binding.chord == chord && fits(binding, context, is_typing_text))
        .map(|binding| binding.command)
}

/// The event a key makes in this session; none for a key that was let go.
pub fn event(state: &State, key: &KeyEvent, words: &Words) -> Option<Event> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let (context, is_typing_text) = state.keys_go_to();
    Some(match command(context, key, is_typing_text) {
        Some(Command::Palette) if state.overlays.is_empty() => palette(state, words),
        Some(command) => Event::Command(command),
        None => Event::Edit(Input::from(*key)),
    })
}

/// The palette as it opens here: what this screen is for comes first, what is not possible now last.
pub fn palette(state: &State, words: &Words) -> Event {
    let here = under_overlays(state);
    let mut names = names(words);
    names.retain(|(command, _)| concerns(&state.seat, *command, P::Everywhere));
    names.sort_by_cached_key(|(command, _)| {
        let is_possible = possible(state, *command).is_ok();
        let is_of_screen = TABLE.iter().any(|binding| {
            let is_own = matches!(binding.place, P::Screen(_) | P::Receiving | P::Board);
            binding.command == *command && is_own && binding.place.holds(here)
        });
        (!is_possible, !is_of_screen, is_general(*command))
    });
    Event::Palette(names)
}

/// Whether a key has a meaning in this session at all: what locks a shared bench has none elsewhere.
pub fn concerns(seat: &Seat, command: Command, place: Place) -> bool {
    let is_for_bench = command == C::Lock || place == P::Locked;
    !(is_for_bench && matches!(seat, Seat::Own))
}

/// Whether a command is the same wherever one is.
fn is_general(command: Command) -> bool {
    matches!(command, C::Help | C::Language | C::Quit | C::Terms)
}

/// The bindings for the footer, in its order.
pub fn hints(context: Context, is_typing_text: bool) -> Vec<&'static Binding> {
    TABLE
        .iter()
        .filter(|binding| binding.weight > 0 && fits(binding, context, is_typing_text))
        .collect()
}

/// The key that asks for a command where one is.
pub fn key_of(command: Command, context: Context) -> Option<Chord> {
    TABLE
        .iter()
        .find(|binding| binding.command == command && binding.place.holds(context))
        .map(|binding| binding.chord)
}

/// Where the keys go once everything that lies over the screen is closed.
pub fn under_overlays(state: &State) -> Context {
    match &state.view {
        _ if matches!(state.seat, Seat::Locked(_)) => Context::Locked,
        View::Board => Context::Board,
        View::Parcel(_) => Context::Receiving,
        View::Case(open) if open.checks_cursor.is_some() => Context::Checks,
        View::Case(open) => Context::Case(open.screen),
    }
}

/// Whether a command is a line of the palette: what moves about inside a screen is not.
pub fn is_in_palette(command: Command) -> bool {
    !matches!(
        command,
        C::Next
            | C::Previous
            | C::Up
            | C::Down
            | C::PageUp
            | C::PageDown
            | C::First
            | C::Last
            | C::OptionBefore
            | C::OptionAfter
            | C::Accept
            | C::Back
            | C::Clear
            | C::BreakLine
            | C::Options
            | C::Palette
            | C::NextGroup
    )
}

/// The lines of the palette: the commands by name, in the language of the words.
pub fn names(words: &Words) -> Vec<(Command, String)> {
    Command::ALL
        .iter()
        .filter(|command| is_in_palette(**command))
        .map(|command| (*command, name(words, *command)))
        .collect()
}

/// The name of a command.
pub fn name(words: &Words, command: Command) -> String {
    words
        .say(&format!("command-{}", command.code()))
        .into_owned()
}

#[cfg(test)]
mod tests;
