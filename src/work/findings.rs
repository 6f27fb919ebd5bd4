//! The checks beside every form, typed and in the order in which they are shown: what blocks the next
//! step, what the terms decide and why, what nobody has seen yet, what to ask next, remarks.

use crate::desk::change::Ground;
use crate::desk::field::Field;
use crate::terms::ask::{Branch, Place, Question};
use crate::terms::assessment::{
    Area, Count, Cover, Fee, Item, Payer, Reason, ReturnDecision, WorkCount,
};
use crate::terms::choice::Choice as _;
use crate::terms::clause::ClauseId;
use crate::terms::facts::FactName;
use crate::terms::findings::{Mark, What as Said};
use crate::terms::notice::{Notice, NoticeCode};

use super::case::Case;
use super::grants::{Grant, Subject};
use super::standing::{Blocker, Stage};
use super::verdict::Tri;

/// A part of the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Whether the repair may begin (IV.4, IV.5).
    MayRepair,
    /// Whether the goods may be sent back (IV.5).
    MaySendBack,
    /// The return (A).
    Return,
    /// The warranty (I).
    Warranty,
    /// Freight (III).
    Freight,
    /// The repair fee (IV.4).
    Fee,
    /// The working days (IV.5).
    Time,
    /// What to ask, look up or test next.
    Ask,
    /// What only helps to find the fault.
    Diagnose,
    /// Rules that are met and count no days.
    Met,
    /// Remarks of the reading.
    Notes,
}

/// What a part comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// A gate: open, or so many things shut it.
    Gate(usize),
    /// The return.
    Return {
        /// By the terms.
        decision: ReturnDecision,
        /// Left to staff.
        is_for_staff: bool,
        /// Granted by a supervisor.
        is_granted: bool,
    },
    /// The warranty.
    Warranty {
        /// By the terms.
        decision: Cover,
        /// The period alone.
        period: Cover,
        /// The last covered day, where it is certain.
        last: Option<chrono::NaiveDate>,
        /// Left to staff.
        is_for_staff: bool,
        /// Granted by a supervisor.
        is_granted: bool,
    },
    /// Freight to us, and back.
    Freight {
        /// From the customer to the company.
        inward: Payer,
        /// From the company to the customer.
        back: Payer,
        /// Whether it is so only if the work ends in a repair.
        if_repaired: bool,
        /// The company pays the way back, granted by a supervisor.
        is_granted: bool,
    },
    /// The fee.
    Fee {
        /// By the terms.
        fee: Fee,
        /// Whether it is so only if the work ends in a repair.
        if_repaired: bool,
        /// No fee, granted by a supervisor.
        is_granted: bool,
    },
    /// The day the repair is due, and whether it was in time.
    Time(Option<chrono::NaiveDate>, Option<bool>),
    /// A list, which decides nothing.
    List,
}

/// What a line of the checks says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A line of the terms.
    Terms(Said),
    /// A fact nobody has seen yet, and what would follow from each answer.
    Unseen(FactName, Vec<Branch>),
    /// A day by which something must happen, counted out beside it.
    LastDay(LastDay),
    /// The working days of the repair, counted out.
    Working(WorkCount),
    /// Something keeps the next step from being taken.
    Blocked(Blocker),
    /// A condition of the next step that holds.
    Holds(Blocker),
    /// Granted by a supervisor over what the terms decide.
    Granted(Grant),
    /// To find out next.
    Ask(Question),
    /// What can be found out only once the goods are here.
    Later(Vec<Item>),
}

/// A day something must happen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastDay {
    /// To ask for a return (A.X1).
    RequestReturn,
    /// To send a return in (A.X7).
    SendIn,
}

/// One line of the checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The part it stands in.
    pub part: Part,
    /// How it stands.
    pub mark: Mark,
    /// The clause behind it.
    pub clause: ClauseId,
    /// What it says.
    pub what: What,
    /// Natural days counted out, where the line counts them.
    pub count: Option<Count>,
}

/// A part with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The part.
    pub part: Part,
    /// What it comes to.
    pub decision: Decision,
    /// Facts it rests on that only the customer says.
    pub hearsay: Vec<FactName>,
    /// Its lines.
    pub findings: Vec<Finding>,
}

/// The checks of a case, part by part; parts that do not concern the case are left out.
pub fn sections(case: &Case) -> Vec<Section> {
    Maker::of(case).sections()
}

