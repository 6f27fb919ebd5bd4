//! Starting: which desk, as whom, and what of the environment is followed.
//!
//! Under `--staff` and `--bench` the arguments were written by whoever owns the account (they stand in
//! `authorized_keys`), the environment by nobody in particular: a client may send variables. So it is
//! followed only without them; locale variables, which change words alone, always.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono_tz::Tz;

use super::arguments::Session;
use super::{Stop, arguments, cause, opening, who};
use crate::app::clock::{Clock, ShiftedClock, SystemClock};
use crate::app::opening::{Opened, Place, ZONE};
use crate::desk::staff::{Role, Staff, Standing};
use crate::flow::bench::nobody;
use crate::store::{self, OpenFault, Trouble, View};
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;

/// An open desk, and the clock it goes by.
pub struct Started {
    /// Its clock.
    pub clock: Box<dyn Clock>,
    /// The desk.
    pub opened: Opened,
}

/// Opens the desk that the arguments, and where they may, the environment name.
///
/// # Errors
/// Why not, in words.
pub fn open(session: &Session, words: &Words) -> Result<Started, Stop> {
    at(&place(session, words)?, session, words)
}

/// The same for what only reads: a name that was mistyped makes no new desk.
///
/// # Errors
/// Why not, in words; also that there is no such file.
pub fn open_there(session: &Session, words: &Words) -> Result<Started, Stop> {
    let place = place(session, words)?;
    if !place.db.exists() {
        let fault = OpenFault::Missing { path: place.db };
        return Err(opening::plain(words, &fault).into());
    }
    at(&place, session, words)
}

fn at(place: &Place, session: &Session, words: &Words) -> Result<Started, Stop> {
    let clock: Box<dyn Clock> = match session.today {
        Some(day) => Box::new(ShiftedClock::on(day, place.zone)),
        None => Box::new(SystemClock),
    };
    let opened = crate::app::opening::open(place, &*clock)
        .map_err(|fault| opening::fault(words, &fault, place.zone))?;
    Ok(Started { clock, opened })
}

/// Which desk: its file, its time zone, its terms.
///
/// # Errors
/// Why there is none, in words.
pub fn place(session: &Session, words: &Words) -> Result<Place, String> {
    let zone = zone(session, words)?;
    let db = database(session).map_err(|fault| opening::fault(words, &fault, zone))?;
    Ok(Place {
        zone,
        terms: session.terms.clone(),
        ..Place::of(db)
    })
}

/// Who works here, and as what; nobody at a shared bench, until a badge is scanned.
///
/// # Errors
/// Why nobody may start so, in words, with the remedy.
pub fn person(session: &Session, view: View<'_>, words: &Words) -> Result<Staff, Stop> {
    let unread = |trouble: Trouble| {
        let why = cause::trouble(words, &trouble);
        Stop::failed(words.say_with("staff-unread", &[("why", Arg::Text(&why))]))
    };
    let standing = |name: &str| view.standing_of(name).map_err(unread);
    let refused = |id: &str, name: &str| {
        let name: String = name.chars().take(40).collect();
        Stop::refused(words.say_with(id, &[("name", Arg::Text(&visible(&name)))]))
    };
    if session.bench {
        let has_badges = view.has_badges().map_err(unread)?;
        return match has_badges {
            true => Ok(nobody()),
            false => Err(Stop::refused(words.say("start-no-badges"))),
        };
    }
    match &session.staff {
        Some(name) => match standing(name)? {
            Standing::Works(role) => Ok(Staff {
                name: name.clone(),
                role,
            }),
            Standing::Disabled => Err(refused("start-disabled", name)),
            Standing::Unknown | Standing::Owner => Err(refused("start-unknown", name)),
        },
        None => {
            let name = who::login_name();
            match standing(&name)? {
                Standing::Owner => Ok(Staff {
                    name,
                    role: Role::Supervisor,
                }),
                _ => Err(refused("start-needs-staff", &name)),
            }
        }
    }
}

/// The desk's file.
fn database(session: &Session) -> Result<PathBuf, OpenFault> {
    if !session.is_guarded() {
        let named = std::env::var_os(store::place::VARIABLE);
        return store::location(session.db.clone(), named);
    }
    let usual = || who::home().map(|home| store::place::in_home(&home));
    session.db.clone().or_else(usual).ok_or(OpenFault::NoPlace)
}

/// `--zone`, else the environment variable where it is followed, else the usual one.
fn zone(session: &Session, words: &Words) -> Result<Tz, String> {
    let named = match session.is_guarded() {
        true => String::new(),
        // One that is no text is no zone either, and is told so.
        false => std::env::var_os("AFTERCARE_ZONE")
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
    };
    match session.zone {
        Some(zone) => Ok(zone),
        None if named.is_empty() => Ok(ZONE),
        None => named
            .parse()
            .map_err(|_| arguments::wrong_value(words, "AFTERCARE_ZONE", &named, "--zone")),
    }
}

/// The folder of further versions of the terms at a desk: the one that is named, else the one beside
/// the file, where there is one.
pub fn terms_folder(session: &Session, db: &Path) -> Option<PathBuf> {
    let beside = db.parent().map(|folder| folder.join("terms"));
    session
        .terms
        .clone()
        .or_else(|| beside.filter(|folder| folder.is_dir()))
}

/// What a command ends with.
pub fn end(result: Result<ExitCode, Stop>) -> ExitCode {
    result.unwrap_or_else(Stop::tell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn under_a_name_the_file_is_in_the_home_of_the_systems_list() {
        let served = |db: Option<&str>| Session {
            db: db.map(PathBuf::from),
            staff: Some("li".to_string()),
            ..Session::default()
        };
        let named = database(&served(Some("/srv/desk.db")));
        assert_eq!(named, Ok(PathBuf::from("/srv/desk.db")));
        let usual = database(&served(None));
        match who::home() {
            Some(home) => {
                let file = usual.expect("a place");
                assert!(file.starts_with(home) && file.ends_with("aftercare/desk.db"));
            }
            None => assert_eq!(usual, Err(OpenFault::NoPlace)),
        }
    }
}
