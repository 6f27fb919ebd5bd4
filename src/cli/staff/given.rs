//! What was given on the command line, read and judged: names, badges, keys.

use std::io::{self, Read};
use std::path::Path;

use crate::cli::key::{self, Key, KeyFault};
use crate::cli::{Stop, cause};
use crate::desk::staff::{Badge, BadgeFault, NameFault, StaffName};
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;

/// A name.
///
/// # Errors
/// Why it is none, with the remedy.
pub fn name(text: &str, words: &Words) -> Result<StaffName, Stop> {
    StaffName::parse(text).map_err(|fault| {
        let (id, char) = match fault {
            NameFault::Empty => ("staff-name-empty", None),
            NameFault::TooLong => ("staff-name-too-long", None),
            NameFault::First(c) | NameFault::Character(c) => ("staff-name-character", Some(c)),
        };
        let name: String = text.chars().take(40).collect();
        let args = [
            ("name", Arg::Text(&visible(&name))),
            ("most", Arg::Number(StaffName::MAX as i64)),
            ("char", Arg::Text(&quoted(char))),
        ];
        Stop::refused(words.say_with(id, &args))
    })
}

/// What a badge says.
///
/// # Errors
/// Why it is none, with the remedy.
pub fn badge(text: &str, words: &Words) -> Result<Badge, Stop> {
    Badge::parse(text).map_err(|fault| {
        let (id, char) = match fault {
            BadgeFault::Length { .. } => ("staff-badge-length", None),
            BadgeFault::Character(c) => ("staff-badge-character", Some(c)),
            BadgeFault::Means => ("staff-badge-means", None),
        };
        let args = [
            ("least", Arg::Number(Badge::MIN as i64)),
            ("most", Arg::Number(Badge::MAX as i64)),
            ("char", Arg::Text(&quoted(char))),
        ];
        Stop::refused(words.say_with(id, &args))
    })
}

fn quoted(char: Option<char>) -> String {
    char.map_or_else(String::new, |c| format!("“{}”", visible(&c.to_string())))
}

/// A key from a file, or from standard input for `-`; never more of it than a key can have.
///
/// # Errors
/// Why it is none that can be entered, with the remedy.
pub fn key(file: &Path, words: &Words) -> Result<Key, Stop> {
    let mut bytes = Vec::new();
    let most = key::MOST as u64 + 1;
    let read = if file == Path::new("-") {
        io::stdin().take(most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|error| {
        let (path, why) = (file.display().to_string(), cause::system(words, &error));
        let args = [
            ("path", Arg::Text(&visible(&path))),
            ("why", Arg::Text(&why)),
        ];
        Stop::refused(words.say_with("key-unreadable", &args))
    })?;
    Key::parse(&bytes).map_err(|fault| {
        let (id, kind) = match &fault {
            KeyFault::Nothing => ("key-nothing", ""),
            KeyFault::TooLarge => ("key-too-large", ""),
            KeyFault::Private => ("key-private", ""),
            KeyFault::OtherForm => ("key-other-form", ""),
            KeyFault::Several => ("key-several", ""),
            KeyFault::Options => ("key-options", ""),
            KeyFault::Certificate => ("key-certificate", ""),
            KeyFault::Damaged => ("key-damaged", ""),
            KeyFault::Unknown(kind) => ("key-unknown", kind.as_str()),
            KeyFault::Weak(kind) => ("key-weak", kind.as_str()),
            KeyFault::Encoding(foreign) => {
                let why = cause::encoding(words, *foreign);
                let why = [("why", Arg::Text(&why))];
                return Stop::refused(words.say_with("key-encoding", &why));
            }
        };
        Stop::refused(words.say_with(id, &[("kind", Arg::Text(&visible(kind)))]))
    })
}
