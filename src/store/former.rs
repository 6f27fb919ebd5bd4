//! What a case is found by although its fields hold something else by now: who rings has the old
//! number on the slip.
//!
//! To let a field be found by what it held earlier: a line in [`REMEMBERED`]. The tokens of such a
//! value and how it is compared follow from its [`What`] (`cut`, `search`); a hit by it says
//! [`super::Matched::former`].

use crate::desk::field::Field;
use crate::desk::id::ItemId;
use crate::desk::record::Record;
use crate::desk::value::Value;

use super::cut;
use super::search::What;

/// The fields whose earlier values are found, and as what.
const REMEMBERED: &[(What, Field)] = &[
    (What::Serial, Field::SerialNumber),
    (What::Serial, Field::SerialAfter),
    (What::Label, Field::BagLabel),
    (What::Phone, Field::Phone),
    (What::Phone, Field::SecondPhone),
    (What::Phone, Field::RecipientPhone),
    (What::Email, Field::Email),
    (What::Name, Field::Caller),
    (What::Name, Field::Recipient),
];

/// The most earlier values of a case, the latest first.
const MOST: usize = 12;

/// A value a field of a case held earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Former {
    /// As what it is found.
    pub what: What,
    /// The value, as it is compared and shown: of a phone as it is stored.
    pub value: String,
}

impl Former {
    /// The earlier values of a case, the latest of each field first. What was taken back, or erased,
    /// was never there; what the case still has is not former.
    pub fn of(record: &Record) -> Vec<Former> {
        let holds = |what: What, key: &str| {
            REMEMBERED.iter().any(|(as_what, field)| {
                let value = record.value(*field).and_then(found_by);
                *as_what == what && value.is_some_and(|value| cut::key(&value) == key)
            })
        };
        let mut former: Vec<Former> = Vec::new();
        for (what, field) in REMEMBERED {
            for change in record.standing(ItemId::SELF, *field).into_iter().rev() {
                let Some(value) = change.entry.value().and_then(found_by) else {
                    continue;
                };
                let key = cut::key(&value);
                let is_known = former
                    .iter()
                    .any(|known| known.what == *what && cut::key(&known.value) == key);
                if !key.is_empty() && !is_known && !holds(*what, &key) && former.len() < MOST {
                    former.push(Former { what: *what, value });
                }
            }
        }
        former
    }
}

/// The text by which a value is found.
fn found_by(value: &Value) -> Option<String> {
    match value {
        Value::Serial(serial) => Some(serial.as_str().to_string()),
        Value::Phone(phone) => Some(phone.storage()),
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}

/// The list as it is stored.
pub(super) fn to_text(list: &[Former]) -> String {
    let pairs = list.iter().map(|former| {
        let code = former.what.code();
        serde_json::Value::from(vec![code, former.value.as_str()])
    });
    serde_json::Value::from_iter(pairs).to_string()
}

/// The stored list; `None` where it is none.
pub(super) fn from_text(text: &str) -> Option<Vec<Former>> {
    let pairs: Vec<(String, String)> = serde_json::from_str(text).ok()?;
    pairs
        .into_iter()
        .map(|(code, value)| {
            let what = What::from_code(&code)?;
            Some(Former { what, value })
        })
        .collect()
}
