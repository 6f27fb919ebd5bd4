//! Text that means harm: typed, pasted, given as an argument, put into the file and beside it by hand.
//! It never reaches a terminal raw, on any screen or in any message; nothing panics; nothing is drawn
//! where it does not belong; a frame takes no longer for it; and it is still there, made visible.

mod beside;
mod clean;
mod drawn;
mod keyed;
mod said;
mod stored;
mod typed;
