//! Where a case stands: derived from its record and what the terms decide, never stored by hand.

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
    /// Closed, with an outcome.
    Closed,
}

impl Stage {
    /// Every stage, in the order of the way.
    pub const ALL: [Stage; 11] = [
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
            Stage::Closed => "closed",
        }
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
    /// Ours: a return taken back, or goods replaced.
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
