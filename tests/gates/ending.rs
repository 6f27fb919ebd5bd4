//! A session whose person is given another role, or may not work here any more: the real desk with
//! its store, driven without a terminal.

use std::time::{Duration, Instant};

use aftercare::app::clock::Moment;
use aftercare::app::desk::Desk as Driven;
use aftercare::app::input::Input;
use aftercare::app::{Driver, Ending, Flow, Mailbox};
use aftercare::desk::field::Field;
use aftercare::desk::language::Language;
use aftercare::desk::staff::Role;
use aftercare::flow::note::Note;
use aftercare::flow::state::{State, View};
use aftercare::ui::i18n::Words;
use aftercare::ui::theme::Theme;
use aftercare::work::staff::StaffAction;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::session::{CALLER, Desk, Session};

const TODAY: &str = "2026-11-20";

/// One program at the desk.
struct Program {
    desk: Driven,
    _mailbox: Mailbox,
    at: chrono::DateTime<chrono::Utc>,
}

impl Program {
    fn start(session: Session, language: Language) -> Program {
        let (store, staff, knowledge, now) = session.into_parts();
        let mut state = State::new(staff, knowledge, now, 77);
        state.language = language;
        let mailbox = Mailbox::new();
        let moment = Moment {
            utc: now.at,
            at: Instant::now(),
        };
        let words = Words::new(language);
        let knocker = mailbox.knocker();
        let desk = Driven::begin(state, words, store, Theme::COLOURED, knocker, moment).unwrap();
        Program {
            desk,
            _mailbox: mailbox,
            at: now.at,
        }
    }

    fn moment(&self) -> Moment {
        Moment {
            utc: self.at,
            at: Instant::now(),
        }
    }

    fn key(&mut self, code: KeyCode) -> Flow {
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        let moment = self.moment();
        self.desk.event(Input::Key(key), moment)
    }

    fn types(&mut self, text: &str) {
        for character in text.chars() {
            assert_ne!(self.key(KeyCode::Char(character)), Flow::Quit);
        }
    }

    /// What the store tells is taken in until it is so.
    fn hears_until(&mut self, is_so: impl Fn(&State) -> bool) {
        let end = Instant::now() + Duration::from_secs(10);
        while !is_so(self.desk.state()) {
            assert!(Instant::now() < end, "never heard of");
            std::thread::yield_now();
            let moment = self.moment();
            assert_ne!(self.desk.event(Input::Knock, moment), Flow::Quit);
        }
    }

    /// Opens the only call and types what is wrong with the product.
    fn opens_the_call_and_types(&mut self, text: &str) {
        self.types(CALLER[0].1);
        self.key(KeyCode::Enter);
        self.hears_until(|state| matches!(state.view, View::Case(_)));
        for _ in 0..40 {
            let form = self.desk.state().form().unwrap();
            if form.focus.1 == Field::Fault {
                break;
            }
            self.key(KeyCode::Tab);
        }
        self.types(text);
        assert!(self.typed().ends_with(text), "{}", self.typed());
    }

    fn typed(&self) -> String {
        let form = self.desk.state().form();
        form.and_then(|form| form.typed()).unwrap_or_default()
    }

    fn ends(mut self) -> Option<String> {
        let moment = self.moment();
        self.desk.ending(&Ending::Quit, moment);
        self.desk.farewell()
    }
}

#[test]
fn a_disabled_persons_session_ends_at_the_next_key_and_keeps_what_was_half_typed() {
    let mut desk = Desk::on(TODAY);
    desk.sits("li").call(&CALLER);
    let mut program = Program::start(desk.sits("li"), Language::English);
    program.opens_the_call_and_types("no outpu");
    let typed = program.typed();
    desk.staff("li", &StaffAction::Disable);
    program.hears_until(|state| state.dismissed.is_some());
    assert_eq!(program.typed(), typed, "still on the screen");
    assert_eq!(program.key(KeyCode::Char('t')), Flow::Quit);
    assert_eq!(
        program.ends().as_deref(),
        Some("li may not work at this desk any more. What was half typed is kept. Ask wu.")
    );
    // Let in again, they are where they were.
    desk.staff("li", &StaffAction::Enable);
    let again = Program::start(desk.sits("li"), Language::English);
    assert_eq!(again.typed(), typed);
}

#[test]
fn who_acts_before_the_news_comes_is_refused_and_the_session_ends() {
    let mut desk = Desk::on(TODAY);
    desk.sits("li").call(&CALLER);
    let mut program = Program::start(desk.sits("li"), Language::Chinese);
    program.opens_the_call_and_types("no outpu");
    let before = desk.changes();
    desk.staff("li", &StaffAction::Disable);
    // However far the news has come: this is the last thing they do.
    let end = Instant::now() + Duration::from_secs(10);
    let mut flow = program.key(KeyCode::Tab);
    while flow != Flow::Quit {
        assert!(Instant::now() < end, "goes on for ever");
        std::thread::yield_now();
        let moment = program.moment();
        flow = program.desk.event(Input::Knock, moment);
    }
    let farewell = program.ends().unwrap();
    assert!(
        farewell.contains("li") && farewell.contains("请找 wu"),
        "{farewell}"
    );
    let of_cases = |changes: Vec<String>| changes.into_iter().filter(|it| !it.contains("staff"));
    assert!(of_cases(desk.changes()).eq(of_cases(before)));
}

#[test]
fn a_session_takes_on_the_role_its_person_is_given() {
    let mut desk = Desk::on(TODAY);
    let mut program = Program::start(desk.sits("li"), Language::English);
    desk.staff("li", &StaffAction::Role(Role::Viewer));
    program.hears_until(|state| state.staff.role == Role::Viewer);
    assert_eq!(program.desk.state().note, Some(Note::RoleNow(Role::Viewer)));
    assert_ne!(program.key(KeyCode::Char('1')), Flow::Quit);
}

#[test]
fn a_session_that_began_with_an_old_role_learns_the_one_in_the_file() {
    let mut desk = Desk::on(TODAY);
    let mut program = Program::start(desk.session("li", Role::Supervisor), Language::English);
    program.hears_until(|state| state.staff.role == Role::Operator);
}

#[test]
fn the_owners_session_ends_when_staff_are_entered_and_they_are_not() {
    let mut desk = Desk::without_staff(TODAY);
    let mut program = Program::start(desk.session("root", Role::Supervisor), Language::English);
    desk.enters("wu", Role::Supervisor);
    program.hears_until(|state| state.dismissed.is_some());
    assert_eq!(program.key(KeyCode::Char('1')), Flow::Quit);
    assert_eq!(
        program.ends().as_deref(),
        Some("root is not entered at this desk. What was half typed is kept. Ask wu.")
    );
}
