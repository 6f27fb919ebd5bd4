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
    /// What somebody means who types or scans exactly this: the case of a case number, the cases of
    /// a serial number, bag label, waybill or phone, or the incoming parcel of a waybill none of
    /// whose goods has arrived yet. A text that has no number's shape is searched for.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn look_up(&self, text: &str) -> Result<LookedUp, Trouble> {
        let _snapshot = self.snapshot()?;
        let (what, rows) = match shape(text) {
            Shape::CaseNumber(number) => {
                let row = self.case_by_number(&number.to_string())?;
                (What::Number, row.into_iter().collect())
            }
            Shape::Serial(serial) => (What::Serial, self.by_serial(&serial)?),
            Shape::Phone(_) => return self.by_caller(text),
            Shape::Waybill { number, .. } => return self.by_waybill(&number),
            Shape::Command(_) => (What::Number, Vec::new()),
            Shape::Unknown(words) if !addresses(&words).is_empty() => {
                return self.by_caller(text);
            }
            Shape::Unknown(words) => {
                let labelled = self.by_label(&words)?;
                if labelled.is_empty() {
                    return self.search(&words, LINES).map(LookedUp::Cases);
                }
                (What::Label, labelled)
            }
        };
        if !rows.is_empty() || what != What::Serial {
            return Ok(LookedUp::Cases(hits(what, rows)));
        }
        let labelled = self.by_label(text)?;
        Ok(LookedUp::Cases(hits(What::Label, labelled)))
    }

    /// The cases of a whole phone or e-mail address, earlier ones too, and those of others behind the
    /// same line.
    fn by_caller(&self, text: &str) -> Result<LookedUp, Trouble> {
        let mut hits = self.search(text, LINES)?;
        hits.retain(|hit| hit.matched.whole || hit.matched.other_extension);
        Ok(LookedUp::Cases(hits))
    }

    fn by_waybill(&self, number: &str) -> Result<LookedUp, Trouble> {
        let mut rows: Vec<CaseRow> = Vec::new();
        for parcel in self.parcels_by_waybill(number)? {
            if let Some(file) = self.parcel_file(parcel.id())?.filter(is_arriving) {
                return Ok(LookedUp::Arriving(Box::new(file)));
            }
            for row in self.cases_of(parcel.id())? {
                if !rows.iter().any(|known| known.id == row.id) {
                    rows.push(row);
                }
            }
        }
        Ok(LookedUp::Cases(hits(What::Waybill, rows)))
    }
}

/// Whether a parcel came to hand and nothing in it was taken in yet.
fn is_arriving(file: &ParcelFile) -> bool {
    let parcel = file.record.id();
    let arrived = |case: &Record| case.link(Field::ParcelIn) == Some(parcel);
    file.record.choice(Field::Direction) == Some("incoming") && !file.cases.iter().any(arrived)
}

fn hits(what: What, rows: Vec<CaseRow>) -> Vec<Hit> {
    let matched = Matched {
        what,
        whole: true,
        former: false,
        other_extension: false,
    };
    rows.into_iter()
        .map(|row| Hit {
            row,
            matched,
            value: None,
        })
        .collect()
}
