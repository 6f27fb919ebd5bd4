//! What a person meant, and what it came to on the records they saw: the only thing that is saved.
//!
//! A [`Proposal`] is made by planning and by nothing else. Where it is applied, the intent is planned
//! again on the records as they stand then ([`Proposal::again`]): what is not allowed any more is
//! refused, and what would come to something else than the person saw is not applied unseen.
//! Fields that two people fill at the same time are told apart by `Planned::base`, when they are saved.

use std::collections::BTreeMap;

use crate::desk::change::{Batch, Planned};
use crate::desk::field::Field;
use crate::desk::id::{EntityId, Fresh, ItemId};
use crate::desk::now::Now;
use crate::desk::quote::LINE_FIELDS;
use crate::desk::record::Record;
use crate::desk::staff::{Role, Staff, Standing};
use crate::desk::value::Entry;

use super::action::{self, Action, ActionKind, Actor, FieldEdit, Refusal};
use super::case::{Case, Knowledge};
use super::join::{self, Prefer, Way};
use super::parcels;

/// What a person means to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Begin a call.
    Begin {
        /// What is known of it at once.
        first: Vec<FieldEdit>,
    },
    /// Do something with a case.
    Act {
        /// The case.
        case: EntityId,
        /// What.
        action: Action,
    },
    /// Take back one's latest action on a case.
    Undo {
        /// The case.
        case: EntityId,
    },
    /// Begin an incoming parcel.
    BeginParcel {
        /// What is known of it at once.
        first: Vec<FieldEdit>,
    },
    /// Fill fields of a parcel.
    EditParcel {
        /// The parcel.
        parcel: EntityId,
        /// The fields.
        edits: Vec<FieldEdit>,
    },
    /// Keep in a parcel what somebody else filled, and record what was wanted.
    SettleParcel {
        /// The parcel.
        parcel: EntityId,
        /// What was wanted.
        wanted: Vec<FieldEdit>,
    },
    /// Take a parcel in.
    Receive {
        /// The parcel.
        parcel: EntityId,
    },
    /// Send the goods of a case back.
    Dispatch {
        /// The case.
        case: EntityId,
    },
    /// Join a case to the right one, or move its goods there.
    Join {
        /// The case.
        case: EntityId,
        /// The right one.
        right: EntityId,
        /// How.
        way: Way,
        /// What stays where both saw different things.
        prefer: Prefer,
    },
    /// Take apart what was joined last with a case.
    TakeApart {
        /// The case, on either side.
        case: EntityId,
    },
}

impl Intent {
    /// Its kind, for the role table.
    pub fn kind(&self) -> ActionKind {
        match self {
            Intent::Begin { .. } => ActionKind::Begin,
            Intent::Act { action, .. } => action.kind(),
            Intent::Undo { .. } => ActionKind::Undo,
            Intent::BeginParcel { .. }
            | Intent::EditParcel { .. }
            | Intent::SettleParcel { .. }
            | Intent::Receive { .. } => ActionKind::Receive,
            Intent::Dispatch { .. } => ActionKind::Dispatch,
            Intent::Join { .. } | Intent::TakeApart { .. } => ActionKind::Join,
        }
    }
}

/// The records an intent is planned on: as somebody sees them, or as the file has them.
#[derive(Debug, Clone, Copy)]
pub enum Seen<'a> {
    /// None: something new begins.
    Nothing,
    /// A case.
    Case {
        /// The case.
        case: &'a Case,
        /// The parcels it has to do with, the cases it was or is to be joined with, and their parcels;
        /// asked for by [`Intent::Undo`], [`Intent::Join`] and [`Intent::TakeApart`].
        around: &'a [Record],
        /// The outgoing box with its waybill, where one was begun; asked for by [`Intent::Dispatch`].
        outgoing: Option<&'a Record>,
    },
    /// A parcel.
    Parcel {
        /// The parcel.
        parcel: &'a Record,
        /// The cases of its goods; asked for by [`Intent::Receive`].
        cases: &'a [Case],
    },
}

