//! The facts the terms look at: for each one the set of values still possible.
//!
//! Unknown is a value. A choice is a [`Set`] (a burn-out whose cause nobody knows is the set of
//! both causes), a date is a [`When`]. Five facts have a presumption instead of an unknown state
//! (reading, part 4): see [`Facts::new`].

use super::choice::{Choice, Set, choices};
use super::day::Day;

choices! {
    /// What the customer asks for.
    Service {
        Return = "return",
        Repair = "repair",
        Upgrade = "upgrade",
        RepairAndUpgrade = "repair+upgrade",
        ReturnElseRepair = "return_else_repair",
    }
}
choices! {
    /// Yes or no.
    Answer { Yes = "yes", No = "no", }
}
choices! {
    /// Whose doing something was.
    Actor {
        Customer = "customer",
        Seller = "seller",
        Dealer = "dealer",
        Carrier = "carrier",
        Workshop = "workshop",
    }
}
choices! {
    /// The proof shown when the goods go back (A.X3). `NotYet`: none has been asked for or shown so far.
    ProofAtReturn {
        Valid = "valid",
        None = "none",
        Falsified = "falsified",
        Altered = "altered",
        OtherProduct = "other_product",
        NotYet = "not_yet",
    }
}
choices! {
    /// A crash or a burn-out, and whether the product itself caused it (A.X4).
    Collision {
        No = "no",
        ProductQuality = "product_quality",
        NotProductQuality = "not_product_quality",
    }
}
choices! {
    /// Modification, foreign objects, wrong installation or use, and whether it is the cause (A.X4).
    Misuse {
        No = "no",
        Caused = "caused",
        PresentNotCause = "present_not_cause",
    }
}
choices! {
    /// Whether force majeure struck before or after the customer had the goods (A.X6).
    ForceMajeureTime { AfterReceipt = "after_receipt", BeforeReceipt = "before_receipt", }
}
choices! {
    /// The proof of purchase as the warranty sees it (I.1).
    Proof {
        Valid = "valid",
        None = "none",
        Falsified = "falsified",
        OtherProduct = "other_product",
        DateIllegible = "date_illegible",
    }
}
choices! {
    /// What the company's technicians found (I.2). `NotYet`: no test has happened.
    TestResult {
        Quality = "quality",
        NonQuality = "non_quality",
        NoFault = "no_fault",
        Operation = "operation",
        Mixed = "mixed",
        NotYet = "not_yet",
    }
}
choices! {
    /// How the customer answered the quote (IV.4).
    QuoteState { Pending = "pending", Accepted = "accepted", Declined = "declined", }
}
choices! {
    /// What became of the work.
    Outcome {
        Repaired = "repaired",
        NotRepaired = "not_repaired",
        SolvedRemotely = "solved_remotely",
    }
}
choices! {
    /// What an earlier visit was for.
    RepairKind { Repair = "repair", Upgrade = "upgrade", }
}
choices! {
    /// Who did an earlier repair.
    RepairBy { Factory = "factory", ThirdParty = "third_party", }
}
choices! {
    /// Whether the product was in warranty when it was repaired earlier.
    PeriodStatus { In = "in", Out = "out", Extension = "extension", }
}
choices! {
    /// What an earlier test found.
    RepairCause { Quality = "quality", NonQuality = "non_quality", NoFault = "no_fault", }
}

/// What is known of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum When {
    /// Nothing is known.
    #[default]
    Unknown,
    /// Known not to have happened by the day of the decision.
    NotYet,
    /// This day.
    On(Day),
    /// Some day from the first to the second, both included.
    Between(Day, Day),
    /// One of these days (several proofs); the number tells how many of the four count.
    OneOf([Day; 4], u8),
    /// Looked for, and no date can be found (purchase date only).
    Unrecoverable,
}

impl When {
    /// The day, where exactly one is known.
    pub const fn day(self) -> Option<Day> {
        match self {
            When::On(day) => Some(day),
            _ => None,
        }
    }

    /// Whether nothing, or not enough for one day, is known.
    pub const fn is_open(self) -> bool {
        matches!(self, When::Unknown | When::Between(..) | When::OneOf(..))
    }

