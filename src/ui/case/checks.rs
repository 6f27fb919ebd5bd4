//! The checks beside a form, in words.

use super::teller::Teller;
use chrono::NaiveDate;

use crate::desk::field::Field;
use crate::flow::state::OpenCase;
use crate::terms::ask::{Ask, Branch, Decided, Place, Question};
use crate::terms::assessment::{Count, Cover, Fee, Item, Payer, Reason, ReturnDecision, WorkCount};
use crate::terms::choice::Choice as _;
use crate::terms::facts::{FactName, RepairField};
use crate::terms::findings::{Mark, What as Said};
use crate::terms::notice::Notice;
use crate::ui::format;
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;
use crate::ui::theme::{Role, Theme};
use crate::ui::widgets::panel::{Entry, Panel};
use crate::work::case::Case;
use crate::work::earlier::{EarlierRepair, counted};
use crate::work::findings::{Decision, Finding, LastDay, Part, Section, What, place, sections};
use crate::work::unit::Kin;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// The columns of the heads.
pub const HEADS: u16 = 9;

/// One entry of a panel, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A head and what it comes to.
    Head(String, Role, String),
    /// A finding: sign, clause, words.
    Finding(Role, String, String),
    /// What stands under a finding.
    Detail(String),
    /// A numbered question.
    Numbered(usize, String),
    /// An empty line.
    Gap,
}

impl Line {
    /// As the panel takes it.
    pub fn entry(&self) -> Entry<'_> {
        match self {
            Line::Head(label, role, text) => Entry::Heading {
                label,
                role: *role,
                text,
            },
            Line::Finding(role, clause, text) => Entry::Finding {
                role: *role,
                clause,
                text,
            },
            Line::Detail(text) => Entry::Detail { text },
            Line::Numbered(number, text) => Entry::Numbered {
                number: *number,
                text,
            },
            Line::Gap => Entry::Gap,
        }
    }
}

/// The checks of a case: the lines, and for each finding (in the order of
/// [`crate::work::case::Case::findings`]) the line it stands at.
pub struct Checks {
    /// The lines.
    pub lines: Vec<Line>,
    /// The line of each finding.
    pub places: Vec<usize>,
}

impl Checks {
    /// The checks of a case in words.
    pub fn of(case: &Case, words: &Words) -> Checks {
        let teller = Teller { case, words };
        let mut checks = Checks {
            lines: Vec::with_capacity(48),
            places: Vec::with_capacity(24),
        };
        for section in sections(case) {
            teller.section(&section, &mut checks);
        }
        checks
    }

    /// Draws the lines; the page of the finding the mark is at, or this page.
    pub fn draw(
        &self,
        marked: Option<usize>,
        page: usize,
        theme: &Theme,
        area: Rect,
        buffer: &mut Buffer,
    ) {
        let entries: Vec<Entry> = self.lines.iter().map(Line::entry).collect();
        let panel = Panel {
            entries: &entries,
            label_columns: HEADS,
            selected: marked.and_then(|at| self.places.get(at).copied()),
            page,
            theme,
        };
        panel.render(area, buffer);
    }
}

/// The checks of an open case as they are shown: with what is only typed so far.
pub fn lines(open: &OpenCase, words: &Words) -> Checks {
    Checks::of(open.shown(), words)
}

/// The decision of a part of the checks in words and how it is shown, for the summary.
pub fn decision(case: &Case, section: &Section, words: &Words) -> (Role, String) {
    Teller { case, words }.decision(section)
}

/// How a mark is shown.
pub fn role(mark: Mark) -> Role {
    match mark {
        Mark::Refused => Role::Refused,
        Mark::Conflict => Role::Error,
        Mark::Staff => Role::Staff,
        Mark::Open => Role::Open,
        Mark::Met => Role::Met,
        Mark::Notice => Role::Notice,
    }
}

