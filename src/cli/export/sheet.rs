//! Cells of CSV, as spreadsheets read them.
//!
//! CSV has no types: a spreadsheet that opens such a file guesses, and takes `00123` for 123, a serial
//! number of 18 digits for a rounded number, `1-2` or `MAR1` for a day and `+86...` for a sum. What must
//! stay as it is is written as a formula that is nothing but a text, `="00123"`: Excel, WPS and
//! LibreOffice show the text and keep every character. Days and amounts stay as they are, so that they
//! become days and numbers. A text that a person wrote is never run: it stands between the quotes, or
//! has an apostrophe in front.

use super::Cell;
use crate::ui::text::visible;

/// The most characters (of UTF-16) that a text in a formula has in Excel.
const FORMULA: usize = 255;

/// A cell that a spreadsheet shows as the desk holds it.
pub(super) fn kept(cell: &Cell) -> String {
    let text = cell.plain();
    let shown = visible(&text);
    let as_text = match cell {
        Cell::Identifier(_) | Cell::List(_) => !shown.is_empty(),
        Cell::Text(_) => is_guessed_at(&shown),
        Cell::None | Cell::Word(_) | Cell::Day(_) | Cell::Moment(_) | Cell::Money(_) => false,
    };
    let fits = shown.encode_utf16().count() <= FORMULA;
    match as_text {
        true if fits => format!("=\"{}\"", shown.replace('"', "\"\"")),
        _ => plain(cell),
    }
}

/// A cell as it is, for a program; but nothing that a spreadsheet would run or a terminal obey.
pub(super) fn plain(cell: &Cell) -> String {
    let text = cell.plain();
    match cell {
        Cell::Identifier(_) | Cell::Text(_) | Cell::List(_) => harmless(&text),
        _ => text,
    }
}

/// Whether a spreadsheet may take a text for something else: a formula, a number, a day, yes or no.
/// Rather once too often than once too seldom: words with blanks and without digits are left.
fn is_guessed_at(text: &str) -> bool {
    let trimmed = text.trim();
    let begins = trimmed.chars().next().is_some_and(char::is_alphabetic);
    let has_digit = trimmed.chars().any(char::is_numeric);
    let is_logical = ["true", "false"]
        .iter()
        .any(|word| trimmed.eq_ignore_ascii_case(word));
    !trimmed.is_empty() && (!begins || has_digit || is_logical || trimmed != text)
}

/// A text that neither a spreadsheet runs as a formula nor a terminal obeys.
pub(super) fn harmless(text: &str) -> String {
    let starts = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    let shown = visible(text);
    match text.trim_start_matches(' ').starts_with(starts) {
        true => format!("'{shown}"),
        false => shown.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::money::Fen;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_would_guess_at_is_a_formula_of_a_text() {
        let id = |text: &str| Cell::Identifier(text.to_string());
        let text = |text: &str| Cell::Text(text.to_string());
        let table = [
            (id("00123"), "=\"00123\""),
            (id("+8613800000000"), "=\"+8613800000000\""),
            (id("110101199003072345"), "=\"110101199003072345\""),
            (id("12E5"), "=\"12E5\""),
            (id("A\"B"), "=\"A\"\"B\""),
            (id(""), ""),
            (Cell::List(vec!["SF1".into(), "SF2".into()]), "=\"SF1 SF2\""),
            (Cell::List(vec![]), ""),
            (text("王小明"), "王小明"),
            (text("Ann Lee"), "Ann Lee"),
            (text("MAR1"), "=\"MAR1\""),
            (text("1-2"), "=\"1-2\""),
            (text("True"), "=\"True\""),
            (text(" x"), "=\" x\""),
            (text("=1+1"), "=\"=1+1\""),
            (text("=HYPERLINK(\"x\")"), "=\"=HYPERLINK(\"\"x\"\")\""),
            (text("\"&1"), "=\"\"\"&1\""),
            (text("\t=1"), "=\"␉=1\""),
            (Cell::Money(Fen(8_050)), "80.50"),
            (Cell::Word("repair"), "repair"),
            (Cell::None, ""),
        ];
        for (cell, expected) in table {
            assert_eq!(kept(&cell), expected);
        }
        // Too long for a text in a formula.
        let long = "=1".repeat(200);
        assert_eq!(kept(&text(&long)), format!("'{long}"));
    }

    #[test]
    fn a_plain_cell_is_neither_run_by_a_spreadsheet_nor_obeyed_by_a_terminal() {
        let table = [
            ("王小明", "王小明"),
            ("=1+1", "'=1+1"),
            ("+86 138", "'+86 138"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" =1", "' =1"),
            ("＝1", "'＝1"),
            ("\t=1", "'␉=1"),
            ("\rx", "'␍x"),
            ("a=1", "a=1"),
            ("\u{1b}[2Jx", "␛[2Jx"),
            ("a\u{202e}b", "a‹U+202E›b"),
            ("two\nlines", "two␊lines"),
        ];
        for (text, cell) in table {
            assert_eq!(harmless(text), cell, "{text:?}");
        }
    }

    proptest! {
        /// Whatever a person wrote, a spreadsheet runs nothing of it: a cell that begins like a formula
        /// is one text in quotes from its beginning to its end.
        #[test]
        fn no_text_is_run(written in any::<String>(), is_identifier: bool) {
            let cell = match is_identifier {
                true => Cell::Identifier(written),
                false => Cell::Text(written),
            };
            let kept = kept(&cell);
            let first = kept.trim_start().chars().next();
            match first {
                Some('=') => {
                    let inner = kept.strip_prefix("=\"").and_then(|it| it.strip_suffix('"'));
                    let inner = inner.expect("a text in quotes");
                    prop_assert!(!inner.replace("\"\"", "").contains('"'), "{}", kept);
                }
                Some(c) => prop_assert!(!"+-@\t\r＝＋－＠".contains(c), "{}", kept),
                None => {}
            }
        }
    }
}
