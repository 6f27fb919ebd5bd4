//! What nobody has seen yet, answered both ways; and what to ask next.

use super::assessment::{Area, Assessment, Cover, Fee, Item, Payer, ReturnDecision};
use super::calendar::Calendar;
use super::choice::{Choice, Set};
use super::clause::ClauseId;
use super::day::Day;
use super::decide;
use super::facts::{Domain, FactName, Facts, RepairField, Service, TestResult, Value, dashed};
use super::version::Terms;

/// A part's decision, as one of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// The return.
    Return(ReturnDecision),
    /// The warranty period alone: whether the contact lies in it.
    Period(Cover),
    /// The warranty.
    Warranty(Cover),
}

/// One answer to a question that is still open: "if the proof is valid: until 14 Mar".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Branch {
    /// The part it is about.
    pub area: Area,
    /// The fact nobody has seen yet.
    pub fact: FactName,
    /// The value it is given here; its words are [`FactName::value_id`].
    pub code: &'static str,
    /// What would be decided.
    pub decided: Decided,
    /// The last day that would follow, where there is one.
    pub last: Option<Day>,
    /// The clause it would rest on.
    pub clause: ClauseId,
}

impl Branch {
    /// The id of the condition in words: `branch-proof-valid` ("if the proof is valid").
    pub fn message_id(&self) -> String {
        format!("branch-{}-{}", dashed(self.fact.code()), dashed(self.code))
    }
}

impl Decided {
    /// The id of the decision in words: `return-allowed`, `period-in`, `warranty-out`.
    pub fn message_id(self) -> String {
        match self {
            Decided::Return(decision) => decision.message_id(),
            Decided::Period(cover) => format!("period-{}", cover.code()),
            Decided::Warranty(cover) => cover.message_id(),
        }
    }
}

impl Ask {
    /// The id of how it is found out: `how-look-up`.
    pub fn message_id(self) -> String {
        format!("how-{}", self.code())
    }
}

/// What is still unseen, answered both ways; nothing where the answers do not differ.
pub fn both_ways(facts: &Facts, terms: &Terms, calendar: &Calendar) -> Vec<Branch> {
    let mut all = Vec::new();
    let with = |name: FactName, code: &'static str| {
        let mut supposed = facts.clone();
        supposed
            .set(name, Value::Code(code))
            .ok()
            .map(|()| decide(&supposed, terms, calendar))
    };
    if facts.proof.len() > 1 {
        put(
            &mut all,
            ["valid", "none"].into_iter().filter_map(|code| {
                let warranty = with(FactName::Proof, code)?.warranty;
                Some(Branch {
                    area: Area::Warranty,
                    fact: FactName::Proof,
                    code,
                    decided: Decided::Period(warranty.period),
                    last: warranty.last_covered,
                    clause: warranty.basis.unwrap_or(if code == "valid" {
                        ClauseId::I1b
                    } else {
                        ClauseId::I1a
                    }),
                })
            }),
        );
    }
    if facts.test_result.has(TestResult::NotYet) {
        let results = ["quality", "non_quality", "no_fault"];
        put(
            &mut all,
            results.into_iter().filter_map(|code| {
                let warranty = with(FactName::TestResult, code)?.warranty;
                Some(Branch {
                    area: Area::Warranty,
                    fact: FactName::TestResult,
                    code,
                    decided: Decided::Warranty(warranty.decision),
                    last: None,
                    clause: ClauseId::I2,
                })
            }),
        );
    }
    let returns = facts
        .service
        .any(&[Service::Return, Service::ReturnElseRepair]);
    let shown = facts.choice_code(FactName::ProofAtReturn);
    if returns && shown.is_none_or(|code| code == "not_yet") {
        put(
            &mut all,
            ["valid", "none"].into_iter().filter_map(|code| {
                let returns = with(FactName::ProofAtReturn, code)?.returns;
                Some(Branch {
                    area: Area::Return,
                    fact: FactName::ProofAtReturn,
                    code,
                    decided: Decided::Return(returns.decision),
                    last: returns.last_request.map(|count| count.last),
                    clause: ClauseId::AX3,
                })
            }),
        );
    }
    all
}

