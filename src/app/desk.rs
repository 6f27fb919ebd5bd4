//! The desk as the loop drives it: input becomes events of the state machine, its effects are
//! carried out, the answers go back in.
//!
//! The store's thread does what takes time. An input waits up to [`AT_ONCE`] for what it asked for,
//! so that a field is saved before the next one is drawn; what takes longer is shown as being saved,
//! and the thread knocks when it is done. What the person types waits for the screen it is meant for
//! ([`held`]).

mod answers;
mod behind;
mod draft;
mod held;
mod question;
mod seat;
#[cfg(test)]
mod testing;

pub use behind::Behind;

use crate::app::caretaker::{Caretaker, Health};
use crate::app::clock::Moment;
use crate::app::input::Input;
use crate::app::{Driver, Ending, Flow, Knocker};
use crate::desk::now::Now;
use crate::flow::draft::Draft;
use crate::flow::event::{Effect, Event, StoreFault};
use crate::flow::state::State;
use crate::store::{self, Store};
use crate::terminal::look::Answer;
use crate::ui::i18n::Words;
use crate::ui::theme::Theme;
use crate::ui::widgets::plain::PlainText;
use crate::ui::{ambiguous, keymap, notes, screen};
use crate::work::action::Refusal;
pub use draft::stored as stored_draft;

use answers::Errands;
use behind::Threads;
use chrono::{DateTime, Days, NaiveTime, Utc};
use ratatui::Frame;
use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

/// How long an input waits for what it asked for; after that the screen says that it is coming.
const AT_ONCE: Duration = Duration::from_millis(50);
/// The first frame waits so long for what it shows.
const AT_START: Duration = Duration::from_millis(500);
/// The last call waits so long for what is still being saved; the process has to be gone soon.
const AT_THE_END: Duration = Duration::from_millis(700);
/// What could not be saved is tried again after so long.
const TRY_AGAIN: Duration = Duration::from_secs(5);
/// The day is looked at this often: a host that slept wakes on another one.
const LOOK_AT_THE_DAY: Duration = Duration::from_secs(60);

/// The backup of the day waits until the first frames are drawn.
const BACKS_UP_AFTER: Duration = Duration::from_secs(1);

/// One session at the desk.
pub struct Desk {
    state: State,
    words: Words,
    theme: Theme,
    /// The store and the place of the draft; gone once the session has ended.
    behind: Option<Box<dyn Behind>>,
    errands: Errands,
    /// What the person did while a screen was loading: what a key means is found out on the screen it
    /// was meant for.
    held: VecDeque<Input>,
    kept: Draft,
    /// When a shared bench locks; `None` for a session of one person.
    idle: Option<seat::Idle>,
    /// When the latest input came.
    at: Instant,
    wake_at: Instant,
    /// When what could not be saved is tried again.
    retry_at: Option<Instant>,
    /// When the question that is shown appeared.
    asked_at: Option<Instant>,
    has_quit: bool,
    /// What is read before anything else, until a key is pressed.
    notice: Option<String>,
    /// Looks after the file, where the session is one on a desk that is kept.
    caretaker: Option<Caretaker>,
    /// When the backup of the day is begun.
    backs_up_at: Option<Instant>,
}

impl Desk {
    /// A session on an open store, with the board loaded, back where an earlier session of the same
    /// person was cut off. `words` are those of the state's language.
    ///
    /// # Errors
    /// When the store's thread cannot be started.
    pub fn begin(
        state: State,
        words: Words,
        store: Store,
        theme: Theme,
        knocker: Knocker,
        moment: Moment,
    ) -> io::Result<Desk> {
        let (threads, left) = Threads::begin(store, &state.staff.name, knocker)?;
        Ok(Desk::before(
            Box::new(threads),
            left,
            state,
            words,
            theme,
            moment,
        ))
    }

    /// The same with the store and the place of the draft made elsewhere; `left` is the draft that was
    /// claimed.
    pub fn before(
        behind: Box<dyn Behind>,
        left: Option<store::Draft>,
        state: State,
        words: Words,
        theme: Theme,
        moment: Moment,
    ) -> Desk {
        let mut desk = Desk {
            words,
            theme,
            behind: Some(behind),
            errands: Errands::default(),
            held: VecDeque::new(),
            kept: Draft::default(),
            idle: None,
            at: moment.at,
            wake_at: moment.at,
            retry_at: None,
            asked_at: None,
            has_quit: false,
            notice: None,
            caretaker: None,
            backs_up_at: None,
            state,
        };
        let now = desk.now(moment.utc);
        desk.wake_at = desk.next_look(moment);
        desk.ask_for_board();
        // Whatever was changed about the person before anybody listened for it.
        let name = desk.state.staff.name.clone();
        desk.perform(Effect::Standing(name), now);
        if let Some(left) = left {
            let draft = draft::restored(&left);
            let palette = draft.palette.clone();
            desk.step(Event::Restore(Box::new(draft)), now);
            desk.settle(AT_START, now);
            desk.restore_palette(palette, now);
        }
        desk.settle(AT_START, now);
        desk.keep_draft();
        desk
    }

