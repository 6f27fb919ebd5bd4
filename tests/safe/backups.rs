//! Backups: whole, private, made while others work, one a day, and kept by a rule.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use aftercare::desk::field::Field;
use aftercare::store::backup::{self, BackupFault, Daily};

use crate::place::{Place, at, names, said, text_of};
use crate::support::{Desk, integrity, projection, text};

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_backup_is_one_whole_private_file_and_says_what_it_is() {
    let place = Place::new();
    let file = place.file("away.db");
    let told = place.runs(&["backup", text_of(&file)]);
    for words in [text_of(&file), "57 cases", "KB", "2026-11-20"] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert_eq!(mode(&file), 0o600);
    assert_eq!(integrity(&file), "ok");
    let beside = place.names("");
    assert!(
        !beside.iter().any(|name| name.contains(".part")),
        "{beside:?}"
    );
    // It is a desk like any other.
    let copy = Place { db: file, ..place };
    assert_eq!(copy.open().store.differing().unwrap(), []);
}

#[test]
fn without_a_file_it_goes_into_the_folder_of_backups() {
    let place = Place::new();
    place.runs(&["backup"]);
    place.runs(&["backup"]);
    let backups = place.names("backups");
    let made: Vec<_> = backups
        .iter()
        .filter(|name| name.starts_with("desk-20"))
        .collect();
    assert_eq!(made.len(), 2, "{backups:?}");
    assert_eq!(mode(&place.file("backups")), 0o700);
}

#[test]
fn a_backup_is_written_over_nothing() {
    let place = Place::new();
    let file = place.file("letter.txt");
    std::fs::write(&file, "Dear customer").unwrap();
    let link = place.file("link.db");
    std::os::unix::fs::symlink(place.file("nowhere"), &link).unwrap();
    for target in [&file, &link, &place.db] {
        let output = place.run(&["backup", text_of(target)]);
        assert_eq!(output.status.code(), Some(1));
        assert!(
            said(&output).contains("exists already"),
            "{}",
            said(&output)
        );
    }
    assert_eq!(std::fs::read(&file).unwrap(), b"Dear customer");
    assert!(!place.file("nowhere").exists());
}

#[test]
fn a_backup_made_while_others_write_has_everything_up_to_then() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "Ann")]);
    let path = desk.path();
    for round in 0..20 {
        let before = desk
            .set(case, Field::Findings, text(&format!("{round} before")))
            .unwrap();
        let target = desk.beside(&format!(".copy-{round}"));
        let made = std::thread::scope(|scope| {
            let making =
                scope.spawn(|| backup::back_up(&path, Some(&target), at("2026-11-22 09:00")));
            for count in 0..10 {
                desk.set(case, Field::Findings, text(&format!("{round} {count}")))
                    .unwrap();
            }
            making.join().unwrap()
        });
        let made = made.unwrap();
        assert!(made.contents.rev >= before.rev, "{made:?}");
        let copy = aftercare::store::Store::open(&target, projection()).unwrap();
        let record = copy.view().record(case).unwrap().unwrap();
        assert_eq!(record.changes().len() as i64, made.contents.changes);
        assert_eq!(copy.differing().unwrap(), []);
    }
}

#[test]
fn of_many_processes_one_makes_the_backup_of_the_day() {
    let place = Place::new();
    let outcomes: Vec<Daily> = std::thread::scope(|scope| {
        let many: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| backup::daily(&place.db, at("2026-11-22 09:00"))))
            .collect();
        many.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let made = outcomes
        .iter()
        .filter(|one| matches!(one, Daily::Made(_)))
        .count();
    let others = outcomes
        .iter()
        .filter(|one| **one == Daily::NotNeeded)
        .count();
    assert_eq!((made, others), (1, 5), "{outcomes:?}");
    assert_eq!(
        backup::daily(&place.db, at("2026-11-22 23:59")),
        Daily::NotNeeded
    );
    let next = backup::daily(&place.db, at("2026-11-23 00:00"));
    assert!(matches!(next, Daily::Made(_)), "{next:?}");
}

#[test]
fn a_desk_nobody_has_worked_at_needs_no_backup() {
    let desk = Desk::new();
    assert_eq!(
        backup::daily(&desk.path(), at("2026-11-22 09:00")),
        Daily::NotNeeded
    );
}

