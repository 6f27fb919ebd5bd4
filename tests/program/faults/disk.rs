//! The disk is full, a quota used up, the file may not be written.

use super::mount::{Mount, may_mount};
use super::seat::{CALLER, PHONE, Seat, is_killed, leaves, limit};
use crate::support::desk::PATIENCE;
use crate::support::file::saved;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

#[test]
fn a_full_disk_is_told_and_what_was_typed_is_saved_when_there_is_room() {
    need_pty!();
    if !may_mount(
        "faults::disk::a_full_disk_is_told_and_what_was_typed_is_saved_when_there_is_room",
    ) {
        return;
    }
    let seat = Seat::new();
    let data = seat.home.path().join("data");
    let disk = Mount::in_memory(&data, 8192);
    let mut desk = seat.logs_a_call();
    let filler = disk.fill(&data);
    desk.keys("CK-80 HV<tab>");
    desk.wait_for("the disk is full");
    desk.wait_for("CK-80 HV");
    desk.wait_for("drafts not kept");
    seat.assert_saved("caller", CALLER);
    assert_eq!(saved(&seat.home.db(), "model"), Vec::<String>::new());
    std::fs::remove_file(filler).unwrap();
    desk.wait_gone("drafts not kept");
    desk.keys("<tab>");
    seat.wait_saved(&mut desk, "model", "CK-80 HV");
    leaves(desk);
    seat.assert_silent();
}

#[test]
fn a_full_disk_for_drafts_alone_is_told_and_fields_are_saved_all_the_same() {
    need_pty!();
    if !may_mount(
        "faults::disk::a_full_disk_for_drafts_alone_is_told_and_fields_are_saved_all_the_same",
    ) {
        return;
    }
    let seat = Seat::new();
    let disk = Mount::in_memory(&seat.drafts(), 64);
    let mut desk = seat.logs_a_call();
    let filler = disk.fill(&seat.drafts());
    desk.keys("CK");
    desk.wait_for("what is half typed is not kept");
    desk.wait_for("drafts not kept");
    desk.keys("-80 HV<tab>");
    seat.wait_saved(&mut desk, "model", "CK-80 HV");
    desk.keys("80H2");
    std::fs::remove_file(filler).unwrap();
    // Nobody has to press a key for that.
    desk.wait_for("kept again");
    desk.wait_gone("drafts not kept");
    seat.wait_kept(&mut desk, "80H2");
    is_killed(desk);
    leaves(seat.comes_back(&[], "80H2"));
    seat.assert_silent();
}

#[test]
fn a_full_disk_for_the_file_alone_keeps_what_was_left_as_a_draft() {
    need_pty!();
    if !may_mount("faults::disk::a_full_disk_for_the_file_alone_keeps_what_was_left_as_a_draft") {
        return;
    }
    let seat = Seat::new();
    let data = seat.home.path().join("data");
    let disk = Mount::in_memory(&data, 8192);
    let _drafts = Mount::in_memory(&seat.drafts(), 256);
    let mut desk = seat.logs_a_call();
    let filler = disk.fill(&data);
    desk.keys("CK-80 HV<tab>");
    desk.wait_for("the disk is full");
    seat.wait_kept(&mut desk, "CK-80 HV");
    is_killed(desk);
    std::fs::remove_file(filler).unwrap();
    seat.assert_saved("phone", PHONE);
    seat.comes_back_and_saves("model", "CK-80 HV");
}

