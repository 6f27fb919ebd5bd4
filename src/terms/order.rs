//! The order that dates of one case must keep, and what it says of dates nobody knows.
//!
//! Bounds of the reading (`SUPERVAL`, `NEG`, `CONFLICT`, `PDATE`): receipt is not before shipment,
//! finding not after the request, the request not after today, the confirmation not before the
//! request, sending not before receipt and not after arrival, the contact not before shipment or
//! purchase, and nothing that has happened lies after today.
//!
//! Two known dates that break the order are *suspect*: each is treated as any day at all, so that a
//! decision stands only where neither matters.

use super::assessment::{Conflict, Item};
use super::facts::{FactName, Facts, Proof, When};

/// Stands for 'no bound' and, as a day, for 'not yet'.
pub(super) const FAR: i32 = i32::MAX / 8;

/// A date in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Var {
    Ship,
    Receipt,
    Found,
    Request,
    Confirm,
    Dispatch,
    Arrival,
    Purchase,
    Contact,
}

use Var::{Arrival, Confirm, Contact, Dispatch, Found, Purchase, Receipt, Request, Ship};

const VARS: [Var; 9] = [
    Ship, Receipt, Found, Request, Confirm, Dispatch, Arrival, Purchase, Contact,
];

/// Every pair whose first must not be later than its second, directly or through others.
const PAIRS: [(Var, Var); 15] = [
    (Ship, Receipt),
    (Ship, Request),
    (Ship, Confirm),
    (Ship, Dispatch),
    (Ship, Arrival),
    (Ship, Contact),
    (Receipt, Request),
    (Receipt, Confirm),
    (Receipt, Dispatch),
    (Receipt, Arrival),
    (Found, Request),
    (Found, Confirm),
    (Request, Confirm),
    (Dispatch, Arrival),
    (Purchase, Contact),
];

