//! What the checks beside a form say, typed and in order: one list that is drawn, walked through and
//! opened.

use crate::desk::change::Ground;
use crate::desk::field::Field;
use crate::terms::ask::{Branch, Question};
use crate::terms::assessment::{Area, Item};
use crate::terms::choice::Choice;
use crate::terms::facts::FactName;
use crate::terms::findings::{Finding, Mark, What};
use crate::terms::notice::{Notice, NoticeCode};

use super::case::Case;
use super::grants::{Grant, Subject};
use super::verdict::Tri;

/// One part of the assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section<'a> {
    /// Which part.
    pub area: Area,
    /// What stands against it, is open or is left to staff.
    pub findings: Vec<Finding>,
    /// What nobody has seen yet, answered both ways.
    pub branches: Vec<Branch>,
    /// The fields it rests on that only the customer says.
    pub hearsay: Vec<Field>,
    /// What a supervisor granted over it.
    pub grant: Option<&'a Grant>,
}

/// Everything the checks say about a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checks<'a> {
    /// The parts that concern the service, the one that matters most first.
    pub sections: Vec<Section<'a>>,
    /// What to find out next, in the order in which it settles most.
    pub questions: Vec<Question>,
    /// What is met.
    pub met: Vec<Finding>,
    /// What another reading would give, and standing remarks.
    pub notices: Vec<Finding>,
}

impl Checks<'_> {
    /// The findings one can walk through, in the order in which they are shown.
    pub fn findings(&self) -> Vec<Finding> {
        let sections = self.sections.iter().flat_map(|section| &section.findings);
        sections
            .chain(&self.met)
            .chain(&self.notices)
            .copied()
            .collect()
    }
}

/// The parts that concern what is asked for.
fn areas(case: &Case) -> Vec<Area> {
    let is_refused = case.verdict.take_back == Tri::No;
    match case.record.choice(Field::Service) {
        Some("return") if is_refused => vec![Area::Return, Area::Warranty],
        Some("return") => vec![Area::Return],
        Some("return_else_repair") if is_refused => vec![
            Area::Return,
            Area::Warranty,
            Area::Fee,
            Area::Freight,
            Area::RepairTime,
        ],
        Some("return_else_repair") => vec![Area::Return, Area::Warranty],
        Some("upgrade") => vec![Area::Freight, Area::Fee],
        Some(_) => vec![
            Area::Warranty,
            Area::Fee,
            Area::Freight,
            Area::RepairTime,
            Area::Gates,
        ],
        None => vec![Area::Warranty, Area::Return],
    }
}

/// What the checks say about a case.
pub fn checks(case: &Case) -> Checks<'_> {
    let areas = areas(case);
    let branches = case.branches();
    let mut met = Vec::new();
    let mut notices = Vec::new();
    let mut asked: Vec<What> = Vec::new();
    let mut sections = Vec::with_capacity(areas.len());
    for area in &areas {
        let mut findings = case.assessment.findings(&case.facts, *area);
        findings.retain(|finding| match finding.mark {
            // The heading says it already.
            _ if matches!(finding.what, What::Fee(_)) => false,
            // What is missing is said once, where it matters first.
            Mark::Open if matches!(finding.what, What::Missing(_)) => {
                let is_new = !asked.contains(&finding.what);
                asked.push(finding.what);
                is_new
            }
            Mark::Met if finding.count.is_none() && *area == Area::Return => {
                met.push(*finding);
                false
            }
            Mark::Notice => {
                notices.push(*finding);
                false
            }
            _ => true,
        });
        sections.push(Section {
            area: *area,
            findings,
            branches: branches
                .iter()
                .filter(|b| b.area == *area)
                .copied()
                .collect(),
            hearsay: hearsay(case, *area),
            grant: grant(case, *area),
        });
    }
    notices.extend(from_the_desk(case));
    let questions = case
        .questions()
        .iter()
        .filter(|question| !question.decides || areas.iter().any(|area| question.areas.has(*area)))
        .copied()
        .collect();
    Checks {
        sections,
        questions,
        met,
        notices,
    }
}

/// The known facts the part rests on that nobody here has seen.
fn hearsay(case: &Case, area: Area) -> Vec<Field> {
    case.assessment
        .facts_relied_on(&case.facts, area)
        .into_iter()
        .filter_map(|item| match item {
            Item::Fact(name) => Field::from_code(name.code()),
            Item::Repair(..) => None,
        })
        .filter(|field| {
            case.record.fact(*field).is_some_and(|fact| {
                fact.ground == Ground::CustomerSays && fact.entry.value().is_some()
            })
        })
        // What the customer asked for, or when they called, is theirs to say.
        .filter(|field| {
            !matches!(
                field,
                Field::Service | Field::ContactDate | Field::RequestDate
            )
        })
        .collect()
}

fn grant(case: &Case, area: Area) -> Option<&Grant> {
    let subjects: &[Subject] = match area {
        Area::Return => &[Subject::Return],
        Area::Warranty => &[Subject::Warranty],
        Area::Fee => &[Subject::FreeRepair, Subject::Warranty],
        Area::Freight => &[Subject::FreeFreight],
        Area::Gates | Area::RepairTime => &[],
    };
    let mut grants = case.grants.0.iter().rev();
    grants.find(|grant| subjects.contains(&grant.subject))
}

/// The notices of the reading that no fact of the terms carries: staff recorded the situation.
fn from_the_desk(case: &Case) -> Vec<Finding> {
    let record = &case.record;
    let mut codes = Vec::new();
    if record.choice(Field::SoldBy) == Some("dealer") {
        codes.push((NoticeCode::Party, Area::Return));
    }
    if record.is_yes(Field::Abroad) {
        codes.push((NoticeCode::Tz, Area::Return));
        codes.push((NoticeCode::FAbroad, Area::Freight));
    }
    if record.choice(Field::RepairOutcome) == Some("upgraded")
        && record.choice(Field::TestResult) == Some("quality")
    {
        codes.push((NoticeCode::FUpgfix, Area::Freight));
    }
    codes
        .into_iter()
        .map(|(code, area)| {
            let notice = Notice::new(code, None);
            Finding {
                area,
                mark: Mark::Notice,
                clause: notice.clause,
                what: What::Notice(notice),
                count: None,
            }
        })
        .collect()
}

/// The field that answers a question, where it is one of the case's own.
pub fn field_of(name: FactName) -> Option<Field> {
    Field::from_code(name.code())
}
