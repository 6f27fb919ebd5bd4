//! Entering and restoring the terminal, whatever happens in between.
//!
//! [`Tty::enter`] takes the terminal over: raw mode, the alternate screen, bracketed paste.
//! [`restore`] gives it back, once, from wherever it is called first: dropping the [`Tty`], the
//! panic hook ([`speak_on_panic`]), or the last resort of a thread that sees the loop hang.
//!
//! Writing never blocks the loop (see [`output`]), and costs few bytes (see [`frugal`]).

pub mod frugal;
pub mod look;
pub mod output;

use crate::terminal::frugal::Frugal;
use crate::terminal::look::{Answer, Look};
use crate::terminal::output::Output;
use ratatui::layout::Size;
use ratatui::{Frame, Terminal};
use rustix::process::getpgrp;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{
    OptionalActions, QueueSelector, Termios, isatty, tcflush, tcgetattr, tcgetpgrp, tcgetwinsize,
    tcsetattr,
};
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::ThreadId;
use std::time::Duration;

/// Alternate screen, bracketed paste, cursor hidden, everything cleared with default colours.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l\x1b[m\x1b[H\x1b[2J";
/// The same backwards; CAN first, in case a sequence was cut in its middle.
const LEAVE: &[u8] = b"\x18\x1b[?2026l\x1b[m\x1b[?2004l\x1b[?25h\x1b[?1049l";
/// How long giving the terminal back may take when it does not read.
const LEAVE_WITHIN: Duration = Duration::from_millis(300);

/// The terminal as it was before, and who took it; `None` while it is not ours.
static TAKEN: Mutex<Option<Taken>> = Mutex::new(None);
/// What a panic on another thread had to say while the screen was in use.
static UNSAID: Mutex<Option<String>> = Mutex::new(None);

struct Taken {
    before: Termios,
    by: ThreadId,
}

/// Why the terminal could not be taken over.
#[derive(Debug)]
pub enum NoTerminal {
    /// Standard input or output is a file, a pipe, or closed.
    NotATerminal,
    /// The terminal did not do as it was told; the cause.
    Refused(io::Error),
}

impl std::fmt::Display for NoTerminal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NoTerminal::NotATerminal => f.write_str("no terminal"),
            NoTerminal::Refused(cause) => write!(f, "the terminal cannot be used: {cause}"),
        }
    }
}

impl std::error::Error for NoTerminal {}

/// The terminal while it is ours; dropping it gives it back.
pub struct Tty {
    screen: Terminal<Frugal>,
    output: Output,
    look: Look,
    /// Whether the terminal is asked before the next frame, which is drawn whole then.
    asks: bool,
}

impl Tty {
    /// Takes the terminal over, and asks it what of its look is not known.
    ///
    /// # Errors
    /// [`NoTerminal`] when standard input or output is no terminal or cannot be set; nothing has
    /// been changed then.
    pub fn enter(look: Look) -> Result<Tty, NoTerminal> {
        if !is_there() {
            return Err(NoTerminal::NotATerminal);
        }
        let before = tcgetattr(stdin()).map_err(|e| NoTerminal::Refused(e.into()))?;
        let mut screen = Terminal::new(Frugal::new(size())).map_err(NoTerminal::Refused)?;
        screen.backend_mut().set_ambiguous(look.ambiguous());
        let mut tty = Tty {
            screen,
            output: Output::open(),
            look,
            asks: false,
        };
        raw(&before).map_err(NoTerminal::Refused)?;
        let by = std::thread::current().id();
        *locked(&TAKEN) = Some(Taken { before, by });
        tty.output.put(ENTER);
        if let Some(question) = tty.question() {
            // Wiped out before anything is drawn.
            tty.output.put(&question);
            tty.output.put(b"\x1b[H\x1b[2J");
        }
        tty.output.push().map_err(NoTerminal::Refused)?;
        Ok(tty)
    }

