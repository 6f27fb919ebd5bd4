//! A unit that is open in two cases, and goods under the wrong case: what is asked, what goes where,
//! and the way back.

use std::collections::BTreeMap;

use aftercare::desk::change::{Act, Ground};
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, ItemId};
use aftercare::desk::money::Fen;
use aftercare::desk::record::Record;
use aftercare::desk::staff::Role;
use aftercare::desk::value::{Entry, Value};
use aftercare::work::action::{Action, FieldEdit, Refusal};
use aftercare::work::join::{self, Bar, Prefer, Way};
use aftercare::work::standing::{GoodsAt, Stage};
use proptest::prelude::*;

use crate::desk::{CALLER, Desk, covered_repair, expired_at_the_bench, expired_repair};

const JOIN: (Way, Prefer) = (Way::Join, Prefer::Theirs);
const MOVE: (Way, Prefer) = (Way::Goods, Prefer::Theirs);

/// Goods that nobody announced: a case made at the door, with a label on its bag.
fn made_at_the_door(desk: &mut Desk) -> EntityId {
    let parcel = desk.parcel("SF0000000000042");
    desk.puts_in(parcel, None, Some("B-12"));
    desk.receives(parcel).unwrap();
    let link = desk.records[&parcel].items_with(Field::GoodsCase)[0];
    match desk.records[&parcel].value_of(link, Field::GoodsCase) {
        Some(Value::Link(case)) => *case,
        other => panic!("{other:?}"),
    }
}

/// Somebody saw these things of the goods.
fn sees(desk: &mut Desk, id: EntityId, facts: &[(Field, &str)]) {
    let edits = facts.iter().map(|(field, text)| {
        let entry = Entry::Known(crate::desk::value(*field, text));
        FieldEdit::of_self(*field, entry, Ground::Inspected)
    });
    let edits = edits.collect();
    desk.does(id, Action::Edit(edits));
}

/// Every fact of a record without the change that said it.
fn facts(record: &Record) -> BTreeMap<(ItemId, Field), (Entry, Ground)> {
    let facts = record.facts();
    facts
        .map(|(item, field, fact)| ((item, field), (fact.entry.clone(), fact.ground)))
        .collect()
}

// --- the same unit, open twice

#[test]
fn a_unit_that_is_open_elsewhere_is_asked_about_however_its_number_is_spelled() {
    for spelled in ["80H2-7731", "80H27731", "80h2 7731", "８０Ｈ２－７７３１"] {
        let mut desk = Desk::on("2026-03-02");
        let first = covered_repair(&mut desk);
        let mut caller = CALLER;
        caller[4].1 = spelled;
        let second = desk.call(&caller);
        desk.fills(second, &[(Field::Service, "repair")]);
        let told = match desk.tries_beside_others(second, Action::Authorise) {
            Err(Refusal::OpenElsewhere(others)) => others,
            other => panic!("{spelled}: {other:?}"),
        };
        assert_eq!(told.len(), 1, "{spelled}");
        assert_eq!(told[0].case, first);
        assert_eq!(told[0].number.as_deref(), desk.number(first));
        assert_eq!(told[0].stage, Stage::AwaitingParcel);
        let known = Action::AuthoriseBeside(vec![first]);
        desk.tries_beside_others(second, known).unwrap();
        // It is on record that this was known.
        let record = &desk.records[&second];
        let items = record.items_with(Field::BesideCase);
        let beside = record.value_of(items[0], Field::BesideCase);
        assert_eq!(beside, Some(&Value::Link(first)));
        assert!(desk.number(second).is_some());
    }
}

#[test]
fn who_knows_of_one_case_is_asked_again_about_the_next() {
    let mut desk = Desk::on("2026-03-02");
    let first = covered_repair(&mut desk);
    let call = desk.call(&CALLER);
    let second = desk.call(&CALLER);
    desk.fills(second, &[(Field::Service, "repair")]);
    let known = Action::AuthoriseBeside(vec![first]);
    let refused = desk.tries_beside_others(second, known);
    let Err(Refusal::OpenElsewhere(others)) = refused else {
        panic!("{refused:?}");
    };
    let told: Vec<_> = others
        .iter()
        .map(|other| (other.case, other.number.is_some(), other.stage))
        .collect();
    assert_eq!(
        told,
        [
            (first, true, Stage::AwaitingParcel),
            (call, false, Stage::Call)
        ]
    );
}

