//! What the screens look like: widgets, screens, keys, theme, words. Floor F4.
//!
//! [`screen::draw`] draws everything; [`keymap::event`] turns a key into what flow takes in.

pub mod ambiguous;
pub mod board;
pub mod case;
pub mod case_screen;
pub mod faults;
pub mod format;
pub mod i18n;
pub mod keymap;
pub mod lock_screen;
pub mod notes;
pub mod overlays;
pub mod receiving_screen;
pub mod screen;
pub mod text;
pub mod theme;
pub mod widgets;
