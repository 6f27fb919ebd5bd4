//! Cases made from a tape of numbers, so that a failing one shrinks to a plain one.
//!
//! The terms are the built-in ones with small numbers, so that every boundary lies within a few
//! days and all completions of a few unknown dates can be tried.

use aftercare::terms::assessment::Item;
use aftercare::terms::facts::{Answer, Domain, FactName, Facts, Repair, RepairField, Value, When};
use aftercare::terms::{Calendar, Day, Set, Terms};

/// The day in the middle of everything.
pub const MIDDLE: i32 = 738_900;

/// Numbers taken one after the other; zeros when they run out.
pub struct Tape<'a> {
    numbers: &'a [u16],
    at: usize,
}

impl Tape<'_> {
    pub fn new(numbers: &[u16]) -> Tape<'_> {
        Tape { numbers, at: 0 }
    }

    /// A number below `below`.
    pub fn below(&mut self, below: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(number) % below
    }

    /// True once in `n` times.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    fn pick<'v>(&mut self, values: &[&'v str]) -> &'v str {
        values[self.below(values.len())]
    }

    fn day(&mut self, from: i32, to: i32) -> Day {
        let span = usize::try_from(to - from + 1).unwrap();
        Day::from_number(MIDDLE + from + i32::try_from(self.below(span)).unwrap())
    }
}

/// The built-in terms with small numbers.
pub fn small_terms() -> Terms {
    let text = include_str!("../../assets/terms/2000-01-01.toml")
        .replace("return_request_days = 7", "return_request_days = 2")
        .replace("return_send_days = 7", "return_send_days = 2")
        .replace("with_proof_days = 180", "with_proof_days = 4")
        .replace("without_proof_days = 240", "without_proof_days = 6")
        .replace("extension_days = 60", "extension_days = 3");
    Terms::parse(&text).unwrap()
}

pub fn calendar() -> Calendar {
    Calendar::built_in()
}

