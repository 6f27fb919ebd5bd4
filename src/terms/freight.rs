//! III and IV.4: who pays the freight each way, and whether a fee is due.
//!
//! The terms speak of freight twice; everything else is 'unstated' and says so. Both answers depend
//! on a handful of settled questions, so every combination still possible is tried.

use super::assessment::{
    Conflict, Fee, FeeOf, Freight, Item, Missing, Payer, Returns, Staff, Warranty,
};
use super::choice::{Choice, Set};
use super::facts::{FactName, Facts, Outcome, QuoteState, Service, TestResult, When};
use super::returns::{Alike, LEVELS, Level, Levels, Outlook};
use super::warranty::{Period, tests};

/// One combination of what the two answers depend on.
#[derive(Debug, Clone, Copy)]
struct Course {
    service: Service,
    returned: Level,
    inside: bool,
    test: TestResult,
    outcome: Outcome,
}

impl Course {
    /// Whether a repair is the matter at all; else what stands instead.
    fn is_repair(self) -> bool {
        match self.service {
            Service::Repair | Service::RepairAndUpgrade => true,
            Service::ReturnElseRepair => self.returned == Level::Refuse,
            Service::Return | Service::Upgrade => false,
        }
    }

    /// III: the payer of each way.
    fn freight(self) -> (Payer, Payer) {
        match self.service {
            Service::Upgrade => upgrade(),
            Service::RepairAndUpgrade => (Payer::Undetermined, Payer::Undetermined),
            Service::Return => returned(self.returned),
            Service::ReturnElseRepair if self.returned != Level::Refuse => returned(self.returned),
            Service::Repair | Service::ReturnElseRepair => self.repair_freight(),
        }
    }

    /// III.1: the customer pays the way back of what was repaired in the period and is no fault of
    /// quality; turned round, the company pays it for a fault of quality.
    fn repair_freight(self) -> (Payer, Payer) {
        if self.outcome == Outcome::SolvedRemotely {
            return (Payer::None, Payer::None);
        }
        let repaired = self.outcome == Outcome::Repaired;
        let back = match self.test {
            _ if !repaired || !self.inside => Payer::Unstated,
            TestResult::Quality => Payer::Company,
            TestResult::NonQuality => Payer::Customer,
            TestResult::Mixed => Payer::Undetermined,
            TestResult::NoFault | TestResult::Operation | TestResult::NotYet => Payer::Unstated,
        };
        (Payer::Unstated, back)
    }

    /// IV.4: no fee for a covered repair, else by quote.
    fn fee(self) -> Fee {
        match self.service {
            Service::Upgrade => return Fee::Unstated,
            Service::Return => return Fee::None,
            Service::ReturnElseRepair if self.returned == Level::Allow => return Fee::None,
            Service::ReturnElseRepair if self.returned == Level::Staff => return Fee::Undetermined,
            _ => {}
        }
        if self.outcome != Outcome::Repaired {
            return Fee::None;
        }
        match self.test {
            TestResult::NoFault | TestResult::Operation => Fee::None,
            TestResult::NonQuality => Fee::ByQuote,
            _ if !self.inside => Fee::ByQuote,
            TestResult::Quality => Fee::None,
            TestResult::Mixed | TestResult::NotYet => Fee::Undetermined,
        }
    }

    /// What leaves the freight to staff.
    fn staff(self, returns: &Returns) -> Set<Staff> {
        match self.service {
            Service::RepairAndUpgrade => Set::only(Staff::FMix),
            Service::Return | Service::ReturnElseRepair if self.returned == Level::Staff => {
                returns.staff
            }
            _ if self.is_repair()
                && self.inside
                && self.test == TestResult::Mixed
                && self.outcome == Outcome::Repaired =>
            {
                Set::only(Staff::Mixed)
            }
            _ => Set::NONE,
        }
    }
}

/// III.2: a software upgrade asked for: the customer pays both ways.
fn upgrade() -> (Payer, Payer) {
    (Payer::Customer, Payer::Customer)
}

/// A return: nothing is said of the way in; nothing goes back of what is taken back.
fn returned(level: Level) -> (Payer, Payer) {
    let back = match level {
        Level::Allow => Payer::None,
        Level::Staff => Payer::Undetermined,
        Level::Refuse => Payer::Unstated,
    };
    (Payer::Unstated, back)
}

