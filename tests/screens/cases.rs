//! The screens of a case, in telling states.

use aftercare::desk::field::Field;
use aftercare::desk::language::Language;
use aftercare::flow::command::Command;
use aftercare::flow::event::Event;
use aftercare::work::standing::Stage;

use crate::memory::Desk;
use crate::support::{Picture, TODAY, draw, keep, keep_at};

/// A call with caller, product and fault.
fn a_call() -> Desk {
    let mut desk = Desk::new(TODAY);
    desk.command(Command::NewCall);
    desk.fill(Field::Phone, "13800000000")
        .fill(Field::Caller, "王小明")
        .fill(Field::Model, "CK-80 HV")
        .fill(Field::SerialNumber, "80H2-7731")
        .fill(Field::Fault, "no output after power-up");
    desk
}

fn a_repair() -> Desk {
    let mut desk = a_call();
    desk.fill(Field::Service, "2");
    desk
}

fn a_return(received: &str) -> Desk {
    let mut desk = a_call();
    desk.fill(Field::Service, "1");
    desk.fill(Field::ReceiptDate, received);
    desk
}

fn go_to(desk: &mut Desk, field: Field) {
    desk.command(Command::First);
    for _ in 0..60 {
        if desk.focus() == Some(field) {
            return;
        }
        desk.command(Command::Next);
    }
    panic!("the form has no {field:?}");
}

/// Takes the goods in, and goes to the summary of their case.
fn take_in(desk: &mut Desk) {
    desk.command(Command::Back).command(Command::NewParcel);
    desk.event(Event::Scan("SF1234567890123".into()));
    desk.event(Event::Scan("80H2-7731".into()));
    desk.command(Command::TakeIn);
    desk.command(Command::Summary);
}

/// A repair that is here, with a proof and the day of purchase.
fn a_repair_here(bought: &str) -> Desk {
    let mut desk = a_repair();
    desk.fill(Field::Proof, "1")
        .fill(Field::PurchaseDate, bought);
    desk.command(Command::Authorise);
    take_in(&mut desk);
    desk
}

fn tested(desk: &mut Desk, result: &str) {
    desk.command(Command::Inspection);
    desk.fill(Field::TestResult, result);
    desk.fill(Field::Cause, "MOSFET burnt through");
}

/// A repair out of warranty with a quote of three lines, not issued.
fn a_quote() -> Desk {
    let mut desk = a_repair_here("2026-01-02");
    tested(&mut desk, "1");
    desk.command(Command::Quote);
    for (kind, text, price) in [
        ("1", "工时", "80"),
        ("2", "MOSFET 6 pcs", "36.50"),
        ("3", "SF back", "22"),
    ] {
        let item = desk.state.form().unwrap().new_item;
        desk.command(Command::First);
        while desk.state.form().unwrap().focus != (item, Field::LineKind) {
            let before = desk.state.form().unwrap().focus;
            desk.command(Command::Next);
            assert_ne!(before, desk.state.form().unwrap().focus, "no new line");
        }
        desk.types(kind).types(text).command(Command::Next);
        desk.command(Command::Next);
        desk.types(price).command(Command::Next);
    }
    desk
}

fn an_issued_quote() -> Desk {
    let mut desk = a_quote();
    desk.command(Command::IssueQuote).types("1");
    assert_eq!(stage(&desk), Stage::Answer);
    desk
}

fn an_accepted_quote() -> Desk {
    let mut desk = an_issued_quote();
    desk.command(Command::AnswerQuote).types("1").types("1");
    assert_eq!(stage(&desk), Stage::Repair);
    desk
}

fn repaired() -> Desk {
    let mut desk = an_accepted_quote();
    desk.command(Command::Repair);
    desk.fill(Field::WorkDone, "replaced 6 MOSFETs");
    desk.command(Command::FinishRepair);
    assert_eq!(stage(&desk), Stage::Dispatch);
    desk
}

fn ready() -> Desk {
    let mut desk = repaired();
    desk.command(Command::Sending);
    desk.fill(Field::Recipient, "王小明")
        .fill(Field::RecipientPhone, "13800000000")
        .fill(Field::RecipientAddress, "广东省深圳市南山区科技园 1 号")
        .fill(Field::FreightBack, "2");
    desk.command(Command::ConfirmContact);
    desk.command(Command::Pay)
        .command(Command::Accept)
        .types("2")
        .command(Command::Accept);
    desk
}

fn stage(desk: &Desk) -> Stage {
    desk.case().standing.stage
}

fn wide_and_narrow(name: &str, desk: &mut Desk) {
    keep(name, desk);
    keep_at(name, desk, (40, 12));
}

