//! What stands under the lines of a quote: sums, its state, the money, and where the terms are silent.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::desk::field::Field;
use crate::desk::id::ItemId;
use crate::desk::quote::{Answer, QuoteState};
use crate::flow::state::OpenCase;
use crate::ui::format;
use crate::ui::i18n::{Arg, Words};
use crate::ui::theme::{Role, Theme};
use crate::ui::widgets::panel::{Entry, Panel};
use crate::work::verdict::{Fee, Payer};

/// What a line adds up to, where it is more than one piece.
pub fn line_total(open: &OpenCase, item: ItemId) -> String {
    let lines = &open.shown().quote.lines;
    let line = lines.iter().find(|line| line.item == item);
    line.filter(|line| line.quantity != 1)
        .and_then(|line| line.total())
        .map(|total| format!("= {}", format::money(total)))
        .unwrap_or_default()
}

/// Draws sums, state and money.
pub fn draw(open: &OpenCase, words: &Words, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let case = open.shown();
    let quote = &case.quote;
    let amount = |amount: Option<crate::desk::money::Fen>| {
        amount.map_or_else(|| words.say("quote-no-price").into_owned(), format::money)
    };
    let version = quote.version.to_string();
    let total = amount(quote.total());
    let args = [
        ("version", Arg::Text(&version)),
        ("total", Arg::Text(&total)),
    ];
    let (role, id) = match quote.state {
        QuoteState::Empty => (Role::Open, "quote-empty"),
        QuoteState::Draft => (Role::Open, "quote-draft"),
        QuoteState::Issued => (Role::Notice, "quote-issued"),
        QuoteState::Answered(Answer::Accepted) => (Role::Met, "quote-accepted"),
        QuoteState::Answered(Answer::Declined) => (Role::Refused, "quote-declined"),
        QuoteState::Answered(Answer::ByLine) => (Role::Met, "quote-by-line"),
    };
    let state = words.say_with(id, &args);
    let ledger = &case.ledger;
    let money = words.say_with(
        "quote-money",
        &[
            ("due", Arg::Text(&format::money(ledger.due()))),
            ("paid", Arg::Text(&format::money(ledger.paid))),
            ("waived", Arg::Text(&format::money(ledger.waived))),
            ("open", Arg::Text(&format::money(ledger.open()))),
        ],
    );
    let mut remarks = Vec::new();
    if let Some(ceiling) = case.record.fen(Field::AgreedCeiling) {
        let args = [("ceiling", Arg::Text(&format::money(ceiling)))];
        remarks.push(("IV.4", words.say_with("quote-ceiling", &args)));
    }
    match case.verdict.fee {
        Fee::None => remarks.push(("IV.4", words.say("quote-no-fee-due").into_owned())),
        Fee::Unstated => remarks.push(("III.2", words.say("quote-fee-unstated").into_owned())),
        Fee::ByQuote | Fee::Open => {}
    }
    if case.verdict.freight_back == Payer::Unstated {
        remarks.push(("III.1", words.say("quote-freight-unstated").into_owned()));
    }
    remarks.push(("IV.4", words.say("quote-no-inspection-fee").into_owned()));
    if quote.state == QuoteState::Issued {
        remarks.push(("IV.4", words.say("quote-stays-open").into_owned()));
    }
    let label = words.say("quote-label").into_owned();
    let money_label = words.say("quote-money-label").into_owned();
    let mut entries = vec![
        Entry::Heading {
            label: &label,
            role,
            text: &state,
        },
        Entry::Heading {
            label: &money_label,
            role: Role::Plain,
            text: &money,
        },
    ];
    entries.extend(remarks.iter().map(|(clause, text)| Entry::Finding {
        role: Role::Notice,
        clause,
        text,
    }));
    Panel {
        entries: &entries,
        label_columns: 10,
        selected: None,
        page: 0,
        theme,
    }
    .render(area, buffer);
}