    /// The days of [`When::OneOf`], the day of [`When::On`], else none.
    pub fn days(&self) -> &[Day] {
        match self {
            When::On(day) => std::slice::from_ref(day),
            When::OneOf(days, count) => days.get(..usize::from(*count)).unwrap_or(days),
            _ => &[],
        }
    }
}

/// An earlier repair of the same serial number (I.N).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// Repair or upgrade.
    pub kind: Set<RepairKind>,
    /// The factory or somebody else.
    pub by: Set<RepairBy>,
    /// Whether it was done (a declined quote is not).
    pub done: Set<Answer>,
    /// In, out of or in extended warranty then; frozen when it was sent back.
    pub period_status: Set<PeriodStatus>,
    /// What the test found then.
    pub cause: Set<RepairCause>,
    /// The day the repair was finished.
    pub repaired_on: When,
    /// The day the company sent it back: the 60 days count from here.
    pub sent_back_on: When,
    /// The day the customer had it.
    pub delivered_on: When,
}

impl Default for Repair {
    fn default() -> Repair {
        Repair {
            kind: Set::all(),
            by: Set::all(),
            done: Set::all(),
            period_status: Set::all(),
            cause: Set::all(),
            repaired_on: When::Unknown,
            sent_back_on: When::Unknown,
            delivered_on: When::Unknown,
        }
    }
}

choices! {
    /// A fact of an earlier repair, in the order of the codes.
    RepairField {
        By = "by",
        Cause = "cause",
        DeliveredOn = "delivered_on",
        Done = "done",
        Kind = "kind",
        PeriodStatus = "period_status",
        RepairedOn = "repaired_on",
        SentBackOn = "sent_back_on",
    }
}

/// Everything the terms decide by. One field for each fact of the reading's part 3.1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The day of the decision.
    pub as_of: Day,
    /// What the customer asks for.
    pub service: Set<Service>,
    /// The day the customer really had the goods.
    pub receipt_date: When,
    /// The day of the message that asks for a return.
    pub request_date: When,
    /// A performance failure, as the customer finds it.
    pub performance_failure: Set<Answer>,
    /// The day the failure was found.
    pub failure_found_date: When,
    /// Whether people made the failure.
    pub failure_man_made: Set<Answer>,
    /// A manufacturing defect other than the performance failure.
    pub manufacturing_defect: Set<Answer>,
    /// Packaging, accessories, gifts and manuals all there.
    pub complete: Set<Answer>,
    /// Whose doing a missing part is; open = presumed the customer's.
    pub missing_by: Set<Actor>,
    /// The outside damaged by people.
    pub appearance_damage: Set<Answer>,
    /// Powered up or installed.
    pub activated: Set<Answer>,
    /// Can be sold again, as staff judge it.
    pub resalable: Set<Answer>,
    /// The proof shown when the goods go back.
    pub proof_at_return: Set<ProofAtReturn>,
    /// Crash or burn-out.
    pub collision_or_burn: Set<Collision>,
    /// Modification, foreign objects, wrong installation or use.
    pub misuse: Set<Misuse>,
    /// Labels or marks torn or altered.
    pub labels_tampered: Set<Answer>,
    /// Whose doing that is; open = presumed the customer's.
    pub labels_by: Set<Actor>,
    /// Damage by force majeure.
    pub force_majeure: Set<Answer>,
    /// When it struck; open = presumed after receipt.
    pub fm_when: Set<ForceMajeureTime>,
    /// The day staff confirmed the return.
    pub confirm_date: When,
    /// The day the customer sent the goods.
    pub dispatch_date: When,
    /// The day the goods arrived at the service centre.
    pub arrival_date: When,
    /// The proof of purchase for the warranty.
    pub proof: Set<Proof>,
    /// The day of purchase, as the proof says it.
    pub purchase_date: When,
    /// The day the factory shipped the product.
    pub ship_date: When,
    /// The day of the first contact about this fault.
    pub contact_date: When,
    /// The day the customer says the fault appeared; decides nothing.
    pub fault_date: When,
    /// What the technicians found; [`TestResult::NotYet`] where no test has happened.
    pub test_result: Set<TestResult>,
    /// Whether anybody looked for earlier repairs; where not, none are presumed.
    pub repairs_looked_up: bool,
    /// Earlier repairs of the same serial number.
    pub repairs: Vec<Repair>,
    /// The answer to the quote.
    pub quote: Set<QuoteState>,
    /// The day the quote was accepted.
    pub quote_accepted_date: When,
    /// The day the customer confirmed that it is to be repaired.
    pub repair_confirmed_date: When,
    /// The day the fee was received.
    pub fee_paid: When,
    /// Recipient, phone and address confirmed.
    pub contact_confirmed: Set<Answer>,
    /// What became of the work.
    pub outcome: Set<Outcome>,
    /// The day this repair was finished.
    pub repaired_on: When,
    /// The day this case's goods were sent back.
    pub sent_back_on: When,
}

