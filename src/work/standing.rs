//! Where a case stands: derived from its record and what the terms decide, never stored by hand.
//!
//! Four things stay apart: where the work stands ([`Stage`]), where the goods are ([`GoodsAt`]), what
//! the terms decide ([`super::verdict::Verdict`]), what money is due ([`crate::desk::ledger`]).

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::desk::field::Field;
use crate::desk::id::ItemId;
use crate::desk::ledger::{Ledger, price_is_open};
use crate::desk::outcome::{finished, is_work};
use crate::desk::quote::{Quote, QuoteState};
use crate::desk::record::Record;

use super::grants::{Grants, Subject};
use super::unit;
use super::verdict::{Fee, Payer, Tri, Verdict};

/// Where the work stands: what comes next. The order is the order of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// A call being logged; it has no number yet.
    Call,
    /// The goods are here, but nobody knows yet what is wanted.
    Triage,
    /// The goods are not here yet.
    AwaitingParcel,
    /// To be inspected and tested.
    Inspection,
    /// A return to be taken back, or a decision the terms leave to staff.
    Decision,
    /// A quote is to be written and told (IV.4).
    Quote,
    /// The customer has not answered the quote.
    Answer,
    /// To be repaired, replaced or upgraded.
    Repair,
    /// To be sent back (IV.5).
    Dispatch,
    /// Nothing is left but to close it.
    Closing,
    /// Closed, with money to be given back or still to come in.
    Settling,
    /// Closed, with an outcome.
    Closed,
}

impl Stage {
    /// Every stage, in the order of the way.
    pub const ALL: [Stage; 12] = [
        Stage::Call,
        Stage::Triage,
        Stage::AwaitingParcel,
        Stage::Inspection,
        Stage::Decision,
        Stage::Quote,
        Stage::Answer,
        Stage::Repair,
        Stage::Dispatch,
        Stage::Closing,
        Stage::Settling,
        Stage::Closed,
    ];

    /// The word stored in the file, and the end of the message id `stage-...`.
    pub fn code(self) -> &'static str {
        match self {
            Stage::Call => "call",
            Stage::Triage => "triage",
            Stage::AwaitingParcel => "awaiting-parcel",
            Stage::Inspection => "inspection",
            Stage::Decision => "decision",
            Stage::Quote => "quote",
            Stage::Answer => "answer",
            Stage::Repair => "repair",
            Stage::Dispatch => "dispatch",
            Stage::Closing => "closing",
            Stage::Settling => "settling",
            Stage::Closed => "closed",
        }
    }

    /// Whether the case is closed, with or without money left to settle.
    pub fn is_closed(self) -> bool {
        matches!(self, Stage::Settling | Stage::Closed)
    }

    /// The stage a stored word names.
    pub fn from_code(code: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

/// Who or what is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wait {
    /// The customer: an answer, a confirmation, a fact.
    Customer,
    /// A parcel on its way here.
    Parcel,
    /// Spare parts.
    Parts,
    /// Engineering.
    Engineering,
    /// Another test.
    Retest,
    /// Money.
    Payment,
}

impl Wait {
    /// Every reason of waiting.
    pub const ALL: [Wait; 6] = [
        Wait::Customer,
        Wait::Parcel,
        Wait::Parts,
        Wait::Engineering,
        Wait::Retest,
        Wait::Payment,
    ];

    /// The word stored in the file, and the end of the message id `wait-...`.
    pub fn code(self) -> &'static str {
        match self {
            Wait::Customer => "customer",
            Wait::Parcel => "parcel",
            Wait::Parts => "parts",
            Wait::Engineering => "engineering",
            Wait::Retest => "retest",
            Wait::Payment => "payment",
        }
    }

    /// The wait a stored word names.
    pub fn from_code(code: &str) -> Option<Wait> {
        Wait::ALL.into_iter().find(|wait| wait.code() == code)
    }
}

