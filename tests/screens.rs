//! The screens as pictures in text, in both languages. `INSTA_UPDATE=always cargo test --test
//! screens` writes them anew; look at each one that changed.

#[path = "screens/asked.rs"]
mod asked;
#[path = "screens/bench.rs"]
mod bench;
#[path = "screens/board.rs"]
mod board;
#[path = "screens/cases.rs"]
mod cases;
#[path = "screens/joins.rs"]
mod joins;
mod memory;
#[path = "screens/overlays.rs"]
mod overlays;
#[path = "screens/support.rs"]
mod support;
#[path = "screens/together.rs"]
mod together;
