//! What comes in files: cases for `check`, versions of the terms, working days, drafts.

use super::{cases, in_time, text};
use aftercare::cli::check::{read, reason::told};
use aftercare::cli::dated_file;
use aftercare::store::{Draft, DraftFile};
use aftercare::terms::{Calendar, Facts, Fault, Library, Terms};
use aftercare::ui::i18n::{Language, Words};
use proptest::prelude::*;

const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\"as_of\":\"2025-03-05\"",
    "{\"as_of\":\"2025-03-05\"}",
    "null",
    "\n",
    "\"unknown\"",
    "\"service\":\"return\"",
    "\"repairs\":[{}]",
    "\"receipt_date\":",
    "\"2025-02-30\"",
    "\\u0000",
    "\\ud800",
    "1e999",
    "true",
    "\u{1b}[31m",
    "\u{202e}",
    " ",
    "\"not_yet\"",
];
const TOML: &[&str] = &[
    "from = \"2027-01-01\"\n",
    "[numbers]\n",
    "[clauses]\n",
    "=",
    "\"",
    "'''",
    "[",
    "]",
    "\n",
    "7",
    "#",
    ".",
    "en = \"x\"\n",
    "holidays = []\n",
    "year = 2027\n",
    "[[",
    "{",
    "}",
    "\u{1b}",
    "\u{202e}",
    "2027-01-01",
    ",",
];

/// What is read of an input: the cases, and the words for what stopped it.
fn read_all(input: &[u8]) -> (Vec<Facts>, Option<String>) {
    let (mut facts, mut stopped) = (Vec::new(), None);
    for case in read::cases(input) {
        match case {
            Ok(case) => facts.push(case),
            Err(bad) => {
                let [english, chinese] = Language::ALL.map(|it| told(&Words::new(it), &bad));
                assert!(chinese.starts_with('第'), "{chinese}");
                stopped = Some(english);
            }
        }
    }
    (facts, stopped)
}

/// A text with a few of its bytes changed, left out or doubled.
fn damaged(whole: String, at: &[(prop::sample::Index, u8, u8)]) -> Vec<u8> {
    let mut bytes = whole.into_bytes();
    for (at, how, byte) in at {
        let at = at.index(bytes.len().max(1));
        match how % 3 {
            0 if at < bytes.len() => bytes[at] = *byte,
            1 if at < bytes.len() => drop(bytes.remove(at)),
            _ => bytes.insert(at, *byte),
        }
    }
    bytes
}

fn damage() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, u8)>> {
    prop::collection::vec(any::<(prop::sample::Index, u8, u8)>(), 0..4)
}

/// A line of a fault is a line there is, and nothing in its words reaches a terminal as anything but
/// text.
fn assert_told(text: &str, fault: &Fault) {
    assert!(
        (1..=text.lines().count() + 1).contains(&fault.line),
        "{fault}"
    );
    for language in Language::ALL {
        let said = dated_file::told(&Words::new(language), &fault.reason);
        assert!(!said.is_empty() && !said.starts_with("file-"), "{said}");
        assert!(!said.contains(is_hidden), "{said:?}");
    }
}