impl Teller<'_> {
    fn counted(&self, id: &str, count: usize) -> String {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.words.say_with(id, &[("count", Arg::Number(count))])
    }

    fn fact(&self, name: FactName) -> String {
        self.say(&name.message_id())
    }

    fn section(&self, section: &Section, checks: &mut Checks) {
        let label = self.say(part_id(section.part));
        let (role, text) = self.decision(section);
        checks.lines.push(Line::Head(label, role, text));
        if !section.hearsay.is_empty() {
            let facts: Vec<String> = section.hearsay.iter().map(|f| self.fact(*f)).collect();
            let facts = facts.join(self.separator());
            checks.lines.push(Line::Detail(
                self.with("rests-on-customer", &[("facts", &facts)]),
            ));
        }
        for (at, finding) in section.findings.iter().enumerate() {
            checks.places.push(checks.lines.len());
            self.finding(finding, at + 1, &mut checks.lines);
        }
    }

    fn separator(&self) -> &'static str {
        match self.words.language() {
            crate::desk::language::Language::Chinese => "、",
            crate::desk::language::Language::English => ", ",
        }
    }

    fn decision(&self, section: &Section) -> (Role, String) {
        match &section.decision {
            Decision::Gate(0) => {
                let id = if section.part == Part::MayRepair {
                    "checks-repair-open"
                } else {
                    "checks-send-open"
                };
                (Role::Met, self.say(id))
            }
            Decision::Gate(count) => (Role::Refused, self.counted("checks-shut", *count)),
            Decision::Return {
                decision,
                is_for_staff,
                is_granted,
            } => self.return_decision(*decision, *is_for_staff, *is_granted),
            Decision::Warranty {
                decision,
                period,
                last,
                is_for_staff,
                is_granted,
            } => {
                let last = last.map(|day| self.day(day));
                let told = self.warranty_decision(*decision, *period, last.as_deref());
                if *is_granted {
                    self.granted(told.1)
                } else if *is_for_staff {
                    (Role::Staff, self.say("checks-staff"))
                } else {
                    told
                }
            }
            Decision::Freight {
                inward,
                back,
                if_repaired,
                is_granted,
            } => self.freight(*inward, *back, *if_repaired, *is_granted),
            Decision::Fee {
                fee,
                if_repaired,
                is_granted,
            } => {
                let role = match fee {
                    Fee::None => Role::Met,
                    Fee::ByQuote | Fee::Unstated => Role::Notice,
                    Fee::Undetermined => Role::Open,
                };
                let told = match fee {
                    Fee::Undetermined => self.say("checks-payer-undetermined"),
                    _ => self.say(&fee.message_id()),
                };
                let told = self.if_repaired(told, *if_repaired);
                if *is_granted {
                    self.granted(told)
                } else {
                    (role, told)
                }
            }
            Decision::Time(due, in_time) => self.time(*due, *in_time),
            Decision::List => {
                let text = match section.part {
                    Part::Ask => self.say("checks-ask"),
                    Part::Diagnose => self.say("checks-diagnose"),
                    Part::Met => self.say("checks-met"),
                    _ => self.counted("checks-notes", section.findings.len()),
                };
                (Role::Muted, text)
            }
        }
    }

    fn granted(&self, decision: String) -> (Role, String) {
        (
            Role::Met,
            self.with("checks-granted", &[("decision", &decision)]),
        )
    }

    fn return_decision(
        &self,
        decision: ReturnDecision,
        is_for_staff: bool,
        is_granted: bool,
    ) -> (Role, String) {
        let told = self.say(&decision.message_id());
        if is_granted {
            return self.granted(told);
        }
        let returns = &self.case.assessment.returns;
        match decision {
            ReturnDecision::Allowed => (Role::Met, told),
            ReturnDecision::Refused => (Role::Refused, told),
            ReturnDecision::Undetermined if is_for_staff => (Role::Staff, self.say("checks-staff")),
            ReturnDecision::Undetermined => {
                let missing = returns.missing.facts;
                let text = if missing.is(FactName::ProofAtReturn) && returns.conflicts.is_empty() {
                    self.say("checks-return-open-proof")
                } else {
                    told
                };
                (Role::Open, text)
            }
        }
    }

    fn warranty_decision(
        &self,
        decision: Cover,
        period: Cover,
        last: Option<&str>,
    ) -> (Role, String) {
        let dated = |id: &str, otherwise: &str| match last {
            Some(last) => self.with(id, &[("date", last)]),
            None => self.say(otherwise),
        };
        match (decision, period) {
            (Cover::In, _) => (Role::Met, dated("checks-warranty-in", "warranty-in")),
            (Cover::Out, Cover::Out) => {
                (Role::Refused, dated("checks-warranty-over", "warranty-out"))
            }
            (Cover::Out, _) => (Role::Refused, self.say("warranty-out")),
            (Cover::Undetermined, Cover::In) => (
                Role::Open,
                dated(
                    "checks-warranty-if-quality",
                    "checks-warranty-if-quality-undated",
                ),
            ),
            (Cover::Undetermined, _) => (Role::Open, self.say("warranty-undetermined")),
        }
    }

    fn if_repaired(&self, decision: String, if_repaired: bool) -> String {
        if if_repaired {
            self.with("checks-if-repaired", &[("decision", &decision)])
        } else {
            decision
        }
    }

    fn freight(
        &self,
        inward: Payer,
        back: Payer,
        if_repaired: bool,
        is_granted: bool,
    ) -> (Role, String) {
        let payer = |payer: Payer| self.say(&format!("checks-payer-{}", payer.code()));
        let (role, told) = match (inward, back) {
            (Payer::Undetermined, Payer::Undetermined) => (Role::Open, payer(back)),
            (Payer::Unstated, Payer::Unstated) => (Role::Notice, self.say("checks-freight-silent")),
            _ => {
                let role = match back {
                    Payer::Undetermined => Role::Open,
                    Payer::Unstated | Payer::Customer => Role::Notice,
                    Payer::Company | Payer::None => Role::Met,
                };
                let args = [("in", &*payer(inward)), ("back", &*payer(back))];
                (role, self.with("checks-freight", &args))
            }
        };
        let told = self.if_repaired(told, if_repaired);
        if is_granted {
            self.granted(told)
        } else {
            (role, told)
        }
    }

    fn time(&self, due: Option<NaiveDate>, in_time: Option<bool>) -> (Role, String) {
        let Some(due) = due else {
            return (Role::Open, self.say("checks-time-none"));
        };
        let date = self.day(due);
        match in_time {
            Some(true) => (
                Role::Met,
                self.with("checks-time-in-time", &[("date", &date)]),
            ),
            Some(false) => (
                Role::Late,
                self.with("checks-time-late", &[("date", &date)]),
            ),
            None => {
                let when = format::day_from_today(self.words, due, self.case.today);
                let args = [("date", &*date), ("when", &*when)];
                (Role::Plain, self.with("checks-time-due", &args))
            }
        }
    }

    fn finding(&self, finding: &Finding, number: usize, lines: &mut Vec<Line>) {
        let clause = finding.clause.code();
        let mut put = |text: String| {
            lines.push(Line::Finding(role(finding.mark), clause.to_string(), text));
        };
        match &finding.what {
            What::Terms(said) => {
                put(self.said(finding, said));
                if let Said::Reason(Reason::X1) = said {
                    lines.extend(self.day_of_request());
                }
            }
            What::Unseen(fact, branches) => {
                let id = if *fact == FactName::TestResult {
                    "checks-untested"
                } else {
                    "checks-unseen"
                };
                put(self.with(id, &[("fact", &self.fact(*fact))]));
                let mut before: Option<&Branch> = None;
                for branch in branches {
                    let is_same = before
                        .is_some_and(|b| b.decided == branch.decided && b.last == branch.last);
                    if !is_same {
                        lines.push(Line::Detail(self.branch(branch)));
                    }
                    before = Some(branch);
                }
            }
            What::LastDay(what) => put(self.say(match what {
                LastDay::RequestReturn => "checks-last-request",
                LastDay::SendIn => "checks-last-send",
            })),
            What::Working(count) => {
                put(self.working(count));
                for (id, days) in [
                    ("work-count-skipped", &count.skipped),
                    ("work-count-make-up", &count.make_up),
                ] {
                    if !days.is_empty() {
                        let days: Vec<String> =
                            days.iter().map(|day| self.day(day.date())).collect();
                        let days = days.join(self.separator());
                        lines.push(Line::Detail(self.with(id, &[("days", &days)])));
                    }
                }
            }
            What::Blocked(blocker) => put(self.say(&format!("blocker-{}", blocker.code()))),
            What::Holds(blocker) => put(self.say(&format!("holds-{}", blocker.code()))),
            What::Granted(grant) => {
                let reason = visible(&grant.reason).into_owned();
                put(self.with(
                    "checks-granted-by",
                    &[("who", &grant.who), ("reason", &reason)],
                ));
            }
            What::Ask(question) => {
                let asked = match self.asked_unit(question) {
                    Some(about) => format::unit(self.words, "checks-same-unit", about),
                    None => self.say(&question.item.ask_id()),
                };
                let is_on_the_phone = place(self.case) == Place::Phone;
                let asked = if question.how == Ask::Customer && is_on_the_phone {
                    asked
                } else {
                    let how = self.say(&question.how.message_id());
                    self.with("checks-how", &[("how", &how), ("question", &asked)])
                };
                lines.push(Line::Numbered(number, format!("{clause} {asked}")));
            }
            What::Later(items) => {
                let names: Vec<String> = items
                    .iter()
                    .map(|item| self.say(&item.later_id()))
                    .collect();
                let facts = names.join(self.separator());
                lines.push(Line::Detail(
                    self.with("checks-later", &[("facts", &facts)]),
                ));
            }
        }
        if let Some(count) = finding.count {
            lines.push(Line::Detail(self.count(count)));
        }
    }

    /// The earlier case of which is asked whether it was this unit at all.
    fn asked_unit(&self, question: &Question) -> Option<&EarlierRepair> {
        let Item::Repair(at, RepairField::Done) = question.item else {
            return None;
        };
        let about = counted(&self.case.earlier).nth(usize::from(at))?;
        (about.kin == Kin::Asked).then_some(about)
    }

    fn said(&self, finding: &Finding, said: &Said) -> String {
        match said {
            Said::Missing(item) => {
                let fact = self.say(&item.message_id());
                self.with("checks-missing", &[("fact", &fact)])
            }
            Said::MissingYear(year) => {
                self.with("calendar-missing", &[("year", &year.to_string())])
            }
            Said::Conflict(conflict) => {
                let (a, b) = conflict.items();
                let (a, b) = (self.say(&a.message_id()), self.say(&b.message_id()));
                self.with("finding-conflict", &[("a", &a), ("b", &b)])
            }
            Said::Notice(notice) => self.notice(notice),
            Said::Due(day) => self.with("due", &[("date", &self.day(day.date()))]),
            _ => {
                let finding = crate::terms::findings::Finding {
                    area: crate::terms::assessment::Area::Return,
                    mark: finding.mark,
                    clause: finding.clause,
                    what: *said,
                    count: finding.count,
                };
                self.say(&finding.message_id())
            }
        }
    }

    fn notice(&self, notice: &Notice) -> String {
        let terms = self.case.terms();
        let date = match notice.date {
            Some(day) => self.day(day.date()),
            None => format::day_with_year(self.words, terms.from.date()),
        };
        let args = [("date", &*date), ("version", terms.short_hash())];
        self.with(&notice.short_id(), &args)
    }

    /// "received on 3 Nov + 7 days = 10 Nov".
    fn count(&self, count: Count) -> String {
        let fact = self.say(&count.from_fact.message_id());
        let (from, last) = (self.day(count.from.date()), self.day(count.last.date()));
        let args = [
            ("fact", Arg::Text(&fact)),
            ("from", Arg::Text(&from)),
            ("days", Arg::Number(i64::from(count.days))),
            ("last", Arg::Text(&last)),
        ];
        self.words.say_with("count-from", &args)
    }

    fn working(&self, count: &WorkCount) -> String {
        let (from, last) = (self.day(count.from.date()), self.day(count.last.date()));
        let args = [
            ("from", Arg::Text(&from)),
            ("days", Arg::Number(i64::from(count.days))),
            ("last", Arg::Text(&last)),
        ];
        let counted = self.words.say_with("work-count", &args);
        let fact = self.fact(count.from_fact);
        format!("{fact}: {counted}")
    }

    fn day_of_request(&self) -> Option<Line> {
        let record = &self.case.record;
        let received = record.day(Field::ReceiptDate)?;
        let asked = record.day(Field::RequestDate)?;
        let day = asked.signed_duration_since(received).num_days();
        let args = [("day", Arg::Number(day))];
        Some(Line::Detail(self.words.say_with("checks-day", &args)))
    }

    /// "valid: until 14 Mar 2027 (I.1b)".
    fn branch(&self, branch: &Branch) -> String {
        let decided = match (branch.decided, branch.last) {
            (Decided::Period(Cover::In), Some(last)) => {
                self.with("until", &[("date", &self.day(last.date()))])
            }
            (Decided::Period(Cover::Out), Some(last)) => {
                self.with("checks-over", &[("date", &self.day(last.date()))])
            }
            (Decided::Period(Cover::Undetermined), _) => self.say("until-unknown"),
            (decided, _) => self.say(&decided.message_id()),
        };
        let decided = if branch.fact == FactName::Proof {
            let args = [("decision", &*decided), ("clause", branch.clause.code())];
            self.with("checks-branch-by", &args)
        } else {
            decided
        };
        let condition = self.say(&branch.fact.value_id(branch.code));
        let args = [("branch", &*condition), ("decision", &*decided)];
        self.with("checks-branch", &args)
    }
}

fn part_id(part: Part) -> &'static str {
    match part {
        Part::MayRepair => "checks-part-may-repair",
        Part::MaySendBack => "checks-part-may-send-back",
        Part::Return => "checks-part-return",
        Part::Warranty => "checks-part-warranty",
        Part::Freight => "checks-part-freight",
        Part::Fee => "checks-part-fee",
        Part::Time => "checks-part-time",
        Part::Ask => "checks-part-ask",
        Part::Diagnose => "checks-part-diagnose",
        Part::Met => "checks-part-met",
        Part::Notes => "checks-part-notes",
    }
}
