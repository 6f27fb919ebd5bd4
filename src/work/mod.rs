//! Where a case stands and what may be done with it. Floor F2; pure.
//!
//! [`case::Case`] is a record with everything that follows from it; [`standing`] says where it
//! stands; [`action::plan`] and [`parcels`] are the one gate every edit passes, when it is meant and
//! again when it is applied ([`intent`]).

pub mod action;
pub mod case;
pub mod earlier;
pub mod elsewhere;
pub mod facts;
pub mod findings;
pub mod grants;
pub mod guard;
pub mod intent;
pub mod join;
pub mod money;
pub mod parcels;
pub mod role;
pub mod row;
pub mod staff;
pub mod standing;
pub mod undo;
pub mod unit;
pub mod verdict;
