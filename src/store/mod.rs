//! SQLite: open, migrate, save, search. Floor F4.
