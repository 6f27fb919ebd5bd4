//! The file is held by others: for reading, for writing.

use super::seat::{CALLER, GONE_WITHIN, PHONE, Seat, is_killed, leaves};
use rusqlite::Connection;

#[test]
fn whoever_reads_for_long_holds_nobody_up() {
    need_pty!();
    let seat = Seat::new();
    let mut desk = seat.logs_a_call();
    let reader = Connection::open(seat.home.db()).unwrap();
    reader.execute_batch("BEGIN").unwrap();
    let before: i64 = reader
        .query_row("SELECT count(*) FROM change", [], |row| row.get(0))
        .unwrap();
    desk.keys("CK-80 HV<tab>80H2-7731<tab>");
    seat.wait_saved(&mut desk, "model", "CK-80 HV");
    seat.wait_saved(&mut desk, "serial", "80H2-7731");
    assert!(!desk.text().contains("Not saved"), "{}", desk.text());
    // It ends in time though its log cannot be written back.
    leaves(desk);
    let after: i64 = reader
        .query_row("SELECT count(*) FROM change", [], |row| row.get(0))
        .unwrap();
    assert_eq!(after, before, "who reads sees what there was");
    drop(reader);
    let mut desk = seat.sits(&[]);
    desk.wait_for("CK-80 HV");
    leaves(desk);
    seat.assert_silent();
}

#[test]
fn whoever_writes_for_long_is_told_of_and_nothing_typed_is_lost() {
    need_pty!();
    let seat = Seat::new();
    let mut desk = seat.logs_a_call();
    let writer = seat.is_kept_waiting();
    desk.keys("CK-80 HV<tab>");
    desk.wait_for("saving");
    desk.wait_for("Not saved");
    desk.wait_for("CK-80 HV");
    writer.execute_batch("ROLLBACK").unwrap();
    desk.keys("<tab>");
    seat.wait_saved(&mut desk, "model", "CK-80 HV");
    leaves(desk);
    seat.assert_silent();
}

#[test]
fn a_line_lost_while_another_writes_ends_in_time_and_keeps_what_was_left() {
    need_pty!();
    let seat = Seat::new();
    let mut desk = seat.logs_a_call();
    let writer = seat.is_kept_waiting();
    desk.keys("CK-80 HV<tab>");
    desk.wait_for("saving");
    desk.hang_up();
    assert!(desk.exited_within(GONE_WITHIN).is_some(), "it stays");
    writer.execute_batch("ROLLBACK").unwrap();
    drop(writer);
    seat.assert_saved("phone", PHONE);
    seat.assert_saved("caller", CALLER);
    seat.comes_back_and_saves("model", "CK-80 HV");
}

#[test]
fn what_is_typed_on_while_another_writes_is_kept() {
    need_pty!();
    let seat = Seat::new();
    let mut desk = seat.logs_a_call();
    let writer = seat.is_kept_waiting();
    desk.keys("CK-80 HV<tab>80H2-7731");
    desk.wait_for("saving");
    // Told in the end that it could not be saved, with everything still there.
    desk.wait_for("80H2-7731");
    desk.wait_for("CK-80 HV");
    seat.wait_kept(&mut desk, "80H2-7731");
    seat.wait_kept(&mut desk, "CK-80 HV");
    is_killed(desk);
    writer.execute_batch("ROLLBACK").unwrap();
    drop(writer);
    let mut desk = seat.sits(&[]);
    desk.wait_for("80H2-7731");
    desk.keys("<tab>");
    seat.wait_saved(&mut desk, "serial", "80H2-7731");
    seat.wait_saved(&mut desk, "model", "CK-80 HV");
    leaves(desk);
    seat.assert_silent();
}
