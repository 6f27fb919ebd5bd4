//! Characters that some terminals draw over one column and others over two ("East Asian Ambiguous"
//! width): quotes, dots, box lines, Greek and Cyrillic, accented Latin.
//!
//! GNU screen in a Chinese locale, xterm with `-cjk_width` and others draw them over two. There
//!
//! - what has a look-alike that is one column wide everywhere ([`stand_in`]) is shown as that, on the
//!   screen only: quotes, dots, arrows and lines, in our own words as in a customer's. So nothing of the
//!   layout moves.
//! - every other one (letters of names) is counted as two columns by the one function that counts
//!   ([`super::text::cluster_width`]), and its cell is marked as that wide ([`place`]).
//!
//! Whatever comes to the terminal without that mark is replaced on its way out
//! (`terminal::frugal`), so that nothing can be drawn over its neighbour even where a piece of a screen
//! forgets to count.
//!
//! How wide they are is known to the one thread that draws, while it draws ([`counting`]): it is a
//! property of the screen, and every layout of that frame has to agree on it.

use std::cell::Cell as Shared;
use std::num::NonZeroU16;

use ratatui::buffer::{Cell, CellDiffOption};
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthChar as _;

/// The columns a terminal takes for such characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ambiguous {
    /// One, as nearly everywhere.
    #[default]
    Narrow,
    /// Two.
    Wide,
}

impl Ambiguous {
    /// By its name on the command line.
    pub fn from_code(code: &str) -> Option<Ambiguous> {
        match code {
            "narrow" => Some(Ambiguous::Narrow),
            "wide" => Some(Ambiguous::Wide),
            _ => None,
        }
    }

    /// Its name on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Ambiguous::Narrow => "narrow",
            Ambiguous::Wide => "wide",
        }
    }
}

thread_local! {
    static COUNTED: Shared<Ambiguous> = const { Shared::new(Ambiguous::Narrow) };
}

/// Runs something on this thread during which they count so.
pub fn counting<T>(ambiguous: Ambiguous, run: impl FnOnce() -> T) -> T {
    /// Put back also when it panics.
    struct Back(Ambiguous);
    impl Drop for Back {
        fn drop(&mut self) {
            COUNTED.set(self.0);
        }
    }
    let _back = Back(COUNTED.replace(ambiguous));
    run()
}

/// Whether this thread counts them as two columns now.
pub fn are_wide() -> bool {
    COUNTED.get() == Ambiguous::Wide
}

/// Whether terminals differ about this character.
pub fn is_ambiguous(c: char) -> bool {
    !c.is_ascii() && c.width() == Some(1) && (c.width_cjk() == Some(2) || is_letter(c))
}

/// The letters and accents that are East Asian Ambiguous (UAX #11). `width_cjk` counts them as one
/// column; GNU screen and xterm draw them over two.
fn is_letter(c: char) -> bool {
    matches!(c,
        'ª' | 'º' | 'Æ' | 'Ð' | 'Ø' | 'Þ'..='á' | 'æ' | 'è'..='ê' | 'ì'..='í' | 'ð' | 'ò'..='ó'
        | 'ø'..='ú' | 'ü' | 'þ' | 'ā' | 'đ' | 'ē' | 'ě' | 'Ħ'..='ħ' | 'ī' | 'ı'..='ĳ' | 'ĸ'
        | 'Ŀ'..='ł' | 'ń' | 'ň'..='ŋ' | 'ō' | 'Œ'..='œ' | 'Ŧ'..='ŧ' | 'ū' | 'ǎ' | 'ǐ' | 'ǒ' | 'ǔ'
        | '¨' | '´' | '¸' | '\u{2c4}' | '\u{2c7}' | '\u{2c9}'..='\u{2cb}' | '\u{2cd}' | '\u{2d0}'
        | '\u{2d8}'..='\u{2db}' | '\u{2dd}' | '\u{2df}' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ɑ' | 'ɡ' | 'Α'..='Ρ' | 'Σ'..='Ω' | 'α'..='ρ' | 'σ'..='ω'
        | 'Ё' | 'А'..='я' | 'ё')
}

