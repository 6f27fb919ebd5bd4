//! The desk they all work at: its people, its cases, and what arrives in its file.

use super::figures::Figures;
use aftercare::app::clock::{Clock, SystemClock};
use aftercare::app::opening::{self, Place};
use aftercare::desk::change::{Act, Batch, Ground, Planned};
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityKind, Fresh, ItemId};
use aftercare::desk::phone::Phone;
use aftercare::desk::serial::Serial;
use aftercare::desk::value::{Entry, Value};
use aftercare::store::{CommitFault, Store};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use tempfile::TempDir;

pub struct Desk {
    folder: TempDir,
}

/// The program under load.
pub fn program() -> &'static str {
    env!("CARGO_BIN_EXE_aftercare")
}

/// The login name of a session.
pub fn name(number: usize) -> String {
    format!("s{number:02}")
}

/// The serial number of the case that a session works on; two sessions have the same.
pub fn serial(number: usize) -> String {
    format!("80L0-{:04}", number / 2)
}

impl Desk {
    /// A desk with a person for each session and a case for every two, and the demo's cases besides.
    pub fn new(sessions: usize) -> Desk {
        let desk = Desk {
            folder: tempfile::tempdir().expect("a folder"),
        };
        for number in 0..sessions {
            let added = desk
                .command()
                .args(["staff", "add", &name(number), "--role", "operator", "--db"])
                .arg(desk.db())
                .stdin(Stdio::null())
                .output()
                .expect("the program starts");
            let said = String::from_utf8_lossy(&added.stderr);
            assert!(added.status.success(), "{said}");
        }
        desk.fill(sessions.div_ceil(2));
        desk
    }

    fn fill(&self, cases: usize) {
        let clock = SystemClock;
        let mut opened = opening::open(&Place::of(self.db()), &clock).expect("a desk");
        let today = opened.knowledge.day(clock.utc());
        let knowledge = opened.knowledge.clone();
        let terms = knowledge.terms_in_force(today);
        let mut fresh = Fresh::new(1);
        let filled = opened.store.bulk(|bulk| {
            for batch in aftercare::demo::build(today, 1, aftercare::demo::usual(), &knowledge) {
                bulk.commit::<()>(&batch)?;
            }
            for case in 0..cases {
                let id = fresh.entity(clock.utc().timestamp_millis());
                let known = [
                    (Field::TermsVersion, Value::Text(terms.clone())),
                    (Field::ContactDate, Value::Date(today)),
                    (
                        Field::Phone,
                        Value::Phone(Phone::parse(&format!("1380000{case:04}")).expect("a phone")),
                    ),
                    (
                        Field::SerialNumber,
                        Value::Serial(Serial::parse(&serial(2 * case)).expect("a serial number")),
                    ),
                ];
                let changes = known.map(|(field, value)| Planned {
                    entity: id,
                    kind: EntityKind::Case,
                    ground: Ground::CustomerSays,
                    item: ItemId::SELF,
                    field,
                    entry: Entry::Known(value),
                    base: 0,
                });
                bulk.commit::<()>(&Batch {
                    action: fresh.action(),
                    act: Act::Begin,
                    at: clock.utc(),
                    who: name(2 * case),
                    changes: changes.to_vec(),
                })?;
            }
            Ok::<(), CommitFault<()>>(())
        });
        filled.expect("cases");
    }

    pub fn db(&self) -> PathBuf {
        self.folder.path().join("desk.db")
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The program in an environment of its own.
    pub fn command(&self) -> Command {
        let mut command = Command::new(program());
        command
            .env_clear()
            .envs(self.environment())
            .current_dir(self.path());
        command
    }

    pub fn environment(&self) -> [(&'static str, String); 3] {
        [
            ("HOME", self.path().display().to_string()),
            ("TERM", "xterm-256color".to_string()),
            ("LANG", "en_GB.UTF-8".to_string()),
        ]
    }

    fn open(&self) -> Store {
        opening::open(&Place::of(self.db()), &SystemClock)
            .expect("the desk")
            .store
    }

    /// Somebody who only looks what arrives.
    pub fn watcher(&self) -> Watcher {
        let store = self.open();
        let rev = store.view().rev().expect("a revision");
        let version = store.view().data_version().expect("a version");
        Watcher {
            store,
            rev,
            version,
        }
    }

    /// The values that were left and stand nowhere in the file.
    pub fn missing(&self, left: &[(usize, String)]) -> Vec<String> {
        let store = self.open();
        let changes = store.view().changes_since(0).expect("the changes");
        let there: HashSet<(String, String)> = changes
            .into_iter()
            .filter_map(|change| match change.entry {
                Entry::Known(Value::Text(text)) => Some((change.who, text)),
                _ => None,
            })
            .collect();
        left.iter()
            .filter(|(number, text)| !there.contains(&(name(*number), text.clone())))
            .map(|(_, text)| text.clone())
            .collect()
    }
}

/// Looks into the file as often as it is asked to.
pub struct Watcher {
    store: Store,
    rev: i64,
    version: i64,
}

impl Watcher {
    /// Notes what has arrived since the last look.
    pub fn look(&mut self, figures: &mut Figures) {
        let view = self.store.view();
        let version = view.data_version().unwrap_or(self.version);
        if version == self.version {
            return;
        }
        let Ok(news) = view.news(self.rev) else {
            return;
        };
        (self.version, self.rev) = (version, news.rev);
        let now = Instant::now();
        for change in news.changes {
            if let Entry::Known(Value::Text(text)) = change.entry
                && let Some(left) = figures.unsaved.remove(&text)
            {
                figures.saved.push(now.saturating_duration_since(left));
            }
        }
    }

    /// Whether something that was left has not arrived yet.
    pub fn awaits(&self, figures: &Figures) -> bool {
        !figures.unsaved.is_empty()
    }
}