impl Facts {
    /// Nothing known but the day of the decision. No test has happened (`test_result` is
    /// `not_yet`) and no earlier repairs are on record: both are presumptions of the reading.
    pub fn new(as_of: Day) -> Facts {
        Facts {
            as_of,
            service: Set::all(),
            receipt_date: When::Unknown,
            request_date: When::Unknown,
            performance_failure: Set::all(),
            failure_found_date: When::Unknown,
            failure_man_made: Set::all(),
            manufacturing_defect: Set::all(),
            complete: Set::all(),
            missing_by: Set::all(),
            appearance_damage: Set::all(),
            activated: Set::all(),
            resalable: Set::all(),
            proof_at_return: Set::all(),
            collision_or_burn: Set::all(),
            misuse: Set::all(),
            labels_tampered: Set::all(),
            labels_by: Set::all(),
            force_majeure: Set::all(),
            fm_when: Set::all(),
            confirm_date: When::Unknown,
            dispatch_date: When::Unknown,
            arrival_date: When::Unknown,
            proof: Set::all(),
            purchase_date: When::Unknown,
            ship_date: When::Unknown,
            contact_date: When::Unknown,
            fault_date: When::Unknown,
            test_result: Set::only(TestResult::NotYet),
            repairs_looked_up: false,
            repairs: Vec::new(),
            quote: Set::all(),
            quote_accepted_date: When::Unknown,
            repair_confirmed_date: When::Unknown,
            fee_paid: When::Unknown,
            contact_confirmed: Set::all(),
            outcome: Set::all(),
            repaired_on: When::Unknown,
            sent_back_on: When::Unknown,
        }
    }

    /// What is known of the date `name`; `None` where `name` is no date (or is `as_of`).
    pub fn when(&self, name: FactName) -> Option<When> {
        Some(match name {
            FactName::ReceiptDate => self.receipt_date,
            FactName::RequestDate => self.request_date,
            FactName::FailureFoundDate => self.failure_found_date,
            FactName::ConfirmDate => self.confirm_date,
            FactName::DispatchDate => self.dispatch_date,
            FactName::ArrivalDate => self.arrival_date,
            FactName::PurchaseDate => self.purchase_date,
            FactName::ShipDate => self.ship_date,
            FactName::ContactDate => self.contact_date,
            FactName::FaultDate => self.fault_date,
            FactName::QuoteAcceptedDate => self.quote_accepted_date,
            FactName::RepairConfirmedDate => self.repair_confirmed_date,
            FactName::FeePaid => self.fee_paid,
            FactName::RepairedOn => self.repaired_on,
            FactName::SentBackOn => self.sent_back_on,
            _ => return None,
        })
    }