impl<'a> Seen<'a> {
    fn case(&self, id: EntityId) -> Result<&'a Case, Refusal> {
        match self {
            Seen::Case { case, .. } if case.record.id() == id => Ok(case),
            _ => Err(Refusal::Gone),
        }
    }

    fn parcel(&self, id: EntityId) -> Result<&'a Record, Refusal> {
        match self {
            Seen::Parcel { parcel, .. } if parcel.id() == id => Ok(parcel),
            _ => Err(Refusal::Gone),
        }
    }

    fn around(&self) -> &'a [Record] {
        match self {
            Seen::Case { around, .. } => around,
            _ => &[],
        }
    }

    /// A record that is seen.
    fn record(&self, id: EntityId) -> Option<&'a Record> {
        match *self {
            Seen::Nothing => None,
            Seen::Case {
                case,
                around,
                outgoing,
            } => std::iter::once(&case.record)
                .chain(around)
                .chain(outgoing)
                .find(|record| record.id() == id),
            Seen::Parcel { parcel, cases } => std::iter::once(parcel)
                .chain(cases.iter().map(|case| &case.record))
                .find(|record| record.id() == id),
        }
    }
}

/// What a person looked at, as it stands with what they do.
type Premises = BTreeMap<(ItemId, Field), Entry>;

/// What a person meant and what it came to on the records they saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    intent: Intent,
    now: Now,
    /// As it stood before planning: planned again, new things have the same identifiers.
    fresh: Fresh,
    /// What the intent rests on besides what it changes, as the person saw it.
    premises: Premises,
    batch: Batch,
}

impl Proposal {
    /// What the intent comes to on the records that are seen.
    ///
    /// # Errors
    /// Why it is not possible; [`Refusal::Gone`] where the records are not those of the intent.
    pub fn plan(
        intent: Intent,
        seen: Seen<'_>,
        knowledge: &Knowledge,
        actor: &mut Actor,
    ) -> Result<Proposal, Refusal> {
        let (now, fresh) = (actor.now, actor.fresh.clone());
        let batch = plan(&intent, seen, knowledge, actor)?;
        Ok(Proposal {
            premises: premises(&intent, seen, &batch),
            intent,
            now,
            fresh,
            batch,
        })
    }

    /// What the person meant.
    pub fn intent(&self) -> &Intent {
        &self.intent
    }

    /// The login name of the person.
    pub fn who(&self) -> &str {
        &self.batch.who
    }

    /// When it was meant.
    pub fn now(&self) -> Now {
        self.now
    }

    /// What is to be saved.
    pub fn batch(&self) -> &Batch {
        &self.batch
    }

    /// What is to be saved, without the intent: for who has asked [`Proposal::again`].
    pub fn into_batch(self) -> Batch {
        self.batch
    }

    /// Asks again on the records as they stand now, of the same person as they stand at the desk now.
    ///
    /// # Errors
    /// [`Refusal::Disabled`] and [`Refusal::NotEntered`] where the person may not work here; else why
    /// it is not possible any more; [`Refusal::ChangedMeanwhile`] where it is, but the person saw
    /// something else: what it rests on, or what it would come to.
    pub fn again(
        &self,
        seen: Seen<'_>,
        knowledge: &Knowledge,
        standing: Standing,
    ) -> Result<(), Refusal> {
        let staff = Staff {
            name: self.batch.who.clone(),
            role: role_of(standing)?,
        };
        let again = plan(
            &self.intent,
            seen,
            knowledge,
            &mut Actor {
                staff: &staff,
                now: self.now,
                fresh: &mut self.fresh.clone(),
            },
        )?;
        let is_as_seen = self.premises == premises(&self.intent, seen, &self.batch)
            && again.act == self.batch.act
            && comes_to(&again, seen).eq(comes_to(&self.batch, seen));
        if is_as_seen {
            Ok(())
        } else {
            Err(Refusal::ChangedMeanwhile)
        }
    }
}

/// As what somebody works who stands so.
///
/// # Errors
/// Why they may not.
pub fn role_of(standing: Standing) -> Result<Role, Refusal> {
    match standing {
        Standing::Owner => Ok(Role::Supervisor),
        Standing::Works(role) => Ok(role),
        Standing::Disabled => Err(Refusal::Disabled),
        Standing::Unknown => Err(Refusal::NotEntered),
    }
}

