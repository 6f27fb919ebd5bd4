//! The terms against tables, against a second, plain reading of them, and against brute force.

#[path = "terms/cases.rs"]
mod cases;
#[path = "terms/clauses.rs"]
mod clauses;
#[path = "terms/command.rs"]
mod command;
#[path = "terms/files.rs"]
mod files;
#[path = "terms/generate.rs"]
mod generate;
#[path = "support/long.rs"]
mod long;
#[path = "terms/properties.rs"]
mod properties;
#[path = "terms/reference.rs"]
mod reference;
#[path = "terms/tables.rs"]
mod tables;
