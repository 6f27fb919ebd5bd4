//! The doctor: what is as it should be, what is not, and that looking changes nothing.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rusqlite::Connection;

use crate::place::{Place, said};

/// What the doctor says, without the working days of the coming year, which depend on today.
fn lines(place: &Place) -> (Option<i32>, Vec<String>) {
    let output = place.run(&["doctor"]);
    let words = said(&output);
    let lines = words
        .lines()
        .filter(|line| !line.contains("working days of"))
        .map(str::to_string)
        .collect();
    (output.status.code(), lines)
}

fn is_bad(line: &str) -> bool {
    line.starts_with("[to do]") || line.starts_with("[damaged]")
}

fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), std::fs::read(&path).unwrap_or_default()))
        .collect()
}

fn healthy() -> Place {
    let place = Place::new();
    std::fs::set_permissions(place.home.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
    place.runs(&["backup"]);
    place
}

#[test]
fn a_healthy_desk_has_nothing_to_do_and_is_not_changed() {
    let place = healthy();
    let before = bytes(place.home.path());
    let (_, lines) = lines(&place);
    let bad: Vec<_> = lines.iter().filter(|line| is_bad(line)).collect();
    assert_eq!(bad, Vec::<&String>::new());
    assert!(lines.len() >= 12, "{lines:#?}");
    assert_eq!(bytes(place.home.path()), before);
}

#[test]
fn the_file_can_be_named_before_and_behind_the_command() {
    let place = healthy();
    let db = crate::place::text_of(&place.db);
    let file = place.file("copy.db");
    let copy = crate::place::text_of(&file);
    for args in [
        &["doctor", "--db", db][..],
        &["--db", db, "doctor"],
        &["backup", copy, "--db", db],
        &["restore", copy, "--yes", "--db", db],
    ] {
        let words = said(&crate::place::program(args));
        assert!(
            words.contains(if args.contains(&"backup") { copy } else { db }),
            "{words}"
        );
    }
}

#[test]
fn it_works_while_others_work() {
    let place = healthy();
    let _session = place.open();
    let (_, lines) = lines(&place);
    assert!(!lines.iter().any(|line| is_bad(line)), "{lines:#?}");
}

type Harm = fn(&Place);

fn sql(place: &Place, text: &str) {
    Connection::open(&place.db)
        .unwrap()
        .execute_batch(text)
        .unwrap();
}

const HARMS: &[(&str, Harm, i32, &str)] = &[
    (
        "a guard is gone",
        |place| sql(place, "DROP TRIGGER change_is_never_deleted"),
        2,
        "change_is_never_deleted",
    ),
    (
        "a line was edited",
        |place| {
            sql(
                place,
                "UPDATE case_row SET caller = 'Somebody' WHERE place = 3",
            )
        },
        1,
        "not what the changes give",
    ),
    (
        "a case is not in the search",
        |place| sql(place, "DELETE FROM find WHERE rowid = 3"),
        1,
        "1 case is not found",
    ),
    (
        "a change was taken out of the middle",
        |place| {
            sql(
                place,
                "DROP TRIGGER change_is_never_deleted;
                 DELETE FROM change WHERE seq = 2",
            );
        },
        2,
        "cannot be read from the changes",
    ),
    (
        "a field nobody knows",
        |place| {
            sql(
                place,
                "DROP TRIGGER change_is_never_altered;
                 UPDATE change SET field = 'horoscope' WHERE field = 'caller'",
            );
        },
        2,
        "cannot be read from the changes",
    ),
    (
        "a link leads nowhere",
        |place| {
            sql(
                place,
                "PRAGMA foreign_keys = OFF;
                 INSERT INTO goods (parcel, item) VALUES (77, 1)",
            );
        },
        2,
        "a link in goods",
    ),
    (
        "a counter is too low",
        |place| {
            sql(
                place,
                "DROP TRIGGER counter_only_grows; UPDATE counter SET n = 3;",
            );
        },
        2,
        "RMA26-00003 < RMA26-00052",
    ),
    (
        "what is kept beside it is gone",
        |place| std::fs::remove_file(place.file("desk.db.kept")).unwrap(),
        1,
        "not kept beside the file",
    ),
    (
        "others may read it",
        |place| {
            std::fs::set_permissions(&place.db, std::fs::Permissions::from_mode(0o644)).unwrap();
        },
        1,
        "chmod",
    ),
    (
        "its owner may not write it",
        |place| {
            std::fs::set_permissions(&place.db, std::fs::Permissions::from_mode(0o400)).unwrap();
        },
        1,
        "chmod u+w",
    ),
    (
        "its owner may not write beside it",
        |place| {
            let folder = place.db.parent().unwrap();
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o500)).unwrap();
        },
        1,
        "chmod u+w",
    ),
    (
        "the backups are gone",
        |place| std::fs::remove_dir_all(place.file("backups")).unwrap(),
        1,
        "There is no backup",
    ),
    (
        "the backup is old",
        |place| {
            for name in place.names("backups") {
                let file = std::fs::File::options()
                    .write(true)
                    .open(place.file("backups").join(name))
                    .unwrap();
                let then = SystemTime::now() - Duration::from_secs(40 * 86_400);
                file.set_modified(then).unwrap();
            }
        },
        1,
        "40 days old",
    ),
    (
        "the backup is damaged",
        |place| {
            for name in place.names("backups") {
                std::fs::write(place.file("backups").join(name), "x").unwrap();
            }
        },
        1,
        "1 backup, and it is not",
    ),
    (
        "a file of terms that cannot be used",
        |place| {
            std::fs::create_dir(place.file("terms")).unwrap();
            std::fs::write(place.file("terms/new.toml"), "from = 1").unwrap();
        },
        1,
        "new.toml",
    ),
];

#[test]
fn whatever_is_wrong_is_named_with_its_exit_status() {
    for (name, harm, status, words) in HARMS {
        let place = healthy();
        harm(&place);
        let (code, lines) = lines(&place);
        let found = lines.iter().find(|line| line.contains(words));
        assert!(found.is_some_and(|line| is_bad(line)), "{name}: {lines:#?}");
        assert_eq!(code, Some(*status), "{name}: {lines:#?}");
    }
}

#[test]
fn the_verdict_is_the_first_line_in_both_languages() {
    let place = healthy();
    for (language, sign) in [("en", "[ok]"), ("zh", "[正常]")] {
        let words = said(&place.run(&["--language", language, "doctor"]));
        let mut lines = words.lines();
        assert!(
            lines
                .next()
                .unwrap()
                .contains(crate::place::text_of(&place.db)),
            "{words}"
        );
        assert!(lines.next().unwrap().starts_with(sign), "{words}");
    }
}