    fn when_mut(&mut self, name: FactName) -> Option<&mut When> {
        Some(match name {
            FactName::ReceiptDate => &mut self.receipt_date,
            FactName::RequestDate => &mut self.request_date,
            FactName::FailureFoundDate => &mut self.failure_found_date,
            FactName::ConfirmDate => &mut self.confirm_date,
            FactName::DispatchDate => &mut self.dispatch_date,
            FactName::ArrivalDate => &mut self.arrival_date,
            FactName::PurchaseDate => &mut self.purchase_date,
            FactName::ShipDate => &mut self.ship_date,
            FactName::ContactDate => &mut self.contact_date,
            FactName::FaultDate => &mut self.fault_date,
            FactName::QuoteAcceptedDate => &mut self.quote_accepted_date,
            FactName::RepairConfirmedDate => &mut self.repair_confirmed_date,
            FactName::FeePaid => &mut self.fee_paid,
            FactName::RepairedOn => &mut self.repaired_on,
            FactName::SentBackOn => &mut self.sent_back_on,
            _ => return None,
        })
    }

    /// Sets one fact by its name.
    ///
    /// # Errors
    /// The value is not one of those [`FactName::domain`] allows; the facts are unchanged.
    pub fn set(&mut self, name: FactName, value: Value<'_>) -> Result<(), NotAllowed> {
        let refused = NotAllowed { name };
        if let Some(when) = self.when_mut(name) {
            *when = date_value(name, value).ok_or(refused)?;
            return Ok(());
        }
        let set = match name {
            FactName::AsOf => match value {
                Value::Date(day) => {
                    self.as_of = day;
                    return Ok(());
                }
                _ => return Err(refused),
            },
            FactName::MissingItems | FactName::MisuseKind => return Ok(()),
            FactName::Repairs => return Err(refused),
            FactName::CollisionOrBurn if value == Value::Code("cause_unknown") => {
                self.collision_or_burn =
                    Set::of(&[Collision::ProductQuality, Collision::NotProductQuality]);
                return Ok(());
            }
            FactName::Misuse if value == Value::Code("cause_unknown") => {
                self.misuse = Set::of(&[Misuse::Caused, Misuse::PresentNotCause]);
                return Ok(());
            }
            FactName::TestResult if matches!(value, Value::Unknown | Value::Code("unknown")) => {
                self.test_result = Set::only(TestResult::NotYet);
                return Ok(());
            }
            FactName::Service => put(&mut self.service, value),
            FactName::PerformanceFailure => put(&mut self.performance_failure, value),
            FactName::FailureManMade => put(&mut self.failure_man_made, value),
            FactName::ManufacturingDefect => put(&mut self.manufacturing_defect, value),
            FactName::Complete => put(&mut self.complete, value),
            FactName::MissingBy => put(&mut self.missing_by, value),
            FactName::AppearanceDamage => put(&mut self.appearance_damage, value),
            FactName::Activated => put(&mut self.activated, value),
            FactName::Resalable => put(&mut self.resalable, value),
            FactName::ProofAtReturn => put(&mut self.proof_at_return, value),
            FactName::CollisionOrBurn => put(&mut self.collision_or_burn, value),
            FactName::Misuse => put(&mut self.misuse, value),
            FactName::LabelsTampered => put(&mut self.labels_tampered, value),
            FactName::LabelsBy => put(&mut self.labels_by, value),
            FactName::ForceMajeure => put(&mut self.force_majeure, value),
            FactName::FmWhen => put(&mut self.fm_when, value),
            FactName::Proof => put(&mut self.proof, value),
            FactName::TestResult => put(&mut self.test_result, value),
            FactName::Quote => put(&mut self.quote, value),
            FactName::ContactConfirmed => put(&mut self.contact_confirmed, value),
            FactName::Outcome => put(&mut self.outcome, value),
            _ => false,
        };
        if set { Ok(()) } else { Err(refused) }
    }

    /// Whether exactly one value of `name` is known (`not_yet` and `unrecoverable` count as known;
    /// `cause_unknown` and several dates do not).
    pub fn knows(&self, name: FactName) -> bool {
        if let Some(when) = self.when(name) {
            return !when.is_open();
        }
        match name {
            FactName::AsOf => true,
            FactName::Repairs => self.repairs_looked_up || !self.repairs.is_empty(),
            _ => self.choice_code(name).is_some(),
        }
    }

