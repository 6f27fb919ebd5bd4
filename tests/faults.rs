//! Every way in which a session can be struck, done for real to the real program in a real terminal.
//! After each of them every field that was left is there, at most the last second of typing is
//! missing, the person is told in words, the terminal is as it was, and nothing about a customer
//! stands on standard error.

#[macro_use]
mod support;

#[path = "faults/clock.rs"]
mod clock;
#[path = "faults/disk.rs"]
mod disk;
#[path = "faults/ends.rs"]
mod ends;
#[path = "faults/gone.rs"]
mod gone;
#[path = "faults/locks.rs"]
mod locks;
#[path = "faults/mount.rs"]
mod mount;
#[path = "faults/panics.rs"]
mod panics;
#[path = "faults/seat.rs"]
mod seat;