impl Var {
    pub(super) const fn fact(self) -> FactName {
        match self {
            Ship => FactName::ShipDate,
            Receipt => FactName::ReceiptDate,
            Found => FactName::FailureFoundDate,
            Request => FactName::RequestDate,
            Confirm => FactName::ConfirmDate,
            Dispatch => FactName::DispatchDate,
            Arrival => FactName::ArrivalDate,
            Purchase => FactName::PurchaseDate,
            Contact => FactName::ContactDate,
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// Whether `first` must not be later than `second`.
fn ordered(first: Var, second: Var) -> bool {
    PAIRS.contains(&(first, second))
}

/// A broken order: the second is `None` where the first lies after today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken {
    pub first: Var,
    pub second: Option<Var>,
}

impl Broken {
    /// The conflict as the contract writes it.
    pub(super) fn conflict(self) -> Conflict {
        let second = self.second.map_or(FactName::AsOf, Var::fact);
        Conflict::Later(Item::Fact(self.first.fact()), Item::Fact(second))
    }

    fn touches(self, var: Var) -> bool {
        self.first == var || self.second == Some(var)
    }
}

/// What is known of every date of a case, and which dates are suspect.
#[derive(Debug, Clone)]
pub(super) struct Timeline {
    /// The day of the decision.
    pub today: i32,
    low: [i32; 9],
    high: [i32; 9],
    exact: u16,
    suspect: u16,
    /// The broken orders.
    pub broken: Vec<Broken>,
}

/// The first and the last day a date may be, by itself. `not_yet` is a day beyond all others.
pub(super) fn range(when: When) -> (i32, i32) {
    match when {
        When::Unknown | When::Unrecoverable => (-FAR, FAR),
        When::NotYet => (FAR, FAR),
        When::On(day) => (day.number(), day.number()),
        When::Between(from, to) => (from.number(), to.number()),
        When::OneOf(..) => {
            let days = when.days();
            let low = days.first().map_or(-FAR, |day| day.number());
            (low, days.last().map_or(FAR, |day| day.number()))
        }
    }
}

impl Timeline {
    /// Reads the dates of a case and finds the broken orders.
    pub(super) fn of(facts: &Facts) -> Timeline {
        let mut line = Timeline {
            today: facts.as_of.number(),
            low: [-FAR; 9],
            high: [FAR; 9],
            exact: 0,
            suspect: 0,
            broken: Vec::new(),
        };
        // Without a proof of its own for this product, nobody's purchase date has a say (I.1a).
        let with_proof = facts.proof.any(&[Proof::Valid, Proof::DateIllegible]);
        let dates = [
            facts.ship_date,
            facts.receipt_date,
            facts.failure_found_date,
            facts.request_date,
            facts.confirm_date,
            facts.dispatch_date,
            facts.arrival_date,
            if with_proof {
                facts.purchase_date
            } else {
                When::Unknown
            },
            facts.contact_date,
        ];
        for (((low, high), when), var) in line
            .low
            .iter_mut()
            .zip(line.high.iter_mut())
            .zip(dates)
            .zip(VARS)
        {
            (*low, *high) = range(when);
            if matches!(when, When::On(_) | When::NotYet) {
                line.exact |= var.bit();
            }
        }
        line.find_broken();
        line
    }

    fn find_broken(&mut self) {
        let breaks = |line: &Timeline, a: Var, b: Var| line.own(a).0 > line.own(b).1;
        for var in VARS {
            let low = self.own(var).0;
            if low > self.today && low < FAR {
                // Where a date that must come later has happened, that pair says it better.
                let said = |later: &Var| {
                    let day = self.own(*later).0;
                    ordered(var, *later) && self.is_exact(*later) && day <= self.today
                };
                if VARS.iter().any(said) {
                    self.suspect |= var.bit();
                } else {
                    self.mark(var, None);
                }
            }
        }
        for (first, second) in PAIRS {
            if !breaks(self, first, second) {
                continue;
            }
            // A known date between the two breaks the order with one of them, and says it better.
            let said = VARS.iter().any(|middle| {
                ordered(first, *middle) && ordered(*middle, second) && self.is_exact(*middle)
            });
            if said {
                self.suspect |= first.bit() | second.bit();
            } else {
                self.mark(first, Some(second));
            }
        }
    }

    fn mark(&mut self, first: Var, second: Option<Var>) {
        self.suspect |= first.bit() | second.map_or(0, Var::bit);
        self.broken.push(Broken { first, second });
    }

    /// The first and last day of a date by itself.
    pub(super) fn own(&self, var: Var) -> (i32, i32) {
        let at = var as usize;
        (
            self.low.get(at).copied().unwrap_or(-FAR),
            self.high.get(at).copied().unwrap_or(FAR),
        )
    }

    /// Whether the date is one known day, or known not to have happened.
    pub(super) fn is_exact(&self, var: Var) -> bool {
        self.exact & var.bit() != 0
    }

    /// Whether the date stands in a broken order.
    pub(super) fn is_suspect(&self, var: Var) -> bool {
        self.suspect & var.bit() != 0
    }

    /// Known exactly and not suspect.
    pub(super) fn is_sure(&self, var: Var) -> bool {
        self.exact & !self.suspect & var.bit() != 0
    }

    /// The day of a date that is sure, where it has happened.
    pub(super) fn sure_day(&self, var: Var) -> Option<i32> {
        let (low, _) = self.own(var);
        (self.is_sure(var) && low < FAR).then_some(low)
    }

    /// The earliest day by itself, unless suspect.
    pub(super) fn low(&self, var: Var) -> i32 {
        if self.is_suspect(var) {
            -FAR
        } else {
            self.own(var).0
        }
    }

    /// The latest day by itself, unless suspect.
    pub(super) fn high(&self, var: Var) -> i32 {
        if self.is_suspect(var) {
            FAR
        } else {
            self.own(var).1
        }
    }

    /// The conflicts a decision depends on, where it depends on the dates in `relevant` and is
    /// made from the dates in `own`: those among its own dates; for a suspect date they do not
    /// explain, those with other dates; and only where there are none of these, the ones that take
    /// a bound away from a relevant date.
    pub(super) fn conflicts(&self, relevant: &[Var], own: &[Var]) -> Vec<Conflict> {
        let is_own = |broken: &Broken| {
            own.contains(&broken.first) && broken.second.is_none_or(|second| own.contains(&second))
        };
        let touches = |broken: &Broken| relevant.iter().any(|date| broken.touches(*date));
        let mut found: Vec<Broken> = self
            .broken
            .iter()
            .filter(|broken| is_own(broken) && touches(broken))
            .copied()
            .collect();
        for date in relevant {
            if !found.iter().any(|broken| broken.touches(*date)) {
                found.extend(self.broken.iter().filter(|broken| broken.touches(*date)));
            }
        }
        if found.is_empty() {
            let bounds = |broken: &&Broken| {
                VARS.iter().any(|var| {
                    let near = |date: &Var| ordered(*var, *date) || ordered(*date, *var);
                    broken.touches(*var) && relevant.iter().any(near)
                })
            };
            found.extend(self.broken.iter().filter(bounds));
        }
        found.iter().map(|broken| broken.conflict()).collect()
    }
}

/// A small system of differences `x - y <= c`; node 0 is the zero of the calendar.
#[derive(Debug, Clone, Copy)]
pub(super) struct System {
    rules: [(u8, u8, i32); 40],
    len: usize,
}

impl System {
    pub(super) const ZERO: u8 = 0;

    pub(super) fn new() -> System {
        System {
            rules: [(0, 0, 0); 40],
            len: 0,
        }
    }

    /// `x - y <= c`.
    pub(super) fn le(&mut self, x: u8, y: u8, c: i32) {
        if let Some(rule) = self.rules.get_mut(self.len) {
            *rule = (x, y, c);
            self.len += 1;
        } else {
            debug_assert!(false, "a system holds at most 40 rules");
        }
    }

    /// `low <= x <= high`; bounds at or beyond [`FAR`] say nothing.
    pub(super) fn within(&mut self, x: u8, low: i32, high: i32) {
        if low > -FAR {
            self.le(Self::ZERO, x, -low);
        }
        if high < FAR {
            self.le(x, Self::ZERO, high);
        }
    }

    /// Whether some days keep every rule.
    pub(super) fn holds(&self) -> bool {
        self.settle([0; 16]).is_some()
    }

    /// The last day that `x` may be, where some days keep every rule; [`FAR`] where none is the
    /// last.
    pub(super) fn last(&self, x: u8) -> Option<i32> {
        let mut from_zero = [i64::from(FAR); 16];
        from_zero[usize::from(Self::ZERO)] = 0;
        let reach = self.holds().then(|| self.settle(from_zero))??;
        let last = reach.get(usize::from(x)).copied()?;
        Some(i32::try_from(last).unwrap_or(FAR).min(FAR))
    }

    /// Tightens these bounds by every rule until nothing moves; `None` where they contradict each
    /// other.
    fn settle(&self, mut reach: [i64; 16]) -> Option<[i64; 16]> {
        let rules = self.rules.get(..self.len).unwrap_or(&self.rules);
        for _ in 0..=16 {
            let mut changed = false;
            for (x, y, c) in rules {
                let from = reach.get(usize::from(*y)).copied().unwrap_or(0);
                if let Some(to) = reach.get_mut(usize::from(*x)) {
                    let through = from + i64::from(*c);
                    if through < *to {
                        *to = through;
                        changed = true;
                    }
                }
            }
            if !changed {
                return Some(reach);
            }
        }
        None
    }
}
