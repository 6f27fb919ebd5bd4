//! What the screens look like: widgets, screens, keys, theme, words. Floor F4.

pub mod faults;
pub mod format;
pub mod i18n;
pub mod text;
pub mod theme;
pub mod widgets;
