//! The program itself fails: a panic in the desk, in its store, at the very end. The program under test
//! is this file started again inside the pseudo-terminal: the real loop, the real desk, a real store,
//! and a fault that a person brings about by a key or a word.

use super::seat::{CALLER, PHONE, Seat, is_killed, leaves};
use crate::support::desk::PATIENCE;
use crate::support::file::saved;
use crate::support::{Desk as Screen, Program};
use aftercare::app::clock::{Clock, Moment, SystemClock};
use aftercare::app::desk::Desk;
use aftercare::app::input::Input;
use aftercare::app::opening::{self, Place};
use aftercare::app::{Driver, Ending, Flow, Mailbox, run};
use aftercare::desk::field::Field;
use aftercare::desk::language::Language;
use aftercare::desk::now::Now;
use aftercare::desk::record::Record;
use aftercare::desk::staff::{Role, Staff};
use aftercare::flow::state::State;
use aftercare::store::{Around, Projection, Store};
use aftercare::terminal::look::Look;
use aftercare::terminal::{Tty, size, speak_on_panic};
use aftercare::ui::i18n::Words;
use aftercare::ui::theme::Theme;
use aftercare::work::row::CaseRow;
use ratatui::Frame;
use ratatui::crossterm::event::KeyCode;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// Set in the environment: be the program under test, with a fault in this part of it.
const CHILD: &str = "AFTERCARE_TEST_FAULT_IN";
/// The store fails at a product of this name.
const FATAL: &str = "fatal product";

/// The real desk, with a panic behind a key.
struct Faulty {
    desk: Desk,
    part: String,
    struck: bool,
}

impl Driver for Faulty {
    fn event(&mut self, input: Input, now: Moment) -> Flow {
        let strikes = matches!(&input, Input::Key(key) if key.code == KeyCode::F(11));
        let flow = self.desk.event(input, now);
        assert!(!(strikes && self.part == "event"), "secret of {CALLER}");
        self.struck |= strikes;
        if self.struck { Flow::Changed } else { flow }
    }

    fn draw(&self, frame: &mut Frame) {
        self.desk.draw(frame);
        assert!(!(self.struck && self.part == "draw"), "secret of {CALLER}");
    }

    fn wake_at(&self) -> Option<Instant> {
        self.desk.wake_at()
    }

    fn ending(&mut self, why: &Ending, now: Moment) {
        self.desk.ending(why, now);
        assert!(self.part != "ending", "secret of {CALLER}");
    }
}

/// Not a test of its own: the program that the tests below start.
#[test]
fn child_at_the_real_desk() {
    let Ok(part) = std::env::var(CHILD) else {
        return;
    };
    let db = PathBuf::from(std::env::var_os("AFTERCARE_DB").unwrap());
    let opened = opening::open(&Place::of(db.clone()), &SystemClock).unwrap();
    let store = if part == "store" {
        drop(opened.store);
        Store::open(&db, failing(&opened.knowledge)).unwrap()
    } else {
        opened.store
    };
    speak_on_panic(|place| format!("The desk had to close ({place})."));
    let moment = Moment::by(&SystemClock);
    let staff = Staff {
        name: "root".into(),
        role: Role::Supervisor,
    };
    let now = Now {
        at: SystemClock.utc(),
        today: opened.knowledge.day(moment.utc),
    };
    let mut state = State::new(staff, opened.knowledge, now, u64::from(std::process::id()));
    state.size = (size().width, size().height);
    let mailbox = Mailbox::new();
    let words = Words::new(Language::English);
    let knocker = mailbox.knocker();
    let desk = Desk::begin(state, words, store, Theme::COLOURED, knocker, moment).unwrap();
    let mut faulty = Faulty {
        desk,
        part,
        struck: false,
    };
    let ending = run(
        Tty::enter(Look::default()).unwrap(),
        mailbox,
        &SystemClock,
        &mut faulty,
    );
    std::process::exit(i32::from(ending.exit_code()));
}