/// Where the goods are: kept apart from where the work stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GoodsAt {
    /// With the customer.
    Customer,
    /// On the way to us.
    OnTheWayHere,
    /// Here.
    Here,
    /// On the way back.
    OnTheWayBack,
    /// Back with the customer.
    Back,
    /// Ours: a return taken back. Of replaced goods the replacement goes back.
    Ours,
    /// Scrapped with consent.
    Scrapped,
}

impl GoodsAt {
    /// Every place.
    pub const ALL: [GoodsAt; 7] = [
        GoodsAt::Customer,
        GoodsAt::OnTheWayHere,
        GoodsAt::Here,
        GoodsAt::OnTheWayBack,
        GoodsAt::Back,
        GoodsAt::Ours,
        GoodsAt::Scrapped,
    ];

    /// The word stored in the file, and the end of the message id `goods-...`.
    pub fn code(self) -> &'static str {
        match self {
            GoodsAt::Customer => "customer",
            GoodsAt::OnTheWayHere => "on-the-way-here",
            GoodsAt::Here => "here",
            GoodsAt::OnTheWayBack => "on-the-way-back",
            GoodsAt::Back => "back",
            GoodsAt::Ours => "ours",
            GoodsAt::Scrapped => "scrapped",
        }
    }

    /// The place a stored word names.
    pub fn from_code(code: &str) -> Option<GoodsAt> {
        GoodsAt::ALL.into_iter().find(|place| place.code() == code)
    }
}

/// Why the next step cannot be taken yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Blocker {
    /// The goods are not here (IV.4).
    GoodsNotHere,
    /// Nobody said whether the number in the box or the one announced is that of the unit.
    BoxUnitOpen,
    /// The technician's test is open (I.2).
    TestOpen,
    /// The customer has not said 'repair it' (IV.5).
    RepairNotConfirmed,
    /// The customer has not agreed to the quote (IV.4).
    NotAgreed,
    /// Whether the repair is covered is left to staff or open.
    CoverOpen,
    /// The return is not decided.
    ReturnOpen,
    /// Nobody said what became of the goods.
    WorkOpen,
    /// The recipient is not known (IV.5).
    RecipientUnknown,
    /// The recipient's phone is not known (IV.5).
    RecipientPhoneUnknown,
    /// The address is not known (IV.5).
    AddressUnknown,
    /// Recipient, phone and address were not confirmed with the customer (IV.5).
    ContactNotConfirmed,
    /// Nobody said who pays the way back (III).
    FreightOpen,
    /// Nobody said how much the customer pays in advance for the way back.
    FreightAmountUnknown,
    /// Money is still to come in (IV.5).
    MoneyOpen,
    /// The freight that the customer pays in advance is still to come in (III).
    FreightDue,
    /// Too much came in: it is to be given back.
    MoneyToGiveBack,
    /// The price of a product taken back is to be given back (`REMEDY`).
    PriceToGiveBack,
    /// The original proof is not in the box (IV.5).
    ProofNotEnclosed,
    /// The goods are still here.
    GoodsHere,
}