#[test]
fn old_backups_go_by_the_rule_and_other_files_stay() {
    let place = Place::new();
    let folder = place.file("backups");
    std::fs::create_dir(&folder).unwrap();
    let others = [
        "before-schema-2-2020-01-01-120000.db",
        "desk-2020.db",
        "letter.txt",
    ];
    for name in others {
        std::fs::write(folder.join(name), "x").unwrap();
    }
    for day in 1..=20 {
        std::fs::write(folder.join(format!("desk-2026-11-{day:02}-120000.db")), "x").unwrap();
    }
    let made = backup::daily(&place.db, at("2026-11-22 09:00"));
    assert!(matches!(made, Daily::Made(_)), "{made:?}");
    let kept: Vec<String> = names(&folder)
        .into_iter()
        .filter_map(|name| Some(name.strip_prefix("desk-2026-11-")?.get(..2)?.to_string()))
        .collect();
    // 2026-11-22 is a Sunday: of its week and the two days before it seven days, of each earlier week one.
    assert_eq!(kept, ["01", "08", "15", "16", "17", "18", "19", "20", "22"]);
    for name in others {
        assert!(folder.join(name).exists(), "{name}");
    }
}

#[test]
fn damage_is_found_by_the_backup_and_the_old_ones_stay() {
    let place = Place::new();
    backup::back_up(&place.db, None, at("2026-11-01 09:00")).unwrap();
    for day in 2..=20 {
        std::fs::copy(
            place.file("backups/desk-2026-11-01-090000.db"),
            place.file(&format!("backups/desk-2026-11-{day:02}-090000.db")),
        )
        .unwrap();
    }
    let before = place.names("backups");
    crate::damage::zero_page(&place.db, crate::damage::last_page(&place.db));
    let told = backup::daily(&place.db, at("2026-11-22 09:00"));
    assert!(
        matches!(told, Daily::Failed(BackupFault::Damaged { .. })),
        "{told:?}"
    );
    assert_eq!(place.names("backups"), before);
    let output = place.run(&["backup"]);
    assert_eq!(output.status.code(), Some(1));
    let words = said(&output);
    assert!(words.contains("desk-2026-11-20-090000.db"), "{words}");
    assert!(words.contains("restore"), "{words}");
    assert_eq!(place.names("backups"), before);
}

#[test]
fn what_killed_ones_left_in_the_folder_is_cleared_away() {
    let place = Place::new();
    std::fs::create_dir(place.file("backups")).unwrap();
    std::fs::write(
        place.file("backups/.desk-2026-11-20-090000.db.77.part"),
        "x",
    )
    .unwrap();
    place.runs(&["backup"]);
    let left = place.names("backups");
    assert!(!left.iter().any(|name| name.ends_with(".part")), "{left:?}");
}

#[test]
fn what_cannot_be_written_is_told_and_leaves_nothing() {
    let place = Place::new();
    let before = place.names("");
    for target in ["missing/desk.db", "."] {
        let output = place.run(&["backup", text_of(&place.file(target))]);
        assert_eq!(output.status.code(), Some(1), "{target}: {}", said(&output));
    }
    assert_eq!(place.names(""), before);
}

/// A disk of one megabyte, where this machine lets us have one.
#[test]
fn a_full_disk_leaves_no_half_backup() {
    let place = Place::new();
    let disk = place.file("disk");
    std::fs::create_dir(&disk).unwrap();
    let mount = |args: &[&str]| {
        std::process::Command::new("mount")
            .args(args)
            .output()
            .is_ok_and(|it| it.status.success())
    };
    if !mount(&["-t", "tmpfs", "-o", "size=256k", "none", text_of(&disk)]) {
        crate::pty::skip("no small disk can be mounted here");
        return;
    }
    let output = place.run(&["backup", text_of(&disk.join("copy.db"))]);
    let left = names(&disk);
    let unmounted = std::process::Command::new("umount").arg(&disk).output();
    assert!(unmounted.is_ok_and(|it| it.status.success()));
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("no room"), "{}", said(&output));
    assert_eq!(left, Vec::<String>::new());
}
