//! I: is the product in warranty? The rules stand in the order of the terms.
//!
//! The period is settled by the first contact about the fault (`W-REF`), which must not be later
//! than the last covered day: of the proof's rule, of the shipment's rule, or of an extension.
//! Unknown facts are treated exactly: what the earlier repairs can cover is an interval for each,
//! and contact, shipment and purchase are one small system of difference constraints.

use super::assessment::{Conflict, Count, Cover, Item, Missing, Reason, Staff, Warranty};
use super::choice::{Choice, Set};
use super::clause::ClauseId;
use super::day::Day;
use super::facts::{
    Answer, FactName, Facts, PeriodStatus, Proof, Repair, RepairBy, RepairCause, RepairField,
    RepairKind, TestResult, When,
};
use super::order::{FAR, System, Timeline, Var, range};
use super::version::{ExtensionStart, Numbers, Readings, Terms};

/// The dates the first period is made from.
const OWN: [Var; 3] = [Var::Ship, Var::Purchase, Var::Contact];

const WITH_PROOF: &[Proof] = &[Proof::Valid, Proof::DateIllegible];
const WITHOUT_PROOF: &[Proof] = &[Proof::None, Proof::Falsified, Proof::OtherProduct];

/// By which rule the first period runs, in one completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// I.1b: a valid proof and its date.
    Purchase,
    /// I.1a although there is a proof: its date cannot be found (`ILLEG`).
    Undated,
    /// I.1a: no valid proof for this product.
    Shipment,
}

/// What one earlier repair can add.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extension {
    /// Counts for sure.
    must: bool,
    /// The first and last day its 60 days may end, if it counts.
    low: i32,
    high: i32,
    /// The sending back stands in a broken order.
    suspect: bool,
}

// ---- I.N: the extension ----

/// Whether a repair certainly counts (`Some(true)`), may count (`Some(false)`) or never does.
fn counts(repair: &Repair, readings: &Readings) -> Option<bool> {
    let fits = qualifying(repair, readings);
    let may = fits.iter().all(|(_, yes, _)| *yes);
    may.then(|| fits.iter().all(|(_, _, no)| !*no))
}

/// For each field that makes a repair count: may it count, may it not?
///
/// I.N: done, at the factory, a repair and no upgrade, out of warranty then; no cause is asked for,
/// but 'no fault found' is no repair.
fn qualifying(repair: &Repair, readings: &Readings) -> [(RepairField, bool, bool); 5] {
    fn part<T: Choice>(field: RepairField, set: Set<T>, good: &[T]) -> (RepairField, bool, bool) {
        let may = set.any(good);
        let may_not = set.iter().any(|value| !good.contains(&value));
        (field, may, may_not)
    }
    let status = match (
        readings.extension_after_warranty_repair,
        readings.extension_after_extension,
    ) {
        (false, false) => &[PeriodStatus::Out][..],
        (true, false) => &[PeriodStatus::Out, PeriodStatus::In],
        (false, true) => &[PeriodStatus::Out, PeriodStatus::Extension],
        (true, true) => PeriodStatus::ALL,
    };
    [
        part(RepairField::By, repair.by, &[RepairBy::Factory]),
        part(
            RepairField::Cause,
            repair.cause,
            &[RepairCause::Quality, RepairCause::NonQuality],
        ),
        part(RepairField::Done, repair.done, &[Answer::Yes]),
        part(RepairField::Kind, repair.kind, &[RepairKind::Repair]),
        part(RepairField::PeriodStatus, repair.period_status, status),
    ]
}

/// The broken orders of one earlier repair.
pub(super) fn broken_repair(index: usize, repair: &Repair, today: i32) -> Vec<Conflict> {
    let at = |field| Item::Repair(u16::try_from(index).unwrap_or(u16::MAX), field);
    let dates = [
        (RepairField::RepairedOn, range(repair.repaired_on)),
        (RepairField::SentBackOn, range(repair.sent_back_on)),
        (RepairField::DeliveredOn, range(repair.delivered_on)),
    ];
    let [repaired, sent, delivered] = dates;
    let mut found = Vec::new();
    for (field, (low, _)) in dates {
        if low > today {
            found.push(Conflict::Later(at(field), Item::Fact(FactName::AsOf)));
        }
    }
    let sent_known = repair.sent_back_on.day().is_some();
    for (first, second) in [(repaired, sent), (sent, delivered), (repaired, delivered)] {
        let direct = first.0 == RepairField::SentBackOn || second.0 == RepairField::SentBackOn;
        if first.1.0 > second.1.1 && (direct || !sent_known) {
            found.push(Conflict::Later(at(first.0), at(second.0)));
        }
    }
    found
}

/// The date of an earlier repair from which its extension runs (`EXT-START`).
pub(super) const fn start_field(readings: &Readings) -> RepairField {
    match readings.extension_start {
        ExtensionStart::Repaired => RepairField::RepairedOn,
        ExtensionStart::SentBack => RepairField::SentBackOn,
        ExtensionStart::Delivered => RepairField::DeliveredOn,
    }
}

/// The day from which an earlier repair's extension runs, where it is known.
fn start(repair: &Repair, readings: &Readings) -> Option<Day> {
    match readings.extension_start {
        ExtensionStart::Repaired => repair.repaired_on.day(),
        ExtensionStart::SentBack => repair.sent_back_on.day(),
        ExtensionStart::Delivered => repair.delivered_on.day(),
    }
}

