//! The file over the years: older schemas, backups, restoring, damage, and what is kept beside it.

mod fixtures;
