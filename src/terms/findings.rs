//! An assessment line by line, for a panel: what is met, refused, open, left to staff, or remarked.

use super::assessment::{
    Area, Assessment, Conflict, Count, Cover, Fee, Gate, Item, Missing, Payer, Reason,
    ReturnDecision, Staff,
};
use super::choice::{Choice, Set};
use super::clause::ClauseId;
use super::day::Day;
use super::facts::{FactName, Facts, TestResult, dashed};
use super::notice::Notice;

super::choice::choices! {
    /// How a finding stands.
    Mark {
        Refused = "refused",
        Conflict = "conflict",
        Staff = "staff",
        Open = "open",
        Met = "met",
        Notice = "notice",
    }
}

/// One of the two ways of the freight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From the customer to the company.
    In,
    /// From the company to the customer.
    Back,
}

/// What a finding says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The rule of the clause is met, or does not stand in the way.
    Met,
    /// A reason of the contract.
    Reason(Reason),
    /// A fact that could still change the decision.
    Missing(Item),
    /// A year whose working days are not stored.
    MissingYear(i32),
    /// Two facts that cannot both be true.
    Conflict(Conflict),
    /// Left to staff.
    Staff(Staff),
    /// A remark of the reading.
    Notice(Notice),
    /// Who pays one way.
    Freight(Way, Payer),
    /// The repair fee.
    Fee(Fee),
    /// The repair may begin.
    MayRepair(Gate),
    /// The goods may be sent back.
    MaySendBack(Gate),
    /// The day the repair is due.
    Due(Day),
    /// Whether it was repaired by then.
    InTime(bool),
}

/// One line of an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The part it belongs to.
    pub area: Area,
    /// How it stands.
    pub mark: Mark,
    /// The clause behind it.
    pub clause: ClauseId,
    /// What it says.
    pub what: What,
    /// The days counted out, where the clause counts days.
    pub count: Option<Count>,
}

impl Finding {
    /// The id of the finding's words. `met-A-X1`, `reason-X1`, `fact-receipt-date`,
    /// `finding-conflict` (with `a` and `b`), `staff-COSM`, `notice-DAY0-short` (with `date`),
    /// `freight-in-unstated`, `fee-by-quote`, `gate-repair-yes`, `due` (with `date`), `in-time-yes`,
    /// `calendar-missing` (with `year`).
    pub fn message_id(&self) -> String {
        match self.what {
            What::Met => format!("met-{}", dashed(self.clause.code())),
            What::Reason(reason) => reason.message_id(),
            What::Missing(item) => item.message_id(),
            What::MissingYear(_) => "calendar-missing".to_string(),
            What::Conflict(_) => "finding-conflict".to_string(),
            What::Staff(staff) => staff.message_id(),
            What::Notice(notice) => notice.short_id(),
            What::Freight(Way::In, payer) => format!("freight-in-{}", payer.code()),
            What::Freight(Way::Back, payer) => format!("freight-back-{}", payer.code()),
            What::Fee(fee) => fee.message_id(),
            What::MayRepair(gate) => format!("gate-repair-{}", gate.code()),
            What::MaySendBack(gate) => format!("gate-send-{}", gate.code()),
            What::Due(_) => "due".to_string(),
            What::InTime(true) => "in-time-yes".to_string(),
            What::InTime(false) => "in-time-no".to_string(),
        }
    }
}

impl FactName {
    /// The clause that asks for the fact first.
    pub const fn clause(self) -> ClauseId {
        use FactName as F;
        match self {
            F::ReceiptDate | F::RequestDate | F::AsOf | F::Service => ClauseId::AX1,
            F::Complete | F::MissingBy | F::MissingItems | F::AppearanceDamage => ClauseId::AX2,
            F::ProofAtReturn => ClauseId::AX3,
            F::CollisionOrBurn | F::Misuse | F::MisuseKind => ClauseId::AX4,
            F::LabelsTampered | F::LabelsBy => ClauseId::AX5,
            F::ForceMajeure | F::FmWhen => ClauseId::AX6,
            F::ConfirmDate | F::DispatchDate => ClauseId::AX7,
            F::ManufacturingDefect | F::Activated | F::Resalable => ClauseId::AB1,
            F::PerformanceFailure | F::FailureManMade | F::FailureFoundDate => ClauseId::AB2,
            F::ShipDate => ClauseId::I1a,
            F::Proof | F::PurchaseDate => ClauseId::I1b,
            F::TestResult => ClauseId::I2,
            F::Repairs => ClauseId::IN,
            F::ContactDate | F::FaultDate => ClauseId::IV1,
            F::Outcome | F::Quote | F::QuoteAcceptedDate => ClauseId::IV4,
            F::FeePaid | F::ContactConfirmed | F::SentBackOn => ClauseId::IV5,
            F::ArrivalDate | F::RepairConfirmedDate | F::RepairedOn => ClauseId::IV5p,
        }
    }
}

