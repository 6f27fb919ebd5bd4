//! A shared bench: who works now, what a lock hides, and what it keeps.

mod memory;
mod support;

use aftercare::desk::field::Field;
use aftercare::desk::staff::{Role, Staff};
use aftercare::flow::bench::{Asks, LockFault, Seat, nobody};
use aftercare::flow::command::Command;
use aftercare::flow::event::Event;
use aftercare::flow::note::{Kept, Note};
use aftercare::flow::state::{Context, View};
use memory::Desk;

fn staff(name: &str, role: Role) -> Staff {
    Staff {
        name: name.to_string(),
        role,
    }
}

/// A locked bench with two people who have badges.
fn a_bench() -> Desk {
    let mut desk = Desk::new("2026-11-22");
    desk.badges = vec![
        ("B-LI", "4711", staff("li", Role::Technician)),
        ("B-WANG", "9004", staff("wang", Role::Operator)),
    ];
    desk.state.staff = nobody();
    desk.state.seat = Seat::locked(None);
    desk
}

fn scan(desk: &mut Desk, text: &str) {
    desk.event(Event::Scan(text.to_string()));
}

fn sits(desk: &mut Desk, badge: &str, pin: &str) {
    scan(desk, badge);
    desk.types(pin).command(Command::Accept);
}

fn fault(desk: &Desk) -> Option<&LockFault> {
    match &desk.state.seat {
        Seat::Locked(lock) => lock.fault.as_ref(),
        Seat::Own | Seat::Bench => None,
    }
}

#[test]
fn a_badge_and_its_pin_say_who_works() {
    let mut desk = a_bench();
    sits(&mut desk, "b-li", "4711");
    assert_eq!(desk.state.staff, staff("li", Role::Technician));
    assert_eq!(desk.context(), Context::Board);
}

#[test]
fn the_badge_can_be_typed_and_the_pin_can_come_from_a_keypad_as_fast_as_a_scan() {
    let mut desk = a_bench();
    desk.types("B-WANG").command(Command::Accept);
    scan(&mut desk, "9004");
    assert_eq!(desk.state.staff.name, "wang");
}

#[test]
fn a_wrong_pin_and_an_unknown_badge_read_the_same_and_ask_for_the_badge_again() {
    for (badge, pin) in [("B-LI", "9004"), ("B-NOBODY", "4711")] {
        let mut desk = a_bench();
        sits(&mut desk, badge, pin);
        assert_eq!(fault(&desk), Some(&LockFault::Wrong), "{badge} {pin}");
        assert_eq!(desk.state.staff, nobody());
        sits(&mut desk, "B-LI", "4711");
        assert_eq!(desk.state.staff.name, "li");
    }
}

#[test]
fn what_can_be_no_badge_or_no_pin_is_told_before_anything_is_looked_up() {
    let mut desk = a_bench();
    scan(&mut desk, "名");
    assert_eq!(fault(&desk), Some(&LockFault::NoBadge));
    sits(&mut desk, "B-LI", "12");
    assert_eq!(fault(&desk), Some(&LockFault::NoPin));
    desk.types("4711").command(Command::Accept);
    assert_eq!(desk.state.staff.name, "li");
}

#[test]
fn a_second_badge_takes_the_place_of_the_first() {
    let mut desk = a_bench();
    scan(&mut desk, "B-LI");
    scan(&mut desk, "B-WANG");
    desk.types("9004").command(Command::Accept);
    assert_eq!(desk.state.staff.name, "wang");
}

#[test]
fn a_locked_bench_does_nothing_but_ask() {
    let mut desk = a_bench();
    for command in Command::ALL {
        if !matches!(command, Command::Quit | Command::Language) {
            desk.command(*command);
        }
    }
    desk.event(Event::Palette(vec![(Command::NewCall, "New call".into())]));
    assert_eq!(desk.context(), Context::Locked);
    assert!(desk.records.is_empty() && desk.state.overlays.is_empty());
    assert!(matches!(
        &desk.state.seat,
        Seat::Locked(lock) if matches!(lock.asks, Asks::Badge(_))
    ));
}

#[test]
fn locking_saves_the_field_and_hides_every_case() {
    let mut desk = a_bench();
    sits(&mut desk, "B-WANG", "9004");
    desk.command(Command::NewCall).types("13800000000");
    desk.command(Command::Lock);
    assert_eq!(desk.context(), Context::Locked);
    assert_eq!(
        desk.only_case().phone(Field::Phone).unwrap().digits(),
        "13800000000"
    );
    assert!(matches!(desk.state.view, View::Board));
    assert!(desk.state.board.rows.is_empty() && desk.state.staff == nobody());
}

#[test]
fn what_lies_idle_locks_and_what_was_half_typed_waits_for_its_own_person() {
    let mut desk = a_bench();
    sits(&mut desk, "B-WANG", "9004");
    desk.command(Command::NewCall).types("1380000");
    desk.event(Event::Idle);
    assert_eq!(desk.context(), Context::Locked);

    sits(&mut desk, "B-LI", "4711");
    assert_eq!(desk.context(), Context::Board);
    desk.command(Command::Lock);

    sits(&mut desk, "B-WANG", "9004");
    let kept = Kept {
        field: Some(Field::Phone),
        fields: 0,
    };
    assert_eq!(desk.state.note, Some(Note::Restored(kept)));
    assert_eq!(desk.focus(), Some(Field::Phone));
    let typed = desk.state.form().and_then(|form| form.typed());
    assert_eq!(typed.as_deref(), Some("1380000"));
}

