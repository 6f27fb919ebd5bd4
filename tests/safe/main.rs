//! The file over the years: older schemas, backups, restoring, damage, and what is kept beside it.

mod backups;
mod damage;
mod doctor;
mod fixtures;
mod kills;
mod place;
#[path = "../support/mod.rs"]
mod pty;
mod restores;
mod sessions;
#[path = "../store/support.rs"]
#[allow(dead_code)] // a part of it is used here
mod support;

use pty::long;
