//! The draft of the state machine, as it stands in its file.

use crate::desk::change::Ground;
use crate::desk::field::Field;
use crate::desk::id::{EntityId, EntityKind, ItemId};
use crate::desk::value::{Entry, Value};
use crate::flow::draft::{Draft, Prompted};
use crate::flow::event::Present;
use crate::flow::state::{CaseScreen, Prompt};
use crate::flow::unsaved::{Entered, Progress, Unsaved};
use crate::store::draft as stored;
use crate::store::{Draft as Stored, Other};
use crate::work::action::FieldEdit;

/// The draft as it is kept.
pub fn stored(draft: &Draft, who: &str) -> Stored {
    Stored {
        who: who.to_string(),
        case: draft.case.map(|id| id.0),
        parcel: draft.parcel.map(|id| id.0),
        screen: draft.screen.map_or("", CaseScreen::code).to_string(),
        field: draft
            .field
            .map(|(item, field)| (item.0, field.code().to_string())),
        text: draft.text.clone(),
        caret: draft.caret,
        search: draft.search.clone(),
        base: draft.base,
        unsaved: draft.unsaved.iter().map(stored_unsaved).collect(),
        prompt: draft.prompt.as_ref().map(|prompted| stored::Prompt {
            asks: prompted.prompt.code().to_string(),
            about: prompted.prompt.about(),
            text: prompted.text.clone(),
            caret: prompted.caret,
        }),
        palette: draft.palette.clone(),
    }
}

/// The draft as it was; what this version of the program does not know is left out.
pub(super) fn restored(stored: &Stored) -> Draft {
    let field = stored
        .field
        .as_ref()
        .and_then(|(item, code)| Some((ItemId(*item), Field::from_code(code)?)));
    Draft {
        case: stored.case.map(EntityId),
        parcel: stored.parcel.map(EntityId),
        screen: CaseScreen::from_code(&stored.screen),
        field,
        text: stored.text.clone(),
        caret: stored.caret,
        search: stored.search.clone(),
        base: stored.base,
        unsaved: stored.unsaved.iter().filter_map(restored_unsaved).collect(),
        prompt: stored.prompt.as_ref().and_then(|kept| {
            Some(Prompted {
                prompt: Prompt::from_code(&kept.asks, &kept.about)?,
                text: kept.text.clone(),
                caret: kept.caret,
            })
        }),
        palette: stored.palette.clone(),
    }
}

fn stored_unsaved(unsaved: &Unsaved) -> stored::Unsaved {
    let field = |entered: &Entered| {
        let edit = &entered.edit;
        let (state, value) = match &edit.entry {
            Entry::Known(value) => ("known", value.to_stored()),
            Entry::Unreadable(typed) => ("unreadable", typed.clone()),
            Entry::Unknown | Entry::Erased => ("unknown", String::new()),
        };
        stored::UnsavedField {
            item: edit.item.0,
            field: edit.field.code().to_string(),
            state: state.to_string(),
            value,
            ground: edit.ground.code().to_string(),
            base: entered.base,
        }
    };
    stored::Unsaved {
        entity: unsaved.entity.0,
        kind: unsaved.kind.code().to_string(),
        settles: unsaved.settles,
        fields: unsaved.fields.iter().map(field).collect(),
    }
}

/// What was not saved, as it waits again; none where nothing of it can be read.
fn restored_unsaved(kept: &stored::Unsaved) -> Option<Unsaved> {
    let field = |kept: &stored::UnsavedField| {
        let field = Field::from_code(&kept.field)?;
        let entry = match kept.state.as_str() {
            "known" => Entry::Known(Value::from_stored(field, &kept.value)?),
            "unreadable" => Entry::Unreadable(kept.value.clone()),
            "unknown" => Entry::Unknown,
            _ => return None,
        };
        let edit = FieldEdit {
            item: ItemId(kept.item),
            field,
            entry,
            ground: Ground::from_code(&kept.ground)?,
        };
        let base = kept.base;
        Some(Entered { edit, base })
    };
    let fields: Vec<Entered> = kept.fields.iter().filter_map(field).collect();
    let kind = EntityKind::from_code(&kept.kind)?;
    (!fields.is_empty()).then_some(Unsaved {
        entity: EntityId(kept.entity),
        kind,
        settles: kept.settles,
        fields,
        progress: Progress::Waiting,
        was_tried: true,
    })
}

/// Another session, as the state machine knows it.
pub(super) fn present(other: Other) -> Present {
    Present {
        who: other.who,
        at: other.case.or(other.parcel).map(EntityId),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_comes_back_as_it_was() {
        let case = Draft {
            case: Some(EntityId(7)),
            screen: Some(CaseScreen::Quote),
            field: Some((ItemId(3), Field::LineText)),
            text: Some("排线 ¥ 8".to_string()),
            caret: (0, 6),
            ..Draft::default()
        };
        let parcel = Draft {
            parcel: Some(EntityId(9)),
            field: Some((ItemId::SELF, Field::Waybill)),
            text: None,
            ..Draft::default()
        };
        let board = Draft {
            search: "王小".to_string(),
            ..Draft::default()
        };
        let entered = |field: Field, entry| Entered {
            edit: FieldEdit::of_self(field, entry, Ground::Inspected),
            base: 4,
        };
        let fields = vec![
            entered(Field::Caller, Entry::Known(Value::Text("王小明".into()))),
            entered(Field::Service, Entry::Known(Value::Choice("repair"))),
            entered(Field::PurchaseDate, Entry::Unreadable("2026-02-30".into())),
            entered(Field::Wishes, Entry::Unknown),
        ];
        let unsaved = Draft {
            case: Some(EntityId(7)),
            unsaved: vec![Unsaved {
                entity: EntityId(7),
                kind: EntityKind::Case,
                settles: false,
                fields,
                progress: Progress::Waiting,
                was_tried: true,
            }],
            base: 9,
            palette: Some("iss".into()),
            ..Draft::default()
        };
        let prompts = [
            Prompt::GrantReason(crate::work::grants::Subject::FreeRepair),
            Prompt::CloseNote("void"),
            Prompt::WaiveReason(crate::desk::money::Fen(120)),
            Prompt::PaymentAmount,
            Prompt::PaymentDay(crate::desk::money::Fen(8_050), "wechat"),
            Prompt::RefundAmount,
            Prompt::RefundDay(crate::desk::money::Fen(120), "cash"),
            Prompt::ReverseReason(crate::desk::id::ItemId(77)),
            Prompt::PriceBackAmount("platform"),
            Prompt::PriceBackDay("dealer", None),
            Prompt::PriceBackDay("company", Some(crate::desk::money::Fen(39_900))),
        ];
        let prompts = prompts.map(|prompt| Draft {
            prompt: Some(Prompted {
                prompt,
                text: "长期合作".into(),
                caret: (0, 2),
            }),
            ..Draft::default()
        });
        let others = [case, parcel, board, unsaved, Draft::default()];
        for draft in others.into_iter().chain(prompts) {
            assert_eq!(restored(&super::stored(&draft, "li")), draft);
        }
    }
}
