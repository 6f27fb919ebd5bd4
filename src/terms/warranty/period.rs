//! I.1a, I.1b: does the first contact lie in a period?
//!
//! Contact, shipment and purchase are one small system of difference constraints; what the earlier
//! repairs can cover is an interval for each.

use super::extension::{Extension, qualifying, start, start_field};
use crate::terms::assessment::Cover;
use crate::terms::day::Day;
use crate::terms::facts::{Facts, Proof, Repair, RepairField, When};
use crate::terms::order::{FAR, System, Timeline, Var};
use crate::terms::version::{Numbers, Readings, Terms};

const WITH_PROOF: &[Proof] = &[Proof::Valid, Proof::DateIllegible];
const WITHOUT_PROOF: &[Proof] = &[Proof::None, Proof::Falsified, Proof::OtherProduct];

/// By which rule the first period runs, in one completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// I.1b: a valid proof and its date.
    Purchase,
    /// I.1a although there is a proof: its date cannot be found (`ILLEG`).
    Undated,
    /// I.1a: no valid proof for this product.
    Shipment,
}

const CONTACT: u8 = 1;
const SHIP: u8 = 2;
const PURCHASE: u8 = 3;
const OTHER: u8 = 4;

pub(super) struct Solver<'a> {
    pub(super) line: &'a Timeline,
    pub(super) numbers: &'a Numbers,
    pub(super) readings: &'a Readings,
    pub(super) rules: [Option<Rule>; 3],
    pub(super) purchases: &'a [Day],
    pub(super) extensions: &'a [Option<Extension>],
    /// The latest day of shipment by everything that happened after it.
    pub(super) ship_high: i32,
    /// The first contact day that the repairs surely counted may leave uncovered.
    pub(super) free: i32,
    /// The last contact day that an extension may cover.
    pub(super) reach: i32,
    /// The contact days, where each of them meets the conflict of `ORDER` unless an extension covers.
    pub(super) stuck: Option<(i32, i32)>,
}

