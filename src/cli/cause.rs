//! What lies behind a fault of the file or the system, in words.

use std::io::ErrorKind;

use crate::store::Cause;
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;

/// What lies behind a fault, as part of a sentence. What the system said itself is told where there
/// are no words for it.
pub fn told(words: &Words, cause: &Cause) -> String {
    match cause {
        Cause::System { kind, said } => match system_id(*kind) {
            Some(id) => words.say(id).into_owned(),
            None => words.say_with("cause-system", &[("said", Arg::Text(&visible(said)))]),
        },
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
