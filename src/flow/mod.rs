//! The screens' state machine: state x event -> effects. Floor F3; pure.
//!
//! [`step`] is the only thing that changes a [`state::State`]. What it cannot do itself (save, load,
//! search, leave) it returns as [`event::Effect`]s; the answers come back as [`event::Event`]s.
//! Fields that are left are saved while the person goes on ([`unsaved`]). While an action is not saved,
//! what the person does waits in a queue, so nothing is done twice and nothing is lost.

pub mod asked;
pub mod bench;
pub mod command;
pub mod draft;
pub mod editor;
pub mod event;
pub mod form;
pub mod note;
pub mod open;
pub mod person;
pub mod possible;
pub mod state;
pub mod typed;

mod board;
mod casework;
pub mod confirm;
mod filling;
mod news;
mod overlays;
mod receiving;
mod saved;
pub mod unsaved;

use crate::desk::id::Fresh;
use crate::desk::now::Now;
use crate::work::action::{Actor, Refusal};
use crate::work::intent::{Intent, Proposal, Seen};

use self::bench::Seat;
use self::command::Command;
use self::event::{Attention, Effect, Event};
use self::state::{After, Menu, Overlay, State, View};
use self::unsaved::Why;

/// Takes in an event at the moment `now`; answers what is to be done outside.
pub fn step(state: &mut State, event: Event, now: Now) -> Vec<Effect> {
    let is_another_day = state.now.today != now.today;
    state.now = now;
    if is_another_day {
        casework::begin_day(state);
    }
    let mut effects = Vec::new();
    if person::ends_with(state, &event) {
        person::leave(state, &mut effects);
        return effects;
    }
    if is_from_person(&event) && (!state.queue.is_empty() || !is_free(state, &event)) {
        state.queue.push_back(Queued {
            event,
            again: false,
        });
        return effects;
    }
    let is_for_a_copy = matches!(event, Event::Case(_)) && state.copying.is_some();
    if !is_free(state, &event) && (may_save(&event) || is_for_a_copy) {
        // Before what the person did since: that was meant for what it brings.
        let queue = &mut state.queue;
        let place = queue
            .iter()
            .take_while(|it| !is_from_person(&it.event))
            .count();
        let again = false;
        queue.insert(place, Queued { event, again });
        return effects;
    }
    let is_put_off = matches!(event, Event::Question(Attention::PutOff));
    let mut next = Some(Queued {
        event,
        again: false,
    });
    while let Some(Queued { event, again }) = next {
        // What is done again tells what was told when it was asked for first.
        if !again && matches!(event, Event::Command(_)) {
            state.note = None;
        }
        if !again && builds_on_what_is_saved(&event) {
            // What could not be saved comes first.
            unsaved::try_again(state, |why| matches!(why, Why::Store(_)));
            unsaved::send(state, &mut effects);
            if state.saving.is_some() {
                then(state, event);
                break;
            }
        }
        if is_answer_to_going(&event) {
            state.is_going = false;
        }
        let is_late = again && matches!(event, Event::Case(_) | Event::Parcel(..));
        let before = effects.len();
        handle(state, event, &mut effects);
        if is_late {
            // It was read before what it waited for was saved.
            saved::look_again(state, &mut effects);
        }
        // What waits behind something that leads elsewhere is meant for what is there.
        state.is_going |= effects.iter().skip(before).any(leads_elsewhere);
        unsaved::send(state, &mut effects);
        next = match state.queue.front() {
            Some(queued) if !state.is_going && is_free(state, &queued.event) => {
                state.queue.pop_front()
            }
            _ => None,
        };
    }
    if !is_put_off {
        unsaved::ask(state);
    }
    effects
}

/// Whether an event may be taken in now: while an action is being saved nothing may, while fields are,
/// whatever does not build on them.
fn is_free(state: &State, event: &Event) -> bool {
    match state.saving {
        None => return true,
        Some(After::Fields) => {}
        Some(_) => return false,
    }
    match event {
        Event::Matched(..) | Event::Palette(_) => true,
        Event::Scan(text) => !casework::is_looked_up(state, text),
        Event::Edit(_) | Event::Paste(_) => match state.overlays.last() {
            Some(Overlay::Menu { menu, .. }) => matches!(menu, Menu::Options(..)),
            Some(Overlay::Conflict(_) | Overlay::Confirm(_)) => false,
            _ => true,
        },
        Event::Command(Command::Accept) => match state.overlays.last() {
            Some(Overlay::Menu { menu, .. }) => matches!(menu, Menu::Options(..)),
            Some(Overlay::Prompt { .. } | Overlay::Conflict(_) | Overlay::Confirm(_)) => false,
            _ => true,
        },
        Event::Command(command) => {
            let is_over = !state.overlays.is_empty();
            (is_over && *command != Command::Quit) || stays_in_form(*command)
        }
        _ => false,
    }
}

/// Whether something is looked for or read that will be shown in the place of what is open.
fn leads_elsewhere(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::LoadCase(_) | Effect::LoadParcel(_) | Effect::LookUp(_)
    )
}

