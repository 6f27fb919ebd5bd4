//! What an open return waits for, seen from whatever hangs on it: a fact is missing where two
//! completions that differ only in it are told apart.

use super::days::{Dates, Found, OWN};
use super::goods::{CORE, LATE, Product, Products};
use super::level::{Alike, LEVELS, Level, Levels};
use super::vetoes::Veto;
use crate::terms::assessment::{Conflict, Missing};
use crate::terms::order::{Timeline, Var};

/// What the return leaves possible.
pub(in crate::terms) struct Outlook<'a> {
    pub(in crate::terms) levels: Levels,
    /// Where nothing but the dates can refuse: the last day of shipment with which they do, since
    /// nothing is received before it is shipped. [`FAR`](crate::terms::order::FAR) where any day
    /// will do.
    pub(in crate::terms) refused_if_shipped_by: i32,
    pub(super) line: &'a Timeline,
    pub(super) dates: Dates,
    pub(super) found: Found,
    /// Whether asking in time and finding in time may come apart.
    pub(super) is_apart: bool,
    pub(super) products: Products,
    /// The levels of the products.
    pub(super) core: Levels,
    pub(super) vetoes: [Veto; 5],
}

impl Outlook<'_> {
    /// Found in time, found too late: which are tried.
    pub(super) fn lates(&self) -> impl Iterator<Item = u8> + use<> {
        let each = if self.is_apart {
            [(self.found.in_time, 0), (self.found.late, LATE)]
        } else {
            [(true, 0), (false, LATE)]
        };
        each.into_iter()
            .filter_map(|(possible, bit)| possible.then_some(bit))
    }

    /// The levels of the findings that refuse or leave to staff by themselves.
    pub(super) fn vetoed(&self) -> Levels {
        let all = self.vetoes.iter();
        all.fold(Levels::ALLOW, |all, veto| all.and(veto.levels))
    }

    /// What an open return waits for, where these levels come to the same.
    pub(in crate::terms) fn missing(&self, alike: Alike) -> Missing {
        let mut missing = Missing::default();
        self.product(&mut missing, alike);
        for veto in &self.vetoes {
            let others = self
                .vetoes
                .iter()
                .filter(|other| other.fact != veto.fact)
                .fold(self.core, |all, other| all.and(other.levels));
            let of_veto = || LEVELS.into_iter().filter(|level| veto.levels.has(*level));
            if of_veto().any(|a| of_veto().any(|b| others.tells(a, b, alike))) {
                missing.facts.insert(veto.fact);
            }
        }
        for var in self.telling_dates(alike) {
            if !self.line.is_suspect(var) {
                missing.facts.insert(var.fact());
            }
        }
        if self.finding_tells(alike) {
            for var in [Var::Found, Var::Receipt] {
                if !self.line.is_exact(var) {
                    missing.facts.insert(var.fact());
                }
            }
        }
        missing
    }

    /// The broken orders that an open return depends on.
    pub(super) fn conflicts(&self) -> Vec<Conflict> {
        let line = self.line;
        let mut conflicts = Vec::new();
        if !line.broken.is_empty() && self.dates_tell(Alike::NONE) {
            let relevant: Vec<Var> = self.telling_dates(Alike::NONE).collect();
            conflicts = line.conflicts(&relevant, &OWN);
        }
        if self.finding_tells(Alike::NONE) {
            for conflict in line.conflicts(&[Var::Found], &OWN) {
                if !conflicts.contains(&conflict) {
                    conflicts.push(conflict);
                }
            }
        }
        conflicts
    }

    /// The facts about the product.
    fn product(&self, missing: &mut Missing, alike: Alike) {
        let vetoed = self.vetoed();
        for (bit, fact) in CORE {
            if self.products.open & bit == 0 {
                continue;
            }
            let mut tells = false;
            for late in self.lates() {
                self.products.each(late, |product| {
                    if !tells && product.bits & bit == 0 {
                        let other = Product {
                            bits: product.bits | bit,
                            short: product.short,
                        };
                        tells = vetoed.tells(product.level(), other.level(), alike);
                    }
                });
            }
            if tells {
                missing.facts.insert(fact);
            }
        }
    }

    /// Whether it matters that the dates refuse.
    fn dates_tell(&self, alike: Alike) -> bool {
        let findings = self.vetoed().and(self.core);
        LEVELS
            .into_iter()
            .any(|level| findings.has(level) && !alike.are(level, Level::Refuse))
    }

    fn telling_dates(&self, alike: Alike) -> impl Iterator<Item = Var> {
        let dates = self.dates;
        let tell = self.dates_tell(alike);
        [
            (dates.receipt, Var::Receipt),
            (dates.request, Var::Request),
            (dates.confirm, Var::Confirm),
            (dates.dispatch, Var::Dispatch),
        ]
        .into_iter()
        .filter_map(move |(tells, var)| (tell && tells).then_some(var))
    }

    /// Where finding or request is suspect, the day of the finding can matter by itself.
    fn finding_tells(&self, alike: Alike) -> bool {
        if !(self.is_apart && self.found.in_time && self.found.late) {
            return false;
        }
        let vetoed = self.vetoed();
        let mut tells = false;
        self.products.each(0, |product| {
            let late = Product {
                bits: product.bits | LATE,
                short: product.short,
            };
            tells |= vetoed.tells(product.level(), late.level(), alike);
        });
        tells
    }
}