/// The character of a cluster that terminals differ about: its first, the others hang on it.
pub fn base(cluster: &str) -> Option<char> {
    cluster.chars().next().filter(|c| is_ambiguous(*c))
}

/// What looks alike and takes one column in every terminal: of signs, where no meaning is lost. The
/// signs of the theme have the same one as where only ASCII can be shown.
pub fn stand_in(c: char) -> Option<&'static str> {
    Some(match c {
        '“' | '”' | '„' | '‟' | '″' => "\"",
        '‘' | '’' | '‚' | '‛' | '′' | '´' => "'",
        '…' | '‥' | '∼' => "~",
        '·' | '•' | '‧' | '‐' | '‑' | '–' | '—' | '―' => "-",
        '×' => "x",
        '÷' | '∕' => "/",
        '→' | '⇒' | '▶' | '▷' => ">",
        '←' | '◀' | '◁' => "<",
        '↑' | '▲' | '△' => "^",
        '↓' | '▼' | '▽' => "v",
        '◇' | '○' | '◎' => "o",
        '◆' | '●' | '★' | '☆' | '※' => "*",
        '≠' => "#",
        '≒' | '≡' => "=",
        '│' | '┃' | '║' | '┆' | '┇' | '┊' | '┋' | '∣' => "|",
        '─' | '━' | '═' | '┄' | '┅' | '┈' | '┉' => "-",
        '\u{250c}'..='\u{254b}' | '\u{2552}'..='\u{2573}' => "+",
        '\u{fffd}' => "?",
        _ => return None,
    })
}

/// The columns of a cluster that takes one where such characters are narrow, as this thread counts.
pub fn columns(cluster: &str) -> u16 {
    let takes_two = are_wide() && base(cluster).is_some_and(|c| stand_in(c).is_none());
    1 + u16::from(takes_two)
}

/// What is shown of a cluster, as this thread counts.
pub fn shown(cluster: &str) -> &str {
    let other = base(cluster).filter(|_| are_wide()).and_then(stand_in);
    other.unwrap_or(cluster)
}

/// Puts a cluster into a cell, and marks the cell where it takes two columns that nothing but this
/// terminal would give it.
pub fn place(cell: &mut Cell, cluster: &str) {
    cell.set_symbol(shown(cluster));
    cell.set_diff_option(CellDiffOption::None);
    if base(cluster).is_some() && columns(cluster) == 2 {
        cell.set_diff_option(CellDiffOption::ForcedWidth(TWO));
    }
}

/// The cell behind a marked one: covered by it, and unlike every other cell, so that it is drawn when it
/// is covered no more. (GNU screen leaves half of the character there else.)
pub fn cover(cell: &mut Cell) {
    cell.reset();
    cell.modifier = Modifier::HIDDEN;
}

/// Whether a cell is marked by [`place`].
pub fn is_marked(cell: &Cell) -> bool {
    cell.diff_option == CellDiffOption::ForcedWidth(TWO)
}

const TWO: NonZeroU16 = NonZeroU16::MIN.saturating_add(1);

/// Where nothing in text stands: ideographs without a meaning, two columns wide each.
const PLACES: u32 = 0x3_8000;

/// A text for a layout that is not ours (that of the text area): each such character that takes two
/// columns here as one that takes two everywhere, to be put back by [`from_layout`].
pub fn for_layout(text: &str) -> String {
    let there = |c: char| match is_ambiguous(c) && stand_in(c).is_none() {
        true => char::from_u32(PLACES + u32::from(c)).filter(|place| place.width() == Some(2)),
        false => None,
    };
    text.chars().map(|c| there(c).unwrap_or(c)).collect()
}