impl Item {
    /// The clause that asks for the item first.
    pub const fn clause(self) -> ClauseId {
        match self {
            Item::Fact(name) => name.clause(),
            Item::Repair(..) => ClauseId::IN,
        }
    }
}

/// The rules of a return and the facts each of them looks at, in the order of the terms.
const RETURN_RULES: [(ClauseId, &[FactName]); 9] = [
    (
        ClauseId::AB1,
        &[
            FactName::ManufacturingDefect,
            FactName::Activated,
            FactName::Resalable,
        ],
    ),
    (
        ClauseId::AB2,
        &[FactName::PerformanceFailure, FactName::FailureManMade],
    ),
    (
        ClauseId::AX1,
        &[FactName::ReceiptDate, FactName::RequestDate],
    ),
    (
        ClauseId::AX2,
        &[FactName::Complete, FactName::AppearanceDamage],
    ),
    (ClauseId::AX3, &[FactName::ProofAtReturn]),
    (
        ClauseId::AX4,
        &[FactName::CollisionOrBurn, FactName::Misuse],
    ),
    (ClauseId::AX5, &[FactName::LabelsTampered]),
    (ClauseId::AX6, &[FactName::ForceMajeure]),
    (ClauseId::AX7, &[FactName::ConfirmDate]),
];

impl Notice {
    /// The part the notice belongs to.
    pub const fn area(&self) -> Area {
        match self.clause {
            ClauseId::AB1
            | ClauseId::AB2
            | ClauseId::AX1
            | ClauseId::AX2
            | ClauseId::AX3
            | ClauseId::AX4
            | ClauseId::AX5
            | ClauseId::AX6
            | ClauseId::AX7 => Area::Return,
            ClauseId::I1a
            | ClauseId::I1b
            | ClauseId::I2
            | ClauseId::IN
            | ClauseId::II
            | ClauseId::IV1
            | ClauseId::IV2 => Area::Warranty,
            ClauseId::III1 | ClauseId::III2 | ClauseId::IIIN | ClauseId::IV3 | ClauseId::V => {
                Area::Freight
            }
            ClauseId::IV4 | ClauseId::VI => Area::Fee,
            ClauseId::IV5 => Area::Gates,
            ClauseId::IV5p => Area::RepairTime,
        }
    }
}

struct Lines {
    area: Area,
    list: Vec<Finding>,
}

impl Lines {
    fn put(&mut self, mark: Mark, clause: ClauseId, what: What, count: Option<Count>) {
        self.list.push(Finding {
            area: self.area,
            mark,
            clause,
            what,
            count,
        });
    }

    fn missing(&mut self, missing: &Missing) {
        for item in missing.items() {
            self.put(Mark::Open, item.clause(), What::Missing(item), None);
        }
        if let Some(year) = missing.calendar {
            self.put(Mark::Open, ClauseId::IV5p, What::MissingYear(year), None);
        }
    }

    fn conflicts(&mut self, conflicts: &[Conflict]) {
        for conflict in conflicts {
            let clause = conflict.items().0.clause();
            self.put(Mark::Conflict, clause, What::Conflict(*conflict), None);
        }
    }

    fn staff(&mut self, staff: Set<Staff>) {
        for code in staff.iter() {
            self.put(Mark::Staff, code.clause(), What::Staff(code), None);
        }
    }
}

