//! Two people at one case: what is harmless merges, what breaks a gate is refused, and what would
//! come to something else than the person saw is never applied.

use aftercare::desk::field::Field;
use aftercare::desk::money::Fen;
use aftercare::desk::value::Value;
use aftercare::store::{CommitFault, Trouble};
use aftercare::work::action::{Action, Refusal};
use aftercare::work::intent::Intent;
use aftercare::work::standing::Blocker;

use crate::session::{
    ACCEPT, Desk, ISSUE, act, agreed_at_the_bench, expired_at_the_bench, fill, fill_item, pay,
    ready_to_leave, refund, refused, remove, repair, reverse,
};

const TODAY: &str = "2026-11-20";

// --- what merges

#[test]
fn two_fields_of_one_case_are_both_kept() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut chen) = (desk.sits("li"), desk.sits("chen"));
    let id = repair(&mut li, 40);
    let one = li.means(fill(id, &[(Field::Fault, "no output")]));
    let other = chen.means(fill(id, &[(Field::Findings, "burnt")]));
    chen.saves(&other).unwrap();
    li.saves(&one).unwrap();
    let record = li.record(id);
    assert_eq!(record.text(Field::Fault), Some("no output"));
    assert_eq!(record.text(Field::Findings), Some("burnt"));
}

#[test]
fn one_field_filled_by_two_is_a_conflict_and_no_refusal() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut chen) = (desk.sits("li"), desk.sits("chen"));
    let id = repair(&mut li, 40);
    let one = li.means(fill(id, &[(Field::Fault, "no output")]));
    let other = chen.means(fill(id, &[(Field::Fault, "smells")]));
    chen.saves(&other).unwrap();
    let saved = li.saves(&one);
    assert!(matches!(saved, Err(CommitFault::Stale(_))), "{saved:?}");
}

#[test]
fn quote_lines_added_at_once_are_both_kept() {
    for is_issued_before in [false, true] {
        let mut desk = Desk::on(TODAY);
        let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
        let id = expired_at_the_bench(&mut wu);
        wu.quotes(id, "labour", "80");
        if is_issued_before {
            wu.acts(id, ISSUE);
        }
        let (_, one) = li.line(id, "parts", "20");
        let (_, other) = wu.line(id, "other", "5");
        let (one, other) = (li.means(one), wu.means(other));
        wu.saves(&other).unwrap();
        li.saves(&one).unwrap();
        let quote = li.case(id).quote;
        assert_eq!(quote.total(), Some(Fen(10_500)), "{is_issued_before}");
    }
}

#[test]
fn payments_noted_at_once_are_both_kept_also_when_the_first_ends_the_wait() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let (id, _) = agreed_at_the_bench(&mut wu);
    wu.fills(id, &[(Field::WaitingFor, "payment")]);
    let one = li.means(act(id, pay(30)));
    let other = wu.means(act(id, pay(50)));
    wu.saves(&other).unwrap();
    li.saves(&one).unwrap();
    let case = li.case(id);
    assert_eq!(case.ledger.open(), Fen(0));
    assert_eq!(case.record.choice(Field::WaitingFor), None);
}

#[test]
fn the_same_money_is_given_back_once_whoever_does_it() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let (id, _) = agreed_at_the_bench(&mut wu);
    wu.acts(id, pay(100));
    let (whole, half) = (li.means(act(id, refund(20))), li.means(act(id, refund(10))));
    wu.acts(id, refund(10));
    let before = desk.changes();
    assert_eq!(refused(li.saves(&whole)), Refusal::MoreThanPaid(Fen(10_00)));
    assert_eq!(refused(li.saves(&half)), Refusal::ChangedMeanwhile);
    assert_eq!(desk.changes(), before);
}

#[test]
fn the_same_payment_noted_by_two_is_noted_once() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let (id, _) = agreed_at_the_bench(&mut wu);
    let one = li.means(act(id, pay(80)));
    wu.acts(id, pay(80));
    assert_eq!(refused(li.saves(&one)), Refusal::ChangedMeanwhile);
}

