//! What a whole number means: Enter on the board, or a scan.

use crate::desk::contact::addresses;
use crate::desk::field::Field;
use crate::desk::record::Record;
use crate::desk::scan::{Shape, shape};
use crate::work::row::CaseRow;

use super::fault::Trouble;
use super::read::{ParcelFile, View};
use super::search::{Hit, Matched, What};

/// The most lines a look-up gives.
const LINES: usize = 50;

/// What was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookedUp {
    /// These cases; none where nothing has this number.
    Cases(Vec<Hit>),
    /// A parcel that was begun and not taken in yet.
    Arriving(Box<ParcelFile>),
}

impl View<'_> {
    /// What somebody means who types or scans exactly this. What is there outranks what it looks like:
    /// the cases that have it as their number, serial number, bag label, waybill or phone, now or
    /// earlier, or the incoming parcel of a waybill none of whose goods has arrived yet. Where nothing
    /// has it, a text that has no number's shape is searched for.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn look_up(&self, text: &str) -> Result<LookedUp, Trouble> {
        let _snapshot = self.snapshot()?;
        let shape = shape(text);
        if matches!(shape, Shape::Command(_)) {
            return Ok(LookedUp::Cases(Vec::new()));
        }
        let mut found = self.exactly(text, LINES)?;
        let is_waybill_only = found.iter().all(|hit| hit.matched.what == What::Waybill);
        for parcel in self.parcels_by_waybill(text)? {
            if let Some(file) = self.parcel_file(parcel.id())?.filter(is_arriving)
                && is_waybill_only
            {
                return Ok(LookedUp::Arriving(Box::new(file)));
            }
            for row in self.cases_of(parcel.id())? {
                if !found.iter().any(|known| known.row.id == row.id) {
                    found.push(by_waybill(row));
                }
            }
        }
        match shape {
            Shape::Unknown(words) if found.is_empty() && addresses(&words).is_empty() => {
                self.search(&words, LINES).map(LookedUp::Cases)
            }
            _ => Ok(LookedUp::Cases(found)),
        }
    }
}

/// Whether a parcel came to hand and nothing in it was taken in yet.
fn is_arriving(file: &ParcelFile) -> bool {
    let parcel = file.record.id();
    let arrived = |case: &Record| case.link(Field::ParcelIn) == Some(parcel);
    file.record.choice(Field::Direction) == Some("incoming") && !file.cases.iter().any(arrived)
}

fn by_waybill(row: CaseRow) -> Hit {
    let matched = Matched {
        what: What::Waybill,
        whole: true,
        former: false,
        other_extension: false,
    };
    Hit {
        row,
        matched,
        value: None,
    }
}