/// A case in which every fact is known. Values are weighted so that no decision is rare.
pub fn complete(tape: &mut Tape<'_>) -> Facts {
    let today = Day::from_number(MIDDLE + 12);
    let mut facts = Facts::new(today);
    let mut code = |name: FactName, value: &str| facts.set(name, Value::Code(value)).unwrap();
    code(
        FactName::Service,
        tape.pick(&[
            "return",
            "repair",
            "return_else_repair",
            "repair",
            "upgrade",
            "repair+upgrade",
        ]),
    );
    let failing = tape.below(2) == 1;
    code(
        FactName::PerformanceFailure,
        if failing { "yes" } else { "no" },
    );
    // Every other case has nothing wrong with it but what the dates and the failure bring.
    let plain = tape.below(2) == 0;
    let mut weighted = |name: FactName, good: &'static str, all: &[&'static str]| {
        let value = if plain || tape.below(3) > 0 {
            good
        } else {
            tape.pick(all)
        };
        facts.set(name, Value::Code(value)).unwrap();
    };
    weighted(FactName::FailureManMade, "no", &["no", "yes"]);
    weighted(FactName::ManufacturingDefect, "no", &["no", "yes"]);
    weighted(FactName::Complete, "yes", &["yes", "no"]);
    weighted(FactName::AppearanceDamage, "no", &["no", "yes"]);
    weighted(FactName::Activated, "no", &["no", "yes"]);
    weighted(FactName::Resalable, "yes", &["yes", "no"]);
    weighted(
        FactName::ProofAtReturn,
        "valid",
        &["valid", "none", "falsified", "altered", "other_product"],
    );
    weighted(
        FactName::CollisionOrBurn,
        "no",
        &["no", "product_quality", "not_product_quality"],
    );
    weighted(
        FactName::Misuse,
        "no",
        &["no", "present_not_cause", "caused"],
    );
    weighted(FactName::LabelsTampered, "no", &["no", "yes"]);
    weighted(FactName::ForceMajeure, "no", &["no", "yes"]);
    let mut code = |name: FactName, value: &str| facts.set(name, Value::Code(value)).unwrap();
    // What only staff can settle is rare among the rest; once in five it is put there.
    match tape.below(20) {
        16 => {
            code(FactName::PerformanceFailure, "no");
            code(FactName::ManufacturingDefect, "yes");
        }
        17 => code(FactName::Complete, "no"),
        18 => code(FactName::LabelsTampered, "yes"),
        19 => code(FactName::ForceMajeure, "yes"),
        _ => {}
    }
    if tape.below(2) == 1 {
        code(FactName::MissingBy, tape.pick(&["seller", "customer"]));
        code(FactName::LabelsBy, tape.pick(&["carrier", "customer"]));
        code(
            FactName::FmWhen,
            tape.pick(&["before_receipt", "after_receipt"]),
        );
    }
    code(
        FactName::Proof,
        tape.pick(&[
            "valid",
            "none",
            "valid",
            "date_illegible",
            "falsified",
            "other_product",
        ]),
    );
    code(
        FactName::TestResult,
        tape.pick(&[
            "quality",
            "quality",
            "non_quality",
            "mixed",
            "no_fault",
            "operation",
            "quality",
        ]),
    );
    code(
        FactName::Outcome,
        tape.pick(&["repaired", "repaired", "not_repaired", "solved_remotely"]),
    );
    code(
        FactName::Quote,
        tape.pick(&["accepted", "pending", "declined"]),
    );
    code(FactName::ContactConfirmed, tape.pick(&["yes", "yes", "no"]));

    // Three cases in four keep the order of events; the fourth takes days as they come.
    let ordered = tape.below(4) < 3;
    let after = |day: Day, earlier: Day| if ordered { day.max(earlier) } else { day };
    let ship = tape.day(-4, 4);
    let receipt = after(tape.day(2, 7), ship);
    let found = tape.day(3, 8);
    let request = after(after(tape.day(4, 9), receipt), found);
    let purchase = tape.day(-3, 5);
    let contact = after(after(tape.day(2, 9), ship), purchase);
    for (name, day) in [
        (FactName::ShipDate, ship),
        (FactName::ReceiptDate, receipt),
        (FactName::FailureFoundDate, found),
        (FactName::RequestDate, request),
        (FactName::PurchaseDate, purchase),
        (FactName::ContactDate, contact),
    ] {
        facts.set(name, Value::Date(day)).unwrap();
    }
    let confirm = after(tape.day(4, 11), request);
    let dispatch = after(tape.day(5, 12), receipt);
    let arrival = after(tape.day(6, 12), dispatch);
    for (name, day) in [
        (FactName::ConfirmDate, confirm),
        (FactName::DispatchDate, dispatch),
        (FactName::ArrivalDate, arrival),
        (FactName::RepairConfirmedDate, tape.day(8, 11)),
        (FactName::QuoteAcceptedDate, tape.day(8, 11)),
        (FactName::RepairedOn, tape.day(9, 12)),
        (FactName::FeePaid, tape.day(8, 12)),
    ] {
        let value = if tape.below(2) == 1 {
            Value::Date(day)
        } else {
            Value::Code("not_yet")
        };
        facts.set(name, value).unwrap();
    }
    if ordered && facts.dispatch_date == When::NotYet {
        facts.arrival_date = When::NotYet;
    }
    if tape.once_in(8) {
        facts
            .set(FactName::PurchaseDate, Value::Code("unrecoverable"))
            .unwrap();
        if tape.below(3) != 2 {
            facts
                .set(FactName::Proof, Value::Code("date_illegible"))
                .unwrap();
        }
    }
    facts.repairs_looked_up = true;
    for _ in 0..tape.below(3) {
        facts.repairs.push(repair(tape));
    }
    facts
}

fn repair(tape: &mut Tape<'_>) -> Repair {
    let mut repair = Repair::default();
    let codes = [
        (
            RepairField::Kind,
            tape.pick(&["repair", "repair", "repair", "upgrade"]),
        ),
        (
            RepairField::By,
            tape.pick(&["factory", "factory", "factory", "third_party"]),
        ),
        (RepairField::Done, tape.pick(&["yes", "yes", "yes", "no"])),
        (
            RepairField::PeriodStatus,
            tape.pick(&["out", "out", "in", "extension"]),
        ),
        (
            RepairField::Cause,
            tape.pick(&["quality", "non_quality", "quality", "no_fault"]),
        ),
    ];
    for (field, code) in codes {
        repair.set(field, Value::Code(code)).unwrap();
    }
    let repaired = tape.day(-3, 4);
    let sent = repaired.plus(i32::try_from(tape.below(3)).unwrap());
    let delivered = sent.plus(i32::try_from(tape.below(3)).unwrap());
    repair.repaired_on = When::On(repaired);
    repair.sent_back_on = When::On(sent);
    repair.delivered_on = When::On(delivered);
    repair
}

