//! I: is the product in warranty? The rules stand in the order of the terms.
//!
//! The period is settled by the first contact about the fault (`W-REF`), which must not be later
//! than the last covered day: of the proof's rule, of the shipment's rule, or of an extension.
//!
//! | module | clauses |
//! |---|---|
//! | `period` | I.1a, I.1b |
//! | here | I.2 and the whole |
//! | `extension` | I.N |
//! | `shown` | the days counted out, and the reasons |

mod extension;
mod period;
mod shown;

pub(super) use period::Period;

use extension::{Extension, broken_repair, extension};
use period::{Rule, Solver, Tells, order_conflict, quick};
use shown::{basis, reasons, shown};

use super::assessment::{Conflict, Cover, Item, Missing, Staff, Warranty};
use super::choice::Set;
use super::facts::{FactName, Facts, TestResult, When};
use super::order::{FAR, Timeline, Var};
use super::version::Terms;

/// The dates the first period is made from.
const OWN: [Var; 3] = [Var::Ship, Var::Purchase, Var::Contact];

/// The results of a test that are still possible.
pub(super) fn tests(facts: &Facts) -> Set<TestResult> {
    if facts.test_result.has(TestResult::NotYet) {
        Set::all().without(TestResult::NotYet)
    } else {
        facts.test_result
    }
}

/// I.2: results that are no fault of quality.
pub(super) const NOT_QUALITY: &[TestResult] = &[
    TestResult::NonQuality,
    TestResult::NoFault,
    TestResult::Operation,
];

/// What each earlier repair can add.
fn extensions(facts: &Facts, line: &Timeline, terms: &Terms) -> Vec<Option<Extension>> {
    facts
        .repairs
        .iter()
        .enumerate()
        .map(|(index, repair)| extension(index, repair, line.today, terms))
        .collect()
}

/// Which answers to 'in a period?' are possible.
fn possible(facts: &Facts, solver: &Solver<'_>) -> Period {
    let (line, numbers) = (solver.line, solver.numbers);
    quick(facts, line, numbers, solver).unwrap_or_else(|| {
        let inside = solver.may_be_in();
        let outside = solver.may_be_out(solver.free, FAR);
        // Where no contact day at all escapes it, purchase and shipment are the conflict.
        let conflict = order_conflict(facts, line, numbers, solver)
            || solver.doubts_purchase()
            || !(inside || outside);
        Period {
            inside,
            outside,
            conflict,
        }
    })
}

/// The facts that tell two completions of the period apart.
fn tells(facts: &Facts, solver: &Solver<'_>) -> Tells {
    let line = solver.line;
    let undated = facts.purchase_date.is_open();
    let mut tells = Tells {
        contact: !line.is_sure(Var::Contact) && solver.tells_contact(),
        purchase: !line.is_sure(Var::Purchase)
            && facts.purchase_date != When::Unrecoverable
            && (solver.tells_purchase(undated) || solver.doubts_purchase()),
        proof: solver.tells_rule(Rule::Shipment),
        ship: !line.is_sure(Var::Ship) && solver.tells_ship(),
        ..Tells::default()
    };
    solver.tells_repairs(&facts.repairs, &mut tells);
    tells
}

/// What an open period waits for.
fn missing(solver: &Solver<'_>, tells: &Tells, period: Period) -> Missing {
    let mut missing = Missing::default();
    for (tells, var) in [
        (tells.contact, Var::Contact),
        (tells.purchase, Var::Purchase),
        (tells.ship, Var::Ship),
    ] {
        if tells && !solver.line.is_suspect(var) {
            missing.facts.insert(var.fact());
        }
    }
    if tells.proof || period.conflict && solver.rules().count() > 1 {
        missing.facts.insert(FactName::Proof);
    }
    missing.repairs.clone_from(&tells.repairs);
    missing
}

/// The period, and what it waits for, where the product is known to have been shipped by `last`.
pub(super) fn if_shipped_by(
    last: i32,
    facts: &Facts,
    line: &Timeline,
    terms: &Terms,
) -> (Period, Missing) {
    let extensions = extensions(facts, line, terms);
    let mut solver = Solver::new(facts, line, terms, &extensions);
    solver.ship_high = solver.ship_high.min(last);
    let period = possible(facts, &solver);
    let missing = missing(&solver, &tells(facts, &solver), period);
    (period, missing)
}

