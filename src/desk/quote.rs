//! The quote of a case, read from its record: lines, versions, the customer's answer.
//!
//! Nothing of a quote's state is stored by hand. It is a draft while its lines differ from the ones
//! last issued, issued while they are the same, answered after an answer to that issue; so a changed
//! quote is a new version and an old answer never counts for new lines.

use super::field::Field;
use super::id::ItemId;
use super::money::Fen;
use super::record::Record;
use super::value::Value;

/// The fields that make a line.
pub const LINE_FIELDS: [Field; 5] = [
    Field::LineKind,
    Field::LineText,
    Field::LineQuantity,
    Field::LinePrice,
    Field::LineAnswer,
];

/// One line of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The item it is stored as.
    pub item: ItemId,
    /// `labour`, `parts`, `freight` or `other`.
    pub kind: &'static str,
    /// What it says.
    pub text: String,
    /// How many; 1 where nothing is said.
    pub quantity: u32,
    /// The price of one; unknown while it is not typed.
    pub price: Option<Fen>,
    /// The customer's answer to this line.
    pub accepted: Option<bool>,
}

impl Line {
    /// Quantity times price; `None` while the price is unknown or the sum is too large to write down.
    pub fn total(&self) -> Option<Fen> {
        self.price?.0.checked_mul(i64::from(self.quantity)).map(Fen)
    }

    /// Whether it is freight, which is no repair fee (III, IV.5).
    pub fn is_freight(&self) -> bool {
        self.kind == "freight"
    }
}

/// How the customer answered the issued quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Everything.
    Accepted,
    /// Nothing.
    Declined,
    /// Some lines.
    ByLine,
}

/// Where the quote stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteState {
    /// There are no lines.
    Empty,
    /// Lines that the customer has not been told.
    Draft,
    /// Told, not answered (`QUOTE-SILENT`: it stays open).
    Issued,
    /// Answered.
    Answered(Answer),
}

/// The quote of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The lines, in the order in which they were entered.
    pub lines: Vec<Line>,
    /// The version: of the issued quote, or the next one while it is a draft.
    pub version: u32,
    /// Where it stands.
    pub state: QuoteState,
}

impl Quote {
    /// The quote of a record.
    pub fn of(record: &Record) -> Quote {
        let lines = lines(record);
        // What was taken back never counts: the seq is that of the issue that stands.
        let issued = record.said(ItemId::SELF, Field::QuoteVersion);
        let issued_version = match issued.and_then(|change| change.entry.value()) {
            Some(Value::Number(version)) => *version,
            _ => 0,
        };
        let issued_seq = issued.map_or(0, |change| change.seq);
        let is_issued = issued_version > 0 && says_the_same(&lines, &lines_at(record, issued_seq));
        let answer = record
            .said(ItemId::SELF, Field::QuoteAnswer)
            .filter(|change| change.seq > issued_seq)
            .and_then(|change| match change.entry.value() {
                Some(Value::Choice("accepted")) => Some(Answer::Accepted),
                Some(Value::Choice("declined")) => Some(Answer::Declined),
                Some(Value::Choice("by_line")) => Some(Answer::ByLine),
                _ => None,
            });
        let state = match (lines.is_empty(), is_issued, answer) {
            (true, _, _) => QuoteState::Empty,
            (false, false, _) => QuoteState::Draft,
            (false, true, None) => QuoteState::Issued,
            (false, true, Some(answer)) => QuoteState::Answered(answer),
        };
        let version = if is_issued {
            issued_version
        } else {
            issued_version + 1
        };
        Quote {
            lines,
            version,
            state,
        }
    }

    /// The sum of all lines; `None` while a price is unknown or the sum is too large.
    pub fn total(&self) -> Option<Fen> {
        sum(self.lines.iter())
    }

    /// The sum of the lines that are no freight.
    pub fn fee(&self) -> Option<Fen> {
        sum(self.lines.iter().filter(|line| !line.is_freight()))
    }

    /// Whether the customer agreed to have something repaired (IV.4); agreeing to freight alone is
    /// not that.
    pub fn is_accepted(&self) -> bool {
        self.agreed_lines().any(|line| !line.is_freight())
    }

    /// Whether the customer turned the whole repair down.
    pub fn is_declined(&self) -> bool {
        match self.state {
            QuoteState::Answered(Answer::Declined) => true,
            QuoteState::Answered(Answer::ByLine) => !self.is_accepted(),
            _ => false,
        }
    }

    /// The lines the customer agreed to; none before an answer.
    pub fn agreed_lines(&self) -> impl Iterator<Item = &Line> {
        let state = self.state;
        self.lines.iter().filter(move |line| match state {
            QuoteState::Answered(Answer::Accepted) => true,
            QuoteState::Answered(Answer::ByLine) => line.accepted == Some(true),
            _ => false,
        })
    }

    /// What the customer agreed to pay for the repair, and for freight.
    pub fn agreed(&self) -> (Fen, Fen) {
        let repair = sum(self.agreed_lines().filter(|line| !line.is_freight()));
        let freight = sum(self.agreed_lines().filter(|line| line.is_freight()));
        (repair.unwrap_or(Fen(0)), freight.unwrap_or(Fen(0)))
    }
}

fn lines(record: &Record) -> Vec<Line> {
    record
        .items_with(Field::LineKind)
        .into_iter()
        .filter_map(|item| line(record, item))
        .collect()
}

/// The lines as they were after the change `seq`.
fn lines_at(record: &Record, seq: u32) -> Vec<Line> {
    let changed_since = record
        .changes()
        .iter()
        .rev()
        .take_while(|change| change.seq > seq)
        .any(|change| LINE_FIELDS.contains(&change.field));
    if changed_since {
        lines(&record.at(seq))
    } else {
        lines(record)
    }
}

fn says_the_same(now: &[Line], then: &[Line]) -> bool {
    now.len() == then.len()
        && now.iter().zip(then).all(|(now, then)| {
            (now.item, now.kind, &now.text, now.quantity, now.price)
                == (then.item, then.kind, &then.text, then.quantity, then.price)
        })
}

fn line(record: &Record, item: ItemId) -> Option<Line> {
    let kind = match record.value_of(item, Field::LineKind) {
        Some(Value::Choice(kind)) => kind,
        _ => return None,
    };
    let quantity = match record.value_of(item, Field::LineQuantity) {
        Some(Value::Number(quantity)) => *quantity,
        _ => 1,
    };
    let accepted = match record.value_of(item, Field::LineAnswer) {
        Some(Value::Choice("accepted")) => Some(true),
        Some(Value::Choice("declined")) => Some(false),
        _ => None,
    };
    Some(Line {
        item,
        kind,
        text: record
            .text_of(item, Field::LineText)
            .unwrap_or_default()
            .to_string(),
        quantity,
        price: record.fen_of(item, Field::LinePrice),
        accepted,
    })
}

fn sum<'a>(mut lines: impl Iterator<Item = &'a Line>) -> Option<Fen> {
    lines.try_fold(Fen(0), |sum, line| {
        sum.0.checked_add(line.total()?.0).map(Fen)
    })
}
