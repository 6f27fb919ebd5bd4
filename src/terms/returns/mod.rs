//! A: may the customer return the goods? The rules stand in the order of the terms.
//!
//! | module | clauses |
//! |---|---|
//! | `goods` | A.B1, A.B2, A.X2 |
//! | `days` | A.X1, A.X7, and 'found in time' of A.B2 |
//! | `vetoes` | A.X3, A.X4, A.X5, A.X6 |
//!
//! Exact over everything unknown: the yes/no facts by trying each completion (at most 128), the
//! dates by difference constraints. The two meet only in the failure found too late.

mod days;
mod goods;
mod level;
mod vetoes;

use days::{Dates, Found, OWN, Solver, found};
use goods::{CORE, LATE, Product, Products};
pub(super) use level::{LEVELS, Level, Levels};
use vetoes::{Veto, x3, x4_collision, x4_misuse, x5, x6};

use super::assessment::{Count, Item, Missing, Reason, ReturnDecision, Returns, Staff};
use super::choice::Set;
use super::facts::{FactName, Facts};
use super::order::{FAR, Timeline, Var};
use super::version::Terms;

/// What the return leaves possible for whatever hangs on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Possible {
    pub levels: Levels,
    /// Where nothing but the dates can refuse: the last day of shipment with which they do, since
    /// nothing is received before it is shipped. [`FAR`] where any day will do.
    pub refused_if_shipped_by: i32,
}

/// Decides the return.
pub(super) fn decide(facts: &Facts, line: &Timeline, terms: &Terms) -> (Returns, Possible) {
    let numbers = &terms.numbers;
    let solver = Solver { line, numbers };
    let dates = solver.solve();
    let products = Products::of(facts, terms);
    let vetoes = [
        x3(facts),
        x4_collision(facts),
        x4_misuse(facts),
        x5(facts),
        x6(facts),
    ];

    // A finding is never after the request, so whoever asks in time has found in time. Only a
    // finding or a request that is suspect, or a finding on record alone, can part the two.
    let found = found(line, numbers);
    let apart = (line.is_suspect(Var::Found) || line.is_suspect(Var::Request))
        && facts.failure_found_date != super::facts::When::Unknown;
    let mut lates = [0u8; 2];
    let lates: &[u8] = if apart {
        let mut count = 0;
        for (possible, bit) in [(found.in_time, 0), (found.late, LATE)] {
            if possible && let Some(place) = lates.get_mut(count) {
                *place = bit;
                count += 1;
            }
        }
        lates.get(..count).unwrap_or(&[])
    } else {
        &[0]
    };

    let mut core = Levels::NONE;
    let mut core_staff: Option<Set<Staff>> = None;
    for late in lates {
        products.each(*late, |product| {
            let level = product.level();
            core = core.or(Levels::of(level));
            if level != Level::Refuse {
                let staff = product.staff();
                core_staff = Some(match core_staff {
                    Some(before) => before.both(staff),
                    None => staff,
                });
            }
        });
    }

    let all_vetoes = vetoes
        .iter()
        .fold(Levels::ALLOW, |all, veto| all.and(veto.levels));
    let findings = all_vetoes.and(core);
    let mut levels = if dates.clear { findings } else { Levels::NONE };
    if dates.late || !dates.clear {
        levels = levels.or(Levels::of(Level::Refuse));
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
            result.reasons = reasons(&dates, &vetoes, products, found);
        }
        ReturnDecision::Undetermined => {
            // Nothing refuses for sure: what is open, and what only a person can settle.
            let mut staff = core_staff.unwrap_or_default();
            for veto in &vetoes {
                if let Some(code) = veto.staff
                    && !veto.levels.has(Level::Allow)
                    && veto.levels.has(Level::Staff)
                {
                    staff.insert(code);
                }
            }
            result.staff = staff;
            missing_product(&mut result.missing, products, lates, all_vetoes);
            for veto in &vetoes {
                let others = vetoes
                    .iter()
                    .filter(|other| other.fact != veto.fact)
                    .fold(core, |all, other| all.and(other.levels));
                let tells = LEVELS.iter().any(|a| {
                    LEVELS
                        .iter()
                        .any(|b| veto.levels.has(*a) && veto.levels.has(*b) && others.tells(*a, *b))
                });
                if tells {
                    result.missing.facts.insert(veto.fact);
                }
            }
            missing_dates(&mut result, &dates, line, findings.open());
            if apart {
                suspect_finding(&mut result, products, line, (found, all_vetoes));
            }
        }
    }
    let by_dates_alone = dates.late && dates.clear && !findings.has(Level::Refuse);
    let possible = Possible {
        levels,
        refused_if_shipped_by: if by_dates_alone {
            solver.shipped_by_if_late()
        } else {
            FAR
        },
    };
    (result, possible)
}

/// The facts about the product that two completions differing only in them tell apart.
fn missing_product(missing: &mut Missing, products: Products, lates: &[u8], vetoes: Levels) {
    for (bit, fact) in CORE {
        if products.open & bit == 0 {
            continue;
        }
        let mut tells = false;
        for late in lates {
            products.each(*late, |product| {
                if !tells && product.bits & bit == 0 {
                    let other = Product {
                        bits: product.bits | bit,
                        short: product.short,
                    };
                    tells = vetoes.tells(product.level(), other.level());
                }
            });
        }
        if tells {
            missing.facts.insert(fact);
        }
    }
}

fn missing_dates(result: &mut Returns, dates: &Dates, line: &Timeline, open: bool) {
    if !open {
        return;
    }
    let mut relevant = [Var::Found; 4];
    let mut count = 0;
    for (tells, var) in [
        (dates.receipt, Var::Receipt),
        (dates.request, Var::Request),
        (dates.confirm, Var::Confirm),
        (dates.dispatch, Var::Dispatch),
    ] {
        if !tells {
            continue;
        }
        if !line.is_suspect(var) {
            result.missing.facts.insert(var.fact());
        }
        if let Some(place) = relevant.get_mut(count) {
            *place = var;
            count += 1;
        }
    }
    if !line.broken.is_empty() {
        result.conflicts = line.conflicts(relevant.get(..count).unwrap_or(&[]), &OWN);
    }
}

/// Where finding or request is suspect, the day of the finding can matter by itself.
fn suspect_finding(
    result: &mut Returns,
    products: Products,
    line: &Timeline,
    (found, vetoes): (Found, Levels),
) {
    if !(found.in_time && found.late) {
        return;
    }
    let mut tells = false;
    products.each(0, |product| {
        let late = Product {
            bits: product.bits | LATE,
            short: product.short,
        };
        tells |= vetoes.tells(product.level(), late.level());
    });
    if !tells {
        return;
    }
    for var in [Var::Found, Var::Receipt] {
        if !line.is_exact(var) {
            result.missing.facts.insert(var.fact());
        }
    }
    for conflict in line.conflicts(&[Var::Found], &OWN) {
        if !result.conflicts.contains(&conflict) {
            result.conflicts.push(conflict);
        }
    }
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
