//! What is seen of others who work at the same desk.

use aftercare::desk::field::Field;
use aftercare::desk::id::EntityId;
use aftercare::desk::language::Language;
use aftercare::desk::phone::Phone;
use aftercare::desk::value::{Entry, Value};
use aftercare::flow::command::Command;
use aftercare::flow::event::{Event, Present};

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
