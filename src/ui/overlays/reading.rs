//! Things to read over a screen: the keys, the terms, a clause with its dates counted out, the
//! checks on the full width.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::flow::state::{State, View};
use crate::terms::assessment::{Area, Assessment, Count, WorkCount};
use crate::terms::choice::Choice as _;
use crate::terms::clause::ClauseId;
use crate::terms::day::Day;
use crate::terms::version::{ClauseText, Terms};
use crate::ui::i18n::{Arg, Words};
use crate::ui::keymap::{self, Place};
use crate::ui::screen::{page_mark, with_text};
use crate::ui::text::{pad, visible_lines, width, wrap};
use crate::ui::theme::{Role, Theme};
use crate::ui::widgets::overlay::Overlay as Frame;
use crate::ui::widgets::put;
use crate::ui::widgets::table::{Cell, Column, Table};
use crate::ui::{case_screen, format};
use crate::work::case::Case;

/// Lines of a text to read, each with its role; they are wrapped, those that begin with spaces
/// under their beginning.
type Lines = Vec<(Role, String)>;

/// The widest a text to read is set.
const MEASURE: u16 = 96;

/// Draws a box with a text in pages.
fn read(title: &str, text: &Lines, page: usize, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let place = Frame::centred(area, MEASURE, area.height);
    let inner = Frame::inner(place);
    let columns = usize::from(inner.width.saturating_sub(2)).max(1);
    let mut rows: Vec<(Role, usize, String)> = Vec::new();
    for (role, line) in text {
        let shown = visible_lines(line);
        let indent = shown.len() - shown.trim_start_matches(' ').len();
        let hang = indent.min(columns / 2);
        for part in wrap(shown.trim_start_matches(' '), columns - hang) {
            rows.push((*role, hang, part.to_string()));
        }
    }
    let on_page = usize::from(inner.height).max(1);
    let pages = rows.len().div_ceil(on_page).max(1);
    let page = page.min(pages - 1);
    let foot = page_mark(page, pages);
    let frame = Frame {
        title,
        foot: &foot,
        theme,
    };
    frame.render(place, buffer);
    for (row, (role, indent, text)) in (0..inner.height).zip(rows.iter().skip(page * on_page)) {
        let column = u16::try_from(indent + 1).unwrap_or(1);
        put(
            buffer,
            inner,
            (column, row),
            text,
            theme.style(*role),
            theme,
        );
    }
}

/// The keys, from the one table: those that hold here first.
pub(super) fn help(
    state: &State,
    page: usize,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let here = keymap::under_overlays(state);
    let mut places: Vec<Place> = Vec::new();
    let table: Vec<_> = keymap::TABLE
        .iter()
        .filter(|binding| keymap::concerns(&state.seat, binding.command, binding.place))
        .collect();
    for binding in &table {
        if !places.contains(&binding.place) {
            places.push(binding.place);
        }
    }
    let keys = keymap::TABLE.iter().map(|b| b.chord.name());
    let key_columns = keys.map(|name| width(&name)).max().unwrap_or(0) + 2;
    let mut text: Lines = Vec::new();
    places.sort_by_key(|place| (!place.holds(here), place.is_general()));
    for place in places {
        if !text.is_empty() {
            text.push((Role::Plain, String::new()));
        }
        text.push((Role::Heading, place_title(place, words)));
        for binding in table.iter().filter(|b| b.place == place) {
            let key = pad(&binding.chord.name(), key_columns);
            let name = keymap::name(words, binding.command);
            text.push((Role::Plain, format!("  {key}{name}")));
        }
    }
    for id in ["help-board", "help-typing", "help-days"] {
        text.push((Role::Plain, String::new()));
        text.push((Role::Plain, words.say(id).into_owned()));
    }
    let title = words.say("help-title");
    read(&title, &text, page, theme, area, buffer);
}