#[test]
fn a_wrong_entry_is_reversed_once() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let (id, _) = agreed_at_the_bench(&mut wu);
    wu.acts(id, pay(80));
    let intent = reverse(&mut li, id);
    let one = li.means(intent.clone());
    wu.does(intent);
    assert_eq!(refused(li.saves(&one)), Refusal::NothingToReverse);
}

#[test]
fn the_same_done_by_two_is_done_once() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let id = repair(&mut wu, 40);
    let one = li.means(act(id, Action::ConfirmContact));
    let other = wu.means(act(id, Action::ConfirmContact));
    wu.saves(&other).unwrap();
    li.saves(&one).unwrap();
    assert!(li.record(id).is_yes(Field::ContactConfirmed));
}

// --- gates that closed meanwhile

#[test]
fn a_repair_is_not_finished_when_the_accepted_line_was_removed() {
    let mut desk = Desk::on(TODAY);
    let (mut chen, mut wu) = (desk.sits("chen"), desk.sits("wu"));
    let (id, line) = agreed_at_the_bench(&mut wu);
    let finish = chen.means(act(id, Action::FinishRepair));
    wu.does(remove(id, line));
    let before = desk.changes();
    let Refusal::Blocked(blockers) = refused(chen.saves(&finish)) else {
        panic!("not blocked");
    };
    assert!(blockers.contains(&Blocker::NotAgreed), "{blockers:?}");
    assert_eq!(desk.changes(), before);
}

#[test]
fn the_accepted_line_is_not_removed_when_the_repair_was_finished() {
    let mut desk = Desk::on(TODAY);
    let (mut chen, mut wu) = (desk.sits("chen"), desk.sits("wu"));
    let (id, line) = agreed_at_the_bench(&mut wu);
    let removal = wu.means(remove(id, line));
    chen.acts(id, Action::FinishRepair);
    let before = desk.changes();
    assert_eq!(refused(wu.saves(&removal)), Refusal::WouldBreak);
    assert_eq!(desk.changes(), before);
}

#[test]
fn goods_that_were_sent_back_are_not_sent_again() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let id = ready_to_leave(&mut wu, "SF1111111111111");
    let dispatch = li.means(Intent::Dispatch { case: id });
    wu.does(Intent::Dispatch { case: id });
    let before = desk.changes();
    assert_eq!(refused(li.saves(&dispatch)), Refusal::Closed);
    assert_eq!(desk.changes(), before);
}

#[test]
fn a_case_is_not_edited_when_it_was_closed() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let id = ready_to_leave(&mut wu, "SF1111111111111");
    let edit = li.means(fill(id, &[(Field::WorkDone, "calls again")]));
    wu.does(Intent::Dispatch { case: id });
    assert_eq!(refused(li.saves(&edit)), Refusal::Closed);
}

#[test]
fn money_that_was_paid_is_not_waived() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let (id, _) = agreed_at_the_bench(&mut wu);
    let waive = wu.means(act(
        id,
        Action::Waive {
            amount: Fen(80_00),
            reason: "a good customer".into(),
        },
    ));
    li.acts(id, pay(50));
    assert_eq!(refused(wu.saves(&waive)), Refusal::MoreThanOpen(Fen(30_00)));
}

#[test]
fn an_answer_is_not_taken_back_when_the_repair_rests_on_it() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut chen) = (desk.sits("li"), desk.sits("chen"));
    let mut wu = desk.sits("wu");
    let id = expired_at_the_bench(&mut wu);
    wu.quotes(id, "labour", "80");
    wu.acts(id, ISSUE);
    li.acts(id, ACCEPT);
    let undo = li.means(Intent::Undo { case: id });
    chen.acts(id, Action::FinishRepair);
    let before = desk.changes();
    assert_eq!(refused(li.saves(&undo)), Refusal::WouldBreak);
    assert_eq!(desk.changes(), before);
}

