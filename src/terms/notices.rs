//! Where another reading would give something else, and what stands beside a decision.

use super::assessment::Assessment;
use super::calendar::Calendar;
use super::facts::Facts;
use super::notice::{Notice, NoticeCode};
use super::version::Terms;

/// Every notice of a case.
pub(super) fn collect(
    _facts: &Facts,
    _terms: &Terms,
    _calendar: &Calendar,
    _assessment: &Assessment,
) -> Vec<Notice> {
    vec![Notice::new(NoticeCode::CorruptII, None)]
}
