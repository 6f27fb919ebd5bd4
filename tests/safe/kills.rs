//! Killed in the middle of a backup and of a restore: there is the old file or the new one, never half of
//! one and never none.

use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use aftercare::store::backup;

use crate::place::{Place, command, names, text_of};
use crate::support::integrity;

/// A desk that is large enough to be hit in the middle.
fn large() -> Place {
    let place = Place::new();
    for name in ["desk.db", "desk.db.kept"] {
        std::fs::remove_file(place.file(name)).unwrap();
    }
    let output = command(&["demo", "--cases", "800", "--db", text_of(&place.db)])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    place
}

/// Waits for a time that a program is likely to be doing something, then kills it. Whether it was still
/// running.
fn kill_after(mut child: Child, wait: Duration) -> bool {
    let began = Instant::now();
    while began.elapsed() < wait {
        std::hint::spin_loop();
    }
    let was_running = child.try_wait().unwrap().is_none();
    let _ = child.kill();
    child.wait().unwrap();
    was_running
}

/// How long the program takes for this when it is left alone, on a machine that may be busy.
fn takes(args: &dyn Fn(usize) -> Vec<String>) -> Duration {
    let times = (0..3).map(|run| {
        let args = args(run);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let began = Instant::now();
        let output = command(&args).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        began.elapsed()
    });
    times.min().unwrap()
}

fn texts(args: &[&str]) -> Vec<String> {
    args.iter().map(ToString::to_string).collect()
}

/// At how many points of its way it is killed; with `AFTERCARE_LONG=1` at many more.
fn points() -> u32 {
    if crate::long::is_long() { 60 } else { 12 }
}

#[test]
fn a_killed_backup_leaves_no_file_of_that_name_or_a_whole_one() {
    let place = large();
    let db = text_of(&place.db);
    let whole = takes(&|run| {
        let first = place.file(&format!("first-{run}.db"));
        texts(&["--db", db, "backup", text_of(&first)])
    });
    let changes = place.changes();
    let mut killed = 0;
    for point in 0..points() {
        let target = place.file(&format!("copy-{point}.db"));
        let child = command(&["--db", db, "backup", text_of(&target)])
            .spawn()
            .unwrap();
        killed += u32::from(kill_after(child, whole * point / points()));
        if target.exists() {
            assert_eq!(integrity(&target), "ok", "at {point}");
            let made = backup::inspect(&target).unwrap();
            assert_eq!(made.contents.changes, changes as i64, "at {point}");
        }
        assert_eq!(integrity(&place.db), "ok", "at {point}");
    }
    assert!(killed > points() / 4, "only {killed} were still running");
}

#[test]
fn a_killed_restore_leaves_the_old_file_or_the_new_one() {
    let mut place = large();
    let file = place.file("kept.db");
    place.runs(&["backup", text_of(&file)]);
    let in_backup = place.changes();
    let db = text_of(&place.db).to_string();
    let args = ["--db", &db, "restore", text_of(&file), "--yes"];
    let whole = takes(&|_| texts(&args));
    let (mut killed, mut olds, mut news) = (0, 0, 0);
    let mut last_number = place.numbers_a_case();
    for point in 0..points() {
        let child = command(&args).spawn().unwrap();
        killed += u32::from(kill_after(child, whole * point / points()));
        assert!(place.db.exists(), "at {point}: no file");
        let changes = place.changes();
        if changes == in_backup {
            news += 1;
        } else {
            assert_eq!(changes, in_backup + 1, "at {point}");
            olds += 1;
        }
        assert_eq!(integrity(&place.db), "ok", "at {point}");
        assert_eq!(place.open().store.differing().unwrap(), [], "at {point}");
        no_log_of_another(place.home.path());
        if changes == in_backup {
            // Back to one change more than the backup, with a number that was never given.
            let number = place.numbers_a_case();
            assert!(number > last_number, "{number} after {last_number}");
            last_number = number;
        }
    }
    assert!(killed > points() / 4, "only {killed} were still running");
    assert!(olds > 0, "{news} new ones only");
    // Left alone it is done.
    takes(&|_| texts(&args));
    assert_eq!(place.changes(), in_backup);
    let left = names(place.home.path());
    let parts: Vec<_> = left.iter().filter(|name| name.contains(".part")).collect();
    assert_eq!(parts, Vec::<&String>::new());
}

/// Nothing of the restore is left beside the desk once it was opened.
fn no_log_of_another(folder: &Path) {
    let left = names(folder);
    let decided = left.iter().any(|name| name.contains(".restored-"));
    assert!(!decided, "{left:?}");
}
