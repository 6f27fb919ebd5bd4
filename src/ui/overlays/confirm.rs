//! What somebody has to know before something is done, and how to go on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::desk::field::Field;
use crate::desk::record::Record;
use crate::desk::value::Entry;
use crate::flow::confirm::{About, Confirm};
use crate::flow::state::State;
use crate::ui::case::value;
use crate::ui::format;
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::{visible, wrap};
use crate::ui::theme::{Role, Theme};
use crate::ui::widgets::overlay::Overlay as Frame;
use crate::ui::widgets::{choice, put};

/// The columns of the box.
const COLUMNS: u16 = 66;

/// Draws the box: what is to be known, then the ways on.
pub(super) fn draw(
    confirm: &Confirm,
    state: &State,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let room = usize::from(COLUMNS.min(area.width).saturating_sub(4)).max(1);
    let told = told(&confirm.about, state, words);
    let lines: Vec<(Role, String)> = told
        .iter()
        .flat_map(|(role, text)| {
            let wrapped = wrap(text, room).into_iter();
            let lines: Vec<(Role, String)> =
                wrapped.map(|line| (*role, line.to_string())).collect();
            lines
        })
        .collect();
    let options = confirm.options();
    let count = |length: usize| u16::try_from(length).unwrap_or(u16::MAX);
    let height = count(lines.len() + options.len()).saturating_add(3);
    let place = Frame::centred(area, COLUMNS, height);
    let inner = Frame::inner(place);
    let frame = Frame {
        title: &words.say(title(&confirm.about)),
        foot: "",
        theme,
    };
    frame.render(place, buffer);
    // The ways on are always there; where there is no room, less is told.
    let below = inner.height.saturating_sub(count(options.len()));
    for (row, (role, text)) in (0..below).zip(&lines) {
        put(buffer, inner, (1, row), text, theme.style(*role), theme);
    }
    for ((at, option), row) in options.iter().enumerate().zip(below..inner.height) {
        let text = words.say_with(&format!("confirm-{}", option.code()), &[]);
        let is_marked = at == confirm.cursor;
        choice::option(buffer, inner, row, (at, &text, is_marked), theme);
    }
}

fn title(about: &About) -> &'static str {
    match about {
        About::OpenElsewhere(_) => "confirm-open-elsewhere",
        About::Join { moves, .. } if moves.closes => "confirm-title-join",
        About::Join { .. } => "confirm-title-goods",
    }
}

fn told(about: &About, state: &State, words: &Words) -> Vec<(Role, String)> {
    match about {
        About::OpenElsewhere(others) => others
            .iter()
            .map(|other| {
                let case = format::elsewhere(words, std::slice::from_ref(other));
                let told = words.say_with("confirm-is-open", &[("case", Arg::Text(&case))]);
                (Role::Open, told)
            })
            .collect(),
        About::Join {
            right,
            stands,
            moves,
            ..
        } => {
            let case = format::elsewhere(words, std::slice::from_ref(stands));
            let about = [right.text(Field::Model), right.text(Field::Caller)];
            let about: Vec<String> = about
                .into_iter()
                .flatten()
                .map(|text| visible(text).into_owned())
                .collect();
            let whole = [vec![case], about].concat().join("  ");
            let mut told = vec![(Role::Heading, whole)];
            if !moves.moved.is_empty() {
                told.push((Role::Plain, listed(words, "confirm-moved", &moves.moved)));
            }
            if let Some(open) = state.case() {
                let both = [&open.case.record, &**right];
                let asked = moves.asked.iter();
                told.extend(asked.map(|field| (Role::Open, seen_in(both, *field, state, words))));
            }
            let after = match moves.closes {
                true => "confirm-closes",
                false => "confirm-goes-on",
            };
            told.push((Role::Muted, words.say(after).into_owned()));
            told
        }
    }
}

/// What both cases saw, each in its own words.
fn seen_in(both: [&Record; 2], field: Field, state: &State, words: &Words) -> String {
    let [here, there] = both.map(|record| {
        let entry = record
            .fact(field)
            .map_or(&Entry::Unknown, |fact| &fact.entry);
        let told = value::told(words, field, entry, state.today());
        visible(&told).into_owned()
    });
    let field = format::field(words, field);
    let args = [
        ("field", Arg::Text(&field)),
        ("here", Arg::Text(&here)),
        ("there", Arg::Text(&there)),
    ];
    words.say_with("confirm-asked", &args)
}

fn listed(words: &Words, id: &str, fields: &[Field]) -> String {
    let names = fields.iter().map(|field| format::field(words, *field));
    let names: Vec<String> = names.collect();
    let names = names.join(&words.say("confirm-field-and"));
    words.say_with(id, &[("fields", Arg::Text(&names))])
}
