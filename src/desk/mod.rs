//! The model: facts, fields, changes, records. Floor F0; pure.

pub mod day;
pub mod fold;
pub mod money;
pub mod phone;
pub mod scan;
pub mod serial;
pub mod yesno;
