//! Taking back one's last action, and what cannot be taken back.

use aftercare::desk::booking::Booking;
use aftercare::desk::change::{Act, Ground};
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, ItemId};
use aftercare::desk::money::Fen;
use aftercare::desk::quote::QuoteState;
use aftercare::desk::record::Record;
use aftercare::desk::staff::Role;
use aftercare::desk::value::Entry;
use aftercare::work::action::{Action, FieldEdit, Refusal};
use aftercare::work::grants::Subject;
use aftercare::work::standing::{GoodsAt, Stage, contact_is_confirmed};

use crate::desk::{CALLER, Desk, covered_repair, expired_at_the_bench, no_fault_at_the_bench};

/// What is known, without who said it when.
fn known(record: &Record) -> Vec<(aftercare::desk::id::ItemId, Field, Entry)> {
    record
        .facts()
        .map(|(item, field, fact)| (item, field, fact.entry.clone()))
        .collect()
}

/// Does something, takes it back, and finds everything as it was.
fn there_and_back(desk: &mut Desk, id: EntityId, does: impl FnOnce(&mut Desk)) {
    let before = known(&desk.records[&id]);
    let stage = desk.stage(id);
    does(desk);
    assert_ne!(known(&desk.records[&id]), before);
    assert_eq!(desk.undoes(id), Ok(()));
    assert_eq!(known(&desk.records[&id]), before);
    assert_eq!(desk.stage(id), stage);
}

#[test]
fn keeping_what_somebody_else_filled_leaves_both_in_the_history_and_nothing_to_take_back() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.by("li", Role::Operator)
        .fills(id, &[(Field::Bin, "A-1")]);
    desk.by("wang", Role::Operator)
        .fills(id, &[(Field::Wishes, "soon")]);
    let before = known(&desk.records[&id]);
    let changes = desk.records[&id].changes().len();
    let wanted = FieldEdit::of_self(
        Field::Bin,
        Entry::Known(crate::desk::value(Field::Bin, "B-2")),
        Ground::Desk,
    );
    desk.does(id, Action::Settle(vec![wanted]));
    let record = &desk.records[&id];
    assert_eq!(known(record), before, "what stood stands");
    let history: Vec<_> = record.changes()[changes..]
        .iter()
        .map(|change| {
            (
                change.act,
                change.field,
                change.entry.value().unwrap().to_stored(),
            )
        })
        .collect();
    let both = [
        (Act::Settle, Field::Bin, "B-2".to_string()),
        (Act::Settle, Field::Bin, "A-1".to_string()),
    ];
    assert_eq!(history, both);
    let said = record.said(ItemId::SELF, Field::Bin).unwrap();
    assert_eq!(said.who, "li", "it is still li who said so");
    // Taking back goes on to what was done before.
    assert_eq!(desk.undoes(id), Ok(()));
    assert_eq!(desk.records[&id].text(Field::Wishes), None);
    assert_eq!(desk.records[&id].text(Field::Bin), Some("A-1"));
    desk.by("li", Role::Operator);
    assert_eq!(desk.undoes(id), Ok(()), "and li can take back what is li's");
    assert_eq!(desk.records[&id].text(Field::Bin), None);
}

#[test]
fn every_step_of_a_paid_repair_can_be_taken_back() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    let edit = [(Field::Bin, "A-3")];
    there_and_back(&mut desk, id, |desk| {
        desk.fills(id, &edit);
    });
    there_and_back(&mut desk, id, |desk| {
        desk.quotes(id, &[("labour", "60")]);
    });
    desk.quotes(id, &[("labour", "60")]);
    there_and_back(&mut desk, id, |desk| {
        desk.issues(id);
    });
    desk.issues(id);
    there_and_back(&mut desk, id, |desk| {
        desk.answers(id, "accepted");
    });
    there_and_back(&mut desk, id, |desk| {
        desk.answers(id, "declined");
    });
    desk.answers(id, "accepted");
    desk.technician();
    there_and_back(&mut desk, id, |desk| {
        desk.does(id, Action::FinishRepair);
    });
    desk.does(id, Action::FinishRepair);
    desk.operator();
    there_and_back(&mut desk, id, |desk| {
        desk.pays(id, 60);
    });
    desk.pays(id, 80);
    there_and_back(&mut desk, id, |desk| {
        desk.does(
            id,
            Action::Refund {
                amount: Fen(20_00),
                means: "cash",
                day: desk.today(),
            },
        );
    });
    there_and_back(&mut desk, id, |desk| {
        let payment = Booking::all(&desk.records[&id]).pop().unwrap();
        let (item, reason) = (payment.item, "-".to_string());
        desk.does(id, Action::Reverse { item, reason });
    });
    desk.undoes(id).unwrap();
    desk.supervisor();
    there_and_back(&mut desk, id, |desk| {
        desk.does(
            id,
            Action::Waive {
                amount: Fen(1),
                reason: "-".into(),
            },
        );
    });
    there_and_back(&mut desk, id, |desk| {
        desk.does(
            id,
            Action::Grant {
                subject: Subject::FreeFreight,
                reason: "-".into(),
            },
        );
    });
    desk.operator().pays(id, 60);
    desk.fills(id, &[(Field::FreightBack, "collect")]);
    there_and_back(&mut desk, id, |desk| {
        desk.does(id, Action::ConfirmContact);
    });
    desk.does(id, Action::ConfirmContact);
    desk.fills(id, &[(Field::WaybillBack, "SF1")]);
    there_and_back(&mut desk, id, |desk| {
        desk.sends(id, "SF1").unwrap();
    });
    desk.sends(id, "SF1").unwrap();
    there_and_back(&mut desk, id, |desk| {
        desk.does(id, Action::Reopen { reason: "-".into() });
    });
    there_and_back(&mut desk, id, |desk| {
        desk.does(id, Action::CameBack);
    });
}