fn is_answer_to_going(event: &Event) -> bool {
    matches!(
        event,
        Event::Case(_)
            | Event::Parcel(..)
            | Event::LookedUp(..)
            | Event::Missing(_)
            | Event::NotRead(_)
    )
}

/// Whether a command moves and fills within what is open, and so may be done while fields of it are
/// being saved.
fn stays_in_form(command: Command) -> bool {
    use Command as C;
    matches!(
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
            | C::Clear
            | C::BreakLine
            | C::Options
            | C::Help
            | C::Palette
            | C::Language
            | C::Terms
            | C::Summary
            | C::Intake
            | C::Inspection
            | C::Quote
            | C::Repair
            | C::Sending
            | C::History
            | C::Checks
            | C::More
            | C::Ground
            | C::RemoveLine
            | C::Plain
    )
}

/// Whether an event asks for an action that is planned on the fields as they are saved.
fn builds_on_what_is_saved(event: &Event) -> bool {
    use Command as C;
    let Event::Command(command) = event else {
        return false;
    };
    matches!(
        command,
        C::Authorise
            | C::SolvedByPhone
            | C::EnquiryOnly
            | C::TakeIn
            | C::AcceptReturn
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
            | C::CameBack
            | C::Join
            | C::MoveGoods
            | C::TakeApart
            | C::NextStep
    )
}

/// An event that waits for a commit to be saved.
#[derive(Debug)]
pub(crate) struct Queued {
    event: Event,
    /// Whether it is done again rather than for the first time.
    again: bool,
}

impl State {
    /// Whether what is typed now is meant for a screen that is not known yet: an action is being saved
    /// that leads on, or a command waits for what is being saved. Where it is known, see
    /// [`State::keys_go_to`].
    pub fn leads_on(&self) -> bool {
        match self.saving {
            None | Some(After::Open(..) | After::OpenParcel(_)) => false,
            Some(After::TakenIn | After::NextStep | After::GoTo(_)) => true,
            Some(_) => {
                let is_command = |queued: &Queued| matches!(queued.event, Event::Command(_));
                self.queue.iter().any(is_command)
            }
        }
    }

    /// Whether what waited for something that was not saved was forgotten since this was asked last.
    pub fn take_forgotten(&mut self) -> bool {
        std::mem::take(&mut self.has_forgotten)
    }

    /// What stood in the search line when something new began, and the text typed since: as one line
    /// to search by, where it cannot be saved.
    fn begun_and_typed(&self) -> String {
        let mut text = self.begun_with.clone();
        for queued in &self.queue {
            match &queued.event {
                Event::Edit(input) if !input.ctrl && !input.alt => {
                    if let tui_textarea::Key::Char(character) = input.key {
                        text.push(character);
                    }
                }
                Event::Paste(pasted) | Event::Scan(pasted) => text.push_str(pasted),
                Event::Command(_) => text.push(' '),
                _ => {}
            }
        }
        text.trim().to_string()
    }
}

fn is_from_person(event: &Event) -> bool {
    matches!(
        event,
        Event::Command(_)
            | Event::Palette(_)
            | Event::Edit(_)
            | Event::Paste(_)
            | Event::Scan(_)
            | Event::Idle
            | Event::Restore(_)
    )
}

/// Whether an answer may lead to something that is saved; only one thing is being saved at a time.
fn may_save(event: &Event) -> bool {
    matches!(event, Event::LookedUp(..) | Event::Matched(..))
}

/// What waited for a commit that was not saved would be done on something else than the person saw.
fn forget_queue(state: &mut State) {
    state.has_forgotten = true;
    state.queue.retain(|queued| !is_from_person(&queued.event));
}

/// Fields could not be saved: what waited goes on, unless it was to be done with them.
fn forget_what_builds_on_it(state: &mut State) {
    let next = state.queue.front();
    if next.is_some_and(|queued| builds_on_what_is_saved(&queued.event)) {
        forget_queue(state);
    }
}