impl Blocker {
    /// The message `blocker-...`.
    pub fn code(self) -> &'static str {
        match self {
            Blocker::GoodsNotHere => "goods-not-here",
            Blocker::BoxUnitOpen => "box-unit-open",
            Blocker::TestOpen => "test-open",
            Blocker::RepairNotConfirmed => "repair-not-confirmed",
            Blocker::NotAgreed => "not-agreed",
            Blocker::CoverOpen => "cover-open",
            Blocker::ReturnOpen => "return-open",
            Blocker::WorkOpen => "work-open",
            Blocker::RecipientUnknown => "recipient-unknown",
            Blocker::RecipientPhoneUnknown => "recipient-phone-unknown",
            Blocker::AddressUnknown => "address-unknown",
            Blocker::ContactNotConfirmed => "contact-not-confirmed",
            Blocker::FreightOpen => "freight-open",
            Blocker::FreightAmountUnknown => "freight-amount-unknown",
            Blocker::MoneyOpen => "money-open",
            Blocker::FreightDue => "freight-due",
            Blocker::MoneyToGiveBack => "money-to-give-back",
            Blocker::PriceToGiveBack => "price-to-give-back",
            Blocker::ProofNotEnclosed => "proof-not-enclosed",
            Blocker::GoodsHere => "goods-here",
        }
    }

    /// The clause that asks for it, where one does.
    pub fn clause(self) -> Option<&'static str> {
        match self {
            Blocker::GoodsNotHere | Blocker::NotAgreed => Some("IV.4"),
            Blocker::TestOpen => Some("I.2"),
            Blocker::RepairNotConfirmed
            | Blocker::RecipientUnknown
            | Blocker::RecipientPhoneUnknown
            | Blocker::AddressUnknown
            | Blocker::ContactNotConfirmed
            | Blocker::MoneyOpen
            | Blocker::ProofNotEnclosed => Some("IV.5"),
            Blocker::FreightOpen | Blocker::FreightAmountUnknown | Blocker::FreightDue => {
                Some("III")
            }
            Blocker::BoxUnitOpen
            | Blocker::CoverOpen
            | Blocker::ReturnOpen
            | Blocker::WorkOpen
            | Blocker::MoneyToGiveBack
            | Blocker::PriceToGiveBack
            | Blocker::GoodsHere => None,
        }
    }
}

/// Where the original proof of purchase is (IV.3, IV.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProofAt {
    /// None came with the goods.
    NotHere,
    /// In our keeping.
    Here,
    /// In the box again.
    Enclosed,
}

/// Where a case stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Where the work stands.
    pub stage: Stage,
    /// Where the goods are.
    pub goods: GoodsAt,
    /// Where the original proof is.
    pub proof: ProofAt,
    /// Who or what is waited for, and since when.
    pub wait: Option<(Wait, Option<NaiveDate>)>,
    /// What keeps the next step from being taken.
    pub blockers: Vec<Blocker>,
    /// The day by which the next step is due, where the terms give one.
    pub due: Option<NaiveDate>,
}

/// What the standing is derived from.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The case.
    pub record: &'a Record,
    /// Its quote.
    pub quote: &'a Quote,
    /// Its money.
    pub ledger: &'a Ledger,
    /// What a supervisor granted.
    pub grants: &'a Grants,
    /// What the terms decide.
    pub verdict: &'a Verdict,
    /// A day is a day here: at the service centre.
    pub zone: Tz,
}

