//! What stands under the lines of a quote: sums, where it stands, the money, where the terms are
//! silent.

use chrono::NaiveDate;

use crate::desk::booking::Booking;
use crate::desk::field::Field;
use crate::desk::ledger::price_is_open;
use crate::desk::quote::{Answer, QuoteState, last_refused};
use crate::terms::assessment::{Fee, Payer};
use crate::ui::format;
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;
use crate::ui::theme::Role;
use crate::work::action;
use crate::work::case::Case;

/// The lines, most important first.
pub fn foot(case: &Case, words: &Words) -> Vec<(Role, String)> {
    let mut lines = vec![sum(case, words), state(case, words)];
    lines.extend(sums(case, words).map(|text| (Role::Muted, text)));
    lines.extend(money(case, words));
    lines.extend(ceiling(case, words));
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

/// The ceiling agreed at the call, and whether it still answers.
fn ceiling(case: &Case, words: &Words) -> Option<(Role, String)> {
    let amount = format::money(case.record.fen(Field::AgreedCeiling)?);
    let refused = last_refused(&case.record).filter(|_| action::ceiling(case).is_none());
    Some(match refused {
        Some((version, _)) => {
            let args = [
                ("amount", Arg::Text(&amount)),
                ("version", Arg::Number(i64::from(version))),
            ];
            (Role::Notice, words.say_with("quote-ceiling-over", &args))
        }
        None => {
            let args = [("amount", Arg::Text(&amount))];
            (Role::Plain, words.say_with("quote-ceiling", &args))
        }
    })
}

fn sums(case: &Case, words: &Words) -> Option<String> {
    let has_freight = case.quote.lines.iter().any(|line| line.is_freight());
    let (fee, freight) = case.quote.sums()?;
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
                Answer::Accepted if case.quote.is_accepted_by_ceiling(record) => {
                    (Role::Met, "quote-accepted-ceiling")
                }
                Answer::Accepted => (Role::Met, "quote-accepted"),
                Answer::Declined => (Role::Refused, "quote-declined"),
                Answer::ByLine => (Role::Notice, "quote-by-line"),
            };
            (role, words.say_with(id, &args))
        }
    }
}

/// What is due, paid, waived and open; what was given back, is in advance or too much. Nothing where no
/// money has to do with the case.
pub fn money(case: &Case, words: &Words) -> Vec<(Role, String)> {
    let ledger = &case.ledger;
    let all = [ledger.due(), ledger.paid, ledger.waived, ledger.refunded];
    if all.iter().all(|amount| amount.is_zero()) {
        return Vec::new();
    }
    let [due, paid, open] = [ledger.due(), ledger.paid, ledger.open()].map(format::money);
    let args = [
        ("due", Arg::Text(&due)),
        ("paid", Arg::Text(&paid)),
        ("open", Arg::Text(&open)),
    ];
    let told = words.say_with("quote-money", &args);
    let more = [
        ("quote-money-waived", ledger.waived),
        ("quote-money-refunded", ledger.refunded),
        ("quote-money-in-advance", ledger.in_advance()),
        ("quote-money-credit", ledger.credit()),
    ];
    let more = more.into_iter().filter(|(_, amount)| !amount.is_zero());
    let more = more.map(|(id, amount)| {
        let amount = format::money(amount);
        words.say_with(id, &[("amount", Arg::Text(&amount))])
    });
    let role = if !ledger.credit().is_zero() {
        Role::Notice
    } else if ledger.open().is_zero() {
        Role::Met
    } else {
        Role::Open
    };
    [told]
        .into_iter()
        .chain(more)
        .map(|told| (role, told))
        .collect()
}

/// The same as one text.
pub fn money_told(case: &Case, words: &Words) -> Option<(Role, String)> {
    let pieces = money(case, words).into_iter();
    pieces.reduce(|(role, told), (_, more)| {
        let args = [("told", Arg::Text(&told)), ("more", Arg::Text(&more))];
        (role, words.say_with("quote-money-and", &args))
    })
}

/// An entry in the money: how much, by which means, when, by whom noted, and why it was wrong.
pub fn booking(booking: &Booking, words: &Words, today: NaiveDate) -> String {
    let means = booking
        .means
        .map(|(field, code)| format::option(words, field, code));
    let day = booking.day.map(|day| format::day(words, day, today));
    let pieces = [
        Some(format::money(booking.amount)),
        means,
        day,
        Some(visible(&booking.who).into_owned()),
    ];
    let pieces: Vec<String> = pieces.into_iter().flatten().collect();
    let told = pieces.join("  ");
    match &booking.reversed {
        Some(reason) => {
            let reason = visible(reason);
            let args = [("told", Arg::Text(&told)), ("reason", Arg::Text(&reason))];
            words.say_with("booking-reversed", &args)
        }
        None => told,
    }
}

/// Who gives the price of a returned product back, how much and when; or that it is open.
pub fn price_back(case: &Case, words: &Words) -> Option<(Role, String)> {
    let record = &case.record;
    let by = record.choice(Field::PriceBackBy)?;
    let by = format::option(words, Field::PriceBackBy, by);
    let by = Arg::Text(&by);
    let Some(day) = record.day(Field::PriceBackDay) else {
        let is_open = price_is_open(record);
        return is_open.then(|| {
            let told = words.say_with("price-back-open", &[("by", by)]);
            (Role::Open, told)
        });
    };
    let date = format::day(words, day, case.today);
    let amount = record.fen(Field::PriceBackAmount).map(format::money);
    let noted = record.fact(Field::PriceBackDay);
    let who = noted.map(|fact| visible(&fact.who).into_owned());
    let args = [
        ("by", by),
        ("date", Arg::Text(&date)),
        ("amount", Arg::Text(amount.as_deref().unwrap_or(""))),
        ("who", Arg::Text(who.as_deref().unwrap_or(""))),
    ];
    let id = match amount {
        Some(_) => "price-back-done",
        None => "price-back-done-elsewhere",
    };
    Some((Role::Met, words.say_with(id, &args)))
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
