//! Folding of what scanners and Chinese input methods make of plain letters and digits.
//!
//! A barcode scanner types as a keyboard does; behind a Chinese input method its digits arrive
//! full-width, its full stop ideographic. Numbers pasted from address books carry invisible
//! direction marks. Every parser of this floor folds first, so none of them has to know.

/// Folds `text` to plain characters: full-width ASCII and the full-width yen sign to half-width,
/// the ideographic and other wide spaces to a space, dashes and minus signs of every kind to `-`,
/// the ideographic full stop to `.`; invisible formatting characters are dropped.
///
/// Other characters, Chinese ones among them, stay as they are. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    text.chars().filter_map(fold_char).collect()
}

/// [`fold`], without the white space at both ends.
pub fn fold_trim(text: &str) -> String {
    let folded = fold(text);
    let trimmed = folded.trim();
    if trimmed.len() == folded.len() {
        folded
    } else {
        trimmed.to_string()
    }
}

/// One character folded; `None` for the invisible formatting characters.
fn fold_char(c: char) -> Option<char> {
    let folded = match c {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(c) - 0xFF01 + u32::from('!')).unwrap_or(c)
        }
        '\u{FFE5}' => '\u{A5}',
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' => '-',
        '\u{3002}' | '\u{FF61}' => '.',
        '\u{AD}'
        | '\u{61C}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}'
        | '\u{FEFF}' => return None,
        other => other,
    };
    Some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_an_input_method_makes_of_a_scan_is_folded_back() {
        let table = [
            ("ＲＭＡ２６－０００４２", "RMA26-00042"),
            ("１３８　００００　００００", "138 0000 0000"),
            ("AC：board", "AC:board"),
            ("80H2–7731", "80H2-7731"),
            ("80H2—7731", "80H2-7731"),
            ("￥１，２００。５", "¥1,200.5"),
            ("\u{202D}13800000000\u{202C}", "13800000000"),
            ("王小明", "王小明"),
        ];
        for (typed, folded) in table {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }

    #[test]
    fn spaces_at_both_ends_go() {
        assert_eq!(fold_trim("\u{3000} a b\t"), "a b");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
