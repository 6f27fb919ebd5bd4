//! What every journey through the real program needs: a pseudo-terminal with a screen behind it
//! ([`Desk`]), a small language of keys ([`keys`]), and a home of its own ([`Home`]).
//!
//! Nothing here sleeps for luck: every wait is for a condition, and says what it waited for and what
//! the screen showed when it gives up.
#![allow(dead_code, unused_imports)] // each test program uses a part of it

pub mod desk;
pub mod file;
pub mod home;
pub mod keys;
pub mod long;

pub use desk::{Desk, Program};
pub use home::Home;
pub use long::is_long;

/// Says by name that the running test was skipped and why; with `CI` set that is an error.
pub fn skip(why: &str) {
    let thread = std::thread::current();
    let name = thread.name().unwrap_or("a test");
    assert!(
        std::env::var_os("CI").is_none(),
        "{name} was skipped, and may not be in CI: {why}"
    );
    eprintln!("SKIPPED {name}: {why}");
}

/// Whether this machine can open a pseudo-terminal; otherwise why not.
pub fn pty_available() -> Result<(), String> {
    use portable_pty::{PtySize, native_pty_system};
    native_pty_system()
        .openpty(PtySize::default())
        .map(|_| ())
        .map_err(|e| format!("no pseudo-terminal here: {e}"))
}

/// Leaves the test, reported as skipped, where no pseudo-terminal can be opened.
#[macro_export]
macro_rules! need_pty {
    () => {
        if let Err(why) = $crate::support::pty_available() {
            $crate::support::skip(&why);
            return;
        }
    };
}
