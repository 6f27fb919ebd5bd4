//! What the terms decide: typed, without words.

use std::fmt;

use super::choice::{Choice, Set, choices};
use super::clause::ClauseId;
use super::day::Day;
use super::facts::{FactName, RepairField};
use super::notice::Notice;

choices! {
    /// Whether the customer may return the goods.
    ReturnDecision { Allowed = "allowed", Refused = "refused", Undetermined = "undetermined", }
}
choices! {
    /// In or out: of the warranty as a whole, or of its period.
    Cover { In = "in", Out = "out", Undetermined = "undetermined", }
}
choices! {
    /// Who pays one way of the freight. `Unstated`: the terms say nothing.
    Payer {
        Customer = "customer",
        Company = "company",
        None = "none",
        Unstated = "unstated",
        Undetermined = "undetermined",
    }
}
choices! {
    /// The repair fee.
    Fee { None = "none", ByQuote = "by_quote", Unstated = "unstated", Undetermined = "undetermined", }
}
choices! {
    /// Whether a gate is open.
    Gate { Yes = "yes", No = "no", Undetermined = "undetermined", }
}
choices! {
    /// A reason, in the order of the codes.
    Reason {
        B1Activated = "B1:activated",
        B1Complete = "B1:complete",
        B1Damage = "B1:damage",
        B1Defect = "B1:defect",
        B1Resale = "B1:resale",
        B2FoundLate = "B2:found_late",
        B2ManMade = "B2:man_made",
        B2NoFailure = "B2:no_failure",
        I1aExpired = "I.1a:expired",
        I1bExpired = "I.1b:expired",
        I2NoFault = "I.2:no_fault",
        I2NotQuality = "I.2:not_quality",
        I2Operation = "I.2:operation",
        INExpired = "I.N:expired",
        X1 = "X1",
        X2 = "X2",
        X3 = "X3",
        X4 = "X4",
        X5 = "X5",
        X6 = "X6",
        X7 = "X7",
    }
}
choices! {
    /// What leaves a decision to a person, in the order of the codes.
    Staff {
        Cosm = "COSM",
        FMix = "F-MIX",
        Mixed = "MIXED",
        Short = "SHORT",
        X5Actor = "X5-ACTOR",
        X6Transit = "X6-TRANSIT",
    }
}
choices! {
    /// One part of an assessment.
    Area {
        Return = "return",
        Warranty = "warranty",
        Freight = "freight",
        Fee = "fee",
        Gates = "gates",
        RepairTime = "repair_time",
    }
}

impl Reason {
    /// The clause the reason comes from.
    pub const fn clause(self) -> ClauseId {
        match self {
            Reason::B1Activated
            | Reason::B1Complete
            | Reason::B1Damage
            | Reason::B1Defect
            | Reason::B1Resale => ClauseId::AB1,
            Reason::B2FoundLate | Reason::B2ManMade | Reason::B2NoFailure => ClauseId::AB2,
            Reason::I1aExpired => ClauseId::I1a,
            Reason::I1bExpired => ClauseId::I1b,
            Reason::I2NoFault | Reason::I2NotQuality | Reason::I2Operation => ClauseId::I2,
            Reason::INExpired => ClauseId::IN,
            Reason::X1 => ClauseId::AX1,
            Reason::X2 => ClauseId::AX2,
            Reason::X3 => ClauseId::AX3,
            Reason::X4 => ClauseId::AX4,
            Reason::X5 => ClauseId::AX5,
            Reason::X6 => ClauseId::AX6,
            Reason::X7 => ClauseId::AX7,
        }
    }

    /// The id of the reason's words: `reason-B1-activated`.
    pub fn message_id(self) -> String {
        format!("reason-{}", super::facts::dashed(self.code()))
    }
}

