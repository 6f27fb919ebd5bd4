//! The state machine of the screens, without a screen and without a file.

mod memory;

use aftercare::desk::change::{Act, Ground};
use aftercare::desk::contact::Relation;
use aftercare::desk::field::Field;
use aftercare::desk::id::ItemId;
use aftercare::desk::record::Record;
use aftercare::desk::serial::Serial;
use aftercare::desk::staff::{Role, Standing};
use aftercare::desk::value::{Entry, Value};
use aftercare::flow::bench::{LockFault, Seat};
use aftercare::flow::command::Command;
use aftercare::flow::event::Event;
use aftercare::flow::note::Note;
use aftercare::flow::person::Stands;
use aftercare::flow::state::{CaseScreen, Context, OverlayKind, View};
use aftercare::flow::unsaved::Why;
use aftercare::work::action::Refusal;
use aftercare::work::standing::Stage;
use aftercare::work::unit::Kin;
use aftercare::work::verdict::Tri;
use memory::{Desk, day};

/// A call about a repair, filled and not yet authorised.
fn a_call() -> Desk {
    let mut desk = Desk::new("2026-11-22");
    desk.command(Command::NewCall)
        .types("13800000000")
        .command(Command::Next)
        .types("王小明")
        .command(Command::Next)
        .types("CK-80 HV")
        .command(Command::Next)
        .types("80H2-7731")
        .command(Command::Next)
        .types("no output")
        .command(Command::Next)
        .types("2");
    desk
}

fn an_authorised_repair() -> Desk {
    let mut desk = a_call();
    desk.command(Command::Authorise);
    desk
}

#[test]
fn a_call_begins_with_the_phone_and_leaves_each_field_saved() {
    let desk = a_call();
    let record = desk.only_case();
    assert_eq!(record.phone(Field::Phone).unwrap().digits(), "13800000000");
    assert_eq!(record.text(Field::Caller), Some("王小明"));
    assert_eq!(record.choice(Field::Service), Some("repair"));
    assert_eq!(record.day(Field::ContactDate), Some(day("2026-11-22")));
    assert_eq!(
        record.fact(Field::Caller).unwrap().ground,
        Ground::CustomerSays
    );
    assert_eq!(desk.context(), Context::Case(CaseScreen::Intake));
}

#[test]
fn what_is_typed_changes_the_checks_before_it_is_saved() {
    let mut desk = a_call();
    desk.fill(Field::Proof, "1");
    assert_eq!(desk.focus(), Some(Field::PurchaseDate));
    desk.types("2026-01-01");
    let open = desk.state.case().unwrap();
    assert_eq!(open.case.verdict.period, Tri::Open);
    assert_eq!(open.shown().verdict.period, Tri::No);
    assert_eq!(desk.only_case().value(Field::PurchaseDate), None);
}

#[test]
fn an_authorised_case_has_a_number_and_shows_its_summary() {
    let desk = an_authorised_repair();
    assert_eq!(desk.only_case().text(Field::Number), Some("RMA26-00001"));
    assert_eq!(desk.context(), Context::Case(CaseScreen::Summary));
    assert_eq!(desk.case().standing.stage, Stage::AwaitingParcel);
    assert_eq!(desk.state.note, Some(Note::Numbered("RMA26-00001".into())));
}

#[test]
fn a_call_that_leads_nowhere_costs_one_key_and_no_number() {
    for (command, outcome) in [
        (Command::SolvedByPhone, "solved_by_phone"),
        (Command::EnquiryOnly, "enquiry_only"),
    ] {
        let mut desk = a_call();
        desk.command(command);
        assert_eq!(desk.only_case().choice(Field::Closed), Some(outcome));
        assert_eq!(desk.only_case().text(Field::Number), None);
        assert_eq!(desk.context(), Context::Board);
    }
}

#[test]
fn a_wrong_date_keeps_what_was_typed_says_so_and_counts_as_unknown() {
    let mut desk = a_call();
    desk.fill(Field::PurchaseDate, "2026-02-30");
    let fact = desk.only_case().fact(Field::PurchaseDate).unwrap();
    assert_eq!(fact.entry, Entry::Unreadable("2026-02-30".into()));
    assert!(matches!(
        desk.state.note,
        Some(Note::Unreadable(Field::PurchaseDate, _))
    ));
}

