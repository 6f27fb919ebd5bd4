//! What became of the goods at the bench, read from a record.

use super::change::Act;
use super::field::Field;
use super::id::ItemId;
use super::record::Record;

/// How the work at the bench ended; `None` while it goes on. A repair that is only chosen in the
/// form is not done yet: it counts when it is finished, since that passes the gates of IV.4. That
/// nothing is repaired passes no gate and counts at once.
pub fn finished(record: &Record) -> Option<&'static str> {
    let outcome = record.choice(Field::RepairOutcome)?;
    let counts = !is_work(outcome)
        || record
            .said(ItemId::SELF, Field::RepairOutcome)
            .is_some_and(|change| change.act == Act::Repair);
    counts.then_some(outcome)
}

/// Whether this way of ending is work carried out on the goods (IV.4 asks for agreement).
pub fn is_work(outcome: &str) -> bool {
    matches!(outcome, "repaired" | "replaced" | "upgraded")
}
