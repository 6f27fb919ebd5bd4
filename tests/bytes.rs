//! Raw bytes for everything that reads: no parser panics, none takes long, and what one of them takes
//! means something: it prints and reads again as the same, and what it refuses is told by a typed
//! fault. Far more cases with `AFTERCARE_LONG=1`.

#[path = "bytes/files.rs"]
mod files;
#[path = "bytes/keys.rs"]
mod keys;
#[path = "support/long.rs"]
mod long;
#[path = "bytes/values.rs"]
mod values;

use long::is_long;
use proptest::prelude::*;
use proptest::test_runner::Config;

/// How many cases: more by far with `AFTERCARE_LONG=1`.
pub fn cases(normal: u32) -> Config {
    Config {
        cases: if is_long() { normal * 50 } else { normal },
        failure_persistence: None,
        ..Config::default()
    }
}

/// Text made of `pieces` and of anything, so that a parser gets past its first character.
pub fn text(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(pieces).prop_map(str::to_string),
        1 => "\\PC",
        1 => any::<char>().prop_map(String::from),
    ];
    let made = prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat());
    prop_oneof![6 => made, 1 => any::<String>()]
}

/// Runs on a thread that is given up after a time no parser needs: a megabyte takes a moment, and
/// hours where the work grows with the square of it.
pub fn in_time(what: &str, work: impl FnOnce() + Send + 'static) {
    let (sender, done) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        work();
        let _ = sender.send(());
    });
    let ended = done.recv_timeout(std::time::Duration::from_secs(60));
    match ended {
        Err(std::sync::mpsc::RecvTimeoutError::Timeout) => panic!("{what} does not end"),
        _ => thread.join().unwrap_or_else(|_| panic!("{what} fails")),
    }
}