/// Decides the warranty.
pub(super) fn decide(facts: &Facts, line: &Timeline, terms: &Terms) -> (Warranty, Period) {
    let numbers = &terms.numbers;
    let extensions = extensions(facts, line, terms);
    let solver = Solver::new(facts, line, terms, &extensions);
    let shown = shown(facts, numbers, &solver);
    let period = possible(facts, &solver);
    let cover = period.cover();
    let tests = tests(facts);
    let may_be_out = period.outside || tests.any(NOT_QUALITY);
    let may_be_in = period.inside && tests.has(TestResult::Quality);
    let may_be_mixed = period.inside && tests.has(TestResult::Mixed);
    let stuck = period.conflict && tests.any(&[TestResult::Quality, TestResult::Mixed]);
    let decision = match (may_be_in, may_be_out, may_be_mixed || stuck) {
        (true, false, false) => Cover::In,
        (false, true, false) => Cover::Out,
        _ => Cover::Undetermined,
    };

    let mut result = Warranty {
        decision,
        period: cover,
        basis: basis(facts, &shown, &solver, cover),
        last_covered: shown.last,
        base: shown.base,
        extension: shown.extension,
        reasons: Set::NONE,
        missing: Missing::default(),
        period_missing: Missing::default(),
        conflicts: Vec::new(),
        period_conflicts: Vec::new(),
        staff: Set::NONE,
    };
    if decision == Cover::Out {
        result.reasons = reasons(&shown, &solver, tests, cover);
    }
    if cover == Cover::Undetermined || decision == Cover::Undetermined {
        open(&mut result, facts, &solver, tests, period);
    }
    (result, period)
}

/// Fills in what an open warranty, or an open period, waits for.
fn open(
    result: &mut Warranty,
    facts: &Facts,
    solver: &Solver<'_>,
    tests: Set<TestResult>,
    period: Period,
) {
    let line = solver.line;
    let undetermined = result.decision == Cover::Undetermined;
    if result.period == Cover::Undetermined {
        let tells = tells(facts, solver);
        result.period_missing = missing(solver, &tells, period);
        conflicts(
            result,
            facts,
            line,
            period,
            (&tells.contact, &tells.purchase, &tells.ship),
            &tells.broken,
        );
        if undetermined {
            result.conflicts = result.period_conflicts.clone();
        }
    }
    if !undetermined {
        return;
    }
    if tests.any(&[TestResult::Quality, TestResult::Mixed]) {
        result.missing = result.period_missing.clone();
    }
    let groups = [
        tests.has(TestResult::Quality),
        tests.has(TestResult::Mixed),
        tests.any(NOT_QUALITY),
    ];
    let held = period.conflict && tests.any(NOT_QUALITY) && (groups[0] || groups[1]);
    if held || period.inside && groups.iter().filter(|group| **group).count() > 1 {
        result.missing.facts.insert(FactName::TestResult);
    }
    // Mixed is certain, and in the period it is for staff to split.
    if tests.is(TestResult::Mixed) && period.inside {
        result.staff.insert(Staff::Mixed);
    }
}

fn conflicts(
    result: &mut Warranty,
    facts: &Facts,
    line: &Timeline,
    period: Period,
    (contact, purchase, ship): (&bool, &bool, &bool),
    broken: &[usize],
) {
    if !line.broken.is_empty() {
        let mut relevant = Vec::with_capacity(3);
        for (tells, var) in [
            (contact, Var::Contact),
            (purchase, Var::Purchase),
            (ship, Var::Ship),
        ] {
            if *tells {
                relevant.push(var);
            }
        }
        result.period_conflicts = line.conflicts(&relevant, &OWN);
    }
    for index in broken {
        if let Some(repair) = facts.repairs.get(*index) {
            result
                .period_conflicts
                .extend(broken_repair(*index, repair, line.today));
        }
    }
    if period.conflict && !line.is_suspect(Var::Purchase) {
        // ORDER: counting from a purchase before shipment alone makes it 'out'.
        let items = (
            Item::Fact(FactName::PurchaseDate),
            Item::Fact(FactName::ShipDate),
        );
        let order = Conflict::Earlier(items.0, items.1);
        result.period_conflicts.push(order);
    }
}