/// What a section of the help is called.
pub(super) fn place_title(place: Place, words: &Words) -> String {
    let id = match place {
        Place::Everywhere => "place-everywhere",
        Place::Locked => "place-locked",
        Place::Screens => "place-screens",
        Place::Board => "place-board",
        Place::Inside => "place-inside",
        Place::Over => "place-over",
        Place::Forms => "place-forms",
        Place::CaseForms => "place-case-forms",
        Place::Folded => "place-folded",
        Place::Cases => "place-cases",
        Place::Screen(screen) => {
            return words.say_with(&format!("screen-{}", screen.code()), &[]);
        }
        Place::Receiving => "place-receiving",
        Place::List => "place-list",
        Place::Palette => "place-palette",
        Place::Reading => "place-reading",
        Place::Texts => "place-texts",
        Place::Lines => "place-lines",
    };
    words.say(id).into_owned()
}

/// The terms the open case is judged by, else those in force today.
fn terms_of(state: &State) -> &Terms {
    match &state.view {
        View::Case(open) => open.case.terms(),
        View::Board | View::Parcel(_) => state
            .knowledge
            .library
            .in_force(Day::from_date(state.today())),
    }
}

/// The terms, clause by clause.
pub(super) fn terms(
    state: &State,
    cursor: usize,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let terms = terms_of(state);
    let place = Frame::centred(area, MEASURE, area.height);
    let inner = Frame::inner(place);
    let on_page = usize::from(inner.height).max(1);
    let pages = ClauseId::ALL.len().div_ceil(on_page);
    let page = (cursor / on_page).min(pages.saturating_sub(1));
    let from = format::day_with_year(words, terms.from.date());
    let title = with_text(words, "terms-title", "day", &from);
    let foot = page_mark(page, pages);
    let frame = Frame {
        title: &title,
        foot: &foot,
        theme,
    };
    frame.render(place, buffer);
    let tag = words.language().tag();
    let rows: Vec<Vec<Cell>> = ClauseId::ALL
        .iter()
        .map(|clause| {
            let text = terms.clause(*clause).map(|text| text.restatement(tag));
            vec![
                Cell::with_role(clause.code(), Role::Label),
                Cell::plain(text.unwrap_or("").replace('\n', " ")),
            ]
        })
        .collect();
    let column = |least, share| Column {
        title: "",
        least,
        share,
        right: false,
        drop: 0,
    };
    let table = Table {
        columns: &[column(5, 0), column(10, 1)],
        rows: &rows,
        selected: Some(cursor),
        empty: "",
        has_titles: false,
        theme,
    };
    table.render(inner, buffer);
}

/// A clause: its restatement, the company's own wording where there is one, and the days it counts
/// for the open case.
pub(super) fn clause(
    state: &State,
    clause: ClauseId,
    page: usize,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let terms = terms_of(state);
    let mut text: Lines = Vec::new();
    if let Some(clause_text) = terms.clause(clause) {
        wording(clause_text, words, &mut text);
    }
    if let View::Case(open) = &state.view {
        counted(open.shown(), clause, words, &mut text);
    }
    let from = format::day_with_year(words, terms.from.date());
    let args = [
        ("day", Arg::Text(&from)),
        ("hash", Arg::Text(terms.short_hash())),
    ];
    text.push((Role::Plain, String::new()));
    text.push((Role::Muted, words.say_with("clause-version", &args)));
    let title = with_text(words, "clause-title", "clause", clause.code());
    read(&title, &text, page, theme, area, buffer);
}

fn wording(clause: &ClauseText, words: &Words, text: &mut Lines) {
    let restatement = clause.restatement(words.language().tag());
    text.push((Role::Plain, restatement.trim().to_string()));
    text.push((Role::Muted, words.say("clause-restated").into_owned()));
    if let Some(own) = &clause.company {
        text.push((Role::Plain, String::new()));
        text.push((Role::Heading, words.say("clause-own").into_owned()));
        text.push((Role::Plain, own.trim().to_string()));
    }
}

