//! Signals, on a thread of their own.
//!
//! SIGHUP, SIGTERM, SIGINT and SIGQUIT end the program, cleanly. SIGTSTP is refused: a desk that is
//! suspended holds its place on other people's screens without anybody there (Ctrl-Z is a key in raw
//! mode anyway). SIGSTOP cannot be refused; after SIGCONT the terminal is set up and drawn anew.

use crate::app::Message;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

/// How long the loop has to end when the terminal is lost or a signal asks for it.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Whether the loop has ended.
#[derive(Debug, Clone, Default)]
pub struct Done(Arc<AtomicBool>);

impl Done {
    /// It has.
    pub fn set(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// The last resort where a loop was asked to end and hangs (a disk that does not answer): after
    /// a while, gives the terminal back and ends the process. What was committed is on the disk.
    pub fn or_else_exit(&self, code: i32) {
        std::thread::sleep(PATIENCE);
        if !self.0.load(Ordering::Acquire) {
            crate::terminal::restore();
            std::process::exit(code);
        }
    }
}

/// Takes signals from now on and tells the loop.
///
/// # Errors
/// When the system refuses the handlers or the thread.
pub fn listen(loop_: Sender<Message>, done: Done) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGWINCH, SIGCONT, SIGTSTP])?;
    let take = move || {
        for signal in signals.forever() {
            let message = match signal {
                SIGWINCH => Message::Resized,
                SIGCONT => Message::Continued,
                SIGTSTP => continue,
                end => Message::End(end),
            };
            let ends = matches!(message, Message::End(_));
            if loop_.send(message).is_err() {
                return;
            }
            if ends {
                done.or_else_exit(128 + signal);
            }
        }
    };
    let thread = std::thread::Builder::new().name("signals".into());
    thread.spawn(take).map(|_| ())
}