    /// The code of a choice that is known.
    pub fn choice_code(&self, name: FactName) -> Option<&'static str> {
        fn code<T: Choice>(set: Set<T>) -> Option<&'static str> {
            set.known().map(Choice::code)
        }
        match name {
            FactName::Service => code(self.service),
            FactName::PerformanceFailure => code(self.performance_failure),
            FactName::FailureManMade => code(self.failure_man_made),
            FactName::ManufacturingDefect => code(self.manufacturing_defect),
            FactName::Complete => code(self.complete),
            FactName::MissingBy => code(self.missing_by),
            FactName::AppearanceDamage => code(self.appearance_damage),
            FactName::Activated => code(self.activated),
            FactName::Resalable => code(self.resalable),
            FactName::ProofAtReturn => code(self.proof_at_return),
            FactName::CollisionOrBurn => code(self.collision_or_burn),
            FactName::Misuse => code(self.misuse),
            FactName::LabelsTampered => code(self.labels_tampered),
            FactName::LabelsBy => code(self.labels_by),
            FactName::ForceMajeure => code(self.force_majeure),
            FactName::FmWhen => code(self.fm_when),
            FactName::Proof => code(self.proof),
            FactName::TestResult => code(self.test_result),
            FactName::Quote => code(self.quote),
            FactName::ContactConfirmed => code(self.contact_confirmed),
            FactName::Outcome => code(self.outcome),
            _ => None,
        }
    }
}

impl Repair {
    /// Sets one fact of an earlier repair.
    ///
    /// # Errors
    /// The value is not one of those [`RepairField::domain`] allows. `name` is then
    /// [`FactName::Repairs`].
    pub fn set(&mut self, field: RepairField, value: Value<'_>) -> Result<(), NotAllowed> {
        let refused = NotAllowed {
            name: FactName::Repairs,
        };
        let date = || match value {
            Value::Unknown | Value::Code("unknown") => Some(When::Unknown),
            Value::Date(day) => Some(When::On(day)),
            Value::Between(from, to) if from <= to => Some(When::Between(from, to)),
            _ => None,
        };
        let set = match field {
            RepairField::Kind => put(&mut self.kind, value),
            RepairField::By => put(&mut self.by, value),
            RepairField::Done => put(&mut self.done, value),
            RepairField::PeriodStatus => put(&mut self.period_status, value),
            RepairField::Cause => put(&mut self.cause, value),
            RepairField::RepairedOn => {
                self.repaired_on = date().ok_or(refused)?;
                true
            }
            RepairField::SentBackOn => {
                self.sent_back_on = date().ok_or(refused)?;
                true
            }
            RepairField::DeliveredOn => {
                self.delivered_on = date().ok_or(refused)?;
                true
            }
        };
        if set { Ok(()) } else { Err(refused) }
    }
}

/// Puts a coded value into a set; `false` where the code is none of its values.
fn put<T: Choice>(set: &mut Set<T>, value: Value<'_>) -> bool {
    match value {
        Value::Unknown | Value::Code("unknown") => *set = Set::all(),
        Value::Code(code) => match T::from_code(code) {
            Some(value) => *set = Set::only(value),
            None => return false,
        },
        _ => return false,
    }
    true
}

/// What a value says of a date, or `None` where the fact does not allow it.
fn date_value(name: FactName, value: Value<'_>) -> Option<When> {
    let Domain::Date(allows) = name.domain() else {
        return None;
    };
    match value {
        Value::Unknown | Value::Code("unknown") => Some(When::Unknown),
        Value::Date(day) => Some(When::On(day)),
        Value::Between(from, to) if from <= to => Some(When::Between(from, to)),
        Value::Code("not_yet") if allows.not_yet => Some(When::NotYet),
        Value::Code("unrecoverable") if allows.purchase => Some(When::Unrecoverable),
        Value::Dates(days) if allows.purchase => one_of(days),
        _ => None,
    }
}

/// One of several days; `None` for none or more than four different ones.
fn one_of(days: &[Day]) -> Option<When> {
    let mut different: Vec<Day> = days.to_vec();
    different.sort_unstable();
    different.dedup();
    let first = *different.first()?;
    if different.len() == 1 {
        return Some(When::On(first));
    }
    let count = u8::try_from(different.len()).ok().filter(|n| *n <= 4)?;
    let mut held = [first; 4];
    for (place, day) in held.iter_mut().zip(different) {
        *place = day;
    }
    Some(When::OneOf(held, count))
}

