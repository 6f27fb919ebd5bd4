//! The two properties of the reading, over generated cases.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use aftercare::terms::assessment::{Assessment, Cover, Item, Missing, ReturnDecision};
use aftercare::terms::facts::{Domain, FactName, Facts, Service, TestResult};
use aftercare::terms::{Calendar, Choice, Terms, Value, ask_next, assess, both_ways};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::generate::{
    FORGETTABLE, MIDDLE, Tape, calendar, complete, completions, forget, forgettable, is_open,
    small_terms,
};
use crate::long::is_long;
use crate::reference::{self, Return};

/// How many cases to run: more by far with `AFTERCARE_LONG=1`.
fn cases(normal: u32) -> u32 {
    if is_long() { normal * 25 } else { normal }
}

/// Runs a property over tapes and gives back how often each outcome came.
fn run(
    normal: u32,
    property: impl Fn(&mut Tape<'_>, &mut dyn FnMut(&str)) -> Result<(), TestCaseError>,
) -> BTreeMap<String, u32> {
    let counts: RefCell<BTreeMap<String, u32>> = RefCell::default();
    let config = Config {
        cases: cases(normal),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let result = runner.run(&vec(any::<u16>(), 90), |numbers| {
        let mut count = |what: &str| {
            *counts.borrow_mut().entry(what.to_string()).or_default() += 1;
        };
        property(&mut Tape::new(&numbers), &mut count)
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    counts.into_inner()
}

/// Asserts that each of these came in at least one in `share` of the cases.
fn came(counts: &BTreeMap<String, u32>, normal: u32, share: u32, outcomes: &[&str]) {
    for outcome in outcomes {
        let count = counts.get(*outcome).copied().unwrap_or(0);
        assert!(
            count * share >= cases(normal),
            "{outcome} came {count} times in {}: {counts:?}",
            cases(normal)
        );
    }
}

fn fail(message: String) -> TestCaseError {
    TestCaseError::fail(message)
}

/// Every decision of an assessment that must not be overturned, with the part it stands in.
fn decisions(found: &Assessment) -> [(&'static str, &'static str); 8] {
    [
        ("return", found.returns.decision.code()),
        ("warranty", found.warranty.decision.code()),
        ("period", found.warranty.period.code()),
        ("freight in", found.freight.inward.code()),
        ("freight back", found.freight.back.code()),
        ("fee", found.fee.repair.code()),
        ("may repair", found.gates.may_repair.code()),
        ("may send back", found.gates.may_send_back.code()),
    ]
}

fn has_conflicts(found: &Assessment) -> bool {
    !(found.returns.conflicts.is_empty()
        && found.warranty.period_conflicts.is_empty()
        && found.freight.conflicts.is_empty())
}

#[test]
fn complete_cases_are_decided_as_the_tables_say() {
    const CASES: u32 = 60_000;
    let (terms, calendar) = (small_terms(), calendar());
    let counts = run(CASES, |tape, count| {
        let facts = complete(tape);
        if !reference::in_order(&facts) {
            return Ok(());
        }
        let found = assess(&facts, &terms, &calendar);
        let expected = reference::returned(&facts, &terms);
        let decision = match expected {
            Return::Allowed => ReturnDecision::Allowed,
            Return::Refused => ReturnDecision::Refused,
            Return::Staff => ReturnDecision::Undetermined,
        };
        count(&format!("return {expected:?}"));
        let returns = &found.returns;
        if returns.decision != decision
            || (expected == Return::Staff) == returns.staff.is_empty()
            || (expected == Return::Refused) == returns.reasons.is_empty()
            || !returns.missing.is_empty()
            || !returns.conflicts.is_empty()
        {
            return Err(fail(format!("{expected:?} but {returns:?}\n{facts:?}")));
        }
        let expected = reference::warranty(&facts, &terms);
        count(&format!("warranty {expected}"));
        let warranty = &found.warranty;
        let order = reference::period(&facts, &terms).is_none();
        if order {
            count("order");
        }
        if warranty.decision != expected
            || !warranty.missing.is_empty()
            || (expected == Cover::Out) == warranty.reasons.is_empty()
            || (expected == Cover::Undetermined)
                == (warranty.staff.is_empty() && warranty.conflicts.is_empty())
            || (order && expected == Cover::Undetermined) == warranty.conflicts.is_empty()
        {
            return Err(fail(format!("{expected:?} but {warranty:?}\n{facts:?}")));
        }
        Ok(())
    });
    came(
        &counts,
        CASES,
        60,
        &[
            "return Allowed",
            "return Refused",
            "return Staff",
            "warranty in",
            "warranty out",
            "warranty undetermined",
        ],
    );
    came(&counts, CASES, 400, &["order"]);
}

/// Forgets a few facts of a case.
fn partial(tape: &mut Tape<'_>, facts: &Facts, most: usize) -> (Facts, Vec<Item>) {
    let mut left = facts.clone();
    let mut items = BTreeSet::new();
    for _ in 0..1 + tape.below(most) {
        let item = forgettable(tape, facts);
        forget(&mut left, item);
        if is_open(&left, item) {
            items.insert(item);
        }
    }
    (left, items.into_iter().collect())
}

/// All completions that break no order.
fn all_completions(facts: &Facts, items: &[Item]) -> Vec<(Vec<u16>, Facts)> {
    let mut all = vec![(Vec::new(), facts.clone())];
    for item in items {
        let mut next = Vec::new();
        for (places, facts) in &all {
            for (place, completion) in completions(facts, *item).into_iter().enumerate() {
                if !reference::in_order(&completion) {
                    continue;
                }
                let mut places = places.clone();
                places.push(u16::try_from(place).unwrap());
                next.push((places, completion));
            }
        }
        all = next;
    }
    all.retain(|(_, facts)| reference::outcome_fits(facts));
    all
}

/// What brute force says of one question: the answers there are, and which items change them.
fn brute<T: Clone + Eq + std::hash::Hash>(
    answers: &[(Vec<u16>, Option<T>)],
    items: &[Item],
) -> (std::collections::HashSet<T>, BTreeSet<Item>) {
    let found = answers.iter().filter_map(|(_, answer)| answer.clone());
    let mut telling = BTreeSet::new();
    for (at, item) in items.iter().enumerate() {
        let mut seen: HashMap<Vec<u16>, T> = HashMap::new();
        for (places, answer) in answers {
            let Some(answer) = answer else { continue };
            let mut others = places.clone();
            others.remove(at);
            let first = seen.entry(others).or_insert_with(|| answer.clone());
            if first != answer {
                telling.insert(*item);
                break;
            }
        }
    }
    (found.collect(), telling)
}

fn items_of(missing: &Missing) -> BTreeSet<Item> {
    missing.items().collect()
}

#[test]
fn what_is_decided_and_what_is_missing_is_exactly_what_brute_force_finds() {
    const CASES: u32 = 12_000;
    let (terms, calendar) = (small_terms(), calendar());
    let counts = run(CASES, |tape, count| {
        let whole = complete(tape);
        if !reference::in_order(&whole) || !reference::outcome_fits(&whole) {
            return Ok(());
        }
        let (facts, items) = partial(tape, &whole, 3);
        let all = all_completions(&facts, &items);
        if all.len() > 8_000 {
            return Ok(());
        }
        count("tried");
        compare(&facts, &items, &all, &terms, &calendar, count)
    });
    came(&counts, CASES, 4, &["tried"]);
    came(
        &counts,
        CASES,
        40,
        &[
            "return missing",
            "return decided",
            "warranty missing",
            "warranty decided",
            "freight missing",
            "freight decided",
        ],
    );
}

/// Return and warranty share the dates: a receipt that refuses the return also bounds the shipment.
#[test]
fn where_a_refused_return_goes_on_as_a_repair_their_dates_are_completed_together() {
    const CASES: u32 = 2_000;
    let (terms, calendar) = (small_terms(), calendar());
    let counts = run(CASES, |tape, count| {
        let mut whole = complete(tape);
        let mut code = |name: FactName, value: &str| whole.set(name, Value::Code(value)).unwrap();
        code(FactName::Service, "return_else_repair");
        // Only the dates can refuse here, and mostly the shipment is what the period runs from.
        for (name, good) in [
            (FactName::Complete, "yes"),
            (FactName::AppearanceDamage, "no"),
            (FactName::Activated, "no"),
            (FactName::Resalable, "yes"),
            (FactName::ProofAtReturn, "valid"),
            (FactName::CollisionOrBurn, "no"),
            (FactName::Misuse, "no"),
            (FactName::LabelsTampered, "no"),
            (FactName::ForceMajeure, "no"),
        ] {
            code(name, good);
        }
        if tape.below(4) > 0 {
            code(FactName::Proof, ["none", "falsified"][tape.below(2)]);
        }
        // Whoever comes long after the request is who may come too late for the period, too.
        let day = |from: i32, span| {
            let days = i32::try_from(span).unwrap();
            Value::Date(aftercare::terms::Day::from_number(MIDDLE + from + days))
        };
        let request = day(3, tape.below(4));
        for (name, value) in [
            (FactName::FailureFoundDate, request),
            (FactName::RequestDate, request),
            (FactName::ContactDate, day(8, tape.below(5))),
        ] {
            whole.set(name, value).unwrap();
        }
        if !reference::in_order(&whole) || !reference::outcome_fits(&whole) {
            return Ok(());
        }
        let mut facts = whole.clone();
        let mut items = BTreeSet::new();
        let dates = [
            FactName::ShipDate,
            FactName::ReceiptDate,
            FactName::RequestDate,
            FactName::ConfirmDate,
            FactName::DispatchDate,
            FactName::ContactDate,
            FactName::PurchaseDate,
            FactName::Proof,
            FactName::ArrivalDate,
        ];
        for name in [dates[0], dates[1 + tape.below(4)], dates[tape.below(9)]] {
            let item = Item::Fact(name);
            forget(&mut facts, item);
            if is_open(&facts, item) {
                items.insert(item);
            }
        }
        let items: Vec<Item> = items.into_iter().collect();
        let all = all_completions(&facts, &items);
        if all.len() > 1_000 {
            return Ok(());
        }
        count("tried");
        compare(&facts, &items, &all, &terms, &calendar, count)
    });
    came(&counts, CASES, 10, &["tried"]);
    came(&counts, CASES, 40, &["freight missing", "freight decided"]);
}

/// Left to staff and refused may come to the same for the freight of what is repaired then.
#[test]
fn where_a_refused_return_goes_on_as_a_repair_the_goods_are_asked_about_only_where_it_matters() {
    const CASES: u32 = 16_000;
    let (terms, calendar) = (small_terms(), calendar());
    // A test that comes later is a new fact.
    let findings: Vec<FactName> = FORGETTABLE
        .into_iter()
        .filter(|name| !matches!(name.domain(), Domain::Date(_)) && *name != FactName::TestResult)
        .collect();
    let counts = run(CASES, |tape, count| {
        let mut whole = complete(tape);
        let mut code = |name: FactName, value: &str| whole.set(name, Value::Code(value)).unwrap();
        code(FactName::Service, "return_else_repair");
        code(FactName::TestResult, ["mixed", "quality"][tape.below(2)]);
        code(FactName::ManufacturingDefect, ["yes", "no"][tape.below(2)]);
        if !reference::in_order(&whole) || !reference::outcome_fits(&whole) {
            return Ok(());
        }
        let mut facts = whole.clone();
        let mut items = BTreeSet::new();
        for _ in 0..2 + tape.below(3) {
            let item = Item::Fact(findings[tape.below(findings.len())]);
            forget(&mut facts, item);
            items.insert(item);
        }
        let items: Vec<Item> = items.into_iter().collect();
        let all = all_completions(&facts, &items);
        count("tried");
        compare(&facts, &items, &all, &terms, &calendar, count)
    });
    came(&counts, CASES, 10, &["tried"]);
    came(&counts, CASES, 40, &["freight missing", "freight decided"]);
}

fn compare(
    facts: &Facts,
    items: &[Item],
    all: &[(Vec<u16>, Facts)],
    terms: &Terms,
    calendar: &Calendar,
    count: &mut dyn FnMut(&str),
) -> Result<(), TestCaseError> {
    let found = assess(facts, terms, calendar);
    let each: Vec<(Vec<u16>, Assessment)> = all
        .iter()
        .map(|(places, facts)| (places.clone(), assess(facts, terms, calendar)))
        .collect();
    let told = |part: &str, says: String, brute: String| {
        fail(format!("{part}: {says}, brute force {brute}\n{facts:?}"))
    };

    // The return, before the test: a test that comes later is a new fact.
    let test = facts.test_result;
    let tested = test.is(TestResult::NotYet);
    let answers: Vec<_> = all
        .iter()
        .map(|(places, facts)| {
            let mut facts = facts.clone();
            facts.test_result = test;
            let found = assess(&facts, terms, calendar);
            (places.clone(), Some(found.returns.decision.code()))
        })
        .collect();
    let (outcomes, telling) = brute(&answers, items);
    let expected = single(&outcomes);
    if found.returns.decision.code() != expected || items_of(&found.returns.missing) != telling {
        return Err(told(
            "return",
            format!("{:?}", found.returns),
            format!("{outcomes:?} {telling:?}"),
        ));
    }
    count(if telling.is_empty() {
        "return decided"
    } else {
        "return missing"
    });

    // The warranty; completions in conflict are none.
    let answers: Vec<_> = each
        .iter()
        .map(|(places, found)| {
            let conflict = reference_conflict(found);
            (
                places.clone(),
                (!conflict).then(|| found.warranty.decision.code()),
            )
        })
        .collect();
    let (outcomes, telling) = brute(&answers, items);
    if !outcomes.is_empty() && found.warranty.conflicts.is_empty() {
        let expected = single(&outcomes);
        if found.warranty.decision.code() != expected
            || items_of(&found.warranty.missing) != telling
        {
            return Err(told(
                "warranty",
                format!("{:?}", found.warranty),
                format!("{outcomes:?} {telling:?}"),
            ));
        }
        count(if telling.is_empty() {
            "warranty decided"
        } else {
            "warranty missing"
        });
    }

    if tested
        && facts
            .service
            .any(&[Service::Return, Service::ReturnElseRepair])
    {
        return Ok(());
    }
    // Freight, both ways at once.
    let answers: Vec<_> = each
        .iter()
        .map(|(places, found)| {
            let answer = (found.freight.inward.code(), found.freight.back.code());
            (places.clone(), (!has_conflicts(found)).then_some(answer))
        })
        .collect();
    let (outcomes, telling) = brute(&answers, items);
    if !outcomes.is_empty() && !has_conflicts(&found) {
        let inward = single(&outcomes.iter().map(|o| o.0).collect());
        let back = single(&outcomes.iter().map(|o| o.1).collect());
        let says = (found.freight.inward.code(), found.freight.back.code());
        if says != (inward, back) || items_of(&found.freight.missing) != telling {
            return Err(told(
                "freight",
                format!("{:?}", found.freight),
                format!("{outcomes:?} {telling:?}"),
            ));
        }
        count(if telling.is_empty() {
            "freight decided"
        } else {
            "freight missing"
        });
    }
    if has_conflicts(&found) {
        return Ok(());
    }
    let fee = Some(&found.fee.missing);
    for (at, part, missing) in [
        (5, "fee", fee),
        (6, "may repair", None),
        (7, "may send back", None),
    ] {
        let answers: Vec<_> = each
            .iter()
            .map(|(places, found)| {
                let answer = decisions(found)[at].1;
                (places.clone(), (!has_conflicts(found)).then_some(answer))
            })
            .collect();
        let (outcomes, telling) = brute(&answers, items);
        let says = decisions(&found)[at].1;
        let is_other = missing.is_some_and(|missing| items_of(missing) != telling);
        if !outcomes.is_empty() && (says != single(&outcomes) || is_other) {
            return Err(told(
                part,
                format!("{says} {missing:?}"),
                format!("{outcomes:?} {telling:?}"),
            ));
        }
    }
    Ok(())
}

fn reference_conflict(found: &Assessment) -> bool {
    !found.warranty.conflicts.is_empty()
}

/// The one answer there is, or `undetermined`.
fn single(outcomes: &std::collections::HashSet<&'static str>) -> &'static str {
    let mut all = outcomes.iter();
    match (all.next(), all.next()) {
        (Some(only), None) => only,
        _ => "undetermined",
    }
}

#[test]
fn no_decision_is_overturned_by_learning_more() {
    const CASES: u32 = 50_000;
    let (terms, calendar) = (small_terms(), calendar());
    let counts = run(CASES, |tape, count| {
        // The whole may break orders; then whatever it decides nevertheless must hold, too.
        let whole = complete(tape);
        let mut facts = whole.clone();
        let mut forgotten = Vec::new();
        for _ in 0..tape.below(12) {
            let item = forgettable(tape, &whole);
            // A test is a later event, not an unknown fact.
            if item != Item::Fact(FactName::TestResult) {
                forget(&mut facts, item);
                forgotten.push(item);
            }
        }
        let less = assess(&facts, &terms, &calendar);
        let more = assess(&whole, &terms, &calendar);
        for ((part, before), (_, after)) in decisions(&less).iter().zip(decisions(&more)) {
            if *before == "undetermined" {
                count(&format!("{part} open"));
                continue;
            }
            count(&format!("{part} {before}"));
            if *before != after && !(after == "undetermined" && has_conflicts(&more)) {
                return Err(fail(format!(
                    "{part}: {before} became {after} by learning {forgotten:?}\n{less:?}\n{more:?}\n{whole:?}"
                )));
            }
        }
        Ok(())
    });
    came(
        &counts,
        CASES,
        40,
        &[
            "return allowed",
            "return refused",
            "return open",
            "warranty in",
            "warranty out",
            "warranty open",
            "period in",
            "period out",
            "fee none",
            "fee by_quote",
            "freight in unstated",
            "freight back unstated",
            "may repair yes",
            "may repair no",
            "may send back yes",
            "may send back no",
        ],
    );
    came(
        &counts,
        CASES,
        400,
        &[
            "freight back company",
            "freight back customer",
            "freight in customer",
        ],
    );
}

#[test]
fn every_missing_fact_known_means_decided_or_left_to_staff_by_name() {
    const CASES: u32 = 20_000;
    let (terms, calendar) = (small_terms(), calendar());
    let counts = run(CASES, |tape, count| {
        let whole = complete(tape);
        let found = assess(&whole, &terms, &calendar);
        let returns = &found.returns;
        let warranty = &found.warranty;
        let open = returns.decision == ReturnDecision::Undetermined;
        if open && returns.staff.is_empty() && returns.conflicts.is_empty() {
            return Err(fail(format!("an undecided return: {returns:?}\n{whole:?}")));
        }
        let open = warranty.decision == Cover::Undetermined;
        if open && warranty.staff.is_empty() && warranty.conflicts.is_empty() {
            return Err(fail(format!(
                "an undecided warranty: {warranty:?}\n{whole:?}"
            )));
        }
        let freight = &found.freight;
        let open = freight.back == aftercare::terms::assessment::Payer::Undetermined;
        if open && freight.staff.is_empty() && freight.conflicts.is_empty() {
            return Err(fail(format!("undecided freight: {freight:?}\n{whole:?}")));
        }
        if !returns.missing.is_empty()
            || !warranty.missing.is_empty()
            || !freight.missing.is_empty()
        {
            return Err(fail(format!("missing though known: {found:?}\n{whole:?}")));
        }
        if has_conflicts(&found) {
            count("conflict");
        }
        if !returns.staff.is_empty() {
            count("staff");
        }
        count("all");
        Ok(())
    });
    came(&counts, CASES, 50, &["conflict", "staff", "all"]);
}

#[test]
fn a_date_known_only_as_a_span_decides_where_every_day_of_it_does() {
    let day = |text: &str| aftercare::terms::Day::parse(text).unwrap();
    let (terms, calendar) = (Terms::built_in(), calendar());
    let mut facts = Facts::new(day("2025-09-01"));
    for (name, value) in [
        (FactName::Proof, Value::Code("valid")),
        (FactName::TestResult, Value::Code("quality")),
        (FactName::PurchaseDate, Value::Date(day("2025-01-10"))),
    ] {
        facts.set(name, value).unwrap();
    }
    let mut decide = |from: &str, to: &str| {
        let span = Value::Between(day(from), day(to));
        facts.set(FactName::ContactDate, span).unwrap();
        let found = assess(&facts, &terms, &calendar);
        (found.warranty.decision, found.warranty.missing.codes())
    };
    assert_eq!(decide("2025-07-01", "2025-07-09"), (Cover::In, vec![]));
    assert_eq!(decide("2025-07-10", "2025-07-20"), (Cover::Out, vec![]));
    let open = (Cover::Undetermined, vec!["contact_date".to_string()]);
    assert_eq!(decide("2025-07-01", "2025-07-10"), open);

    // The last day to ask is the same: a span of receipt decides where every day of it does.
    let mut facts = Facts::new(day("2025-03-12"));
    facts
        .set(FactName::RequestDate, Value::Date(day("2025-03-11")))
        .unwrap();
    let span = Value::Between(day("2025-03-01"), day("2025-03-03"));
    facts.set(FactName::ReceiptDate, span).unwrap();
    let found = assess(&facts, &terms, &calendar);
    assert_eq!(found.returns.decision, ReturnDecision::Refused);
    let span = Value::Between(day("2025-03-01"), day("2025-03-04"));
    facts.set(FactName::ReceiptDate, span).unwrap();
    let found = assess(&facts, &terms, &calendar);
    assert_eq!(found.returns.decision, ReturnDecision::Undetermined);
    assert!(found.returns.missing.facts.has(FactName::ReceiptDate));
}

#[test]
fn what_to_ask_first_settles_most_and_diagnosis_comes_last() {
    let day = |text: &str| aftercare::terms::Day::parse(text).unwrap();
    let (terms, calendar) = (Terms::built_in(), calendar());
    let mut facts = Facts::new(day("2025-05-01"));
    for (name, value) in [
        (FactName::Service, Value::Code("repair")),
        (FactName::ContactDate, Value::Date(day("2025-05-01"))),
        (FactName::ShipDate, Value::Date(day("2024-10-01"))),
        (FactName::PurchaseDate, Value::Date(day("2024-10-05"))),
        (FactName::ArrivalDate, Value::Date(day("2025-05-01"))),
    ] {
        facts.set(name, value).unwrap();
    }
    let found = assess(&facts, &terms, &calendar);
    let questions = ask_next(&facts, &found, &terms, &calendar);
    let asked: Vec<(String, bool)> = questions
        .iter()
        .map(|question| (question.item.to_string(), question.decides))
        .collect();
    let deciding: Vec<&str> = asked
        .iter()
        .filter(|(_, decides)| *decides)
        .map(|(item, _)| item.as_str())
        .collect();
    let mut sorted = deciding.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["proof", "repair_confirmed_date", "test_result"]);
    assert!(
        asked.iter().rev().take(3).all(|(_, decides)| !decides),
        "{asked:?}"
    );

    let branches = both_ways(&facts, &terms, &calendar);
    let said: Vec<(&str, Option<String>)> = branches
        .iter()
        .filter(|branch| branch.fact == FactName::Proof)
        .map(|branch| (branch.code, branch.last.map(|day| day.to_string())))
        .collect();
    assert_eq!(
        said,
        [
            ("valid", Some("2025-04-03".to_string())),
            ("none", Some("2025-05-29".to_string()))
        ]
    );
}

#[test]
fn findings_name_each_refusal_with_its_clause_and_count() {
    use aftercare::terms::{Area, ClauseId, Mark};
    let day = |text: &str| aftercare::terms::Day::parse(text).unwrap();
    let (terms, calendar) = (Terms::built_in(), calendar());
    let mut facts = Facts::new(day("2025-03-11"));
    for (name, value) in [
        (FactName::ReceiptDate, Value::Date(day("2025-03-03"))),
        (FactName::RequestDate, Value::Date(day("2025-03-11"))),
        (FactName::LabelsTampered, Value::Code("no")),
    ] {
        facts.set(name, value).unwrap();
    }
    let found = assess(&facts, &terms, &calendar);
    let lines = found.findings(&facts, Area::Return);
    let first = lines.first().unwrap();
    assert_eq!((first.mark, first.clause), (Mark::Refused, ClauseId::AX1));
    assert_eq!(first.count.unwrap().last, day("2025-03-10"));
    let met = lines.iter().find(|line| line.mark == Mark::Met).unwrap();
    assert_eq!(met.clause, ClauseId::AX5);
    assert_eq!(
        found.facts_relied_on(&facts, Area::Return),
        [
            Item::Fact(FactName::ReceiptDate),
            Item::Fact(FactName::RequestDate)
        ]
    );
}

#[test]
fn the_next_years_calendar_is_named_weeks_ahead() {
    let day = |text: &str| aftercare::terms::Day::parse(text).unwrap();
    let mut calendar = calendar();
    assert_eq!(calendar.missing_soon(day("2026-11-22"), 4), None);
    assert_eq!(calendar.missing_soon(day("2026-11-22"), 6), Some(2027));
    calendar
        .add("[2027]\nholidays = [[\"2027-01-01\", \"2027-01-03\"]]\nclosed = [[\"2027-01-04\", \"2027-01-05\"]]")
        .unwrap();
    assert_eq!(calendar.missing_soon(day("2026-11-22"), 6), None);
    assert_eq!(
        calendar.next_working(day("2026-12-31")),
        Some(day("2027-01-06"))
    );
    assert_eq!(calendar.is_working(day("2028-01-03")), None);
    let fault = calendar
        .add("[2027]\nclosed = [[\"2027-02-30\", \"2027-03-01\"]]")
        .unwrap_err();
    assert_eq!(fault.line, 2);
    assert!(
        calendar
            .add("[2029]\nworking_weekends = [\"2029-01-06\"]")
            .is_err()
    );
}