/// The facts that may be forgotten, each as an item.
pub const FORGETTABLE: [FactName; 27] = [
    FactName::FailureFoundDate,
    FactName::ArrivalDate,
    FactName::Quote,
    FactName::ReceiptDate,
    FactName::RequestDate,
    FactName::ConfirmDate,
    FactName::DispatchDate,
    FactName::ShipDate,
    FactName::PurchaseDate,
    FactName::ContactDate,
    FactName::Proof,
    FactName::PerformanceFailure,
    FactName::FailureManMade,
    FactName::ManufacturingDefect,
    FactName::Complete,
    FactName::AppearanceDamage,
    FactName::Activated,
    FactName::Resalable,
    FactName::ProofAtReturn,
    FactName::CollisionOrBurn,
    FactName::Misuse,
    FactName::LabelsTampered,
    FactName::ForceMajeure,
    FactName::Service,
    FactName::Outcome,
    FactName::ContactConfirmed,
    FactName::TestResult,
];

/// Forgets a fact.
pub fn forget(facts: &mut Facts, item: Item) {
    match item {
        Item::Fact(name) => facts.set(name, Value::Unknown).unwrap(),
        Item::Repair(at, field) => {
            if let Some(repair) = facts.repairs.get_mut(usize::from(at)) {
                repair.set(field, Value::Unknown).unwrap();
            }
        }
    }
}

/// Picks an item to forget; some facts go together in practice and are picked more often.
pub fn forgettable(tape: &mut Tape<'_>, facts: &Facts) -> Item {
    const FIELDS: [RepairField; 8] = [
        RepairField::By,
        RepairField::Kind,
        RepairField::DeliveredOn,
        RepairField::SentBackOn,
        RepairField::PeriodStatus,
        RepairField::Done,
        RepairField::RepairedOn,
        RepairField::Cause,
    ];
    if !facts.repairs.is_empty() && tape.below(4) == 3 {
        let at = u16::try_from(tape.below(facts.repairs.len())).unwrap();
        return Item::Repair(at, FIELDS[tape.below(FIELDS.len())]);
    }
    Item::Fact(FORGETTABLE[tape.below(FORGETTABLE.len())])
}

/// Whether a fact is still open and has completions to try.
pub fn is_open(facts: &Facts, item: Item) -> bool {
    match item {
        Item::Fact(FactName::TestResult) => {
            facts.choice_code(FactName::TestResult) == Some("not_yet")
        }
        Item::Fact(name) => !facts.knows(name),
        Item::Repair(at, field) => {
            facts
                .repairs
                .get(usize::from(at))
                .is_some_and(|repair| match field {
                    RepairField::By => repair.by.len() > 1,
                    RepairField::Cause => repair.cause.len() > 1,
                    RepairField::Done => repair.done.len() > 1,
                    RepairField::Kind => repair.kind.len() > 1,
                    RepairField::PeriodStatus => repair.period_status.len() > 1,
                    RepairField::RepairedOn => repair.repaired_on.is_open(),
                    RepairField::SentBackOn => repair.sent_back_on.is_open(),
                    RepairField::DeliveredOn => repair.delivered_on.is_open(),
                })
        }
    }
}

/// Every value an open item may take, over a window that holds every boundary.
pub fn completions(facts: &Facts, item: Item) -> Vec<Facts> {
    let mut all = Vec::new();
    let domain = match item {
        Item::Fact(name) => name.domain(),
        Item::Repair(_, field) => field.domain(),
    };
    let mut with = |value: Value<'_>| {
        let mut next = facts.clone();
        let set = match item {
            Item::Fact(name) => next.set(name, value).is_ok(),
            Item::Repair(at, field) => next.repairs[usize::from(at)].set(field, value).is_ok(),
        };
        assert!(set, "{item} takes {value:?}");
        all.push(next);
    };
    match domain {
        Domain::Date(rule) => {
            for number in MIDDLE - 14..=facts.as_of.number() {
                with(Value::Date(Day::from_number(number)));
            }
            if rule.not_yet {
                with(Value::Code("not_yet"));
            }
            if rule.purchase {
                with(Value::Code("unrecoverable"));
            }
        }
        Domain::YesNo => {
            with(Value::Code("yes"));
            with(Value::Code("no"));
        }
        Domain::Choice(codes) => {
            // What a later event alone can bring is no completion; neither is half an answer.
            for code in codes {
                let half = matches!(*code, "not_yet" | "cause_unknown");
                if !half {
                    with(Value::Code(code));
                }
            }
        }
        Domain::Repairs | Domain::Text => {}
    }
    all
}

/// Whether an answer is known to be yes.
pub fn yes(set: Set<Answer>) -> bool {
    set.is(Answer::Yes)
}
