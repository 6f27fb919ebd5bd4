//! A unit that is scanned where a case is open: what is known exactly outranks what a number looks like.

use crate::desk::field::Field;
use crate::desk::fold::fold_trim;
use crate::desk::record::Record;
use crate::desk::scan::{CaseNumber, Shape, shape};
use crate::desk::serial::Serial;
use crate::flow::state::{CaseScreen, OpenCase};

/// Whether this is the number, the unit or the label of a case.
pub(super) fn is_of_case(record: &Record, text: &str) -> bool {
    let key = Serial::parse(text).map(|serial| serial.key());
    let units = [Field::SerialNumber, Field::SerialAfter, Field::SerialInBox]
        .map(|field| record.serial(field));
    let is_unit = units.iter().flatten().any(|own| Ok(own.key()) == key);
    let is_label = record
        .text(Field::BagLabel)
        .is_some_and(|label| fold_trim(label).eq_ignore_ascii_case(&fold_trim(text)));
    let is_number = CaseNumber::parse(text)
        .is_some_and(|number| record.text(Field::Number) == Some(&number.to_string()));
    is_unit || is_label || is_number
}

/// The field a unit that is scanned goes into where no field is being filled. A serial number may have
/// the shape of a waybill or a telephone number: here no other number is waited for.
pub(super) fn scanned_unit(open: &OpenCase, text: &str) -> Option<Field> {
    let record = &open.entered().record;
    let looks_otherwise = !matches!(shape(text), Shape::Serial(_));
    let is_code = text.chars().all(|c| !c.is_whitespace()) && Serial::parse(text).is_ok();
    let has_digits = text.chars().filter(char::is_ascii_digit).count() >= 6;
    if looks_otherwise && !(is_code && has_digits) {
        return None;
    }
    match open.screen {
        // What is known by now is replaced by nothing that only may be a serial number.
        CaseScreen::Intake if !looks_otherwise || record.serial(Field::SerialNumber).is_none() => {
            Some(Field::SerialNumber)
        }
        CaseScreen::Repair if record.choice(Field::RepairOutcome) == Some("replaced") => {
            Some(Field::SerialAfter)
        }
        _ => None,
    }
}
