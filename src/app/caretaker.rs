//! What a session does for the file beside the work: the backup of the day, and looking for the way out
//! when the file turns out to be damaged. Each on a thread of its own, at low priority; nobody waits for
//! them, and one that is cut off with the session leaves nothing that is not cleared away.

use crate::app::Knocker;
use crate::desk::language::Language;
use crate::store::backup::{self, BackupFault, Daily};
use crate::ui::i18n::Words;
use chrono::Utc;
use chrono_tz::Tz;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

/// What there is to tell.
#[derive(Debug)]
pub enum Health {
    /// The backup of the day could not be made.
    NoBackup(BackupFault),
    /// The file is damaged; in words, with the newest backup that is whole.
    Damaged(String),
}

/// Says which backup of a desk helps and how to put it back; times are those of the zone.
pub type WayOut = fn(&Words, &Path, Tz) -> String;

/// Looks after a desk's file.
pub struct Caretaker {
    db: PathBuf,
    zone: Tz,
    knocker: Knocker,
    sender: Sender<Health>,
    told: Receiver<Health>,
    way_out: WayOut,
    has_looked: bool,
}

impl Caretaker {
    /// For the file of a desk whose days are days in `zone`; `knocker` is knocked when there is something
    /// to tell.
    pub fn new(db: PathBuf, zone: Tz, knocker: Knocker, way_out: WayOut) -> Caretaker {
        let (sender, told) = channel();
        Caretaker {
            db,
            zone,
            knocker,
            sender,
            told,
            way_out,
            has_looked: false,
        }
    }

    /// Begins the backup of the day, where it is still to be made.
    pub fn back_up(&self) {
        let (db, zone) = (self.db.clone(), self.zone);
        self.begin("backup", move || {
            let now = Utc::now().with_timezone(&zone).naive_local();
            match backup::daily(&db, now) {
                Daily::Failed(fault) => Some(Health::NoBackup(fault)),
                Daily::Made(_) | Daily::NotNeeded => None,
            }
        });
    }

    /// Looks for the way out of a damaged file, once in a session.
    pub fn find_way_out(&mut self, language: Language) {
        if !self.has_looked {
            self.has_looked = true;
            let (db, zone, way_out) = (self.db.clone(), self.zone, self.way_out);
            self.begin("damage", move || {
                let words = Words::new(language);
                let title = words.say("damaged-title");
                Some(Health::Damaged(format!(
                    "{title}\n\n{}",
                    way_out(&words, &db, zone)
                )))
            });
        }
    }

    /// What there is to tell, if anything.
    pub fn told(&self) -> Option<Health> {
        self.told.try_recv().ok()
    }

    fn begin(&self, name: &str, work: impl FnOnce() -> Option<Health> + Send + 'static) {
        let (sender, knocker) = (self.sender.clone(), self.knocker.clone());
        // Without a thread there is no backup today; the next session tries again.
        let _ = std::thread::Builder::new()
            .name(name.to_string())
            .spawn(move || {
                step_back();
                if let Some(health) = work() {
                    let _ = sender.send(health);
                    knocker.knock();
                }
            });
    }
}

/// Lets everything else go first. Linux keeps a priority for each thread; elsewhere it would be the
/// whole program's.
fn step_back() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, 10);
}
