//! The parts of a case's screens.

pub mod checks;
pub mod form;
pub mod history;
pub mod quote;
pub mod summary;
pub mod value;
