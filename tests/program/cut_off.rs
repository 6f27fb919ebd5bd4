//! Cut off in the middle: killed at every tenth key, hung up under a half-typed field and in the
//! middle of a paste. Nothing that was left is lost, and what was half typed is still there.

use crate::journeys::player::Player;
use crate::journeys::ways::{self, Way};
use std::time::Duration;

/// A process whose terminal is gone ends within this.
const GONE_WITHIN: Duration = Duration::from_secs(2);

/// After how many keys it is killed; with `AFTERCARE_LONG=1` far more often.
fn keys_between_kills() -> usize {
    if crate::support::is_long() { 3 } else { 10 }
}

#[test]
fn a_journey_killed_at_every_tenth_key_ends_as_if_it_had_not_been() {
    need_pty!();
    // Most of the time they wait for what is half typed to be kept: all at the same time.
    std::thread::scope(|scope| {
        let runs = ways::ALL
            .iter()
            .map(|way| (way.0, scope.spawn(|| killed(way))));
        let runs: Vec<_> = runs.collect();
        for (name, run) in runs {
            let kills = run.join().unwrap_or_else(|_| panic!("killed: {name}"));
            println!("{name}: {kills} kills");
            assert!(kills >= 5, "{name} was hardly killed");
        }
    });
}

/// Takes a way in peace, and killed now and then; how often it was killed.
fn killed((name, way): &Way) -> usize {
    let mut in_peace = Player::new();
    way(&mut in_peace);
    let mut killed = Player::new().killed_every(keys_between_kills());
    way(&mut killed);
    let (expected, found) = (in_peace.file(), killed.file());
    assert_eq!(found.everything(), expected.everything(), "{name}");
    killed.kills()
}

#[test]
fn what_is_typed_ahead_of_the_screen_arrives_in_order() {
    need_pty!();
    let mut in_peace = Player::new();
    ways::free_repair(&mut in_peace);
    let mut hurried = Player::new().in_a_hurry();
    ways::free_repair(&mut hurried);
    assert_eq!(hurried.file().everything(), in_peace.file().everything());
}

/// A call with a saved phone and caller, and the model half typed.
fn half_typed() -> Player {
    let mut player = Player::new();
    player.on("2026-11-02");
    player.keys("<c-n>13800001234<tab>王小明<tab>CK-80 半");
    player
}

#[test]
fn a_hang_up_under_a_half_typed_field_keeps_it() {
    need_pty!();
    let mut player = half_typed();
    let before = player.rests();
    player.is_hung_up_within(GONE_WITHIN);
    player.comes_back_to(&before);
    player.file().newest().knows(&[
        ("phone", "13800001234"),
        ("caller", "王小明"),
        ("model", ""),
    ]);
    player.keys("<tab>");
    player.file().newest().knows(&[("model", "CK-80 半")]);
}

#[test]
fn a_hang_up_at_once_loses_no_key() {
    need_pty!();
    let mut player = half_typed();
    let before = player.looks();
    player.is_hung_up_within(GONE_WITHIN);
    player.comes_back_to(&before);
}

#[test]
fn a_hang_up_in_the_middle_of_a_paste_keeps_what_arrived() {
    need_pty!();
    let mut player = half_typed();
    // The end of it never comes; what has arrived is shown after a moment.
    player.desk().send_blindly(b"\x1b[200~ cut");
    player.sees(&["CK-80 半 cut"]);
    let before = player.looks();
    player.is_hung_up_within(GONE_WITHIN);
    player.comes_back_to(&before);
    player.keys("<tab>");
    let facts = [("caller", "王小明"), ("model", "CK-80 半 cut")];
    player.file().newest().knows(&facts);
}

#[test]
fn a_kill_in_goods_that_are_scanned_and_in_a_quote_line_keeps_both() {
    need_pty!();
    let mut player = Player::new();
    player.on("2026-03-02");
    player.keys("<c-n>13800001234<tab>王小明<tab>CK-80 HV<tab>80H2-7731<tab>dead<tab>2");
    player.keys("12025-08-01<tab><f5><scan:SF1234567890123>80H2-77");
    player.is_killed_and_comes_back();
    player.keys("31<enter><f5>1<f5>");
    player.sees(&["Quote"]);
    player.keys("1power st");
    player.is_killed_and_comes_back();
    player.keys("age<tab><tab>80<tab>");
    player
        .file()
        .case("RMA26-00001")
        .lists("line_kind", &["labour"])
        .lists("line_text", &["power stage"])
        .lists("line_price", &["8000"]);
}
