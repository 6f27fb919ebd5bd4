//! Units open in two cases, on one file with several sessions: what is asked is asked again where it is
//! saved, and both cases are found from each other afterwards.

use aftercare::desk::field::Field;
use aftercare::desk::id::EntityId;
use aftercare::desk::serial::Serial;
use aftercare::desk::value::Value;
use aftercare::work::action::{Action, Refusal};
use aftercare::work::intent::Intent;
use aftercare::work::join::{Bar, Prefer, Way};
use aftercare::work::standing::Stage;

use crate::session::{
    CALLER, Desk, Session, act, authorises, edit, expired_at_the_bench, fill, pay, refused, repair,
};

const TODAY: &str = "2026-11-20";

fn join(case: EntityId, right: EntityId) -> Intent {
    Intent::Join {
        case,
        right,
        way: Way::Join,
        prefer: Prefer::Theirs,
    }
}

/// A case that was made at the door for goods nobody announced.
fn made_at_the_door(by: &mut Session) -> EntityId {
    let parcel = by.parcel("SF3333333333333", &[]);
    let goods = by.goods(parcel, (Field::GoodsLabel, Value::Text("B-7".into())));
    by.does(goods);
    let saved = by.does(Intent::Receive { parcel });
    let arrival = saved.changes.iter();
    let mut arrival = arrival.filter(|change| change.field == Field::ArrivalDate);
    arrival.next().unwrap().entity
}

#[test]
fn a_case_of_the_unit_that_was_opened_meanwhile_is_asked_about() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let first = repair(&mut wu, 40);
    let mut spelled = CALLER;
    spelled[4].1 = "80h27731";
    let call = li.call(&spelled);
    li.fills(call, &[(Field::Service, "repair")]);
    let tried = li.tries_to_mean(act(call, Action::Authorise));
    assert!(matches!(tried, Err(Refusal::OpenElsewhere(_))), "{tried:?}");
    // Knowing of it they go on; and then another one is there.
    let beside = li.means(act(call, Action::AuthoriseBeside(vec![first])));
    let second = wu.call(&CALLER);
    let before = desk.changes();
    let Refusal::OpenElsewhere(others) = refused(li.saves(&beside)) else {
        panic!("not asked");
    };
    let told: Vec<EntityId> = others.iter().map(|other| other.case).collect();
    assert_eq!(told, [first, second]);
    assert_eq!(desk.changes(), before);
    li.acts(call, Action::AuthoriseBeside(told));
    assert!(li.record(call).text(Field::Number).is_some());
}

#[test]
fn a_case_is_joined_once() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let right = repair(&mut wu, 40);
    let wrong = made_at_the_door(&mut wu);
    let one = li.means(join(wrong, right));
    let crosswise = li.means(join(right, wrong));
    wu.does(join(wrong, right));
    let before = desk.changes();
    assert_eq!(refused(li.saves(&one)), Refusal::Join(Bar::IsJoined));
    assert_eq!(
        refused(li.saves(&crosswise)),
        Refusal::Join(Bar::TargetClosed)
    );
    assert_eq!(desk.changes(), before);
}

#[test]
fn what_happened_meanwhile_keeps_cases_from_being_joined() {
    type Meanwhile = fn(&mut Session, EntityId, EntityId);
    let all: [(Meanwhile, Refusal); 4] = [
        (
            |wu, _, right| {
                wu.acts(
                    right,
                    Action::Close {
                        outcome: "never_sent",
                        note: String::new(),
                    },
                );
            },
            Refusal::Join(Bar::TargetClosed),
        ),
        (
            |wu, wrong, _| {
                wu.acts(wrong, pay(10));
            },
            Refusal::Join(Bar::Money),
        ),
        (
            |wu, wrong, _| {
                wu.acts(
                    wrong,
                    Action::Edit(vec![aftercare::work::action::FieldEdit {
                        ground: aftercare::desk::change::Ground::Inspected,
                        ..edit((Field::Findings, "burnt"))
                    }]),
                );
            },
            Refusal::ChangedMeanwhile,
        ),
        (
            |wu, _, right| wu.takes_in(&[right]),
            Refusal::ChangedMeanwhile,
        ),
    ];
    for (meanwhile, why) in all {
        let mut desk = Desk::on(TODAY);
        let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
        let right = repair(&mut wu, 40);
        let wrong = made_at_the_door(&mut wu);
        let joined = li.means(join(wrong, right));
        meanwhile(&mut wu, wrong, right);
        let before = desk.changes();
        assert_eq!(refused(li.saves(&joined)), why);
        assert_eq!(desk.changes(), before, "{why:?}");
    }
}