/// The outcomes still possible: a declined quote ends without a repair (`F-DECL`), and what has
/// arrived was not solved before sending (IV.2).
fn outcomes(facts: &Facts) -> (Set<Outcome>, Vec<Conflict>) {
    let fact = |name| Item::Fact(name);
    let mut possible = facts.outcome;
    let mut conflicts = Vec::new();
    if facts.quote.is(QuoteState::Declined) {
        possible = possible
            .without(Outcome::Repaired)
            .without(Outcome::SolvedRemotely);
        if possible.is_empty() {
            let items = (fact(FactName::Quote), fact(FactName::Outcome));
            conflicts.push(Conflict::Earlier(items.0, items.1));
        }
    }
    if matches!(facts.arrival_date, When::On(_) | When::Between(..)) {
        let arrived = possible.without(Outcome::SolvedRemotely);
        if arrived.is_empty() && !possible.is_empty() {
            let items = (fact(FactName::Outcome), fact(FactName::ArrivalDate));
            conflicts.push(Conflict::Earlier(items.0, items.1));
        }
        possible = arrived;
    }
    if possible.is_empty() {
        // The known facts shut each other out: any outcome, so that nothing is decided by them.
        possible = Set::all();
    }
    (possible, conflicts)
}

/// The combinations still possible.
struct Courses {
    services: Set<Service>,
    returned: Levels,
    /// Inside the period, outside of it: which are possible.
    inside: [bool; 2],
    /// The same where the return is refused.
    inside_if_refused: [bool; 2],
    tests: Set<TestResult>,
    outcomes: Set<Outcome>,
}

impl Courses {
    fn levels(&self) -> impl Iterator<Item = Level> {
        let possible = self.returned;
        LEVELS.into_iter().filter(move |level| possible.has(*level))
    }

    fn periods(&self, returned: Level) -> impl Iterator<Item = bool> {
        let [inside, outside] = if returned == Level::Refuse {
            self.inside_if_refused
        } else {
            self.inside
        };
        [(inside, true), (outside, false)]
            .into_iter()
            .filter_map(|(possible, inside)| possible.then_some(inside))
    }

    fn each(&self, mut see: impl FnMut(Course)) {
        for service in self.services.iter() {
            for returned in self.levels() {
                for inside in self.periods(returned) {
                    for test in self.tests.iter() {
                        for outcome in self.outcomes.iter() {
                            see(Course {
                                service,
                                returned,
                                inside,
                                test,
                                outcome,
                            });
                        }
                    }
                }
            }
        }
    }

    /// Everything that occurs as an answer.
    fn answers<T: Choice>(&self, answer: impl Fn(Course) -> T) -> Set<T> {
        let mut all = Set::NONE;
        self.each(|course| all.insert(answer(course)));
        all
    }

    /// Which questions tell two courses apart.
    fn questions<T: PartialEq>(&self, answer: impl Fn(Course) -> T) -> Questions {
        let mut found = Questions::default();
        self.each(|course| {
            let here = answer(course);
            let differs = |other: Course| answer(other) != here;
            found.service |= self
                .services
                .iter()
                .any(|service| differs(Course { service, ..course }));
            let with = |returned| Course { returned, ..course };
            let may_be = |level| self.periods(level).any(|inside| inside == course.inside);
            if self
                .levels()
                .any(|level| may_be(level) && differs(with(level)))
            {
                let alike = Alike::by(|level| answer(with(level)));
                if !found.returned.contains(&alike) {
                    found.returned.push(alike);
                }
            }
            let inside = self
                .periods(course.returned)
                .any(|inside| differs(Course { inside, ..course }));
            if course.returned == Level::Refuse {
                found.inside_if_refused |= inside;
            } else {
                found.inside |= inside;
            }
            found.test |= self
                .tests
                .iter()
                .any(|test| differs(Course { test, ..course }));
            found.outcome |= self
                .outcomes
                .iter()
                .any(|outcome| differs(Course { outcome, ..course }));
        });
        found
    }
}

#[derive(Debug, Default)]
struct Questions {
    service: bool,
    /// Where the return tells: which of its levels come to the same, in each such course.
    returned: Vec<Alike>,
    inside: bool,
    inside_if_refused: bool,
    test: bool,
    outcome: bool,
}

impl Questions {
    fn missing(&self, facts: &Facts, settled: &Settled<'_>) -> Missing {
        let mut missing = Missing::default();
        if self.service {
            missing.facts.insert(FactName::Service);
        }
        for alike in &self.returned {
            missing.add(&settled.outlook.missing(*alike));
        }
        if self.inside {
            missing.add(&settled.warranty.period_missing);
        }
        if self.inside_if_refused {
            let if_refused = settled.if_refused.as_ref();
            let plain = &settled.warranty.period_missing;
            missing.add(if_refused.map_or(plain, |(_, missing)| missing));
        }
        if self.test {
            missing.facts.insert(FactName::TestResult);
        }
        if self.outcome && facts.outcome.len() > 1 {
            missing.facts.insert(FactName::Outcome);
        }
        missing
    }
}

