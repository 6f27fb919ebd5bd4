//! A shared bench: a badge and its PIN say who works now; what lies idle locks.
//!
//! While the bench is locked nobody is known, nothing of any case is in memory, and a key does
//! nothing but fill the badge or the PIN.

use chrono::{DateTime, Utc};

use crate::desk::pin::Pin;
use crate::desk::staff::{Badge, Role, Staff};

use super::Typing;
use super::command::Command;
use super::editor::Editor;
use super::event::{Effect, Event};
use super::state::State;

/// Who a session belongs to.
#[derive(Debug, Clone)]
pub enum Seat {
    /// One person from its beginning to its end.
    Own,
    /// Whoever scanned a badge last.
    Bench,
    /// Nobody, until a badge is scanned.
    Locked(Box<Lock>),
}

/// What stands on a locked bench.
#[derive(Debug, Clone)]
pub struct Lock {
    /// What is asked for.
    pub asks: Asks,
    /// What was wrong with the last badge and PIN.
    pub fault: Option<LockFault>,
}

/// What a locked bench asks for.
#[derive(Debug, Clone)]
pub enum Asks {
    /// The badge.
    Badge(Editor),
    /// The PIN that belongs to it.
    Pin(Badge, Editor),
    /// Whether they belong together is being looked up.
    Nothing,
}

/// Why a badge and a PIN did not open the bench. Whether the badge or the PIN was wrong is not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockFault {
    /// This cannot be a badge.
    NoBadge,
    /// This cannot be a PIN.
    NoPin,
    /// They do not belong together, or nobody has them.
    Wrong,
    /// Too many wrong PINs for this badge: not before this moment.
    Wait(DateTime<Utc>),
    /// The file would not be read.
    Trouble,
    /// Whoever sat here may not work at this desk any more.
    NoLonger,
}

/// What looking up a badge and a PIN led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identified {
    /// They belong to this person.
    As(Staff),
    /// The bench stays locked.
    No(LockFault),
}

impl Seat {
    /// A locked bench that asks for a badge, and tells what was wrong with the last one.
    pub fn locked(fault: Option<LockFault>) -> Seat {
        Seat::Locked(Box::new(Lock::new(fault)))
    }
}

impl Lock {
    fn new(fault: Option<LockFault>) -> Lock {
        Lock {
            asks: Asks::Badge(Editor::new("", false)),
            fault,
        }
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        match &mut self.asks {
            Asks::Badge(typed) | Asks::Pin(_, typed) => Some(typed),
            Asks::Nothing => None,
        }
    }
}

/// Nobody: who sits at a locked bench.
pub fn nobody() -> Staff {
    Staff {
        name: String::new(),
        role: Role::Viewer,
    }
}

/// Takes in what a person does at a locked bench.
pub(super) fn step(state: &mut State, event: Event, effects: &mut Vec<Effect>) {
    let Seat::Locked(lock) = &mut state.seat else {
        return;
    };
    match event {
        Event::Edit(input) => type_in(lock, &Typing::Key(input)),
        Event::Paste(text) => type_in(lock, &Typing::Paste(&text)),
        Event::Scan(text) => scanned(lock, &text, effects),
        Event::Command(Command::Accept) => accept(lock, effects),
        Event::Command(Command::Clear) => {
            if let Some(editor) = lock.editor() {
                *editor = Editor::new("", false);
            }
        }
        Event::Command(Command::Back) => **lock = Lock::new(None),
        Event::Command(Command::Language) => state.language = state.language.next(),
        Event::Command(Command::Quit) => effects.push(Effect::Quit),
        _ => {}
    }
}

fn type_in(lock: &mut Lock, typing: &Typing) {
    if let Some(editor) = lock.editor() {
        typing.put_into(editor);
        lock.fault = None;
    }
}

/// A scan is a badge, also when the badge before it waits for its PIN; but digits that can be a PIN
/// are one then, since a PIN may come from a keypad as fast as from a scanner.
fn scanned(lock: &mut Lock, text: &str, effects: &mut Vec<Effect>) {
    let editor = Editor::new(text, false);
    match &lock.asks {
        Asks::Pin(badge, _) if Pin::parse(text).is_some() => {
            lock.asks = Asks::Pin(badge.clone(), editor);
        }
        Asks::Badge(_) | Asks::Pin(..) => lock.asks = Asks::Badge(editor),
        Asks::Nothing => return,
    }
    accept(lock, effects);
}

fn accept(lock: &mut Lock, effects: &mut Vec<Effect>) {
    let asks = std::mem::replace(&mut lock.asks, Asks::Nothing);
    lock.fault = None;
    match asks {
        Asks::Badge(typed) => match Badge::parse(&typed.text()) {
            Ok(badge) => lock.asks = Asks::Pin(badge, Editor::new("", false)),
            Err(_) if typed.is_empty() => *lock = Lock::new(None),
            Err(_) => *lock = Lock::new(Some(LockFault::NoBadge)),
        },
        Asks::Pin(badge, typed) => match Pin::parse(&typed.text()) {
            Some(pin) => effects.push(Effect::Identify(badge, pin)),
            None => {
                lock.asks = Asks::Pin(badge, Editor::new("", false));
                lock.fault = (!typed.is_empty()).then_some(LockFault::NoPin);
            }
        },
        Asks::Nothing => {}
    }
}

/// What a badge and a PIN led to.
pub(super) fn identified(state: &mut State, answer: Identified, effects: &mut Vec<Effect>) {
    if !matches!(state.seat, Seat::Locked(_)) {
        return;
    }
    match answer {
        Identified::No(fault) => state.seat = Seat::locked(Some(fault)),
        Identified::As(staff) => {
            state.staff = staff;
            state.seat = Seat::Bench;
            effects.push(Effect::TakeSeat);
            effects.push(Effect::LoadBoard);
        }
    }
}

/// Locks the bench: the field one is in is saved first, as in leaving the program.
pub(super) fn lock(state: &mut State, effects: &mut Vec<Effect>) {
    if !matches!(state.seat, Seat::Bench) {
        return;
    }
    state.overlays.clear();
    if super::filling::leave(state, effects) {
        super::then(state, Event::Command(Command::Lock));
    } else {
        step_away(state, effects);
    }
}

/// Nobody has touched the bench for a while: it locks, and what is half typed is kept as a draft of
/// whoever typed it.
pub(super) fn step_away(state: &mut State, effects: &mut Vec<Effect>) {
    if !matches!(state.seat, Seat::Bench) {
        return;
    }
    let who = std::mem::take(&mut state.staff.name);
    effects.push(Effect::LeaveSeat(who, Box::new(state.draft())));
    let fresh = state.fresh.clone();
    let (language, size) = (state.language, state.size);
    *state = State::new(nobody(), state.knowledge.clone(), state.now, 0);
    state.fresh = fresh;
    state.language = language;
    state.size = size;
    state.seat = Seat::locked(None);
}

/// Locks a bench whose person may not go on, as [`step_away`] does, and says why.
pub(super) fn lock_after(state: &mut State, fault: LockFault, effects: &mut Vec<Effect>) {
    step_away(state, effects);
    if matches!(state.seat, Seat::Locked(_)) {
        state.seat = Seat::locked(Some(fault));
    }
}
