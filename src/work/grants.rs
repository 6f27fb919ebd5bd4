//! What a supervisor granted although the terms refuse it or leave it to staff. The computed
//! decision stays visible under it.

use chrono::{DateTime, Utc};

use crate::desk::field::Field;
use crate::desk::record::Record;
use crate::desk::value::Value;

/// What can be granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The return is taken although the terms refuse it or leave it open.
    Return,
    /// The repair is treated as covered.
    Warranty,
    /// No repair fee is taken.
    FreeRepair,
    /// The company pays the way back.
    FreeFreight,
}

impl Subject {
    /// Every subject.
    pub const ALL: [Subject; 4] = [
        Subject::Return,
        Subject::Warranty,
        Subject::FreeRepair,
        Subject::FreeFreight,
    ];

    /// The option of [`Field::GrantSubject`].
    pub fn code(self) -> &'static str {
        match self {
            Subject::Return => "return",
            Subject::Warranty => "warranty",
            Subject::FreeRepair => "free_repair",
            Subject::FreeFreight => "free_freight",
        }
    }
}

/// One exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// What.
    pub subject: Subject,
    /// Why.
    pub reason: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The exceptions of a case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grants(pub Vec<Grant>);

impl Grants {
    /// The exceptions of a record, oldest first.
    pub fn of(record: &Record) -> Grants {
        let grants = record.items_with(Field::GrantSubject).into_iter();
        Grants(
            grants
                .filter_map(|item| {
                    let fact = record.fact_of(item, Field::GrantSubject)?;
                    let Some(Value::Choice(code)) = fact.entry.value() else {
                        return None;
                    };
                    let subject = Subject::ALL.into_iter().find(|s| s.code() == *code)?;
                    Some(Grant {
                        subject,
                        reason: record
                            .text_of(item, Field::GrantReason)
                            .unwrap_or_default()
                            .to_string(),
                        who: fact.who.clone(),
                        at: fact.at,
                    })
                })
                .collect(),
        )
    }

    /// Whether this was granted.
    pub fn has(&self, subject: Subject) -> bool {
        self.0.iter().any(|grant| grant.subject == subject)
    }
}