/// What a laid-out cluster stands for.
pub fn from_layout(cluster: &str) -> Option<String> {
    let back = |c: char| {
        let number = u32::from(c).checked_sub(PLACES)?;
        char::from_u32(number).filter(|c| is_ambiguous(*c))
    };
    let first = cluster.chars().next().and_then(back)?;
    let rest = cluster.chars().skip(1);
    Some(std::iter::once(first).chain(rest).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::{clip, pad, width, wrap};
    use crate::ui::theme::{Sign, Theme};

    #[test]
    fn which_characters_terminals_differ_about() {
        for c in "…·│─◇→“”‘’—×°±éüøαДж▲≠".chars() {
            assert!(is_ambiguous(c), "{c}");
        }
        for c in "a~▸✓✗‹›王，。！？ｶ가🙂\u{301}\u{200b}".chars() {
            assert!(!is_ambiguous(c), "{c}");
        }
    }

    #[test]
    fn what_stands_in_takes_the_same_one_column_and_is_ascii() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            if let Some(other) = stand_in(c) {
                assert!(other.len() == 1 && other.is_ascii(), "{c}");
                assert_eq!(c.width(), Some(1), "{c}");
            }
        }
    }

    #[test]
    fn the_signs_of_the_theme_are_those_of_ascii_or_narrow_everywhere() {
        let (unicode, ascii) = (Theme::COLOURED, Theme::new(true, false));
        for sign in Sign::ALL {
            let shown = counting(Ambiguous::Wide, || shown(unicode.sign(sign)));
            let first = shown.chars().next().unwrap();
            assert!(!is_ambiguous(first), "{sign:?} is {shown}");
            if shown != unicode.sign(sign) {
                assert_eq!(shown, ascii.sign(sign), "{sign:?}");
            }
        }
    }

    #[test]
    fn a_text_is_counted_as_the_terminal_counts_it() {
        let table = [
            // What has a look-alike takes one column on both.
            ("“ESC” · 80 A … →", 16, 16),
            // Letters take two where the terminal draws them so.
            ("Шура", 4, 8),
            ("René", 4, 5),
            ("10 µΩ", 5, 6),
            ("王小明", 6, 6),
            ("e\u{301}", 1, 1),
            ("Ж\u{301}", 1, 2),
            ("abc", 3, 3),
        ];
        for (text, narrow, wide) in table {
            assert_eq!(width(text), narrow, "{text}");
            let counted = counting(Ambiguous::Wide, || width(text));
            assert_eq!(counted, wide, "{text}");
        }
        assert!(!are_wide());
    }

    #[test]
    fn texts_are_cut_filled_and_wrapped_by_the_same_count() {
        counting(Ambiguous::Wide, || {
            assert_eq!(clip("Шура", 5), "Шу…");
            assert_eq!(pad("Шу", 6), "Шу  ");
            assert_eq!(wrap("Шура Балаганов", 8), ["Шура", "Бала", "гано", "в"]);
        });
    }

    #[test]
    fn a_layout_that_is_not_ours_gives_two_columns_and_the_text_back() {
        for text in ["Шура Балаганов", "10 µΩ, René", "Ж\u{301}", "王小明 abc"]
        {
            let there = for_layout(text);
            assert_eq!(there.chars().count(), text.chars().count());
            let wide = counting(Ambiguous::Wide, || width(text));
            assert_eq!(width(&there), wide, "{text}");
            use unicode_segmentation::UnicodeSegmentation as _;
            let back: String = there
                .graphemes(true)
                .map(|cluster| from_layout(cluster).unwrap_or_else(|| cluster.to_string()))
                .collect();
            assert_eq!(back, text);
        }
    }

    #[test]
    fn a_panic_leaves_the_count_as_it_was() {
        let fails = || counting(Ambiguous::Wide, || panic!("while drawing"));
        assert!(std::panic::catch_unwind(fails).is_err());
        assert!(!are_wide());
    }
}
