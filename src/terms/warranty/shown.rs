//! The last days that are certain, the clause they rest on, and the reasons of an 'out'.

use super::extension::{start, start_field};
use super::period::{Rule, Solver};
use crate::terms::assessment::{Count, Cover, Item, Reason};
use crate::terms::choice::Set;
use crate::terms::clause::ClauseId;
use crate::terms::day::Day;
use crate::terms::facts::{FactName, Facts, TestResult};
use crate::terms::order::FAR;
use crate::terms::version::Numbers;

/// What can be shown of the periods: their counts and the later last day.
pub(super) struct Shown {
    pub(super) base: Option<Count>,
    pub(super) base_clause: Option<ClauseId>,
    pub(super) extension: Option<Count>,
    pub(super) last: Option<Day>,
    pub(super) basis: Option<ClauseId>,
}

/// I.1a, I.1b and I.N: the last days that are certain.
pub(super) fn shown(facts: &Facts, numbers: &Numbers, solver: &Solver<'_>) -> Shown {
    let mut rules = solver.rules();
    let rule = match (rules.next(), rules.next()) {
        (Some(rule), None) => Some(rule),
        _ => None,
    };
    let base_clause = rule.map(|rule| match rule {
        Rule::Purchase => ClauseId::I1b,
        Rule::Undated | Rule::Shipment => ClauseId::I1a,
    });
    let base = match base_clause {
        Some(ClauseId::I1b) => facts.purchase_date.day().map(|day| {
            let fact = Item::Fact(FactName::PurchaseDate);
            Count::new(day, fact, numbers.warranty_with_proof_days)
        }),
        Some(_) => facts.ship_date.day().map(|day| {
            let fact = Item::Fact(FactName::ShipDate);
            Count::new(day, fact, numbers.warranty_without_proof_days)
        }),
        None => None,
    };
    // The extension is certain where one that surely counts ends last of all that may count.
    let mut extension: Option<Count> = None;
    let mut certain = true;
    for (index, (repair, ext)) in facts.repairs.iter().zip(solver.extensions).enumerate() {
        let Some(ext) = ext else { continue };
        match start(repair, solver.readings) {
            Some(day) if ext.must => {
                let at = u16::try_from(index).unwrap_or(u16::MAX);
                let item = Item::Repair(at, start_field(solver.readings));
                let count = Count::new(day, item, numbers.extension_days);
                if extension.is_none_or(|before| before.last < count.last) {
                    extension = Some(count);
                }
            }
            _ => certain = false,
        }
    }
    let last_extension = extension.map_or(-FAR, |count| count.last.number());
    let unsure = solver
        .extensions
        .iter()
        .flatten()
        .zip(facts.repairs.iter())
        .any(|(ext, _)| ext.high > last_extension);
    if !certain && unsure {
        extension = None;
    }
    let (last, basis) = match (base, extension) {
        _ if !certain && unsure => {
            // Not known by how much, unless the first period surely ends later than all of them.
            match base {
                Some(base) if solver.reach <= base.last.number() => (Some(base.last), base_clause),
                _ => (None, None),
            }
        }
        (Some(base), Some(ext)) if ext.last > base.last => (Some(ext.last), Some(ClauseId::IN)),
        (Some(base), _) => (Some(base.last), base_clause),
        (None, _) => (None, None),
    };
    Shown {
        base,
        base_clause,
        extension,
        last,
        basis,
    }
}

/// The clause a certain answer rests on.
pub(super) fn basis(
    facts: &Facts,
    shown: &Shown,
    solver: &Solver<'_>,
    cover: Cover,
) -> Option<ClauseId> {
    if shown.basis.is_some() || cover != Cover::In {
        return shown.basis;
    }
    // In for sure, but not how long: what covers the contact for sure?
    let contact = facts.contact_date.day().unwrap_or(facts.as_of);
    let first = shown.base.is_some_and(|count| contact <= count.last);
    let extended = solver
        .extensions
        .iter()
        .flatten()
        .any(|ext| ext.must && contact.number() <= ext.low);
    match (first, extended) {
        (true, false) => shown.base_clause,
        (false, true) => Some(ClauseId::IN),
        (true, true) => Some(ClauseId::IN),
        (false, false) => shown.base_clause,
    }
}

pub(super) fn reasons(
    shown: &Shown,
    solver: &Solver<'_>,
    tests: Set<TestResult>,
    cover: Cover,
) -> Set<Reason> {
    let mut reasons = Set::NONE;
    if cover == Cover::Out {
        match shown.basis {
            Some(ClauseId::IN) => reasons.insert(Reason::INExpired),
            Some(ClauseId::I1a) => reasons.insert(Reason::I1aExpired),
            Some(_) => reasons.insert(Reason::I1bExpired),
            None => {
                for rule in solver.rules() {
                    reasons.insert(match rule {
                        Rule::Purchase => Reason::I1bExpired,
                        Rule::Undated | Rule::Shipment => Reason::I1aExpired,
                    });
                }
                if solver.reach > -FAR {
                    reasons.insert(Reason::INExpired);
                }
                // An extension that surely ends after the first period is the later last day.
                if shown
                    .base
                    .is_some_and(|base| solver.free > base.last.number() + 1)
                {
                    reasons = Set::only(Reason::INExpired);
                }
            }
        }
    }
    // The test counts as a reason where nothing else can be its result.
    if !tests.any(&[TestResult::Quality, TestResult::Mixed]) && cover != Cover::Out {
        for result in tests.iter() {
            reasons.insert(match result {
                TestResult::NoFault => Reason::I2NoFault,
                TestResult::Operation => Reason::I2Operation,
                _ => Reason::I2NotQuality,
            });
        }
    }
    reasons
}
