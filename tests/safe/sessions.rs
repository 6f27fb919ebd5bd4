//! What a person at the screen sees of all this: a backup a day without noticing, and damage in words.

use std::time::{Duration, Instant};

use aftercare::app::caretaker::Caretaker;
use aftercare::app::clock::Moment;
use aftercare::app::desk::Desk;
use aftercare::app::input::Input;
use aftercare::app::{Driver, Ending, Mailbox};
use aftercare::desk::now::Now;
use aftercare::desk::staff::{Role, Staff};
use aftercare::flow::state::State;
use aftercare::store::{Trouble, lock};
use aftercare::ui::i18n::{Language, Words};
use aftercare::ui::theme::Theme;

use crate::place::{CHANGES, Place, names};
use crate::pty::{Home, Program};

const PATIENCE: Duration = Duration::from_secs(30);

/// A home with the desk of a place in it; `None` where no terminal can be opened here.
fn home(place: &Place) -> Option<Home> {
    if let Err(why) = crate::pty::pty_available() {
        crate::pty::skip(&why);
        return None;
    }
    let home = Home::new();
    std::fs::copy(&place.db, home.db()).unwrap();
    Some(home)
}

fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "{what} never came");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_session_makes_the_backup_of_the_day_by_itself() {
    let Some(home) = home(&Place::new()) else {
        return;
    };
    let mut desk = Program::aftercare(&["--today", "2026-11-20"]).start(&home);
    let folder = home.db().parent().unwrap().join("backups");
    let backups = || {
        let names = names(&folder).into_iter();
        names.filter(|name| name.starts_with("desk-20")).count()
    };
    wait_for("the backup", || backups() == 1);
    // A second session on the same day makes none; both end at once.
    let mut second = Program::aftercare(&["--today", "2026-11-20"]).start(&home);
    second.keys("<c-q>");
    desk.keys("<c-q>");
    for desk in [&mut desk, &mut second] {
        let status = desk
            .exited_within(Duration::from_secs(10))
            .expect("it ends");
        assert!(status.success());
    }
    assert_eq!(backups(), 1);
}

#[test]
fn a_throwaway_demo_leaves_nothing() {
    let Some(home) = home(&Place::new()) else {
        return;
    };
    std::fs::remove_file(home.db()).unwrap();
    let temporary = home.path().join("run");
    let mut desk = Program::aftercare(&["demo"])
        .env("TMPDIR", temporary.to_str().unwrap())
        .start(&home);
    assert_eq!(names(&temporary).len(), 1);
    desk.keys("<c-q>");
    desk.exited_within(Duration::from_secs(10))
        .expect("it ends");
    assert_eq!(names(&temporary), Vec::<String>::new());
}

/// A desk that opens, and the number of a case in it that can no longer be read.
fn damaged_inside() -> (Place, String) {
    let place = Place::new();
    let whole = std::fs::read(&place.db).unwrap();
    let numbers: Vec<_> = {
        let opened = place.open();
        let rows = opened.store.view().board().unwrap();
        rows.into_iter()
            .filter_map(|row| Some((row.id, row.number?)))
            .collect()
    };
    for page in 2..crate::damage::last_page(&place.db) {
        std::fs::write(&place.db, &whole).unwrap();
        crate::damage::zero_page(&place.db, page);
        let Ok(opened) = place.try_open() else {
            continue;
        };
        for (id, number) in &numbers {
            let view = opened.store.view();
            let is_found = view.look_up(number).is_ok();
            if is_found && matches!(view.case_file(*id), Err(Trouble::Damaged(_))) {
                return (place, number.clone());
            }
        }
    }
    panic!("no page whose damage shows in a case only");
}

#[test]
fn damage_that_shows_while_working_is_told_with_the_way_out_and_nothing_crashes() {
    let (place, number) = damaged_inside();
    let Some(home) = home(&place) else {
        return;
    };
    let backups = home.db().parent().unwrap().join("backups");
    let whole = Place::new();
    whole.runs(&["backup"]);
    std::fs::create_dir(&backups).unwrap();
    for name in whole.names("backups") {
        std::fs::copy(whole.file("backups").join(&name), backups.join(&name)).unwrap();
    }
    let mut desk = Program::aftercare(&["--today", "2026-11-20"])
        .size(120, 40)
        .start(&home);
    desk.keys(&format!("{number}<enter>"));
    let words = Words::new(Language::English);
    let title = words.say("damaged-title");
    desk.wait_for(title.lines().next().unwrap());
    desk.wait_for("restore");
    desk.keys("<enter>");
    desk.keys("<c-q>");
    let status = desk
        .exited_within(Duration::from_secs(10))
        .expect("it ends");
    assert!(status.success());
}