    /// What it shows.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What to say on the ordinary screen after a session that its person did not end.
    pub fn farewell(&self) -> Option<String> {
        let dismissed = self.state.dismissed.as_ref()?;
        let name = &self.state.staff.name;
        Some(notes::farewell(&self.words, name, dismissed))
    }

    /// The words of its screens.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// With something to read before the desk is shown: files it goes on without. Nothing where the
    /// text is empty.
    pub fn with_notice(mut self, text: String) -> Desk {
        let title = self.words.say("refused-files").into_owned();
        self.notice = (!text.is_empty()).then(|| format!("{title}\n\n{text}"));
        self
    }

    /// With somebody who looks after the file. The first frame is not kept waiting.
    pub fn with_caretaker(mut self, caretaker: Caretaker) -> Desk {
        self.caretaker = Some(caretaker);
        self.backs_up_at = Some(self.at + BACKS_UP_AFTER);
        self
    }

    fn draw_notice(&self, text: &str, frame: &mut Frame) {
        let rest = self.words.say("refused-any-key");
        let page = PlainText {
            text: &format!("{text}\n\n{rest}"),
            page: 0,
            theme: &self.theme,
        };
        frame.render_widget(&page, frame.area());
    }

    /// Begins the backup of the day when it is time.
    fn back_up(&mut self) {
        if self.backs_up_at.is_some_and(|at| self.at >= at) {
            self.backs_up_at = None;
            if let Some(caretaker) = &self.caretaker {
                caretaker.back_up();
            }
        }
    }

    /// The file was found damaged: looks which backup helps.
    fn find_way_out(&mut self) {
        if let Some(caretaker) = &mut self.caretaker {
            caretaker.find_way_out(self.state.language);
        }
    }

    /// Takes in what the caretaker tells.
    fn hear_caretaker(&mut self, now: Now) -> bool {
        let Some(health) = self.caretaker.as_ref().and_then(Caretaker::told) else {
            return false;
        };
        match health {
            Health::NoBackup(fault) => {
                self.step(Event::NoBackup(answers::backup_fault(&fault)), now);
            }
            Health::Damaged(text) => self.notice = Some(text),
        }
        true
    }

    fn now(&self, at: DateTime<Utc>) -> Now {
        Now {
            at,
            today: self.state.knowledge.day(at),
        }
    }

    /// When to look at the day again: at midnight, where that comes first.
    fn next_look(&self, moment: Moment) -> Instant {
        let here = moment.utc.with_timezone(&self.state.knowledge.zone);
        let until_midnight = here
            .date_naive()
            .checked_add_days(Days::new(1))
            .map(|tomorrow| tomorrow.and_time(NaiveTime::MIN) - here.naive_local())
            .and_then(|left| left.to_std().ok());
        moment.at + until_midnight.map_or(LOOK_AT_THE_DAY, |left| left.min(LOOK_AT_THE_DAY))
    }

    /// The event an input makes; none where it means nothing.
    fn translate(&self, input: Input) -> Option<Event> {
        match input {
            Input::Key(key) => keymap::event(&self.state, &key, &self.words),
            Input::Paste(text) => Some(Event::Paste(text)),
            Input::Scan(text) => Some(Event::Scan(text)),
            Input::Lines(_) | Input::Resized(_) | Input::Wake | Input::Knock | Input::Answer(_) => {
                None
            }
        }
    }

    /// Lets the state machine take an event in and begins what it asks for.
    fn step(&mut self, event: Event, now: Now) {
        self.take_step(event, now);
        self.watch_question(now);
    }

    fn take_step(&mut self, event: Event, now: Now) {
        for effect in crate::flow::step(&mut self.state, event, now) {
            self.perform(effect, now);
        }
        if self.words.language() != self.state.language {
            self.words = Words::new(self.state.language);
        }
    }

    /// Waits for the answers that are due now; whether anything came.
    fn settle(&mut self, patience: Duration, now: Now) -> bool {
        let end = Instant::now() + patience;
        let mut came = false;
        while self.errands.are_awaited_within(patience, self.at) {
            let left = end.saturating_duration_since(Instant::now());
            let Some(reply) = self.next_reply(left) else {
                break;
            };
            came |= self.hear(reply, now);
        }
        came | self.give_up_ended(now)
    }

    /// Waits for everything that is on its way, however long ago it was asked for.
    fn settle_all(&mut self, patience: Duration, now: Now) {
        let end = Instant::now() + patience;
        while self.errands.are_awaited() || self.waits_for_search() {
            let left = end.saturating_duration_since(Instant::now());
            let Some(reply) = self.next_reply(left) else {
                break;
            };
            self.hear(reply, now);
        }
        self.give_up_ended(now);
    }

    /// What was typed in the palette when an earlier session was cut off; its lines are made anew.
    pub(super) fn restore_palette(&mut self, typed: Option<String>, now: Now) {
        let Some(typed) = typed.filter(|_| self.state.overlays.is_empty()) else {
            return;
        };
        let palette = keymap::palette(&self.state, &self.words);
        self.step(palette, now);
        if !typed.is_empty() {
            self.step(Event::Paste(typed), now);
        }
    }