#[test]
fn closed_cases_and_other_units_are_no_question() {
    let mut desk = Desk::on("2026-03-02");
    let closed = desk.call(&CALLER);
    desk.closes(closed, "enquiry_only").unwrap();
    let mut other = CALLER;
    other[4].1 = "80H2-7732";
    desk.call(&other);
    let id = desk.call(&CALLER);
    desk.fills(id, &[(Field::Service, "repair")]);
    desk.tries_beside_others(id, Action::Authorise).unwrap();
}

// --- joining

#[test]
fn goods_entered_at_the_door_go_to_the_case_that_waited_for_them() {
    let mut desk = Desk::on("2026-03-02");
    let right = covered_repair(&mut desk);
    desk.go_on(3);
    let wrong = made_at_the_door(&mut desk);
    let number = desk.number(wrong).map(str::to_string);
    sees(
        &mut desk,
        wrong,
        &[(Field::TestResult, "quality"), (Field::Findings, "burnt")],
    );
    desk.fills(wrong, &[(Field::Bin, "A3")]);
    desk.technician().joins(wrong, right, JOIN).unwrap();

    let record = &desk.records[&right];
    assert_eq!(record.text(Field::BagLabel), Some("B-12"));
    assert_eq!(record.text(Field::Bin), Some("A3"));
    assert_eq!(record.choice(Field::TestResult), Some("quality"));
    let seen = record.fact(Field::TestResult).unwrap();
    assert_eq!(seen.ground, Ground::Inspected);
    assert_eq!(join::came_from(record), [wrong]);
    assert_eq!(desk.stage(right), Stage::Repair);
    let parcel = desk.records[&record.link(Field::ParcelIn).unwrap()].clone();
    let line = parcel.items_with(Field::GoodsCase)[0];
    let goods = parcel.value_of(line, Field::GoodsCase);
    assert_eq!(goods, Some(&Value::Link(right)));

    assert_eq!(desk.outcome(wrong), Some("joined"));
    assert_eq!(join::moved_to(&desk.records[&wrong]), Some(right));
    assert_eq!(desk.number(wrong).map(str::to_string), number);
    assert_eq!(desk.standing(wrong).goods, GoodsAt::Customer);
    // What was seen stays readable where it was written.
    let findings = desk.records[&wrong].text(Field::Findings);
    assert_eq!(findings, Some("burnt"));
}

#[test]
fn a_call_that_gets_goods_gets_a_number_and_keeps_it() {
    let mut desk = Desk::on("2026-03-02");
    let right = desk.call(&CALLER);
    let wrong = made_at_the_door(&mut desk);
    desk.joins(wrong, right, JOIN).unwrap();
    let number = desk.number(right).map(str::to_string);
    assert!(number.is_some());
    desk.takes_apart(right).unwrap();
    assert_eq!(desk.number(right).map(str::to_string), number);
    assert_eq!(desk.stage(wrong), Stage::Triage);
}

#[test]
fn what_was_seen_outranks_what_was_said_and_what_both_saw_is_chosen() {
    for (prefer, complete) in [(Prefer::Theirs, "yes"), (Prefer::Ours, "no")] {
        let mut desk = Desk::on("2026-03-02");
        let right = covered_repair(&mut desk);
        desk.fills(right, &[(Field::AppearanceDamage, "no")]);
        sees(&mut desk, right, &[(Field::Complete, "yes")]);
        let wrong = made_at_the_door(&mut desk);
        let seen = [(Field::AppearanceDamage, "yes"), (Field::Complete, "no")];
        sees(&mut desk, wrong, &seen);
        let moves = join::moves(&desk.records[&wrong], &desk.records[&right], Way::Join);
        assert_eq!(moves.asked, [Field::Complete]);
        assert!(moves.moved.contains(&Field::AppearanceDamage), "{moves:?}");
        desk.joins(wrong, right, (Way::Join, prefer)).unwrap();
        let record = &desk.records[&right];
        assert_eq!(record.choice(Field::AppearanceDamage), Some("yes"));
        assert_eq!(record.choice(Field::Complete), Some(complete));
        // Nothing is lost: the joined case has its own words.
        assert_eq!(desk.records[&wrong].choice(Field::Complete), Some("no"));
    }
}

