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
    /// `labour`, `parts`, `freight`, `other` or `discount`.
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
    /// Quantity times price, below zero for a discount; `None` while the price is unknown or the sum is
    /// too large to write down.
    pub fn total(&self) -> Option<Fen> {
        let amount = self.price?.checked_mul(i64::from(self.quantity))?;
        match self.is_discount() {
            true => Fen::ZERO.checked_sub(amount),
            false => Some(amount),
        }
    }

    /// Whether it is freight, which is no repair fee (III, IV.5).
    pub fn is_freight(&self) -> bool {
        self.kind == "freight"
    }

    /// Whether it takes something off the others.
    pub fn is_discount(&self) -> bool {
        self.kind == "discount"
    }

    /// Whether it is work on the goods: agreeing to it is agreeing to the repair (IV.4).
    pub fn is_repair(&self) -> bool {
        !self.is_freight() && !self.is_discount()
    }

    /// Whether the customer has to say something to it in an answer line by line: nobody turns a
    /// discount down.
    pub fn is_to_be_answered(&self) -> bool {
        self.accepted.is_none() && !self.is_discount()
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

    /// The sum of all lines; `None` while a price is unknown or the sum is too large. Below zero where
    /// the discounts are larger than the rest: such a quote is not issued.
    pub fn total(&self) -> Option<Fen> {
        sum(self.lines.iter())
    }

    /// The repair fee and the freight of all lines. A discount is taken off the fee first.
    pub fn sums(&self) -> Option<(Fen, Fen)> {
        split(self.lines.iter())
    }

    /// Whether the customer agreed to have something repaired (IV.4); agreeing to freight alone is
    /// not that.
    pub fn is_accepted(&self) -> bool {
        self.agreed_lines().any(Line::is_repair)
    }

    /// Whether it was accepted without a call, by the ceiling agreed beforehand.
    pub fn is_accepted_by_ceiling(&self, record: &Record) -> bool {
        self.is_accepted() && record.choice(Field::QuoteAnswerOver) == Some("ceiling")
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
            // A discount nobody spoke of counts.
            QuoteState::Answered(Answer::ByLine) => line.accepted.unwrap_or(line.is_discount()),
            _ => false,
        })
    }

    /// What the customer agreed to pay for the repair, and for freight.
    pub fn agreed(&self) -> (Fen, Fen) {
        split(self.agreed_lines()).unwrap_or_default()
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

/// Discounts are taken off last, so that a part of the lines never comes to more than can be counted
/// where all of them do not.
fn sum<'a>(lines: impl Iterator<Item = &'a Line>) -> Option<Fen> {
    let (off, on): (Vec<Fen>, Vec<Fen>) = lines
        .map(Line::total)
        .collect::<Option<Vec<Fen>>>()?
        .into_iter()
        .partition(|total| *total < Fen::ZERO);
    Fen::checked_sum(on)?.checked_add(Fen::checked_sum(off)?)
}

/// The repair fee and the freight, each never below zero: a discount is taken off the fee, and what is
/// left of it off the freight.
fn split<'a>(lines: impl Iterator<Item = &'a Line>) -> Option<(Fen, Fen)> {
    let (freight, repair): (Vec<&Line>, Vec<&Line>) = lines.partition(|line| line.is_freight());
    let (freight, repair) = (sum(freight.into_iter())?, sum(repair.into_iter())?);
    let left_over = repair.min(Fen::ZERO);
    let freight = freight.checked_add(left_over)?.max(Fen::ZERO);
    Some((repair.max(Fen::ZERO), freight))
}

/// The version the customer last said no to, whole or in part, and the change that says so; not where
/// that was taken back. The ceiling agreed at the call does not answer for a version after it.
pub fn last_refused(record: &Record) -> Option<(u32, u32)> {
    let answers = record.standing(ItemId::SELF, Field::QuoteAnswer);
    let refused = answers.into_iter().rev().find(|change| {
        let declines_a_line = || {
            let told = record.at(change.seq);
            lines(&told).iter().any(|line| line.accepted == Some(false))
        };
        match change.entry.value() {
            Some(Value::Choice("declined")) => true,
            Some(Value::Choice("by_line")) => declines_a_line(),
            _ => false,
        }
    })?;
    let versions = record.standing(ItemId::SELF, Field::QuoteVersion);
    let version = versions.into_iter().rev().find_map(|change| {
        let is_before = change.seq < refused.seq;
        match change.entry.value() {
            Some(Value::Number(version)) if is_before => Some(*version),
            _ => None,
        }
    });
    Some((version.unwrap_or(1), refused.seq))
}
