//! The model: facts, fields, changes, records. Floor F0; pure.
//!
//! A case or a parcel is a [`record::Record`]: facts that its append-only [`change::Change`]s made.
//! Views such as [`quote::Quote`], [`ledger::Ledger`] and [`parcel::Parcel`] are read from a record
//! and never stored. Unknown is a value: a fact that nobody entered is simply not there.

pub mod booking;
pub mod change;
pub mod contact;
pub mod day;
pub mod encoding;
pub mod field;
pub mod fold;
pub mod id;
pub mod language;
pub mod ledger;
pub mod money;
pub mod now;
pub mod outcome;
pub mod parcel;
pub mod person;
pub mod phone;
pub mod pin;
pub mod quote;
pub mod record;
pub mod scan;
pub mod serial;
pub mod staff;
pub mod unseen;
pub mod value;
pub mod yesno;