#[test]
fn which_unit_it_is_is_always_chosen() {
    let mut desk = Desk::on("2026-03-02");
    let right = covered_repair(&mut desk);
    let wrong = made_at_the_door(&mut desk);
    sees(&mut desk, wrong, &[(Field::SerialNumber, "80H2-9999")]);
    let records = [&desk.records[&wrong], &desk.records[&right]];
    let moves = join::moves(records[0], records[1], Way::Join);
    assert_eq!(moves.asked, [Field::SerialNumber]);
}

#[test]
fn goods_alone_go_and_a_case_with_a_call_of_its_own_waits_again() {
    let mut desk = Desk::on("2026-03-02");
    let right = covered_repair(&mut desk);
    let wrong = expired_at_the_bench(&mut desk);
    sees(&mut desk, wrong, &[(Field::Findings, "burnt")]);
    desk.joins(wrong, right, MOVE).unwrap();
    assert_eq!(desk.outcome(wrong), None);
    assert_eq!(desk.stage(wrong), Stage::AwaitingParcel);
    let record = &desk.records[&wrong];
    assert_eq!(join::moved_to(record), Some(right));
    // It was seen of goods that are not this case's.
    assert_eq!(record.text(Field::Findings), None);
    assert_eq!(record.choice(Field::Proof), Some("valid"));
    assert_eq!(desk.standing(right).goods, GoodsAt::Here);
    let findings = desk.records[&right].text(Field::Findings);
    assert_eq!(findings, Some("burnt"));
    // Its own parcel comes, and then the goods do not come back to it.
    desk.takes_in(&[wrong]);
    let refused = desk.takes_apart(right);
    assert_eq!(refused, Err(Refusal::ChangedSince(Field::ArrivalDate)));
}

#[test]
fn goods_of_a_case_made_for_them_leave_nothing_behind() {
    let mut desk = Desk::on("2026-03-02");
    let right = covered_repair(&mut desk);
    let wrong = made_at_the_door(&mut desk);
    desk.joins(wrong, right, MOVE).unwrap();
    assert_eq!(desk.outcome(wrong), Some("joined"));
}

#[test]
fn what_cannot_be_joined_is_refused_with_its_reason() {
    let refused = |bar| Err(Refusal::Join(bar));
    let mut desk = Desk::on("2026-03-02");
    let right = covered_repair(&mut desk);
    let wrong = expired_at_the_bench(&mut desk);
    assert_eq!(desk.joins(wrong, wrong, JOIN), refused(Bar::Itself));
    assert_eq!(desk.joins(right, wrong, MOVE), Err(Refusal::GoodsNotHere));
    let closed = desk.call(&CALLER);
    desk.closes(closed, "enquiry_only").unwrap();
    assert_eq!(desk.joins(wrong, closed, JOIN), refused(Bar::TargetClosed));
    assert_eq!(desk.joins(closed, right, JOIN), Err(Refusal::Closed));
    desk.by("gu", Role::Viewer);
    assert_eq!(
        desk.joins(wrong, right, JOIN),
        Err(Refusal::Role(Role::Viewer))
    );
    desk.operator();
    assert_eq!(desk.takes_apart(wrong), refused(Bar::NotJoined));
    // Money that came in does not vanish with a case.
    desk.quotes(wrong, &[("labour", "60")]);
    desk.issues(wrong).answers(wrong, "declined");
    desk.pays(wrong, 10);
    assert_eq!(desk.joins(wrong, right, JOIN), refused(Bar::Money));
    // Nor what the customer agreed to and still owes, nor the work that was done.
    let agreed = expired_at_the_bench(&mut desk);
    desk.quotes(agreed, &[("labour", "60")]);
    desk.issues(agreed).answers(agreed, "accepted");
    assert_eq!(desk.joins(agreed, right, JOIN), refused(Bar::Money));
    desk.repairs(agreed).unwrap();
    assert_eq!(desk.joins(agreed, right, JOIN), refused(Bar::WorkDone));
    desk.pays(agreed, 60);
    desk.fills(agreed, &[(Field::FreightBack, "collect")]);
    desk.confirms_and_sends(agreed).unwrap();
    let target = desk.joins(wrong, agreed, JOIN);
    assert_eq!(target, refused(Bar::TargetClosed));
}