/// A value given for a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing is known.
    Unknown,
    /// A code of the fact's list, `not_yet` or `unrecoverable`.
    Code(&'a str),
    /// A day.
    Date(Day),
    /// Some day between two, both included.
    Between(Day, Day),
    /// Several days (purchase date only, at most four).
    Dates(&'a [Day]),
}

/// A value that its fact does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAllowed {
    /// The fact.
    pub name: FactName,
}

/// What a date may be besides a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRule {
    /// `not_yet` is allowed.
    pub not_yet: bool,
    /// `unrecoverable` and several days are allowed.
    pub purchase: bool,
}

/// Which values a fact may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// A day of the calendar.
    Date(DateRule),
    /// Yes or no.
    YesNo,
    /// One of these codes.
    Choice(&'static [&'static str]),
    /// A list of earlier repairs.
    Repairs,
    /// Words; they decide nothing.
    Text,
}

choices! {
    /// The facts by their names in the contract, in the order of the names.
    FactName {
        Activated = "activated",
        AppearanceDamage = "appearance_damage",
        ArrivalDate = "arrival_date",
        AsOf = "as_of",
        CollisionOrBurn = "collision_or_burn",
        Complete = "complete",
        ConfirmDate = "confirm_date",
        ContactConfirmed = "contact_confirmed",
        ContactDate = "contact_date",
        DispatchDate = "dispatch_date",
        FailureFoundDate = "failure_found_date",
        FailureManMade = "failure_man_made",
        FaultDate = "fault_date",
        FeePaid = "fee_paid",
        FmWhen = "fm_when",
        ForceMajeure = "force_majeure",
        LabelsBy = "labels_by",
        LabelsTampered = "labels_tampered",
        ManufacturingDefect = "manufacturing_defect",
        MissingBy = "missing_by",
        MissingItems = "missing_items",
        Misuse = "misuse",
        MisuseKind = "misuse_kind",
        Outcome = "outcome",
        PerformanceFailure = "performance_failure",
        Proof = "proof",
        ProofAtReturn = "proof_at_return",
        PurchaseDate = "purchase_date",
        Quote = "quote",
        QuoteAcceptedDate = "quote_accepted_date",
        ReceiptDate = "receipt_date",
        RepairConfirmedDate = "repair_confirmed_date",
        RepairedOn = "repaired_on",
        Repairs = "repairs",
        RequestDate = "request_date",
        Resalable = "resalable",
        SentBackOn = "sent_back_on",
        Service = "service",
        ShipDate = "ship_date",
        TestResult = "test_result",
    }
}

const DATE: Domain = Domain::Date(DateRule {
    not_yet: false,
    purchase: false,
});
const DATE_OR_NOT_YET: Domain = Domain::Date(DateRule {
    not_yet: true,
    purchase: false,
});
const PURCHASE: Domain = Domain::Date(DateRule {
    not_yet: false,
    purchase: true,
});
const ACTORS: &[&str] = &["customer", "seller", "dealer", "carrier", "workshop"];

