//! The file or its folder goes away under the desk: renamed, deleted, replaced, unmounted.

use super::mount::{Mount, may_mount};
use super::seat::{CALLER, Seat, is_killed, leaves};
use crate::support::file::saved;

const TOLD: &str = "not in its place";

#[test]
fn a_folder_renamed_while_one_works_is_told_and_what_was_typed_is_saved_when_it_is_back() {
    need_pty!();
    let seat = Seat::new();
    let (data, away) = (seat.home.path().join("data"), seat.home.path().join("away"));
    let mut desk = seat.logs_a_call();
    std::fs::rename(&data, &away).unwrap();
    desk.keys("CK-80 HV<tab>");
    desk.wait_for(TOLD);
    desk.wait_for("CK-80 HV");
    desk.wait_for("drafts not kept");
    assert!(!data.exists(), "nothing was made in its place");
    std::fs::rename(&away, &data).unwrap();
    desk.wait_gone("drafts not kept");
    desk.keys("<tab>");
    seat.wait_saved(&mut desk, "model", "CK-80 HV");
    seat.assert_saved("caller", CALLER);
    leaves(desk);
    seat.assert_silent();
}

#[test]
fn a_deleted_file_is_not_written_on_and_it_is_told() {
    need_pty!();
    let seat = Seat::new();
    let mut desk = seat.logs_a_call();
    std::fs::remove_dir_all(seat.home.path().join("data")).unwrap();
    desk.keys("CK-80 HV<tab>");
    desk.wait_for(TOLD);
    desk.wait_for("CK-80 HV");
    desk.wait_for("drafts not kept");
    // What cannot be saved anywhere is given up by hand; it is never dropped by leaving.
    desk.keys("<c-q>");
    desk.wait_for("nothing can be kept");
    leaves(desk);
    seat.assert_silent();
}

#[test]
fn another_file_put_in_its_place_gets_nothing_of_this_desk() {
    need_pty!();
    let seat = Seat::new();
    let mut desk = seat.logs_a_call();
    let (db, away) = (seat.home.db(), seat.home.path().join("data").join("old.db"));
    std::fs::rename(&db, &away).unwrap();
    let other = Seat::new();
    leaves(other.sits(&[]));
    std::fs::copy(other.home.db(), &db).unwrap();
    let before = std::fs::read(&db).unwrap();
    desk.keys("CK-80 HV<tab>");
    desk.wait_for(TOLD);
    assert_eq!(std::fs::read(&db).unwrap(), before);
    std::fs::rename(&away, &db).unwrap();
    desk.keys("<tab>");
    seat.wait_saved(&mut desk, "model", "CK-80 HV");
    leaves(desk);
}

#[test]
fn a_folder_of_drafts_that_was_deleted_is_made_again() {
    need_pty!();
    let seat = Seat::new();
    let mut desk = seat.logs_a_call();
    std::fs::remove_dir_all(seat.drafts()).unwrap();
    desk.keys("CK-80 半");
    seat.wait_kept(&mut desk, "CK-80 半");
    is_killed(desk);
    leaves(seat.comes_back(&[], "CK-80 半"));
    seat.assert_silent();
}

#[test]
fn a_disk_taken_away_is_told_and_what_was_typed_is_saved_when_it_is_back() {
    need_pty!();
    if !may_mount(
        "faults::gone::a_disk_taken_away_is_told_and_what_was_typed_is_saved_when_it_is_back",
    ) {
        return;
    }
    let seat = Seat::new();
    let (data, disk) = (seat.home.path().join("data"), seat.home.path().join("disk"));
    std::fs::create_dir(&disk).unwrap();
    let mounted = Mount::bind(&disk, &data);
    let mut desk = seat.logs_a_call();
    drop(mounted);
    desk.keys("CK-80 HV<tab>");
    desk.wait_for(TOLD);
    desk.wait_for("CK-80 HV");
    assert_eq!(
        std::fs::read_dir(&data).unwrap().count(),
        0,
        "nothing under the disk"
    );
    let _mounted = Mount::bind(&disk, &data);
    desk.keys("<tab>");
    seat.wait_saved(&mut desk, "model", "CK-80 HV");
    assert_eq!(saved(&seat.home.db(), "caller"), [CALLER]);
    leaves(desk);
    seat.assert_silent();
}