impl Assessment {
    /// The findings of one part: refusals first, then conflicts, what staff decide, what is open,
    /// what is met, and remarks; within each in the order of the terms.
    pub fn findings(&self, facts: &Facts, area: Area) -> Vec<Finding> {
        let mut lines = Lines {
            area,
            list: Vec::with_capacity(16),
        };
        match area {
            Area::Return => self.return_lines(facts, &mut lines),
            Area::Warranty => self.warranty_lines(facts, &mut lines),
            Area::Freight => self.freight_lines(&mut lines),
            Area::Fee => {
                let mark = if self.fee.repair == Fee::Undetermined {
                    Mark::Open
                } else {
                    Mark::Met
                };
                lines.put(mark, ClauseId::IV4, What::Fee(self.fee.repair), None);
                lines.missing(&self.fee.missing);
            }
            Area::Gates => {
                let gates = &self.gates;
                let repair = What::MayRepair(gates.may_repair);
                lines.put(gate_mark(gates.may_repair), ClauseId::IV4, repair, None);
                lines.missing(&gates.repair_waits);
                let send = What::MaySendBack(gates.may_send_back);
                lines.put(gate_mark(gates.may_send_back), ClauseId::IV5, send, None);
                lines.missing(&gates.send_waits);
            }
            Area::RepairTime => self.time_lines(&mut lines),
        }
        if area != Area::Gates {
            let order = |finding: &Finding| (finding.mark, finding.clause);
            lines.list.sort_by_key(order);
        }
        for notice in self.notices.iter().filter(|notice| notice.area() == area) {
            lines.put(Mark::Notice, notice.clause, What::Notice(*notice), None);
        }
        lines.list
    }

    /// The known facts a part's decision rests on, so that a screen can say on what ground.
    pub fn facts_relied_on(&self, facts: &Facts, area: Area) -> Vec<Item> {
        let mut names: Set<FactName> = Set::NONE;
        match area {
            Area::Return => {
                let refused = self.returns.decision == ReturnDecision::Refused;
                for (clause, asked) in RETURN_RULES {
                    let counts = self.returns.reasons.iter().any(|r| r.clause() == clause);
                    if counts || !refused {
                        names = names.union(Set::of(asked));
                    }
                }
                if !refused || self.returns.reasons.has(Reason::X7) {
                    names.insert(FactName::DispatchDate);
                }
            }
            _ => {
                let period = self.warranty.decision != Cover::Out
                    || self.warranty.period == Cover::Out
                    || self.warranty.reasons.is_empty();
                if period {
                    names.insert(FactName::ContactDate);
                    names.insert(FactName::Proof);
                    names.insert(match self.warranty.basis {
                        Some(ClauseId::I1a) => FactName::ShipDate,
                        _ => FactName::PurchaseDate,
                    });
                }
                if self.warranty.period != Cover::Out {
                    names.insert(FactName::TestResult);
                }
                if area != Area::Warranty {
                    names = names.union(Set::of(&[FactName::Outcome, FactName::Quote]));
                }
                if area == Area::RepairTime {
                    names = Set::of(&[
                        FactName::ArrivalDate,
                        FactName::RepairConfirmedDate,
                        FactName::QuoteAcceptedDate,
                    ]);
                }
                if area == Area::Gates {
                    names = names.union(Set::of(&[FactName::FeePaid, FactName::ContactConfirmed]));
                }
            }
        }
        let known = names.iter().filter(|name| {
            facts.knows(*name)
                && !(*name == FactName::TestResult && facts.test_result.has(TestResult::NotYet))
        });
        let mut items: Vec<Item> = known.map(Item::Fact).collect();
        if area != Area::Return
            && let Some(count) = self.warranty.extension
            && self.warranty.basis == Some(ClauseId::IN)
        {
            items.push(count.from_fact);
        }
        items
    }

