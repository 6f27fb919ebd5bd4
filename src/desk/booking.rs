//! The entries in the money of a case: what came in, what was given back, what was let go. A wrong one
//! is reversed with a reason: it stays, with that reason, and does not count.

use chrono::NaiveDate;

use super::field::Field;
use super::id::ItemId;
use super::money::Fen;
use super::record::Record;
use super::value::Value;

/// What kind of entry it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BookingKind {
    /// Money came in.
    Payment,
    /// Money was given back.
    Refund,
    /// A supervisor let money go.
    Waiver,
}

impl BookingKind {
    /// Every kind.
    pub const ALL: [BookingKind; 3] = [
        BookingKind::Payment,
        BookingKind::Refund,
        BookingKind::Waiver,
    ];

    /// The end of the message id `booking-...`.
    pub fn code(self) -> &'static str {
        match self {
            BookingKind::Payment => "payment",
            BookingKind::Refund => "refund",
            BookingKind::Waiver => "waiver",
        }
    }

    /// The field of its amount.
    pub fn amount(self) -> Field {
        match self {
            BookingKind::Payment => Field::PaymentAmount,
            BookingKind::Refund => Field::RefundAmount,
            BookingKind::Waiver => Field::WaivedAmount,
        }
    }

    fn means(self) -> Option<Field> {
        match self {
            BookingKind::Payment => Some(Field::PaymentMeans),
            BookingKind::Refund => Some(Field::RefundMeans),
            BookingKind::Waiver => None,
        }
    }

    fn day(self) -> Option<Field> {
        match self {
            BookingKind::Payment => Some(Field::PaymentDay),
            BookingKind::Refund => Some(Field::RefundDay),
            BookingKind::Waiver => None,
        }
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// The item it is stored as.
    pub item: ItemId,
    /// What it is.
    pub kind: BookingKind,
    /// How much.
    pub amount: Fen,
    /// The field and the option that say how it was paid; none of a waiver.
    pub means: Option<(Field, &'static str)>,
    /// On which day; none of a waiver, which counts from when it was noted.
    pub day: Option<NaiveDate>,
    /// Who noted it.
    pub who: String,
    /// The change that noted it.
    pub seq: u32,
    /// Why it was a wrong entry, where it was.
    pub reversed: Option<String>,
}

impl Booking {
    /// Every entry of a record, in the order in which they were noted.
    pub fn all(record: &Record) -> Vec<Booking> {
        let mut all: Vec<Booking> = BookingKind::ALL
            .into_iter()
            .flat_map(|kind| {
                let items = record.items_with(kind.amount()).into_iter();
                items.filter_map(move |item| Booking::of(record, kind, item))
            })
            .collect();
        all.sort_by_key(|booking| booking.seq);
        all
    }

    /// The entries that count.
    pub fn standing(record: &Record) -> Vec<Booking> {
        let mut all = Booking::all(record);
        all.retain(|booking| booking.reversed.is_none());
        all
    }

    fn of(record: &Record, kind: BookingKind, item: ItemId) -> Option<Booking> {
        let fact = record.fact_of(item, kind.amount())?;
        let means = kind.means().and_then(|field| {
            let Some(Value::Choice(code)) = record.value_of(item, field) else {
                return None;
            };
            Some((field, *code))
        });
        let day = kind.day().and_then(|field| record.value_of(item, field));
        Some(Booking {
            item,
            kind,
            amount: record.fen_of(item, kind.amount())?,
            means,
            day: match day {
                Some(Value::Date(day)) => Some(*day),
                _ => None,
            },
            who: fact.who.clone(),
            seq: fact.seq,
            reversed: record
                .text_of(item, Field::ReversedReason)
                .map(str::to_string),
        })
    }
}
