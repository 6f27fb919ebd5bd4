//! Every way in which a session can be struck, done for real to the real program in a real terminal.
//! After each of them every field that was left is there, at most the last second of typing is
//! missing, the person is told in words, the terminal is as it was, and nothing about a customer
//! stands on standard error.

mod clock;
mod disk;
mod ends;
mod gone;
mod locks;
mod mount;
mod panics;
mod seat;