impl Staff {
    /// The clause the question stands at.
    pub const fn clause(self) -> ClauseId {
        match self {
            Staff::Cosm => ClauseId::AB1,
            Staff::FMix => ClauseId::III2,
            Staff::Mixed => ClauseId::I2,
            Staff::Short => ClauseId::AX2,
            Staff::X5Actor => ClauseId::AX5,
            Staff::X6Transit => ClauseId::AX6,
        }
    }

    /// The id of the words: `staff-COSM`.
    pub fn message_id(self) -> String {
        format!("staff-{}", self.code())
    }
}

impl Area {
    /// The id of the area's heading: `area-return`.
    pub fn message_id(self) -> String {
        format!("area-{}", super::facts::dashed(self.code()))
    }
}

macro_rules! message_ids {
    ($($name:ident = $prefix:literal),+) => { $(
        impl $name {
            /// The id of the words for this value.
            pub fn message_id(self) -> String {
                format!(concat!($prefix, "-{}"), super::facts::dashed(self.code()))
            }
        }
    )+ };
}
message_ids!(
    ReturnDecision = "return",
    Cover = "warranty",
    Payer = "payer",
    Fee = "fee",
    Gate = "gate"
);

/// A fact, or a fact of one of the earlier repairs (counted from 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// A fact of the case.
    Fact(FactName),
    /// A fact of an earlier repair.
    Repair(u16, RepairField),
}

impl Item {
    /// The id of the item's name in words.
    pub fn message_id(self) -> String {
        match self {
            Item::Fact(name) => name.message_id(),
            Item::Repair(_, field) => field.message_id(),
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Item::Fact(name) => f.write_str(name.code()),
            Item::Repair(index, field) => write!(f, "repairs[{index}].{}", field.code()),
        }
    }
}

/// Two known facts that cannot both be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Conflict {
    /// The first is later than the second and must not be.
    Later(Item, Item),
    /// The first is earlier than, or shuts out, the second.
    Earlier(Item, Item),
}

impl Conflict {
    /// The two facts.
    pub const fn items(self) -> (Item, Item) {
        match self {
            Conflict::Later(a, b) | Conflict::Earlier(a, b) => (a, b),
        }
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Conflict::Later(a, b) => write!(f, "{a}>{b}"),
            Conflict::Earlier(a, b) => write!(f, "{a}<{b}"),
        }
    }
}

/// The facts whose value could still change a decision.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Missing {
    /// Facts of the case.
    pub facts: Set<FactName>,
    /// Facts of earlier repairs: which repair, counted from 0, and which fact.
    pub repairs: Vec<(u16, RepairField)>,
    /// The year whose working days are not stored.
    pub calendar: Option<i32>,
}

impl Missing {
    /// Whether nothing is missing.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.repairs.is_empty() && self.calendar.is_none()
    }

    /// Adds all of `other`.
    pub fn add(&mut self, other: &Missing) {
        self.facts = self.facts.union(other.facts);
        for need in &other.repairs {
            if !self.repairs.contains(need) {
                self.repairs.push(*need);
            }
        }
        self.calendar = self.calendar.or(other.calendar);
    }

    /// The facts of the case and of earlier repairs, without the calendar.
    pub fn items(&self) -> impl Iterator<Item = Item> + '_ {
        self.facts.iter().map(Item::Fact).chain(
            self.repairs
                .iter()
                .map(|(n, field)| Item::Repair(*n, *field)),
        )
    }

    /// The names as the contract writes them, sorted.
    pub fn codes(&self) -> Vec<String> {
        let mut codes: Vec<String> = self.items().map(|item| item.to_string()).collect();
        codes.extend(self.calendar.map(|year| format!("calendar:{year}")));
        codes.sort_unstable();
        codes
    }
}

/// Natural days counted from a date: "3 Mar + 7 = 10 Mar".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The day counted from; it is day 0.
    pub from: Day,
    /// The fact that day is.
    pub from_fact: Item,
    /// How many days are added.
    pub days: i32,
    /// The last day, included.
    pub last: Day,
}