#[test]
fn a_return_asked_for_on_the_telephone_is_asked_for_today() {
    let mut desk = a_call();
    desk.fill(Field::Service, "1");
    assert_eq!(
        desk.only_case().day(Field::RequestDate),
        Some(day("2026-11-22"))
    );
    desk.fill(Field::ReceiptDate, "2026-11-14");
    assert_eq!(desk.case().verdict.take_back, Tri::No, "day 8");
    desk.command(Command::Authorise);
    assert!(matches!(desk.state.note, Some(Note::Refused(_))));
    assert_eq!(desk.only_case().text(Field::Number), None);
    desk.fill(Field::ProofAtReturn, "1");
    desk.command(Command::GoOnAsRepair);
    assert_eq!(desk.only_case().choice(Field::Proof), Some("valid"));
    assert_eq!(desk.focus(), Some(Field::PerformanceFailure));
    desk.command(Command::Authorise);
    assert!(desk.only_case().text(Field::Number).is_some());
}

#[test]
fn a_parcel_is_taken_in_by_scans_and_lands_at_the_bench() {
    let mut desk = an_authorised_repair();
    desk.command(Command::Back);
    desk.event(Event::Scan("SF1234567890123".into()));
    assert_eq!(desk.context(), Context::Receiving);
    desk.event(Event::Scan("80H2-7731".into()));
    desk.command(Command::TakeIn);
    assert_eq!(
        desk.only_case().day(Field::ArrivalDate),
        Some(day("2026-11-22"))
    );
    assert_eq!(desk.context(), Context::Case(CaseScreen::Inspection));
    assert_eq!(desk.focus(), Some(Field::TestResult));
}

#[test]
fn goods_on_their_way_that_are_scanned_land_in_receiving() {
    let mut desk = an_authorised_repair();
    desk.command(Command::Back);
    desk.event(Event::Scan("80H2-7731".into()));
    assert_eq!(desk.context(), Context::Receiving);
    assert_eq!(desk.focus(), Some(Field::Waybill));
    desk.event(Event::Scan("SF1234567890123".into()));
    desk.command(Command::TakeIn);
    assert_eq!(desk.context(), Context::Case(CaseScreen::Inspection));
}

#[test]
fn unannounced_goods_get_a_case_and_a_number_of_their_own() {
    let mut desk = Desk::new("2026-11-22");
    desk.command(Command::NewParcel);
    desk.fill(Field::Sender, "Example Hobby Shop");
    desk.fill(Field::GoodsLabel, "B-7");
    desk.command(Command::TakeIn);
    let record = desk.only_case();
    assert_eq!(record.text(Field::BagLabel), Some("B-7"));
    assert_eq!(record.text(Field::Caller), Some("Example Hobby Shop"));
    assert!(record.text(Field::Number).is_some());
    assert_eq!(desk.case().standing.stage, Stage::Triage);
}

#[test]
fn a_save_that_fails_keeps_what_was_entered_in_its_field() {
    let mut desk = a_call();
    desk.fill(Field::Fault, " at all");
    desk.refuses_to_save = true;
    desk.command(Command::First).types("9");
    desk.command(Command::Next);
    assert!(matches!(desk.state.note, Some(Note::NotSaved(_))));
    assert_eq!(desk.state.kept(), 1);
    let shown = &desk.state.case().unwrap().entered().record;
    assert_eq!(
        shown.phone(Field::Phone).map(|it| it.digits()),
        None,
        "one digit too many"
    );
    let typed = shown.fact(Field::Phone).unwrap().entry.clone();
    assert!(matches!(typed, Entry::Unreadable(text) if text.ends_with('9')));
    desk.refuses_to_save = false;
    desk.command(Command::SaveAgain);
    assert_eq!(desk.state.kept(), 0);
    let saved = desk.only_case().fact(Field::Phone).unwrap();
    assert!(matches!(&saved.entry, Entry::Unreadable(text) if text.ends_with('9')));
}

#[test]
fn ones_last_edit_is_taken_back_and_the_history_keeps_both() {
    let mut desk = a_call();
    desk.fill(Field::Caller, "!");
    assert_eq!(desk.only_case().text(Field::Caller), Some("王小明!"));
    let changes = desk.only_case().changes().len();
    desk.command(Command::Undo);
    assert_eq!(desk.only_case().text(Field::Caller), Some("王小明"));
    assert_eq!(desk.only_case().changes().len(), changes + 1);
}

