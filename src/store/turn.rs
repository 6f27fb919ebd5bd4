//! Waiting for one's turn to write.
//!
//! SQLite's own waiting sleeps longer and longer, up to a tenth of a second: with fifty writers on a
//! disk that takes 20 ms for a flush, the file lies idle while everybody sleeps, and some wait for
//! seconds. Here everybody looks again after a step or two, so that the next writer begins when the
//! last one has ended.

use std::cell::Cell;
use std::time::{Duration, Instant};

use rusqlite::Connection;

/// How long a statement waits for another process that is writing.
pub const BUSY: Duration = Duration::from_secs(5);

/// The first looks come this close together, the later ones [`LATER`]: who waits for long waits behind
/// many, and they all look.
const STEP: Duration = Duration::from_millis(1);
const LATER: Duration = Duration::from_millis(3);
/// So many looks are early ones.
const EARLY: i32 = 20;

thread_local! {
    /// When the statement that waits on this thread began to.
    static SINCE: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Lets the statements of a connection wait for their turn, [`BUSY`] at most.
pub(super) fn take_turns(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_handler(Some(wait_a_step))
}

/// Called by SQLite while somebody else writes; `looks` is how often it was for this statement.
fn wait_a_step(looks: i32) -> bool {
    let began = match SINCE.get() {
        Some(began) if looks > 0 => began,
        _ => Instant::now(),
    };
    SINCE.set(Some(began));
    if began.elapsed() >= BUSY {
        return false;
    }
    std::thread::sleep(if looks < EARLY { STEP } else { LATER });
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::{ErrorCode, TransactionBehavior};

    fn two(folder: &std::path::Path) -> [Connection; 2] {
        [(); 2].map(|()| {
            let conn = Connection::open(folder.join("file.db")).unwrap();
            conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
                .unwrap();
            take_turns(&conn).unwrap();
            conn
        })
    }

    #[test]
    fn whoever_waits_writes_as_soon_as_the_other_has_ended() {
        let folder = tempfile::tempdir().unwrap();
        let [mut first, mut second] = two(folder.path());
        let holds = first
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .unwrap();
        std::thread::scope(|scope| {
            let waits = scope.spawn(move || {
                let began = Instant::now();
                let turn = second.transaction_with_behavior(TransactionBehavior::Immediate);
                turn.map(|_| began.elapsed())
            });
            std::thread::sleep(Duration::from_millis(300));
            drop(holds);
            let waited = waits.join().unwrap().unwrap();
            assert!(waited < BUSY, "{waited:?}");
        });
    }

    #[test]
    fn nobody_waits_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let [mut first, mut second] = two(folder.path());
        let _holds = first
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .unwrap();
        let began = Instant::now();
        let turn = second.transaction_with_behavior(TransactionBehavior::Immediate);
        let fault = turn.err().and_then(|fault| fault.sqlite_error_code());
        assert_eq!(fault, Some(ErrorCode::DatabaseBusy));
        assert!(began.elapsed() >= BUSY);
    }
}
