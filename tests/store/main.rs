//! The file behind the desk: what is saved stays, what is refused is untouched, what is said is found.

mod append_only;
mod badges;
mod callers;
mod commits;
mod crash;
mod links;
#[path = "../support/long.rs"]
mod long;
mod lookups;
mod opening;
mod refusals;
mod replay;
mod search;
#[path = "../support/spelling.rs"]
mod spelling;
mod staff;
mod support;
mod together;
mod worker;
