//! `aftercare`: the desk in the terminal.

use super::arguments::Session;
use super::{opening, who};
use crate::app::clock::{Clock, Moment, ShiftedClock, SystemClock};
use crate::app::desk::Desk;
use crate::app::opening::{Place, ZONE};
use crate::app::{self, Mailbox};
use crate::desk::now::Now;
use crate::desk::staff::{Role, Staff};
use crate::flow::state::State;
use crate::store;
use crate::terminal::{self, NoTerminal, Tty};
use crate::ui::i18n::{Arg, Words};
use crate::ui::theme::Theme;
use chrono_tz::Tz;
use std::io::Write;
use std::process::ExitCode;

/// Stands for what is known only when it has happened.
const PLACE: &str = "\u{1}";

/// Opens the desk and works at it until the person leaves.
pub fn run(session: Session, words: Words) -> ExitCode {
    match work(session, words) {
        Ok(status) => ExitCode::from(status),
        Err(why) => {
            // Whoever started it has gone, or reads it.
            let _ = writeln!(std::io::stderr(), "{why}");
            ExitCode::FAILURE
        }
    }
}

/// The exit status; or why the desk was not opened.
fn work(session: Session, words: Words) -> Result<u8, String> {
    if !terminal::is_there() {
        return Err(words.say("cli-no-terminal").into_owned());
    }
    let db = store::location(session.db.clone(), std::env::var_os(store::place::VARIABLE))
        .map_err(|fault| opening::fault(&words, &fault))?;
    let place = Place {
        zone: zone(&session, &words)?,
        terms: session.terms.clone(),
        ..Place::of(db)
    };
    let clock: Box<dyn Clock> = match session.today {
        Some(day) => Box::new(ShiftedClock::on(day, place.zone)),
        None => Box::new(SystemClock),
    };
    let opened =
        app::opening::open(&place, &*clock).map_err(|fault| opening::fault(&words, &fault))?;
    // Made now: a program that is going down only fills the place in.
    let fallen = words.say_with("cli-panicked", &[("place", Arg::Text(PLACE))]);
    terminal::speak_on_panic(move |place| fallen.replace(PLACE, place));
    let moment = Moment::by(&*clock);
    let state = state(&session, &opened, moment, &words);
    let theme = Theme::from_environment(|name| std::env::var(name).ok());
    let refused = opening::refused(&words, &opened.refused);
    let mailbox = Mailbox::new();
    let knocker = mailbox.knocker();
    let fault = words.say_with("cli-store-thread", &[("why", Arg::Text(PLACE))]);
    let mut desk = Desk::begin(state, words, opened.store, theme, knocker, moment)
        .map_err(|error| fault.replace(PLACE, &error.to_string()))?
        .with_notice(refused);
    let tty = Tty::enter().map_err(|why| no_terminal(desk.words(), &why))?;
    Ok(app::run(tty, mailbox, &*clock, &mut desk).exit_code())
}

fn no_terminal(words: &Words, why: &NoTerminal) -> String {
    match why {
        NoTerminal::NotATerminal => words.say("cli-no-terminal").into_owned(),
        NoTerminal::Refused(cause) => {
            let why = cause.to_string();
            words.say_with("cli-terminal-refused", &[("why", Arg::Text(&why))])
        }
    }
}

/// `--zone`, else the environment variable, else the usual one.
pub(super) fn zone(session: &Session, words: &Words) -> Result<Tz, String> {
    let named = std::env::var("AFTERCARE_ZONE").unwrap_or_default();
    match session.zone {
        Some(zone) => Ok(zone),
        None if named.is_empty() => Ok(ZONE),
        None => named.parse().map_err(|_| {
            let args = [
                ("what", Arg::Text("AFTERCARE_ZONE")),
                ("value", Arg::Text(&named)),
            ];
            words.say_with("cli-wrong-value", &args)
        }),
    }
}

fn state(session: &Session, opened: &app::opening::Opened, moment: Moment, words: &Words) -> State {
    let given = session.staff.clone().filter(|name| !name.trim().is_empty());
    // No staff are kept yet: whoever owns the file does everything.
    let staff = Staff {
        name: given.unwrap_or_else(who::login_name),
        role: Role::Supervisor,
    };
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
fn seed(moment: Moment) -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_i64(moment.utc.timestamp_nanos_opt().unwrap_or_default());
    hasher.write_u32(std::process::id());
    hasher.finish()
}
