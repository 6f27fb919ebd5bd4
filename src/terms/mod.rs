//! The company's terms as one pure function. Floor F1.
//!
//! [`assess`] goes from [`Facts`], [`Terms`] and a [`Calendar`] to an [`Assessment`]: the return,
//! the warranty, freight each way, the fee, the gates, the repair time, and the readings that
//! shaped the answer. It reads no clock and no file, and it never fails: however little is known,
//! it says what is decided and what is missing.
//!
//! A decision stands where every completion of the unknown facts that breaks no order gives it; a
//! fact is missing where two completions that differ only in it are told apart. Neither is found by
//! trying completions at large (the tests do that): yes/no facts are tried out where a rule uses one
//! twice, dates are solved as difference constraints.
//!
//! | module | clauses |
//! |---|---|
//! | `returns` | A.B1, A.B2, A.X1-A.X7 |
//! | `warranty` | I.1a, I.1b, I.2, I.N |
//! | `freight` | III.1, III.2, and the fee of IV.4 |
//! | `process` | IV.4, IV.5, IV.5p |
//! | `notices` | II, III.N, IV.1-IV.3, V, VI, and every code of the reading's part 2 |

pub mod ask;
pub mod assessment;
pub mod calendar;
pub mod choice;
pub mod clause;
pub mod day;
pub mod facts;
pub mod fault;
pub mod findings;
mod freight;
pub mod notice;
mod notices;
mod order;
mod process;
mod returns;
pub mod version;
mod warranty;

pub use ask::{Branch, Question, ask_next, both_ways};
pub use assessment::{Area, Assessment};
pub use calendar::Calendar;
pub use choice::{Choice, Set};
pub use clause::ClauseId;
pub use day::Day;
pub use facts::{FactName, Facts, Repair, RepairField, Value, When};
pub use fault::{Fault, FileReason};
pub use findings::{Finding, Mark, What};
pub use notice::{Notice, NoticeCode};
pub use version::{Library, Terms};

/// Decides a case by the terms.
pub fn assess(facts: &Facts, terms: &Terms, calendar: &Calendar) -> Assessment {
    let mut assessment = decide(facts, terms, calendar);
    assessment.notices = notices::collect(facts, terms, calendar, &assessment);
    assessment
}

/// The decisions alone, without notices.
fn decide(facts: &Facts, terms: &Terms, calendar: &Calendar) -> Assessment {
    let line = order::Timeline::of(facts);
    let (returns, outlook) = returns::decide(facts, &line, terms);
    let (warranty, period) = warranty::decide(facts, &line, terms);
    let last = outlook.refused_if_shipped_by;
    let if_refused = (last < order::FAR && facts.service.has(facts::Service::ReturnElseRepair))
        .then(|| warranty::if_shipped_by(last, facts, &line, terms));
    let settled = freight::Settled {
        returns: &returns,
        outlook: &outlook,
        warranty: &warranty,
        period,
        if_refused,
    };
    let (freight, fee, fees) = freight::decide(facts, &settled);
    let gates = process::gates(facts, &warranty, &fee, fees);
    let work = process::Work {
        facts,
        line: &line,
        calendar,
        days: terms.numbers.repair_working_days,
        returns: &returns,
        warranty: &warranty,
        fee: &fee,
    };
    let repair_time = work.time();
    Assessment {
        returns,
        warranty,
        freight,
        fee,
        gates,
        repair_time,
        notices: Vec::new(),
    }
}