#[test]
fn each_change_bears_the_name_of_whoever_sat_there() {
    let mut desk = a_bench();
    sits(&mut desk, "B-WANG", "9004");
    desk.command(Command::NewCall).types("13800000000");
    desk.command(Command::Next).command(Command::Lock);
    let id = desk.only_case().id();
    sits(&mut desk, "B-LI", "4711");
    let opened = aftercare::flow::event::Effect::LoadCase(id);
    for event in desk.answer(opened) {
        desk.event(event);
    }
    desk.fill(Field::Model, "CK-80 HV");
    let who = |field| desk.only_case().fact(field).unwrap().who.clone();
    assert_eq!(who(Field::Phone), "wang");
    assert_eq!(who(Field::Model), "li");
}

#[test]
fn a_session_of_one_person_is_not_locked() {
    let mut desk = Desk::new("2026-11-22");
    desk.event(Event::Idle);
    desk.command(Command::Lock);
    assert_eq!(desk.state.note, Some(Note::Unavailable("no-bench")));
    assert_eq!(desk.context(), Context::Board);
}

mod real {
    //! The same through the real program in a real terminal.

    use super::support::{self, Desk, Home};
    use std::io::Write;
    use std::process::{Command, Stdio};

    /// A desk file with two people who have badges and PINs, and the arguments of its bench.
    fn bench(home: &Home) -> Vec<String> {
        for (name, role, badge, pin) in [
            ("zhao", "technician", "B-0417", "471100"),
            ("wang", "operator", "B-0418", "900400"),
        ] {
            home.enter(name, role);
            let set = home.aftercare(&["staff", "badge", name, badge]);
            assert!(set.status.success(), "{set:?}");
            let mut set = Command::new(env!("CARGO_BIN_EXE_aftercare"))
                .args(["staff", "pin", name])
                .env_clear()
                .envs(home.environment())
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .spawn()
                .unwrap();
            writeln!(set.stdin.take().unwrap(), "{pin}").unwrap();
            assert!(set.wait().unwrap().success());
        }
        let db = home.db().display().to_string();
        ["--bench", "--db", &db].map(str::to_owned).to_vec()
    }

    fn start(home: &Home, arguments: &[String]) -> Desk {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        Desk::start(home, &arguments, 80, 24, &[])
    }

    #[test]
    fn two_people_take_turns_at_one_terminal() {
        crate::need_pty!();
        let home = Home::new();
        let mut desk = start(&home, &bench(&home));
        desk.wait_for("Who works here now?");
        desk.keys("<scan:b-0418>");
        desk.wait_for("B-0418");
        desk.keys("900400<enter>");
        desk.wait_for("wang  en");
        desk.keys("<c-n>13800000000<tab>Half");
        desk.wait_for("Half");
        desk.keys("<c-l>");
        desk.wait_for("Who works here now?");
        desk.wait_gone("138 0000");

        desk.keys("<scan:B-0417>471100<enter>");
        desk.wait_for("zhao  en");
        desk.wait_for("Half");
        desk.keys("<c-q>");
        assert!(desk.exited_within(support::desk::PATIENCE).is_some());
        assert_eq!(desk.leftovers(), Vec::<&str>::new());
    }

    #[test]
    fn a_bench_that_is_killed_gives_the_draft_to_its_own_person_only() {
        crate::need_pty!();
        let home = Home::new();
        let arguments = bench(&home);
        let mut desk = start(&home, &arguments);
        desk.keys("<scan:B-0418>900400<enter>");
        desk.wait_for("wang  en");
        desk.keys("<c-n>1380000");
        desk.wait_for_draft(&home, "1380000");
        desk.kill();

        let mut desk = start(&home, &arguments);
        desk.keys("<scan:B-0417>471100<enter>");
        desk.wait_for("zhao  en");
        assert!(!desk.text().contains("1380000"), "{}", desk.text());
        desk.keys("<c-l><scan:B-0418>900400<enter>");
        desk.wait_for("1380000");
        desk.wait_for("wang  en");
    }

    #[test]
    fn a_bench_without_badges_and_a_command_at_a_bench_are_refused_in_a_line() {
        let home = Home::new();
        let none = home.aftercare(&["--bench"]);
        assert_eq!(none.status.code(), Some(1), "no terminal: {none:?}");
        let arguments = bench(&home);
        let asked = Command::new(env!("CARGO_BIN_EXE_aftercare"))
            .args(&arguments)
            .env_clear()
            .envs(home.environment())
            .env("SSH_ORIGINAL_COMMAND", "export")
            .output()
            .unwrap();
        assert_eq!(asked.status.code(), Some(2));
        assert!(asked.stdout.is_empty());
        assert_eq!(String::from_utf8_lossy(&asked.stderr).lines().count(), 1);
        let both = home.aftercare(&["--bench", "--staff", "wang"]);
        assert_eq!(both.status.code(), Some(2));
        let said = String::from_utf8_lossy(&both.stderr).into_owned();
        assert!(
            said.contains("--bench") && said.contains("--staff"),
            "{said}"
        );
    }
}