/// What other parts have settled.
pub(super) struct Settled<'a> {
    pub returns: &'a Returns,
    pub outlook: &'a Outlook<'a>,
    pub warranty: &'a Warranty,
    pub period: Period,
    /// The period, and what it waits for, where the return is refused; as always where `None`.
    pub if_refused: Option<(Period, Missing)>,
}

/// Decides freight and fee; the last is every fee that is still possible.
pub(super) fn decide(facts: &Facts, settled: &Settled<'_>) -> (Freight, FeeOf, Set<Fee>) {
    let (outcomes, conflicts) = outcomes(facts);
    let mut courses = Courses {
        services: facts.service,
        returned: settled.outlook.levels,
        inside: periods(settled.period),
        inside_if_refused: periods(
            settled
                .if_refused
                .as_ref()
                .map_or(settled.period, |(period, _)| *period),
        ),
        tests: tests(facts),
        outcomes,
    };
    let mut freight = Freight {
        inward: payer(courses.answers(|course| course.freight().0)),
        back: payer(courses.answers(|course| course.freight().1)),
        if_repaired: (Payer::Undetermined, Payer::Undetermined),
        missing: Missing::default(),
        conflicts: Vec::new(),
        staff: Set::NONE,
    };
    let fees = courses.answers(Course::fee);
    let mut fee = FeeOf {
        repair: fee_of(fees),
        if_repaired: Fee::Undetermined,
        missing: Missing::default(),
    };
    let open = freight.inward == Payer::Undetermined || freight.back == Payer::Undetermined;
    if open {
        let questions = courses.questions(Course::freight);
        freight.missing = questions.missing(facts, settled);
        add_conflicts(&mut freight.conflicts, &questions, settled);
        let mut staff: Option<Set<Staff>> = None;
        courses.each(|course| {
            let (inward, back) = course.freight();
            if inward == Payer::Undetermined || back == Payer::Undetermined {
                let codes = course.staff(settled.returns);
                staff = Some(staff.map_or(codes, |all| all.union(codes)));
            }
        });
        // Left to staff only where it is so whatever is still open.
        let certain = courses.answers(|course| {
            let (inward, back) = course.freight();
            if inward == Payer::Undetermined || back == Payer::Undetermined {
                Payer::Undetermined
            } else {
                Payer::None
            }
        });
        if certain.is(Payer::Undetermined) {
            freight.staff = staff.unwrap_or_default();
        }
    }
    if open || fee.repair == Fee::Undetermined {
        freight.conflicts.extend(conflicts);
    }
    if fee.repair == Fee::Undetermined {
        let questions = courses.questions(Course::fee);
        fee.missing = questions.missing(facts, settled);
    }
    if courses.outcomes.is(Outcome::Repaired) {
        freight.if_repaired = (freight.inward, freight.back);
        fee.if_repaired = fee.repair;
    } else {
        courses.outcomes = Set::only(Outcome::Repaired);
        freight.if_repaired = (
            payer(courses.answers(|course| course.freight().0)),
            payer(courses.answers(|course| course.freight().1)),
        );
        fee.if_repaired = fee_of(courses.answers(Course::fee));
    }
    (freight, fee, fees)
}

/// Inside the period, outside of it: which are possible; both where a conflict leaves it open.
fn periods(period: Period) -> [bool; 2] {
    [
        period.inside || period.conflict,
        period.outside || period.conflict,
    ]
}

fn add_conflicts(conflicts: &mut Vec<Conflict>, questions: &Questions, settled: &Settled<'_>) {
    let returned = (!questions.returned.is_empty()).then_some(&settled.returns.conflicts);
    let inside = (questions.inside || questions.inside_if_refused)
        .then_some(&settled.warranty.period_conflicts);
    for conflict in returned.into_iter().chain(inside).flatten() {
        if !conflicts.contains(conflict) {
            conflicts.push(*conflict);
        }
    }
}

fn payer(answers: Set<Payer>) -> Payer {
    answers.known().unwrap_or(Payer::Undetermined)
}

fn fee_of(answers: Set<Fee>) -> Fee {
    answers.known().unwrap_or(Fee::Undetermined)
}
