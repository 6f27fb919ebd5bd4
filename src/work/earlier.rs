//! Earlier repairs of the same product: they are found by themselves and feed I.N.

use chrono::NaiveDate;

use crate::desk::field::Field;
use crate::desk::id::EntityId;
use crate::desk::outcome::finished;
use crate::desk::record::Record;

use super::unit::{self, Kin};

/// An earlier case of the same product, as I.N asks about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierRepair {
    /// That case.
    pub case: EntityId,
    /// The number of that case.
    pub number: String,
    /// Its unit, as it was spelled there.
    pub serial: Option<String>,
    /// The serial number it has had since: of the unit given out, or after a part was exchanged.
    pub given_out: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// The day its unit was shipped, or else bought. A unit given out in its place does not inherit it.
    pub shipped_or_bought_on: Option<NaiveDate>,
    /// How it belongs to the product. Nothing is built on what somebody has to say first.
    pub kin: Kin,
    /// Whether it was only an upgrade (`EXT-UPG`).
    pub is_upgrade: bool,
    /// Whether another unit was given out.
    pub is_replaced: bool,
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
    fn of(record: &Record, kin: Kin) -> Option<EarlierRepair> {
        let sent_back_on = record.day(Field::SentBackOn)?;
        if record.choice(Field::Closed) == Some("void") {
            return None;
        }
        let outcome = finished(record);
        let serial = record.serial(Field::SerialNumber);
        Some(EarlierRepair {
            case: record.id(),
            number: record.text(Field::Number).unwrap_or_default().to_string(),
            serial: serial.map(|serial| serial.as_str().to_string()),
            given_out: unit::given_out(record).map(|serial| serial.as_str().to_string()),
            model: record.text(Field::Model).map(str::to_string),
            shipped_or_bought_on: record
                .day(Field::ShipDate)
                .or_else(|| record.day(Field::PurchaseDate)),
            kin,
            is_upgrade: outcome == Some("upgraded")
                || record.choice(Field::Service) == Some("upgrade"),
            is_replaced: outcome == Some("replaced"),
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

    /// What the earlier cases of the product of a case tell, in the order of the records; which of
    /// them are, [`unit::life`] says.
    pub fn all(records: &[Record], of: &Record) -> Vec<EarlierRepair> {
        unit::life(records, of)
            .into_iter()
            .filter_map(|(record, kin)| EarlierRepair::of(record, kin))
            .collect()
    }
}

/// The earlier repairs the terms hear of, in the order of `Facts::repairs`.
pub fn counted(earlier: &[EarlierRepair]) -> impl Iterator<Item = &EarlierRepair> {
    earlier.iter().filter(|earlier| earlier.kin != Kin::Other)
}
