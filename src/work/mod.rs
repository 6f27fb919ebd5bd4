//! Where a case stands and what may be done with it. Floor F2; pure.

pub mod grants;
pub mod row;
pub mod standing;