#[test]
fn a_cut_off_session_goes_on_in_the_same_field_with_the_same_text() {
    let mut desk = a_call();
    desk.command(Command::First).types("77");
    let draft = desk.state.draft();
    let mut again = Desk::new("2026-11-22");
    again.records = desk.records;
    again.event(Event::Restore(Box::new(draft)));
    let form = again.state.form().unwrap();
    assert_eq!(form.focus.1, Field::Phone);
    assert!(form.typed().unwrap().ends_with("77"));
}

#[test]
fn a_known_callers_next_call_knows_caller_and_product() {
    let mut desk = an_authorised_repair();
    desk.command(Command::Back).types("0000");
    desk.command(Command::NewCall);
    let record = desk.case().record.clone();
    assert_eq!(record.text(Field::Number), None);
    assert_eq!(record.text(Field::Caller), Some("王小明"));
    assert_eq!(
        record.serial(Field::SerialNumber).unwrap().as_str(),
        "80H2-7731"
    );
    assert_eq!(record.fact(Field::Caller).unwrap().ground, Ground::Record);
    assert_eq!(desk.focus(), Some(Field::Fault));
}

#[test]
fn the_palette_finds_a_command_by_part_of_its_name() {
    let mut desk = an_authorised_repair();
    let names = vec![
        (Command::Reopen, "Open the case again".to_string()),
        (Command::Grant, "Grant an exception".to_string()),
    ];
    desk.event(Event::Palette(names)).types("exc");
    assert_eq!(desk.context(), Context::Overlay(OverlayKind::Palette));
    desk.command(Command::Accept);
    assert_eq!(desk.context(), Context::Overlay(OverlayKind::List));
}

#[test]
fn a_screen_without_fields_takes_no_text() {
    let mut desk = an_authorised_repair();
    let changes = desk.only_case().changes().len();
    desk.types("12345").command(Command::Next);
    desk.event(Event::Paste("999".into()));
    desk.command(Command::NextStep);
    assert_eq!(desk.only_case().changes().len(), changes);
}

#[test]
fn a_whole_paid_repair_goes_by_commands_from_call_to_dispatch() {
    let mut desk = a_call();
    desk.fill(Field::Proof, "1");
    desk.fill(Field::PurchaseDate, "2026-01-05");
    desk.command(Command::Authorise).command(Command::Back);
    desk.event(Event::Scan("80H2-7731".into()));
    desk.command(Command::TakeIn);
    desk.types("1");
    assert_eq!(
        desk.case().standing.stage,
        Stage::Quote,
        "expired: by quote"
    );
    desk.command(Command::NextStep);
    assert_eq!(desk.context(), Context::Case(CaseScreen::Quote));
    desk.fill(Field::LineText, "replace the power stage");
    desk.fill(Field::LinePrice, "80");
    desk.command(Command::IssueQuote).types("1");
    assert_eq!(desk.case().standing.stage, Stage::Answer);
    desk.command(Command::AnswerQuote).types("1").types("1");
    assert_eq!(desk.case().standing.stage, Stage::Repair);
    desk.command(Command::FinishRepair);
    assert_eq!(desk.context(), Context::Case(CaseScreen::Dispatch));
    desk.fill(Field::RecipientAddress, "1 Example Road");
    desk.command(Command::ConfirmContact);
    desk.fill(Field::FreightBack, "3");
    desk.event(Event::Scan("SF1234567890123".into()));
    desk.command(Command::Dispatch);
    assert!(matches!(desk.state.note, Some(Note::Refused(_))), "unpaid");
    desk.command(Command::Pay)
        .command(Command::Accept)
        .types("1")
        .command(Command::Accept);
    desk.command(Command::Dispatch);
    let record = desk.only_case();
    assert_eq!(
        record.choice(Field::Closed),
        Some("repaired"),
        "{:?}",
        desk.state.note
    );
    assert_eq!(record.choice(Field::PeriodStatus), Some("out"));
    assert_eq!(
        record.value(Field::CourierBack),
        Some(&Value::Text("sf".into()))
    );
    assert!(matches!(desk.state.view, View::Board));
}

#[test]
fn a_number_that_was_given_is_not_taken_back() {
    let mut desk = Desk::new("2026-11-22");
    desk.command(Command::NewParcel);
    desk.fill(Field::GoodsLabel, "B-7");
    desk.command(Command::TakeIn);
    desk.command(Command::Undo);
    assert!(matches!(desk.state.note, Some(Note::Refused(_))));
    assert!(desk.only_case().text(Field::Number).is_some());
}