#[test]
fn money_that_was_put_right_stands_in_the_way_no_more_and_none_comes_to_a_joined_case() {
    let mut desk = Desk::on("2026-03-02");
    let right = covered_repair(&mut desk);
    let wrong = expired_at_the_bench(&mut desk);
    desk.pays(wrong, 10);
    let refused = desk.joins(wrong, right, JOIN);
    assert_eq!(refused, Err(Refusal::Join(Bar::Money)));
    let item = desk.records[&wrong].items_with(Field::PaymentAmount)[0];
    let reason = "paid for the other case".to_string();
    desk.supervisor()
        .does(wrong, Action::Reverse { item, reason });
    desk.operator().joins(wrong, right, JOIN).unwrap();
    let pay = Action::Pay {
        amount: Fen(10_00),
        means: "cash",
        day: desk.today(),
    };
    let refused = desk.tries(wrong, pay.clone());
    assert_eq!(refused, Err(Refusal::Join(Bar::MoneyOfJoined)));
    desk.does(right, pay);
}

#[test]
fn a_joined_case_is_not_opened_again_but_taken_apart() {
    let mut desk = Desk::on("2026-03-02");
    let right = covered_repair(&mut desk);
    let wrong = expired_at_the_bench(&mut desk);
    desk.joins(wrong, right, JOIN).unwrap();
    let reason = "calls again".to_string();
    let reopened = desk.tries(wrong, Action::Reopen { reason });
    assert_eq!(reopened, Err(Refusal::Join(Bar::IsJoined)));
    let again = desk.joins(wrong, right, JOIN);
    assert_eq!(again, Err(Refusal::Join(Bar::IsJoined)));
    let by_hand = desk.closes(right, "joined");
    assert_eq!(by_hand, Err(Refusal::Join(Bar::ByItsCommand)));
}

#[test]
fn goods_do_not_open_a_joined_case_again() {
    let mut desk = Desk::on("2026-03-02");
    let right = covered_repair(&mut desk);
    let wrong = made_at_the_door(&mut desk);
    // In a parcel that is not taken in yet, and in one that comes later.
    let before = desk.parcel("SF0000000000043");
    desk.puts_in(before, Some(wrong), None);
    desk.joins(wrong, right, JOIN).unwrap();
    assert_eq!(desk.receives(before), Err(Refusal::AlreadyReceived));
    let later = desk.parcel("SF0000000000044");
    desk.puts_in(later, Some(wrong), None);
    let refused = Err(Refusal::Join(Bar::GoodsOfJoined));
    assert_eq!(desk.receives(later), refused);
    assert_eq!(desk.outcome(wrong), Some("joined"));
}

// --- the way back

#[test]
fn taken_apart_both_stand_as_before_from_either_side() {
    for from_the_right in [false, true] {
        for (undoes, way) in [(false, JOIN), (true, JOIN), (false, MOVE), (true, MOVE)] {
            let mut desk = Desk::on("2026-03-02");
            let right = covered_repair(&mut desk);
            let wrong = expired_at_the_bench(&mut desk);
            sees(&mut desk, wrong, &[(Field::Findings, "burnt")]);
            let before = desk.records.clone();
            desk.joins(wrong, right, way).unwrap();
            let at = if from_the_right { right } else { wrong };
            match undoes {
                true => desk.undoes(at).unwrap(),
                false => desk.by("wu", Role::Supervisor).takes_apart(at).unwrap(),
            }
            for (id, record) in &before {
                assert_eq!(facts(record), facts(&desk.records[id]), "{way:?}");
            }
            assert_eq!(desk.stage(wrong), Stage::Quote);
            assert_eq!(desk.stage(right), Stage::AwaitingParcel);
            let again = desk.takes_apart(at);
            assert_eq!(again, Err(Refusal::Join(Bar::NotJoined)));
        }
    }
}

