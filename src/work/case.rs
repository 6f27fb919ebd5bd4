//! A case with everything that follows from its record: what the terms decide, the quote, the money,
//! where it stands.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::desk::change::{Act, Change, Planned};
use crate::desk::field::Field;
use crate::desk::id::ActionId;
use crate::desk::ledger::Ledger;
use crate::desk::quote::Quote;
use crate::desk::record::Record;
use crate::terms::ask::{Branch, Question, ask_next, both_ways};
use crate::terms::assess;
use crate::terms::assessment::Assessment;
use crate::terms::calendar::Calendar;
use crate::terms::day::Day;
use crate::terms::facts::Facts;
use crate::terms::version::{Library, Terms};

use super::earlier::EarlierRepair;
use super::elsewhere::Elsewhere;
use super::facts::{Sources, facts_of};
use super::findings::{self, Finding};
use super::grants::Grants;
use super::standing::{Given, Standing};
use super::verdict::Verdict;

/// What the desk knows apart from its cases: the terms in all versions, the working days, the time
/// zone of the service centre.
#[derive(Debug)]
pub struct Knowledge {
    /// The terms, every version.
    pub library: Library,
    /// The working days.
    pub calendar: Calendar,
    /// A day is a day here.
    pub zone: Tz,
}

impl Knowledge {
    /// The day it is at the service centre.
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The terms a case is judged by: the version it was opened under; where that is not stored any
    /// more, the version in force on the day it began.
    pub fn terms_of(&self, record: &Record, today: NaiveDate) -> &Terms {
        let opened = record.begun_at().map_or(today, |at| self.day(at));
        record
            .text(Field::TermsVersion)
            .and_then(|hash| self.library.by_hash(hash))
            .unwrap_or_else(|| self.library.in_force(Day::from_date(opened)))
    }

    /// The fingerprint of the terms in force on a day: a case opened then keeps it.
    pub fn terms_in_force(&self, day: NaiveDate) -> String {
        self.library.in_force(Day::from_date(day)).hash.clone()
    }
}

/// A case and everything that follows from it. Made anew whenever the record or the day changes.
#[derive(Debug, Clone)]
pub struct Case {
    /// What is recorded.
    pub record: Record,
    /// Earlier repairs of the same serial number.
    pub earlier: Vec<EarlierRepair>,
    /// Other cases of its unit that are open; as far as somebody looked.
    pub elsewhere: Vec<Elsewhere>,
    /// The facts as the terms see them.
    pub facts: Facts,
    /// What the terms decide, with reasons.
    pub assessment: Assessment,
    /// The part of it that the way of the case depends on.
    pub verdict: Verdict,
    /// The quote.
    pub quote: Quote,
    /// The money.
    pub ledger: Ledger,
    /// What a supervisor granted.
    pub grants: Grants,
    /// Where it stands.
    pub standing: Standing,
    /// The day it was looked at.
    pub today: NaiveDate,
    knowledge: Arc<Knowledge>,
    advice: Arc<Advice>,
}

/// What follows from facts and terms alone and takes hundreds of decisions: found out when it is first
/// wanted, and kept for as long as the facts are the same.
#[derive(Debug, Default)]
struct Advice {
    questions: OnceLock<Vec<Question>>,
    branches: OnceLock<Vec<Branch>>,
}

impl Case {
    /// The case as it stands on `today`.
    pub fn of(
        record: Record,
        earlier: Vec<EarlierRepair>,
        knowledge: Arc<Knowledge>,
        today: NaiveDate,
    ) -> Case {
        Case::after(None, record, earlier, knowledge, today)
    }

