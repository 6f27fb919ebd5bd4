//! What is on the screen, in words and codes, until `ui::screen` draws it.

use crate::flow::form::Form;
use crate::flow::state::{Overlay, State, View};
use crate::flow::typed::editable;
use crate::ui::i18n::Words;
use ratatui::Frame;
use ratatui::layout::Position;
use ratatui::text::Line;

pub fn draw(state: &State, words: &Words, frame: &mut Frame) {
    let mut lines: Vec<String> = vec![format!("{:?}", state.context())];
    let mut caret = None;
    match &state.view {
        View::Board => {
            let search = state.board.search.text();
            caret = Some((search.chars().count(), 1));
            lines.push(search);
            for (n, row) in state.board.shown().iter().enumerate() {
                let mark = if n == state.board.cursor { ">" } else { " " };
                let number = row.number.clone().unwrap_or_default();
                let caller = row.caller.clone().unwrap_or_default();
                let phone = row.phone.clone().unwrap_or_default();
                let stage = words
                    .say(&format!("stage-{}", row.stage.code()))
                    .into_owned();
                lines.push(format!("{mark} {number} {stage} {caller} {phone}"));
            }
        }
        View::Case(open) => form(&open.form, &open.case.record, &mut lines, &mut caret),
        View::Parcel(open) => form(&open.form, &open.record, &mut lines, &mut caret),
    }
    if let Some(Overlay::Prompt { typed, .. } | Overlay::Palette { typed, .. }) =
        state.overlays.last()
    {
        lines.push(format!("? {}", typed.text()));
    }
    lines.extend(state.note.as_ref().map(|note| format!("{note:?}")));
    if state.saving.is_some() {
        lines.push("saving".into());
    }
    let area = frame.area();
    for (y, line) in lines.iter().enumerate().take(usize::from(area.height)) {
        let line = Line::raw(line.clone());
        frame.buffer_mut().set_line(0, y as u16, &line, area.width);
    }
    if let Some((x, y)) = caret {
        frame.set_cursor_position(Position::new(
            (x as u16).min(area.width.saturating_sub(1)),
            (y as u16).min(area.height.saturating_sub(1)),
        ));
    }
}

fn form(
    form: &Form,
    record: &crate::desk::record::Record,
    lines: &mut Vec<String>,
    caret: &mut Option<(usize, usize)>,
) {
    for (item, field) in form.cells() {
        let focused = form.focus == (item, field);
        let text = match &form.editor {
            Some(editor) if focused => editor.text(),
            _ => editable(record.fact_of(item, field).map(|fact| &fact.entry)),
        };
        let line = format!("{} {}: ", if focused { ">" } else { " " }, field.code());
        if focused {
            *caret = Some((
                line.chars().count() + form.editor.as_ref().map_or(0, |e| e.caret().1),
                lines.len(),
            ));
        }
        lines.push(line + &text);
    }
}