impl Given<'_> {
    /// Whether a return is asked for and has not become a repair.
    pub fn is_return(&self) -> bool {
        match self.record.choice(Field::Service) {
            Some("return") => true,
            Some("return_else_repair") => {
                self.verdict.take_back != Tri::No || self.return_granted()
            }
            _ => false,
        }
    }

    /// Whether only an upgrade is asked for (III.2), and it did not become a repair at the bench.
    pub fn is_upgrade(&self) -> bool {
        self.record.choice(Field::Service) == Some("upgrade")
            && !matches!(
                self.record.choice(Field::RepairOutcome),
                Some("repaired" | "replaced")
            )
    }

    fn return_granted(&self) -> bool {
        self.grants.has(Subject::Return)
    }

    /// Whether the goods may be taken back: by the terms, or because a supervisor granted it.
    pub fn may_take_back(&self) -> bool {
        self.return_granted() || self.verdict.take_back == Tri::Yes
    }

    /// Whether the repair costs the customer nothing: by the terms, or granted.
    pub fn is_free(&self) -> bool {
        self.grants.has(Subject::Warranty)
            || self.grants.has(Subject::FreeRepair)
            || (self.verdict.warranty == Tri::Yes && self.verdict.fee == Fee::None)
    }

    /// Whether a part of the repair is covered and another one is not (`MIXED`): staff put the part that
    /// is not into the quote, and what is left is covered.
    pub fn has_covered_part(&self) -> bool {
        self.record.choice(Field::TestResult) == Some("mixed")
            && (self.verdict.period == Tri::Yes || self.grants.has(Subject::Warranty))
    }

    /// Whether the customer turned the charged part down and the covered one is left to be repaired.
    pub fn is_covered_part_left(&self) -> bool {
        self.quote.is_declined() && self.has_covered_part()
    }

    /// Whether the customer said 'repair it': expressly, beforehand, or by accepting a quote.
    pub fn is_confirmed(&self) -> bool {
        self.record.day(Field::RepairConfirmedDate).is_some()
            || self.record.is_yes(Field::AgreedIfCovered)
            || self.quote.is_accepted()
    }

    /// What keeps the repair from being carried out (IV.4, IV.5).
    pub fn repair_blockers(&self) -> Vec<Blocker> {
        let record = self.record;
        let mut blockers = Vec::new();
        if self.goods() != GoodsAt::Here {
            blockers.push(Blocker::GoodsNotHere);
        }
        blockers.extend(self.box_open());
        if self.is_return() || record.choice(Field::Service).is_none() {
            blockers.push(Blocker::ReturnOpen);
        }
        let is_untested = !self.is_upgrade() && record.choice(Field::TestResult).is_none();
        if is_untested || record.choice(Field::RetestPassed) == Some("no") {
            blockers.push(Blocker::TestOpen);
        }
        blockers.extend(self.agreement_open());
        blockers
    }

    /// What the customer's agreement to the work lacks (IV.4, IV.5).
    pub fn agreement_open(&self) -> Option<Blocker> {
        if self.quote.is_accepted() {
            return None;
        }
        if self.is_upgrade() {
            // Asked for by the customer; a fee that is asked for it has to be agreed to as well.
            let is_asked = match self.quote.state {
                QuoteState::Empty => false,
                QuoteState::Draft | QuoteState::Issued => true,
                QuoteState::Answered(_) => self.quote.is_declined(),
            };
            return is_asked.then_some(Blocker::NotAgreed);
        }
        if self.is_free() || self.is_covered_part_left() {
            return (!self.is_confirmed()).then_some(Blocker::RepairNotConfirmed);
        }
        Some(match self.verdict.fee {
            Fee::Open => Blocker::CoverOpen,
            Fee::None | Fee::ByQuote | Fee::Unstated => Blocker::NotAgreed,
        })
    }

    /// Whether recipient, phone and address were confirmed as they stand now (IV.5): a confirmation
    /// does not cover what was changed after it.
    pub fn contact_is_confirmed(&self) -> bool {
        contact_is_confirmed(self.record)
    }

    /// That another unit lies here than was announced, and nobody has said which number is right.
    pub fn box_open(&self) -> Option<Blocker> {
        unit::box_is_open(self.record).then_some(Blocker::BoxUnitOpen)
    }

    /// What keeps the goods from being sent back (IV.5).
    pub fn dispatch_blockers(&self) -> Vec<Blocker> {
        let record = self.record;
        let mut blockers = Vec::new();
        if self.goods() != GoodsAt::Here {
            blockers.push(Blocker::GoodsNotHere);
        }
        blockers.extend(self.box_open());
        if record.text(Field::Recipient).is_none() {
            blockers.push(Blocker::RecipientUnknown);
        }
        if record.phone(Field::RecipientPhone).is_none() {
            blockers.push(Blocker::RecipientPhoneUnknown);
        }
        if record.text(Field::RecipientAddress).is_none() {
            blockers.push(Blocker::AddressUnknown);
        }
        if !self.contact_is_confirmed() {
            blockers.push(Blocker::ContactNotConfirmed);
        }
        if self.freight_back().is_none() {
            blockers.push(Blocker::FreightOpen);
        }
        if !self.freight_amount_is_known() {
            blockers.push(Blocker::FreightAmountUnknown);
        }
        if !self.ledger.fee_open().is_zero() {
            blockers.push(Blocker::MoneyOpen);
        } else if !self.ledger.open().is_zero() {
            blockers.push(Blocker::FreightDue);
        }
        if self.proof() == ProofAt::Here {
            blockers.push(Blocker::ProofNotEnclosed);
        }
        blockers
    }

    /// Who pays the way back: `company`, `customer_prepaid` or `collect`. What staff chose; else the
    /// company where the terms or a grant say so; where the terms say the customer pays, nobody has
    /// said yet how, and only a supervisor's grant makes the company pay.
    pub fn freight_back(&self) -> Option<&'static str> {
        let granted = self.grants.has(Subject::FreeFreight) || self.grants.has(Subject::Warranty);
        let company = granted || self.verdict.freight_back == Payer::Company;
        match self.record.choice(Field::FreightBack) {
            Some("company") if !granted && self.verdict.freight_back == Payer::Customer => None,
            Some(chosen) => Some(chosen),
            None if company => Some("company"),
            None if self.quote.agreed().1.0 > 0 => Some("customer_prepaid"),
            None => None,
        }
    }

    /// Whether it is known what the customer pays in advance for the way back, where they do.
    fn freight_amount_is_known(&self) -> bool {
        self.freight_back() != Some("customer_prepaid")
            || !self.quote.agreed().1.is_zero()
            || self.record.fen(Field::FreightAmount).is_some()
            || self.grants.has(Subject::FreeFreight)
    }

    /// What of the money of a closed case is left to do: the case stays on the board until it is.
    pub fn money_left(&self) -> Vec<Blocker> {
        let left = [
            (!self.ledger.credit().is_zero(), Blocker::MoneyToGiveBack),
            (price_is_open(self.record), Blocker::PriceToGiveBack),
            (!self.ledger.open().is_zero(), Blocker::MoneyOpen),
        ];
        let left = left.into_iter().filter(|(is_left, _)| *is_left);
        left.map(|(_, blocker)| blocker).collect()
    }

    /// Where the goods are.
    pub fn goods(&self) -> GoodsAt {
        let record = self.record;
        let outcome = record.choice(Field::Closed);
        let came_back = record.day(Field::CameBackOn).is_some();
        let is_away = record.day(Field::SentBackOn).is_some() && !came_back;
        if is_away {
            return match record.day(Field::DeliveredOn) {
                Some(_) => GoodsAt::Back,
                None => GoodsAt::OnTheWayBack,
            };
        }
        if record.day(Field::ArrivalDate).is_some() {
            return match outcome {
                Some("returned") => GoodsAt::Ours,
                Some("scrapped") => GoodsAt::Scrapped,
                _ => GoodsAt::Here,
            };
        }
        match record.day(Field::DispatchDate) {
            Some(_) => GoodsAt::OnTheWayHere,
            None => GoodsAt::Customer,
        }
    }

    fn is_in_our_hands(&self) -> bool {
        matches!(
            self.goods(),
            GoodsAt::Here | GoodsAt::Ours | GoodsAt::Scrapped
        )
    }

    /// Where the original proof is.
    pub fn proof(&self) -> ProofAt {
        match self.record.choice(Field::ProofReceived) {
            Some("original") if self.record.is_yes(Field::ProofEnclosed) => ProofAt::Enclosed,
            Some("original") if self.is_in_our_hands() => ProofAt::Here,
            _ => ProofAt::NotHere,
        }
    }

    /// How the case closes when the goods go back now.
    pub fn outcome_when_sent_back(&self) -> &'static str {
        match finished(self.record) {
            Some("repaired") => "repaired",
            Some("replaced") => "replaced",
            Some("upgraded") => "upgraded",
            Some("beyond_repair") => "beyond_repair",
            _ if self.is_return_refused() => "return_refused",
            _ if self.quote.is_declined() => "quote_declined",
            _ => match self.record.choice(Field::TestResult) {
                Some("no_fault" | "operation") => "no_fault_found",
                _ => "quote_declined",
            },
        }
    }

    fn is_return_refused(&self) -> bool {
        self.record.choice(Field::Service) == Some("return") && !self.may_take_back()
    }

    fn stage(&self) -> Stage {
        let record = self.record;
        if record.choice(Field::Closed).is_some() {
            return match self.money_left().is_empty() {
                true => Stage::Closed,
                false => Stage::Settling,
            };
        }
        match self.goods() {
            GoodsAt::Here => self.stage_of_goods_here(),
            GoodsAt::Customer | GoodsAt::OnTheWayHere if record.text(Field::Number).is_none() => {
                Stage::Call
            }
            GoodsAt::Customer | GoodsAt::OnTheWayHere => Stage::AwaitingParcel,
            GoodsAt::OnTheWayBack | GoodsAt::Back | GoodsAt::Ours | GoodsAt::Scrapped => {
                Stage::Closing
            }
        }
    }

    fn stage_of_goods_here(&self) -> Stage {
        let record = self.record;
        match finished(record) {
            Some("scrap_agreed") => return Stage::Closing,
            Some(_) => return Stage::Dispatch,
            // Sent back as it was, and undelivered.
            None if record.day(Field::CameBackOn).is_some() && !self.quote.is_accepted() => {
                return Stage::Dispatch;
            }
            None => {}
        }
        if record.choice(Field::Service).is_none() {
            return Stage::Triage;
        }
        if self.is_return() {
            return match (self.may_take_back(), self.verdict.take_back) {
                (true, _) => Stage::Decision,
                (false, Tri::No) => Stage::Dispatch,
                _ if self.return_is_inspected() => Stage::Decision,
                _ => Stage::Inspection,
            };
        }
        let test = record.choice(Field::TestResult);
        if test.is_none() && !self.is_upgrade() {
            return Stage::Inspection;
        }
        let found_nothing = matches!(test, Some("no_fault" | "operation"));
        match self.quote.state {
            _ if self.quote.is_accepted() => Stage::Repair,
            _ if self.is_free() && !found_nothing => Stage::Repair,
            _ if self.is_covered_part_left() => Stage::Repair,
            _ if self.quote.is_declined() => Stage::Dispatch,
            QuoteState::Issued => Stage::Answer,
            QuoteState::Draft => Stage::Quote,
            QuoteState::Empty | QuoteState::Answered(_) if self.is_upgrade() => Stage::Repair,
            QuoteState::Empty | QuoteState::Answered(_) if found_nothing => Stage::Dispatch,
            QuoteState::Empty | QuoteState::Answered(_) => match self.verdict.fee {
                Fee::Open => Stage::Decision,
                Fee::None | Fee::ByQuote | Fee::Unstated => Stage::Quote,
            },
        }
    }

    /// Whether the facts only an inspection gives are all known.
    fn return_is_inspected(&self) -> bool {
        [
            Field::Complete,
            Field::AppearanceDamage,
            Field::LabelsTampered,
        ]
        .into_iter()
        .all(|field| self.record.value(field).is_some())
    }

    /// The day an instant has at the service centre.
    fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The day a field got the value it has.
    fn day_said(&self, field: Field) -> Option<NaiveDate> {
        let change = self.record.said(ItemId::SELF, field)?;
        Some(self.day_of(change.at))
    }

    fn wait(&self, stage: Stage) -> Option<(Wait, Option<NaiveDate>)> {
        let record = self.record;
        if stage == Stage::Closed {
            return None;
        }
        if let Some(wait) = record.choice(Field::WaitingFor).and_then(Wait::from_code) {
            return Some((wait, self.day_said(Field::WaitingFor)));
        }
        match stage {
            Stage::AwaitingParcel => Some(match record.day(Field::DispatchDate) {
                Some(sent) => (Wait::Parcel, Some(sent)),
                None => (Wait::Customer, self.day_said(Field::Number)),
            }),
            Stage::Answer => Some((Wait::Customer, record.day(Field::QuoteIssuedOn))),
            // The proof is for the customer to show.
            Stage::Decision if !self.is_return() && record.value(Field::Proof).is_none() => {
                Some((Wait::Customer, self.day_said(Field::TestResult)))
            }
            Stage::Repair if record.choice(Field::RetestPassed) == Some("no") => {
                Some((Wait::Retest, self.day_said(Field::RetestPassed)))
            }
            Stage::Repair if self.agreement_open() == Some(Blocker::RepairNotConfirmed) => {
                Some((Wait::Customer, self.day_said(Field::TestResult)))
            }
            Stage::Settling => (!self.ledger.open().is_zero()).then_some((Wait::Payment, None)),
            Stage::Dispatch if !self.ledger.open().is_zero() => Some((
                Wait::Payment,
                record
                    .day(Field::RepairedOn)
                    .or(record.day(Field::QuoteAcceptedDate))
                    .or_else(|| self.day_said(Field::FreightBack)),
            )),
            _ => None,
        }
    }

    fn blockers(&self, stage: Stage) -> Vec<Blocker> {
        let own = self.blockers_of(stage);
        let is_work = matches!(
            stage,
            Stage::Triage | Stage::Inspection | Stage::Decision | Stage::Quote | Stage::Answer
        );
        match self.box_open().filter(|_| is_work) {
            Some(open) => std::iter::once(open).chain(own).collect(),
            None => own,
        }
    }

    fn blockers_of(&self, stage: Stage) -> Vec<Blocker> {
        match stage {
            Stage::Repair => self.repair_blockers(),
            Stage::Dispatch => self.dispatch_blockers(),
            Stage::AwaitingParcel => vec![Blocker::GoodsNotHere],
            Stage::Inspection if self.is_return() => vec![Blocker::ReturnOpen],
            Stage::Inspection => vec![Blocker::TestOpen],
            Stage::Decision if self.is_return() && !self.may_take_back() => {
                vec![Blocker::ReturnOpen]
            }
            Stage::Decision if !self.is_return() => vec![Blocker::CoverOpen],
            Stage::Answer => vec![Blocker::NotAgreed],
            Stage::Settling => self.money_left(),
            Stage::Call
            | Stage::Triage
            | Stage::Decision
            | Stage::Quote
            | Stage::Closing
            | Stage::Closed => Vec::new(),
        }
    }

    /// Where the case stands.
    pub fn standing(&self) -> Standing {
        let stage = self.stage();
        let due = match stage {
            Stage::AwaitingParcel if self.is_return() => self.verdict.send_in_last_day,
            Stage::Inspection | Stage::Decision | Stage::Quote | Stage::Repair => {
                self.verdict.repair_due
            }
            _ => None,
        };
        Standing {
            stage,
            goods: self.goods(),
            proof: self.proof(),
            wait: self.wait(stage),
            blockers: self.blockers(stage),
            due,
        }
    }
}

/// Whether the confirmation of recipient, phone and address is younger than each of them.
pub fn contact_is_confirmed(record: &Record) -> bool {
    let Some(confirmed) = record.said(ItemId::SELF, Field::ContactConfirmed) else {
        return false;
    };
    record.is_yes(Field::ContactConfirmed)
        && [
            Field::Recipient,
            Field::RecipientPhone,
            Field::RecipientAddress,
        ]
        .into_iter()
        .filter_map(|field| record.said(ItemId::SELF, field))
        .all(|said| said.seq < confirmed.seq)
}

/// Whether work was carried out on the goods.
pub fn was_worked_on(record: &Record) -> bool {
    finished(record).is_some_and(is_work)
}
