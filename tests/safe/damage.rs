//! Damage for real: told in words with the way out of it, never a crash, and the way out works.

use std::fs::OpenOptions;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use aftercare::app::opening::ZONE;
use aftercare::cli::opening;
use aftercare::desk::field::Field;
use aftercare::store::{OpenFault, Trouble};
use aftercare::ui::i18n::{Language, Words};
use rusqlite::Connection;

use crate::place::{CHANGES, Place, at, said, text_of};
use crate::support::Desk;

const PAGE: u64 = 4096;

pub fn last_page(file: &Path) -> u64 {
    std::fs::metadata(file).unwrap().len() / PAGE
}

/// Fills a page with zeros; pages count from 1.
pub fn zero_page(file: &Path, page: u64) {
    write_at(file, (page - 1) * PAGE, &[0; PAGE as usize]);
}

fn write_at(file: &Path, at: u64, bytes: &[u8]) {
    let mut file = OpenOptions::new().write(true).open(file).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(bytes).unwrap();
}

fn cut(file: &Path, length: u64) {
    let file = OpenOptions::new().write(true).open(file).unwrap();
    file.set_len(length).unwrap();
}

type Harm = fn(&Path);

const HARMS: &[(&str, Harm)] = &[
    ("cut to half", |file| cut(file, last_page(file) / 2 * PAGE)),
    ("cut in the middle of a page", |file| {
        cut(file, last_page(file) * PAGE - 1000);
    }),
    ("cut to the first page", |file| cut(file, PAGE)),
    ("cut to a few bytes", |file| cut(file, 60)),
    ("cut to nothing", |file| cut(file, 0)),
    ("the first page is zero", |file| zero_page(file, 1)),
    ("a page in the middle is zero", |file| {
        zero_page(file, last_page(file) / 2);
    }),
    ("the last page is zero", |file| {
        zero_page(file, last_page(file))
    }),
    ("garbage in the head", |file| {
        write_at(file, 0, &[0x5a; 100]);
    }),
    ("garbage behind the head", |file| {
        write_at(file, 100, &[0xff; 1000]);
    }),
    ("the file is gone", |file| {
        std::fs::remove_file(file).unwrap()
    }),
];

/// Why what is in a file was not read.
#[derive(Debug)]
#[allow(dead_code, reason = "told where a test fails")]
enum Unread {
    Opening(OpenFault),
    Reading(Trouble),
}

impl From<Trouble> for Unread {
    fn from(trouble: Trouble) -> Unread {
        Unread::Reading(trouble)
    }
}

/// Reads everything a person can come to see; the first trouble.
fn read_everything(place: &Place) -> Result<(), Unread> {
    let opened = place.try_open().map_err(Unread::Opening)?;
    let view = opened.store.view();
    for row in view.board()?.into_iter().chain(view.closed(0, 1000)?) {
        view.case_file(row.id)?;
        if let Some(number) = row.number {
            view.search(&number, 10)?;
        }
    }
    view.changes_since(0)?;
    Ok(())
}

#[test]
fn every_damage_is_told_and_the_command_that_is_named_brings_the_desk_back() {
    for (name, harm) in HARMS {
        let mut place = Place::new();
        place.runs(&["backup"]);
        let number = place.numbers_a_case();
        assert_eq!(number, "RMA26-00053", "{name}");
        harm(&place.db);
        // Whatever is read, it never panics; and nothing that is damaged is taken for whole.
        let read = read_everything(&place);
        assert!(
            matches!(
                read,
                Ok(())
                    | Err(Unread::Reading(Trouble::Damaged(_))
                        | Unread::Opening(
                            OpenFault::Damaged { .. }
                                | OpenFault::Lost { .. }
                                | OpenFault::NotADesk { .. }
                        ))
            ),
            "{name}: {read:?}"
        );
        let output = place.run(&["doctor"]);
        let words = said(&output);
        let expected = if words.contains("is not a desk's file") {
            1
        } else {
            2
        };
        assert_eq!(output.status.code(), Some(expected), "{name}: {words}");
        let command = words
            .lines()
            .find_map(|line| line.trim().strip_prefix("aftercare "))
            .map_or_else(
                || {
                    let backup = place.names("backups").remove(0);
                    format!(
                        "--db {} restore {}",
                        place.db.display(),
                        place.file("backups").join(backup).display()
                    )
                },
                str::to_string,
            );
        let args: Vec<&str> = command.split(' ').chain(["--yes"]).collect();
        let output = crate::place::program(&args);
        assert!(output.status.success(), "{name}: {}", said(&output));
        read_everything(&place).unwrap();
        assert_eq!(place.open().store.differing().unwrap(), [], "{name}");
        assert_eq!(place.numbers_a_case(), "RMA26-00054", "{name}");
    }
}

