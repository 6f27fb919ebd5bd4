//! The event loop: keys and ticks in, frames out.
//!
//! Three threads. One reads the keyboard ([`input`]), one takes signals ([`signals`]); the main
//! thread waits for either, lets a [`Driver`] act on it, and draws when something changed. While
//! nothing happens nothing wakes up but what the driver asks for ([`Driver::wake_at`]).
//!
//! Everything that waits is taken in before anything is drawn, so a pasted megabyte or a scanner's
//! burst is drawn once. However it ends (the person, a signal, a lost line, a panic), the driver is
//! told last ([`Driver::ending`]) so that it can save what is half typed.

pub mod caretaker;
pub mod clock;
pub mod desk;
pub mod input;
pub mod opening;
pub mod signals;

use crate::app::clock::{Clock, Moment};
use crate::app::input::{Input, Keyboard};
use crate::terminal::Tty;
use crate::terminal::look::{self, Answer};
use ratatui::Frame;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// Input that keeps coming is taken in for so long before a frame shows how far it has got.
const TAKE_IN_AT_MOST: Duration = Duration::from_millis(50);
/// Two frames are at least this far apart: a burst that arrives in pieces is drawn once.
const BETWEEN_FRAMES: Duration = Duration::from_millis(4);
/// First and longest pause before a terminal without room is tried again.
const RETRY: (Duration, Duration) = (Duration::from_millis(10), Duration::from_millis(250));

/// What the loop drives: the desk, or a stand-in in the tests.
pub trait Driver {
    /// Acts on one input.
    fn event(&mut self, input: Input, now: Moment) -> Flow;

    /// Draws the whole screen and sets the caret, reading only.
    fn draw(&self, frame: &mut Frame);

    /// When [`Input::Wake`] is wanted next; `None` when only input matters. Asked after each input.
    fn wake_at(&self) -> Option<Instant>;

    /// The last call: saves what is half typed. After a panic in one of the others it is made too.
    fn ending(&mut self, why: &Ending, now: Moment);
}

/// What an input led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Nothing on the screen changed.
    Still,
    /// The screen is to be drawn.
    Changed,
    /// The person is done.
    Quit,
}

/// How the loop ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The person left.
    Quit,
    /// The terminal is gone: hung up, or closed.
    Lost,
    /// This signal asked for it.
    Signal(i32),
    /// The driver panicked; the panic hook has said so.
    Panicked,
}

impl Ending {
    /// The process's exit status, as shells read it.
    pub fn exit_code(&self) -> u8 {
        match self {
            Ending::Quit => 0,
            Ending::Lost => 129, // as if by SIGHUP
            Ending::Signal(signal) => u8::try_from(128 + signal).unwrap_or(u8::MAX),
            Ending::Panicked => 101,
        }
    }
}

/// What the other threads tell the loop.
#[derive(Debug)]
pub enum Message {
    /// Keys and pastes, as they were read together.
    Typed(Vec<Input>),
    /// The terminal is gone.
    Lost,
    /// A signal that ends the program.
    End(i32),
    /// The terminal has another size.
    Resized,
    /// The process was stopped and goes on.
    Continued,
    /// Somebody has something for the driver: see [`Knocker`].
    Knock,
}

/// Wakes the loop from any thread; the driver gets [`Input::Knock`] and looks what there is.
#[derive(Debug, Clone)]
pub struct Knocker(Sender<Message>);

impl Knocker {
    /// Wakes the loop; does nothing when it has ended.
    pub fn knock(&self) {
        let _ = self.0.send(Message::Knock);
    }
}

/// The way into the loop, made before it runs, so that other threads can be given a [`Knocker`].
pub struct Mailbox {
    sender: Sender<Message>,
    receiver: Receiver<Message>,
}

impl Mailbox {
    /// An empty one.
    pub fn new() -> Mailbox {
        let (sender, receiver) = channel();
        Mailbox { sender, receiver }
    }

    /// For a thread that will have something to tell.
    pub fn knocker(&self) -> Knocker {
        Knocker(self.sender.clone())
    }
}

impl Default for Mailbox {
    fn default() -> Self {
        Mailbox::new()
    }
}

/// Runs a driver in the terminal until it ends, and tells how. The terminal is given back before
/// this returns; the driver's [`Driver::ending`] has been called once.
pub fn run(mut tty: Tty, mailbox: Mailbox, clock: &dyn Clock, driver: &mut dyn Driver) -> Ending {
    let Mailbox { sender, receiver } = mailbox;
    let done = signals::Done::default();
    let keyboard = input::listen(sender.clone(), done.clone(), tty.is_asked());
    // Without a signal thread the program still runs; a signal then ends it as it would any other.
    let _ = signals::listen(sender, done.clone());
    let mut desk = Loop {
        receiver,
        keyboard,
        clock,
        dirty: true,
        drawn: None,
        retry: RETRY.0,
        holds_until: tty.is_asked().then(|| Instant::now() + look::AT_MOST),
    };
    let why = catch_unwind(AssertUnwindSafe(|| desk.turn(&mut tty, driver)));
    let why = why.unwrap_or(Ending::Panicked);
    let now = Moment::by(clock);
    let saved = catch_unwind(AssertUnwindSafe(|| driver.ending(&why, now)));
    drop(tty);
    done.set();
    if saved.is_err() {
        Ending::Panicked
    } else {
        why
    }
}

