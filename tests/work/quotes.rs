//! IV.4: the quote, its versions, its answers.

use aftercare::desk::field::Field;
use aftercare::desk::money::Fen;
use aftercare::desk::quote::QuoteState;
use aftercare::work::action::{Action, Refusal};
use aftercare::work::standing::{Blocker, Stage};

use crate::desk::{CALLER, Desk, expired_at_the_bench, is_blocked};

#[test]
fn the_ceiling_agreed_at_the_call_is_the_agreement_up_to_it() {
    for (price, stage) in [("80", Stage::Repair), ("81", Stage::Answer)] {
        let mut desk = Desk::on("2026-03-02");
        let id = desk.call(&CALLER);
        desk.fills(
            id,
            &[
                (Field::Service, "repair"),
                (Field::Proof, "valid"),
                (Field::PurchaseDate, "2025-01-05"),
                (Field::AgreedIfCovered, "yes"),
                (Field::AgreedCeiling, "80"),
            ],
        );
        desk.does(id, Action::Authorise);
        desk.takes_in(&[id]);
        desk.fills(id, &[(Field::TestResult, "quality")]);
        assert_eq!(desk.stage(id), Stage::Quote);
        assert!(desk.repairs(id).is_err(), "a price has to be told first");
        desk.quotes(id, &[("labour", price)]);
        desk.issues(id);
        assert_eq!(desk.stage(id), stage, "{price} yuan");
        assert_eq!(desk.repairs(id).is_ok(), stage == Stage::Repair);
    }
}

#[test]
fn a_changed_quote_is_a_new_version_and_the_old_answer_does_not_count() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    let lines = desk.quotes(id, &[("labour", "60")]);
    assert_eq!(desk.case(id).quote.state, QuoteState::Draft);
    desk.issues(id);
    assert_eq!(desk.case(id).quote.version, 1);
    assert_eq!(
        desk.tries(id, Action::IssueQuote { over: "email" }),
        Err(Refusal::AlreadyIssued)
    );
    desk.answers(id, "accepted");
    assert_eq!(desk.case(id).ledger.fee_due, Fen(60_00));

    desk.line_is(id, lines[0], Field::LinePrice, "90");
    let case = desk.case(id);
    assert_eq!(
        (case.quote.version, case.quote.state),
        (2, QuoteState::Draft)
    );
    assert_eq!(case.standing.stage, Stage::Quote);
    assert_eq!(case.ledger.fee_due, Fen(0), "nobody agreed to 90");
    assert!(is_blocked(&desk.repairs(id), Blocker::NotAgreed));
    desk.issues(id);
    assert_eq!(desk.stage(id), Stage::Answer);
    desk.answers(id, "accepted");
    assert_eq!(desk.case(id).ledger.fee_due, Fen(90_00));
}

#[test]
fn a_line_without_a_price_is_not_told() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    let issue = || Action::IssueQuote { over: "telephone" };
    assert_eq!(desk.tries(id, issue()), Err(Refusal::NoLines));
    let answer = Action::AnswerQuote {
        answer: "accepted",
        over: "email",
    };
    assert_eq!(desk.tries(id, answer), Err(Refusal::NotIssued));
    let item = desk.fresh.item();
    desk.line_is(id, item, Field::LineKind, "labour");
    assert_eq!(desk.tries(id, issue()), Err(Refusal::LineWithoutPrice));
}

#[test]
fn the_customer_answers_line_by_line() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    let lines = desk.quotes(id, &[("labour", "60"), ("parts", "25"), ("freight", "12")]);
    desk.issues(id);
    let by_line = Action::AnswerQuote {
        answer: "by_line",
        over: "telephone",
    };
    desk.line_is(id, lines[0], Field::LineAnswer, "accepted");
    assert_eq!(
        desk.tries(id, by_line.clone()),
        Err(Refusal::Needs(Field::LineAnswer))
    );
    desk.line_is(id, lines[1], Field::LineAnswer, "declined");
    desk.line_is(id, lines[2], Field::LineAnswer, "accepted");
    desk.does(id, by_line);
    assert_eq!(desk.stage(id), Stage::Repair);
    let ledger = desk.case(id).ledger;
    assert_eq!(
        (ledger.fee_due, ledger.freight_due),
        (Fen(60_00), Fen(12_00))
    );
}

#[test]
fn agreeing_to_the_freight_alone_is_declining_the_repair() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    let lines = desk.quotes(id, &[("labour", "60"), ("freight", "12")]);
    desk.issues(id);
    desk.line_is(id, lines[0], Field::LineAnswer, "declined");
    desk.line_is(id, lines[1], Field::LineAnswer, "accepted");
    desk.answers(id, "by_line");
    assert_eq!(desk.stage(id), Stage::Dispatch);
    assert!(desk.repairs(id).is_err());
    assert_eq!(desk.case(id).ledger.open(), Fen(12_00));
}

#[test]
fn a_declined_quote_sends_the_goods_back_unrepaired() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    desk.quotes(id, &[("labour", "60")]);
    desk.issues(id).answers(id, "declined");
    assert_eq!(desk.stage(id), Stage::Dispatch);
    assert!(is_blocked(&desk.repairs(id), Blocker::NotAgreed));
    desk.fills(id, &[(Field::FreightBack, "collect")]);
    desk.confirms_and_sends(id).unwrap();
    assert_eq!(desk.outcome(id), Some("quote_declined"));
}

#[test]
fn nobody_gets_out_of_an_agreed_price_after_the_repair() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    let lines = desk.quotes(id, &[("labour", "60"), ("parts", "25")]);
    desk.issues(id).answers(id, "accepted");
    desk.repairs(id).unwrap();
    let declined = Action::AnswerQuote {
        answer: "declined",
        over: "telephone",
    };
    assert_eq!(desk.tries(id, declined), Err(Refusal::WouldBreak));
    let cheaper = aftercare::work::action::FieldEdit {
        item: lines[0],
        field: Field::LinePrice,
        entry: aftercare::desk::value::Entry::Known(crate::desk::value(Field::LinePrice, "1")),
        ground: aftercare::desk::change::Ground::Desk,
    };
    assert_eq!(
        desk.tries(id, Action::Edit(vec![cheaper])),
        Err(Refusal::WouldBreak)
    );
    let not_repaired = aftercare::work::action::FieldEdit::of_self(
        Field::RepairOutcome,
        aftercare::desk::value::Entry::Known(aftercare::desk::value::Value::Choice("not_repaired")),
        aftercare::desk::change::Ground::Desk,
    );
    assert_eq!(
        desk.tries(id, Action::Edit(vec![not_repaired])),
        Err(Refusal::WouldBreak)
    );
    assert_eq!(desk.case(id).ledger.open(), Fen(85_00));
}

#[test]
fn a_proof_that_turns_up_frees_a_repair_from_its_quote() {
    let mut desk = Desk::on("2026-03-02");
    let id = desk.call(&CALLER);
    desk.fills(
        id,
        &[
            (Field::Service, "repair"),
            (Field::Proof, "none"),
            (Field::ShipDate, "2025-05-05"),
            (Field::AgreedIfCovered, "yes"),
        ],
    );
    desk.does(id, Action::Authorise);
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "quality")]);
    desk.quotes(id, &[("labour", "60")]);
    desk.issues(id);
    assert_eq!(desk.stage(id), Stage::Answer);
    desk.fills(
        id,
        &[(Field::Proof, "valid"), (Field::PurchaseDate, "2025-12-20")],
    );
    assert_eq!(desk.stage(id), Stage::Repair, "PROOF-LATE");
    assert_eq!(desk.repairs(id), Ok(()));
}
