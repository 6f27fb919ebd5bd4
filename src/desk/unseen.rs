//! Characters that nobody sees: controls, those that turn the direction of text, those that take no
//! room, those that mean nothing to anybody. In text from outside they are told by picture or number.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character is not seen, or turns what is. A joiner (U+200D) and the selectors of emoji are
/// among them: whoever knows what stands in front of them makes the exception.
pub fn is_unseen(c: char) -> bool {
    match c {
        ' '..='~' => false,
        // Spaces of every width are spaces.
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => {
            false
        }
        '\u{34F}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FFA0}'
        | '\u{FFFC}'
        | '\u{E0000}'..='\u{E0FFF}' => true,
        c => !is_printable(c),
    }
}

/// Whether the standard library would print it as it is: no control, no format character, nothing
/// private, unassigned or half of a pair.
fn is_printable(c: char) -> bool {
    // Behind a letter, where a combining mark is nothing strange.
    let mut buffer = [b'a', 0, 0, 0, 0];
    let length = match buffer.get_mut(1..) {
        Some(rest) => 1 + c.encode_utf8(rest).len(),
        None => return false,
    };
    let probe = buffer
        .get(..length)
        .and_then(|b| std::str::from_utf8(b).ok());
    probe.is_some_and(|probe| probe.escape_debug().nth(2).is_none())
}

/// What stands for a character that is not seen: a picture (`␛`), else its number (`‹U+202E›`).
pub fn push_shown(c: char, out: &mut String) {
    match (c, u32::from(c)) {
        ('\0'..='\u{1F}', code) => out.push(char::from_u32(0x2400 + code).unwrap_or('?')),
        ('\u{7F}', _) => out.push('\u{2421}'),
        // Writing to a String cannot fail.
        (_, code) => drop(write!(out, "‹U+{code:04X}›")),
    }
}

/// A text with its controls, and whatever else `is_wanted` says, shown; borrowed where there are none.
pub fn shown(text: &str, is_wanted: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_wanted) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_wanted(c) {
            push_shown(c, &mut out);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_and_what_is_not() {
        for seen in "a~é王ｶ가\u{301}ª½¤…￥\u{3000}👨שע\u{fffd}".chars() {
            assert!(!is_unseen(seen), "{seen:?}");
        }
        let hidden = "\0\u{1b}\u{7f}\u{9b}\u{ad}\u{200b}\u{200d}\u{200e}\u{202e}\u{2066}\u{2028}\
            \u{feff}\u{fe0f}\u{fff9}\u{e000}\u{e0001}\u{f0000}\u{10ffff}\u{fdd0}\u{378}\u{3164}";
        for hidden in hidden.chars() {
            assert!(is_unseen(hidden), "{hidden:?}");
        }
    }

    #[test]
    fn a_control_is_shown_by_its_picture_and_the_rest_by_number() {
        assert_eq!(
            shown("a\u{1b}[31m\u{9b}\u{7f}", is_unseen),
            "a␛[31m‹U+009B›␡"
        );
        assert!(matches!(shown("王小明", is_unseen), Cow::Borrowed(_)));
    }
}
