//! The model: facts, fields, changes, records. Floor F0; pure.
