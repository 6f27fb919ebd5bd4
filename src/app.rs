//! The event loop: keys and ticks in, effects out.
