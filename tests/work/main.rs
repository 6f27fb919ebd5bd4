//! The pure floor of the case: where it stands, the gates, every action, undo; without a file and
//! without a screen.

mod closing;
mod desk;
mod joins;
mod parcels;
mod payments;
mod properties;
mod quotes;
mod repairs;
mod returns;
#[path = "../support/spelling.rs"]
mod spelling;
mod undo;
mod units;
