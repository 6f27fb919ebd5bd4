//! One serial number, spelled in many ways.

use proptest::prelude::*;

/// Spellings of a serial number: marks between its characters, in lower case, full width.
pub fn respelled(serial: &'static str) -> impl Strategy<Value = String> {
    let marks = prop::sample::select(vec!["", "", "-", ".", " ", "/", "–", "－"]);
    let each = (marks, any::<bool>(), any::<bool>());
    prop::collection::vec(each, serial.len()).prop_map(move |how| {
        let mut spelled = String::new();
        for (at, (c, (mark, lower, wide))) in serial.chars().zip(how).enumerate() {
            if at > 0 {
                spelled.push_str(mark);
            }
            let c = if lower { c.to_ascii_lowercase() } else { c };
            let full = char::from_u32(u32::from(c) - 0x21 + 0xFF01).filter(|_| wide);
            spelled.push(full.unwrap_or(c));
        }
        spelled
    })
}
