//! Opening the desk: its file, its terms in every version, its working days.
//!
//! The terms and the working days come with the program; a desk adds files of its own beside its
//! database (`terms/*.toml`, `calendar/*.toml`). A file that is wrong is refused, with its line and the
//! reason, and the rest goes on. A version of the terms is remembered in the database with the day it
//! was brought in: it takes effect no earlier, and a case keeps it even if the file is taken away.

use crate::app::clock::Clock;
use crate::desk::encoding::{self, NotUtf8};
use crate::desk::record::Record;
use crate::store::{Around, Cause, OpenFault, Projection, Store, TermsVersion, Trouble, View};
use crate::terms::{Calendar, Day, Fault, Library, Terms};
use crate::work::case::Knowledge;
use crate::work::row::CaseRow;
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The time zone of the service centre where nobody says otherwise.
pub const ZONE: Tz = chrono_tz::Asia::Shanghai;

/// Raised when the lines of cases are computed otherwise than before: they are then computed anew.
const ENGINE: u32 = 1;

/// What a desk is opened with.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file.
    pub db: PathBuf,
    /// A day is a day here.
    pub zone: Tz,
    /// The folder of further versions of the terms; `terms` beside the file where none is named.
    pub terms: Option<PathBuf>,
}

impl Place {
    /// A desk in this file, at the usual service centre, with the folders beside it.
    pub fn of(db: PathBuf) -> Place {
        Place {
            db,
            zone: ZONE,
            terms: None,
        }
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.db.parent().unwrap_or(Path::new("")).join(name)
    }
}

/// A file of terms or working days that the desk goes on without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub why: Why,
}

/// Why a file is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It cannot be read.
    Unreadable(Cause),
    /// It is not written in UTF-8.
    Encoding(NotUtf8),
    /// What it says is not allowed.
    Fault(Fault),
}

/// An open desk.
#[derive(Debug)]
pub struct Opened {
    /// Its file.
    pub store: Store,
    /// Its terms, working days and time zone.
    pub knowledge: Arc<Knowledge>,
    /// The files it goes on without.
    pub refused: Vec<Refused>,
}

/// Opens the desk, or makes it where there is none.
///
/// # Errors
/// [`OpenFault`]; a file that is there was left as it was.
pub fn open(place: &Place, clock: &dyn Clock) -> Result<Opened, OpenFault> {
    let today = clock.utc().with_timezone(&place.zone).date_naive();
    let mut gathered = None;
    let mut store = Store::open_with(&place.db, |view| {
        let found = gather(place, view, today)?;
        let projection = projection(&found.knowledge, found.engine);
        gathered = Some(found);
        Ok(projection)
    })?;
    let Some(found) = gathered else {
        return Err(OpenFault::NoPlace);
    };
    for version in &found.new {
        store
            .remember_terms(version)
            .map_err(|trouble| OpenFault::from_trouble(place.db.clone(), trouble))?;
    }
    Ok(Opened {
        store,
        knowledge: found.knowledge,
        refused: found.refused,
    })
}

/// What a desk knows, as its file and the folders beside it say, without remembering anything new: for
/// those who look at a file or put another one in its place.
///
/// # Errors
/// [`Trouble`]: the file would not be read.
pub fn look(
    place: &Place,
    view: View<'_>,
    today: NaiveDate,
) -> Result<(Projection, Arc<Knowledge>, Vec<Refused>), Trouble> {
    let found = gather(place, view, today)?;
    let projection = projection(&found.knowledge, found.engine);
    Ok((projection, found.knowledge, found.refused))
}

/// How the lines of cases are computed at a desk that knows this.
pub fn projection(knowledge: &Arc<Knowledge>, engine: u32) -> Projection {
    let knowledge = Arc::clone(knowledge);
    Projection::new(engine, move |record: &Record, around: &Around| {
        CaseRow::of(record, &around.earlier, around.waybills.clone(), &knowledge)
    })
}

struct Gathered {
    knowledge: Arc<Knowledge>,
    engine: u32,
    /// Versions of the terms this desk did not know yet.
    new: Vec<TermsVersion>,
    refused: Vec<Refused>,
}

