//! Why a desk was not opened, and which files it goes on without, in words.

use super::backup::time;
use super::{cause, dated_file};
use crate::app::opening::{Refused, Why};
use crate::store::{Cause, OpenFault, backup};
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;
use chrono_tz::Tz;
use std::path::Path;

/// Why a desk was not opened, with the way out of it, and that nothing was changed. Times are those of
/// `zone`.
pub fn fault(words: &Words, fault: &OpenFault, zone: Tz) -> String {
    let said = match fault {
        OpenFault::Damaged { path, .. } | OpenFault::Lost { path } => {
            format!("{}\n{}", plain(words, fault), way_out(words, path, zone))
        }
        _ => plain(words, fault),
    };
    format!("{said}\n{}", words.say("cli-unchanged"))
}

/// What is wrong with a file.
pub fn plain(words: &Words, fault: &OpenFault) -> String {
    match fault {
        OpenFault::NoPlace => words.say("cli-open-no-place").into_owned(),
        OpenFault::FolderMissing { folder, .. } => {
            at(words, "cli-open-folder-missing", folder, None)
        }
        OpenFault::NoPermission { path } => at(words, "cli-open-no-permission", path, None),
        OpenFault::ReadOnly { path } => at(words, "cli-open-read-only", path, None),
        OpenFault::IsFolder { path } => at(words, "cli-open-is-folder", path, None),
        OpenFault::NotADesk { path } => at(words, "cli-open-not-a-desk", path, None),
        OpenFault::Newer { path, have, know } => words.say_with(
            "cli-open-newer",
            &[
                ("path", Arg::Text(&shown(path))),
                ("have", Arg::Number(*have)),
                ("know", Arg::Number(*know)),
            ],
        ),
        OpenFault::Damaged { path, why } => at(
            words,
            "cli-open-damaged",
            path,
            Some(&cause::told(words, why)),
        ),
        OpenFault::Missing { path } => at(words, "cli-open-missing", path, None),
        OpenFault::Lost { path } => at(words, "cli-open-lost", path, None),
        OpenFault::Restoring { path } => at(words, "cli-open-restoring", path, None),
        OpenFault::Busy { path } => at(words, "cli-open-busy", path, None),
        OpenFault::Full { path } => at(words, "cli-open-full", path, None),
        OpenFault::Other { path, why } => at(
            words,
            "cli-open-other",
            path,
            Some(&cause::told(words, why)),
        ),
    }
}

/// The newest backup of a desk that is whole, with its newest change as a time in `zone`, and the
/// command that puts it back.
pub fn way_out(words: &Words, db: &Path, zone: Tz) -> String {
    let Some(backup) = backup::newest_good(db) else {
        return words.say("cli-open-no-backup").into_owned();
    };
    let command = format!(
        "aftercare --db {} restore {}",
        quoted(db),
        quoted(&backup.path)
    );
    let newest = time(backup.contents.newest, zone);
    words.say_with(
        "cli-open-backup",
        &[
            ("path", Arg::Text(&shown(&backup.path))),
            ("newest", Arg::Text(&newest)),
            ("command", Arg::Text(&command)),
        ],
    )
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = shown(path);
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,:=@%".contains(c);
    if text.chars().all(is_plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// The files the desk goes on without, one a line, with where and why.
pub fn refused(words: &Words, files: &[Refused]) -> String {
    let lines: Vec<String> = files.iter().map(|file| refused_file(words, file)).collect();
    lines.join("\n")
}

/// A file that is not used, with where and why.
pub(super) fn refused_file(words: &Words, file: &Refused) -> String {
    let path = shown(&file.path);
    match &file.why {
        Why::Unreadable(cause) => unreadable(words, &file.path, cause),
        Why::Encoding(found) => {
            let reason = cause::encoding(words, found.encoding);
            refused_line(words, &path, found.line, &reason)
        }
        Why::Fault(fault) => {
            let reason = dated_file::told(words, &fault.reason);
            refused_line(words, &path, fault.line, &reason)
        }
    }
}

fn refused_line(words: &Words, path: &str, line: usize, reason: &str) -> String {
    let line = Arg::Number(i64::try_from(line).unwrap_or(i64::MAX));
    words.say_with(
        "refused-fault",
        &[
            ("path", Arg::Text(path)),
            ("line", line),
            ("reason", Arg::Text(reason)),
        ],
    )
}

/// A file that cannot be read, with why.
pub(super) fn unreadable(words: &Words, path: &Path, cause: &Cause) -> String {
    let (path, reason) = (shown(path), cause::told(words, cause));
    words.say_with(
        "refused-unreadable",
        &[("path", Arg::Text(&path)), ("reason", Arg::Text(&reason))],
    )
}

fn at(words: &Words, id: &str, path: &Path, why: Option<&str>) -> String {
    let path = shown(path);
    let why = Arg::Text(why.unwrap_or_default());
    words.say_with(id, &[("path", Arg::Text(&path)), ("why", why)])
}

/// A path with control characters made visible.
pub(super) fn shown(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}
