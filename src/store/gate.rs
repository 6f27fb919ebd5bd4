//! Asking what a person meant again, on the records as they stand when nobody else can change them.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::desk::field::Field;
use crate::desk::id::{EntityId, EntityKind, Fresh};
use crate::desk::now::Now;
use crate::desk::parcel::Parcel;
use crate::desk::record::Record;
use crate::desk::staff::Staff;
use crate::work::action::{ActionKind, Actor, Refusal};
use crate::work::case::{Case, Knowledge};
use crate::work::earlier::EarlierRepair;
use crate::work::elsewhere::Elsewhere;
use crate::work::intent::{Intent, Proposal, Seen};

use super::fault::{CheckFault, CommitFault, Trouble};
use super::read::View;
use super::{Committed, Store};

/// The records an intent is planned on, as the file has them.
#[derive(Debug)]
pub struct Sight(Records);

#[derive(Debug)]
enum Records {
    None,
    Case {
        case: Box<Case>,
        around: Vec<Record>,
        outgoing: Option<Record>,
    },
    Parcel {
        parcel: Record,
        cases: Vec<Case>,
    },
}

impl Sight {
    /// Reads what planning the intent on this day looks at, and no more.
    ///
    /// # Errors
    /// [`Trouble`]: the file would not.
    pub fn of(
        view: View<'_>,
        intent: &Intent,
        knowledge: &Arc<Knowledge>,
        today: NaiveDate,
    ) -> Result<Sight, Trouble> {
        let _snapshot = view.snapshot()?;
        let look = Look {
            view,
            knowledge,
            today,
        };
        Ok(Sight(match intent {
            Intent::Begin { .. } | Intent::BeginParcel { .. } => Records::None,
            // Many cases may have the same serial number; a plain edit asks for none of them.
            Intent::Act { case, action } if action.is_plain() => look.alone(*case)?,
            Intent::Act { case, action } => {
                let seen = look.case_with(*case, |_| Ok((Vec::new(), None)))?;
                match action.kind() {
                    ActionKind::Authorise => look.with_elsewhere(seen)?,
                    _ => seen,
                }
            }
            Intent::Undo { case } | Intent::TakeApart { case } => {
                look.case_with(*case, |record| Ok((view.around(record)?, None)))?
            }
            Intent::Join { case, right, .. } => look.case_with(*case, |record| {
                let mut around = view.around(record)?;
                around.retain(|record| record.id() != *right);
                around.extend(look.record(*right, EntityKind::Case)?);
                Ok((around, None))
            })?,
            Intent::Dispatch { case } => look.case_with(*case, |record| {
                let outgoing = match record.text(Field::WaybillBack) {
                    Some(waybill) => view.outgoing_box(waybill)?,
                    None => None,
                };
                Ok((Vec::new(), outgoing))
            })?,
            Intent::EditParcel { parcel, .. } | Intent::SettleParcel { parcel, .. } => {
                look.parcel(*parcel, false)?
            }
            Intent::Receive { parcel } => look.parcel(*parcel, true)?,
        }))
    }

    /// For planning.
    pub fn seen(&self) -> Seen<'_> {
        match &self.0 {
            Records::None => Seen::Nothing,
            Records::Case {
                case,
                around,
                outgoing,
            } => Seen::Case {
                case,
                around,
                outgoing: outgoing.as_ref(),
            },
            Records::Parcel { parcel, cases } => Seen::Parcel { parcel, cases },
        }
    }
}

struct Look<'a> {
    view: View<'a>,
    knowledge: &'a Arc<Knowledge>,
    today: NaiveDate,
}