    /// What could not be saved is tried again after a while.
    fn try_again(&mut self, now: Now) -> bool {
        let due = match self.retry_at {
            _ if self.state.kept() == 0 => None,
            None => Some(self.at + TRY_AGAIN),
            due => due,
        };
        let is_time = due.is_some_and(|due| due <= self.at);
        self.retry_at = due.filter(|_| !is_time);
        if is_time {
            self.step(Event::TryAgain, now);
            self.settle(AT_ONCE, now);
        }
        is_time
    }

    /// Takes in the answers that are there.
    fn hear_all(&mut self, now: Now) -> bool {
        let mut came = false;
        while let Some(reply) = self.next_reply(Duration::ZERO) {
            came |= self.hear(reply, now);
        }
        if let Some(others) = self.behind.as_mut().and_then(|behind| behind.others()) {
            let others = others.into_iter().map(draft::present).collect();
            self.step(Event::Others(others), now);
            came = true;
        }
        if let Some(told) = self.behind.as_mut().and_then(|behind| behind.drafts()) {
            let fault = told.err().map(answers::draft_fault);
            self.step(Event::Drafts(fault), now);
            came = true;
        }
        came | self.give_up_ended(now)
    }

    /// What was asked of a store that has ended is answered here, so that nobody waits for it.
    fn give_up_ended(&mut self, now: Now) -> bool {
        let has_ended = self
            .behind
            .as_ref()
            .is_some_and(|behind| behind.has_ended());
        has_ended && self.fail_all(StoreFault::Ended, now)
    }

    fn next_reply(&mut self, patience: Duration) -> Option<store::Reply<Refusal>> {
        self.behind.as_mut()?.reply(patience)
    }

    /// Hands over what is half typed, where it is something else than before.
    fn keep_draft(&mut self) {
        let draft = self.state.draft();
        if draft != self.kept {
            if let Some(behind) = &mut self.behind {
                behind.keep(draft::stored(&draft, &self.state.staff.name));
            }
            self.kept = draft;
        }
    }
}

impl Driver for Desk {
    fn event(&mut self, input: Input, moment: Moment) -> Flow {
        let now = self.now(moment.utc);
        self.at = moment.at;
        let mut changed = self.hear_all(now) | self.lock_if_idle(now);
        // Where one is now: the input may lead away from it, back to what was kept before.
        self.keep_draft();
        self.touch(&input);
        if moment.at >= self.wake_at {
            self.wake_at = self.next_look(moment);
            if now.today != self.state.now.today {
                self.step(Event::Tick, now);
                self.backs_up_at = Some(moment.at);
                changed = true;
            }
        }
        self.back_up();
        changed |= self.hear_caretaker(now);
        if self.notice.is_some()
            && matches!(input, Input::Key(_) | Input::Scan(_) | Input::Lines(_))
        {
            self.notice = None;
            return Flow::Changed;
        }
        match input {
            Input::Resized(size) => {
                self.step(Event::Resize(size.width, size.height), now);
                changed = true;
            }
            Input::Answer(answer) => {
                self.theme = match answer {
                    Answer::Ambiguous(ambiguous) => self.theme.with_ambiguous(ambiguous),
                    Answer::Background(background) => self.theme.on(background),
                };
                changed = true;
            }
            Input::Wake | Input::Knock => {}
            input => self.held.push_back(input),
        }
        changed |= self.take_in_held(AT_ONCE, now);
        changed |= self.try_again(now) | self.question_is_ready(now);
        self.keep_draft();
        if self.has_quit {
            Flow::Quit
        } else if changed {
            Flow::Changed
        } else {
            Flow::Still
        }
    }

    fn draw(&self, frame: &mut Frame) {
        if let Some(text) = &self.notice {
            let ambiguous = self.theme.ambiguous();
            return ambiguous::counting(ambiguous, || self.draw_notice(text, frame));
        }
        screen::draw(&self.state, &self.words, &self.theme, frame);
    }

    fn wake_at(&self) -> Option<Instant> {
        let others = [
            self.locks_at(),
            self.backs_up_at,
            self.retry_at,
            self.ready_at(),
            self.given_back_at(),
        ];
        others.into_iter().flatten().chain([self.wake_at]).min()
    }

    fn ending(&mut self, why: &Ending, moment: Moment) {
        self.at = moment.at;
        self.keep_draft();
        match why {
            // Somebody else ended it: what is half typed is the person's still.
            Ending::Quit if self.state.dismissed.is_some() => {}
            Ending::Quit => {
                // What could not be saved comes back; the person was told.
                let is_all_saved = self.state.unsaved.is_empty();
                if let Some(behind) = self.behind.as_mut().filter(|_| is_all_saved) {
                    behind.forget();
                }
            }
            // The state may be half changed: what was kept so far is what there is.
            Ending::Panicked => {}
            Ending::Lost | Ending::Signal(_) => {
                let now = self.now(moment.utc);
                self.settle_all(AT_THE_END, now);
                self.take_in_held(AT_THE_END, now);
                self.keep_draft();
            }
        }
        // First the draft goes to the disk, then what was still to be saved.
        drop(self.behind.take());
    }
}