/// Keeps answers that differ.
fn put(all: &mut Vec<Branch>, answers: impl Iterator<Item = Branch>) {
    let answers: Vec<Branch> = answers.collect();
    let same = |a: &Branch, b: &Branch| a.decided == b.decided && a.last == b.last;
    if answers
        .first()
        .is_some_and(|first| answers.iter().any(|other| !same(first, other)))
    {
        all.extend(answers);
    }
}

super::choice::choices! {
    /// How a fact is found out.
    Ask {
        /// Ask the customer.
        Customer = "customer",
        /// Look it up in the company's or the carrier's records.
        LookUp = "look-up",
        /// Look at the goods.
        Inspect = "inspect",
        /// Have the technicians test.
        Test = "test",
    }
}

/// Where one stands when one asks: what can be answered depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The customer is on the telephone, the goods are elsewhere.
    Phone,
    /// The goods are here.
    Bench,
}

impl Place {
    /// In which turn something is found out here; `None` where it cannot be.
    pub const fn turn_of(self, how: Ask) -> Option<u8> {
        match (self, how) {
            (Place::Phone, Ask::Customer) | (Place::Bench, Ask::Inspect | Ask::Test) => Some(0),
            (Place::Phone | Place::Bench, Ask::LookUp) => Some(1),
            (Place::Bench, Ask::Customer) => Some(2),
            (Place::Phone, Ask::Inspect | Ask::Test) => None,
        }
    }

    /// The questions grouped by who can answer them here, each with how it is found out here: on the
    /// telephone in the order of the talk, else in the given order inside a group; and those that nobody here can answer.
    pub fn in_turn(self, questions: &[Question]) -> (Vec<Question>, Vec<Question>) {
        let found_here = |question: &Question| {
            // What only helps to find the fault the customer is asked, until the goods show it.
            let is_only_told = !question.decides && self == Place::Phone;
            let how = if is_only_told {
                question.how
            } else {
                question.item.how_at(self)
            };
            Question { how, ..*question }
        };
        let (mut now, later): (Vec<Question>, Vec<Question>) = questions
            .iter()
            .map(found_here)
            .partition(|question| self.turn_of(question.how).is_some());
        now.sort_by_key(|question| {
            // What is asked for comes first in every talk: it chooses the other questions.
            let is_service = question.item == Item::Fact(FactName::Service);
            let is_told = (self, question.how) == (Place::Phone, Ask::Customer);
            let talk = if is_told {
                turn(question.item).min(TALK.len())
            } else {
                0
            };
            (!is_service, self.turn_of(question.how), talk)
        });
        (now, later)
    }
}

/// A fact to find out next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// The fact; its words are [`Item::ask_id`].
    pub item: Item,
    /// How it is found out.
    pub how: Ask,
    /// Whether it can change a decision; otherwise it only helps to find the fault.
    pub decides: bool,
    /// The parts it can change.
    pub areas: Set<Area>,
    /// How much it settles: parts decided on average over its values, in hundredths.
    pub settles: u32,
}

impl Item {
    /// The id of what to ask or look up: `fact-receipt-date-ask`.
    pub fn ask_id(self) -> String {
        match self {
            Item::Fact(name) => name.ask_id(),
            Item::Repair(_, field) => field.ask_id(),
        }
    }

    /// The id of its name in a list of what waits for the bench: `fact-complete-later`.
    pub fn later_id(self) -> String {
        format!("{}-later", self.message_id())
    }

    /// How the item is found out at a place: some things the customer can tell, and the goods show.
    pub const fn how_at(self, place: Place) -> Ask {
        use FactName as F;
        match (place, self) {
            (Place::Phone, Item::Fact(F::Activated)) => Ask::Customer,
            (
                Place::Bench,
                Item::Fact(F::PerformanceFailure | F::ForceMajeure | F::Proof | F::PurchaseDate),
            ) => Ask::Inspect,
            _ => self.how(),
        }
    }

