//! A: may the customer return the goods? The rules stand in the order of the terms.
//!
//! | module | clauses |
//! |---|---|
//! | `goods` | A.B1, A.B2, A.X2 |
//! | `days` | A.X1, A.X7, and 'found in time' of A.B2 |
//! | `vetoes` | A.X3, A.X4, A.X5, A.X6 |
//! | `outlook` | what an open return waits for |
//!
//! Exact over everything unknown: the yes/no facts by trying each completion (at most 128), the
//! dates by difference constraints. The two meet only in the failure found too late.

mod days;
mod goods;
mod level;
mod outlook;
mod vetoes;

use days::{Dates, Found, Solver, found};
use goods::{LATE, Products};
pub(super) use level::{Alike, LEVELS, Level, Levels};
pub(super) use outlook::Outlook;
use vetoes::{Veto, x3, x4_collision, x4_misuse, x5, x6};

use super::assessment::{Count, Item, Missing, Reason, ReturnDecision, Returns, Staff};
use super::choice::Set;
use super::facts::{FactName, Facts};
use super::order::{FAR, Timeline, Var};
use super::version::Terms;

/// Decides the return.
pub(super) fn decide<'l>(
    facts: &Facts,
    line: &'l Timeline,
    terms: &Terms,
) -> (Returns, Outlook<'l>) {
    let numbers = &terms.numbers;
    let solver = Solver { line, numbers };
    let dates = solver.solve();
    // A finding is never after the request, so whoever asks in time has found in time. Only a
    // finding or a request that is suspect, or a finding on record alone, can part the two.
    let is_apart = (line.is_suspect(Var::Found) || line.is_suspect(Var::Request))
        && facts.failure_found_date != super::facts::When::Unknown;
    let mut outlook = Outlook {
        levels: Levels::NONE,
        refused_if_shipped_by: FAR,
        line,
        dates,
        found: found(line, numbers),
        is_apart,
        products: Products::of(facts, terms),
        core: Levels::NONE,
        vetoes: [
            x3(facts),
            x4_collision(facts),
            x4_misuse(facts),
            x5(facts),
            x6(facts),
        ],
    };

    let mut core_staff: Option<Set<Staff>> = None;
    for late in outlook.lates() {
        let core = &mut outlook.core;
        outlook.products.each(late, |product| {
            let level = product.level();
            *core = core.or(Levels::of(level));
            if level != Level::Refuse {
                let staff = product.staff();
                core_staff = Some(match core_staff {
                    Some(before) => before.both(staff),
                    None => staff,
                });
            }
        });
    }

    let findings = outlook.vetoed().and(outlook.core);
    let mut levels = if dates.clear { findings } else { Levels::NONE };
    if dates.late || !dates.clear {
        levels = levels.or(Levels::of(Level::Refuse));
    }
    outlook.levels = levels;
    if dates.late && dates.clear && !findings.has(Level::Refuse) {
        outlook.refused_if_shipped_by = solver.shipped_by_if_late();
    }
    let decision = if levels.is(Level::Refuse) {
        ReturnDecision::Refused
    } else if levels.is(Level::Allow) {
        ReturnDecision::Allowed
    } else {
        ReturnDecision::Undetermined
    };

    let mut result = Returns {
        decision,
        reasons: Set::NONE,
        missing: Missing::default(),
        conflicts: Vec::new(),
        staff: Set::NONE,
        last_request: facts.receipt_date.day().map(|day| {
            let fact = Item::Fact(FactName::ReceiptDate);
            Count::new(day, fact, numbers.return_request_days)
        }),
        send_in: facts.confirm_date.day().map(|day| {
            let fact = Item::Fact(FactName::ConfirmDate);
            Count::new(day, fact, numbers.return_send_days)
        }),
    };
    match decision {
        ReturnDecision::Allowed => {}
        ReturnDecision::Refused => {
            let found = outlook.found;
            result.reasons = reasons(&dates, &outlook.vetoes, outlook.products, found);
        }
        ReturnDecision::Undetermined => {
            // Nothing refuses for sure: what is open, and what only a person can settle.
            let mut staff = core_staff.unwrap_or_default();
            for veto in &outlook.vetoes {
                if let Some(code) = veto.staff
                    && !veto.levels.has(Level::Allow)
                    && veto.levels.has(Level::Staff)
                {
                    staff.insert(code);
                }
            }
            result.staff = staff;
            result.missing = outlook.missing(Alike::NONE);
            result.conflicts = outlook.conflicts();
        }
    }
    (result, outlook)
}

/// Every certain reason; the failing parts of the criteria only where neither can be met.
fn reasons(dates: &Dates, vetoes: &[Veto], products: Products, found: Found) -> Set<Reason> {
    let mut reasons = Set::NONE;
    if dates.x1 {
        reasons.insert(Reason::X1);
    }
    if dates.x7 {
        reasons.insert(Reason::X7);
    }
    for veto in vetoes {
        if veto.levels.is(Level::Refuse) {
            reasons.insert(veto.reason);
        }
    }
    let mut x2 = true;
    let mut hopeless = true;
    let mut certain: Option<Set<Reason>> = None;
    let mut possible = Set::NONE;
    for (may, late) in [(found.in_time, 0), (found.late, LATE)] {
        if !may {
            continue;
        }
        products.each(late, |product| {
            x2 &= product.x2();
            hopeless &= product.hopeless();
            let failing = product.failing();
            possible = possible.union(failing);
            certain = Some(match certain {
                Some(before) => before.both(failing),
                None => failing,
            });
        });
    }
    if x2 {
        reasons.insert(Reason::X2);
    }
    let certain = certain.unwrap_or_default();
    if hopeless {
        reasons = reasons.union(certain);
    }
    // Refused whatever the open facts are, but by different parts: those of which one must be it.
    for clause in [super::clause::ClauseId::AB1, super::clause::ClauseId::AB2] {
        if hopeless && !certain.iter().any(|reason| reason.clause() == clause) {
            let parts: Vec<Reason> = possible
                .iter()
                .filter(|reason| reason.clause() == clause)
                .collect();
            reasons = reasons.union(one_of(&parts, products, found));
        }
    }
    reasons
}

/// The fewest of these parts of which one fails in every completion; all of them where several
/// choices are equally few.
fn one_of(parts: &[Reason], products: Products, found: Found) -> Set<Reason> {
    for size in 1..=parts.len() {
        let mut needed = Set::NONE;
        for mask in 1u32..1 << parts.len() {
            if mask.count_ones() as usize != size {
                continue;
            }
            let chosen: Set<Reason> = parts
                .iter()
                .enumerate()
                .filter(|(at, _)| mask >> at & 1 == 1)
                .map(|(_, reason)| *reason)
                .collect();
            let mut always = true;
            for (may, late) in [(found.in_time, 0), (found.late, LATE)] {
                if may {
                    products.each(late, |product| {
                        let failing = product.failing();
                        always &= chosen.iter().any(|reason| failing.has(reason));
                    });
                }
            }
            if always {
                needed = needed.union(chosen);
            }
        }
        if !needed.is_empty() {
            return needed;
        }
    }
    Set::NONE
}