/// The days a clause counts, counted out: "Received: 3 Mar + 7 = 10 Mar".
fn counted(case: &Case, clause: ClauseId, words: &Words, text: &mut Lines) {
    let assessment = &case.assessment;
    let lines = match work_count_of(assessment, clause) {
        Some(count) => working_days(count, words),
        None => counts_of(assessment, clause)
            .into_iter()
            .map(|count| natural_days(count, words))
            .collect(),
    };
    let unseen = unseen(case, clause, words);
    let lines: Vec<String> = lines.into_iter().chain(unseen).collect();
    if lines.is_empty() && !counts_days(clause) {
        return;
    }
    text.push((Role::Plain, String::new()));
    text.push((Role::Heading, words.say("clause-counted").into_owned()));
    if lines.is_empty() {
        text.push((
            Role::Muted,
            words.say("clause-nothing-counted").into_owned(),
        ));
    }
    text.extend(lines.into_iter().map(|line| (Role::Plain, line)));
}

/// What would follow from what nobody has seen yet, both ways.
fn unseen(case: &Case, clause: ClauseId, words: &Words) -> Vec<String> {
    let is_of_period = matches!(clause, ClauseId::I1a | ClauseId::I1b | ClauseId::IN);
    let both = case.branches();
    both.iter()
        .filter(|branch| branch.area == Area::Warranty && is_of_period)
        .filter_map(|branch| {
            let fact = words.say_with(&branch.fact.message_id(), &[]);
            let value = words.say_with(&branch.fact.value_id(branch.code), &[]);
            let last = format::day_with_year(words, branch.last?.date());
            let args = [
                ("fact", Arg::Text(&fact)),
                ("value", Arg::Text(&value)),
                ("last", Arg::Text(&last)),
            ];
            Some(words.say_with("clause-unseen", &args))
        })
        .collect()
}

/// Whether the clause counts days at all.
fn counts_days(clause: ClauseId) -> bool {
    use ClauseId as C;
    matches!(
        clause,
        C::AB1 | C::AB2 | C::AX1 | C::AX7 | C::I1a | C::I1b | C::IN | C::IV5p
    )
}

fn counts_of(assessment: &Assessment, clause: ClauseId) -> Vec<Count> {
    use ClauseId as C;
    let warranty = &assessment.warranty;
    let count = match clause {
        C::AB1 | C::AB2 | C::AX1 => assessment.returns.last_request,
        C::AX7 => assessment.returns.send_in,
        C::I1a | C::I1b => warranty.base,
        C::IN => warranty.extension,
        _ => None,
    };
    count.into_iter().collect()
}

fn work_count_of(assessment: &Assessment, clause: ClauseId) -> Option<&WorkCount> {
    assessment
        .repair_time
        .due
        .as_ref()
        .filter(|_| clause == ClauseId::IV5p)
}

fn natural_days(count: Count, words: &Words) -> String {
    let fact = words.say_with(&count.from_fact.message_id(), &[]);
    let from = format::day_with_year(words, count.from.date());
    let last = format::day_with_year(words, count.last.date());
    let args = [
        ("fact", Arg::Text(&fact)),
        ("from", Arg::Text(&from)),
        ("days", Arg::Number(i64::from(count.days))),
        ("last", Arg::Text(&last)),
    ];
    words.say_with("clause-count", &args)
}

fn working_days(count: &WorkCount, words: &Words) -> Vec<String> {
    let fact = words.say_with(&count.from_fact.message_id(), &[]);
    let from = format::day_with_year(words, count.from.date());
    let last = format::day_with_year(words, count.last.date());
    let args = [
        ("fact", Arg::Text(&fact)),
        ("from", Arg::Text(&from)),
        ("days", Arg::Number(i64::from(count.days))),
        ("last", Arg::Text(&last)),
    ];
    let mut lines = vec![words.say_with("clause-count-working", &args)];
    for (id, days) in [
        ("clause-skipped", &count.skipped),
        ("clause-make-up", &count.make_up),
    ] {
        if !days.is_empty() {
            let days: Vec<String> = days
                .iter()
                .map(|day| format::day_with_weekday(words, day.date(), count.from.date()))
                .collect();
            let days = days.join(", ");
            lines.push(format!("  {}", with_text(words, id, "days", &days)));
        }
    }
    lines
}

/// The checks of the open case, on the full width.
pub(super) fn checks(
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
    let frame = Frame {
        title: &words.say("checks-title"),
        foot: "",
        theme,
    };
    frame.render(area, buffer);
    let inner = Frame::inner(area);
    case_screen::draw_checks(open, page, words, theme, inner, buffer);
}
