//! `aftercare`: the after-sales desk in a terminal.
//!
//! Floors; a module uses only floors below it (`tests/floors.rs` reads the `use` lines):
//!
//! | floor | module | what it is |
//! |---|---|---|
//! | F5 | [`cli`], [`app`], [`terminal`] | arguments, the event loop and its threads, entering and restoring the terminal |
//! | F5 | [`demo`] | invented cases at every stage and outcome, made by the actions of `work` |
//! | F4 | [`ui`] | widgets, screens, keys, theme, words; never touches SQL |
//! | F4 | [`store`] | SQLite: open, migrate, save, search; never touches the screen |
//! | F3 | [`flow`] | state x event -> effects; no I/O, no clock |
//! | F2 | [`work`] | where a case stands and what may be done with it: standing, gates, actions |
//! | F1 | [`terms`] | the company's terms as one pure function from facts to an assessment |
//! | F0 | [`desk`] | facts, fields, changes, records, quotes, money, parcels |
//!
//! `desk`, `terms`, `work` and `flow` do no I/O and read no clock: `now` comes in with the event.

pub mod app;
pub mod cli;
pub mod demo;
pub mod desk;
pub mod flow;
pub mod store;
pub mod terminal;
pub mod terms;
pub mod ui;
pub mod work;