#[test]
fn opening_a_damaged_desk_names_the_newest_backup_that_is_whole() {
    let place = Place::new();
    let folder = place.file("backups");
    for day in ["2026-11-19 09:00", "2026-11-20 09:00", "2026-11-21 09:00"] {
        aftercare::store::backup::back_up(&place.db, None, at(day)).unwrap();
    }
    zero_page(&folder.join("desk-2026-11-21-090000.db"), 3);
    cut(&place.db, PAGE * 4);
    let fault = place.try_open().unwrap_err();
    let words = Words::new(Language::English);
    let told = opening::fault(&words, &fault, ZONE);
    let backup = folder.join("desk-2026-11-20-090000.db");
    let db = text_of(&place.db);
    let command = format!("aftercare --db {db} restore {}", text_of(&backup));
    for part in [db, text_of(&backup), &command, "damaged"] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

/// The same instant everywhere: what is told is the clock of the service centre.
#[test]
fn the_newest_change_of_a_backup_is_told_as_the_desks_own_clock_shows_it() {
    let place = Place::new();
    let made = aftercare::store::backup::back_up(&place.db, None, at("2026-11-21 09:00")).unwrap();
    let newest = made.contents.newest.unwrap();
    cut(&place.db, PAGE * 4);
    let words = Words::new(Language::English);
    let fault = place.try_open().unwrap_err();
    for zone in [
        ZONE,
        chrono_tz::America::New_York,
        chrono_tz::Asia::Kathmandu,
    ] {
        let clock = newest.with_timezone(&zone).format("%Y-%m-%d %H:%M");
        let told = format!("newest change {clock})");
        for said in [
            opening::fault(&words, &fault, zone),
            said(&place.run(&["--zone", zone.name(), "doctor"])),
        ] {
            assert!(said.contains(&told), "{told} in {said}");
        }
    }
}

#[test]
fn damage_is_told_in_the_persons_language_with_what_sqlite_said_behind_it() {
    let harms: [(Harm, [&str; 2], &str); 4] = [
        (
            |file| cut(file, PAGE * 4),
            [
                "its structure is broken (SQLite: ",
                "文件结构已损坏（SQLite：",
            ],
            "malformed",
        ),
        (
            |file| zero_page(file, last_page(file) - 3),
            [
                "parts of it do not agree (SQLite: ",
                "各部分内容互相不一致（SQLite：",
            ],
            "",
        ),
        (
            |file| {
                let rows = "UPDATE case_row SET stage = 'elsewhere'";
                let conn = Connection::open(file).unwrap();
                conn.execute_batch(rows).unwrap();
            },
            [
                "a value in it is none of those it can be (stage “elsewhere”)",
                "其中有一个无效的值（stage“elsewhere”）",
            ],
            "",
        ),
        (
            |file| {
                let rows = "ALTER TABLE terms RENAME TO terms_of_old";
                let conn = Connection::open(file).unwrap();
                conn.execute_batch(rows).unwrap();
            },
            [
                "a table or a column it has to have is missing (SQLite: ",
                "缺少应有的表或列（SQLite：",
            ],
            "no such table: terms",
        ),
    ];
    for (harm, told, sqlite) in harms {
        let place = Place::new();
        harm(&place.db);
        for (language, told) in ["en", "zh"].into_iter().zip(told) {
            let each = [&["doctor"] as &[&str], &["backup"], &["export"]].map(|command| {
                let args = [&["--language", language], command].concat();
                said(&place.run(&args))
            });
            let found = each.iter().find(|said| said.contains(told));
            let found = found.unwrap_or_else(|| panic!("{told} in {each:#?}"));
            assert!(found.contains(sqlite), "{sqlite} in {found}");
        }
    }
}

#[test]
fn a_log_of_another_file_is_not_taken_for_the_desks_own() {
    let place = Place::new();
    let mut other = Desk::new();
    other.case(&[(Field::Caller, "Somebody else")]);
    let log = std::fs::read(other.beside("-wal")).unwrap();
    assert!(!log.is_empty());
    let before = std::fs::read(&place.db).unwrap();
    std::fs::write(place.file("desk.db-wal"), &log).unwrap();
    let fault = place.try_open().unwrap_err();
    assert!(matches!(fault, OpenFault::Damaged { .. }), "{fault:?}");
    assert_eq!(std::fs::read(&place.db).unwrap(), before);
    assert_eq!(std::fs::read(place.file("desk.db-wal")).unwrap(), log);
    std::fs::remove_file(place.file("desk.db-wal")).unwrap();
    std::fs::remove_file(place.file("desk.db-shm")).ok();
    assert_eq!(place.changes(), CHANGES);
}

#[test]
fn a_lost_file_is_not_begun_anew_where_numbers_were_given() {
    let place = Place::new();
    for lose in [
        (|file| std::fs::remove_file(file).unwrap()) as Harm,
        |file| std::fs::write(file, "").unwrap(),
    ] {
        lose(&place.db);
        let fault = place.try_open().unwrap_err();
        assert!(matches!(fault, OpenFault::Lost { .. }), "{fault:?}");
    }
    // Whoever means it puts away what tells of the old one.
    std::fs::remove_file(place.file("desk.db.kept")).unwrap();
    assert_eq!(place.changes(), 0);
}

#[test]
fn a_folder_in_the_place_of_the_file_is_told() {
    let place = Place::new();
    std::fs::remove_file(&place.db).unwrap();
    std::fs::create_dir(&place.db).unwrap();
    let fault = place.try_open().unwrap_err();
    assert!(matches!(fault, OpenFault::IsFolder { .. }), "{fault:?}");
    let output = place.run(&["doctor"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
}