#[test]
fn an_edit_is_not_taken_back_when_somebody_changed_the_field_since() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut chen) = (desk.sits("li"), desk.sits("chen"));
    let id = repair(&mut li, 40);
    li.fills(id, &[(Field::Fault, "no output")]);
    let undo = li.means(Intent::Undo { case: id });
    chen.fills(id, &[(Field::Fault, "no output, smells")]);
    assert_eq!(
        refused(li.saves(&undo)),
        Refusal::ChangedSince(Field::Fault)
    );
}

// --- what came to something else

#[test]
fn a_line_is_not_added_unseen_to_a_quote_that_was_told() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let id = expired_at_the_bench(&mut wu);
    wu.quotes(id, "labour", "80");
    let (_, line) = li.line(id, "parts", "20");
    let line = li.means(line);
    wu.acts(id, ISSUE);
    let before = desk.changes();
    assert_eq!(refused(li.saves(&line)), Refusal::ChangedMeanwhile);
    assert_eq!(desk.changes(), before);
    // Having seen it, they may.
    let again = li.means(line.intent().clone());
    li.saves(&again).unwrap();
}

#[test]
fn a_quote_is_told_as_it_was_seen_or_not_at_all() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let id = expired_at_the_bench(&mut wu);
    let line = wu.quotes(id, "labour", "80");
    let issue = li.means(act(id, ISSUE));
    wu.does(fill_item(id, line, Field::LinePrice, "120"));
    assert_eq!(refused(li.saves(&issue)), Refusal::ChangedMeanwhile);
}

#[test]
fn an_answer_counts_for_the_quote_it_was_given_to() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let id = expired_at_the_bench(&mut wu);
    let line = wu.quotes(id, "labour", "80");
    wu.acts(id, ISSUE);
    let answer = li.means(act(id, ACCEPT));
    wu.does(fill_item(id, line, Field::LinePrice, "120"));
    assert_eq!(refused(li.saves(&answer)), Refusal::NotIssued);
    wu.acts(id, ISSUE);
    assert_eq!(refused(li.saves(&answer)), Refusal::ChangedMeanwhile);
}

#[test]
fn an_address_that_was_changed_is_not_confirmed_unseen() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let id = repair(&mut wu, 40);
    wu.acts(id, Action::ConfirmContact);
    wu.fills(id, &[(Field::RecipientAddress, "2 Example Road")]);
    let confirm = li.means(act(id, Action::ConfirmContact));
    wu.fills(id, &[(Field::RecipientAddress, "3 Example Road")]);
    assert_eq!(refused(li.saves(&confirm)), Refusal::ChangedMeanwhile);
}

#[test]
fn goods_do_not_leave_for_another_address_than_the_one_on_the_box() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let id = ready_to_leave(&mut wu, "SF1111111111111");
    let dispatch = li.means(Intent::Dispatch { case: id });
    wu.fills(id, &[(Field::RecipientAddress, "2 Example Road")]);
    wu.acts(id, Action::ConfirmContact);
    assert_eq!(refused(li.saves(&dispatch)), Refusal::ChangedMeanwhile);
}

#[test]
fn a_period_that_turned_out_otherwise_is_not_frozen_unseen() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let (id, _) = agreed_at_the_bench(&mut wu);
    wu.acts(id, Action::FinishRepair);
    wu.acts(id, pay(80));
    wu.acts(id, Action::ConfirmContact);
    wu.fills(
        id,
        &[
            (Field::WaybillBack, "SF1111111111111"),
            (Field::FreightBack, "collect"),
        ],
    );
    let dispatch = li.means(Intent::Dispatch { case: id });
    wu.fills(id, &[(Field::PurchaseDate, "2026-10-20")]);
    assert_eq!(refused(li.saves(&dispatch)), Refusal::ChangedMeanwhile);
    li.does(Intent::Dispatch { case: id });
    assert_eq!(li.record(id).choice(Field::PeriodStatus), Some("in"));
}

