//! How a name is found: whatever of dots, apostrophes, hyphens, accents and Chinese variants it is
//! written with. One folding for what is kept and for what is typed; what is shown stays as it was
//! typed.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use any_ascii::any_ascii_char;
use hanconv::RawDictionary;

use crate::desk::fold::fold_trim;

use super::cut::{all, either, pieces, quoted};

/// How many letters of a Latin word are kept as its beginnings.
const LATIN: usize = 10;

/// Traditional characters and variants to simplified ones, character by character: a name has no
/// words around it that would tell more, and a key need not be read.
static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let one = |text: &str| {
        let mut chars = text.chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    RawDictionary::TSCharacters
        .iter()
        .filter_map(|(from, to)| Some((one(from)?, one(to)?)))
        .collect()
});

/// A stretch of a name that is found as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Run {
    /// Characters without spaces between words.
    Wide(Vec<char>),
    /// A word in letters.
    Latin(String),
}

/// The stretches of a name, folded.
pub(super) fn runs(name: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    for c in fold_trim(name).chars().flat_map(char::to_lowercase) {
        if is_mark(c) {
            continue;
        }
        if is_wide(c) && c.is_alphanumeric() {
            let c = SIMPLIFIED.get(&c).copied().unwrap_or(c);
            match runs.last_mut() {
                Some(Some(Run::Wide(chars))) => chars.push(c),
                _ => runs.push(Some(Run::Wide(vec![c]))),
            }
            continue;
        }
        let mut alone = [0; 4];
        let plain: &str = match has_plain_letters(c) {
            true => any_ascii_char(c),
            false => c.encode_utf8(&mut alone),
        };
        for c in plain.chars() {
            let c = c.to_ascii_lowercase();
            match runs.last_mut() {
                _ if !c.is_alphanumeric() => runs.push(None),
                Some(Some(Run::Latin(word))) => word.push(c),
                _ => runs.push(Some(Run::Latin(c.to_string()))),
            }
        }
    }
    runs.into_iter().flatten().collect()
}

/// An accent that stands by itself behind its letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Latin, Greek and Cyrillic letters, and the marks among them that stand for an apostrophe.
fn has_plain_letters(c: char) -> bool {
    matches!(u32::from(c), 0xC0..=0x52F | 0x1E00..=0x1FFF)
}

/// Chinese characters, kana, hangul: scripts in which a name has no spaces.
pub(super) fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// The same with neighbours of one script in one piece: `Jean-Pierre` as `jeanpierre`.
fn joined(runs: &[Run]) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    for run in runs {
        match (joined.last_mut(), run) {
            (Some(Run::Wide(chars)), Run::Wide(more)) => chars.extend(more),
            (Some(Run::Latin(word)), Run::Latin(more)) => word.push_str(more),
            _ => joined.push(run.clone()),
        }
    }
    joined
}

/// The ends of a name that begin with one of its stretches: what may be typed without a break.
fn ends(runs: &[Run]) -> impl Iterator<Item = Run> {
    (0..runs.len()).filter_map(|at| joined(runs.get(at..)?).into_iter().next())
}

/// The tokens of a name.
pub(super) fn tokens(name: &str, tokens: &mut BTreeSet<String>) {
    for end in ends(&runs(name)) {
        match end {
            Run::Wide(chars) => {
                tokens.extend(chars.iter().map(|c| format!("n{c}")));
                tokens.extend(pieces(&chars, 2).map(|two| format!("n{two}")));
            }
            Run::Latin(word) => {
                let mut beginning = String::from("n");
                for c in word.chars().take(LATIN) {
                    beginning.push(c);
                    tokens.insert(beginning.clone());
                }
            }
        }
    }
}

/// Cases with a name that has these stretches, each by itself or in one piece.
pub(super) fn query(runs: &[Run]) -> Option<String> {
    let mut ways: Vec<String> = Vec::new();
    for runs in [runs.to_vec(), joined(runs)] {
        let tokens: Vec<String> = runs.iter().flat_map(run_tokens).collect();
        let way = (!tokens.is_empty()).then(|| all(tokens));
        ways.extend(way.filter(|way| !ways.contains(way)));
    }
    (!ways.is_empty()).then(|| either(ways))
}

fn run_tokens(run: &Run) -> Vec<String> {
    match run {
        Run::Wide(chars) if chars.len() == 1 => {
            chars.iter().map(|c| quoted(&format!("n{c}"))).collect()
        }
        Run::Wide(chars) => pieces(chars, 2)
            .map(|two| quoted(&format!("n{two}")))
            .collect(),
        Run::Latin(word) => {
            let beginning: String = word.chars().take(LATIN).collect();
            vec![quoted(&format!("n{beginning}"))]
        }
    }
}

