//! I.N: what earlier repairs of the same serial number add.

use crate::terms::assessment::{Conflict, Item};
use crate::terms::choice::{Choice, Set};
use crate::terms::day::Day;
use crate::terms::facts::{
    Answer, FactName, PeriodStatus, Repair, RepairBy, RepairCause, RepairField, RepairKind,
};
use crate::terms::order::{FAR, range};
use crate::terms::version::{ExtensionStart, Readings, Terms};

/// What one earlier repair can add.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extension {
    /// Counts for sure.
    pub(super) must: bool,
    /// The first and last day its 60 days may end, if it counts.
    pub(super) low: i32,
    pub(super) high: i32,
    /// The sending back stands in a broken order.
    pub(super) suspect: bool,
}

/// Whether a repair certainly counts (`Some(true)`), may count (`Some(false)`) or never does.
pub(super) fn counts(repair: &Repair, readings: &Readings) -> Option<bool> {
    let fits = qualifying(repair, readings);
    let may = fits.iter().all(|(_, yes, _)| *yes);
    may.then(|| fits.iter().all(|(_, _, no)| !*no))
}

/// For each field that makes a repair count: may it count, may it not?
///
/// I.N: done, at the factory, a repair and no upgrade, out of warranty then; no cause is asked for,
/// but 'no fault found' is no repair.
pub(super) fn qualifying(repair: &Repair, readings: &Readings) -> [(RepairField, bool, bool); 5] {
    fn part<T: Choice>(field: RepairField, set: Set<T>, good: &[T]) -> (RepairField, bool, bool) {
        let may = set.any(good);
        let may_not = set.iter().any(|value| !good.contains(&value));
        (field, may, may_not)
    }
    let status = match (
        readings.extension_after_warranty_repair,
        readings.extension_after_extension,
    ) {
        (false, false) => &[PeriodStatus::Out][..],
        (true, false) => &[PeriodStatus::Out, PeriodStatus::In],
        (false, true) => &[PeriodStatus::Out, PeriodStatus::Extension],
        (true, true) => PeriodStatus::ALL,
    };
    [
        part(RepairField::By, repair.by, &[RepairBy::Factory]),
        part(
            RepairField::Cause,
            repair.cause,
            &[RepairCause::Quality, RepairCause::NonQuality],
        ),
        part(RepairField::Done, repair.done, &[Answer::Yes]),
        part(RepairField::Kind, repair.kind, &[RepairKind::Repair]),
        part(RepairField::PeriodStatus, repair.period_status, status),
    ]
}

/// The broken orders of one earlier repair.
pub(super) fn broken_repair(index: usize, repair: &Repair, today: i32) -> Vec<Conflict> {
    let at = |field| Item::Repair(u16::try_from(index).unwrap_or(u16::MAX), field);
    let dates = [
        (RepairField::RepairedOn, range(repair.repaired_on)),
        (RepairField::SentBackOn, range(repair.sent_back_on)),
        (RepairField::DeliveredOn, range(repair.delivered_on)),
    ];
    let [repaired, sent, delivered] = dates;
    let mut found = Vec::new();
    for (field, (low, _)) in dates {
        if low > today {
            found.push(Conflict::Later(at(field), Item::Fact(FactName::AsOf)));
        }
    }
    let sent_known = repair.sent_back_on.day().is_some();
    for (first, second) in [(repaired, sent), (sent, delivered), (repaired, delivered)] {
        let direct = first.0 == RepairField::SentBackOn || second.0 == RepairField::SentBackOn;
        if first.1.0 > second.1.1 && (direct || !sent_known) {
            found.push(Conflict::Later(at(first.0), at(second.0)));
        }
    }
    found
}

/// The date of an earlier repair from which its extension runs (`EXT-START`).
pub(super) const fn start_field(readings: &Readings) -> RepairField {
    match readings.extension_start {
        ExtensionStart::Repaired => RepairField::RepairedOn,
        ExtensionStart::SentBack => RepairField::SentBackOn,
        ExtensionStart::Delivered => RepairField::DeliveredOn,
    }
}

/// The day from which an earlier repair's extension runs, where it is known.
pub(super) fn start(repair: &Repair, readings: &Readings) -> Option<Day> {
    match readings.extension_start {
        ExtensionStart::Repaired => repair.repaired_on.day(),
        ExtensionStart::SentBack => repair.sent_back_on.day(),
        ExtensionStart::Delivered => repair.delivered_on.day(),
    }
}

/// I.N: what an earlier repair can add, `None` where it never counts.
pub(super) fn extension(
    index: usize,
    repair: &Repair,
    today: i32,
    terms: &Terms,
) -> Option<Extension> {
    let must = counts(repair, &terms.readings)?;
    let suspect = !broken_repair(index, repair, today).is_empty();
    let repaired = range(repair.repaired_on);
    let sent = range(repair.sent_back_on);
    let delivered = range(repair.delivered_on);
    let (low, high) = match terms.readings.extension_start {
        _ if suspect => (-FAR, FAR),
        ExtensionStart::Repaired => (repaired.0, repaired.1.min(sent.1).min(delivered.1)),
        ExtensionStart::SentBack => (sent.0.max(repaired.0), sent.1.min(delivered.1)),
        ExtensionStart::Delivered => (delivered.0.max(sent.0).max(repaired.0), delivered.1),
    };
    let high = if suspect { FAR } else { high.min(today) };
    let days = terms.numbers.extension_days;
    Some(Extension {
        must,
        low: if low > -FAR { low + days } else { -FAR },
        high: if high < FAR { high + days } else { FAR },
        suspect,
    })
}