#[test]
fn the_backup_that_finds_damage_tells_the_session() {
    let (place, _) = damaged_inside();
    let Some(home) = home(&place) else {
        return;
    };
    let mut desk = Program::aftercare(&["--today", "2026-11-20"])
        .size(120, 40)
        .start(&home);
    desk.wait_for("found the desk's file damaged");
    desk.keys("<c-q>");
    desk.exited_within(Duration::from_secs(10))
        .expect("it ends");
}

#[test]
fn a_desk_that_cannot_be_opened_names_the_command_that_brings_it_back() {
    let place = Place::new();
    let Some(home) = home(&place) else {
        return;
    };
    let db = home.db();
    let run =
        |args: &[&str]| crate::place::program(&[&["--db", db.to_str().unwrap()], args].concat());
    assert!(run(&["backup"]).status.success());
    std::fs::write(&db, &std::fs::read(&db).unwrap()[..20_000]).unwrap();
    let mut desk = Program::aftercare(&[]).size(200, 40).spawn(&home);
    let status = desk.exited_within(PATIENCE).expect("it ends");
    assert!(!status.success());
    let said = desk.text();
    assert!(
        said.contains(&format!("aftercare --db {} restore", db.display())),
        "{said}"
    );
}

#[test]
fn a_restore_asks_first_and_no_is_no() {
    let mut place = Place::new();
    let Some(home) = home(&place) else {
        return;
    };
    let file = place.file("kept.db");
    place.runs(&["backup", file.to_str().unwrap()]);
    place.numbers_a_case();
    std::fs::copy(&place.db, home.db()).unwrap();
    let changes = || {
        let conn = rusqlite::Connection::open(home.db()).unwrap();
        let count: i64 = conn
            .query_row("SELECT count(*) FROM change", [], |row| row.get(0))
            .unwrap();
        count
    };
    for (answer, success, left) in [("no", false, CHANGES + 1), ("yes", true, CHANGES)] {
        let mut asked = Program::aftercare(&["restore", file.to_str().unwrap()])
            .size(200, 40)
            .spawn(&home);
        asked.wait_for("(yes/no)");
        asked.keys(&format!("{answer}<enter>"));
        let status = asked.exited_within(PATIENCE).expect("it ends");
        assert_eq!(status.success(), success, "{answer}: {}", asked.text());
        assert_eq!(usize::try_from(changes()), Ok(left), "{answer}");
    }
}

#[test]
fn a_session_that_lives_through_midnight_makes_the_backup_of_the_new_day() {
    let place = Place::new();
    let opened = place.open();
    let began = Moment {
        utc: crate::place::now(),
        at: Instant::now(),
    };
    let moment = |days: i64, seconds: i64| {
        let by = chrono::TimeDelta::days(days) + chrono::TimeDelta::seconds(seconds);
        Moment {
            utc: began.utc + by,
            at: began.at + by.to_std().unwrap(),
        }
    };
    let staff = Staff {
        name: "li".to_string(),
        role: Role::Operator,
    };
    let knowledge = opened.knowledge.clone();
    let now = Now {
        at: began.utc,
        today: knowledge.day(began.utc),
    };
    let zone = knowledge.zone;
    let state = State::new(staff, knowledge, now, 1);
    let words = Words::new(Language::English);
    let theme = Theme::from_environment(|_| None);
    let mailbox = Mailbox::new();
    let knocker = mailbox.knocker();
    let caretaker = Caretaker::new(place.db.clone(), zone, knocker.clone(), |_, _, _| {
        String::new()
    });
    let mut desk = Desk::begin(state, words, opened.store, theme, knocker, began)
        .unwrap()
        .with_caretaker(caretaker);
    let backups = || {
        let names = place.names("backups").into_iter();
        names
            .filter(|name| name.starts_with("desk-20"))
            .collect::<Vec<_>>()
    };
    desk.event(Input::Wake, moment(0, 0));
    assert_eq!(
        backups(),
        Vec::<String>::new(),
        "the first frame comes first"
    );
    desk.event(Input::Wake, moment(0, 2));
    wait_for("the first backup", || backups().len() == 1);
    let making = place.file("backups/making");
    wait_for("its end", || lock::alone(&making, Duration::ZERO).is_ok());
    std::fs::remove_file(place.file("backups").join(&backups()[0])).unwrap();
    desk.event(Input::Wake, moment(0, 90));
    desk.event(Input::Wake, moment(1, 0));
    wait_for("the backup of the new day", || backups().len() == 1);
    desk.ending(&Ending::Quit, moment(1, 1));
}