    fn return_lines(&self, facts: &Facts, lines: &mut Lines) {
        let returns = &self.returns;
        let count_of = |clause: ClauseId| match clause {
            ClauseId::AX1 | ClauseId::AB2 => returns.last_request,
            ClauseId::AX7 => returns.send_in,
            _ => None,
        };
        for reason in returns.reasons.iter() {
            let clause = reason.clause();
            let count = count_of(clause)
                .filter(|_| clause != ClauseId::AB2 || reason == Reason::B2FoundLate);
            lines.put(Mark::Refused, clause, What::Reason(reason), count);
        }
        lines.conflicts(&returns.conflicts);
        lines.staff(returns.staff);
        for item in returns.missing.items() {
            let clause = item.clause();
            let count = count_of(clause).filter(|_| clause != ClauseId::AB2);
            lines.put(Mark::Open, clause, What::Missing(item), count);
        }
        for (clause, asked) in RETURN_RULES {
            let settled = lines
                .list
                .iter()
                .all(|f| f.clause != clause && !asked.contains(&fact_of(f)));
            let known = asked.iter().all(|name| facts.knows(*name));
            let stands = clause > ClauseId::AB2 || criterion(facts, clause);
            if settled && known && stands {
                lines.put(Mark::Met, clause, What::Met, count_of(clause));
            }
        }
    }

    fn warranty_lines(&self, facts: &Facts, lines: &mut Lines) {
        let warranty = &self.warranty;
        let count_of = |clause: ClauseId| match clause {
            ClauseId::IN => warranty.extension,
            ClauseId::I1a | ClauseId::I1b => warranty.base,
            _ => None,
        };
        for reason in warranty.reasons.iter() {
            let clause = reason.clause();
            lines.put(
                Mark::Refused,
                clause,
                What::Reason(reason),
                count_of(clause),
            );
        }
        lines.conflicts(&warranty.conflicts);
        lines.staff(warranty.staff);
        lines.missing(&warranty.missing);
        if warranty.period == Cover::In {
            let clause = warranty.basis.unwrap_or(ClauseId::I1b);
            lines.put(Mark::Met, clause, What::Met, count_of(clause));
        }
        if facts.test_result.is(TestResult::Quality) && warranty.period != Cover::Out {
            lines.put(Mark::Met, ClauseId::I2, What::Met, None);
        }
    }

    fn freight_lines(&self, lines: &mut Lines) {
        let freight = &self.freight;
        let clause = if freight.inward == Payer::Customer {
            ClauseId::III2
        } else {
            ClauseId::III1
        };
        for (way, payer) in [(Way::In, freight.inward), (Way::Back, freight.back)] {
            let mark = if payer == Payer::Undetermined {
                Mark::Open
            } else {
                Mark::Met
            };
            lines.put(mark, clause, What::Freight(way, payer), None);
        }
        lines.conflicts(&freight.conflicts);
        lines.staff(freight.staff);
        lines.missing(&freight.missing);
    }

    fn time_lines(&self, lines: &mut Lines) {
        let time = &self.repair_time;
        lines.conflicts(&time.conflicts);
        lines.missing(&time.missing);
        if let Some(due) = &time.due {
            lines.put(Mark::Met, ClauseId::IV5p, What::Due(due.last), None);
        }
        if let Some(in_time) = time.in_time {
            let mark = if in_time { Mark::Met } else { Mark::Refused };
            lines.put(mark, ClauseId::IV5p, What::InTime(in_time), None);
        }
    }
}

/// Whether a criterion, whose facts are all known, is met.
fn criterion(facts: &Facts, clause: ClauseId) -> bool {
    use super::facts::Answer::{No, Yes};
    let failure = facts.performance_failure.is(Yes);
    match clause {
        ClauseId::AB2 => failure && facts.failure_man_made.is(No),
        _ => {
            !failure
                && facts.performance_failure.is(No)
                && facts.manufacturing_defect.is(No)
                && facts.complete.is(Yes)
                && facts.appearance_damage.is(No)
                && facts.activated.is(No)
                && facts.resalable.is(Yes)
        }
    }
}

/// The fact a line is about; `as_of`, which no rule asks for, where it is about none.
fn fact_of(finding: &Finding) -> FactName {
    match finding.what {
        What::Missing(Item::Fact(name)) => name,
        What::Conflict(conflict) => match conflict.items().0 {
            Item::Fact(name) => name,
            Item::Repair(..) => FactName::AsOf,
        },
        _ => FactName::AsOf,
    }
}

fn gate_mark(gate: Gate) -> Mark {
    match gate {
        Gate::Yes => Mark::Met,
        Gate::No => Mark::Refused,
        Gate::Undetermined => Mark::Open,
    }
}