fn plan(
    intent: &Intent,
    seen: Seen<'_>,
    knowledge: &Knowledge,
    actor: &mut Actor,
) -> Result<Batch, Refusal> {
    let terms = || knowledge.terms_in_force(actor.now.today);
    match intent {
        Intent::Begin { first } => {
            let terms = terms();
            action::begin(actor, &terms, first.clone()).map(|(_, batch)| batch)
        }
        Intent::Act { case, action } => action::plan(action.clone(), seen.case(*case)?, actor),
        Intent::Undo { case } => action::plan_undo(seen.case(*case)?, seen.around(), actor),
        Intent::BeginParcel { first } => {
            parcels::begin_incoming(actor, first.clone()).map(|(_, batch)| batch)
        }
        Intent::EditParcel { parcel, edits } => {
            parcels::edit(seen.parcel(*parcel)?, edits.clone(), actor)
        }
        Intent::SettleParcel { parcel, wanted } => {
            parcels::settle(seen.parcel(*parcel)?, wanted.clone(), actor)
        }
        Intent::Receive { parcel } => {
            let cases: Vec<&Case> = match seen {
                Seen::Parcel { cases, .. } => cases.iter().collect(),
                _ => Vec::new(),
            };
            let terms = terms();
            parcels::receive(seen.parcel(*parcel)?, &cases, &terms, actor)
        }
        Intent::Dispatch { case } => {
            let outgoing = match seen {
                Seen::Case { outgoing, .. } => outgoing,
                _ => None,
            };
            parcels::dispatch(seen.case(*case)?, outgoing, actor)
        }
        Intent::Join {
            case,
            right,
            way,
            prefer,
        } => {
            let right = seen.record(*right).ok_or(Refusal::Gone)?;
            let how = (*way, *prefer);
            join::plan(seen.case(*case)?, right, seen.around(), how, actor)
        }
        Intent::TakeApart { case } => join::plan_apart(seen.case(*case)?, seen.around(), actor),
    }
}

/// The changes that change something on these records, without what the person saw of them.
fn comes_to<'a>(batch: &'a Batch, seen: Seen<'a>) -> impl Iterator<Item = Planned> + use<'a> {
    batch
        .changes
        .iter()
        .filter(move |planned| {
            let fact = seen
                .record(planned.entity)
                .and_then(|record| record.fact_of(planned.item, planned.field));
            fact.map_or(&Entry::Unknown, |fact| &fact.entry) != &planned.entry
        })
        .map(|planned| Planned {
            base: 0,
            ..planned.clone()
        })
}

/// What an intent rests on besides what it changes: what the person read out, was told about, or
/// wrote on the box.
fn premises(intent: &Intent, seen: Seen<'_>, batch: &Batch) -> Premises {
    let Seen::Case { case, .. } = seen else {
        return Premises::new();
    };
    let is_line = |field| LINE_FIELDS.contains(&field) && field != Field::LineAnswer;
    let rests_on = |item: ItemId, field: Field| match intent {
        Intent::Act { action, .. } => match action {
            // What the customer is told, and what they answered.
            Action::IssueQuote { .. } => is_line(field),
            Action::AnswerQuote { answer, .. } => {
                is_line(field)
                    || field == Field::QuoteVersion
                    || (*answer == "by_line" && field == Field::LineAnswer)
            }
            // Another line, and what was told meanwhile does not hold any more.
            Action::Edit(edits) => edits.iter().any(|edit| match edit.field {
                Field::LineAnswer => edit.item == item && is_line(field),
                line if is_line(line) => matches!(field, Field::QuoteVersion | Field::QuoteAnswer),
                _ => false,
            }),
            Action::ConfirmContact => RECIPIENT.contains(&field),
            // Two people who note the same amount at once probably mean one payment.
            Action::Pay { amount, .. } => {
                field == Field::PaymentAmount && case.record.fen_of(item, field) == Some(*amount)
            }
            // What was too much, or open: never given back or let go twice.
            Action::Refund { .. } | Action::Waive { .. } => MONEY.contains(&field),
            _ => false,
        },
        Intent::Dispatch { .. } => {
            RECIPIENT.contains(&field) || matches!(field, Field::WaybillBack | Field::CourierBack)
        }
        _ => false,
    };
    let facts = case.record.facts();
    let stand = facts.map(|(item, field, fact)| (item, field, &fact.entry));
    let own = batch.changes.iter();
    let become_so = own
        .filter(|planned| planned.entity == case.record.id())
        .map(|planned| (planned.item, planned.field, &planned.entry));
    let mut premises: Premises = stand
        .chain(become_so)
        .filter(|(item, field, _)| rests_on(*item, *field))
        .map(|(item, field, entry)| ((item, field), entry.clone()))
        .collect();
    premises.retain(|_, entry| *entry != Entry::Unknown);
    premises
}

/// What came in, went back, was let go or was wrong.
const MONEY: [Field; 4] = [
    Field::PaymentAmount,
    Field::RefundAmount,
    Field::WaivedAmount,
    Field::ReversedReason,
];

/// Whom the goods go back to.
const RECIPIENT: [Field; 3] = [
    Field::Recipient,
    Field::RecipientPhone,
    Field::RecipientAddress,
];
