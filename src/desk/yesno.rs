//! Yes and no, in the words people type in either language.

use super::fold::fold_trim;

const YES: [&str; 14] = [
    "y", "yes", "yep", "yeah", "ok", "true", "是", "是的", "对", "对的", "有", "好", "好的", "行",
];

const NO: [&str; 14] = [
    "n", "no", "nope", "none", "false", "否", "不", "不是", "不对", "无", "没", "没有", "不行",
    "非",
];

/// What `text` answers: `Some(true)` for yes, `Some(false)` for no, `None` for anything else
/// (which counts as unknown). Case, full-width letters and a closing full stop do not matter.
pub fn parse(text: &str) -> Option<bool> {
    let word = fold_trim(text).to_lowercase();
    let word = word.trim_end_matches(['.', '!']);
    if YES.contains(&word) {
        Some(true)
    } else if NO.contains(&word) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_languages_say_yes_and_no() {
        for word in ["y", "Y", "yes", "ＹＥＳ", " 是 ", "有", "是的。"] {
            assert_eq!(parse(word), Some(true), "{word}");
        }
        for word in ["n", "No", "ｎ", "否", "无", "没有"] {
            assert_eq!(parse(word), Some(false), "{word}");
        }
        for word in ["", "maybe", "是不是", "1", "不知道"] {
            assert_eq!(parse(word), None, "{word}");
        }
    }

    #[test]
    fn no_word_says_both() {
        assert!(YES.iter().all(|word| !NO.contains(word)));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in any::<String>()) {
            let answer = parse(&text);
            prop_assert_eq!(parse(&format!("  {text}\u{3000}")), answer);
        }
    }
}