fn gather(place: &Place, view: View<'_>, today: NaiveDate) -> Result<Gathered, Trouble> {
    let remembered = view.terms_versions()?;
    let mut refused = Vec::new();
    let (library, new) = library(place, &remembered, today, &mut refused);
    let mut calendar = Calendar::built_in();
    let mut engine = Fnv::of(&ENGINE.to_le_bytes());
    for (path, text) in files(&place.beside("calendar"), &mut refused) {
        match calendar.add(&text) {
            Ok(()) => engine.eat(text.as_bytes()),
            Err(fault) => refuse(&mut refused, path, fault),
        }
    }
    if place.zone != ZONE {
        engine.eat(place.zone.name().as_bytes());
    }
    Ok(Gathered {
        knowledge: Arc::new(Knowledge {
            library,
            calendar,
            zone: place.zone,
        }),
        engine: engine.0,
        new,
        refused,
    })
}

fn library(
    place: &Place,
    remembered: &[TermsVersion],
    today: NaiveDate,
    refused: &mut Vec<Refused>,
) -> (Library, Vec<TermsVersion>) {
    let mut library = Library::built_in();
    let mut new = Vec::new();
    let built_in = library.in_force(Day::from_date(today)).clone();
    if remembered
        .iter()
        .all(|version| version.hash != built_in.hash)
    {
        // So that a case keeps it even when a later program comes with another text.
        new.push(TermsVersion {
            hash: built_in.hash.clone(),
            from_day: built_in.from.date(),
            brought_in: today,
            text: Terms::built_in_text().to_string(),
        });
    }
    let folder = place.terms.clone();
    for (path, text) in files(&folder.unwrap_or_else(|| place.beside("terms")), refused) {
        match bring_in(&mut library, &text, remembered, today) {
            Ok(version) => new.extend(version),
            Err(fault) => refuse(refused, path, fault),
        }
    }
    // A version that has taken effect stays; one whose file was taken away before is withdrawn.
    for version in remembered.iter().filter(|it| it.from_day <= today) {
        if library.by_hash(&version.hash).is_some() {
            continue;
        }
        let added = if version.from_day == built_in.from.date() {
            library.keep(&version.text)
        } else {
            library.add_dated(&version.text).map(|_| ())
        };
        if let Err(fault) = added {
            refuse(refused, place.db.clone(), fault);
        }
    }
    (library, new)
}

/// Adds a version of the terms; what to remember of it where it is new to this desk.
fn bring_in(
    library: &mut Library,
    text: &str,
    remembered: &[TermsVersion],
    today: NaiveDate,
) -> Result<Option<TermsVersion>, Fault> {
    let hash = Terms::parse(text)?.hash;
    let is_known = library.by_hash(&hash).is_some();
    if remembered.iter().any(|version| version.hash == hash) {
        library.add_dated(text)?;
        return Ok(None);
    }
    let terms = library.add(text, Day::from_date(today))?;
    Ok((!is_known).then(|| TermsVersion {
        hash,
        from_day: terms.from.date(),
        brought_in: today,
        text: text.to_string(),
    }))
}

/// The texts of the `*.toml` files of a folder that can be read, by name; none where there is no
/// such folder.
fn files(folder: &Path, refused: &mut Vec<Refused>) -> Vec<(PathBuf, String)> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            if error.kind() != std::io::ErrorKind::NotFound {
                let (path, why) = (folder.into(), Why::Unreadable(Cause::system(&error)));
                refused.push(Refused { path, why });
            }
            return Vec::new();
        }
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    paths.sort();
    let mut texts = Vec::new();
    for path in paths {
        match text_of(&path) {
            Ok(text) => texts.push((path, text)),
            Err(why) => refused.push(Refused { path, why }),
        }
    }
    texts
}

/// The text of a file that another program may have written.
///
/// # Errors
/// It cannot be read, or is not UTF-8.
pub fn text_of(path: &Path) -> Result<String, Why> {
    let bytes = std::fs::read(path).map_err(|error| Why::Unreadable(Cause::system(&error)))?;
    let text = encoding::text(&bytes).map_err(Why::Encoding)?;
    Ok(text.to_string())
}

fn refuse(refused: &mut Vec<Refused>, path: PathBuf, fault: Fault) {
    refused.push(Refused {
        path,
        why: Why::Fault(fault),
    });
}

/// A short fingerprint (FNV-1a): the same for the same files in the same order.
struct Fnv(u32);

impl Fnv {
    fn of(bytes: &[u8]) -> Fnv {
        let mut fnv = Fnv(0x811c_9dc5);
        fnv.eat(bytes);
        fnv
    }

    fn eat(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    }
}

#[cfg(test)]
mod tests;