/// I.N: what an earlier repair can add, `None` where it never counts.
fn extension(index: usize, repair: &Repair, today: i32, terms: &Terms) -> Option<Extension> {
    let must = counts(repair, &terms.readings)?;
    let suspect = !broken_repair(index, repair, today).is_empty();
    let repaired = range(repair.repaired_on);
    let sent = range(repair.sent_back_on);
    let delivered = range(repair.delivered_on);
    let (low, high) = match terms.readings.extension_start {
        _ if suspect => (-FAR, FAR),
        ExtensionStart::Repaired => (repaired.0, repaired.1.min(sent.1).min(delivered.1)),
        ExtensionStart::SentBack => (sent.0.max(repaired.0), sent.1.min(delivered.1)),
        ExtensionStart::Delivered => (delivered.0.max(sent.0).max(repaired.0), delivered.1),
    };
    let high = if suspect { FAR } else { high.min(today) };
    let days = terms.numbers.extension_days;
    Some(Extension {
        must,
        low: if low > -FAR { low + days } else { -FAR },
        high: if high < FAR { high + days } else { FAR },
        suspect,
    })
}

// ---- I.1a, I.1b: the first period ----

const CONTACT: u8 = 1;
const SHIP: u8 = 2;
const PURCHASE: u8 = 3;
const OTHER: u8 = 4;

struct Solver<'a> {
    line: &'a Timeline,
    numbers: &'a Numbers,
    readings: &'a Readings,
    rules: [Option<Rule>; 3],
    purchases: &'a [Day],
    extensions: &'a [Option<Extension>],
    /// The latest day of shipment by everything that happened after it.
    ship_high: i32,
    /// The first contact day that the repairs surely counted may leave uncovered.
    free: i32,
    /// The last contact day that an extension may cover.
    reach: i32,
    /// The contact days, where each of them meets the conflict of `ORDER` unless an extension covers.
    stuck: Option<(i32, i32)>,
}

impl<'a> Solver<'a> {
    fn new(
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

    fn rules(&self) -> impl Iterator<Item = Rule> + '_ {
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
                if late {
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
    fn may_be_in(&self) -> bool {
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
    fn may_be_out(&self, from: i32, to: i32) -> bool {
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
    fn may_be_stuck(&self, from: i32, to: i32) -> bool {
        self.stuck
            .is_some_and(|(low, high)| low.max(from) <= high.min(to))
    }

    /// A purchase date that breaks an order by itself is no ground for a decision where a purchase
    /// before shipment would be a conflict (`PDATE`, `ORDER`).
    fn doubts_purchase(&self) -> bool {
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
    fn tells_contact(&self) -> bool {
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
    fn tells_purchase(&self, undated: bool) -> bool {
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
    fn tells_rule(&self, other: Rule) -> bool {
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
    fn tells_ship(&self) -> bool {
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
    fn tells_repairs(&self, repairs: &[Repair], tell: &mut Tells) {
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
fn free<'e>(extensions: impl Iterator<Item = &'e Extension>) -> i32 {
    extensions
        .filter(|ext| ext.must && ext.low > -FAR)
        .map(|ext| ext.low + 1)
        .fold(-FAR, i32::max)
}

/// The rules that are still possible.
fn rules(facts: &Facts) -> [Option<Rule>; 3] {
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
struct Tells {
    contact: bool,
    purchase: bool,
    proof: bool,
    ship: bool,
    repairs: Vec<(u16, RepairField)>,
    /// Repairs whose dates break their order.
    broken: Vec<usize>,
}

/// Whether the contact lies in a period: which answers are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
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

// ---- I.2 and the whole ----

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

/// What can be shown of the periods: their counts and the later last day.
struct Shown {
    base: Option<Count>,
    base_clause: Option<ClauseId>,
    extension: Option<Count>,
    last: Option<Day>,
    basis: Option<ClauseId>,
}

/// Decides the warranty.
pub(super) fn decide(facts: &Facts, line: &Timeline, terms: &Terms) -> (Warranty, Period) {
    let numbers = &terms.numbers;
    let extensions: Vec<Option<Extension>> = facts
        .repairs
        .iter()
        .enumerate()
        .map(|(index, repair)| extension(index, repair, line.today, terms))
        .collect();
    let solver = Solver::new(facts, line, terms, &extensions);
    let shown = shown(facts, numbers, &solver);
    let period = quick(facts, line, numbers, &solver).unwrap_or_else(|| {
        let inside = solver.may_be_in();
        let outside = solver.may_be_out(solver.free, FAR);
        // Where no contact day at all escapes it, purchase and shipment are the conflict.
        let conflict = order_conflict(facts, line, numbers, &solver)
            || solver.doubts_purchase()
            || !(inside || outside);
        Period {
            inside,
            outside,
            conflict,
        }
    });
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

/// The short way: contact, the rule and its date are sure, and so is every extension that counts.
fn quick(facts: &Facts, line: &Timeline, numbers: &Numbers, solver: &Solver<'_>) -> Option<Period> {
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
fn order_conflict(facts: &Facts, line: &Timeline, numbers: &Numbers, solver: &Solver<'_>) -> bool {
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
fn stuck(
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

/// I.1a, I.1b and I.N: the last days that are certain.
fn shown(facts: &Facts, numbers: &Numbers, solver: &Solver<'_>) -> Shown {
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
fn basis(facts: &Facts, shown: &Shown, solver: &Solver<'_>, cover: Cover) -> Option<ClauseId> {
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

fn reasons(
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
        let missing = &mut result.period_missing;
        for (tells, var) in [
            (tells.contact, Var::Contact),
            (tells.purchase, Var::Purchase),
            (tells.ship, Var::Ship),
        ] {
            if tells && !line.is_suspect(var) {
                missing.facts.insert(var.fact());
            }
        }
        if tells.proof {
            missing.facts.insert(FactName::Proof);
        }
        missing.repairs = tells.repairs;
        if period.conflict && solver.rules().count() > 1 {
            missing.facts.insert(FactName::Proof);
        }
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
