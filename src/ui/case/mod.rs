//! The pieces of the screens of a case.

pub mod checks;
pub mod form;
pub mod history;
pub mod quote;
pub mod say;
pub mod summary;
mod teller;
pub mod value;
