//! The keyboard, read on a thread of its own.
//!
//! Bytes are read from standard input and parsed by `termina`, not by crossterm's event source: that
//! one spins when the terminal goes away, blocks on an unfinished escape sequence (both measured),
//! and keeps an unfinished paste to itself. Here a paste is taken out of the stream before the parser
//! sees it: if it stops in its middle (a line that stalls or is cut), what has arrived is delivered
//! after a moment, and at the end of the program at the latest.

mod burst;
mod decode;

pub use burst::Lines;
pub use decode::Decoder;

use crate::app::Message;
use crate::app::input::burst::Bursts;
use crate::app::signals::Done;
use crate::terminal::look::Answer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::stdin;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Bytes read at once.
const BUFFER: usize = 64 * 1024;

/// What a driver is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted: line ends are `\n`, other control characters as they came. A long or an
    /// interrupted paste comes in several pieces, cut between characters.
    Paste(String),
    /// Several characters and Enter came at once, with nothing else: a scanner, most likely.
    Scan(String),
    /// Several lines came at once as keys: several scans, or a paste that the terminal does not mark.
    Lines(Lines),
    /// The terminal has another size; the screen is drawn anyway.
    Resized(Size),
    /// The time the driver asked for with `wake_at` has come.
    Wake,
    /// Another thread knocked.
    Knock,
    /// The terminal answered what it was asked about its look.
    Answer(Answer),
}

/// The reader's half that outlives it: what it holds back can be had at the end.
#[derive(Debug, Clone, Default)]
pub struct Keyboard(Arc<Mutex<Decoder>>);

impl Keyboard {
    /// The terminal is asked now: see [`Decoder::expect_answer`].
    pub fn expect_answer(&self) {
        self.decoder().expect_answer(Instant::now());
    }

    /// What has arrived and not been delivered: bytes not read yet, and of something unfinished.
    pub fn finish(&self) -> Vec<Input> {
        let mut decoder = self.decoder();
        let mut buffer = vec![0; BUFFER];
        let mut inputs = Vec::new();
        while let Ok(Some(bytes @ [_, ..])) = read_now(&mut buffer) {
            inputs.extend(decoder.feed(bytes));
        }
        inputs.extend(decoder.finish());
        inputs
    }

    fn decoder(&self) -> MutexGuard<'_, Decoder> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts the thread that reads standard input. When the terminal is gone it says so and ends, and
/// ends the process if the loop does not.
///
/// `is_asked`: whether the terminal was asked something before.
pub fn listen(loop_: Sender<Message>, done: Done, is_asked: bool) -> Keyboard {
    let keyboard = Keyboard::default();
    if is_asked {
        keyboard.expect_answer();
    }
    let (shared, lost) = (keyboard.clone(), loop_.clone());
    let read = move || {
        let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            read_until_lost(&loop_, &shared);
        }));
        drop(told); // a panic in the parser ends the desk as a lost terminal does: saved
        if lost.send(Message::Lost).is_ok() {
            done.or_else_exit(129);
        }
    };
    let thread = std::thread::Builder::new().name("keyboard".into());
    // Without the thread its sender is dropped, and the loop ends as if the terminal were lost.
    let _ = thread.spawn(read);
    keyboard
}

fn read_until_lost(loop_: &Sender<Message>, keyboard: &Keyboard) {
    let mut buffer = vec![0; BUFFER];
    let mut bursts = Bursts::default();
    loop {
        let patience = keyboard.decoder().patience(Instant::now());
        let Ok(more) = wait(patience) else { return };
        // Held from reading to sending: what `finish` yields comes behind what was sent.
        let mut decoder = keyboard.decoder();
        let inputs = if more {
            match read_now(&mut buffer) {
                Ok(None) => continue,
                Ok(Some([])) | Err(_) => return, // the end of the file: hung up
                Ok(Some(bytes)) => decoder.feed(bytes),
            }
        } else {
            decoder.pause()
        };
        // An answer that comes between the keys of a scanner does not cut the code in two.
        let (answers, inputs): (Vec<Input>, Vec<Input>) = inputs
            .into_iter()
            .partition(|input| matches!(input, Input::Answer(_)));
        let inputs = match inputs.is_empty() && !answers.is_empty() {
            true => inputs,
            false => bursts.fold(inputs, Instant::now()),
        };
        if deliver(loop_, answers).is_err() || deliver(loop_, inputs).is_err() {
            return;
        }
    }
}

/// Reads what is there without waiting: `None` when nothing is, no bytes at the end of the file.
fn read_now(buffer: &mut [u8]) -> Result<Option<&[u8]>, Errno> {
    if !wait(Some(Duration::ZERO))? {
        return Ok(None);
    }
    match rustix::io::read(stdin(), &mut *buffer) {
        Ok(n) => Ok(buffer.get(..n)),
        Err(Errno::INTR | Errno::AGAIN) => Ok(None),
        Err(e) => Err(e),
    }
}

fn deliver(loop_: &Sender<Message>, inputs: Vec<Input>) -> Result<(), ()> {
    if inputs.is_empty() {
        return Ok(());
    }
    loop_.send(Message::Typed(inputs)).map_err(|_| ())
}

/// Waits for bytes; `false` when none came in time.
fn wait(at_most: Option<Duration>) -> Result<bool, Errno> {
    let limit = at_most.and_then(|d| Timespec::try_from(d).ok());
    let mut fds = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
    match poll(&mut fds, limit.as_ref()) {
        Ok(0) => Ok(false),
        Ok(_) => Ok(true), // a hang-up counts: the read that follows sees it
        Err(Errno::INTR) => Ok(true), // the read that follows looks again
        Err(e) => Err(e),
    }
}
