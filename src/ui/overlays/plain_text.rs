//! The text to read out or to copy, without border and without columns beside it: where to send,
//! what the quote says, where it goes back to.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::desk::booking::Booking;
use crate::desk::field::Field;
use crate::desk::quote::{Line, QuoteState};
use crate::desk::record::Record;
use crate::flow::state::{State, View};
use crate::ui::case::quote as case_quote;
use crate::ui::format;
use crate::ui::i18n::{Arg, Words};
use crate::ui::screen::with_text;
use crate::ui::theme::Theme;
use crate::ui::widgets::clear;
use crate::ui::widgets::plain::PlainText;
use crate::work::case::Case;
use crate::work::standing::GoodsAt;

/// Draws the text over the whole body.
pub(super) fn draw(
    state: &State,
    page: usize,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let View::Case(open) = &state.view else {
        return;
    };
    let text = of_case(&open.case, words);
    clear(buffer, area);
    let view = PlainText {
        text: &text,
        page,
        theme,
    };
    view.render(area, buffer);
}

/// The text of a case.
fn of_case(case: &Case, words: &Words) -> String {
    let mut blocks = vec![product(case, words)];
    if matches!(
        case.standing.goods,
        GoodsAt::Customer | GoodsAt::OnTheWayHere
    ) {
        blocks.push(sending_in(case, words));
    }
    if case.quote.state != QuoteState::Empty {
        blocks.push(quote(case, words));
    }
    blocks.push(money(case, words));
    if case.record.text(Field::Recipient).is_some() {
        blocks.push(going_back(&case.record, words));
    }
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n")
}

fn lines(lines: impl IntoIterator<Item = Option<String>>) -> String {
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    lines.join("\n")
}

fn text(record: &Record, field: Field) -> Option<String> {
    record.text(field).map(str::to_string)
}

fn phone(record: &Record, field: Field, words: &Words) -> Option<String> {
    record.phone(field).map(|phone| format::phone(words, phone))
}

fn product(case: &Case, words: &Words) -> String {
    let record = &case.record;
    let number = record.text(Field::Number);
    let serial = record.serial(Field::SerialNumber);
    let product = [
        text(record, Field::Model),
        serial.map(|serial| serial.as_str().to_string()),
    ];
    let product: Vec<String> = product.into_iter().flatten().collect();
    lines([
        number.map(|number| with_text(words, "plain-case", "number", number)),
        Some(product.join("  ")).filter(|product| !product.is_empty()),
        text(record, Field::Caller),
        phone(record, Field::Phone, words),
        phone(record, Field::SecondPhone, words),
    ])
}

/// Where and how to send it in (IV.3, V).
fn sending_in(case: &Case, words: &Words) -> String {
    let centre = &case.terms().service_centre;
    let number = case.record.text(Field::Number);
    let by = case
        .standing
        .due
        .map(|day| format::day_with_weekday(words, day, case.today));
    lines([
        Some(words.say("plain-send-to").into_owned()),
        Some(centre.name.clone()),
        Some(centre.address.clone()),
        Some(centre.contact.clone()),
        Some(centre.phone.clone()),
        Some(centre.email.clone()),
        Some(words.say("plain-enclose").into_owned()),
        number.map(|number| with_text(words, "plain-write-number", "number", number)),
        by.map(|day| with_text(words, "plain-send-by", "day", &day)),
    ])
}

fn quote(case: &Case, words: &Words) -> String {
    let version = Arg::Number(i64::from(case.quote.version));
    let mut all = vec![Some(words.say_with("plain-quote", &[("version", version)]))];
    all.extend(
        case.quote
            .lines
            .iter()
            .map(|line| Some(quote_line(line, words))),
    );
    let total = case.quote.total().map(format::money);
    all.push(total.map(|total| with_text(words, "plain-quote-total", "total", &total)));
    let invoices = &case.terms().invoices;
    let args = [
        ("contact", Arg::Text(&invoices.contact)),
        ("phone", Arg::Text(&invoices.phone)),
    ];
    all.push(Some(words.say_with("plain-invoice", &args)));
    lines(all)
}

/// What is due and paid, and every entry.
fn money(case: &Case, words: &Words) -> String {
    let entries = Booking::all(&case.record).into_iter().map(|booking| {
        let kind = words.say_with(&format!("booking-{}", booking.kind.code()), &[]);
        let told = case_quote::booking(&booking, words, case.today);
        Some(format!("{kind}  {told}"))
    });
    let state = case_quote::money_told(case, words).map(|(_, told)| told);
    let price = case_quote::price_back(case, words).map(|(_, told)| {
        let label = words.say("summary-price-back");
        format!("{label}  {told}")
    });
    lines([state].into_iter().chain(entries).chain([price]))
}

fn quote_line(line: &Line, words: &Words) -> String {
    let kind = format::option(words, Field::LineKind, line.kind);
    let text = if line.text.is_empty() {
        kind
    } else {
        line.text.clone()
    };
    let price = line.price.map(|price| match line.is_discount() {
        true => format!("-{}", format::money(price)),
        false => format::money(price),
    });
    let sum = line.total().map(format::money);
    let args = [
        ("text", Arg::Text(&text)),
        ("quantity", Arg::Number(i64::from(line.quantity))),
        ("price", Arg::Text(price.as_deref().unwrap_or("?"))),
        ("sum", Arg::Text(sum.as_deref().unwrap_or("?"))),
    ];
    words.say_with("plain-quote-line", &args)
}

fn going_back(record: &Record, words: &Words) -> String {
    let waybill = record.text(Field::WaybillBack);
    lines([
        Some(words.say("plain-back-to").into_owned()),
        text(record, Field::Recipient),
        phone(record, Field::RecipientPhone, words),
        text(record, Field::RecipientAddress),
        waybill.map(|waybill| with_text(words, "plain-waybill", "waybill", waybill)),
    ])
}
