//! The clock goes back, or jumps.

use super::seat::{CALLER, PHONE, Seat, is_killed, leaves};
use crate::support::desk::PATIENCE;
use crate::support::file::saved;
use std::fs::File;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[test]
fn a_clock_set_back_loses_nothing_and_the_order_of_changes_stays() {
    need_pty!();
    let seat = Seat::new();
    let later = ["--today", "2026-11-22"];
    let mut desk = seat.sits(&later);
    desk.keys(&format!("<c-n>{PHONE}<tab>{CALLER}<tab>CK-80 半"));
    seat.wait_saved(&mut desk, "caller", CALLER);
    seat.wait_kept(&mut desk, "CK-80 半");
    is_killed(desk);
    let earlier = ["--today", "2025-01-03"];
    let mut desk = seat.comes_back(&earlier, "CK-80 半");
    desk.keys("<tab><s-tab><s-tab><c-u>Li Lei<tab>");
    seat.wait_saved(&mut desk, "caller", "Li Lei");
    seat.assert_saved("model", "CK-80 半");
    leaves(desk);
    let conn = rusqlite::Connection::open(seat.home.db()).unwrap();
    let mut list = conn
        .prepare("SELECT value, at FROM change WHERE field = 'caller' ORDER BY seq")
        .unwrap();
    let list = list
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let list: Vec<(String, i64)> = list.map(Result::unwrap).collect();
    assert_eq!((&*list[0].0, &*list[1].0), (CALLER, "Li Lei"));
    assert!(list[1].1 < list[0].1, "each has the time its clock showed");
    // And on a clock that is right again.
    let mut desk = seat.sits(&later);
    desk.wait_for("Li Lei");
    leaves(desk);
    seat.assert_silent();
}

#[test]
fn a_draft_from_the_future_or_from_long_ago_comes_back() {
    need_pty!();
    let year = Duration::from_secs(365 * 24 * 3600);
    for written in [UNIX_EPOCH, SystemTime::now() + 10 * year] {
        let seat = Seat::new();
        let mut desk = seat.logs_a_call();
        desk.keys("CK-80 半");
        seat.wait_kept(&mut desk, "CK-80 半");
        is_killed(desk);
        for (path, ..) in seat.kept() {
            File::options()
                .write(true)
                .open(path)
                .unwrap()
                .set_modified(written)
                .unwrap();
        }
        let mut desk = seat.comes_back(&[], "CK-80 半");
        // What is typed on is kept as ever.
        desk.keys(" HV");
        seat.wait_kept(&mut desk, "CK-80 半 HV");
        is_killed(desk);
        leaves(seat.comes_back(&[], "CK-80 半 HV"));
    }
}

#[test]
fn a_day_set_back_while_one_works_is_followed() {
    need_pty!();
    let seat = Seat::new();
    for (day, caller) in [
        ("2026-11-22", "one"),
        ("2026-03-01", "two"),
        ("2026-11-23", "three"),
    ] {
        let mut desk = seat.sits(&["--today", day]);
        desk.keys(&format!("<c-n>{PHONE}<tab>{caller}<tab>"));
        let db = seat.home.db();
        let came = desk.wait_quietly(PATIENCE, |_| {
            saved(&db, "caller").contains(&caller.to_string())
        });
        assert!(came, "{day}\n{}", desk.text());
        leaves(desk);
    }
    assert_eq!(saved(&seat.home.db(), "caller").len(), 3);
    seat.assert_silent();
}
