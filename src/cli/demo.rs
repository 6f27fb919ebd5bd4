//! `aftercare demo`: a desk of invented cases to look around in.

use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;

use super::arguments::Session;
use super::{cause, desk, opening, pictures};
use crate::app::clock::{Clock, ShiftedClock, SystemClock};
use crate::app::opening::{Opened, Place, ZONE, open};
use crate::demo;
use crate::desk::now::Now;
use crate::store::{Cause, CommitFault, Trouble};
use crate::terminal;
use crate::ui::i18n::{Arg, Words};

/// What the demo is made with. The help is in `assets/i18n` (`cli-arg-demo-...`).
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    #[arg(long, value_name = "DAY")]
    pub today: Option<NaiveDate>,
    #[arg(long, value_name = "FILE")]
    pub db: Option<PathBuf>,
    #[arg(long, value_name = "N")]
    pub cases: Option<usize>,
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true)]
    pub seed: u64,
    /// Draws the main screens into this folder instead: for the README.
    #[arg(long, value_name = "DIR", hide = true)]
    pub pictures: Option<PathBuf>,
}

/// Builds the desk and opens the screens on it.
pub fn run(args: DemoArgs, session: Session, words: Words) -> ExitCode {
    match build_and_open(args, session, words) {
        Ok(status) => status,
        Err(why) => {
            // Whoever started it has gone, or reads it.
            let _ = writeln!(io::stderr(), "{why}");
            ExitCode::FAILURE
        }
    }
}

fn build_and_open(args: DemoArgs, session: Session, words: Words) -> Result<ExitCode, String> {
    if let Some(folder) = &args.pictures {
        return draw(folder, &args, &words).map(|()| ExitCode::SUCCESS);
    }
    let is_watched = terminal::is_there();
    if args.db.is_none() && !is_watched {
        return Err(words.say("cli-demo-no-terminal").into_owned());
    }
    let (file, folder) = match &args.db {
        Some(file) => (file.clone(), None),
        None => {
            let folder = Folder::new().map_err(|error| {
                let why = cause::system(&words, &error);
                words.say_with("cli-demo-no-folder", &[("why", Arg::Text(&why))])
            })?;
            (folder.0.join("demo.db"), Some(folder))
        }
    };
    let cases = build(&file, &args, &words)?;
    let status = if is_watched {
        let session = Session {
            db: Some(file),
            today: args.today.or(session.today),
            is_thrown_away: folder.is_some(),
            ..session
        };
        desk::run(session, words)
    } else {
        let told = [
            ("path", Arg::Text(&file.display().to_string())),
            (
                "cases",
                Arg::Number(i64::try_from(cases).unwrap_or(i64::MAX)),
            ),
        ];
        let _ = writeln!(io::stdout(), "{}", words.say_with("cli-demo-built", &told));
        ExitCode::SUCCESS
    };
    // Not before the screens are closed.
    drop(folder);
    Ok(status)
}

/// Draws the main screens of the demo desk into a folder.
fn draw(to: &Path, args: &DemoArgs, words: &Words) -> Result<(), String> {
    let failed = |why: String| {
        let path = to.display().to_string();
        words.say_with(
            "cli-demo-failed",
            &[("path", Arg::Text(&path)), ("why", Arg::Text(&why))],
        )
    };
    let folder = Folder::new().map_err(|error| failed(cause::system(words, &error)))?;
    let file = folder.0.join("demo.db");
    let clock = clock(args.today);
    let mut opened =
        open(&Place::of(file), &*clock).map_err(|why| opening::fault(words, &why, ZONE))?;
    let now = Now {
        at: clock.utc(),
        today: opened.knowledge.day(clock.utc()),
    };
    let trouble = |trouble| failed(cause::trouble(words, &trouble));
    fill(&mut opened, now.today, args.seed, demo::usual()).map_err(trouble)?;
    pictures::draw_all(&opened, now, to).map_err(trouble)?;
    Ok(())
}

/// Builds the desk in a file that does not exist yet; how many cases it has.
fn build(file: &Path, args: &DemoArgs, words: &Words) -> Result<usize, String> {
    let path = file.display().to_string();
    if std::fs::symlink_metadata(file).is_ok() {
        return Err(words.say_with("cli-demo-exists", &[("path", Arg::Text(&path))]));
    }
    let cases = args.cases.unwrap_or(0).max(demo::usual());
    let clock = clock(args.today);
    let mut opened = open(&Place::of(file.to_path_buf()), &*clock)
        .map_err(|why| opening::fault(words, &why, ZONE))?;
    let today = opened.knowledge.day(clock.utc());
    fill(&mut opened, today, args.seed, cases).map_err(|trouble| {
        let why = cause::trouble(words, &trouble);
        words.say_with(
            "cli-demo-failed",
            &[("path", Arg::Text(&path)), ("why", Arg::Text(&why))],
        )
    })?;
    Ok(cases)
}

/// Writes the demo into an empty desk.
///
/// # Errors
/// What the file said.
pub(super) fn fill(
    opened: &mut Opened,
    today: NaiveDate,
    seed: u64,
    cases: usize,
) -> Result<(), Trouble> {
    let knowledge = opened.knowledge.clone();
    opened
        .store
        .bulk(|bulk| {
            for batch in demo::build(today, seed, cases, &knowledge) {
                bulk.commit(&batch)?;
            }
            Ok(())
        })
        .map_err(|fault: CommitFault<()>| match fault {
            CommitFault::Trouble(trouble) => trouble,
            // What is written into a new file by one alone meets nobody's change and no gate.
            other => Trouble::Other(Cause::system(&io::Error::other(format!("{other:?}")))),
        })
}

/// The clock of a day, or the system's.
pub(super) fn clock(today: Option<NaiveDate>) -> Box<dyn Clock> {
    match today {
        Some(day) => Box::new(ShiftedClock::on(day, ZONE)),
        None => Box::new(SystemClock),
    }
}

/// A private folder that is removed with everything in it.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    /// A new one; never one that somebody else has put there.
    pub(super) fn new() -> io::Result<Folder> {
        let base = std::env::temp_dir();
        let nanos = SystemClock.utc().timestamp_nanos_opt().unwrap_or_default();
        for attempt in 0..100 {
            let name = format!("aftercare-demo-{}-{nanos}-{attempt}", std::process::id());
            let folder = base.join(name);
            match std::fs::DirBuilder::new().mode(0o700).create(&folder) {
                Ok(()) => return Ok(Folder(folder)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left is in the folder for temporary things.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
