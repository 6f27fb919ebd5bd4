//! A parcel being taken in: its form and its goods.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::case::form::{FormView, Tail};
use super::i18n::{Arg, Words};
use super::keymap;
use super::text::{visible, wrap};
use super::theme::{Role, Theme};
use super::widgets::put;
use crate::desk::field::Field;
use crate::desk::id::ItemId;
use crate::desk::parcel::{Goods, Parcel};
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
    let goods = Parcel::of(open.entered()).goods;
    let tail = |item| belongs_to(open, &goods, item, words);
    let title = words.say("receiving-match");
    let foot = foot(
        open,
        &goods,
        words,
        usize::from(area.width.saturating_sub(2)),
    );
    let foot_rows = u16::try_from(foot.len()).unwrap_or(0);
    let foot_rows = foot_rows.min(area.height / 3);
    let form_area = Rect {
        height: area.height - foot_rows,
        ..area
    };
    // Serial number, proof and label take 41 columns; what is left tells the case.
    let columns = area.width.saturating_sub(43);
    let form = FormView {
        form: &open.form,
        record: open.entered(),
        saved: &open.record,
        is_kept: &|cell| state.kept_in(cell).is_some(),
        context: keymap::under_overlays(state),
        has_keys: true,
        today: state.today(),
        zone: state.knowledge.zone,
        remark: &|_| None,
        tail: (columns, &title, &tail),
        words,
        theme,
    };
    let caret = form.draw(form_area, buffer);
    for (row, (role, text)) in (0..foot_rows).zip(&foot) {
        let y = form_area.height + row;
        put(buffer, area, (1, y), text, theme.style(*role), theme);
    }
    caret
}

/// Which case the goods belong to.
fn belongs_to(open: &OpenParcel, goods: &[Goods], item: ItemId, words: &Words) -> Option<Tail> {
    let Some(goods) = goods.iter().find(|goods| goods.item == item) else {
        let next = words.say("receiving-next").into_owned();
        return (item == open.form.new_item).then_some((Role::Muted, next));
    };
    let case = goods
        .case
        .and_then(|id| open.cases.iter().find(|case| case.record.id() == id));
    match case {
        Some(case) => Some((Role::Met, told(case, words))),
        None if goods.case.is_some() => {
            Some((Role::Met, words.say("receiving-taken-in").into_owned()))
        }
        None => Some((Role::Open, words.say("receiving-own-case").into_owned())),
    }
}

fn told(case: &Case, words: &Words) -> String {
    let record = &case.record;
    let stage = words.say_with(&format!("stage-{}", case.standing.stage.code()), &[]);
    let about: Vec<String> = [record.text(Field::Model), record.text(Field::Caller)]
        .into_iter()
        .flatten()
        .map(|text| visible(text).into_owned())
        .chain([stage])
        .collect();
    let about = about.join(" · ");
    let number = record.text(Field::Number).unwrap_or("");
    let args = [("number", Arg::Text(number)), ("about", Arg::Text(&about))];
    words.say_with("receiving-case", &args)
}

fn foot(open: &OpenParcel, goods: &[Goods], words: &Words, columns: usize) -> Vec<(Role, String)> {
    let mut lines = Vec::new();
    if !goods.is_empty() {
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let known = goods.iter().filter(|goods| goods.case.is_some()).count();
        let args = [
            ("count", Arg::Number(number(goods.len()))),
            ("known", Arg::Number(number(known))),
        ];
        lines.push((Role::Heading, words.say_with("receiving-count", &args)));
    }
    if open.form.focus.0 != ItemId::SELF {
        let hint = words.say("receiving-label-hint");
        let wrapped = wrap(&hint, columns.max(1)).into_iter();
        lines.extend(wrapped.map(|line| (Role::Muted, line.to_string())));
    }
    lines
}
