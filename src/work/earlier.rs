//! Earlier repairs of the same serial number: they are found by themselves and feed I.N.

use chrono::NaiveDate;

use crate::desk::field::Field;
use crate::desk::outcome::finished;
use crate::desk::record::Record;

/// An earlier case of the same serial number, as I.N asks about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierRepair {
    /// The number of that case.
    pub number: String,
    /// Whether it was only an upgrade (`EXT-UPG`).
    pub is_upgrade: bool,
    /// Whether a repair was carried out (`EXT-UPG`: a declined quote is none).
    pub is_done: bool,
    /// `in`, `out`, `extension` or `unknown`, as frozen when the goods went back.
    pub period_status: Option<&'static str>,
    /// What its test found.
    pub cause: Option<&'static str>,
    /// When it was repaired.
    pub repaired_on: Option<NaiveDate>,
    /// When it was sent back; the 60 days start here (`EXT-START`).
    pub sent_back_on: Option<NaiveDate>,
    /// When the customer got it, the other reading of `EXT-START`.
    pub delivered_on: Option<NaiveDate>,
}

impl EarlierRepair {
    /// What an earlier case tells; `None` where nothing was sent back, or the case is void.
    pub fn of(record: &Record) -> Option<EarlierRepair> {
        let sent_back_on = record.day(Field::SentBackOn)?;
        if record.choice(Field::Closed) == Some("void") {
            return None;
        }
        let outcome = finished(record);
        Some(EarlierRepair {
            number: record.text(Field::Number).unwrap_or_default().to_string(),
            is_upgrade: outcome == Some("upgraded")
                || record.choice(Field::Service) == Some("upgrade"),
            is_done: matches!(outcome, Some("repaired" | "replaced")),
            period_status: record.choice(Field::PeriodStatus),
            cause: match record.choice(Field::TestResult) {
                Some(cause @ ("quality" | "non_quality" | "no_fault")) => Some(cause),
                _ => None,
            },
            repaired_on: record.day(Field::RepairedOn),
            sent_back_on: Some(sent_back_on),
            delivered_on: record.day(Field::DeliveredOn),
        })
    }

    /// What the earlier cases tell, oldest first; the case itself is left out.
    pub fn all(records: &[Record], of: &Record) -> Vec<EarlierRepair> {
        records
            .iter()
            .filter(|record| record.id() != of.id())
            .filter(|record| began_before(record, of))
            .filter_map(EarlierRepair::of)
            .collect()
    }
}

fn began_before(earlier: &Record, later: &Record) -> bool {
    match (earlier.begun_at(), later.begun_at()) {
        (Some(earlier), Some(later)) => earlier <= later,
        _ => true,
    }
}
