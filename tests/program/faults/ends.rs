//! The line is lost, the process told to end or killed: half typed, in the middle of a paste, of an
//! escape sequence, of a character, and two at once.

use super::seat::{CALLER, GONE_WITHIN, PHONE, Seat, is_killed, leaves};
use crate::support::Desk;
use crate::support::desk::PATIENCE;
use crate::support::file::saved;
use aftercare::flow::editor::LONG_LIMIT;
use aftercare::store::keeper::PACE;
use rustix::process::Signal;
use std::time::{Duration, Instant};

/// How a session is struck.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Blow {
    /// The terminal is closed.
    Closed,
    /// A signal.
    Sent(Signal),
}

/// Every blow with the exit status as a shell reads it; none where the process cannot answer.
const BLOWS: [(Blow, Option<u32>); 6] = [
    (Blow::Closed, Some(129)),
    (Blow::Sent(Signal::HUP), Some(129)),
    (Blow::Sent(Signal::INT), Some(130)),
    (Blow::Sent(Signal::QUIT), Some(131)),
    (Blow::Sent(Signal::TERM), Some(143)),
    (Blow::Sent(Signal::KILL), None),
];

fn strike(desk: &mut Desk, blow: Blow) -> Option<u32> {
    match blow {
        Blow::Closed => desk.hang_up(),
        Blow::Sent(signal) => desk.signal(signal),
    }
    let ended = desk.exited_within(GONE_WITHIN);
    let ended = ended.unwrap_or_else(|| panic!("{blow:?}: it stays"));
    if matches!(blow, Blow::Sent(signal) if signal != Signal::KILL) {
        assert_eq!(desk.leftovers(), Vec::<&str>::new(), "{blow:?}");
    }
    ended.signal().is_none().then(|| ended.exit_code())
}

#[test]
fn whatever_ends_a_session_what_was_left_is_saved_and_what_was_half_typed_is_kept() {
    need_pty!();
    std::thread::scope(|scope| {
        for (blow, status) in BLOWS {
            scope.spawn(move || {
                let seat = Seat::new();
                let mut desk = seat.logs_a_call();
                desk.keys("CK-80 半");
                desk.wait_for("CK-80 半");
                if status.is_none() {
                    seat.wait_kept(&mut desk, "CK-80 半");
                }
                assert_eq!(strike(&mut desk, blow), status, "{blow:?}");
                seat.assert_saved("phone", PHONE);
                seat.assert_saved("caller", CALLER);
                let mut desk = seat.comes_back(&[], "CK-80 半");
                desk.keys("<tab>");
                seat.wait_saved(&mut desk, "model", "CK-80 半");
                leaves(desk);
                seat.assert_silent();
            });
        }
    });
}

#[test]
fn of_what_is_typed_without_a_pause_a_kill_takes_the_last_second_at_most() {
    need_pty!();
    let seat = Seat::new();
    let mut desk = seat.logs_a_call();
    let mut seen: Vec<Instant> = Vec::new();
    let mut typed = String::new();
    while seen.first().is_none_or(|first| first.elapsed() < 3 * PACE) {
        let key = char::from(b'a' + u8::try_from(typed.len() % 26).unwrap());
        typed.push(key);
        desk.keys(&key.to_string());
        // The end of it: a long value is shown around the caret.
        let tail = typed[typed.len().saturating_sub(8)..].to_string();
        desk.wait_for(&tail);
        seen.push(Instant::now());
        desk.wait_quietly(Duration::from_millis(40), |_| false);
    }
    desk.signal(Signal::KILL);
    let killed = Instant::now();
    assert!(desk.exited_within(PATIENCE).is_some());
    let mut desk = seat.sits(&[]);
    desk.wait_for("what you had typed was kept");
    desk.keys("<tab>");
    let db = seat.home.db();
    assert!(desk.wait_quietly(PATIENCE, |_| !saved(&db, "model").is_empty()));
    let kept = saved(&db, "model").remove(0);
    assert!(typed.starts_with(&kept), "{kept} of {typed}");
    // A busy machine may be late by as much again.
    let old = seen.iter().filter(|at| killed - **at > 2 * PACE).count();
    assert!(old > 5, "typed too little to tell");
    assert!(
        kept.len() >= old,
        "{} of {} kept, {old} were older",
        kept.len(),
        typed.len()
    );
}

