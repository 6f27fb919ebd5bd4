//! What is asked of the file and comes late or not at all.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use aftercare::app::clock::Moment;
use aftercare::app::desk::{Behind, Desk as Driven};
use aftercare::app::input::Input;
use aftercare::app::{Driver, Flow};
use aftercare::desk::field::Field;
use aftercare::desk::language::Language;
use aftercare::flow::event::StoreFault;
use aftercare::flow::note::Note;
use aftercare::flow::state::{CaseScreen, State, View};
use aftercare::store::{Answer, Clerk, Draft, Ended, Reply, Request, Token, Trouble};
use aftercare::ui::i18n::Words;
use aftercare::ui::theme::Theme;
use aftercare::work::action::Refusal;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::session::{CALLER, Desk};

const TODAY: &str = "2026-11-20";

/// How a file is today.
#[derive(Clone, Copy, PartialEq)]
enum Today {
    AsEver,
    /// Nothing is answered until it is let go.
    Slow,
    /// Nothing can be read.
    Unreadable,
}

/// A store that can be slow or unreadable, without threads.
struct Moody {
    clerk: Clerk,
    asked: u64,
    replies: VecDeque<Reply<Refusal>>,
    mood: std::rc::Rc<std::cell::Cell<Today>>,
    kept: std::rc::Rc<std::cell::RefCell<Draft>>,
}

impl Behind for Moody {
    fn ask(&mut self, request: Request<Refusal>) -> Result<Token, Ended> {
        self.asked += 1;
        let token = Token(self.asked);
        let is_standing = matches!(request, Request::Standing(_));
        let answer = match self.mood.get() {
            Today::Unreadable if !is_standing => Answer::Failed(Trouble::Busy),
            _ => self.clerk.answer(request).answer,
        };
        self.replies.push_back(Reply { token, answer });
        Ok(token)
    }

    fn reply(&mut self, _: Duration) -> Option<Reply<Refusal>> {
        match self.mood.get() {
            Today::Slow => None,
            _ => self.replies.pop_front(),
        }
    }

    fn keep(&mut self, draft: Draft) {
        *self.kept.borrow_mut() = draft;
    }

    fn forget(&mut self) {}

    fn take_seat(&mut self, _: &str) -> Option<Draft> {
        None
    }

    fn leave_seat(&mut self) {}
}

struct Program {
    desk: Driven,
    mood: std::rc::Rc<std::cell::Cell<Today>>,
    kept: std::rc::Rc<std::cell::RefCell<Draft>>,
    at: chrono::DateTime<chrono::Utc>,
}

impl Program {
    /// A session of li that is restored from a draft, where there is one.
    fn start(desk: &mut Desk, left: Option<Draft>, mood: Today) -> Program {
        let (store, staff, knowledge, now) = desk.sits("li").into_parts();
        let mood = std::rc::Rc::new(std::cell::Cell::new(mood));
        let kept = std::rc::Rc::default();
        let behind = Moody {
            clerk: Clerk::new(store),
            asked: 0,
            replies: VecDeque::new(),
            mood: mood.clone(),
            kept: std::rc::Rc::clone(&kept),
        };
        let moment = Moment {
            utc: now.at,
            at: Instant::now(),
        };
        let state = State::new(staff, knowledge, now, 78);
        let words = Words::new(Language::English);
        let desk = Driven::before(
            Box::new(behind),
            left,
            state,
            words,
            Theme::COLOURED,
            moment,
        );
        Program {
            desk,
            mood,
            kept,
            at: now.at,
        }
    }

    fn state(&self) -> &State {
        self.desk.state()
    }

    fn takes(&mut self, input: Input) {
        let moment = Moment {
            utc: self.at,
            at: Instant::now(),
        };
        assert_ne!(self.desk.event(input, moment), Flow::Quit);
    }

    fn key(&mut self, code: KeyCode) -> &mut Program {
        self.takes(Input::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        self
    }

    fn types(&mut self, text: &str) -> &mut Program {
        for character in text.chars() {
            self.key(KeyCode::Char(character));
        }
        self
    }

    /// The file is so from now on.
    fn is(&mut self, mood: Today) -> &mut Program {
        self.mood.set(mood);
        self.takes(Input::Knock);
        self
    }
}

fn with_a_call() -> Desk {
    let mut desk = Desk::on(TODAY);
    desk.sits("li").call(&CALLER);
    desk
}

#[test]
fn keys_pressed_while_a_case_is_loading_mean_what_they_mean_in_it() {
    let mut desk = with_a_call();
    let mut program = Program::start(&mut desk, None, Today::AsEver);
    program.types(CALLER[0].1);
    program.is(Today::Slow).key(KeyCode::Enter);
    // On the board these would be a search and nothing at all.
    program.key(KeyCode::F(7)).key(KeyCode::Down);
    assert!(matches!(program.state().view, View::Board), "still loading");
    program.is(Today::AsEver);
    let View::Case(open) = &program.state().view else {
        panic!("the case was not opened");
    };
    assert_eq!(open.screen, CaseScreen::History);
    assert_eq!(open.history.cursor, 1);
}

#[test]
fn a_case_that_cannot_be_read_just_now_is_not_said_to_be_gone() {
    let mut desk = with_a_call();
    let mut program = Program::start(&mut desk, None, Today::AsEver);
    program.types(CALLER[0].1);
    program.is(Today::Unreadable).key(KeyCode::Enter);
    assert_eq!(program.state().note, Some(Note::NotRead(StoreFault::Busy)));
    assert!(matches!(program.state().view, View::Board));
    assert_eq!(program.state().board.search.text(), CALLER[0].1);
    program.is(Today::AsEver).key(KeyCode::Enter);
    assert!(matches!(program.state().view, View::Case(_)));
}

#[test]
fn a_search_that_cannot_be_made_is_told() {
    let mut desk = with_a_call();
    let mut program = Program::start(&mut desk, None, Today::AsEver);
    program.is(Today::Unreadable).types("13");
    assert_eq!(program.state().note, Some(Note::NotRead(StoreFault::Busy)));
}

#[test]
fn a_draft_whose_case_cannot_be_read_yet_is_kept_until_it_can() {
    let mut desk = with_a_call();
    let mut program = Program::start(&mut desk, None, Today::AsEver);
    program.types(CALLER[0].1).key(KeyCode::Enter);
    for _ in 0..40 {
        if program.state().form().unwrap().focus.1 != Field::Fault {
            program.key(KeyCode::Tab);
        }
    }
    program.types("no outpu");
    let left = program.kept.borrow().clone();
    drop(program);
    let mut again = Program::start(&mut desk, Some(left.clone()), Today::Unreadable);
    again.key(KeyCode::Down);
    assert!(matches!(again.state().view, View::Board));
    assert_eq!(*again.kept.borrow(), left);
    again.is(Today::AsEver);
    again.types(CALLER[0].1).key(KeyCode::Enter);
    let form = again.state().form().expect("the case is open");
    assert_eq!(form.typed().as_deref(), Some("no outpu"));
}