impl Count {
    /// `days` natural days from `from`.
    pub const fn new(from: Day, from_fact: Item, days: i32) -> Count {
        Count {
            from,
            from_fact,
            days,
            last: from.plus(days),
        }
    }
}

/// Working days counted from a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkCount {
    /// The day counted from; it is not counted itself.
    pub from: Day,
    /// The fact that day is.
    pub from_fact: FactName,
    /// How many working days are added.
    pub days: i32,
    /// The last of them.
    pub last: Day,
    /// Days on the way that are no working days.
    pub skipped: Vec<Day>,
    /// Weekend days on the way that are working days.
    pub make_up: Vec<Day>,
}

/// The return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returns {
    /// The decision.
    pub decision: ReturnDecision,
    /// Why it is refused.
    pub reasons: Set<Reason>,
    /// What could still change it.
    pub missing: Missing,
    /// What cannot both be true.
    pub conflicts: Vec<Conflict>,
    /// What is left to staff.
    pub staff: Set<Staff>,
    /// The last day to ask for a return.
    pub last_request: Option<Count>,
    /// The last day to send the goods in.
    pub send_in: Option<Count>,
}

/// Warranty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warranty {
    /// The decision.
    pub decision: Cover,
    /// Whether the contact lies in a period, whatever the test finds.
    pub period: Cover,
    /// The clause of the last covered day.
    pub basis: Option<ClauseId>,
    /// The last covered day, where it is certain.
    pub last_covered: Option<Day>,
    /// How the first period was counted.
    pub base: Option<Count>,
    /// How the extension was counted.
    pub extension: Option<Count>,
    /// Why it is out.
    pub reasons: Set<Reason>,
    /// What could still change the decision.
    pub missing: Missing,
    /// What could still change the period.
    pub period_missing: Missing,
    /// What cannot both be true, where the decision depends on it.
    pub conflicts: Vec<Conflict>,
    /// What cannot both be true, where the period depends on it.
    pub period_conflicts: Vec<Conflict>,
    /// What is left to staff.
    pub staff: Set<Staff>,
}

/// Freight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freight {
    /// From the customer to the company.
    pub inward: Payer,
    /// From the company to the customer.
    pub back: Payer,
    /// The same, if the work ends in a repair (what to tell the customer before it is done).
    pub if_repaired: (Payer, Payer),
    /// What could still change either.
    pub missing: Missing,
    /// What cannot both be true.
    pub conflicts: Vec<Conflict>,
    /// What is left to staff.
    pub staff: Set<Staff>,
}

/// The repair fee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeOf {
    /// The decision.
    pub repair: Fee,
    /// The same, if the work ends in a repair.
    pub if_repaired: Fee,
    /// What could still change it.
    pub missing: Missing,
}

/// The gates of IV.4 and IV.5, by the facts alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gates {
    /// The repair may begin.
    pub may_repair: Gate,
    /// The goods may be sent back.
    pub may_send_back: Gate,
    /// What the repair waits for.
    pub repair_waits: Missing,
    /// What sending back waits for.
    pub send_waits: Missing,
}

/// The three working days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepairTime {
    /// The due day, with its counting.
    pub due: Option<WorkCount>,
    /// Repaired by then; `None` while it is open.
    pub in_time: Option<bool>,
    /// What is needed for a due day.
    pub missing: Missing,
    /// What cannot both be true.
    pub conflicts: Vec<Conflict>,
}

/// Everything the terms say about a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// A: the return.
    pub returns: Returns,
    /// I: the warranty.
    pub warranty: Warranty,
    /// III: freight.
    pub freight: Freight,
    /// IV.4: the fee.
    pub fee: FeeOf,
    /// IV.4, IV.5: what may be done.
    pub gates: Gates,
    /// IV.5p: the three working days.
    pub repair_time: RepairTime,
    /// Readings that shaped the answer, and what the other reading gives.
    pub notices: Vec<Notice>,
}
