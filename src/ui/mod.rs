//! What the screens look like: widgets, screens, keys, theme, words. Floor F4.

pub mod i18n;