/// Lines of cases as ever, until the product is the fatal one.
fn failing(knowledge: &Arc<aftercare::work::case::Knowledge>) -> Projection {
    let knowledge = Arc::clone(knowledge);
    Projection::new(1_000_000, move |record: &Record, around: &Around| {
        assert!(
            record.text(Field::Model) != Some(FATAL),
            "secret of {CALLER}"
        );
        CaseRow::of(record, &around.earlier, around.waybills.clone(), &knowledge)
    })
}

/// A call at the desk with a fault in this part, one field half typed and kept.
fn logs_a_call(seat: &Seat, part: &str) -> Screen {
    let this = std::env::current_exe().unwrap();
    let child = [
        "--exact",
        "faults::panics::child_at_the_real_desk",
        "--nocapture",
        "--test-threads=1",
    ];
    let mut desk = Program::at(this, &child).env(CHILD, part).start(&seat.home);
    desk.settle();
    desk.keys(&format!("<c-n>{PHONE}<tab>{CALLER}<tab>"));
    seat.wait_saved(&mut desk, "caller", CALLER);
    desk.keys("CK-80 半");
    desk.wait_for("CK-80 半");
    desk
}

#[test]
fn a_panic_anywhere_in_the_desk_gives_the_terminal_back_and_keeps_what_was_typed() {
    need_pty!();
    for part in ["event", "draw", "ending"] {
        let seat = Seat::new();
        let mut desk = logs_a_call(&seat, part);
        if part == "ending" {
            desk.signal(rustix::process::Signal::TERM);
        } else {
            desk.keys("<f11>");
        }
        let ended = desk
            .exited_within(PATIENCE)
            .unwrap_or_else(|| panic!("{part}: it stays"));
        assert_eq!(ended.exit_code(), 101, "{part}");
        assert_eq!(desk.leftovers(), Vec::<&str>::new(), "{part}");
        let said = desk.text();
        assert!(said.contains("The desk had to close"), "{part}: {said}");
        assert!(
            !said.contains("secret") && !said.contains(CALLER),
            "{part}: {said}"
        );
        seat.assert_saved("phone", PHONE);
        let mut desk = seat.comes_back(&[], "CK-80 半");
        desk.keys("<tab>");
        seat.wait_saved(&mut desk, "model", "CK-80 半");
        leaves(desk);
    }
}

#[test]
fn a_store_that_panics_is_told_and_keeps_what_was_typed() {
    need_pty!();
    let seat = Seat::new();
    let mut desk = logs_a_call(&seat, "store");
    desk.keys(&format!("<c-u>{FATAL}<tab>"));
    desk.wait_for("has ended by a fault");
    // It is still there, the desk can be read, and what is typed on is kept.
    desk.wait_for(FATAL);
    seat.wait_kept(&mut desk, FATAL);
    assert!(desk.exit_status().is_none());
    assert!(!desk.text().contains("secret"), "{}", desk.text());
    seat.assert_saved("caller", CALLER);
    assert_eq!(saved(&seat.home.db(), "model"), Vec::<String>::new());
    is_killed(desk);
    // The real program has no such fault.
    let mut desk = seat.brings_back(FATAL);
    seat.wait_saved(&mut desk, "model", FATAL);
    leaves(desk);
}

#[test]
fn a_store_that_panics_is_told_on_standard_error_without_what_was_typed_when_the_desk_ends() {
    need_pty!();
    let seat = Seat::new();
    let mut desk = logs_a_call(&seat, "store");
    desk.keys(&format!("<c-u>{FATAL}<tab>"));
    desk.wait_for("has ended by a fault");
    desk.signal(rustix::process::Signal::TERM);
    let ended = desk.exited_within(PATIENCE).expect("it ends");
    assert_eq!(ended.exit_code(), 143);
    assert_eq!(desk.leftovers(), Vec::<&str>::new());
    let said = desk.text();
    assert!(said.contains("The desk had to close"), "{said}");
    assert!(!said.contains("secret") && !said.contains(CALLER), "{said}");
    leaves(seat_cleared(&seat));
}

/// Back, with the field that failed.
fn seat_cleared(seat: &Seat) -> Screen {
    let mut desk = seat.brings_back(FATAL);
    desk.keys("<c-u>");
    desk
}
