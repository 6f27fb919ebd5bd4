//! A shared bench: locked, and with somebody at work.

use aftercare::desk::staff::{Role, Staff};
use aftercare::flow::bench::{Identified, LockFault, Seat, nobody};
use aftercare::flow::command::Command;
use aftercare::flow::event::Event;
use chrono::TimeDelta;

use crate::memory::Desk;
use crate::support::{TODAY, draw, keep, keep_at};
use aftercare::desk::language::Language;

fn locked() -> Desk {
    let mut desk = Desk::new(TODAY);
    desk.badges = vec![(
        "B-0417",
        "4711",
        Staff {
            name: "li".into(),
            role: Role::Technician,
        },
    )];
    desk.state.staff = nobody();
    desk.state.seat = Seat::locked(None);
    desk
}

#[test]
fn a_locked_bench_asks_who_works() {
    keep("bench-locked", &mut locked());
}

#[test]
fn the_pin_is_not_shown() {
    let mut desk = locked();
    desk.event(Event::Scan("b-0417".into()));
    desk.types("4711");
    keep_at("bench-pin", &mut desk, (80, 24));
    assert!(!draw(&desk.state, Language::English, (80, 24)).says("4711"));
}

#[test]
fn what_was_wrong_is_told_below() {
    let mut desk = locked();
    desk.event(Event::Scan("b-0417".into()));
    desk.types("9999").command(Command::Accept);
    keep_at("bench-wrong", &mut desk, (80, 24));
    let until = desk.now.at + TimeDelta::minutes(2);
    let wait = Identified::No(LockFault::Wait(until));
    desk.event(Event::Identified(wait));
    keep_at("bench-wait", &mut desk, (80, 24));
}

#[test]
fn whoever_sits_there_can_lock_it() {
    let mut desk = locked();
    desk.event(Event::Scan("B-0417".into()));
    desk.event(Event::Scan("4711".into()));
    let picture = draw(&desk.state, Language::English, (80, 24));
    assert!(picture.says("Ctrl-L lock"), "{}", picture.text());
    let own = draw(&Desk::new(TODAY).state, Language::English, (80, 24));
    assert!(!own.says("Ctrl-L"), "{}", own.text());
}

#[test]
fn a_locked_bench_can_be_drawn_at_every_size() {
    let mut desk = locked();
    desk.types(&"\u{1b}[31m名牌".repeat(30));
    for columns in 1..100 {
        for rows in 1..30 {
            draw(&desk.state, Language::English, (columns, rows));
        }
    }
}