struct Loop<'a> {
    receiver: Receiver<Message>,
    keyboard: Keyboard,
    clock: &'a dyn Clock,
    dirty: bool,
    drawn: Option<Instant>,
    retry: Duration,
    /// The first frame waits for what the terminal answers, until then at the latest.
    holds_until: Option<Instant>,
}

impl Loop<'_> {
    fn turn(&mut self, tty: &mut Tty, driver: &mut dyn Driver) -> Ending {
        loop {
            if self.draw(tty, driver).is_err() {
                return self.last_words(driver, Ending::Lost);
            }
            let message = match self.next_turn(tty, driver) {
                None => self
                    .receiver
                    .recv()
                    .map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => {
                    let wait = at.saturating_duration_since(Instant::now());
                    self.receiver.recv_timeout(wait)
                }
            };
            let taken = Instant::now();
            let mut next = match message {
                Ok(message) => Some(message),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => {
                    return self.last_words(driver, Ending::Lost);
                }
            };
            while let Some(message) = next.take() {
                if let Some(ending) = self.take_in(message, tty, driver) {
                    return self.last_words(driver, ending);
                }
                if taken.elapsed() < TAKE_IN_AT_MOST {
                    next = self.receiver.try_recv().ok();
                }
            }
            if driver.wake_at().is_some_and(|at| at <= Instant::now())
                && let Some(ending) = self.tell(driver, Input::Wake)
            {
                return ending;
            }
        }
    }

    /// Draws if something changed and the time has come.
    fn draw(&mut self, tty: &mut Tty, driver: &dyn Driver) -> std::io::Result<()> {
        if !tty.push()? {
            self.retry = (self.retry * 2).min(RETRY.1);
            return Ok(());
        }
        self.retry = RETRY.0;
        let early = self.drawn.is_some_and(|at| at.elapsed() < BETWEEN_FRAMES);
        self.holds_until = self.holds_until.filter(|at| *at > Instant::now());
        if self.dirty && !early && self.holds_until.is_none() {
            tty.draw(|frame| driver.draw(frame))?;
            self.dirty = false;
            self.drawn = Some(Instant::now());
        }
        Ok(())
    }

    /// When to go round again even if no message comes.
    fn next_turn(&self, tty: &Tty, driver: &dyn Driver) -> Option<Instant> {
        let frame = match self.drawn {
            _ if !tty.has_room() => Some(Instant::now() + self.retry),
            _ if self.dirty && self.holds_until.is_some() => self.holds_until,
            Some(drawn) if self.dirty => Some(drawn + BETWEEN_FRAMES),
            _ => None,
        };
        [frame, driver.wake_at()].into_iter().flatten().min()
    }

    fn take_in(
        &mut self,
        message: Message,
        tty: &mut Tty,
        driver: &mut dyn Driver,
    ) -> Option<Ending> {
        match message {
            Message::Typed(inputs) => inputs.into_iter().find_map(|input| match input {
                Input::Answer(answer) => self.hear(answer, tty, driver),
                input => self.tell(driver, input),
            }),
            Message::Knock => self.tell(driver, Input::Knock),
            Message::Resized => {
                self.dirty = true;
                self.ask_again(tty);
                self.tell(driver, Input::Resized(crate::terminal::size()))
            }
            Message::Continued => {
                self.dirty = true;
                self.ask_again(tty);
                tty.take_again().is_err().then_some(Ending::Lost)
            }
            Message::Lost => Some(Ending::Lost),
            Message::End(signal) => Some(Ending::Signal(signal)),
        }
    }

    /// Another window, or another terminal behind the same one.
    fn ask_again(&mut self, tty: &mut Tty) {
        if tty.is_asked() {
            self.keyboard.expect_answer();
            tty.ask_again();
        }
    }

    /// What the terminal says of its look. Where the cursor stands is the last thing it is asked.
    fn hear(&mut self, answer: Answer, tty: &mut Tty, driver: &mut dyn Driver) -> Option<Ending> {
        if matches!(answer, Answer::Ambiguous(_)) {
            self.holds_until = None;
        }
        match tty.take_answer(answer) {
            Err(_) => return Some(Ending::Lost),
            Ok(is_anew) => self.dirty |= is_anew,
        }
        match tty.heeds(answer) {
            true => self.tell(driver, Input::Answer(answer)),
            false => None,
        }
    }

    fn tell(&mut self, driver: &mut dyn Driver, input: Input) -> Option<Ending> {
        match driver.event(input, Moment::by(self.clock)) {
            Flow::Still => None,
            Flow::Changed => {
                self.dirty = true;
                None
            }
            Flow::Quit => Some(Ending::Quit),
        }
    }

    /// What was typed before the end but not taken in yet, an unfinished paste included.
    fn last_words(&mut self, driver: &mut dyn Driver, ending: Ending) -> Ending {
        if ending == Ending::Quit {
            return ending;
        }
        let rest = self.keyboard.finish();
        let typed = self
            .receiver
            .try_iter()
            .filter_map(|message| match message {
                Message::Typed(inputs) => Some(inputs),
                _ => None,
            });
        let typed: Vec<Input> = typed.flatten().chain(rest).collect();
        for input in typed {
            self.tell(driver, input);
        }
        ending
    }
}
