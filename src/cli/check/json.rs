//! An assessment as the JSON object of the contract: every part present, every list sorted.

use serde_json::{Value, json};

use crate::terms::assessment::{Assessment, Conflict, Missing};
use crate::terms::{Choice, Day, Notice, Set, Terms};
use crate::ui::i18n::{Arg, Words};

/// The object for one case.
pub fn object(words: &Words, assessment: &Assessment, terms: &Terms) -> Value {
    let returns = &assessment.returns;
    let warranty = &assessment.warranty;
    let freight = &assessment.freight;
    let gates = &assessment.gates;
    let time = &assessment.repair_time;
    let mut waiting = gates.repair_waits.clone();
    waiting.add(&gates.send_waits);
    json!({
        "return": {
            "decision": returns.decision.code(),
            "reasons": codes(returns.reasons),
            "missing": returns.missing.codes(),
            "conflicts": conflicts(&returns.conflicts),
            "staff": codes(returns.staff),
            "last_request_day": date(returns.last_request.map(|count| count.last)),
            "send_in_last_day": date(returns.send_in.map(|count| count.last)),
        },
        "warranty": {
            "decision": warranty.decision.code(),
            "period": warranty.period.code(),
            "basis": warranty.basis.map(Choice::code),
            "last_covered_day": date(warranty.last_covered),
            "extension_last_day": date(warranty.extension.map(|count| count.last)),
            "reasons": codes(warranty.reasons),
            "missing": warranty.missing.codes(),
            "conflicts": conflicts(&warranty.conflicts),
            "staff": codes(warranty.staff),
        },
        "freight": {
            "in": freight.inward.code(),
            "back": freight.back.code(),
            "missing": freight.missing.codes(),
            "conflicts": conflicts(&freight.conflicts),
            "staff": codes(freight.staff),
        },
        "fee": { "repair": assessment.fee.repair.code() },
        "gates": {
            "may_repair": gates.may_repair.code(),
            "may_send_back": gates.may_send_back.code(),
            "waiting_for": waiting.codes(),
        },
        "repair_time": {
            "due": date(time.due.as_ref().map(|count| count.last)),
            "in_time": time.in_time.map(|yes| if yes { "yes" } else { "no" }),
            "missing": missing(&time.missing),
            "conflicts": conflicts(&time.conflicts),
        },
        "notices": assessment
            .notices
            .iter()
            .map(|notice| json!({
                "code": notice.code.code(),
                "clause": notice.clause.code(),
                "date": date(notice.date),
                "text": text(words, notice, terms),
            }))
            .collect::<Vec<Value>>(),
    })
}

/// A notice in words.
pub fn text(words: &Words, notice: &Notice, terms: &Terms) -> String {
    let date = notice.date.map(|day| day.to_string()).unwrap_or_default();
    words.say_with(
        &notice.message_id(),
        &[
            ("date", Arg::Text(&date)),
            ("version", Arg::Text(terms.short_hash())),
        ],
    )
}

fn date(day: Option<Day>) -> Value {
    day.map_or(Value::Null, |day| Value::String(day.to_string()))
}

fn codes<T: Choice>(set: Set<T>) -> Vec<&'static str> {
    let mut codes: Vec<&str> = set.iter().map(Choice::code).collect();
    codes.sort_unstable();
    codes
}

fn missing(missing: &Missing) -> Vec<String> {
    missing.codes()
}

fn conflicts(conflicts: &[Conflict]) -> Vec<String> {
    let mut codes: Vec<String> = conflicts.iter().map(Conflict::to_string).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