/// The lines of the checks, in the order in which they are shown.
pub fn findings(case: &Case) -> Vec<Finding> {
    let sections = sections(case).into_iter();
    sections.flat_map(|section| section.findings).collect()
}

struct Maker<'a> {
    case: &'a Case,
    branches: &'a [Branch],
    asked: Vec<Question>,
    later: Vec<Question>,
    met: Vec<Finding>,
    notes: Vec<Finding>,
}

impl<'a> Maker<'a> {
    fn of(case: &'a Case) -> Maker<'a> {
        let is_open = !case.standing.stage.is_closed();
        let questions = if is_open { case.questions() } else { &[] };
        let (asked, later) = place(case).in_turn(questions);
        Maker {
            case,
            branches: case.branches(),
            asked,
            later,
            met: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn sections(mut self) -> Vec<Section> {
        let service = self.case.record.choice(Field::Service);
        let is_return = matches!(service, Some("return" | "return_else_repair"));
        let is_upgrade = service == Some("upgrade");
        let mut sections = Vec::new();
        sections.extend(self.gate());
        if is_return {
            sections.push(self.returns());
        }
        if !is_upgrade {
            sections.push(self.warranty());
        }
        if service.is_some() {
            sections.push(self.freight());
        }
        if !is_return || self.case.verdict.take_back == Tri::No {
            sections.push(self.fee());
            sections.extend(self.time());
        }
        self.notes.extend(from_the_desk(self.case));
        sections.extend(self.ask(Part::Ask, true));
        sections.extend(self.ask(Part::Diagnose, false));
        for (part, findings) in [
            (Part::Met, std::mem::take(&mut self.met)),
            (Part::Notes, std::mem::take(&mut self.notes)),
        ] {
            if !findings.is_empty() {
                sections.push(list(part, findings));
            }
        }
        sections
    }

    /// What the terms say about an area, without what is asked below: refusals, conflicts, what is
    /// left to staff, days that count. What is met without counting and remarks go to the end.
    fn lines(&mut self, part: Part, area: Area) -> Vec<Finding> {
        let said = self.case.assessment.findings(&self.case.facts, area);
        let mut lines = Vec::with_capacity(said.len());
        for finding in said {
            let line = Finding {
                part,
                mark: finding.mark,
                clause: finding.clause,
                what: What::Terms(finding.what),
                count: finding.count,
            };
            match finding.what {
                Said::Missing(item) if self.is_asked(item) => {}
                // Only the desk's own doings are missing there, and the gates name them.
                Said::Missing(_) if matches!(area, Area::Fee | Area::Gates) => {}
                // Another reading would decide otherwise: said where it is decided.
                Said::Notice(notice) if decides_otherwise(notice.code) => lines.push(line),
                Said::Notice(_) => self.notes.push(Finding {
                    part: Part::Notes,
                    ..line
                }),
                Said::Met if finding.count.is_none() && area == Area::Return => {
                    self.met.push(Finding {
                        part: Part::Met,
                        ..line
                    });
                }
                // What the customer has to pay is said with its clause.
                Said::Freight(_, Payer::Customer) => lines.push(line),
                // Said in the heading.
                Said::Freight(..) | Said::Fee(_) | Said::Due(_) => {}
                _ => lines.push(line),
            }
        }
        lines
    }

    fn is_asked(&self, item: Item) -> bool {
        let mut asked = self.asked.iter().chain(&self.later);
        asked.any(|question| question.item == item)
    }

    fn unseen(&self, part: Part, area: Area) -> Vec<Finding> {
        let mut unseen: Vec<Finding> = Vec::new();
        for branch in self.branches.iter().filter(|branch| branch.area == area) {
            if let Some(Finding {
                what: What::Unseen(fact, branches),
                ..
            }) = unseen.last_mut()
                && *fact == branch.fact
            {
                branches.push(*branch);
                continue;
            }
            unseen.push(Finding {
                part,
                mark: Mark::Open,
                clause: branch.fact.clause(),
                what: What::Unseen(branch.fact, vec![*branch]),
                count: None,
            });
        }
        unseen
    }

    fn granted(&self, part: Part, clause: ClauseId, subjects: &[Subject]) -> Vec<Finding> {
        let grants = self.case.grants.0.iter();
        grants
            .filter(|grant| subjects.contains(&grant.subject))
            .map(|grant| Finding {
                part,
                mark: Mark::Met,
                clause,
                what: What::Granted(grant.clone()),
                count: None,
            })
            .collect()
    }

    /// The facts an area rests on of which only the customer's word is known.
    fn hearsay(&self, area: Area) -> Vec<FactName> {
        let relied = self
            .case
            .assessment
            .facts_relied_on(&self.case.facts, area)
            .into_iter();
        relied
            .filter_map(|item| match item {
                Item::Fact(name) => Some(name),
                Item::Repair(..) => None,
            })
            // What was asked for, and when, is the customer's to say.
            .filter(|name| {
                !matches!(
                    name,
                    FactName::Service | FactName::ContactDate | FactName::RequestDate
                )
            })
            .filter(|name| {
                Field::from_code(name.code())
                    .and_then(|field| self.case.record.fact(field))
                    .is_some_and(|fact| fact.ground == Ground::CustomerSays)
            })
            .collect()
    }

    fn gate(&self) -> Option<Section> {
        let given = self.case.given();
        let (part, blockers, all): (Part, Vec<Blocker>, &[Blocker]) = match self.case.standing.stage
        {
            Stage::Repair | Stage::Quote | Stage::Answer => (
                Part::MayRepair,
                given.repair_blockers(),
                if given.is_upgrade() {
                    &[]
                } else {
                    &[Blocker::TestOpen]
                },
            ),
            Stage::Dispatch => (
                Part::MaySendBack,
                given.dispatch_blockers(),
                &[
                    Blocker::ContactNotConfirmed,
                    Blocker::FreightOpen,
                    Blocker::MoneyOpen,
                    Blocker::ProofNotEnclosed,
                ],
            ),
            _ => (Part::MayRepair, vec![given.box_open()?], &[]),
        };
        let line = |mark, what, blocker: Blocker| Finding {
            part,
            mark,
            clause: clause_of(blocker),
            what,
            count: None,
        };
        let mut findings: Vec<Finding> = blockers
            .iter()
            .map(|blocker| line(Mark::Refused, What::Blocked(*blocker), *blocker))
            .collect();
        // Nothing is 'paid' as long as freight is due, or nobody knows how much.
        let is_freight_open = blockers
            .iter()
            .any(|it| matches!(it, Blocker::FreightDue | Blocker::FreightAmountUnknown));
        let holds = all.iter().filter(|blocker| {
            let is_untrue = is_freight_open && **blocker == Blocker::MoneyOpen;
            !is_untrue && !blockers.contains(blocker)
        });
        findings.extend(holds.map(|blocker| line(Mark::Met, What::Holds(*blocker), *blocker)));
        if part == Part::MayRepair && !given.is_upgrade() {
            let agreement = if self.case.quote.is_accepted() {
                Some(Blocker::NotAgreed)
            } else if (given.is_free() || given.is_covered_part_left()) && given.is_confirmed() {
                Some(Blocker::RepairNotConfirmed)
            } else {
                None
            };
            findings.extend(agreement.map(|agreed| line(Mark::Met, What::Holds(agreed), agreed)));
        }
        Some(Section {
            part,
            decision: Decision::Gate(blockers.len()),
            hearsay: Vec::new(),
            findings,
        })
    }

    fn returns(&mut self) -> Section {
        let part = Part::Return;
        let returns = &self.case.assessment.returns;
        let (decision, is_for_staff) = (returns.decision, !returns.staff.is_empty());
        let (request, send_in) = (returns.last_request, returns.send_in);
        let lapsed = returns.reasons.has(Reason::X7);
        let mut findings = self.granted(part, ClauseId::AB1, &[Subject::Return]);
        let is_granted = !findings.is_empty();
        findings.extend(self.lines(part, Area::Return));
        let shows = |findings: &[Finding], count: Count| {
            findings.iter().any(|finding| finding.count == Some(count))
        };
        let today = self.case.today;
        let last_day = |count: Count, clause, what| Finding {
            part,
            mark: if count.last.date() < today {
                Mark::Refused
            } else {
                Mark::Met
            },
            clause,
            what: What::LastDay(what),
            count: Some(count),
        };
        if let Some(count) = request.filter(|count| !shows(&findings, *count)) {
            findings.push(last_day(count, ClauseId::AX1, LastDay::RequestReturn));
        }
        if let Some(count) = send_in.filter(|count| !lapsed && !shows(&findings, *count)) {
            findings.push(last_day(count, ClauseId::AX7, LastDay::SendIn));
        }
        if decision != ReturnDecision::Refused {
            findings.extend(self.unseen(part, Area::Return));
        }
        findings.sort_by_key(|finding| finding.mark);
        Section {
            part,
            decision: Decision::Return {
                decision,
                is_for_staff,
                is_granted,
            },
            hearsay: self.hearsay(Area::Return),
            findings,
        }
    }

    fn warranty(&mut self) -> Section {
        let part = Part::Warranty;
        let warranty = &self.case.assessment.warranty;
        let decision = Decision::Warranty {
            decision: warranty.decision,
            period: warranty.period,
            last: warranty.last_covered.map(|day| day.date()),
            is_for_staff: !warranty.staff.is_empty(),
            is_granted: self.case.grants.has(Subject::Warranty),
        };
        let mut findings = self.granted(part, ClauseId::I2, &[Subject::Warranty]);
        let mut lines = self.lines(part, Area::Warranty);
        // While a return stands, the warranty is only what it falls back on.
        let is_fallback = self.case.given().is_return() && self.case.verdict.take_back != Tri::No;
        let unseen = if is_fallback {
            lines.clear();
            Vec::new()
        } else {
            self.unseen(part, Area::Warranty)
        };
        let is_unseen = |name: FactName| {
            unseen
                .iter()
                .any(|line| matches!(&line.what, What::Unseen(fact, _) if *fact == name))
        };
        lines.retain(|line| match line.what {
            // Said there, with what would follow.
            What::Terms(Said::Missing(Item::Fact(name))) => !is_unseen(name),
            // Met by one of the ways that are told apart there.
            What::Terms(Said::Met) => line.clause == ClauseId::I2 || !is_unseen(FactName::Proof),
            _ => true,
        });
        let (first, met): (Vec<Finding>, Vec<Finding>) =
            lines.into_iter().partition(|line| line.mark < Mark::Met);
        findings.extend(first);
        findings.extend(unseen);
        findings.extend(met);
        Section {
            part,
            decision,
            hearsay: self.hearsay(Area::Warranty),
            findings,
        }
    }

    fn freight(&mut self) -> Section {
        let part = Part::Freight;
        let freight = &self.case.assessment.freight;
        let (inward, back) = (freight.inward, freight.back);
        let is_open = |payer| payer == Payer::Undetermined;
        let if_repaired = is_open(back) && !is_open(freight.if_repaired.1);
        let decision = Decision::Freight {
            inward: if is_open(inward) {
                freight.if_repaired.0
            } else {
                inward
            },
            back: if if_repaired {
                freight.if_repaired.1
            } else {
                back
            },
            if_repaired,
            is_granted: self.case.grants.has(Subject::FreeFreight),
        };
        let mut findings = self.granted(part, ClauseId::III1, &[Subject::FreeFreight]);
        findings.extend(self.lines(part, Area::Freight).into_iter().filter(|line| {
            // Period and finding are the warranty's to ask.
            !matches!(line.what, What::Terms(Said::Missing(_)))
        }));
        Section {
            part,
            decision,
            hearsay: Vec::new(),
            findings,
        }
    }

    fn fee(&mut self) -> Section {
        let part = Part::Fee;
        let fee = &self.case.assessment.fee;
        let is_open = |fee| fee == Fee::Undetermined;
        let if_repaired = is_open(fee.repair) && !is_open(fee.if_repaired);
        let decision = Decision::Fee {
            fee: if if_repaired {
                fee.if_repaired
            } else {
                fee.repair
            },
            if_repaired,
            is_granted: self.case.grants.has(Subject::FreeRepair)
                || self.case.grants.has(Subject::Warranty),
        };
        let mut findings = self.granted(part, ClauseId::IV4, &[Subject::FreeRepair]);
        findings.extend(self.lines(part, Area::Fee));
        // Remarks on the gates; the gates themselves are the desk's own, above.
        self.lines(part, Area::Gates);
        Section {
            part,
            decision,
            hearsay: Vec::new(),
            findings,
        }
    }

    fn time(&mut self) -> Option<Section> {
        let part = Part::Time;
        let time = &self.case.assessment.repair_time;
        let (due, in_time) = (time.due.clone(), time.in_time);
        let has_goods = self.case.record.day(Field::ArrivalDate).is_some();
        let mut findings = self.lines(part, Area::RepairTime);
        if !has_goods && due.is_none() {
            return None;
        }
        if let Some(count) = &due {
            findings.push(Finding {
                part,
                mark: if in_time == Some(false) {
                    Mark::Refused
                } else {
                    Mark::Met
                },
                clause: ClauseId::IV5p,
                what: What::Working(count.clone()),
                count: None,
            });
            findings.retain(|line| !matches!(line.what, What::Terms(Said::InTime(_))));
        }
        Some(Section {
            part,
            decision: Decision::Time(due.map(|count| count.last.date()), in_time),
            hearsay: Vec::new(),
            findings,
        })
    }

    fn ask(&self, part: Part, decides: bool) -> Option<Section> {
        let asked = self.asked.iter().filter(|asked| asked.decides == decides);
        let line = |item: Item, what| Finding {
            part,
            mark: Mark::Open,
            clause: item.clause(),
            what,
            count: None,
        };
        let mut findings: Vec<Finding> = asked
            .map(|question| line(question.item, What::Ask(*question)))
            .collect();
        let later = self.later.iter().filter(|asked| asked.decides == decides);
        let later: Vec<Item> = later.map(|question| question.item).collect();
        if let Some(first) = later.first().copied() {
            findings.push(line(first, What::Later(later)));
        }
        (!findings.is_empty()).then(|| list(part, findings))
    }
}

/// Where what is open in a case can be found out now: at the bench while the goods are here.
pub fn place(case: &Case) -> Place {
    let record = &case.record;
    let is_here = record.day(Field::ArrivalDate).is_some();
    if is_here && record.day(Field::SentBackOn).is_none() {
        Place::Bench
    } else {
        Place::Phone
    }
}

fn list(part: Part, findings: Vec<Finding>) -> Section {
    Section {
        part,
        decision: Decision::List,
        hearsay: Vec::new(),
        findings,
    }
}

/// Whether a remark says that another reading, or staff, could come to another answer in this case.
fn decides_otherwise(code: NoticeCode) -> bool {
    matches!(
        code,
        NoticeCode::ProofChoice
            | NoticeCode::ProofFalse
            | NoticeCode::Roll
            | NoticeCode::ReqEvent
            | NoticeCode::X2B2
            | NoticeCode::X2Appear
            | NoticeCode::ExtStart
            | NoticeCode::ExtInw
            | NoticeCode::ExtNonq
            | NoticeCode::ExtChain
    )
}

/// The clause behind a blocker: the one that asks for it, or the one the decision rests on.
pub fn clause_of(blocker: Blocker) -> ClauseId {
    match blocker {
        Blocker::GoodsNotHere | Blocker::NotAgreed | Blocker::WorkOpen => ClauseId::IV4,
        Blocker::BoxUnitOpen | Blocker::TestOpen | Blocker::CoverOpen => ClauseId::I2,
        Blocker::ReturnOpen => ClauseId::AB1,
        Blocker::FreightOpen | Blocker::FreightAmountUnknown | Blocker::FreightDue => {
            ClauseId::III1
        }
        Blocker::RepairNotConfirmed => ClauseId::IV5p,
        Blocker::ProofNotEnclosed => ClauseId::IV5p,
        Blocker::RecipientUnknown
        | Blocker::RecipientPhoneUnknown
        | Blocker::AddressUnknown
        | Blocker::ContactNotConfirmed
        | Blocker::MoneyOpen
        | Blocker::MoneyToGiveBack
        | Blocker::PriceToGiveBack
        | Blocker::GoodsHere => ClauseId::IV5,
    }
}

/// The notices of the reading that no fact of the terms carries: staff recorded the situation.
fn from_the_desk(case: &Case) -> impl Iterator<Item = Finding> {
    let record = &case.record;
    let is_abroad = record.is_yes(Field::Abroad);
    let is_firmware_the_cure = record.choice(Field::RepairOutcome) == Some("upgraded")
        && record.choice(Field::TestResult) == Some("quality");
    let codes = [
        (
            record.choice(Field::SoldBy) == Some("dealer"),
            NoticeCode::Party,
        ),
        (is_abroad, NoticeCode::Tz),
        (is_abroad, NoticeCode::FAbroad),
        (is_firmware_the_cure, NoticeCode::FUpgfix),
    ];
    codes
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, code)| {
            let notice = Notice::new(code, None);
            Finding {
                part: Part::Notes,
                mark: Mark::Notice,
                clause: notice.clause,
                what: What::Terms(Said::Notice(notice)),
                count: None,
            }
        })
}