    /// How the item is found out.
    pub const fn how(self) -> Ask {
        use FactName as F;
        match self {
            Item::Repair(..) => Ask::LookUp,
            Item::Fact(name) => match name {
                F::ShipDate
                | F::ContactDate
                | F::ConfirmDate
                | F::DispatchDate
                | F::ArrivalDate
                | F::Repairs
                | F::FeePaid
                | F::RepairedOn
                | F::SentBackOn
                | F::Outcome
                | F::Quote
                | F::AsOf => Ask::LookUp,
                F::Complete
                | F::MissingItems
                | F::MissingBy
                | F::AppearanceDamage
                | F::Activated
                | F::Resalable
                | F::LabelsTampered
                | F::LabelsBy
                | F::ManufacturingDefect
                | F::ProofAtReturn => Ask::Inspect,
                F::TestResult
                | F::FailureManMade
                | F::CollisionOrBurn
                | F::Misuse
                | F::MisuseKind => Ask::Test,
                _ => Ask::Customer,
            },
        }
    }
}

/// What helps to find the fault of a product that is to be repaired, and decides nothing.
const DIAGNOSIS: [FactName; 3] = [
    FactName::CollisionOrBurn,
    FactName::Misuse,
    FactName::FaultDate,
];

/// The open facts in the order in which they settle most, then what only helps to diagnose.
pub fn ask_next(
    facts: &Facts,
    assessment: &Assessment,
    terms: &Terms,
    calendar: &Calendar,
) -> Vec<Question> {
    let wanted = wanted(facts, assessment);
    let mut list: Vec<Question> = Vec::with_capacity(16);
    for area in wanted.iter() {
        let missing = missing_of(assessment, area);
        for item in missing {
            match list.iter_mut().find(|question| question.item == item) {
                Some(question) => question.areas.insert(area),
                None => list.push(Question {
                    item,
                    how: item.how(),
                    decides: true,
                    areas: Set::only(area),
                    settles: 0,
                }),
            }
        }
    }
    for question in &mut list {
        question.settles = settles(facts, question.item, wanted, terms, calendar);
    }
    list.sort_by_key(|q| (u32::MAX - q.settles, q.how, turn(q.item)));
    let repair = facts.service.any(&[
        Service::Repair,
        Service::RepairAndUpgrade,
        Service::ReturnElseRepair,
    ]);
    if repair && facts.test_result.has(TestResult::NotYet) {
        for name in DIAGNOSIS {
            let item = Item::Fact(name);
            if !facts.knows(name) && !list.iter().any(|question| question.item == item) {
                list.push(Question {
                    item,
                    how: Ask::Customer,
                    decides: false,
                    areas: Set::NONE,
                    settles: 0,
                });
            }
        }
    }
    list
}

/// The parts that matter for what the customer asks for.
fn wanted(facts: &Facts, assessment: &Assessment) -> Set<Area> {
    let mut wanted = Set::NONE;
    if facts
        .service
        .any(&[Service::Return, Service::ReturnElseRepair])
    {
        wanted.insert(Area::Return);
    }
    let repair = facts
        .service
        .any(&[Service::Repair, Service::RepairAndUpgrade])
        || (facts.service.has(Service::ReturnElseRepair)
            && assessment.returns.decision == ReturnDecision::Refused);
    if repair {
        wanted.insert(Area::Warranty);
        wanted.insert(Area::RepairTime);
    }
    if facts.service.len() > 1 {
        wanted.insert(Area::Freight);
    }
    wanted
}

fn missing_of(assessment: &Assessment, area: Area) -> Vec<Item> {
    match area {
        Area::Return => assessment.returns.missing.items().collect(),
        Area::Warranty => assessment.warranty.missing.items().collect(),
        Area::RepairTime => assessment.repair_time.missing.items().collect(),
        Area::Freight => {
            let service = assessment.freight.missing.facts.has(FactName::Service);
            let item = Item::Fact(FactName::Service);
            service.then_some(item).into_iter().collect()
        }
        Area::Fee => assessment.fee.missing.items().collect(),
        Area::Gates => Vec::new(),
    }
}