impl FactName {
    /// Which values the fact may have; forms and the reader of `aftercare check` both go by this.
    pub const fn domain(self) -> Domain {
        match self {
            FactName::AsOf
            | FactName::ReceiptDate
            | FactName::RequestDate
            | FactName::FailureFoundDate
            | FactName::ShipDate
            | FactName::ContactDate
            | FactName::FaultDate => DATE,
            FactName::ConfirmDate
            | FactName::DispatchDate
            | FactName::ArrivalDate
            | FactName::QuoteAcceptedDate
            | FactName::RepairConfirmedDate
            | FactName::FeePaid
            | FactName::RepairedOn
            | FactName::SentBackOn => DATE_OR_NOT_YET,
            FactName::PurchaseDate => PURCHASE,
            FactName::Activated
            | FactName::AppearanceDamage
            | FactName::Complete
            | FactName::ContactConfirmed
            | FactName::FailureManMade
            | FactName::ForceMajeure
            | FactName::LabelsTampered
            | FactName::ManufacturingDefect
            | FactName::PerformanceFailure
            | FactName::Resalable => Domain::YesNo,
            FactName::CollisionOrBurn => Domain::Choice(&[
                "no",
                "product_quality",
                "not_product_quality",
                "cause_unknown",
            ]),
            FactName::Misuse => {
                Domain::Choice(&["no", "caused", "present_not_cause", "cause_unknown"])
            }
            FactName::FmWhen => Domain::Choice(&["after_receipt", "before_receipt"]),
            FactName::LabelsBy | FactName::MissingBy => Domain::Choice(ACTORS),
            FactName::Outcome => Domain::Choice(&["repaired", "not_repaired", "solved_remotely"]),
            FactName::Proof => Domain::Choice(&[
                "valid",
                "none",
                "falsified",
                "other_product",
                "date_illegible",
            ]),
            FactName::ProofAtReturn => Domain::Choice(&[
                "valid",
                "none",
                "falsified",
                "altered",
                "other_product",
                "not_yet",
            ]),
            FactName::Quote => Domain::Choice(&["pending", "accepted", "declined"]),
            FactName::Service => Domain::Choice(&[
                "return",
                "repair",
                "upgrade",
                "repair+upgrade",
                "return_else_repair",
            ]),
            FactName::TestResult => Domain::Choice(&[
                "quality",
                "non_quality",
                "no_fault",
                "operation",
                "mixed",
                "not_yet",
            ]),
            FactName::Repairs => Domain::Repairs,
            FactName::MissingItems | FactName::MisuseKind => Domain::Text,
        }
    }

    /// The id of the fact's name in words: `fact-receipt-date`.
    pub fn message_id(self) -> String {
        format!("fact-{}", dashed(self.code()))
    }

    /// The id of what to ask or look up: `fact-receipt-date-ask`.
    pub fn ask_id(self) -> String {
        format!("fact-{}-ask", dashed(self.code()))
    }

    /// The id of the words for one of the fact's codes: `value-proof-date-illegible`; yes, no,
    /// `not_yet` and `unknown` share their words among all facts.
    pub fn value_id(self, code: &str) -> String {
        match code {
            "yes" | "no" | "not_yet" | "unknown" | "unrecoverable" => {
                format!("value-{}", dashed(code))
            }
            _ => format!("value-{}-{}", dashed(self.code()), dashed(code)),
        }
    }
}

impl RepairField {
    /// Which values the field may have.
    pub const fn domain(self) -> Domain {
        match self {
            RepairField::By => Domain::Choice(&["factory", "third_party"]),
            RepairField::Cause => Domain::Choice(&["quality", "non_quality", "no_fault"]),
            RepairField::Kind => Domain::Choice(&["repair", "upgrade"]),
            RepairField::PeriodStatus => Domain::Choice(&["in", "out", "extension"]),
            RepairField::Done => Domain::YesNo,
            RepairField::DeliveredOn | RepairField::RepairedOn | RepairField::SentBackOn => DATE,
        }
    }

    /// The id of the field's name in words: `fact-repairs-sent-back-on`.
    pub fn message_id(self) -> String {
        format!("fact-repairs-{}", dashed(self.code()))
    }

    /// The id of the words for one of the field's codes: `value-repairs-cause-no-fault`.
    pub fn value_id(self, code: &str) -> String {
        match code {
            "yes" | "no" | "unknown" => format!("value-{code}"),
            _ => format!("value-repairs-{}-{}", dashed(self.code()), dashed(code)),
        }
    }

    /// The id of what to look up: `fact-repairs-sent-back-on-ask`.
    pub fn ask_id(self) -> String {
        format!("fact-repairs-{}-ask", dashed(self.code()))
    }
}

/// A code as a part of a message id.
pub(crate) fn dashed(code: &str) -> String {
    code.chars()
        .map(|c| match c {
            '_' | '.' | ':' | '+' => '-',
            other => other,
        })
        .collect()
}