#[test]
fn waybill_and_goods_are_scanned_one_after_the_other() {
    let mut desk = an_authorised_repair();
    desk.command(Command::Back).command(Command::NewParcel);
    desk.event(Event::Scan("SF1234567890123".into()));
    desk.event(Event::Scan("80H2-7731".into()));
    desk.command(Command::TakeIn);
    assert_eq!(desk.case().standing.stage, Stage::Inspection);
}

#[test]
fn the_next_piece_of_work_is_scanned_on_a_summary_as_on_the_board() {
    let mut desk = an_authorised_repair();
    assert_eq!(desk.context(), Context::Case(CaseScreen::Summary));
    desk.event(Event::Scan("SF1234567890123".into()));
    assert_eq!(desk.context(), Context::Receiving);
    let View::Parcel(parcel) = &desk.state.view else {
        panic!("no parcel");
    };
    assert_eq!(parcel.record.text(Field::Courier), Some("sf"));
}

#[test]
fn what_the_customer_said_is_inspected_by_entering_it_again() {
    let mut desk = a_call();
    desk.fill(Field::Proof, "1");
    desk.command(Command::Authorise).command(Command::Back);
    desk.event(Event::Scan("80H2-7731".into()));
    desk.command(Command::TakeIn);
    assert_eq!(
        desk.only_case().fact(Field::Proof).unwrap().ground,
        Ground::CustomerSays
    );
    desk.fill(Field::Proof, "1");
    assert_eq!(
        desk.only_case().fact(Field::Proof).unwrap().ground,
        Ground::DocumentSeen
    );
}

#[test]
fn a_repaired_item_is_sent_back_by_two_scans_and_three_keys() {
    let mut desk = an_authorised_repair();
    desk.command(Command::Intake).command(Command::More);
    desk.fill(Field::Address, "1 Example Road");
    desk.fill(Field::Proof, "1");
    desk.fill(Field::PurchaseDate, "2026-10-01");
    desk.fill(Field::AgreedIfCovered, "1");
    desk.command(Command::Back);
    desk.event(Event::Scan("80H2-7731".into()));
    desk.fill(Field::ProofReceived, "1");
    desk.command(Command::TakeIn);
    desk.types("1").command(Command::NextStep);
    desk.command(Command::FinishRepair).command(Command::Back);
    desk.event(Event::Scan("80H2-7731".into()));
    desk.event(Event::Scan("SF1234567890123".into()));
    desk.command(Command::ConfirmContact)
        .types("1")
        .command(Command::Dispatch);
    let record = desk.only_case();
    assert_eq!(record.choice(Field::ProofEnclosed), Some("yes"));
    assert_eq!(record.choice(Field::Closed), Some("repaired"));
    assert_eq!(
        record.text(Field::WaybillBack),
        Some("SF1234567890123"),
        "what is typed next does not go into the scanned field"
    );
}

#[test]
fn the_caret_goes_where_something_is_needed() {
    let mut desk = Desk::new("2026-11-22");
    desk.command(Command::NewCall).types("13800000000");
    desk.command(Command::Authorise);
    assert_eq!(desk.focus(), Some(Field::Service));
    desk.types("2").command(Command::Authorise);
    assert_eq!(desk.focus(), Some(Field::Model));
}

#[test]
fn the_tenth_line_of_a_list_is_chosen_by_0() {
    let mut desk = a_call();
    desk.command(Command::Close).types("0");
    assert_eq!(
        desk.context(),
        Context::Overlay(OverlayKind::Prompt),
        "scrapped asks for a reason"
    );
}

#[test]
fn the_bench_begins_with_what_nobody_here_has_seen() {
    let mut desk = a_call();
    desk.fill(Field::Service, "1");
    desk.fill(Field::ReceiptDate, "2026-11-20");
    desk.fill(Field::PerformanceFailure, "2");
    desk.fill(Field::Complete, "1");
    desk.command(Command::Authorise).command(Command::Back);
    desk.event(Event::Scan("80H2-7731".into()));
    desk.command(Command::TakeIn);
    assert_eq!(desk.focus(), Some(Field::Complete));
    desk.types("1");
    assert_eq!(
        desk.only_case().fact(Field::Complete).unwrap().ground,
        Ground::Inspected
    );
}

#[test]
fn a_return_refused_on_the_telephone_is_closed_as_such() {
    let mut desk = a_call();
    desk.fill(Field::Service, "1");
    desk.command(Command::Close).types("4");
    assert!(matches!(desk.state.note, Some(Note::Refused(_))), "open");
    desk.fill(Field::ReceiptDate, "2026-11-14");
    desk.command(Command::Close).types("4");
    let record = desk.only_case();
    assert_eq!(record.choice(Field::Closed), Some("return_refused"));
    assert_eq!(record.text(Field::Number), None);
}