    /// Draws one frame and hands what changed to the terminal, without waiting for it.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, content: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.screen.backend_mut().set_size(size());
        if std::mem::take(&mut self.asks)
            && let Some(question) = self.question()
        {
            self.output.put(&question);
            self.draw_anew()?;
        }
        self.screen.draw(content)?;
        let bytes = self.screen.backend_mut().take();
        self.output.put(&bytes);
        self.output.push()
    }

    /// What to ask; nothing where everything is known, or where the answer could be taken for a key.
    fn question(&self) -> Option<Vec<u8>> {
        self.look.question(size())
    }

    /// Whether an answer is on its way, or will be.
    pub fn is_asked(&self) -> bool {
        self.question().is_some()
    }

    /// Asks again before the next frame: another window, or another program in between, may mean
    /// another terminal.
    pub fn ask_again(&mut self) {
        self.asks = true;
    }

    /// Whether an answer counts: nobody has said it otherwise.
    pub fn heeds(&self, answer: Answer) -> bool {
        self.look.heeds(answer)
    }

    /// Takes in what the terminal answered; whether everything is to be drawn anew.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn take_answer(&mut self, answer: Answer) -> io::Result<bool> {
        let before = self.look.ambiguous();
        self.look.take(answer);
        let now = self.look.ambiguous();
        if now == before {
            return Ok(false);
        }
        self.screen.backend_mut().set_ambiguous(now);
        self.draw_anew()?;
        Ok(true)
    }

    /// The next frame is drawn whole.
    fn draw_anew(&mut self) -> io::Result<()> {
        self.screen.backend_mut().forget();
        self.screen.clear()
    }

    /// Writes what the terminal had no room for; whether it has taken everything now.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn push(&mut self) -> io::Result<bool> {
        self.output.push()?;
        Ok(self.output.is_empty())
    }

    /// Whether the terminal has taken everything; while it has not, drawing more makes it worse.
    pub fn has_room(&self) -> bool {
        self.output.is_empty()
    }

    /// Sets everything up again after a stop, when who ran meanwhile may have changed it: the next
    /// frame is drawn whole. Does nothing while another program has the terminal.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn take_again(&mut self) -> io::Result<()> {
        if tcgetpgrp(stdin()).is_ok_and(|owner| owner != getpgrp()) {
            return Ok(());
        }
        if let Some(taken) = &*locked(&TAKEN) {
            raw(&taken.before)?;
        }
        self.output.put(ENTER);
        self.draw_anew()
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        let _ = self.output.push_within(LEAVE_WITHIN);
        restore();
    }
}

/// Gives the terminal back if it is ours; whether it was. Safe to call from any thread, any time.
pub fn restore() -> bool {
    let Some(taken) = locked(&TAKEN).take() else {
        return false;
    };
    let mut output = Output::open();
    output.put(LEAVE);
    let _ = output.push_within(LEAVE_WITHIN);
    if std::thread::panicking() {
        // What was typed ahead was meant for the desk, not for the shell.
        let _ = tcflush(stdin(), QueueSelector::IFlush);
    }
    let _ = tcsetattr(stdin(), OptionalActions::Now, &taken.before);
    if let Some(line) = locked(&UNSAID).take() {
        eprintln!("{line}");
    }
    true
}

/// From now on a panic gives the terminal back and says one line on standard error: what `say` makes
/// of the place in the code. Neither the panic's own message nor a backtrace is shown: they can hold
/// personal data.
///
/// A panic on another thread than the one that draws leaves the screen alone; its line is said when
/// the terminal is given back.
pub fn speak_on_panic(say: impl Fn(&str) -> String + Send + Sync + 'static) {
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string);
        let line = say(place.as_deref().unwrap_or("-"));
        let drawn_by = locked(&TAKEN).as_ref().map(|taken| taken.by);
        if drawn_by.is_some_and(|id| id != std::thread::current().id()) {
            *locked(&UNSAID) = Some(line);
            return;
        }
        restore();
        eprintln!("{line}");
    }));
}

/// Whether standard input and output are a terminal.
pub fn is_there() -> bool {
    isatty(stdin()) && isatty(stdout())
}

/// The largest window that is drawn on.
const LARGEST: Size = Size::new(500, 200);

/// Columns and rows of the terminal; 80x24 where it does not know.
///
/// A window larger than [`LARGEST`] is drawn on as far as that: whoever is at the other end says how
/// large it is, and a frame takes some hundred bytes a cell.
pub fn size() -> Size {
    match tcgetwinsize(stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size::new(
            size.ws_col.min(LARGEST.width),
            size.ws_row.min(LARGEST.height),
        ),
        _ => Size::new(80, 24),
    }
}

fn raw(before: &Termios) -> io::Result<()> {
    let mut modes = before.clone();
    modes.make_raw();
    Ok(tcsetattr(stdin(), OptionalActions::Now, &modes)?)
}

/// A panic may have happened anywhere: what a mutex guards here is whole at every moment.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