fn handle(state: &mut State, event: Event, effects: &mut Vec<Effect>) {
    if matches!(state.seat, Seat::Locked(_)) && is_from_person(&event) {
        return bench::step(state, event, effects);
    }
    match event {
        Event::Question(attention) => unsaved::attend(state, attention),
        Event::Identified(answer) => bench::identified(state, answer, effects),
        Event::Idle => bench::step_away(state, effects),
        Event::Resize(columns, rows) => state.size = (columns, rows),
        Event::Tick => {}
        Event::TryAgain => {
            unsaved::try_again(state, |why| matches!(why, Why::Store(_)));
            unsaved::look_elsewhere(state, effects);
        }
        Event::Palette(names) => overlays::open_palette(state, names),
        Event::Command(command) => overlays::command(state, command, effects),
        Event::Edit(input) => typing(state, effects, &Typing::Key(input)),
        Event::Paste(text) => typing(state, effects, &Typing::Paste(&text)),
        Event::Scan(text) => casework::scan(state, &text, effects),
        Event::News(changes, rows) => {
            person::look(state, &changes, effects);
            news::take_in(state, &changes, &rows, effects);
        }
        Event::Standing(stands) => person::stands(state, stands, effects),
        Event::Others(others) => state.others = others,
        Event::Drafts(fault) => {
            let again = state.not_kept.map(|_| note::Note::KeptAgain);
            let told = fault.map(note::Note::NotKept).or(again);
            state.note = match state.note.take() {
                // That a field is not saved is worse, and is told first.
                Some(note @ note::Note::NotSaved(_)) => Some(note),
                Some(note::Note::LeavingUnsaved(count) | note::Note::LosingUnsaved(count)) => {
                    Some(note::Note::leaving(count, fault.is_some()))
                }
                note => told.or(note),
            };
            state.not_kept = fault;
        }
        Event::NoBackup(fault) => {
            // What is told of a field comes first.
            if !state.note.as_ref().is_some_and(note::Note::is_trouble) {
                state.note = Some(note::Note::NoBackup(fault));
            }
        }
        Event::Refreshed(opened) => news::refreshed(state, *opened, effects),
        Event::ParcelRefreshed(record, cases) => {
            news::parcel_refreshed(state, *record, cases, effects);
        }
        Event::Board(_)
        | Event::Found(..)
        | Event::LookedUp(..)
        | Event::Case(_)
        | Event::Parcel(..)
        | Event::SameSerial(..)
        | Event::SameCaller(..)
        | Event::OutgoingBox(..)
        | Event::Matched(..)
        | Event::RightCases(..)
        | Event::Missing(_)
        | Event::NotRead(_)
        | Event::Saved(_)
        | Event::NotSaved(_)
        | Event::Stale(_)
        | Event::Refused(_)
        | Event::Restore(_) => saved::answer(state, event, effects),
    }
}

/// Text that comes in: a key, or a paste.
enum Typing<'a> {
    Key(tui_textarea::Input),
    Paste(&'a str),
}

impl Typing<'_> {
    /// Puts it into an editor; answers whether the text changed, and how much was left out.
    fn put_into(&self, editor: &mut editor::Editor) -> (bool, usize) {
        match self {
            Typing::Key(input) => (editor.input(input.clone()), 0),
            Typing::Paste(text) => {
                let pasted = editor.paste(text);
                (pasted.kept > 0, pasted.dropped)
            }
        }
    }
}

fn typing(state: &mut State, effects: &mut Vec<Effect>, typing: &Typing) {
    if let Some(overlay) = state.overlays.last_mut() {
        match overlay {
            Overlay::Palette { typed, cursor, .. } => {
                typing.put_into(typed);
                *cursor = 0;
            }
            Overlay::Prompt { typed, .. } => {
                let (_, dropped) = typing.put_into(typed);
                tell_cut(state, dropped);
            }
            Overlay::Menu { .. } => overlays::choose_by_key(state, typing, effects),
            Overlay::Conflict(_) => overlays::answer_by_key(state, typing, effects),
            Overlay::Confirm(_) => confirm::answer_by_key(state, typing, effects),
            _ => {}
        }
        return;
    }
    match state.view {
        View::Board => board::typing(state, typing, effects),
        View::Case(_) | View::Parcel(_) => filling::typing(state, typing, effects),
    }
}

fn tell_cut(state: &mut State, dropped: usize) {
    if dropped > 0 {
        state.note = Some(note::Note::PasteCut(dropped));
    }
}

/// What the person means comes to this, on what they see.
fn plan(state: &mut State, intent: Intent) -> Result<Proposal, Refusal> {
    let mut fresh = state.fresh.clone();
    let planned = plan_on(state, intent, state.seen(), &mut fresh);
    state.fresh = fresh;
    planned
}

/// The same on something that need not be open.
fn plan_on(
    state: &State,
    intent: Intent,
    seen: Seen<'_>,
    fresh: &mut Fresh,
) -> Result<Proposal, Refusal> {
    let mut actor = Actor {
        staff: &state.staff,
        now: state.now,
        fresh,
    };
    Proposal::plan(intent, seen, &state.knowledge, &mut actor)
}

fn commit(state: &mut State, proposal: Proposal, after: After, effects: &mut Vec<Effect>) {
    if proposal.batch().changes.is_empty() {
        return;
    }
    state.saving = Some(after);
    effects.push(Effect::Commit(Box::new(proposal)));
}

/// Does `event` again as soon as what is being saved is saved.
fn then(state: &mut State, event: Event) {
    state.queue.push_front(Queued { event, again: true });
}

/// How many lines a list shows: what the terminal has, without heading and footer.
fn page(state: &State) -> usize {
    usize::from(state.size.1.saturating_sub(6)).max(1)
}

/// Moves a mark in a list of `length` lines.
fn moved(cursor: usize, steps: isize, length: usize) -> usize {
    cursor
        .saturating_add_signed(steps)
        .min(length.saturating_sub(1))
}