    /// The case as it stands on `today`; what was decided `before` stands where the facts are the same.
    fn after(
        before: Option<&Case>,
        record: Record,
        earlier: Vec<EarlierRepair>,
        knowledge: Arc<Knowledge>,
        today: NaiveDate,
    ) -> Case {
        // Without a serial number there is nothing that other cases could have in common with it.
        let earlier = match record.serial(Field::SerialNumber) {
            Some(_) => earlier,
            None => Vec::new(),
        };
        let quote = Quote::of(&record);
        let ledger = Ledger::of(&record, &quote);
        let grants = Grants::of(&record);
        let facts = facts_of(&Sources {
            record: &record,
            earlier: &earlier,
            quote: &quote,
            ledger: &ledger,
            today,
            day_of: &|at| knowledge.day(at),
        });
        let terms = knowledge.terms_of(&record, today);
        let same = before.filter(|case| {
            let knows_the_same = Arc::ptr_eq(&case.knowledge, &knowledge);
            knows_the_same && case.facts == facts && case.terms().hash == terms.hash
        });
        let (assessment, advice) = match same {
            Some(case) => (case.assessment.clone(), Arc::clone(&case.advice)),
            None => (assess(&facts, terms, &knowledge.calendar), Arc::default()),
        };
        let verdict = Verdict::of(&assessment);
        let standing = Given {
            record: &record,
            quote: &quote,
            ledger: &ledger,
            grants: &grants,
            verdict: &verdict,
            zone: knowledge.zone,
        }
        .standing();
        let elsewhere = before.map_or_else(Vec::new, |case| {
            let others = case.elsewhere.iter();
            others.filter(|it| it.is_of(&record)).cloned().collect()
        });
        Case {
            record,
            earlier,
            elsewhere,
            facts,
            assessment,
            verdict,
            quote,
            ledger,
            grants,
            standing,
            today,
            knowledge,
            advice,
        }
    }

    /// What to find out next, in the order in which it settles most.
    pub fn questions(&self) -> &[Question] {
        self.advice.questions.get_or_init(|| {
            let calendar = &self.knowledge.calendar;
            ask_next(&self.facts, &self.assessment, self.terms(), calendar)
        })
    }

    /// What nobody has seen yet, answered both ways.
    pub fn branches(&self) -> &[Branch] {
        self.advice
            .branches
            .get_or_init(|| both_ways(&self.facts, self.terms(), &self.knowledge.calendar))
    }

    /// The same case with another record: for what is only being typed, and for the past.
    pub fn with_record(&self, record: Record) -> Case {
        Case::after(
            Some(self),
            record,
            self.earlier.clone(),
            Arc::clone(&self.knowledge),
            self.today,
        )
    }

    /// The same case looked at on another day.
    pub fn on(&self, today: NaiveDate) -> Case {
        Case::of(
            self.record.clone(),
            self.earlier.clone(),
            Arc::clone(&self.knowledge),
            today,
        )
        .with_elsewhere(self.elsewhere.clone())
    }

    /// The same case, knowing of these other open cases of its unit.
    pub fn with_elsewhere(mut self, elsewhere: Vec<Elsewhere>) -> Case {
        self.elsewhere = elsewhere;
        self
    }

    /// The same case with other earlier repairs.
    pub fn with_earlier(&self, earlier: Vec<EarlierRepair>) -> Case {
        Case::of(
            self.record.clone(),
            earlier,
            Arc::clone(&self.knowledge),
            self.today,
        )
        .with_elsewhere(self.elsewhere.clone())
    }

    /// The case as it would stand after these changes of its record.
    pub fn with_planned(&self, act: Act, changes: &[Planned]) -> Case {
        let mut record = self.record.clone();
        apply_planned(&mut record, act, changes);
        self.with_record(record)
    }

    /// What the standing is derived from.
    pub fn given(&self) -> Given<'_> {
        Given {
            record: &self.record,
            quote: &self.quote,
            ledger: &self.ledger,
            grants: &self.grants,
            verdict: &self.verdict,
            zone: self.knowledge.zone,
        }
    }

    /// The lines of the checks, in the order in which they are shown.
    pub fn findings(&self) -> Vec<Finding> {
        findings::findings(self)
    }

    /// The terms it is judged by.
    pub fn terms(&self) -> &Terms {
        self.knowledge.terms_of(&self.record, self.today)
    }

    /// What the desk knows apart from the case.
    pub fn knowledge(&self) -> &Arc<Knowledge> {
        &self.knowledge
    }
}

/// Applies planned changes of this record as if they had been saved; for looking ahead.
pub fn apply_planned(record: &mut Record, act: Act, changes: &[Planned]) {
    let at = record
        .changes()
        .last()
        .map_or(DateTime::UNIX_EPOCH, |change| change.at);
    for planned in changes {
        if planned.entity != record.id() {
            continue;
        }
        record.apply(Change {
            entity: planned.entity,
            kind: planned.kind,
            seq: record.next_seq(),
            action: ActionId(0),
            act,
            at,
            who: String::new(),
            ground: planned.ground,
            item: planned.item,
            field: planned.field,
            entry: planned.entry.clone(),
            base: planned.base,
        });
    }
}