impl<'a> Solver<'a> {
    pub(super) fn new(
        facts: &'a Facts,
        line: &'a Timeline,
        terms: &'a Terms,
        extensions: &'a [Option<Extension>],
    ) -> Solver<'a> {
        let later = [
            Var::Receipt,
            Var::Request,
            Var::Confirm,
            Var::Dispatch,
            Var::Arrival,
        ];
        let ship_high = later
            .iter()
            .map(|var| line.high(*var))
            .fold(line.today, i32::min);
        let all = extensions.iter().flatten();
        let rules = rules(facts);
        Solver {
            line,
            numbers: &terms.numbers,
            readings: &terms.readings,
            stuck: stuck(facts, line, &terms.numbers, &rules),
            rules,
            purchases: match &facts.purchase_date {
                When::OneOf(..) => facts.purchase_date.days(),
                _ => &[],
            },
            extensions,
            ship_high,
            free: free(all.clone()),
            reach: all.map(|ext| ext.high).fold(-FAR, i32::max),
        }
    }

    pub(super) fn rules(&self) -> impl Iterator<Item = Rule> + '_ {
        self.rules.iter().flatten().copied()
    }

    /// Contact, shipment and purchase in their order, by one rule.
    fn base(&self, rule: Rule) -> System {
        let mut system = System::new();
        self.contact(&mut system, CONTACT, rule, (SHIP, PURCHASE));
        self.ship(&mut system, SHIP);
        if rule == Rule::Purchase {
            self.purchase(&mut system, PURCHASE);
            if self.line.is_suspect(Var::Ship) {
                // By a proof, the shipment only matters beside the purchase (`ORDER`): as recorded.
                let (low, high) = self.line.own(Var::Ship);
                system.within(SHIP, low, high);
            }
        }
        system
    }

    fn contact(&self, system: &mut System, node: u8, rule: Rule, (ship, purchase): (u8, u8)) {
        if self.line.is_suspect(Var::Contact) {
            return;
        }
        let high = self.line.high(Var::Contact).min(self.line.today);
        system.within(node, self.line.low(Var::Contact), high);
        if !self.line.is_suspect(Var::Ship) {
            system.le(ship, node, 0);
        }
        if rule == Rule::Purchase && !self.line.is_suspect(Var::Purchase) {
            system.le(purchase, node, 0);
        }
    }

    fn ship(&self, system: &mut System, node: u8) {
        if !self.line.is_suspect(Var::Ship) {
            let high = self.line.high(Var::Ship).min(self.ship_high);
            system.within(node, self.line.low(Var::Ship), high);
        }
    }

    fn purchase(&self, system: &mut System, node: u8) {
        if !self.line.is_suspect(Var::Purchase) {
            let (low, high) = (self.line.low(Var::Purchase), self.line.high(Var::Purchase));
            system.within(node, low, high);
        }
    }

    /// The contact lies in the first period.
    fn covered(&self, system: &mut System, rule: Rule, (contact, ship, purchase): (u8, u8, u8)) {
        match rule {
            Rule::Purchase => system.le(contact, purchase, self.numbers.warranty_with_proof_days),
            Rule::Undated | Rule::Shipment => {
                system.le(contact, ship, self.numbers.warranty_without_proof_days);
            }
        }
    }

    /// The contact lies after the first period. By I.1b in one of two ways, since a purchase before
    /// shipment that alone makes it 'out' is a conflict (`ORDER`), no decision.
    fn expired(
        &self,
        system: &mut System,
        rule: Rule,
        (contact, ship, purchase): (u8, u8, u8),
        late: bool,
    ) {
        let with = self.numbers.warranty_with_proof_days;
        let without = self.numbers.warranty_without_proof_days;
        match rule {
            Rule::Purchase => {
                system.le(purchase, contact, -(with + 1));
                if self.line.is_suspect(Var::Ship) {
                    // A day of shipment that cannot be right keeps nobody in the period.
                } else if late {
                    system.le(ship, contact, -(without + 1));
                } else {
                    system.le(ship, purchase, 0);
                }
            }
            Rule::Undated | Rule::Shipment => system.le(ship, contact, -(without + 1)),
        }
    }

    fn ways(rule: Rule) -> &'static [bool] {
        if rule == Rule::Purchase {
            &[false, true]
        } else {
            &[false]
        }
    }

    /// Tries the purchase dates of several proofs one by one, or just the system as it is.
    fn solves(&self, system: &System, nodes: &[u8]) -> bool {
        if self.purchases.is_empty() || self.line.is_suspect(Var::Purchase) {
            return system.holds();
        }
        match nodes {
            [] => system.holds(),
            [node, rest @ ..] => self.purchases.iter().any(|day| {
                let mut fixed = *system;
                fixed.within(*node, day.number(), day.number());
                self.solves(&fixed, rest)
            }),
        }
    }

    /// Some completion is in the period.
    pub(super) fn may_be_in(&self) -> bool {
        self.rules().any(|rule| {
            let nodes = (CONTACT, SHIP, PURCHASE);
            let mut first = self.base(rule);
            self.covered(&mut first, rule, nodes);
            let mut extended = self.base(rule);
            extended.within(CONTACT, -FAR, self.reach);
            self.solves(&first, &[PURCHASE])
                || (self.reach > -FAR && self.solves(&extended, &[PURCHASE]))
        })
    }

    /// Some completion is out of every period; the contact not earlier than `from`.
    pub(super) fn may_be_out(&self, from: i32, to: i32) -> bool {
        self.rules().any(|rule| {
            Self::ways(rule).iter().any(|late| {
                let mut system = self.base(rule);
                system.within(CONTACT, from, to);
                self.expired(&mut system, rule, (CONTACT, SHIP, PURCHASE), *late);
                self.solves(&system, &[PURCHASE])
            })
        })
    }

    /// Some contact on these days is held up by the conflict of `ORDER`.
    pub(super) fn may_be_stuck(&self, from: i32, to: i32) -> bool {
        self.stuck
            .is_some_and(|(low, high)| low.max(from) <= high.min(to))
    }

    /// A purchase date that breaks an order by itself is no ground for a decision where a purchase
    /// before shipment would be a conflict (`PDATE`, `ORDER`).
    pub(super) fn doubts_purchase(&self) -> bool {
        if !self.line.is_suspect(Var::Purchase) || !self.rules().any(|r| r == Rule::Purchase) {
            return false;
        }
        let mut system = self.base(Rule::Purchase);
        system.within(CONTACT, self.free, FAR);
        system.le(PURCHASE, SHIP, -1);
        system.le(
            PURCHASE,
            CONTACT,
            -(self.numbers.warranty_with_proof_days + 1),
        );
        system.le(CONTACT, SHIP, self.numbers.warranty_without_proof_days);
        system.holds()
    }

    /// Contacts on two days, all else the same, are told apart.
    pub(super) fn tells_contact(&self) -> bool {
        // The first by the end of an extension, the second after it and held up.
        let held = self.stuck.is_some_and(|(low, high)| {
            self.extensions
                .iter()
                .flatten()
                .any(|ext| low <= ext.high && ext.low.max(self.free - 1) < high)
        });
        held || self.rules().any(|rule| {
            Self::ways(rule).iter().any(|late| {
                let build = || {
                    let mut system = self.base(rule);
                    self.contact(&mut system, OTHER, rule, (SHIP, PURCHASE));
                    self.expired(&mut system, rule, (OTHER, SHIP, PURCHASE), *late);
                    system.within(OTHER, self.free, FAR);
                    system
                };
                let mut first = build();
                self.covered(&mut first, rule, (CONTACT, SHIP, PURCHASE));
                if self.solves(&first, &[PURCHASE]) {
                    return true;
                }
                self.extensions.iter().flatten().any(|ext| {
                    // The extension ends on some day `end`: the first contact by it, the second after.
                    let end = 5;
                    let mut system = build();
                    system.within(end, ext.low.max(self.free - 1), ext.high);
                    system.le(CONTACT, end, 0);
                    system.le(end, OTHER, -1);
                    self.solves(&system, &[PURCHASE])
                })
            })
        })
    }

    /// Two purchase dates (or a date and none to be found), all else the same, are told apart.
    pub(super) fn tells_purchase(&self, undated: bool) -> bool {
        let two_dates = self.rules().any(|rule| rule == Rule::Purchase)
            && Self::ways(Rule::Purchase).iter().any(|late| {
                let mut system = self.base(Rule::Purchase);
                self.contact(&mut system, CONTACT, Rule::Purchase, (SHIP, OTHER));
                self.purchase(&mut system, OTHER);
                system.within(CONTACT, self.free, FAR);
                self.covered(&mut system, Rule::Purchase, (CONTACT, SHIP, PURCHASE));
                self.expired(&mut system, Rule::Purchase, (CONTACT, SHIP, OTHER), *late);
                self.solves(&system, &[PURCHASE, OTHER])
            });
        two_dates || (undated && self.tells_rule(Rule::Undated))
    }

    /// The same dates under I.1b and under another rule are told apart.
    pub(super) fn tells_rule(&self, other: Rule) -> bool {
        let both = [Rule::Purchase, other]
            .iter()
            .all(|rule| self.rules().any(|known| known == *rule));
        if !both {
            return false;
        }
        let nodes = (CONTACT, SHIP, PURCHASE);
        let mut longer = self.base(Rule::Purchase);
        longer.within(CONTACT, self.free, FAR);
        self.covered(&mut longer, Rule::Purchase, nodes);
        self.expired(&mut longer, other, nodes, false);
        self.solves(&longer, &[PURCHASE])
            || Self::ways(Rule::Purchase).iter().any(|late| {
                let mut shorter = self.base(Rule::Purchase);
                shorter.within(CONTACT, self.free, FAR);
                self.covered(&mut shorter, other, nodes);
                self.expired(&mut shorter, Rule::Purchase, nodes, *late);
                self.solves(&shorter, &[PURCHASE])
            })
    }

    /// Two days of shipment, all else the same, are told apart.
    pub(super) fn tells_ship(&self) -> bool {
        self.rules()
            .filter(|rule| *rule != Rule::Purchase)
            .any(|rule| {
                let mut system = self.base(rule);
                self.contact(&mut system, CONTACT, rule, (OTHER, PURCHASE));
                self.ship(&mut system, OTHER);
                system.within(CONTACT, self.free, FAR);
                self.covered(&mut system, rule, (CONTACT, SHIP, PURCHASE));
                self.expired(&mut system, rule, (CONTACT, OTHER, PURCHASE), false);
                system.holds()
            })
    }

    /// The facts of earlier repairs that matter; suspect ones are reported apart.
    pub(super) fn tells_repairs(&self, repairs: &[Repair], tell: &mut Tells) {
        for (index, (repair, ext)) in repairs.iter().zip(self.extensions).enumerate() {
            let Some(ext) = ext else { continue };
            let others = self
                .extensions
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != index)
                .filter_map(|(_, other)| other.as_ref());
            let free = free(others);
            let at = u16::try_from(index).unwrap_or(u16::MAX);
            let uncovered = |from, to| self.may_be_out(from, to) || self.may_be_stuck(from, to);
            if uncovered(free, ext.high) {
                for (field, may, may_not) in qualifying(repair, self.readings) {
                    if may && may_not {
                        tell.repairs.push((at, field));
                    }
                }
            }
            let unknown = start(repair, self.readings).is_none();
            let open = ext.suspect || unknown;
            let from = if ext.low > -FAR { ext.low + 1 } else { -FAR };
            if open && uncovered(free.max(from), ext.high) {
                if unknown {
                    tell.repairs.push((at, start_field(self.readings)));
                }
                if ext.suspect {
                    tell.broken.push(index);
                }
            }
        }
    }
}

