//! Every edit is a change in an append-only list; everything else follows from it.

use chrono::{DateTime, Utc};

use super::field::Field;
use super::id::{ActionId, EntityId, EntityKind, ItemId};
use super::value::Entry;

/// On what ground somebody knows a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ground {
    /// The customer says so; nobody here has seen it.
    CustomerSays,
    /// A document was seen.
    DocumentSeen,
    /// We looked at the goods, or tested them.
    Inspected,
    /// A record of the company was looked up.
    Record,
    /// The desk did or decided it.
    Desk,
}

impl Ground {
    /// Every ground, in the order in which the key goes round.
    pub const ALL: [Ground; 5] = [
        Ground::CustomerSays,
        Ground::DocumentSeen,
        Ground::Inspected,
        Ground::Record,
        Ground::Desk,
    ];

    /// The word stored in the file, and the end of the message id `ground-...`.
    pub fn code(self) -> &'static str {
        match self {
            Ground::CustomerSays => "customer",
            Ground::DocumentSeen => "document",
            Ground::Inspected => "inspected",
            Ground::Record => "record",
            Ground::Desk => "desk",
        }
    }

    /// The ground a stored word names.
    pub fn from_code(code: &str) -> Option<Ground> {
        Ground::ALL.into_iter().find(|ground| ground.code() == code)
    }

    /// The next ground when the person goes round.
    pub fn next(self) -> Ground {
        match self {
            Ground::CustomerSays => Ground::DocumentSeen,
            Ground::DocumentSeen => Ground::Inspected,
            Ground::Inspected => Ground::Record,
            Ground::Record => Ground::Desk,
            Ground::Desk => Ground::CustomerSays,
        }
    }
}

/// What kind of action made a change; the history names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// A call began.
    Begin,
    /// A field was filled, changed or emptied.
    Edit,
    /// The case got its number and the customer the address.
    Authorise,
    /// A parcel came in.
    Receive,
    /// A quote line was added, changed or removed.
    QuoteLine,
    /// A quote was issued.
    IssueQuote,
    /// The customer answered a quote.
    AnswerQuote,
    /// A payment came in.
    Pay,
    /// A supervisor waived money that is due.
    Waive,
    /// Money was given back.
    Refund,
    /// A payment, a refund or a waiver was a wrong entry.
    Reverse,
    /// The price of a returned product was given back.
    PriceBack,
    /// The repair was finished.
    Repair,
    /// Recipient, phone and address were confirmed.
    ConfirmContact,
    /// The goods were sent back.
    Dispatch,
    /// A supervisor granted what the terms refuse or leave to staff.
    Grant,
    /// The case was closed.
    Close,
    /// The case was opened again.
    Reopen,
    /// The case was joined to another one: goods and what was seen of them went there.
    Join,
    /// Goods that belong to another case, and what was seen of them, went there.
    MoveGoods,
    /// Two cases that had been joined were taken apart again.
    TakeApart,
    /// Two people filled the same field, and the value that stood stays: what was wanted is recorded,
    /// then what stood again.
    Settle,
    /// An earlier action was taken back.
    Undo,
    /// A personal value was erased.
    Erase,
    /// A person of the staff was entered, or their role, keys, badge or PIN changed.
    Staff,
}

impl Act {
    /// Every kind of action.
    pub const ALL: [Act; 25] = [
        Act::Begin,
        Act::Edit,
        Act::Authorise,
        Act::Receive,
        Act::QuoteLine,
        Act::IssueQuote,
        Act::AnswerQuote,
        Act::Pay,
        Act::Waive,
        Act::Refund,
        Act::Reverse,
        Act::PriceBack,
        Act::Repair,
        Act::ConfirmContact,
        Act::Dispatch,
        Act::Grant,
        Act::Close,
        Act::Reopen,
        Act::Join,
        Act::MoveGoods,
        Act::TakeApart,
        Act::Settle,
        Act::Undo,
        Act::Erase,
        Act::Staff,
    ];

    /// The word stored in the file, and the end of the message id `act-...`.
    pub fn code(self) -> &'static str {
        match self {
            Act::Begin => "begin",
            Act::Edit => "edit",
            Act::Authorise => "authorise",
            Act::Receive => "receive",
            Act::QuoteLine => "quote-line",
            Act::IssueQuote => "issue-quote",
            Act::AnswerQuote => "answer-quote",
            Act::Pay => "pay",
            Act::Waive => "waive",
            Act::Refund => "refund",
            Act::Reverse => "reverse",
            Act::PriceBack => "price-back",
            Act::Repair => "repair",
            Act::ConfirmContact => "confirm-contact",
            Act::Dispatch => "dispatch",
            Act::Grant => "grant",
            Act::Close => "close",
            Act::Reopen => "reopen",
            Act::Join => "join",
            Act::MoveGoods => "move-goods",
            Act::TakeApart => "take-apart",
            Act::Settle => "settle",
            Act::Undo => "undo",
            Act::Erase => "erase",
            Act::Staff => "staff",
        }
    }

    /// Whether it takes back what an earlier action said.
    pub fn takes_back(self) -> bool {
        matches!(self, Act::Undo | Act::TakeApart)
    }

    /// The action a stored word names.
    pub fn from_code(code: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.code() == code)
    }
}

/// One recorded change of one field. Never altered, never deleted; only a personal value can be
/// erased from it, which leaves everything else standing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The entity that changed.
    pub entity: EntityId,
    /// What kind it is.
    pub kind: EntityKind,
    /// The place in the entity's list, from 1.
    pub seq: u32,
    /// The action this change is part of.
    pub action: ActionId,
    /// What kind of action that was.
    pub act: Act,
    /// When.
    pub at: DateTime<Utc>,
    /// The login name of who did it.
    pub who: String,
    /// On what ground the value is known.
    pub ground: Ground,
    /// The item, or [`ItemId::SELF`].
    pub item: ItemId,
    /// The field.
    pub field: Field,
    /// How it stands now.
    pub entry: Entry,
    /// The sequence number of the fact that the person saw when editing; 0 when there was none.
    pub base: u32,
}

/// A change before it has its place in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The entity to change.
    pub entity: EntityId,
    /// What kind it is.
    pub kind: EntityKind,
    /// On what ground.
    pub ground: Ground,
    /// The item, or [`ItemId::SELF`].
    pub item: ItemId,
    /// The field.
    pub field: Field,
    /// How it shall stand. A [`Field::Number`] that ends in `-` asks the store for the next count of
    /// its year: only the store can give a number once.
    pub entry: Entry,
    /// The sequence number of the fact that the person saw; 0 when there was none.
    pub base: u32,
}

/// Everything one action changes, in one entity or in several: saved whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The action.
    pub action: ActionId,
    /// What kind of action.
    pub act: Act,
    /// When.
    pub at: DateTime<Utc>,
    /// The login name of who does it.
    pub who: String,
    /// The changes, in order.
    pub changes: Vec<Planned>,
}