fn drawn(desk: &Desk) -> Picture {
    draw(&desk.state, Language::English, (120, 40))
}

#[test]
fn an_empty_call() {
    let mut desk = Desk::new(TODAY);
    desk.command(Command::NewCall);
    wide_and_narrow("intake-empty", &mut desk);
}

#[test]
fn a_repair_with_no_proof_seen_is_answered_both_ways() {
    let mut desk = a_repair();
    desk.fill(Field::ShipDate, "2026-08-31");
    go_to(&mut desk, Field::PurchaseDate);
    desk.types("2026-09-15");
    let picture = drawn(&desk);
    assert!(
        picture.says("valid: until 14 Mar 2027 (I.1b)"),
        "{}",
        picture.text()
    );
    assert!(
        picture.says("none: until 28 Apr 2027 (I.1a)"),
        "{}",
        picture.text()
    );
    wide_and_narrow("intake-repair", &mut desk);
}

#[test]
fn a_return_asked_on_day_7_is_open_and_on_day_8_refused() {
    let mut desk = a_return("2026-11-15");
    assert!(drawn(&desk).says("received on 15 Nov + 7 days = 22 Nov"));
    keep("intake-return-day-7", &mut desk);
    let mut desk = a_return("2026-11-14");
    let picture = drawn(&desk);
    assert!(picture.says("RETURN    refused"), "{}", picture.text());
    assert!(picture.says("received on 14 Nov + 7 days = 21 Nov"));
    keep("intake-return-day-8", &mut desk);
}

#[test]
fn a_wrong_date_is_told_while_typing_and_kept_behind() {
    let mut desk = a_call();
    desk.fill(Field::Service, "1");
    go_to(&mut desk, Field::ReceiptDate);
    desk.types("2026-11-31");
    keep_at("intake-wrong-date", &mut desk, (80, 24));
    desk.command(Command::Next);
    assert!(drawn(&desk).says("2026-11-31"));
    keep_at("intake-wrong-date-left", &mut desk, (80, 24));
}

#[test]
fn a_long_text_is_edited_in_a_box() {
    let mut desk = a_repair();
    go_to(&mut desk, Field::Fault);
    desk.event(Event::Paste(
        "; 通电后没有输出，指示灯不亮，闻到焦味".into(),
    ));
    wide_and_narrow("intake-long-text", &mut desk);
}

#[test]
fn the_mark_walks_the_findings() {
    let mut desk = a_repair();
    desk.command(Command::Checks).command(Command::Down);
    keep_at("intake-checks", &mut desk, (80, 24));
    let mut narrow = a_repair();
    narrow.event(Event::Resize(40, 12));
    narrow.command(Command::Checks);
    keep_at("intake-checks-overlay", &mut narrow, (40, 12));
}

#[test]
fn goods_are_matched_or_get_a_case_of_their_own() {
    let mut desk = a_repair();
    desk.command(Command::Authorise);
    desk.command(Command::Back).command(Command::NewParcel);
    desk.event(Event::Scan("SF1234567890123".into()));
    desk.event(Event::Scan("80H2-7731".into()));
    desk.event(Event::Scan("80H2-9999".into()));
    let picture = drawn(&desk);
    assert!(picture.says("RMA26-00001"), "{}", picture.text());
    assert!(picture.says("a case of its own"), "{}", picture.text());
    wide_and_narrow("receiving", &mut desk);
}

#[test]
fn the_bench_sees_what_decides() {
    let mut desk = a_repair_here("2026-09-15");
    desk.command(Command::Inspection);
    keep("inspection-repair", &mut desk);
    let mut desk = a_return("2026-11-15");
    desk.command(Command::Authorise);
    take_in(&mut desk);
    desk.command(Command::Inspection);
    keep("inspection-return", &mut desk);
}

#[test]
fn a_quote_from_draft_to_answer() {
    let mut desk = a_quote();
    assert_eq!(stage(&desk), Stage::Quote);
    wide_and_narrow("quote-draft", &mut desk);
    let mut desk = an_issued_quote();
    desk.command(Command::Quote);
    assert!(drawn(&desk).says("138.50"));
    keep_at("quote-issued", &mut desk, (80, 24));
    let mut desk = an_accepted_quote();
    desk.command(Command::Quote);
    keep_at("quote-accepted", &mut desk, (80, 24));
}

#[test]
fn a_repair_is_blocked_or_free() {
    let mut desk = a_repair_here("2026-09-15");
    tested(&mut desk, "1");
    desk.command(Command::Repair);
    keep_at("repair-blocked", &mut desk, (80, 24));
    let mut desk = an_accepted_quote();
    desk.command(Command::Repair);
    assert!(drawn(&desk).says("may begin"));
    keep("repair-free", &mut desk);
}

