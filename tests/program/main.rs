//! The real program as people start it: in a real pseudo-terminal, as processes on one file, struck in
//! every way. Most of these tests wait for a process or a disk, so they are one program of tests and
//! wait at the same time.

#[path = "../memory/mod.rs"]
mod memory;
#[path = "../support/mod.rs"]
#[macro_use]
mod support;

mod cut_off;
mod desk;
mod export;
mod faults;
mod hostile;
mod journeys;
mod people;
mod terminals;
mod together;
