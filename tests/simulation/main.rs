//! Many sessions on one file lose nothing: schedules made up at random, the same for the same seed.
//!
//! A failure prints its seed; `AFTERCARE_SEED=<seed> cargo test --test simulation <test>` runs it alone.
//! `AFTERCARE_LONG=1` runs thousands.

mod check;
mod dice;
mod disk;
mod line;
#[path = "../support/long.rs"]
mod long;
mod moment;
mod person;
mod place;
mod power;
mod seeds;
mod session;
mod sessions;
mod vfs;
mod world;