#[test]
fn the_way_back_is_blocked_or_ready() {
    let mut desk = repaired();
    desk.command(Command::Sending);
    keep("dispatch-blocked", &mut desk);
    let mut desk = ready();
    desk.command(Command::Sending);
    keep_at("dispatch-ready", &mut desk, (80, 24));
}

#[test]
fn where_is_my_esc() {
    let mut desk = a_repair();
    desk.command(Command::Authorise).command(Command::Summary);
    wide_and_narrow("summary-awaiting", &mut desk);
    let mut desk = a_repair_here("2026-09-15");
    desk.command(Command::Summary);
    keep_at("summary-inspection", &mut desk, (80, 24));
    let mut desk = an_issued_quote();
    desk.command(Command::Summary);
    keep_at("summary-answer", &mut desk, (80, 24));
    let mut desk = repaired();
    desk.command(Command::Summary);
    keep("summary-dispatch", &mut desk);
    let mut desk = a_return("2026-11-15");
    desk.fill(Field::ProofAtReturn, "6");
    desk.command(Command::Authorise).command(Command::Summary);
    keep_at("summary-return", &mut desk, (80, 24));
}

#[test]
fn the_history_and_the_past() {
    let mut desk = repaired();
    desk.command(Command::History);
    wide_and_narrow("history", &mut desk);
    for _ in 0..12 {
        desk.command(Command::Down);
    }
    desk.command(Command::Accept);
    assert!(desk.state.case().unwrap().history.past.is_some());
    keep_at("history-past", &mut desk, (80, 24));
}

/// A repair whose quote of 138.50 is accepted, with 40 paid in advance.
fn with_a_deposit() -> Desk {
    let mut desk = a_quote();
    desk.command(Command::Pay).types("40");
    desk.command(Command::Accept)
        .types("2")
        .command(Command::Accept);
    desk
}

#[test]
fn money_in_advance_under_a_quote_with_a_discount() {
    let mut desk = with_a_deposit();
    let item = desk.state.form().unwrap().new_item;
    desk.command(Command::First);
    while desk.state.form().unwrap().focus != (item, Field::LineKind) {
        desk.command(Command::Next);
    }
    desk.types("5").types("老客户").command(Command::Next);
    desk.command(Command::Next);
    desk.types("10").command(Command::Next);
    desk.command(Command::First);
    keep_at("money-in-advance", &mut desk, (80, 24));
    desk.command(Command::Plain);
    keep_at("money-in-advance-plain", &mut desk, (80, 24));
}

#[test]
fn a_quote_that_the_ceiling_accepts_says_so_and_after_a_no_it_does_not() {
    let mut desk = a_quote();
    desk.command(Command::Intake);
    desk.fill(Field::AgreedCeiling, "150");
    desk.command(Command::Quote).command(Command::IssueQuote);
    desk.types("1");
    assert_eq!(stage(&desk), Stage::Repair);
    desk.command(Command::Quote);
    assert!(drawn(&desk).says("by the ceiling"));
    keep_at("quote-by-ceiling", &mut desk, (80, 24));

    let mut desk = an_issued_quote();
    desk.command(Command::AnswerQuote).types("2").types("1");
    desk.command(Command::Intake);
    desk.command(Command::Quote);
    assert_eq!(stage(&desk), Stage::Dispatch);
}

#[test]
fn what_is_left_of_a_closed_case_is_settled() {
    let mut desk = ready();
    desk.command(Command::Pay).types("20");
    desk.command(Command::Accept)
        .types("4")
        .command(Command::Accept);
    desk.command(Command::Reverse);
    keep_at("money-which-was-wrong", &mut desk, (80, 24));
    desk.command(Command::Back);
    keep_at("money-too-much", &mut desk, (80, 24));
    desk.event(Event::Scan("SF9876543210987".into()));
    desk.command(Command::Dispatch);
    assert!(drawn(&desk).says("stays on the board"));
    keep_at("board-money-left", &mut desk, (80, 24));
    desk.types("RMA26-00001").command(Command::Accept);
    assert_eq!(stage(&desk), Stage::Settling);
    desk.command(Command::NextStep);
    keep_at("money-give-back", &mut desk, (80, 24));
    desk.command(Command::Accept)
        .types("4")
        .command(Command::Accept);
    assert_eq!(stage(&desk), Stage::Closed);
    keep_at("money-settled", &mut desk, (80, 24));
}