/// A character that a terminal obeys, or that hides or turns text.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn cases_are_read_the_same_when_written_otherwise(
        keys in prop::collection::btree_map(
            prop::sample::select(vec!["as_of", "service", "receipt_date", "activated", "proof", "repairs", "fault", "test_result"]),
            prop::sample::select(vec!["\"2025-03-05\"", "null", "\"unknown\"", "\"return\"", "\"yes\"", "[]", "\"not_yet\"", "7", "[{}]"]),
            0..6),
        damage in damage(),
    ) {
        let line = keys.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect::<Vec<_>>().join(",");
        let bytes = damaged(format!("{{{line}}}\n"), &damage);
        let (facts, stopped) = read_all(&bytes);
        if let Some(said) = &stopped {
            prop_assert!(said.starts_with("line "), "{}", said);
            prop_assert!(!said.contains(|c: char| c.is_control()), "{:?}", said);
        } else if let Ok(values) = serde_json::Deserializer::from_slice(&bytes).into_iter().collect::<Result<Vec<serde_json::Value>, _>>() {
            let again: String = values.iter().map(|value| format!("\n\t{value:#}")).collect();
            // A key given twice is refused, never taken for the last.
            prop_assert_eq!(read_all(again.as_bytes()), (facts, None));
        }
    }

    #[test]
    fn any_bytes_given_to_check_are_read_or_refused_in_words(text in text(JSON), tail in prop::collection::vec(any::<u8>(), 0..6)) {
        let bytes = [text.as_bytes(), &tail].concat();
        let (facts, stopped) = read_all(&bytes);
        if let Some(said) = stopped {
            prop_assert!(!said.contains(is_hidden), "{:?}", said);
        } else {
            prop_assert!(!facts.is_empty() || bytes.iter().all(u8::is_ascii_whitespace), "{:?} is nothing", bytes);
        }
    }

    #[test]
    fn terms_are_read_whole_or_refused_with_their_line(damage in damage(), text in text(TOML)) {
        for bytes in [damaged(Terms::built_in_text().to_string(), &damage), text.into_bytes()] {
            let Ok(text) = String::from_utf8(bytes) else { continue };
            match Terms::parse(&text) {
                Ok(terms) => {
                    prop_assert_eq!(Terms::parse(&text).unwrap().hash, terms.hash);
                    let mut library = Library::built_in();
                    if library.add_dated(&text).is_ok() {
                        prop_assert_eq!(library.in_force(terms.from).from, terms.from);
                    }
                }
                Err(fault) => assert_told(&text, &fault),
            }
        }
    }

    #[test]
    fn working_days_are_read_or_refused_and_a_refused_file_changes_nothing(damage in damage(), text in text(TOML)) {
        let built_in = include_str!("../../assets/calendar/cn.toml").to_string();
        for bytes in [damaged(built_in, &damage), text.into_bytes()] {
            let Ok(text) = String::from_utf8(bytes) else { continue };
            let mut calendar = Calendar::built_in();
            let years: Vec<bool> = (2000..2060).map(|year| calendar.knows(year)).collect();
            if let Err(fault) = calendar.add(&text) {
                assert_told(&text, &fault);
                let after: Vec<bool> = (2000..2060).map(|year| calendar.knows(year)).collect();
                prop_assert_eq!(after, years);
            }
        }
    }

    #[test]
    fn a_draft_comes_back_as_it_was_whatever_was_typed(
        who in any::<String>(), text in any::<Option<String>>(), search in any::<String>(),
        case in any::<Option<i64>>(), field in any::<Option<(u32, String)>>(), caret in any::<(usize, usize)>(),
    ) {
        let draft = Draft { who, text, search, case, field, caret, ..Draft::default() };
        let bytes = serde_json::to_vec(&draft).unwrap();
        prop_assert_eq!(serde_json::from_slice::<Draft>(&bytes).unwrap(), draft);
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_damaged_draft_is_claimed_or_put_aside_and_never_stops_the_desk(damage in damage()) {
        let home = tempfile::tempdir().unwrap();
        let db = home.path().join("desk.db");
        let mut dead = DraftFile::begin(&db, "li").unwrap();
        let draft = Draft { who: "li".into(), text: Some("王小".into()), case: Some(7), ..Draft::default() };
        dead.save(&draft).unwrap();
        drop(dead);
        let folder = home.path().join("desk.db.drafts");
        let path = |ending: &str| std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path())
            .find(|path| path.extension().is_some_and(|e| e == ending));
        let json = path("json").unwrap();
        let whole = std::fs::read_to_string(&json).unwrap();
        let bytes = damaged(whole, &damage);
        std::fs::write(&json, &bytes).unwrap();
        let mut session = DraftFile::begin(&db, "li").unwrap();
        match session.claim_orphans().unwrap() {
            Some(found) => prop_assert_eq!(&found.who, "li"),
            // Somebody else's by now, or no draft: still there.
            None => {
                let left = path("unreadable").or(path("json")).unwrap();
                prop_assert_eq!(std::fs::read(left).unwrap(), bytes);
            }
        }
    }
}

#[test]
fn a_megabyte_of_brackets_is_refused_in_a_moment() {
    for piece in ["[", "{\"as_of\":", "\"", "{", "9", "[[a]]\n", "a.", "a={"] {
        in_time(piece, move || {
            let flood = piece.repeat((1 << 20) / piece.len());
            let (facts, stopped) = read_all(flood.as_bytes());
            assert_eq!(facts, []);
            assert!(stopped.is_some_and(|said| said.chars().count() < 400));
            assert!(Terms::parse(&flood).is_err());
            assert!(Calendar::built_in().add(&flood).is_err());
            assert!(serde_json::from_str::<Draft>(&flood).is_err());
        });
    }
}
