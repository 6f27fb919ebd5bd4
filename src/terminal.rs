//! Entering and restoring the terminal.