#[test]
fn a_desk_on_a_full_disk_is_opened_or_refused_in_words() {
    need_pty!();
    if !may_mount("faults::disk::a_desk_on_a_full_disk_is_opened_or_refused_in_words") {
        return;
    }
    let seat = Seat::new();
    let data = seat.home.path().join("data");
    let disk = Mount::in_memory(&data, 8192);
    let mut desk = seat.logs_a_call();
    desk.keys("CK-80 半");
    seat.wait_kept(&mut desk, "CK-80 半");
    is_killed(desk);
    let filler = disk.fill(&data);
    let mut desk = seat.sits(&[]);
    if let Some(ended) = desk.exit_status() {
        assert_eq!(ended.exit_code(), 1);
        assert!(seat.said().contains("full"), "{}", seat.said());
        assert!(!seat.said().contains(CALLER) && !seat.said().contains(PHONE));
        std::fs::remove_file(filler).unwrap();
        leaves(seat.comes_back(&[], "CK-80 半"));
    } else {
        // Back where one was, although nothing can be written.
        desk.wait_for("CK-80 半");
        desk.wait_for("drafts not kept");
        std::fs::remove_file(filler).unwrap();
        desk.wait_gone("drafts not kept");
        is_killed(desk);
        leaves(seat.comes_back(&[], "CK-80 半"));
    }
}

#[test]
fn a_file_that_may_not_grow_is_told_and_written_when_it_may() {
    need_pty!();
    let seat = Seat::new();
    let mut desk = seat.logs_a_call();
    limit(&desk, Some(0));
    desk.keys("CK-80 HV<tab>");
    desk.wait_for("Not saved");
    desk.wait_for("CK-80 HV");
    desk.wait_for("drafts not kept");
    seat.assert_saved("caller", CALLER);
    limit(&desk, None);
    desk.wait_gone("drafts not kept");
    desk.keys("<tab>");
    seat.wait_saved(&mut desk, "model", "CK-80 HV");
    leaves(desk);
    seat.assert_silent();
}

#[test]
fn a_file_marked_read_only_while_one_works_is_left_alone_and_told() {
    need_pty!();
    let seat = Seat::new();
    let mut desk = seat.logs_a_call();
    let mode =
        |mode| std::fs::set_permissions(seat.home.db(), Permissions::from_mode(mode)).unwrap();
    mode(0o400);
    desk.keys("CK-80 HV<tab>");
    desk.wait_for("may not be written");
    desk.wait_for("CK-80 HV");
    seat.wait_kept(&mut desk, "CK-80 HV");
    assert_eq!(saved(&seat.home.db(), "model"), Vec::<String>::new());
    mode(0o600);
    desk.keys("<tab>");
    seat.wait_saved(&mut desk, "model", "CK-80 HV");
    leaves(desk);
    seat.assert_silent();
}

#[test]
fn a_disk_that_can_only_be_read_is_refused_in_words_and_left_as_it_was() {
    need_pty!();
    if !may_mount(
        "faults::disk::a_disk_that_can_only_be_read_is_refused_in_words_and_left_as_it_was",
    ) {
        return;
    }
    let seat = Seat::new();
    leaves(seat.logs_a_call());
    let data = seat.home.path().join("data");
    let before = std::fs::read(seat.home.db()).unwrap();
    let disk = Mount::bind(&data, &data);
    disk.read_only();
    let mut desk = seat.sits(&[]);
    let ended = desk.exited_within(PATIENCE).expect("it ends");
    assert_eq!(ended.exit_code(), 1);
    assert_eq!(desk.leftovers(), Vec::<&str>::new());
    assert!(seat.said().contains("can only be read"), "{}", seat.said());
    assert!(
        seat.said().contains("Nothing was changed."),
        "{}",
        seat.said()
    );
    assert_eq!(std::fs::read(seat.home.db()).unwrap(), before);
    drop(disk);
    leaves(seat.sits(&[]));
}

#[test]
fn the_file_of_the_real_program_is_one_with_a_log() {
    need_pty!();
    let seat = Seat::new();
    let desk = seat.logs_a_call();
    is_killed(desk);
    // Bytes 18 and 19 of a SQLite file: 2 stands for the write-ahead log.
    let file = std::fs::read(seat.home.db()).unwrap();
    assert_eq!(file[18..20], [2, 2]);
    let log = seat.home.path().join("data").join("desk.db-wal");
    assert!(
        std::fs::metadata(log).unwrap().len() > 0,
        "what was saved is in the log"
    );
}
