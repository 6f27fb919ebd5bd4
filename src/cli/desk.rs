//! `aftercare`: the desk in the terminal.

use super::arguments::Session;
use super::start::{self, Started};
use super::{Stop, cause, look, opening};
use crate::app::caretaker::Caretaker;
use crate::app::clock::Moment;
use crate::app::desk::Desk;
use crate::app::opening::Opened;
use crate::app::{self, Mailbox};
use crate::desk::now::Now;
use crate::desk::staff::Staff;
use crate::flow::bench::Seat;
use crate::flow::state::State;
use crate::terminal::{self, NoTerminal, Tty};
use crate::ui::i18n::{Arg, Words};
use crate::ui::theme::Theme;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

/// Stands for what is known only when it has happened.
const PLACE: &str = "\u{1}";

/// Opens the desk and works at it until the person leaves.
pub fn run(session: Session, words: Words) -> ExitCode {
    start::end(work(session, words).map(ExitCode::from))
}

/// The exit status; or why the desk was not opened.
fn work(session: Session, words: Words) -> Result<u8, Stop> {
    if !terminal::is_there() {
        return Err(words.say("cli-no-terminal").into_owned().into());
    }
    let Started { clock, opened } = start::open(&session, &words)?;
    let staff = start::person(&session, opened.store.view(), &words)?;
    // Made now: a program that is going down only fills the place in.
    let fallen = words.say_with("cli-panicked", &[("place", Arg::Text(PLACE))]);
    terminal::speak_on_panic(move |place| fallen.replace(PLACE, place));
    let moment = Moment::by(&*clock);
    let mut state = state(staff, &opened, moment, &words);
    if session.bench {
        state.seat = Seat::locked(None);
    }
    let variable = |name: &str| std::env::var(name).ok();
    let look = look::of(&session, &words)?;
    let mut theme = Theme::from_environment(variable).with_ambiguous(look.ambiguous());
    if let Some(background) = look.said_background {
        theme = theme.on(background);
    }
    let refused = opening::refused(&words, &opened.refused);
    let mailbox = Mailbox::new();
    let knocker = mailbox.knocker();
    let language = words.language();
    let db = opened.store.path().to_path_buf();
    let caretaker = Caretaker::new(db, opened.knowledge.zone, knocker.clone(), opening::way_out);
    // The terminal answers while the board is read.
    let tty = Tty::enter(look).map_err(|why| no_terminal(&words, &why))?;
    let mut desk = Desk::begin(state, words, opened.store, theme, knocker, moment)
        .map_err(|error| {
            let words = Words::new(language);
            let why = cause::system(&words, &error);
            words.say_with("cli-store-thread", &[("why", Arg::Text(&why))])
        })?
        .with_notice(refused);
    if session.bench {
        desk = desk.locking_after(Duration::from_secs(60 * u64::from(session.idle)));
    }
    if !session.is_thrown_away {
        desk = desk.with_caretaker(caretaker);
    }
    let ending = app::run(tty, mailbox, &*clock, &mut desk);
    if let Some(farewell) = desk.farewell() {
        // The terminal is the ordinary one again.
        let _ = writeln!(std::io::stdout(), "{farewell}");
    }
    Ok(ending.exit_code())
}

fn no_terminal(words: &Words, why: &NoTerminal) -> String {
    match why {
        NoTerminal::NotATerminal => words.say("cli-no-terminal").into_owned(),
        NoTerminal::Refused(cause) => {
            let why = cause::system(words, cause);
            words.say_with("cli-terminal-refused", &[("why", Arg::Text(&why))])
        }
    }
}

fn state(staff: Staff, opened: &Opened, moment: Moment, words: &Words) -> State {
    let now = Now {
        at: moment.utc,
        today: opened.knowledge.day(moment.utc),
    };
    let mut state = State::new(staff, opened.knowledge.clone(), now, seed(moment));
    let size = terminal::size();
    state.size = (size.width, size.height);
    state.language = words.language();
    state
}

/// Another one for every session: identifiers of two sessions must not meet.
pub(super) fn seed(moment: Moment) -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_i64(moment.utc.timestamp_nanos_opt().unwrap_or_default());
    hasher.write_u32(std::process::id());
    hasher.finish()
}
