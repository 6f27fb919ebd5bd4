//! What lies behind a fault of the file or the system, typed; the words for it are in `assets/i18n`
//! (`cause-...`), and what the system said itself is kept as a detail.

use std::io;

/// What lies behind a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The system would not.
    System {
        /// What kind of refusal it was.
        kind: io::ErrorKind,
        /// What the system said.
        said: String,
    },
}

impl Cause {
    /// The cause behind an error of the system.
    pub fn system(error: &io::Error) -> Cause {
        Cause::System {
            kind: error.kind(),
            said: error.to_string(),
        }
    }
}