#[test]
fn f5_in_the_intake_of_a_case_with_a_number_goes_on() {
    let mut desk = an_authorised_repair();
    desk.command(Command::Intake).command(Command::Authorise);
    assert_eq!(desk.context(), Context::Case(CaseScreen::Summary));
    desk.event(Event::Scan("80H2-7731".into()));
    desk.command(Command::TakeIn).command(Command::Intake);
    desk.command(Command::Authorise);
    assert_eq!(desk.context(), Context::Case(CaseScreen::Inspection));
}

#[test]
fn the_summary_is_paged_where_it_does_not_fit() {
    let mut desk = an_authorised_repair();
    assert_eq!(desk.context(), Context::Case(CaseScreen::Summary));
    desk.command(Command::PageDown);
    assert_eq!(desk.state.case().unwrap().page, 1);
    desk.command(Command::PageUp).command(Command::PageUp);
    assert_eq!(desk.state.case().unwrap().page, 0);
}

#[test]
fn what_is_refused_where_it_is_saved_stays_in_its_field_and_the_case_is_shown_as_it_stands() {
    let mut desk = a_call();
    let id = desk.case().record.id();
    desk.fill(Field::Fault, "");
    // Closed by somebody else, and not told yet.
    let void = Entry::Known(Value::Choice("void"));
    desk.other_saves("li", Act::Close, id, &[(ItemId::SELF, Field::Closed, void)]);
    desk.command(Command::First)
        .types("9")
        .command(Command::Next);
    assert_eq!(desk.state.note, Some(Note::Refused(Refusal::Closed)));
    assert_eq!(desk.case().record.choice(Field::Closed), Some("void"));
    let kept = desk.state.kept_in((ItemId::SELF, Field::Phone));
    assert_eq!(kept, Some(&Why::Refused(Refusal::Closed)));
}

#[test]
fn a_role_in_the_file_that_is_another_one_is_taken_on() {
    let mut desk = a_call();
    desk.stands = Some(Standing::Works(Role::Viewer));
    desk.command(Command::First)
        .types("9")
        .command(Command::Next);
    let refused = Refusal::Role(Role::Viewer);
    assert_eq!(desk.state.note, Some(Note::Refused(refused)));
    assert_eq!(desk.state.staff.role, Role::Viewer);
    assert!(!desk.has_quit);
}

#[test]
fn a_bench_locks_under_somebody_who_may_not_work_there_any_more() {
    let mut desk = a_call();
    desk.state.seat = Seat::Bench;
    desk.command(Command::First).types("9");
    desk.event(Event::Standing(Stands {
        who: "wang".into(),
        standing: Standing::Disabled,
        ask: vec!["wu".into()],
    }));
    assert!(
        matches!(desk.state.seat, Seat::Bench),
        "not before they act"
    );
    desk.types("9");
    let Seat::Locked(lock) = &desk.state.seat else {
        panic!("the bench is open");
    };
    assert_eq!(lock.fault, Some(LockFault::NoLonger));
    let kept = desk.left["wang"].text.as_deref();
    assert!(kept.is_some_and(|text| text.ends_with('9')), "{kept:?}");
    assert!(!desk.has_quit);
}

#[test]
fn a_folded_field_that_is_emptied_stays_under_the_caret_until_it_is_left() {
    let mut desk = Desk::new("2026-11-22");
    desk.command(Command::NewCall)
        .command(Command::More)
        .fill(Field::Address, "1 Example Road")
        .command(Command::More);
    desk.command(Command::First);
    while desk.focus() != Some(Field::Address) {
        desk.command(Command::Next);
    }
    desk.command(Command::Clear);
    assert_eq!(desk.focus(), Some(Field::Address));
    desk.types("2 Example Road").command(Command::Next);
    assert_eq!(
        desk.case().record.text(Field::Address),
        Some("2 Example Road")
    );
}

#[test]
fn a_scan_replaces_what_stands_in_a_field_and_goes_on_where_somebody_types() {
    let mut desk = a_call();
    desk.command(Command::First);
    while desk.focus() != Some(Field::SerialNumber) {
        desk.command(Command::Next);
    }
    desk.event(Event::Scan("80H2-2743".into()));
    let serial = |desk: &Desk| desk.case().record.serial(Field::SerialNumber).cloned();
    assert_eq!(serial(&desk).unwrap().as_str(), "80H2-2743");
    while desk.focus() != Some(Field::Caller) {
        desk.command(Command::Previous);
    }
    desk.types("2");
    desk.event(Event::Scan("34".into()));
    assert_eq!(desk.case().record.text(Field::Caller), Some("王小明234"));
}