/// The first contact day that these extensions may leave uncovered.
pub(super) fn free<'e>(extensions: impl Iterator<Item = &'e Extension>) -> i32 {
    extensions
        .filter(|ext| ext.must && ext.low > -FAR)
        .map(|ext| ext.low + 1)
        .fold(-FAR, i32::max)
}

/// The rules that are still possible.
pub(super) fn rules(facts: &Facts) -> [Option<Rule>; 3] {
    let with = facts.proof.any(WITH_PROOF);
    let without = facts.proof.any(WITHOUT_PROOF);
    // A date that is not known may turn out not to be found at all.
    let undated = !matches!(
        facts.purchase_date,
        When::On(_) | When::Between(..) | When::OneOf(..)
    );
    let dated = facts.purchase_date != When::Unrecoverable;
    [
        (with && dated).then_some(Rule::Purchase),
        (with && undated).then_some(Rule::Undated),
        without.then_some(Rule::Shipment),
    ]
}

/// Which facts tell two completions apart.
#[derive(Debug, Default)]
pub(super) struct Tells {
    pub(super) contact: bool,
    pub(super) purchase: bool,
    pub(super) proof: bool,
    pub(super) ship: bool,
    pub(super) repairs: Vec<(u16, RepairField)>,
    /// Repairs whose dates break their order.
    pub(super) broken: Vec<usize>,
}