impl Look<'_> {
    fn record(&self, id: EntityId, kind: EntityKind) -> Result<Option<Record>, Trouble> {
        let record = self.view.record(id)?;
        Ok(record.filter(|record| record.kind() == kind))
    }

    fn case(&self, record: Record) -> Result<Case, Trouble> {
        let same_serial = match record.serial(Field::SerialNumber) {
            Some(serial) => self.view.earlier(serial, record.id())?,
            None => Vec::new(),
        };
        let earlier = EarlierRepair::all(&same_serial, &record);
        let knowledge = Arc::clone(self.knowledge);
        Ok(Case::of(record, earlier, knowledge, self.today))
    }

    /// The same records, the case knowing where else its unit is open.
    fn with_elsewhere(&self, records: Records) -> Result<Records, Trouble> {
        let Records::Case {
            case,
            around,
            outgoing,
        } = records
        else {
            return Ok(records);
        };
        let same = match case.record.serial(Field::SerialNumber) {
            Some(serial) => self.view.earlier(serial, case.record.id())?,
            None => Vec::new(),
        };
        let elsewhere = Elsewhere::all(&same, &case.record, self.knowledge, self.today);
        Ok(Records::Case {
            case: Box::new(case.with_elsewhere(elsewhere)),
            around,
            outgoing,
        })
    }

    /// A case without what earlier cases of its serial number tell.
    fn alone(&self, id: EntityId) -> Result<Records, Trouble> {
        let Some(record) = self.record(id, EntityKind::Case)? else {
            return Ok(Records::None);
        };
        let knowledge = Arc::clone(self.knowledge);
        Ok(Records::Case {
            case: Box::new(Case::of(record, Vec::new(), knowledge, self.today)),
            around: Vec::new(),
            outgoing: None,
        })
    }

    fn case_with(
        &self,
        id: EntityId,
        around: impl FnOnce(&Record) -> Result<(Vec<Record>, Option<Record>), Trouble>,
    ) -> Result<Records, Trouble> {
        let Some(record) = self.record(id, EntityKind::Case)? else {
            return Ok(Records::None);
        };
        let (around, outgoing) = around(&record)?;
        Ok(Records::Case {
            case: Box::new(self.case(record)?),
            around,
            outgoing,
        })
    }

    fn parcel(&self, id: EntityId, with_cases: bool) -> Result<Records, Trouble> {
        let Some(parcel) = self.record(id, EntityKind::Parcel)? else {
            return Ok(Records::None);
        };
        let mut cases = Vec::new();
        if with_cases {
            for case in Parcel::of(&parcel).goods.iter().filter_map(|it| it.case) {
                if let Some(record) = self.record(case, EntityKind::Case)? {
                    cases.push(self.case(record)?);
                }
            }
        }
        Ok(Records::Parcel { parcel, cases })
    }
}

/// Plans an intent for somebody who sees the records as they stand now.
///
/// # Errors
/// Why it is not possible, or that the file would not.
pub fn propose(
    view: View<'_>,
    intent: Intent,
    knowledge: &Arc<Knowledge>,
    staff: &Staff,
    now: Now,
    fresh: &mut Fresh,
) -> Result<Proposal, CheckFault<Refusal>> {
    let sight = Sight::of(view, &intent, knowledge, now.today)?;
    let mut actor = Actor { staff, now, fresh };
    Proposal::plan(intent, sight.seen(), knowledge, &mut actor).map_err(CheckFault::Refused)
}

/// Asks a proposal again on the records as they stand now. For the `check` of [`Store::commit`].
///
/// # Errors
/// Why it is not applied, or that the file would not.
pub fn recheck(
    view: View<'_>,
    proposal: &Proposal,
    knowledge: &Arc<Knowledge>,
) -> Result<(), CheckFault<Refusal>> {
    let standing = view.standing_of(proposal.who())?;
    let sight = Sight::of(view, proposal.intent(), knowledge, proposal.now().today)?;
    proposal
        .again(sight.seen(), knowledge, standing)
        .map_err(CheckFault::Refused)
}

impl Store {
    /// Saves what a person meant, where the gates still allow it and it comes to what they saw.
    ///
    /// # Errors
    /// [`CommitFault`]; nothing was written.
    pub fn apply(
        &mut self,
        proposal: &Proposal,
        knowledge: &Arc<Knowledge>,
    ) -> Result<Committed, CommitFault<Refusal>> {
        self.commit(proposal.batch(), |view| recheck(view, proposal, knowledge))
    }
}
