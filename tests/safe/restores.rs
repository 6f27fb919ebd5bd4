//! Putting a backup back: nobody is working, the old file stays, no number is given twice, what was
//! erased stays erased, and wherever it is cut off there is the old file or the new one.

use std::path::{Path, PathBuf};

use aftercare::desk::field::Field;
use aftercare::desk::value::Entry;
use aftercare::store::{Draft, DraftFile, OpenFault};
use aftercare::store::{backup, lock};
use rusqlite::Connection;

use crate::place::{CHANGES, Place, command, said, text_of};
use crate::support::{integrity, text};

fn backed_up() -> (Place, PathBuf) {
    let place = Place::new();
    let file = place.file("kept.db");
    place.runs(&["backup", text_of(&file)]);
    (place, file)
}

fn restore(place: &Place, file: &Path) -> String {
    place.runs(&["restore", text_of(file), "--yes"])
}

#[test]
fn the_backup_comes_back_the_old_file_stays_and_both_are_told() {
    let (mut place, file) = backed_up();
    place.numbers_a_case();
    place.logs_a_caller("Late Caller");
    let epoch = place.open().store.view().epoch().unwrap();
    let told = restore(&place, &file);
    let before = place.beginning("desk.db.before-restore-");
    for words in [
        "2 changes",
        "2 whole cases",
        "57 cases",
        "RMA26-00054",
        text_of(&before),
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert_eq!(place.changes(), CHANGES);
    assert_eq!(place.open().store.view().epoch().unwrap(), epoch + 1);
    assert_eq!(place.open().store.differing().unwrap(), []);
    let old = Place {
        db: before,
        ..place
    };
    assert_eq!(old.changes(), CHANGES + 2);
    assert_eq!(
        old.open()
            .store
            .view()
            .search("late caller", 5)
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_revision_is_above_every_one_that_was_ever_seen() {
    let (mut place, file) = backed_up();
    for _ in 0..3 {
        place.numbers_a_case();
    }
    let seen = place.open().store.view().rev().unwrap();
    restore(&place, &file);
    assert!(place.open().store.view().rev().unwrap() > seen);
}

/// What is lost besides the numbers in the backup itself, and what the next number then is.
#[test]
fn no_number_is_given_twice_as_long_as_anything_tells_of_it() {
    let lose_journal = |place: &Place| std::fs::remove_file(place.file("desk.db.kept")).unwrap();
    let lose_file = |place: &Place| std::fs::write(&place.db, "x".repeat(5000)).unwrap();
    let keep_newer = |place: &Place| {
        place.runs(&["backup"]);
    };
    type Loss<'a> = &'a dyn Fn(&Place);
    let table: [(&str, &[Loss], &str); 5] = [
        ("nothing", &[], "RMA26-00056"),
        ("the journal", &[&lose_journal], "RMA26-00056"),
        ("the file", &[&lose_file], "RMA26-00056"),
        (
            "both, with a newer backup",
            &[&keep_newer, &lose_journal, &lose_file],
            "RMA26-00056",
        ),
        ("both", &[&lose_journal, &lose_file], "RMA26-00053"),
    ];
    for (name, losses, next) in table {
        let (mut place, file) = backed_up();
        for number in ["RMA26-00053", "RMA26-00054", "RMA26-00055"] {
            assert_eq!(place.numbers_a_case(), number);
        }
        for lose in losses {
            lose(&place);
        }
        let told = restore(&place, &file);
        let is_unsure = told.contains("Nothing is left that tells");
        assert_eq!(is_unsure, name.starts_with("both"), "{name}: {told}");
        assert!(told.contains(next), "{name}: {told}");
        assert_eq!(place.numbers_a_case(), next, "{name}");
        // And once more from the same backup.
        restore(&place, &file);
        let again = place.numbers_a_case();
        assert!(*again > *next, "{name}: {again} after {next}");
    }
}

#[test]
fn a_number_from_a_parcel_can_be_said() {
    let (mut place, file) = backed_up();
    std::fs::remove_file(place.file("desk.db.kept")).unwrap();
    std::fs::remove_file(&place.db).unwrap();
    place.runs(&["restore", text_of(&file), "--yes", "--given", "rma26-99"]);
    assert_eq!(place.numbers_a_case(), "RMA26-00100");
    let output = place.run(&["restore", text_of(&file), "--given", "99"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
}

/// A number mistyped upwards could not be taken back: what it leaves out is said before anybody agrees.
/// Nobody is led to a backup that would be refused: one of a desk somebody altered by hand.
#[test]
fn the_newest_good_backup_is_one_that_can_be_put_back() {
    let (mut place, _) = backed_up();
    let good = place.runs(&["backup"]);
    let db = place.db.clone();
    let newest = || backup::newest_good(&db).unwrap().path;
    let before = newest();
    assert!(good.contains(text_of(&before)), "{good}");
    place.numbers_a_case();
    Connection::open(&place.db)
        .unwrap()
        .execute_batch("DROP TRIGGER change_is_never_deleted")
        .unwrap();
    let altered = place.runs(&["backup"]);
    assert!(!altered.contains(text_of(&before)), "{altered}");
    assert_eq!(newest(), before);
}

#[test]
fn what_a_number_that_is_said_means_is_told_before_anything_is_done() {
    let (place, file) = backed_up();
    let output = place.run(&["restore", text_of(&file), "--given", "RMA26-00990"]);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    let wanted = "The next case number will be RMA26-00991; by what is stored here, the last was RMA26-00052.";
    assert!(told.contains(wanted), "{told}");
    // A lower one than is known changes nothing.
    let output = place.run(&["restore", text_of(&file), "--given", "RMA26-00007"]);
    let told = said(&output);
    assert!(told.contains("will be RMA26-00053;"), "{told}");
    let output = place.run(&["restore", text_of(&file), "--given", "RMA25-00007"]);
    let told = said(&output);
    assert!(
        told.contains("will be RMA25-00008; by what is stored here, none of that year"),
        "{told}"
    );
    // After the last number that fits there is none.
    let output = place.run(&["restore", text_of(&file), "--given", "RMA26-999999999"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
}

#[test]
fn an_old_copy_put_back_by_hand_gives_no_number_twice_either() {
    let (mut place, file) = backed_up();
    assert_eq!(place.numbers_a_case(), "RMA26-00053");
    std::fs::copy(&file, &place.db).unwrap();
    assert_eq!(place.numbers_a_case(), "RMA26-00054");
}

#[test]
fn what_was_erased_stays_erased_and_what_was_entered_later_stays() {
    let mut place = Place::new();
    let case = place.logs_a_caller("Erasable Person");
    let file = place.file("kept.db");
    place.runs(&["backup", text_of(&file)]);
    place.sets(case, Field::Caller, Entry::Erased);
    let told = restore(&place, &file);
    assert!(told.contains("1 value that had been erased"), "{told}");
    let bytes = || {
        let bytes = std::fs::read(&place.db).unwrap();
        String::from_utf8_lossy(&bytes).to_lowercase()
    };
    assert!(!bytes().contains("erasable"), "it is still in the file");
    let opened = place.open();
    let view = opened.store.view();
    assert_eq!(view.search("erasable", 5).unwrap(), []);
    assert_eq!(view.row(case).unwrap().unwrap().caller, None);
    assert_eq!(opened.store.differing().unwrap(), []);
    drop(opened);
    // In the place of the erased change of the other time there is another one now.
    place.sets(case, Field::Caller, text("New Person"));
    let later = place.file("later.db");
    place.runs(&["backup", text_of(&later)]);
    restore(&place, &later);
    let opened = place.open();
    let row = opened.store.view().row(case).unwrap().unwrap();
    assert_eq!(row.caller.as_deref(), Some("New Person"));
}

#[test]
fn a_restore_refuses_while_somebody_works_and_names_them() {
    let (place, file) = backed_up();
    let session = place.open();
    let before = std::fs::read(&place.db).unwrap();
    let output = place.run(&["restore", text_of(&file), "--yes"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("Somebody or something"),
        "{}",
        said(&output)
    );
    let mut draft = DraftFile::begin(&place.db, "li").unwrap();
    let typing = Draft {
        who: "li".to_string(),
        ..Draft::default()
    };
    draft.save(&typing).unwrap();
    let output = place.run(&["restore", text_of(&file), "--yes"]);
    assert!(said(&output).contains("li is working"), "{}", said(&output));
    assert_eq!(std::fs::read(&place.db).unwrap(), before);
    drop((session, draft));
    restore(&place, &file);
}

#[test]
fn another_program_that_has_the_file_open_stops_a_restore_too() {
    let (place, file) = backed_up();
    let prompt = Connection::open(&place.db).unwrap();
    let count: i64 = prompt
        .query_row("SELECT count(*) FROM change", [], |row| row.get(0))
        .unwrap();
    assert_eq!(usize::try_from(count), Ok(CHANGES));
    let output = place.run(&["restore", text_of(&file), "--yes"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("has the desk's file open"),
        "{}",
        said(&output)
    );
    drop(prompt);
    restore(&place, &file);
}

#[test]
fn a_start_during_a_restore_waits_and_then_says_so() {
    let place = Place::new();
    let restoring = lock::alone(&place.db, lock::PATIENCE).unwrap();
    let fault = place.try_open().unwrap_err();
    assert!(matches!(fault, OpenFault::Restoring { .. }), "{fault:?}");
    let opened = std::thread::scope(|scope| {
        let opening = scope.spawn(|| place.try_open().map(|_| ()));
        drop(restoring);
        opening.join().unwrap()
    });
    assert_eq!(opened, Ok(()));
}

#[test]
fn without_a_terminal_it_is_not_done_unless_yes_is_said() {
    let (mut place, file) = backed_up();
    place.numbers_a_case();
    let output = place.run(&["restore", text_of(&file)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("--yes"), "{}", said(&output));
    assert_eq!(place.changes(), CHANGES + 1);
}

#[test]
fn what_is_no_whole_desk_is_not_put_in_its_place() {
    let (place, file) = backed_up();
    let letter = place.file("letter.txt");
    std::fs::write(&letter, "Dear customer").unwrap();
    let torn = place.file("torn.db");
    std::fs::copy(&file, &torn).unwrap();
    crate::damage::zero_page(&torn, 9);
    let newer = place.file("newer.db");
    std::fs::copy(&file, &newer).unwrap();
    Connection::open(&newer)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let altered = place.file("altered.db");
    std::fs::copy(&file, &altered).unwrap();
    Connection::open(&altered)
        .unwrap()
        .execute_batch("DROP TRIGGER change_is_never_deleted")
        .unwrap();
    let before = std::fs::read(&place.db).unwrap();
    let folder = place.home.path().to_path_buf();
    let missing = place.file("missing.db");
    let pipe = place.file("pipe");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR).unwrap();
    for (file, words) in [
        (&letter, "is not a desk's file"),
        (&torn, "damaged"),
        (&newer, "newer version"),
        (&altered, "change_is_never_deleted"),
        (&folder, "is a folder"),
        (&missing, "There is no file"),
        (&pipe, "is not a desk's file"),
        (&place.db, "itself"),
    ] {
        let output = place.run(&["restore", text_of(file), "--yes"]);
        assert_eq!(output.status.code(), Some(1), "{}", file.display());
        assert!(
            said(&output).contains(words),
            "{words} in {}",
            said(&output)
        );
    }
    assert_eq!(std::fs::read(&place.db).unwrap(), before);
    let left: Vec<_> = place
        .names("")
        .into_iter()
        .filter(|name| name.contains("restore"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn a_backup_of_an_older_schema_is_upgraded() {
    let place = Place::new();
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schema-1.db");
    restore(&place, &old);
    let version: i64 = Connection::open(&place.db)
        .unwrap()
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(version, aftercare::store::open::SCHEMA);
    assert_eq!(place.open().store.differing().unwrap(), []);
}

#[test]
fn a_damaged_file_is_kept_with_its_log() {
    let (mut place, file) = backed_up();
    let session = place.open();
    place.logs_a_caller("In The Log");
    let log = std::fs::read(place.file("desk.db-wal")).unwrap();
    let head = std::fs::read(&place.db).unwrap();
    // As after a power cut: the log is there, and nobody works.
    drop(session);
    let garbage: Vec<u8> = head.iter().map(|_| 0x5a).collect();
    std::fs::write(&place.db, &garbage).unwrap();
    std::fs::write(place.file("desk.db-wal"), &log).unwrap();
    restore(&place, &file);
    let before = place.names("");
    let kept: Vec<_> = before
        .iter()
        .filter(|name| name.starts_with("desk.db.before-restore-"))
        .collect();
    assert_eq!(kept.len(), 2, "{before:?}");
    assert_eq!(std::fs::read(place.file(kept[0])).unwrap(), garbage);
    assert!(kept[1].ends_with("-wal"));
    assert_eq!(std::fs::read(place.file(kept[1])).unwrap(), log);
    assert_eq!(place.changes(), CHANGES);
}

#[test]
fn a_kept_file_with_its_log_can_be_put_back_itself() {
    let (mut place, file) = backed_up();
    let session = place.open();
    place.logs_a_caller("In The Log");
    let (head, log) = (
        std::fs::read(&place.db).unwrap(),
        std::fs::read(place.file("desk.db-wal")).unwrap(),
    );
    drop(session);
    std::fs::write(&place.db, &head).unwrap();
    std::fs::write(place.file("desk.db-wal"), &log).unwrap();
    restore(&place, &file);
    assert_eq!(place.changes(), CHANGES);
    let kept = place
        .names("")
        .into_iter()
        .find(|name| name.starts_with("desk.db.before-restore-") && !name.ends_with("-wal"));
    restore(&place, &place.file(&kept.unwrap()));
    assert_eq!(place.changes(), CHANGES + 1);
}

#[test]
fn a_desk_that_died_with_its_disk_comes_back_elsewhere() {
    let (place, file) = backed_up();
    let db = place.file("new/machine/desk.db");
    let output = command(&["--db", text_of(&db), "restore", text_of(&file), "--yes"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        said(&output).contains("Nothing is left that tells"),
        "{}",
        said(&output)
    );
    let place = Place { db, ..place };
    assert_eq!(place.changes(), CHANGES);
}

#[test]
fn a_file_behind_a_link_is_replaced_and_the_link_stays() {
    let (mut place, file) = backed_up();
    place.numbers_a_case();
    let link = place.file("link.db");
    std::os::unix::fs::symlink(&place.db, &link).unwrap();
    let output = command(&["--db", text_of(&link), "restore", text_of(&file), "--yes"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(place.changes(), CHANGES);
}

/// Every state of the folder between the decision and the end.
#[test]
fn a_decided_restore_that_was_cut_off_is_finished_by_whoever_comes_next() {
    type Next = fn(&Place);
    let nexts: [(&str, Next); 3] = [
        ("opening", |place| drop(place.open())),
        ("a backup", |place| {
            place.runs(&["backup"]);
        }),
        ("another restore", |place| {
            let file = place.file("kept.db");
            restore(place, &file);
        }),
    ];
    for steps in 0..4 {
        for (name, next) in nexts {
            let (mut place, file) = backed_up();
            let session = place.open();
            place.logs_a_caller("In The Log");
            let (head, log) = (
                std::fs::read(&place.db).unwrap(),
                std::fs::read(place.file("desk.db-wal")).unwrap(),
            );
            drop(session);
            std::fs::write(&place.db, &head).unwrap();
            std::fs::write(place.file("desk.db-wal"), &log).unwrap();
            let stamp = "2026-11-22-120000";
            let before = place.file(&format!("desk.db.before-restore-{stamp}"));
            std::fs::copy(&file, place.file(&format!("desk.db.restored-{stamp}"))).unwrap();
            if steps > 0 {
                std::fs::hard_link(&place.db, &before).unwrap();
            }
            if steps > 1 {
                let kept = format!("{}-wal", text_of(&before));
                std::fs::rename(place.file("desk.db-wal"), kept).unwrap();
            }
            if steps > 2 {
                let _ = std::fs::remove_file(place.file("desk.db-shm"));
            }
            assert!(said(&place.run(&["doctor"])).contains("was cut off"));
            next(&place);
            assert_eq!(place.changes(), CHANGES, "{steps} steps, then {name}");
            assert_eq!(integrity(&place.db), "ok");
            let old = Place {
                db: before,
                ..place
            };
            assert_eq!(old.changes(), CHANGES + 1, "{steps} steps, then {name}");
        }
    }
}
