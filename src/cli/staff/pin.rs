//! Asking for a PIN: twice without echo in a terminal, one line of standard input elsewhere.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

use crate::cli::{Stop, cause};
use crate::desk::encoding;
use crate::desk::pin::Pin;
use crate::store::identify::pin_hash;
use crate::ui::i18n::{Arg, Words};

/// The most bytes of a line that are read.
const MOST: u64 = 256;

/// Asks for a PIN; its hash.
///
/// # Errors
/// It is no PIN, the second is another than the first, or nothing can be read.
pub fn ask(words: &Words) -> Result<String, Stop> {
    let failed =
        |why: String| Stop::failed(words.say_with("pin-unreadable", &[("why", Arg::Text(&why))]));
    let unreadable = |error: io::Error| failed(cause::system(words, &error));
    let read = |typed: &str| {
        let pin = Pin::parse(typed).ok_or_else(|| Stop::refused(words.say("pin-wrong")))?;
        match pin.is_easy() {
            true => Err(Stop::refused(words.say("pin-easy"))),
            false => Ok(pin),
        }
    };
    let stdin = io::stdin();
    let pin = if stdin.is_terminal() {
        let silence = Silence::begin().map_err(unreadable)?;
        let first = typed(&words.say("pin-ask")).map_err(unreadable)?;
        let first = read(&first)?;
        let second = typed(&words.say("pin-again")).map_err(unreadable)?;
        drop(silence);
        match Pin::parse(&second) {
            Some(second) if second == first => first,
            _ => return Err(Stop::refused(words.say("pin-differs"))),
        }
    } else {
        read(&line().map_err(unreadable)?)?
    };
    // Nothing but a system without random numbers can stop it.
    pin_hash(&pin).map_err(|error| unreadable(io::Error::other(error.to_string())))
}

/// A question in the terminal, and the line that is typed.
fn typed(question: &str) -> io::Result<String> {
    let mut out = io::stderr();
    write!(out, "{question} ")?;
    out.flush()?;
    let line = line();
    writeln!(out)?;
    line
}

fn line() -> io::Result<String> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(MOST)
        .read_until(b'\n', &mut bytes)?;
    Ok(String::from_utf8_lossy(encoding::behind_mark(&bytes)).into_owned())
}

/// While it lives, the terminal shows nothing of what is typed, and no key ends the program and
/// leaves it so: Ctrl-C is a character of a PIN that is none.
struct Silence(Termios);

impl Silence {
    fn begin() -> io::Result<Silence> {
        let stdin = io::stdin();
        let before = tcgetattr(&stdin)?;
        let mut silent = before.clone();
        silent.local_modes -= LocalModes::ECHO | LocalModes::ISIG;
        tcsetattr(&stdin, OptionalActions::Flush, &silent)?;
        Ok(Silence(before))
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        // Nothing else is left to do.
        let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &self.0);
    }
}