#[test]
fn taking_a_parcel_in_is_taken_back_for_all_its_goods() {
    let mut desk = Desk::on("2026-03-02");
    let first = covered_repair(&mut desk);
    let second = covered_repair(&mut desk);
    desk.takes_in(&[first, second]);
    assert_eq!(desk.undoes(first), Ok(()));
    for id in [first, second] {
        assert_eq!(desk.standing(id).goods, GoodsAt::Customer);
    }
}

#[test]
fn a_number_once_given_stays() {
    let mut desk = Desk::on("2026-03-02");
    let id = desk.call(&CALLER);
    assert_eq!(desk.undoes(id), Err(Refusal::CannotUndo(Act::Begin)));
    desk.fills(id, &[(Field::Service, "repair")]);
    desk.does(id, Action::Authorise);
    assert_eq!(desk.undoes(id), Err(Refusal::CannotUndo(Act::Authorise)));

    let parcel = desk.parcel("SF5");
    desk.puts_in(parcel, None, Some("B-17"));
    desk.receives(parcel).unwrap();
    let made = desk.records[&parcel]
        .facts()
        .find_map(|(_, field, fact)| match (field, fact.entry.value()) {
            (Field::GoodsCase, Some(aftercare::desk::value::Value::Link(id))) => Some(*id),
            _ => None,
        })
        .unwrap();
    assert_eq!(desk.undoes(made), Err(Refusal::CannotUndo(Act::Receive)));
}

#[test]
fn one_takes_back_ones_own_only() {
    let mut desk = Desk::on("2026-03-02");
    let id = desk.call(&CALLER);
    desk.technician();
    assert_eq!(desk.undoes(id), Err(Refusal::NothingToUndo));
    desk.fills(id, &[(Field::Bin, "A-1")]);
    desk.operator().fills(id, &[(Field::Bin, "A-2")]);
    desk.technician();
    assert_eq!(
        desk.undoes(id),
        Err(Refusal::ChangedSince(Field::Bin)),
        "somebody has written over it"
    );
}

#[test]
fn what_was_taken_back_is_not_taken_back_again() {
    let mut desk = Desk::on("2026-03-02");
    let id = desk.call(&CALLER);
    for bin in ["A-1", "A-2", "A-3"] {
        desk.fills(id, &[(Field::Bin, bin)]);
    }
    let bin = |desk: &Desk| desk.records[&id].text(Field::Bin).map(str::to_string);
    desk.undoes(id).unwrap();
    desk.undoes(id).unwrap();
    assert_eq!(bin(&desk).as_deref(), Some("A-1"));
    desk.fills(id, &[(Field::Bin, "A-4")]);
    desk.undoes(id).unwrap();
    desk.undoes(id).unwrap();
    assert_eq!(bin(&desk), None);
    assert_eq!(desk.undoes(id), Err(Refusal::CannotUndo(Act::Begin)));
}

#[test]
fn nothing_is_taken_from_under_a_later_step() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    desk.quotes(id, &[("labour", "60")]);
    desk.issues(id).answers(id, "accepted");
    desk.repairs(id).unwrap();
    assert_eq!(desk.undoes(id), Err(Refusal::WouldBreak), "the answer");

    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.technician()
        .fills(id, &[(Field::TestResult, "quality")]);
    desk.operator().repairs(id).unwrap();
    assert_eq!(
        desk.undoes(id),
        Err(Refusal::WouldBreak),
        "the goods were here"
    );
}

#[test]
fn an_issue_taken_back_does_not_make_an_old_one_fit_new_lines() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    let lines = desk.quotes(id, &[("labour", "60")]);
    desk.issues(id).answers(id, "accepted");
    desk.line_is(id, lines[0], Field::LinePrice, "90");
    desk.issues(id);
    desk.undoes(id).unwrap();
    let quote = desk.case(id).quote;
    assert_eq!((quote.version, quote.state), (2, QuoteState::Draft));
    desk.undoes(id).unwrap();
    let quote = desk.case(id).quote;
    assert_eq!(quote.version, 1);
    assert!(quote.is_accepted(), "the lines are those he agreed to");
}

#[test]
fn an_answer_taken_back_does_not_bring_back_the_answer_to_an_older_quote() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    let lines = desk.quotes(id, &[("labour", "60")]);
    desk.issues(id).answers(id, "accepted");
    desk.line_is(id, lines[0], Field::LinePrice, "90");
    desk.issues(id).answers(id, "declined");
    desk.undoes(id).unwrap();
    assert_eq!(desk.case(id).quote.state, QuoteState::Issued);
    assert_eq!(desk.stage(id), Stage::Answer);
}

#[test]
fn a_confirmation_that_covered_what_was_sent_is_not_taken_back() {
    let mut desk = Desk::on("2026-03-02");
    let id = no_fault_at_the_bench(&mut desk);
    desk.by("li", Role::Operator)
        .does(id, Action::ConfirmContact);
    desk.by("zhao", Role::Operator);
    desk.fills(id, &[(Field::RecipientAddress, "2 Example Road")]);
    desk.by("li", Role::Operator)
        .does(id, Action::ConfirmContact);
    desk.by("zhao", Role::Operator).sends(id, "SF1").unwrap();
    // Without it li's older one would count again, and that was of another address.
    desk.by("li", Role::Operator);
    assert_eq!(desk.undoes(id), Err(Refusal::WouldBreak));
    // What came back is not on its way any more.
    desk.does(id, Action::CameBack);
    desk.does(id, Action::ConfirmContact);
    assert_eq!(desk.undoes(id), Ok(()));
    assert!(!contact_is_confirmed(&desk.records[&id]));
}
