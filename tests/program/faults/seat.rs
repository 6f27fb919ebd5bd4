//! Somebody at the real desk, with the program's standard error in a file of its own.

use crate::support::desk::PATIENCE;
use crate::support::file::saved;
use crate::support::{Desk, Home, Program};
use rusqlite::Connection;
use rustix::process::{Resource, Rlimit, Signal, prlimit};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// A process that was struck is gone within this.
pub const GONE_WITHIN: Duration = Duration::from_secs(2);
/// What a session says that goes on where another was cut off.
pub const RESTORED: &str = "where you were cut off";
/// What it says of what was half typed.
pub const KEPT: &str = "what you had typed was kept";

/// What it says of fields that were left and could not be saved.
pub const FIELDS_KEPT: &str = "not saved yet";

pub const PHONE: &str = "13800000000";
pub const CALLER: &str = "王小明";

/// The home of a desk, and what its programs said on standard error.
pub struct Seat {
    pub home: Home,
}

impl Seat {
    pub fn new() -> Seat {
        Seat { home: Home::new() }
    }

    /// Starts the desk, which ignores that a file may grow no more as it ignores nothing else: the
    /// system's answer to a write then says so.
    pub fn sits(&self, args: &[&str]) -> Desk {
        let script = "trap '' XFSZ; exec \"$0\" \"$@\" 2>>\"$HOME/stderr\"";
        let mut all = vec!["-c", script, env!("CARGO_BIN_EXE_aftercare")];
        all.extend(args);
        let mut desk = Program::at(PathBuf::from("/bin/sh"), &all).start(&self.home);
        desk.settle();
        desk
    }

    /// A call whose phone and caller were left, with the caret in the next field.
    pub fn logs_a_call(&self) -> Desk {
        let mut desk = self.sits(&[]);
        desk.keys(&format!("<c-n>{PHONE}<tab>"));
        self.wait_saved(&mut desk, "phone", PHONE);
        desk.keys(&format!("{CALLER}<tab>"));
        self.wait_saved(&mut desk, "caller", CALLER);
        desk
    }

    /// Waits until another process reads this from the file.
    pub fn wait_saved(&self, desk: &mut Desk, field: &str, value: &str) {
        let db = self.home.db();
        let came = desk.wait_quietly(PATIENCE, |_| saved(&db, field) == [value]);
        assert!(came, "{field} is {:?}\n{}", saved(&db, field), desk.text());
    }

    pub fn assert_saved(&self, field: &str, value: &str) {
        assert_eq!(saved(&self.home.db(), field), [value], "{field}");
    }

    /// Where drafts lie.
    pub fn drafts(&self) -> PathBuf {
        self.home.path().join("data").join("desk.db.drafts")
    }

    /// The finished drafts: what stands in them, and when they were written.
    pub fn kept(&self) -> Vec<(PathBuf, String, SystemTime)> {
        let files = std::fs::read_dir(self.drafts())
            .into_iter()
            .flatten()
            .flatten();
        let drafts = files.map(|file| file.path());
        drafts
            .filter(|path| path.extension().is_some_and(|end| end == "json"))
            .filter_map(|path| {
                let text = std::fs::read_to_string(&path).ok()?;
                let written = std::fs::metadata(&path).ok()?.modified().ok()?;
                Some((path, text, written))
            })
            .collect()
    }

    /// Waits until a draft holds this.
    pub fn wait_kept(&self, desk: &mut Desk, text: &str) {
        let kept = desk.wait_quietly(PATIENCE, |_| {
            self.kept().iter().any(|(_, draft, _)| draft.contains(text))
        });
        assert!(kept, "no draft has {text}\n{}", desk.text());
    }

    /// Starts again and is back where one was, with what was half typed.
    pub fn comes_back(&self, args: &[&str], text: &str) -> Desk {
        let mut desk = self.sits(args);
        desk.wait_for(RESTORED);
        desk.wait_for(KEPT);
        desk.wait_for(text);
        desk
    }

    /// Starts again and is back where one was, with a field that was left and could not be saved.
    pub fn brings_back(&self, text: &str) -> Desk {
        let mut desk = self.sits(&[]);
        desk.wait_for(RESTORED);
        desk.wait_for(FIELDS_KEPT);
        desk.wait_for(text);
        desk
    }

    /// Starts again and finds this in the field it was left in; left once more, it is saved.
    pub fn comes_back_and_saves(&self, field: &str, text: &str) {
        let mut desk = self.sits(&[]);
        desk.wait_for(text);
        desk.keys("<tab>");
        self.wait_saved(&mut desk, field, text);
        leaves(desk);
        self.assert_silent();
    }

    /// Another process that has begun to write and does not end.
    pub fn is_kept_waiting(&self) -> Connection {
        let writer = Connection::open(self.home.db()).expect("the file");
        writer.execute_batch("BEGIN IMMEDIATE").expect("its turn");
        writer
    }

    /// Nothing was said on standard error.
    pub fn assert_silent(&self) {
        assert_eq!(self.said(), "");
    }

    /// What was said on standard error.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.home.path().join("home/stderr")).unwrap_or_default()
    }
}

/// Leaves by the key for it.
pub fn leaves(mut desk: Desk) {
    desk.keys("<c-q>");
    let ended = desk.exited_within(PATIENCE).expect("it ends");
    assert!(ended.success(), "{ended}");
    assert_eq!(desk.leftovers(), Vec::<&str>::new());
}

/// From now on no file of this program may grow beyond so many bytes: what a quota does, and a full
/// disk.
pub fn limit(desk: &Desk, bytes: Option<u64>) {
    let (current, maximum) = (bytes, None);
    prlimit(
        Some(desk.pid()),
        Resource::Fsize,
        Rlimit { current, maximum },
    )
    .expect("a limit");
}

/// Kills it and waits until it is gone.
pub fn is_killed(mut desk: Desk) {
    desk.signal(Signal::KILL);
    let ended = desk.exited_within(PATIENCE).expect("it ends");
    assert!(ended.signal().is_some(), "{ended}");
}