#[test]
fn a_command_card_is_never_a_value() {
    let mut desk = a_call();
    let before = desk.only_case().changes().len();
    desk.command(Command::First);
    desk.event(Event::Scan("AC:NO-SUCH".into()));
    assert_eq!(desk.state.note, Some(Note::Unavailable("not-here")));
    desk.event(Event::Scan("AC:summary".into()));
    assert_eq!(desk.context(), Context::Case(CaseScreen::Summary));
    assert_eq!(desk.only_case().changes().len(), before);
}

#[test]
fn a_draft_that_is_older_than_ones_own_save_does_not_come_back_over_it() {
    let mut desk = a_call();
    desk.command(Command::First);
    while desk.focus() != Some(Field::Fault) {
        desk.command(Command::Next);
    }
    desk.types(" at");
    let draft = desk.state.draft();
    assert_eq!(draft.text.as_deref(), Some("no output at"));
    desk.types(" all")
        .command(Command::Next)
        .command(Command::Back);
    desk.event(Event::Restore(Box::new(draft.clone())));
    let typed = |desk: &Desk| desk.state.form().and_then(|form| form.typed());
    assert_eq!((desk.focus(), typed(&desk)), (Some(Field::Fault), None));
    // What was typed after the save comes back.
    desk.types("!");
    let later = desk.state.draft();
    desk.state.view = View::Board;
    desk.event(Event::Restore(Box::new(later)));
    assert_eq!(typed(&desk).as_deref(), Some("no output at all!"));
}

#[test]
fn a_field_of_a_closed_case_is_not_emptied() {
    let mut desk = a_call();
    desk.command(Command::SolvedByPhone);
    let id = desk.only_case().id();
    for event in desk.answer(aftercare::flow::event::Effect::LoadCase(id)) {
        desk.event(event);
    }
    desk.command(Command::Intake).command(Command::Clear);
    assert!(matches!(desk.state.note, Some(Note::Refused(_))));
    let typed = desk.state.form().and_then(|form| form.typed());
    assert_eq!(typed, None);
}

#[test]
fn alt_enter_does_nothing_in_a_field_of_one_line_of_a_case_or_of_a_parcel() {
    let mut parcel = Desk::new("2026-11-22");
    parcel.command(Command::NewParcel);
    for mut desk in [a_call(), parcel] {
        desk.command(Command::First).types("7");
        let before = (
            desk.focus(),
            desk.state.form().and_then(|form| form.typed()),
        );
        desk.command(Command::BreakLine);
        let after = (
            desk.focus(),
            desk.state.form().and_then(|form| form.typed()),
        );
        assert_eq!(before, after);
        assert_eq!(desk.state.note, None);
    }
}

#[test]
fn where_nothing_is_filled_a_scanned_card_empties_nothing() {
    let mut desk = an_authorised_repair();
    assert_eq!(desk.context(), Context::Case(CaseScreen::Summary));
    desk.event(Event::Scan("AC:CLEAR".into()));
    assert_eq!(desk.state.note, Some(Note::Unavailable("not-here")));
    assert!(desk.only_case().phone(Field::Phone).is_some());
}

/// The case begun last.
fn newest(desk: &Desk) -> &Record {
    desk.cases().max_by_key(|record| record.begun_at()).unwrap()
}

#[test]
fn who_calls_from_the_second_number_is_known_with_both() {
    let mut desk = a_call();
    desk.command(Command::More)
        .fill(Field::SecondPhone, "0791-88881234-12");
    desk.fill(Field::Email, "Ann <ann@example.com>");
    desk.command(Command::Back)
        .on("2026-11-23")
        .command(Command::NewCall);
    desk.types("079188881234，12").command(Command::Next);
    desk.command(Command::SameCaller);
    let phone = |record: &Record, field| record.phone(field).map(|phone| phone.plain());
    let again = newest(&desk);
    assert_eq!(
        phone(again, Field::Phone).as_deref(),
        Some("079188881234 ext 12")
    );
    assert_eq!(
        phone(again, Field::SecondPhone).as_deref(),
        Some("13800000000")
    );
    assert_eq!(again.text(Field::Caller), Some("王小明"));
}

