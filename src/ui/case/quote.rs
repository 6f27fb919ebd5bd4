//! What stands under the lines of a quote: sums, where it stands, the money, where the terms are
//! silent.

use crate::desk::field::Field;
use crate::desk::quote::{Answer, QuoteState};
use crate::terms::assessment::{Fee, Payer};
use crate::ui::format;
use crate::ui::i18n::{Arg, Words};
use crate::ui::theme::Role;
use crate::work::case::Case;

/// The lines, most important first.
pub fn foot(case: &Case, words: &Words) -> Vec<(Role, String)> {
    let mut lines = vec![sum(case, words), state(case, words)];
    lines.extend(sums(case, words).map(|text| (Role::Muted, text)));
    let ledger = &case.ledger;
    if !ledger.due().is_zero() || !ledger.paid.is_zero() || !ledger.waived.is_zero() {
        let role = if ledger.open().is_zero() {
            Role::Met
        } else {
            Role::Open
        };
        lines.push((role, money(case, words)));
    }
    if let Some(ceiling) = case.record.fen(Field::AgreedCeiling) {
        let amount = format::money(ceiling);
        let args = [("amount", Arg::Text(&amount))];
        lines.push((Role::Plain, words.say_with("quote-ceiling", &args)));
    }
    lines.extend(
        silences(case, words)
            .into_iter()
            .map(|text| (Role::Notice, text)),
    );
    lines
}

fn sum(case: &Case, words: &Words) -> (Role, String) {
    match case.quote.total() {
        Some(total) => {
            let total = format::money(total);
            let args = [("total", Arg::Text(&total))];
            (Role::Heading, words.say_with("quote-total", &args))
        }
        None => (Role::Open, words.say("quote-total-open").into_owned()),
    }
}

fn sums(case: &Case, words: &Words) -> Option<String> {
    let has_freight = case.quote.lines.iter().any(|line| line.is_freight());
    let (fee, total) = (case.quote.fee()?, case.quote.total()?);
    let freight = total.checked_sub(fee)?;
    let (fee, freight) = (format::money(fee), format::money(freight));
    let args = [("fee", Arg::Text(&fee)), ("freight", Arg::Text(&freight))];
    has_freight.then(|| words.say_with("quote-sums", &args))
}

/// Where the quote stands: draft, told, answered.
pub fn state(case: &Case, words: &Words) -> (Role, String) {
    let record = &case.record;
    let version = Arg::Number(i64::from(case.quote.version));
    let day = |field| {
        record
            .day(field)
            .map(|day| format::day(words, day, case.today))
            .unwrap_or_default()
    };
    match case.quote.state {
        QuoteState::Empty => (Role::Muted, words.say("quote-empty").into_owned()),
        QuoteState::Draft => (
            Role::Open,
            words.say_with("quote-draft", &[("version", version)]),
        ),
        QuoteState::Issued => {
            let over = record
                .choice(Field::QuoteToldOver)
                .map(|code| format::option(words, Field::QuoteToldOver, code))
                .unwrap_or_default();
            let date = day(Field::QuoteIssuedOn);
            let args = [
                ("version", version),
                ("date", Arg::Text(&date)),
                ("over", Arg::Text(&over)),
            ];
            (Role::Open, words.say_with("quote-issued", &args))
        }
        QuoteState::Answered(answer) => {
            let date = day(Field::QuoteAcceptedDate);
            let args = [("version", version), ("date", Arg::Text(&date))];
            let (role, id) = match answer {
                Answer::Accepted => (Role::Met, "quote-accepted"),
                Answer::Declined => (Role::Refused, "quote-declined"),
                Answer::ByLine => (Role::Notice, "quote-by-line"),
            };
            (role, words.say_with(id, &args))
        }
    }
}

/// What is due, paid, waived and open.
pub fn money(case: &Case, words: &Words) -> String {
    let ledger = &case.ledger;
    let [due, paid, waived, open] =
        [ledger.due(), ledger.paid, ledger.waived, ledger.open()].map(format::money);
    let args = [
        ("due", Arg::Text(&due)),
        ("paid", Arg::Text(&paid)),
        ("waived", Arg::Text(&waived)),
        ("open", Arg::Text(&open)),
    ];
    words.say_with("quote-money", &args)
}

/// Where the terms say nothing and a quote is tempted to (`FEE-DIAG`, `QUOTE-SILENT`, `F-...`).
fn silences(case: &Case, words: &Words) -> Vec<String> {
    let is_told = case.quote.state == QuoteState::Issued;
    let freight = &case.assessment.freight;
    let freight_is_silent = freight.back == Payer::Unstated
        || (freight.back == Payer::Undetermined && freight.if_repaired.1 == Payer::Unstated);
    let fee = &case.assessment.fee;
    let may_charge = fee.repair != Fee::None;
    [
        is_told.then_some("quote-no-limit"),
        may_charge.then_some("quote-no-inspection-fee"),
        freight_is_silent.then_some("quote-no-freight"),
    ]
    .into_iter()
    .flatten()
    .map(|id| words.say(id).into_owned())
    .collect()
}
