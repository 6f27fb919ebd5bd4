//! A unit that is open in two cases: what is said, what is asked, what is shown before cases are joined.

use aftercare::desk::field::Field;
use aftercare::desk::language::Language;
use aftercare::flow::command::Command;
use aftercare::flow::confirm::About;
use aftercare::flow::note::Note;
use aftercare::flow::state::{CaseScreen, Context, Overlay, OverlayKind};
use aftercare::work::action::Refusal;
use aftercare::work::join::Bar;

use crate::memory::Desk;
use crate::support::{TODAY, draw, keep, keep_at};

/// A call about a repair of this unit, up to its number.
fn call(desk: &mut Desk, phone: &str, serial: &str) {
    desk.command(Command::NewCall);
    desk.fill(Field::Phone, phone)
        .fill(Field::Caller, "王小明")
        .fill(Field::Model, "CK-80 HV")
        .fill(Field::SerialNumber, serial)
        .fill(Field::Service, "2");
}

/// One case that waits for its parcel, and a second call about the same unit.
fn twice() -> Desk {
    let mut desk = Desk::new(TODAY);
    call(&mut desk, "13800000000", "80H2-7731");
    desk.command(Command::Authorise).command(Command::Back);
    call(&mut desk, "13900000000", "80h27731");
    desk
}

fn about(desk: &Desk) -> Option<&About> {
    match desk.state.overlays.last() {
        Some(Overlay::Confirm(confirm)) => Some(&confirm.about),
        _ => None,
    }
}

#[test]
fn where_a_unit_is_open_is_said_as_soon_as_its_number_is_typed() {
    let mut desk = Desk::new(TODAY);
    call(&mut desk, "13800000000", "80H2-7731");
    desk.command(Command::Authorise).command(Command::Back);
    desk.command(Command::NewCall);
    desk.fill(Field::SerialNumber, "80h27731");
    assert!(
        matches!(&desk.state.note, Some(Note::AlsoOpen(others)) if others.len() == 1),
        "{:?}",
        desk.state.note
    );
    keep_at("also-open", &mut desk, (80, 24));
}

#[test]
fn authorising_asks_and_escape_goes_back() {
    let mut desk = twice();
    desk.command(Command::Authorise);
    assert!(matches!(about(&desk), Some(About::OpenElsewhere(_))));
    assert_eq!(desk.context(), Context::Overlay(OverlayKind::List));
    keep("confirm-open-elsewhere", &mut desk);
    keep_at("confirm-open-elsewhere", &mut desk, (40, 12));
    desk.command(Command::Back);
    assert_eq!(desk.case().record.text(Field::Number), None);
    // The first way on looks at the other case, the second is a case of its own.
    desk.command(Command::Authorise).command(Command::Accept);
    assert!(desk.case().record.text(Field::Number).is_some());
    let mut desk = twice();
    desk.command(Command::Authorise).types("2");
    assert!(desk.case().record.text(Field::Number).is_some());
    let beside = desk.case().record.items_with(Field::BesideCase);
    assert_eq!(beside.len(), 1);
}

/// The second call of [`twice`], asked which case is the right one, and answered.
fn asked_for(desk: &mut Desk, typed: &str) {
    desk.command(Command::Join);
    assert_eq!(desk.context(), Context::Overlay(OverlayKind::Prompt));
    desk.types(typed).command(Command::Accept);
}

#[test]
fn what_moves_is_shown_before_cases_are_joined() {
    let mut desk = Desk::new(TODAY);
    call(&mut desk, "13800000000", "80H2-7731");
    desk.command(Command::Authorise).command(Command::Back);
    // Goods nobody announced, with a label on their bag.
    desk.command(Command::NewParcel);
    desk.fill(Field::Waybill, "SF1234567890123")
        .fill(Field::GoodsLabel, "B-7");
    desk.command(Command::TakeIn);
    desk.command(Command::Inspection);
    desk.fill(Field::Findings, "burnt");
    desk.command(Command::Join);
    keep_at("prompt-join-to", &mut desk, (80, 24));
    desk.types("RMA26-00001").command(Command::Accept);
    assert!(matches!(about(&desk), Some(About::Join { .. })));
    keep("confirm-join", &mut desk);
    keep_at("confirm-join", &mut desk, (40, 12));
    desk.command(Command::Accept);
    // One is in the right case, which tells where its goods came from; the other tells where they went.
    assert_eq!(desk.case().record.text(Field::BagLabel), Some("B-7"));
    desk.command(Command::Summary);
    keep_at("summary-joined-from", &mut desk, (80, 24));
    desk.command(Command::History);
    keep_at("history-joined-from", &mut desk, (80, 24));
    desk.command(Command::Back).command(Command::Back);
    desk.types("RMA26-00002").command(Command::Accept);
    desk.command(Command::Summary);
    let picture = draw(&desk.state, Language::English, (80, 24));
    assert!(picture.says("joined to RMA26-00001"), "{}", picture.text());
    keep_at("summary-joined-to", &mut desk, (80, 24));
    desk.command(Command::TakeApart);
    assert_eq!(desk.case().record.text(Field::BagLabel), Some("B-7"));
    assert_eq!(desk.case().record.choice(Field::Closed), None);
}

#[test]
fn what_both_saw_differently_is_chosen() {
    let mut desk = Desk::new(TODAY);
    call(&mut desk, "13800000000", "80H2-7731");
    desk.command(Command::Authorise);
    desk.command(Command::Inspection);
    desk.fill(Field::TestResult, "1").command(Command::Back);
    desk.command(Command::Back);
    call(&mut desk, "13900000000", "80h27731");
    desk.command(Command::Inspection);
    desk.fill(Field::TestResult, "3");
    asked_for(&mut desk, "RMA26-00001");
    keep_at("confirm-join-asked", &mut desk, (80, 24));
    desk.types("2");
    let test = |desk: &Desk| desk.case().record.choice(Field::TestResult);
    assert_eq!(test(&desk), Some("no_fault"));
    desk.command(Command::Undo);
    assert_eq!(test(&desk), Some("quality"));
}

#[test]
fn a_number_that_does_not_lead_to_a_case_stays_to_be_put_right() {
    let mut desk = twice();
    asked_for(&mut desk, "RMA26-99999");
    assert_eq!(desk.state.note, Some(Note::Unavailable("no-such-case")));
    assert_eq!(desk.context(), Context::Overlay(OverlayKind::Prompt));
    desk.command(Command::Clear).command(Command::Accept);
    assert_eq!(
        desk.state.note,
        Some(Note::Refused(Refusal::Needs(Field::Number)))
    );
    desk.types("80H2-7731").command(Command::Accept);
    assert!(matches!(about(&desk), Some(About::Join { .. })));
    desk.command(Command::Back);
    desk.command(Command::TakeApart);
    assert_eq!(
        desk.state.note,
        Some(Note::Refused(Refusal::Join(Bar::NotJoined)))
    );
    assert_eq!(desk.context(), Context::Case(CaseScreen::Intake));
}