#[test]
fn a_caller_is_known_by_the_address_and_no_longer_when_it_is_changed() {
    let mut desk = a_call();
    desk.command(Command::More)
        .fill(Field::Email, "Ann <ann@example.com>");
    desk.command(Command::Back)
        .on("2026-11-23")
        .command(Command::NewCall);
    desk.command(Command::More)
        .fill(Field::Email, "ANN@example.com");
    let known = |desk: &Desk| {
        let open = desk.state.case().unwrap();
        open.callers(Relation::SameCaller).count()
    };
    assert_eq!(known(&desk), 1);
    // What was looked up before answers for nobody else: neither while it is emptied nor for another.
    for typed in ["", "bob@example.com"] {
        desk.fill(Field::Email, "").command(Command::Previous);
        desk.command(Command::Clear)
            .types(typed)
            .command(Command::Next);
        assert_eq!(known(&desk), 0, "{typed}");
        desk.command(Command::SameCaller);
        assert_eq!(desk.state.note, Some(Note::Unavailable("no-earlier-case")));
        assert_eq!(newest(&desk).text(Field::Caller), None);
    }
}

#[test]
fn two_lines_pasted_into_the_number_are_told_as_two_and_kept() {
    let mut desk = Desk::new("2026-11-22");
    desk.command(Command::NewCall);
    desk.event(Event::Paste("13800001234\n13900005678".into()));
    desk.command(Command::Next);
    let entry = &desk.only_case().fact(Field::Phone).unwrap().entry;
    assert_eq!(*entry, Entry::Unreadable("13800001234 13900005678".into()));
    assert_eq!(desk.focus(), Some(Field::SecondPhone));
}

/// The case on the repair screen, covered.
fn at_the_bench(serial: &str) -> Desk {
    let mut desk = Desk::new("2026-11-22");
    desk.command(Command::NewCall).types("13800000000");
    desk.fill(Field::Model, "CK-80 HV");
    desk.fill(Field::SerialNumber, serial);
    desk.fill(Field::Service, "2");
    desk.fill(Field::Proof, "1");
    desk.fill(Field::PurchaseDate, "2026-10-05");
    desk.fill(Field::ShipDate, "2026-09-05");
    desk.fill(Field::AgreedIfCovered, "1");
    desk.command(Command::Authorise).command(Command::Back);
    desk.event(Event::Scan(serial.into()));
    desk.command(Command::TakeIn);
    desk.types("1");
    desk.command(Command::NextStep);
    assert_eq!(desk.context(), Context::Case(CaseScreen::Repair));
    desk
}

/// The case on the dispatch screen, its unit with a number that may look like a waybill.
fn at_the_dispatch(serial: &str) -> Desk {
    let mut desk = at_the_bench(serial);
    desk.command(Command::FinishRepair);
    assert_eq!(desk.context(), Context::Case(CaseScreen::Dispatch));
    desk
}

fn sends_back(desk: &mut Desk) {
    desk.fill(Field::Recipient, "Wang");
    desk.fill(Field::RecipientPhone, "13800000000");
    desk.fill(Field::RecipientAddress, "1 Example Road");
    desk.event(Event::Scan("SF1234567890123".into()));
    desk.command(Command::ConfirmContact)
        .command(Command::Dispatch);
    assert!(
        matches!(desk.state.view, View::Board),
        "{:?}",
        desk.state.note
    );
}

#[test]
fn the_goods_themselves_are_no_waybill_whatever_their_number_looks_like() {
    for serial in ["123456789012", "80H2-7731"] {
        let mut desk = at_the_dispatch(serial);
        desk.event(Event::Scan(serial.into()));
        assert_eq!(desk.state.note, Some(Note::ThisCase(serial.into())));
        assert_eq!(desk.only_case().text(Field::WaybillBack), None, "{serial}");
        desk.event(Event::Scan("998877665544".into()));
        let waybill = desk.only_case().text(Field::WaybillBack);
        assert_eq!(waybill, Some("998877665544"), "{serial}");
    }
}