#[test]
fn a_box_that_was_begun_meanwhile_is_used_after_it_was_seen() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let one = ready_to_leave(&mut wu, "SF1111111111111");
    let other = ready_to_leave(&mut wu, "SF1111111111111");
    let dispatch = li.means(Intent::Dispatch { case: one });
    wu.does(Intent::Dispatch { case: other });
    assert_eq!(refused(li.saves(&dispatch)), Refusal::ChangedMeanwhile);
    li.does(Intent::Dispatch { case: one });
    let boxes = [one, other].map(|id| li.record(id).link(Field::ParcelOut));
    assert!(boxes[0].is_some() && boxes[0] == boxes[1], "{boxes:?}");
}

#[test]
fn goods_put_into_a_parcel_meanwhile_are_not_taken_in_unseen() {
    let mut desk = Desk::on(TODAY);
    let (mut chen, mut wu) = (desk.sits("chen"), desk.sits("wu"));
    let id = repair(&mut wu, 40);
    let parcel = wu.parcel("SF2222222222222", &[id]);
    let receive = chen.means(Intent::Receive { parcel });
    let more = wu.goods(parcel, (Field::GoodsLabel, Value::Text("B-7".into())));
    wu.does(more);
    let before = desk.changes();
    assert_eq!(refused(chen.saves(&receive)), Refusal::ChangedMeanwhile);
    assert_eq!(desk.changes(), before);
    chen.does(Intent::Receive { parcel });
    let second = chen.tries_to_mean(Intent::Receive { parcel });
    assert_eq!(second, Err(Refusal::AlreadyReceived));
}

#[test]
fn a_number_is_given_once_and_the_second_is_told() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let id = wu.call(&crate::session::CALLER);
    wu.fills(id, &[(Field::Service, "repair")]);
    let one = li.means(act(id, Action::Authorise));
    let other = wu.means(act(id, Action::Authorise));
    wu.saves(&other).unwrap();
    assert_eq!(refused(li.saves(&one)), Refusal::HasNumber);
}

#[test]
fn ones_own_second_session_takes_nothing_else_back_than_was_seen() {
    let mut desk = Desk::on(TODAY);
    let (mut here, mut there) = (desk.sits("li"), desk.sits("li"));
    let id = repair(&mut here, 40);
    here.fills(id, &[(Field::Fault, "no output")]);
    let undo = here.means(Intent::Undo { case: id });
    there.fills(id, &[(Field::WorkDone, "calls again")]);
    assert_eq!(refused(here.saves(&undo)), Refusal::ChangedMeanwhile);
}

// --- the file itself

#[test]
fn a_case_that_cannot_be_read_is_trouble_and_no_refusal() {
    let mut desk = Desk::on(TODAY);
    let mut li = desk.sits("li");
    let id = repair(&mut li, 40);
    let edit = li.means(fill(id, &[(Field::Fault, "no output")]));
    let seq = li.record(id).next_seq();
    let conn = rusqlite::Connection::open(desk.path()).unwrap();
    conn.execute(
        "INSERT INTO change (entity, seq, rev, at, who, ground, act, action, item, field, value,
             state, base)
         VALUES (?1, ?2, 1, 0, 'x', 'desk', 'edit', 1, 0, 'of-a-later-program', 'x', 'known', 0)",
        rusqlite::params![id.0, seq],
    )
    .unwrap();
    let saved = li.saves(&edit);
    assert!(
        matches!(saved, Err(CommitFault::Trouble(Trouble::Damaged(_)))),
        "{saved:?}"
    );
}

#[test]
fn a_case_that_never_was_is_not_edited() {
    let mut desk = Desk::on(TODAY);
    let mut li = desk.sits("li");
    let parcel = li.parcel("SF2222222222222", &[]);
    let made_up = aftercare::desk::id::EntityId(4711);
    for nothing in [made_up, parcel] {
        let meant = li.tries_to_mean(fill(nothing, &[(Field::Fault, "no output")]));
        assert_eq!(meant, Err(Refusal::Gone));
    }
}
