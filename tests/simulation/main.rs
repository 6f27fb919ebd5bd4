//! Many sessions on one file lose nothing: schedules made up at random, the same for the same seed.
//!
//! A failure prints its seed; `AFTERCARE_SEED=<seed> cargo test --test simulation <test>` runs it alone.
//! `AFTERCARE_LONG=1` runs thousands.

mod dice;
mod disk;
mod place;
mod power;
mod seeds;
mod vfs;
