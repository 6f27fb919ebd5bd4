//! What is seen of others who work at the same desk.

use aftercare::desk::field::Field;
use aftercare::desk::id::EntityId;
use aftercare::desk::language::Language;
use aftercare::desk::phone::Phone;
use aftercare::desk::value::{Entry, Value};
use aftercare::flow::command::Command;
use aftercare::flow::event::{Event, Present};
use aftercare::flow::state::Overlay;

use crate::memory::Desk;
use crate::support::{SIZES, TODAY, draw, keep};

fn text(text: &str) -> Entry {
    Entry::Known(Value::Text(text.into()))
}

/// A repair with its number, on the screen of the call.
fn a_repair() -> Desk {
    let mut desk = Desk::new(TODAY);
    desk.command(Command::NewCall);
    desk.fill(Field::Phone, "13800000000")
        .fill(Field::Caller, "王小明")
        .fill(Field::Model, "CK-80 HV")
        .fill(Field::SerialNumber, "80H2-7731")
        .fill(Field::Service, "2");
    desk.command(Command::Authorise).command(Command::Intake);
    desk
}

fn id(desk: &Desk) -> EntityId {
    desk.case().record.id()
}

fn others(names: &[&str], at: EntityId) -> Event {
    let at = Some(at);
    Event::Others(
        names
            .iter()
            .map(|who| Present {
                who: (*who).to_string(),
                at,
            })
            .collect(),
    )
}

#[test]
fn who_else_is_in_the_case_stands_in_its_head() {
    let mut desk = a_repair();
    let case = id(&desk);
    desk.event(others(&["li"], case));
    keep("also-here", &mut desk);
    desk.event(others(&["chen", "li", "wang"], case));
    keep("also-here-three", &mut desk);
    let long = "a-very-long-login-name-of-somebody";
    for size in SIZES {
        for language in Language::ALL {
            desk.event(others(&[long, "li", "李雷", "chen"], case));
            let head = draw(&desk.state, language, size).lines[0].clone();
            assert!(
                head.contains("+3") && head.contains("RMA26-00001"),
                "{head}"
            );
            desk.event(others(&[], case));
            let head = draw(&desk.state, language, size).lines[0].clone();
            assert!(!head.contains('+'), "{head}");
        }
    }
}

#[test]
fn cases_others_are_in_are_marked_on_the_board() {
    let mut desk = a_repair();
    let case = id(&desk);
    desk.command(Command::Back).command(Command::NewCall);
    desk.fill(Field::Caller, "Li Na").command(Command::Back);
    desk.command(Command::Down);
    desk.event(others(&["li", "chen"], case));
    keep("board-others", &mut desk);
}

#[test]
fn what_somebody_else_changed_is_told_above_the_keys() {
    let mut desk = a_repair();
    let phone = Entry::Known(Value::Phone(Phone::parse("13911112222").unwrap()));
    let case = id(&desk);
    desk.other_edits(
        "li",
        case,
        &[(Field::Phone, phone), (Field::Wishes, text("soon"))],
    );
    keep("note-theirs", &mut desk);
}

#[test]
fn a_field_that_somebody_else_changes_while_one_types_says_so() {
    let mut desk = a_repair();
    desk.command(Command::First).command(Command::Next);
    desk.types("x");
    let case = id(&desk);
    desk.other_edits("li", case, &[(Field::Caller, text("王晓明"))]);
    keep("overtaken", &mut desk);
}

/// Wang has typed another name over that of the caller, li has saved another one, and wang leaves.
fn asked() -> Desk {
    let mut desk = a_repair();
    desk.command(Command::First).command(Command::Next);
    desk.types("先生");
    let case = id(&desk);
    desk.other_edits("li", case, &[(Field::Caller, text("王晓明"))]);
    desk.command(Command::Next);
    desk
}

#[test]
fn the_same_field_shows_both_values_and_asks() {
    let mut desk = asked();
    assert!(matches!(
        desk.state.overlays.last(),
        Some(Overlay::Conflict(_))
    ));
    keep("conflict", &mut desk);
    for size in [(40, 12), (30, 8)] {
        for language in Language::ALL {
            let picture = draw(&desk.state, language, size);
            assert!(
                picture.says("王晓明") && picture.says("王小明"),
                "{}",
                picture.text()
            );
        }
    }
}

#[test]
fn both_values_stand_in_the_history() {
    let mut desk = asked();
    desk.types("1").command(Command::History);
    keep("history-settled", &mut desk);
}

#[test]
fn what_could_not_be_saved_is_marked_in_its_field() {
    let mut desk = a_repair();
    desk.refuses_to_save = true;
    desk.fill(Field::Fault, "no output").fill(Field::Proof, "1");
    keep("not-saved", &mut desk);
    desk.command(Command::Quit);
    keep("leaving-unsaved", &mut desk);
}

#[test]
fn typing_goes_on_while_the_screen_says_saving() {
    let mut desk = a_repair();
    desk.command(Command::First);
    let steps = ["9", "", "x"];
    for step in steps {
        let event = match step.chars().next() {
            Some(letter) => Event::Edit(tui_textarea::Input {
                key: tui_textarea::Key::Char(letter),
                ..Default::default()
            }),
            None => Event::Command(Command::Next),
        };
        // What it asks the store for is never answered.
        aftercare::flow::step(&mut desk.state, event, desk.now);
    }
    keep("saving", &mut desk);
}