#[test]
fn what_rests_on_the_goods_keeps_cases_together_and_is_named() {
    let mut desk = Desk::on("2026-03-02");
    let right = covered_repair(&mut desk);
    let wrong = made_at_the_door(&mut desk);
    desk.joins(wrong, right, JOIN).unwrap();
    sees(&mut desk, right, &[(Field::TestResult, "quality")]);
    for at in [wrong, right] {
        let refused = desk.takes_apart(at);
        assert_eq!(refused, Err(Refusal::ChangedSince(Field::TestResult)));
    }
    // Once that is taken back, they come apart.
    desk.undoes(right).unwrap();
    desk.takes_apart(right).unwrap();
    assert_eq!(desk.standing(wrong).goods, GoodsAt::Here);
    // Taking apart is not taken back: they are joined again.
    let undone = desk.undoes(right);
    assert_eq!(undone, Err(Refusal::CannotUndo(Act::TakeApart)));
    desk.joins(wrong, right, JOIN).unwrap();
}

#[test]
fn a_case_that_was_closed_since_is_not_taken_apart() {
    let mut desk = Desk::on("2026-03-02");
    let right = expired_repair(&mut desk);
    let wrong = desk.call(&CALLER);
    desk.joins(wrong, right, JOIN).unwrap();
    desk.closes(right, "never_sent").unwrap();
    assert_eq!(desk.takes_apart(wrong), Err(Refusal::Closed));
}

/// What may be known of either case before.
fn known() -> impl Strategy<Value = Vec<(usize, bool)>> {
    prop::collection::vec((0..8usize, any::<bool>()), 0..10)
}

const SOME: [(Field, [&str; 2]); 8] = [
    (Field::TestResult, ["quality", "no_fault"]),
    (Field::Complete, ["yes", "no"]),
    (Field::Findings, ["burnt", "wet"]),
    (Field::Bin, ["A3", "B4"]),
    (Field::Proof, ["valid", "none"]),
    (Field::Contents, ["cable", "nothing"]),
    (Field::Misuse, ["no", "caused"]),
    (Field::Cause, ["capacitor", "water"]),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_known_joining_and_taking_apart_changes_no_fact(
        theirs in known(),
        ours in known(),
        is_seen in any::<[bool; 2]>(),
        arrived in any::<[bool; 2]>(),
        goods_only in any::<bool>(),
        prefers_ours in any::<bool>(),
        undoes in any::<bool>(),
    ) {
        let mut desk = Desk::on("2026-03-02");
        let right = covered_repair(&mut desk);
        let wrong = expired_repair(&mut desk);
        for (id, arrived) in [(right, arrived[0]), (wrong, arrived[1])] {
            if arrived {
                desk.takes_in(&[id]);
            }
        }
        for (id, known, seen) in [(right, &theirs, is_seen[0]), (wrong, &ours, is_seen[1])] {
            for (at, other) in known {
                let (field, values) = SOME[*at];
                let fact = [(field, values[usize::from(*other)])];
                if seen {
                    sees(&mut desk, id, &fact);
                } else {
                    desk.fills(id, &fact);
                }
            }
        }
        let before = desk.records.clone();
        let way = if goods_only { Way::Goods } else { Way::Join };
        let prefer = if prefers_ours { Prefer::Ours } else { Prefer::Theirs };
        let joined = desk.joins(wrong, right, (way, prefer));
        prop_assert_eq!(joined.is_ok(), !goods_only || arrived[1], "{:?}", joined);
        if joined.is_err() {
            return Ok(());
        }
        prop_assert_eq!(join::moved_to(&desk.records[&wrong]), Some(right));
        let back = if undoes { desk.undoes(right) } else { desk.takes_apart(wrong) };
        prop_assert_eq!(back, Ok(()));
        for (id, record) in &before {
            prop_assert_eq!(facts(record), facts(&desk.records[id]));
        }
    }
}