/// Whether a name has these stretches, each by itself or in one piece.
pub(super) fn has(name: &str, wanted: &[Run]) -> bool {
    let ends: Vec<Run> = ends(&runs(name)).collect();
    let has_all = |wanted: &[Run]| {
        wanted
            .iter()
            .all(|part| ends.iter().any(|end| begins(end, part)))
    };
    !wanted.is_empty() && (has_all(wanted) || has_all(&joined(wanted)))
}

/// Whether a name is these stretches and nothing else.
pub(super) fn is_whole(name: &str, wanted: &[Run]) -> bool {
    joined(&runs(name)) == joined(wanted)
}

fn begins(end: &Run, part: &Run) -> bool {
    match (end, part) {
        (Run::Wide(name), Run::Wide(part)) => name
            .windows(part.len())
            .any(|window| window == part.as_slice()),
        (Run::Latin(name), Run::Latin(part)) => name.starts_with(part.as_str()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_falls_into_its_stretches() {
        let wide = |text: &str| Run::Wide(text.chars().collect());
        let latin = |text: &str| Run::Latin(text.to_string());
        let table = [
            ("王小明", vec![wide("王小明")]),
            ("張偉", vec![wide("张伟")]),
            ("艾力·买买提", vec![wide("艾力"), wide("买买提")]),
            ("Ann Lee", vec![latin("ann"), latin("lee")]),
            ("王Ann", vec![wide("王"), latin("ann")]),
            ("ＡＮＮ", vec![latin("ann")]),
            ("Müller", vec![latin("muller")]),
            ("Weiß", vec![latin("weiss")]),
            (" -- ", vec![]),
        ];
        for (name, expected) in table {
            assert_eq!(runs(name), expected, "{name}");
        }
    }

    /// Each row is one name, however it is written: each writing finds each.
    const NAMES: &[&[&str]] = &[
        &[
            "O'Brien",
            "obrien",
            "O’Brien",
            "OBRIEN",
            "O Brien",
            "Oʼbrien",
        ],
        &[
            "艾力·买买提",
            "艾力买买提",
            "艾力•买买提",
            "艾力．买买提",
            "艾力 买买提",
            "艾力・買買提",
        ],
        &[
            "Jean-Pierre",
            "jeanpierre",
            "jean pierre",
            "JEAN-PIERRE",
            "Jean‐Pierre",
        ],
        &["Müller", "muller", "MÜLLER", "Mu\u{308}ller"],
        &["Łukasz", "lukasz", "ŁUKASZ"],
        &["Søren Ørsted", "soren orsted", "Soren-Orsted"],
        &["Weiß", "weiss", "WEISS"],
        &["Æsa", "aesa"],
        &["José García", "jose garcia", "Jose\u{301} Garci\u{301}a"],
        &["Nguyễn", "nguyen"],
        &["Şahin Çelik", "sahin celik"],
        &["張偉", "张伟"],
        &["劉國學", "刘国学"],
        &["鄭麗華", "郑丽华", "郑麗華"],
        &["峯", "峰"],
        &["Иванов", "ivanov", "ИВАНОВ"],
        &["D.J. Smith", "dj smith", "D J Smith"],
    ];

    #[test]
    fn a_name_is_found_however_it_is_written() {
        for row in NAMES {
            for stored in *row {
                let mut kept = BTreeSet::new();
                tokens(stored, &mut kept);
                for typed in *row {
                    let wanted = runs(typed);
                    assert!(has(stored, &wanted), "{stored} by {typed}");
                    assert!(is_whole(stored, &wanted), "{stored} by {typed}");
                    let in_one_piece = joined(&wanted);
                    let asked = in_one_piece.iter().flat_map(run_tokens);
                    for token in asked {
                        let token = token.trim_matches('"');
                        assert!(kept.contains(token), "{stored} by {typed}: {token}");
                    }
                }
            }
        }
    }

    #[test]
    fn another_name_is_another() {
        for (stored, typed) in [
            ("O'Brien", "brian"),
            ("张伟", "张韦"),
            ("Müller", "miller"),
            ("Jean-Pierre", "jean paul"),
            ("艾力·买买提", "买力"),
        ] {
            assert!(!has(stored, &runs(typed)), "{stored} by {typed}");
        }
    }

    proptest! {
        #[test]
        fn any_name_finds_itself_and_tokens_are_letters_and_digits(name in any::<String>()) {
            let wanted = runs(&name);
            if !wanted.is_empty() {
                prop_assert!(is_whole(&name, &wanted));
                prop_assert!(has(&name, &wanted));
            }
            let mut kept = BTreeSet::new();
            tokens(&name, &mut kept);
            prop_assert!(kept.iter().all(|token| token.chars().all(char::is_alphanumeric)));
        }
    }
}
