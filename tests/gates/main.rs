//! What is meant is asked again where it is saved: several sessions on one file, each with its own
//! connection.

mod doors;
mod ending;
mod joins;
mod roles;
mod session;
mod together;