#[test]
fn cases_are_not_taken_apart_when_the_goods_were_tested_meanwhile() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut chen) = (desk.sits("li"), desk.sits("chen"));
    let right = repair(&mut li, 40);
    let wrong = made_at_the_door(&mut li);
    li.does(join(wrong, right));
    let apart = li.means(Intent::TakeApart { case: wrong });
    let undo = li.means(Intent::Undo { case: wrong });
    chen.does(fill(right, &[(Field::TestResult, "quality")]));
    for late in [apart, undo] {
        let why = Refusal::ChangedSince(Field::TestResult);
        assert_eq!(refused(li.saves(&late)), why);
    }
    chen.does(Intent::Undo { case: right });
    // Whoever takes it back need not be who joined them.
    chen.does(Intent::TakeApart { case: right });
    assert_eq!(li.case(wrong).standing.stage, Stage::Triage);
}

#[test]
fn both_cases_are_found_and_lead_to_each_other() {
    let mut desk = Desk::on(TODAY);
    let mut li = desk.sits("li");
    let right = repair(&mut li, 40);
    let wrong = made_at_the_door(&mut li);
    li.fills(wrong, &[(Field::SerialNumber, "80H27731")]);
    li.does(join(wrong, right));
    let view = li.store.view();
    let number = |id| li.record(id).text(Field::Number).unwrap().to_string();
    for (own, other) in [(wrong, right), (right, wrong)] {
        let rows = view.cases_by_number(&number(own)).unwrap();
        assert_eq!(rows[0].id, own);
        let hits = view.search(&number(own), 10).unwrap();
        assert!(hits.iter().any(|hit| hit.row.id == own));
        let file = view.case_file(own).unwrap().unwrap();
        assert_eq!(file.joined[0].id(), other);
    }
    assert_eq!(view.row(wrong).unwrap().unwrap().outcome, Some("joined"));
    let of_unit = view.by_serial(&Serial::parse("80H2-7731").unwrap());
    let mut of_unit: Vec<EntityId> = of_unit.unwrap().iter().map(|row| row.id).collect();
    of_unit.sort();
    let mut both = vec![wrong, right];
    both.sort();
    assert_eq!(of_unit, both);
    // The parcel and the label lead to the case that has the goods; so does the number of the other.
    let by_label = view.by_label("B-7").unwrap();
    assert_eq!(
        by_label.iter().map(|row| row.id).collect::<Vec<_>>(),
        [right]
    );
    let parcel = li.record(right).link(Field::ParcelIn).unwrap();
    let cases = view.cases_of(parcel).unwrap();
    assert_eq!(cases.iter().map(|row| row.id).collect::<Vec<_>>(), [right]);
    for typed in [number(wrong), number(right), "80h2 7731".to_string()] {
        let targets = view.join_targets(&typed).unwrap();
        let targets: Vec<EntityId> = targets.iter().map(|record| record.id()).collect();
        assert_eq!(targets, [right], "{typed}");
    }
    // Taken apart, everything is found where it was.
    li.does(Intent::TakeApart { case: right });
    let view = li.store.view();
    let by_label = view.by_label("B-7").unwrap();
    assert_eq!(by_label[0].id, wrong);
    assert_eq!(view.cases_of(parcel).unwrap()[0].id, wrong);
    assert!(view.case_file(right).unwrap().unwrap().joined.is_empty());
    assert!(
        li.store
            .view()
            .row(wrong)
            .unwrap()
            .unwrap()
            .outcome
            .is_none()
    );
}

#[test]
fn of_several_open_cases_none_is_taken_for_the_right_one() {
    let mut desk = Desk::on(TODAY);
    let mut li = desk.sits("li");
    let first = repair(&mut li, 40);
    let second = expired_at_the_bench(&mut li);
    let call = li.call(&CALLER);
    li.fills(call, &[(Field::Service, "repair")]);
    authorises(&mut li, call);
    let targets = li.store.view().join_targets("80H27731").unwrap();
    let targets: Vec<EntityId> = targets.iter().map(|record| record.id()).collect();
    assert_eq!(targets.len(), 3, "{targets:?}");
    assert!(targets.contains(&first) && targets.contains(&second));
}