/// How many of the wanted parts are decided.
fn decided(assessment: &Assessment, wanted: Set<Area>) -> u32 {
    let is = |area: Area| match area {
        Area::Return => assessment.returns.decision != ReturnDecision::Undetermined,
        Area::Warranty => assessment.warranty.decision != Cover::Undetermined,
        Area::Freight => assessment.freight.back != Payer::Undetermined,
        Area::Fee => assessment.fee.repair != Fee::Undetermined,
        Area::Gates => false,
        Area::RepairTime => assessment.repair_time.due.is_some(),
    };
    let mut count = 0;
    for area in wanted.iter() {
        if is(area) {
            count += 100;
        } else {
            // Fewer open questions are worth something, too.
            let open = missing_of(assessment, area).len();
            count += 40 / u32::try_from(open + 1).unwrap_or(40);
        }
    }
    count
}

/// The parts decided on average over an item's values, in hundredths.
fn settles(
    facts: &Facts,
    item: Item,
    wanted: Set<Area>,
    terms: &Terms,
    calendar: &Calendar,
) -> u32 {
    let mut sum: u32 = 0;
    let mut tried: u32 = 0;
    let mut attempt = |supposed: &Facts| {
        sum += decided(&decide(supposed, terms, calendar), wanted);
        tried += 1;
    };
    let days = [facts.as_of, facts.as_of.plus(-5), facts.as_of.plus(-400)];
    match item {
        Item::Fact(name) => {
            let mut supposed = facts.clone();
            match name.domain() {
                Domain::Date(_) => {
                    for day in days {
                        if supposed.set(name, Value::Date(day)).is_ok() {
                            attempt(&supposed);
                        }
                    }
                }
                Domain::YesNo => {
                    for code in ["yes", "no"] {
                        if supposed.set(name, Value::Code(code)).is_ok() {
                            attempt(&supposed);
                        }
                    }
                }
                Domain::Choice(codes) => {
                    for code in codes {
                        let vague = matches!(*code, "not_yet" | "cause_unknown");
                        if !vague && supposed.set(name, Value::Code(code)).is_ok() {
                            attempt(&supposed);
                        }
                    }
                }
                Domain::Repairs | Domain::Text => {}
            }
        }
        Item::Repair(at, field) => {
            let mut supposed = facts.clone();
            let values = repair_values(field, days);
            for value in values {
                if let Some(repair) = supposed.repairs.get_mut(usize::from(at))
                    && repair.set(field, value).is_ok()
                {
                    attempt(&supposed);
                }
            }
        }
    }
    sum.checked_div(tried).unwrap_or(0)
}

fn repair_values(field: RepairField, days: [Day; 3]) -> Vec<Value<'static>> {
    match field.domain() {
        Domain::Date(_) => days.into_iter().map(Value::Date).collect(),
        Domain::Choice(codes) => codes.iter().map(|code| Value::Code(code)).collect(),
        _ => vec![Value::Code("yes"), Value::Code("no")],
    }
}

/// What a talk begins with, in its order: a word answers it, and it stands first on the form.
const TALK: [FactName; 12] = [
    FactName::Service,
    FactName::ReceiptDate,
    FactName::RequestDate,
    FactName::Proof,
    FactName::PurchaseDate,
    FactName::PerformanceFailure,
    FactName::Activated,
    FactName::Complete,
    FactName::AppearanceDamage,
    FactName::ProofAtReturn,
    FactName::ShipDate,
    FactName::ContactDate,
];

/// The order of a talk, for questions that settle as much as each other.
fn turn(item: Item) -> usize {
    match item {
        Item::Fact(name) => TALK
            .iter()
            .position(|told| *told == name)
            .unwrap_or(TALK.len() + name.index() as usize),
        Item::Repair(at, field) => 100 + 10 * usize::from(at) + field.index() as usize,
    }
}
