//! A case as one line: what lists show and what queries ask for. Time-free: whether it is late is
//! `due < today`, asked when it is drawn.

use chrono::{DateTime, NaiveDate, Utc};

use crate::desk::id::EntityId;
use crate::desk::money::Fen;

use super::standing::{GoodsAt, Stage, Wait};

/// One case in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The case.
    pub id: EntityId,
    /// Its number; none while it is a call.
    pub number: Option<String>,
    /// When it began.
    pub begun_at: DateTime<Utc>,
    /// Where the work stands.
    pub stage: Stage,
    /// The next day that counts, where the terms give one.
    pub due: Option<NaiveDate>,
    /// Who or what is waited for.
    pub wait: Option<Wait>,
    /// Since which day.
    pub waiting_since: Option<NaiveDate>,
    /// Where the goods are.
    pub goods: GoodsAt,
    /// How it was closed.
    pub outcome: Option<&'static str>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// What is asked for.
    pub service: Option<&'static str>,
    /// The caller's name.
    pub caller: Option<String>,
    /// The digits of the caller's phone, without country prefix.
    pub phone: Option<String>,
    /// The model.
    pub model: Option<String>,
    /// The serial number.
    pub serial: Option<String>,
    /// The bag label.
    pub label: Option<String>,
    /// The shelf.
    pub bin: Option<String>,
    /// Who looks after it.
    pub assignee: Option<String>,
    /// What the customer still owes.
    pub owed: Fen,
    /// The waybills of its parcels, incoming first.
    pub waybills: Vec<String>,
    /// The terms it was opened under.
    pub terms: Option<String>,
}
