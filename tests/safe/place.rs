//! A folder with a desk, and the real program run on it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use aftercare::app::clock::StoppedClock;
use aftercare::app::opening::{Opened, open};
use aftercare::desk::change::{Act, Batch, Ground, Planned};
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, EntityKind, Fresh, ItemId};
use aftercare::desk::value::Entry;
use aftercare::store::OpenFault;
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};

use crate::support::text;

/// How many changes the demo desk of these tests has.
pub const CHANGES: usize = 1940;

/// A desk of the demo in a folder that goes away with it.
pub struct Place {
    pub home: tempfile::TempDir,
    pub db: PathBuf,
    pub seed: u64,
}

/// The bytes of a closed demo desk; built once.
fn demo() -> &'static [u8] {
    static DEMO: OnceLock<Vec<u8>> = OnceLock::new();
    DEMO.get_or_init(|| {
        let home = tempfile::tempdir().unwrap();
        let db = home.path().join("demo.db");
        let output = program(&["demo", "--today", "2026-11-20", "--db", text_of(&db)]);
        assert!(output.status.success(), "{output:?}");
        std::fs::read(db).unwrap()
    })
}

/// A path as an argument.
pub fn text_of(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Runs the program without a terminal, in English.
pub fn program(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

/// The program, to be started without a terminal.
pub fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command
        .args(args)
        .env_clear()
        .env("PATH", std::env::var("PATH").unwrap_or_default())
        .env("LANG", "en_GB.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Everything a program said.
pub fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap()
}

pub fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

impl Place {
    /// A desk of 57 invented cases.
    pub fn new() -> Place {
        let home = tempfile::tempdir().unwrap();
        let db = home.path().join("desk.db");
        std::fs::write(&db, demo()).unwrap();
        let place = Place { home, db, seed: 1 };
        // With everything a desk has beside its file.
        drop(place.open());
        place
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Runs the program on this desk.
    pub fn run(&self, args: &[&str]) -> Output {
        program(&[&["--db", text_of(&self.db)], args].concat())
    }

    /// Runs the program on this desk and expects it to succeed; what it said.
    pub fn runs(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", said(&output));
        said(&output)
    }

    pub fn try_open(&self) -> Result<Opened, OpenFault> {
        let place = aftercare::app::opening::Place::of(self.db.clone());
        open(&place, &StoppedClock(now()))
    }

    pub fn open(&self) -> Opened {
        self.try_open().unwrap()
    }

    /// Opens the desk, enters a case with a number, closes it; the number.
    pub fn numbers_a_case(&mut self) -> String {
        let mut opened = self.open();
        self.seed += 1;
        let mut fresh = Fresh::new(self.seed + 1000);
        let id = fresh.entity(now().timestamp_millis());
        let record = self.commit(
            &mut opened,
            id,
            &mut fresh,
            &[(Field::Number, text("RMA26-"))],
        );
        record.text(Field::Number).unwrap().to_string()
    }

    /// Opens the desk and enters a case whose caller has this name.
    pub fn logs_a_caller(&mut self, name: &str) -> EntityId {
        let mut opened = self.open();
        self.seed += 1;
        let mut fresh = Fresh::new(self.seed + 1000);
        let id = fresh.entity(now().timestamp_millis());
        self.commit(&mut opened, id, &mut fresh, &[(Field::Caller, text(name))]);
        id
    }

    pub fn sets(&mut self, id: EntityId, field: Field, entry: Entry) {
        let mut opened = self.open();
        self.seed += 1;
        let mut fresh = Fresh::new(self.seed + 1000);
        self.commit(&mut opened, id, &mut fresh, &[(field, entry)]);
    }

    fn commit(
        &self,
        opened: &mut Opened,
        id: EntityId,
        fresh: &mut Fresh,
        facts: &[(Field, Entry)],
    ) -> aftercare::desk::record::Record {
        let record = opened.store.view().record(id).unwrap();
        let base = |field| {
            let fact = record.as_ref().and_then(|record| record.fact(field));
            fact.map_or(0, |fact| fact.seq)
        };
        let is_erasing = facts.iter().any(|(_, entry)| *entry == Entry::Erased);
        let batch = Batch {
            action: fresh.action(),
            act: if is_erasing { Act::Erase } else { Act::Edit },
            at: now(),
            who: "li".to_string(),
            changes: facts
                .iter()
                .map(|(field, entry)| Planned {
                    entity: id,
                    kind: EntityKind::Case,
                    ground: Ground::CustomerSays,
                    item: ItemId::SELF,
                    field: *field,
                    entry: entry.clone(),
                    base: base(*field),
                })
                .collect(),
        };
        opened
            .store
            .commit(&batch, |_| Ok::<(), aftercare::store::CheckFault<()>>(()))
            .unwrap();
        opened.store.view().record(id).unwrap().unwrap()
    }

    /// How many changes the desk has.
    pub fn changes(&self) -> usize {
        self.open().store.view().changes_since(0).unwrap().len()
    }

    /// The names of everything in the folder, or in one below it.
    pub fn names(&self, below: &str) -> Vec<String> {
        names(&self.file(below))
    }

    /// The one file in the folder whose name begins like this.
    pub fn beginning(&self, with: &str) -> PathBuf {
        let names = self.names("");
        let found: Vec<_> = names.iter().filter(|name| name.starts_with(with)).collect();
        assert_eq!(found.len(), 1, "{with} in {names:?}");
        self.file(found[0])
    }
}

/// The path with an ending put behind its name.
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}{ending}", text_of(file)))
}

/// The names of everything in a folder, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| {
            entries
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect()
        })
        .unwrap_or_default();
    names.sort();
    names
}
