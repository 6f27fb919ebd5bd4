//! Invented cases at every stage and outcome, made through the same actions as the screens use.
//! Floor F5; pure: nothing is read or written here.
//!
//! [`build`] gives the batches one after another, case by case in the order in which the calls came,
//! so that a desk of a hundred thousand cases needs no more memory than one of forty. The same day,
//! seed and number give the same batches.
//!
//! | module | what |
//! |---|---|
//! | [`script`] | one story being played: a clock, the staff, the records so far |
//! | [`stories`] | what happens in each story |
//! | [`people`] | invented callers and products |
//! | [`plan`] | which stories, and when they begin |

pub mod people;
pub mod plan;
pub mod script;
pub mod stories;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::desk::change::Batch;
use crate::work::case::Knowledge;

/// How many cases the demo desk has unless more are asked for: each story once.
pub fn usual() -> usize {
    stories::ALL.iter().map(|story| story.cases).sum()
}

/// The batches of a demo desk with `cases` cases (at least [`usual`]) as it stands on `today`.
pub fn build(
    today: NaiveDate,
    seed: u64,
    cases: usize,
    knowledge: &Arc<Knowledge>,
) -> impl Iterator<Item = Batch> {
    let knowledge = Arc::clone(knowledge);
    plan::plan(seed, cases)
        .into_iter()
        .flat_map(move |entry| script::play(&entry, today, &knowledge))
}
