//! What lies behind a fault of the file or the system, in words.

use std::io::ErrorKind;

use crate::desk::encoding::Foreign;
use crate::store::cause::Sqlite;
use crate::store::{Cause, Trouble};
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;

/// What lies behind a fault, as part of a sentence. What the system said itself is told where there
/// are no words for it, what SQLite said always: whoever mends the file looks for it.
pub fn told(words: &Words, cause: &Cause) -> String {
    let one =
        |id: &str, name: &str, text: &str| words.say_with(id, &[(name, Arg::Text(&visible(text)))]);
    match cause {
        Cause::System { kind, said } => match system_id(*kind) {
            Some(id) => words.say(id).into_owned(),
            None => one("cause-system", "said", said),
        },
        Cause::Sqlite { kind, said } => one(sqlite_id(*kind), "said", said),
        Cause::Value { what, text } => words.say_with(
            "cause-value",
            &[
                ("what", Arg::Text(what)),
                ("text", Arg::Text(&visible(text))),
            ],
        ),
        Cause::LooseLink { table } => one("cause-loose-link", "table", table),
        Cause::OtherLog => words.say("cause-other-log").into_owned(),
        Cause::OtherSchema { name } => one("cause-other-schema", "name", name),
    }
}

/// What a text is written in that should be UTF-8, and what to do, as part of a sentence.
pub fn encoding(words: &Words, foreign: Foreign) -> String {
    words
        .say(&format!("encoding-{}", foreign.code()))
        .into_owned()
}

/// What lies behind an error of the system.
pub fn system(words: &Words, error: &std::io::Error) -> String {
    told(words, &Cause::system(error))
}

/// Why an open file would not be read or written, as part of a sentence.
pub fn trouble(words: &Words, trouble: &Trouble) -> String {
    let id = match trouble {
        Trouble::Busy => "cause-busy",
        Trouble::Full => "cause-full",
        Trouble::ReadOnly => "cause-only-read",
        Trouble::NoPermission => "cause-permission",
        Trouble::Gone => "cause-gone",
        Trouble::Damaged(cause) => {
            let why = told(words, cause);
            return words.say_with("cause-damaged", &[("why", Arg::Text(&why))]);
        }
        Trouble::Other(cause) => return told(words, cause),
    };
    words.say(id).into_owned()
}

/// The words for what SQLite met.
fn sqlite_id(kind: Sqlite) -> &'static str {
    match kind {
        Sqlite::Malformed => "cause-malformed",
        Sqlite::NotADatabase => "cause-no-database",
        Sqlite::Disk => "cause-disk",
        Sqlite::Column => "cause-column",
        Sqlite::Schema => "cause-schema",
        Sqlite::Disagrees => "cause-disagrees",
        Sqlite::Other => "cause-sqlite",
    }
}

/// The words for a refusal of the system.
fn system_id(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "cause-not-found",
        ErrorKind::PermissionDenied => "cause-permission",
        ErrorKind::AlreadyExists => "cause-exists",
        ErrorKind::IsADirectory => "cause-is-folder",
        ErrorKind::NotADirectory => "cause-no-folder",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "cause-full",
        ErrorKind::FileTooLarge => "cause-too-large",
        ErrorKind::ReadOnlyFilesystem => "cause-read-only",
        ErrorKind::InvalidData => "cause-no-text",
        ErrorKind::UnexpectedEof => "cause-ends-early",
        ErrorKind::BrokenPipe => "cause-nobody-reads",
        _ => return None,
    })
}