#[test]
fn goods_that_may_be_of_two_cases_are_asked_about_and_linked_by_the_number_of_one() {
    let mut desk = Desk::new("2026-11-22");
    for (model, serial) in [("CK-80 HV", "AB-1234"), ("CM-40", "AB1-234")] {
        desk.command(Command::NewCall).types("13800000000");
        desk.fill(Field::Model, model);
        desk.fill(Field::SerialNumber, serial);
        desk.fill(Field::Service, "2");
        desk.command(Command::Authorise).command(Command::Back);
        desk.command(Command::Back);
    }
    desk.command(Command::NewParcel);
    let goods = |desk: &Desk| {
        let View::Parcel(open) = &desk.state.view else {
            panic!("no parcel");
        };
        let item = open.record.items_with(Field::GoodsSerial)[0];
        (item, open.record.value_of(item, Field::GoodsCase).cloned())
    };
    desk.event(Event::Scan("SF1234567890123".into()));
    desk.event(Event::Scan("AB1234".into()));
    let Some(Note::Several(typed, numbers)) = desk.state.note.clone() else {
        panic!("not asked: {:?}", desk.state.note);
    };
    assert_eq!((typed.as_str(), numbers.len()), ("AB1234", 2));
    let (item, case) = goods(&desk);
    assert_eq!(case, None, "nothing is linked until somebody says so");
    // Typed in its place, the number of a case says which; spelled as one of them, it is that one.
    let of = |desk: &Desk, serial: &str| {
        let serial = Serial::parse(serial).unwrap();
        let mut cases = desk.records.values();
        let case = cases.find(|record| record.serial(Field::SerialNumber) == Some(&serial));
        case.unwrap().clone()
    };
    let (first, second) = (of(&desk, "AB-1234"), of(&desk, "AB1-234"));
    let View::Parcel(open) = &mut desk.state.view else {
        panic!("no parcel");
    };
    open.form.go_to((item, Field::GoodsSerial), &open.record);
    let number = first.text(Field::Number).unwrap().to_string();
    desk.event(Event::Scan(number));
    assert_eq!(goods(&desk).1, Some(Value::Link(first.id())));
    desk.event(Event::Scan("ab1-234".into()));
    let View::Parcel(open) = &desk.state.view else {
        panic!("no parcel");
    };
    let line = open.record.items_with(Field::GoodsSerial)[1];
    let linked = open.record.value_of(line, Field::GoodsCase);
    assert_eq!(linked, Some(&Value::Link(second.id())));
}

#[test]
fn what_is_taken_back_is_looked_up_again() {
    let mut desk = at_the_dispatch("80H2-7731");
    sends_back(&mut desk);
    desk.on("2026-11-24")
        .command(Command::NewCall)
        .types("13800000000");
    desk.fill(Field::SerialNumber, "80H27731");
    let earlier = |desk: &Desk| {
        desk.case()
            .earlier
            .iter()
            .map(|it| it.kin)
            .collect::<Vec<_>>()
    };
    assert_eq!(earlier(&desk), [Kin::Same]);
    desk.command(Command::Undo);
    assert_eq!(desk.case().record.serial(Field::SerialNumber), None);
    assert_eq!(earlier(&desk), []);
    // Another model with the same letters and digits is asked about; the answer can be taken back.
    desk.fill(Field::Model, "CM-40");
    desk.fill(Field::SerialNumber, "80H-27731");
    assert_eq!(earlier(&desk), [Kin::Asked]);
    desk.fill(Field::SameUnit, "2");
    assert_eq!(earlier(&desk), [Kin::Other]);
    desk.command(Command::Undo);
    assert_eq!(earlier(&desk), [Kin::Asked]);
    desk.fill(Field::SameUnit, "1");
    assert_eq!(earlier(&desk), [Kin::Same]);
}

#[test]
fn who_was_given_another_unit_calls_about_that_one() {
    for (outcome, given_out) in [("2", "80H2-9001"), ("1", "80H2-9002")] {
        let mut desk = at_the_bench("80H2-7731");
        desk.command(Command::More);
        desk.fill(Field::RepairOutcome, outcome);
        desk.fill(Field::SerialAfter, given_out);
        desk.command(Command::FinishRepair);
        assert_eq!(desk.context(), Context::Case(CaseScreen::Dispatch));
        sends_back(&mut desk);
        desk.on("2026-11-24").command(Command::NewCall);
        desk.types("13800000000").command(Command::Next);
        desk.command(Command::SameCaller);
        let record = newest(&desk);
        let serial = record.serial(Field::SerialNumber).unwrap();
        assert_eq!(serial.as_str(), given_out);
        assert_eq!(record.text(Field::Model), Some("CK-80 HV"));
        // The same unit keeps its dates. Another one does not get them unasked.
        let keeps = record.day(Field::ShipDate).is_some();
        assert_eq!(keeps, outcome == "1", "{outcome}");
        assert_eq!(desk.case().earlier.len(), 1);
    }
}
