//! Badges and PINs: who they belong to, and what happens to those who guess.

use aftercare::desk::pin::Pin;
use aftercare::desk::staff::{Badge, Role, Staff};
use aftercare::store::identify::{Identity, pin_hash};
use aftercare::work::staff::StaffAction;
use chrono::{DateTime, TimeDelta, Utc};

use crate::staff::does;
use crate::support::Desk;

/// A desk where li has the badge `B-0417` and the PIN 4711, and wang a badge without a PIN.
fn with_badges() -> Desk {
    let mut desk = Desk::new();
    let pin = pin_hash(&Pin::parse("4711").unwrap()).unwrap();
    for (name, badge, pin) in [("li", "B-0417", Some(pin)), ("wang", "B-0418", None)] {
        let add = StaffAction::Add {
            role: Role::Technician,
            key: None,
            badge: Some(Badge::parse(badge).unwrap()),
            pin,
        };
        assert_eq!(does(&mut desk, name, &add), Ok(true));
    }
    desk
}

fn tries(desk: &mut Desk, badge: &str, pin: &str, now: DateTime<Utc>) -> Identity {
    let (badge, pin) = (Badge::parse(badge).unwrap(), Pin::parse(pin).unwrap());
    desk.store.identify(&badge, &pin, now).unwrap()
}

fn li() -> Identity {
    Identity::Known(Staff {
        name: "li".to_string(),
        role: Role::Technician,
    })
}

#[test]
fn a_badge_and_its_pin_name_a_person_and_nothing_else_does() {
    let mut desk = with_badges();
    let now = desk.tick();
    assert_eq!(tries(&mut desk, "b-0417", "4711", now), li());
    assert_eq!(tries(&mut desk, "B-0417", "4712", now), Identity::Wrong);
    assert_eq!(tries(&mut desk, "B-9999", "4711", now), Identity::Wrong);
    // No PIN is set: no PIN is right.
    assert_eq!(tries(&mut desk, "B-0418", "4711", now), Identity::Wrong);
}

#[test]
fn who_may_not_work_any_more_may_not_sit_down_either() {
    let mut desk = with_badges();
    does(&mut desk, "li", &StaffAction::Disable).unwrap();
    let now = desk.tick();
    assert_eq!(tries(&mut desk, "B-0417", "4711", now), Identity::Wrong);
}

#[test]
fn who_guesses_waits_and_starting_the_program_anew_does_not_help() {
    let mut desk = with_badges();
    let now = desk.tick();
    for _ in 0..4 {
        assert_eq!(tries(&mut desk, "B-0417", "0000", now), Identity::Wrong);
    }
    let until = now + TimeDelta::minutes(1);
    let wait = Identity::Wait(DateTime::from_timestamp_millis(until.timestamp_millis()).unwrap());
    assert_eq!(tries(&mut desk, "B-0417", "0000", now), wait);
    let mut desk = desk.reopen();
    assert_eq!(
        tries(&mut desk, "B-0417", "4711", now),
        wait,
        "the right one as well"
    );
    // Others are not kept waiting, and a wait ends.
    assert_eq!(tries(&mut desk, "B-0418", "4711", now), Identity::Wrong);
    assert_eq!(tries(&mut desk, "B-0417", "4711", until), li());
    // Who was right begins to count anew.
    assert_eq!(tries(&mut desk, "B-0417", "0000", until), Identity::Wrong);
}

#[test]
fn a_clock_that_was_wrong_by_days_keeps_nobody_out() {
    let mut desk = with_badges();
    let now = desk.tick();
    let next_week = now + TimeDelta::days(7);
    for _ in 0..5 {
        tries(&mut desk, "B-0417", "0000", next_week);
    }
    assert_eq!(tries(&mut desk, "B-0417", "4711", now), li());
}

#[test]
fn a_pin_is_hashed_with_a_salt_of_its_own() {
    let pin = Pin::parse("4711").unwrap();
    let (one, two) = (pin_hash(&pin).unwrap(), pin_hash(&pin).unwrap());
    assert_ne!(one, two);
    assert!(one.starts_with("$argon2id$") && !one.contains("4711"));
}
