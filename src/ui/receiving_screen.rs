//! A parcel being taken in: its form and its goods.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::case::form::FormView;
use super::i18n::{Arg, Words};
use super::theme::Theme;
use crate::desk::field::Field;
use crate::desk::id::ItemId;
use crate::desk::value::Value;
use crate::flow::state::{OpenParcel, State};
use crate::work::case::Case;

/// Draws the body of the receiving screen; answers where the terminal's cursor belongs.
pub fn draw(
    open: &OpenParcel,
    state: &State,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    FormView {
        form: &open.form,
        record: &open.record,
        today: state.today(),
        has_caret: true,
        line_note: &|item| belongs_to(open, item, words),
        words,
        theme,
    }
    .draw(area, buffer)
}

/// Which case the goods of a line belong to.
fn belongs_to(open: &OpenParcel, item: ItemId, words: &Words) -> String {
    let has_goods = open.record.facts().any(|(of, _, _)| of == item);
    if !has_goods {
        return String::new();
    }
    let case = match open.record.value_of(item, Field::GoodsCase) {
        Some(Value::Link(id)) => open.cases.iter().find(|case| case.record.id() == *id),
        _ => None,
    };
    match case {
        Some(case) => name(case),
        None => words
            .say_with("receiving-own-case", &[("label", Arg::Text(""))])
            .trim()
            .to_string(),
    }
}

fn name(case: &Case) -> String {
    let text = |field| case.record.text(field).unwrap_or_default();
    format!(
        "{} {} {}",
        text(Field::Number),
        text(Field::Model),
        text(Field::Caller)
    )
}
