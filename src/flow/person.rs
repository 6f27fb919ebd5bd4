//! The person of a session: another role may be given to them while they work, or they may not work
//! here any more. What they do is asked again where it is saved; this is how the session follows.
//!
//! A session whose person may not work any more ends at the next thing they do, as in a lost line:
//! what is half typed is kept for them. At a shared bench it locks instead.

use crate::desk::change::Change;
use crate::desk::id::EntityKind;
use crate::desk::staff::Standing;
use crate::work::action::Refusal;
use crate::work::intent::role_of;

use super::bench::{self, LockFault, Seat};
use super::event::{Effect, Event};
use super::note::Note;
use super::state::State;

/// Why a session ends that nobody left, and who knows more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dismissed {
    /// [`Refusal::Disabled`] or [`Refusal::NotEntered`].
    pub why: Refusal,
    /// The names of the supervisors who may work.
    pub ask: Vec<String>,
}

/// How somebody stands at the desk, as the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    /// The name.
    pub who: String,
    /// How it stands.
    pub standing: Standing,
    /// The names of the supervisors who may work.
    pub ask: Vec<String>,
}

/// Asks how the person stands, where somebody changed something about staff.
pub(super) fn look(state: &State, changes: &[Change], effects: &mut Vec<Effect>) {
    if changes.iter().any(|it| it.kind == EntityKind::Staff) {
        ask(state, effects);
    }
}

fn ask(state: &State, effects: &mut Vec<Effect>) {
    if !matches!(state.seat, Seat::Locked(_)) {
        effects.push(Effect::Standing(state.staff.name.clone()));
    }
}

/// What was refused may say how the person stands now.
pub(super) fn refused(state: &mut State, refusal: &Refusal, effects: &mut Vec<Effect>) {
    match refusal {
        Refusal::Role(role) => state.staff.role = *role,
        Refusal::Disabled | Refusal::NotEntered => {
            // They have done something already: the session ends as soon as it is known whom to ask.
            state.has_acted_in_vain = true;
            ask(state, effects);
        }
        _ => {}
    }
}

/// How the person stands now.
pub(super) fn stands(state: &mut State, stands: Stands, effects: &mut Vec<Effect>) {
    if stands.who != state.staff.name || matches!(state.seat, Seat::Locked(_)) {
        return;
    }
    match role_of(stands.standing) {
        Ok(role) => {
            state.dismissed = None;
            state.has_acted_in_vain = false;
            if role != state.staff.role {
                state.staff.role = role;
                state.note = Some(Note::RoleNow(role));
            }
        }
        Err(why) => {
            let ask = stands.ask;
            state.dismissed = Some(Dismissed { why, ask });
            if state.has_acted_in_vain {
                leave(state, effects);
            }
        }
    }
}

/// Whether the session ends with this instead of doing it.
pub(super) fn ends_with(state: &State, event: &Event) -> bool {
    let is_done_by_somebody = super::is_from_person(event) && !matches!(event, Event::Restore(_));
    is_done_by_somebody && state.dismissed.is_some()
}

/// Ends the session; what is half typed is kept.
pub(super) fn leave(state: &mut State, effects: &mut Vec<Effect>) {
    state.queue.clear();
    match state.seat {
        Seat::Own => effects.push(Effect::Quit),
        Seat::Bench => bench::lock_after(state, LockFault::NoLonger, effects),
        Seat::Locked(_) => {}
    }
}