/// Whether the contact lies in a period: which answers are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::terms) struct Period {
    /// In is possible.
    pub inside: bool,
    /// Out is possible.
    pub outside: bool,
    /// What is known of purchase and shipment cannot settle the first period (`ORDER`).
    pub conflict: bool,
}

impl Period {
    pub(super) const fn cover(self) -> Cover {
        match (self.inside, self.outside) {
            _ if self.conflict => Cover::Undetermined,
            (true, false) => Cover::In,
            (false, true) => Cover::Out,
            _ => Cover::Undetermined,
        }
    }
}

/// The short way: contact, the rule and its date are sure, and so is every extension that counts.
pub(super) fn quick(
    facts: &Facts,
    line: &Timeline,
    numbers: &Numbers,
    solver: &Solver<'_>,
) -> Option<Period> {
    let contact = line.sure_day(Var::Contact)?;
    let sure = |ext: &&Extension| ext.must && ext.low == ext.high;
    let all = solver.extensions.iter().flatten();
    if all.clone().any(|ext| !sure(&ext)) {
        return None;
    }
    if all.clone().any(|ext| contact <= ext.high) {
        return Some(Period {
            inside: true,
            outside: false,
            conflict: false,
        });
    }
    let mut rules = solver.rules();
    let (rule, None) = (rules.next()?, rules.next()) else {
        return None;
    };
    let inside = match rule {
        Rule::Purchase => {
            let purchase = line.sure_day(Var::Purchase)?;
            let inside = contact <= purchase + numbers.warranty_with_proof_days;
            if !inside && facts.ship_date != When::Unknown {
                let ship = facts.ship_date.day()?.number();
                let without = ship + numbers.warranty_without_proof_days;
                if purchase < ship && contact <= without {
                    return Some(Period {
                        inside: false,
                        outside: false,
                        conflict: true,
                    });
                }
            }
            inside
        }
        Rule::Undated | Rule::Shipment => {
            contact <= line.sure_day(Var::Ship)? + numbers.warranty_without_proof_days
        }
    };
    Some(Period {
        inside,
        outside: !inside,
        conflict: false,
    })
}

/// ORDER: counted from a purchase before the shipment the product is out, while 240 days from the
/// shipment still run: the known dates settle nothing, unless an extension surely covers.
pub(super) fn order_conflict(
    facts: &Facts,
    line: &Timeline,
    numbers: &Numbers,
    solver: &Solver<'_>,
) -> bool {
    let dates = (
        line.sure_day(Var::Contact),
        line.sure_day(Var::Purchase),
        facts.ship_date.day(),
    );
    let (Some(contact), Some(purchase), Some(ship)) = dates else {
        return solver.may_be_stuck(solver.free, FAR);
    };
    solver.rules().any(|rule| rule == Rule::Purchase)
        && purchase < ship.number()
        && contact > purchase + numbers.warranty_with_proof_days
        && contact <= ship.number() + numbers.warranty_without_proof_days
        && contact >= solver.free
}

/// The same where the contact is not known: if the conflict arises on every day it may have been,
/// the first and the last of them.
pub(super) fn stuck(
    facts: &Facts,
    line: &Timeline,
    numbers: &Numbers,
    rules: &[Option<Rule>; 3],
) -> Option<(i32, i32)> {
    if *rules != [Some(Rule::Purchase), None, None] || line.is_suspect(Var::Contact) {
        return None;
    }
    let purchase = line.sure_day(Var::Purchase)?;
    let ship = facts.ship_date.day()?.number();
    let low = line.low(Var::Contact).max(ship).max(purchase);
    let high = line.high(Var::Contact).min(line.today);
    let held = purchase < ship
        && low > purchase + numbers.warranty_with_proof_days
        && high <= ship + numbers.warranty_without_proof_days;
    (held && low <= high).then_some((low, high))
}
