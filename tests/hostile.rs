//! Text that means harm: typed, pasted, given as an argument, put into the file and beside it by hand.
//! It never reaches a terminal raw, on any screen or in any message; nothing panics; nothing is drawn
//! where it does not belong; a frame takes no longer for it; and it is still there, made visible.

mod memory;
#[macro_use]
mod support;

#[path = "hostile/beside.rs"]
mod beside;
#[path = "hostile/clean.rs"]
mod clean;
#[path = "hostile/drawn.rs"]
mod drawn;
#[path = "hostile/keyed.rs"]
mod keyed;
#[path = "hostile/said.rs"]
mod said;
#[path = "hostile/stored.rs"]
mod stored;
#[path = "hostile/typed.rs"]
mod typed;
