//! The sentence to say to the customer, by where the case stands.

use super::teller::Teller;
use chrono::NaiveDate;

use crate::desk::field::Field;
use crate::desk::ledger::price_is_open;
use crate::desk::scan::Courier;
use crate::terms::day::Day;
use crate::ui::format;
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;
use crate::work::case::Case;
use crate::work::standing::{Blocker, GoodsAt, Stage, Wait};
use crate::work::verdict::Tri;

/// What to say to the customer who asks now.
pub fn sentence(case: &Case, words: &Words) -> String {
    let teller = Teller { case, words };
    match case.standing.stage {
        Stage::Call => teller.call(),
        Stage::Triage => teller.say("say-triage"),
        Stage::AwaitingParcel => teller.send_in(),
        Stage::Inspection => teller.inspection(),
        Stage::Decision => teller.left_to_decide(),
        Stage::Quote => teller.say("say-quote"),
        Stage::Answer => teller.answer(),
        Stage::Repair => teller.repair(),
        Stage::Dispatch => teller.dispatch(),
        Stage::Settling => teller.settling(),
        Stage::Closing | Stage::Closed => teller.end(),
    }
}

impl Teller<'_> {
    fn day_of(&self, field: Field) -> String {
        self.case
            .record
            .day(field)
            .map(|day| self.day(day))
            .unwrap_or_default()
    }

    fn call(&self) -> String {
        let is_return = self.case.record.choice(Field::Service) == Some("return");
        if is_return && self.case.verdict.take_back == Tri::No {
            return self.say("say-call-return-refused");
        }
        self.say("say-call")
    }

    fn send_in(&self) -> String {
        if self.case.record.day(Field::DispatchDate).is_some() {
            let date = self.day_of(Field::DispatchDate);
            return self.with("say-on-the-way", &[("date", &date)]);
        }
        let centre = &self.case.terms().service_centre;
        let last = self.case.verdict.send_in_last_day;
        let last = last.filter(|_| self.case.given().is_return());
        let date = last.map(|day| format::day_with_weekday(self.words, day, self.case.today));
        let date = date.unwrap_or_default();
        let args = [
            ("name", &*centre.name),
            ("address", &*centre.address),
            ("contact", &*centre.contact),
            ("phone", &*centre.phone),
            ("email", &*centre.email),
            ("date", &*date),
        ];
        let id = if date.is_empty() {
            "say-send"
        } else {
            "say-send-by"
        };
        let mut said = self.with(id, &args);
        if let Some(number) = self.case.record.text(Field::Number) {
            said = join(&said, &self.with("say-number", &[("number", number)]));
        }
        said
    }

    fn inspection(&self) -> String {
        let id = if self.case.given().is_return() {
            "say-inspection-return"
        } else {
            "say-inspection"
        };
        let date = self.day_of(Field::ArrivalDate);
        self.with(id, &[("date", &date)])
    }

    fn left_to_decide(&self) -> String {
        let given = self.case.given();
        if given.is_return() && given.may_take_back() {
            return self.say("say-return-accepted");
        }
        self.say("say-decision")
    }

    fn answer(&self) -> String {
        let total = self.case.quote.total().map(format::money);
        let date = self.day_of(Field::QuoteIssuedOn);
        let args = [("total", total.as_deref().unwrap_or("")), ("date", &*date)];
        self.with("say-answer", &args)
    }

    fn repair(&self) -> String {
        let standing = &self.case.standing;
        if standing.blockers.contains(&Blocker::RepairNotConfirmed) {
            return self.say("say-confirm");
        }
        match standing.wait {
            Some((wait @ (Wait::Parts | Wait::Engineering | Wait::Retest), _)) => {
                let what = self.say(&format!("wait-{}", wait.code()));
                self.with("say-repair-waits", &[("what", &what)])
            }
            _ => match self.case.verdict.repair_due {
                Some(due) if due >= self.case.today => {
                    self.with("say-repair-due", &[("date", &self.day(due))])
                }
                _ => self.say("say-repair"),
            },
        }
    }

    fn dispatch(&self) -> String {
        let record = &self.case.record;
        let open = self.case.ledger.open();
        if record.day(Field::CameBackOn).is_some() && !self.case.given().contact_is_confirmed() {
            self.say("say-came-back")
        } else if !open.is_zero() && self.case.ledger.fee_open().is_zero() {
            self.with("say-pay-freight", &[("amount", &format::money(open))])
        } else if !open.is_zero() {
            self.with("say-pay", &[("amount", &format::money(open))])
        } else if !self.case.given().contact_is_confirmed() {
            self.say("say-address")
        } else if self.case.given().outcome_when_sent_back() == "return_refused" {
            self.say("say-refused-back")
        } else {
            self.say("say-going-back")
        }
    }

    /// What is still to be paid, by whom.
    fn settling(&self) -> String {
        let ledger = &self.case.ledger;
        if !ledger.credit().is_zero() {
            let amount = format::money(ledger.credit());
            return self.with("say-credit", &[("amount", &amount)]);
        }
        let by = self.case.record.choice(Field::PriceBackBy);
        match by.filter(|_| price_is_open(&self.case.record)) {
            Some("company") => self.say("say-price-back"),
            Some(by) => {
                let by = format::option(self.words, Field::PriceBackBy, by);
                self.with("say-price-back-by", &[("by", &by)])
            }
            None => {
                let amount = format::money(ledger.open());
                self.with("say-still-open", &[("amount", &amount)])
            }
        }
    }

    fn end(&self) -> String {
        let record = &self.case.record;
        if self.case.standing.goods == GoodsAt::OnTheWayBack
            && let Some(waybill) = record.text(Field::WaybillBack)
        {
            let courier = courier(self.case, self.words).unwrap_or_default();
            let waybill = visible(waybill);
            let date = self.day_of(Field::SentBackOn);
            let args = [
                ("courier", &*courier),
                ("waybill", &*waybill),
                ("date", &*date),
            ];
            let mut said = self.with("say-on-its-way", &args);
            if let Some((days, last)) = extension(self.case) {
                let last = self.day(last);
                let args = [
                    ("days", Arg::Number(i64::from(days))),
                    ("last", Arg::Text(&last)),
                ];
                said = join(&said, &self.words.say_with("say-sent-extension", &args));
            }
            return said;
        }
        let outcome = record
            .choice(Field::Closed)
            .map(|code| format::option(self.words, Field::Closed, code));
        match outcome {
            Some(_) if record.choice(Field::Closed) == Some("joined") => self.say("say-joined"),
            Some(outcome) => self.with("say-closed", &[("outcome", &outcome)]),
            None => self.say("say-going-back"),
        }
    }
}

/// Two sentences in one pair of quotation marks.
fn join(first: &str, second: &str) -> String {
    let first = first.trim_end_matches('”');
    let second = second.trim_start_matches('“');
    let space = if first.ends_with('。') { "" } else { " " };
    format!("{first}{space}{second}")
}

/// The courier of the way back.
pub fn courier(case: &Case, words: &Words) -> Option<String> {
    let code = case.record.text(Field::CourierBack)?;
    Some(match Courier::from_code(code) {
        Some(courier) => format::courier(words, courier),
        None => visible(code).into_owned(),
    })
}

/// The extended warranty that a repair out of warranty brings (I.N): its days and its last day.
pub fn extension(case: &Case) -> Option<(i32, NaiveDate)> {
    let record = &case.record;
    let sent_back = record.day(Field::SentBackOn)?;
    let is_repaired = matches!(
        record.choice(Field::RepairOutcome),
        Some("repaired" | "replaced")
    );
    let was_out = record.choice(Field::PeriodStatus) == Some("out");
    let days = case.terms().numbers.extension_days;
    let last = Day::from_date(sent_back).plus(days).date();
    (is_repaired && was_out).then_some((days, last))
}