#[test]
fn a_terminal_closed_in_the_middle_of_anything_keeps_what_was_whole_and_types_nothing_else() {
    need_pty!();
    // What comes last, and how much of it may have become text.
    let unfinished: [(&[u8], &str); 9] = [
        (b"\x1b", ""),
        (b"\x1b[", ""),
        (b"\x1b[1;", ""),
        (b"\x1bO", ""),
        (b"\x1b]52;c;", ""),
        (b"\xe7\x8e", ""),
        (b"\x1b[200~ cut", " cut"),
        (b"\x1b[200~ \xe7\x8e\x8b\xe7\x8e", " 王"),
        (b"\x1b[200~ cut\x1b[201", " cut"),
    ];
    std::thread::scope(|scope| {
        for (bytes, text) in unfinished {
            scope.spawn(move || {
                let seat = Seat::new();
                let mut desk = seat.logs_a_call();
                desk.keys("CK-80");
                desk.wait_for("CK-80");
                desk.send_blindly(bytes);
                assert_eq!(strike(&mut desk, Blow::Closed), Some(129));
                let mut desk = seat.comes_back(&[], "CK-80");
                desk.keys("<tab>");
                let db = seat.home.db();
                assert!(desk.wait_quietly(PATIENCE, |_| !saved(&db, "model").is_empty()));
                let model = saved(&db, "model").remove(0);
                // What the line had not carried yet is lost with the line.
                let whole = format!("CK-80{text}");
                let rest = model.trim_end_matches('\u{fffd}');
                assert!(
                    rest.starts_with("CK-80") && whole.starts_with(rest),
                    "{bytes:?}: {model}"
                );
                seat.assert_silent();
            });
        }
    });
}

#[test]
fn a_megabyte_cut_off_in_its_middle_keeps_as_much_as_the_field_holds() {
    need_pty!();
    for blow in [Blow::Closed, Blow::Sent(Signal::TERM)] {
        let seat = Seat::new();
        let mut desk = seat.logs_a_call();
        // Model, serial number, then the fault, which takes long text.
        desk.keys("<tab><tab>");
        desk.send(b"\x1b[200~");
        desk.send("漢".repeat((1 << 20) / 3).as_bytes());
        strike(&mut desk, blow);
        let mut desk = seat.comes_back(&[], "漢漢漢");
        desk.keys("<tab>");
        let db = seat.home.db();
        assert!(desk.wait_quietly(PATIENCE, |_| !saved(&db, "fault").is_empty()));
        let fault = saved(&db, "fault").remove(0);
        assert!(fault.chars().all(|c| c == '漢'));
        assert_eq!(fault.chars().count(), LONG_LIMIT);
        seat.assert_saved("caller", CALLER);
        seat.assert_silent();
    }
}

#[test]
fn two_sessions_of_one_person_killed_at_once_both_come_back() {
    need_pty!();
    let seat = Seat::new();
    let mut first = seat.logs_a_call();
    first.keys("CK-80 one");
    seat.wait_kept(&mut first, "CK-80 one");
    let mut second = seat.sits(&[]);
    second.keys("<c-n>13911112222<tab>second caller");
    seat.wait_kept(&mut second, "second caller");
    first.signal(Signal::KILL);
    second.signal(Signal::KILL);
    assert!(first.exited_within(PATIENCE).is_some() && second.exited_within(PATIENCE).is_some());
    // The one that was written last first; the other for who sits down beside, or for the next time.
    let newest = seat.comes_back(&[], "second caller");
    let older = seat.comes_back(&[], "CK-80 one");
    is_killed(newest);
    is_killed(older);
    let back = seat.sits(&[]);
    let showed = back.text();
    leaves(back);
    let other = match showed.contains("second caller") {
        true => "CK-80 one",
        false => "second caller",
    };
    leaves(seat.comes_back(&[], other));
    assert_eq!(saved(&seat.home.db(), "phone"), [PHONE, "13911112222"]);
    seat.assert_silent();
}
