//! The screens' state machine: state x event -> effects. Floor F3; pure.

pub mod editor;
pub mod typed;
