//! The live checks: what the terms decide about what stands in the form, why, and what to ask next.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::flow::state::OpenCase;
use crate::terms::Choice;
use crate::terms::ask::{Branch, Decided, Question};
use crate::terms::assessment::{Area, Count, Cover, Fee, Gate, Payer, ReturnDecision};
use crate::terms::day::Day;
use crate::terms::findings::{Finding, Mark, What};
use crate::ui::format;
use crate::ui::i18n::{Arg, Words};
use crate::ui::theme::{Role, Theme};
use crate::ui::widgets::panel::{Entry, Panel};
use crate::work::case::Case;
use crate::work::findings::{Checks, Section, checks};

/// One entry, with words of its own.
enum Line {
    Heading(String, Role, String),
    Finding(Role, &'static str, String),
    Detail(String),
    Numbered(usize, String),
    Gap,
}

/// Draws the checks of the open case; the mark is at the finding one is at.
pub fn draw(
    open: &OpenCase,
    page: usize,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let case = open.shown();
    let lines = lines(case, &checks(case), words);
    let entries: Vec<Entry> = lines.iter().map(Line::entry).collect();
    let selected = open.checks_cursor.and_then(|cursor| {
        let findings = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| matches!(entry, Entry::Finding { .. }));
        findings.map(|(index, _)| index).nth(cursor)
    });
    Panel {
        entries: &entries,
        label_columns: 10,
        selected,
        page,
        theme,
    }
    .render(area, buffer);
}

impl Line {
    fn entry(&self) -> Entry<'_> {
        match self {
            Line::Heading(label, role, text) => Entry::Heading {
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

fn lines(case: &Case, checks: &Checks, words: &Words) -> Vec<Line> {
    let mut lines = Vec::with_capacity(48);
    for section in &checks.sections {
        section_lines(case, section, words, &mut lines);
    }
    questions(&checks.questions, words, &mut lines);
    blockers(case, words, &mut lines);
    // One walks through what is met and the notices in the order of `Checks::findings`.
    for (heading, findings) in [
        ("checks-met", &checks.met),
        ("checks-notices", &checks.notices),
    ] {
        if !findings.is_empty() {
            lines.push(Line::Gap);
            lines.push(Line::Heading(
                String::new(),
                Role::Muted,
                words.say(heading).into_owned(),
            ));
            lines.extend(
                findings
                    .iter()
                    .map(|finding| finding_line(case, finding, words)),
            );
        }
    }
    lines
}

fn section_lines(case: &Case, section: &Section, words: &Words, lines: &mut Vec<Line>) {
    let (role, decision) = decision(case, section.area, words);
    let label = words.say(&section.area.message_id()).to_uppercase();
    lines.push(Line::Heading(label, role, decision));
    if let Some(grant) = section.grant {
        let args = [
            ("who", Arg::Text(&grant.who)),
            ("reason", Arg::Text(&grant.reason)),
        ];
        lines.push(Line::Detail(words.say_with("checks-granted", &args)));
    }
    for finding in &section.findings {
        lines.push(finding_line(case, finding, words));
        let is_open_proof = finding.mark == Mark::Open;
        if is_open_proof {
            let about: Vec<&Branch> = section
                .branches
                .iter()
                .filter(|branch| asks_for(finding, branch))
                .collect();
            lines.extend(
                about
                    .into_iter()
                    .map(|b| Line::Detail(branch_text(case, b, words))),
            );
        }
    }
    if !section.hearsay.is_empty() {
        let names: Vec<String> = section
            .hearsay
            .iter()
            .map(|f| format::field(words, *f))
            .collect();
        let names = names.join(&words.say("list-comma"));
        lines.push(Line::Detail(
            words.say_with("rests-on-customer", &[("facts", Arg::Text(&names))]),
        ));
    }
}

fn asks_for(finding: &Finding, branch: &Branch) -> bool {
    use crate::terms::assessment::Item;
    matches!(finding.what, What::Missing(Item::Fact(name)) if name == branch.fact)
}

fn branch_text(case: &Case, branch: &Branch, words: &Words) -> String {
    let condition = words.say(&branch_id(branch)).into_owned();
    let outcome = match branch.decided {
        Decided::Return(decision) => words.say(&decision.message_id()).into_owned(),
        Decided::Period(_) if branch.last.is_some() => {
            let last = branch
                .last
                .map(|day| shown(day, case.today, words))
                .unwrap_or_default();
            words.say_with("until", &[("date", Arg::Text(&last))])
        }
        Decided::Period(cover) => words.say(&format!("period-{}", cover.code())).into_owned(),
        Decided::Warranty(cover) => words.say(&cover.message_id()).into_owned(),
    };
    format!("{condition}: {outcome} ({})", branch.clause.code())
}

fn branch_id(branch: &Branch) -> String {
    let dashed = |code: &str| code.replace('_', "-");
    format!(
        "branch-{}-{}",
        dashed(branch.fact.code()),
        dashed(branch.code)
    )
}

/// What is decided about a part: how it is shown, and its word.
fn decision(case: &Case, area: Area, words: &Words) -> (Role, String) {
    let assessment = &case.assessment;
    let cover_role = |cover| match cover {
        Cover::In => Role::Met,
        Cover::Out => Role::Refused,
        Cover::Undetermined => Role::Open,
    };
    match area {
        Area::Return => {
            let decision = assessment.returns.decision;
            let role = match decision {
                ReturnDecision::Allowed => Role::Met,
                ReturnDecision::Refused => Role::Refused,
                ReturnDecision::Undetermined => Role::Open,
            };
            (role, words.say(&decision.message_id()).into_owned())
        }
        Area::Warranty => {
            let warranty = &assessment.warranty;
            let mut text = words.say(&warranty.decision.message_id()).into_owned();
            if warranty.decision == Cover::Undetermined && warranty.period != Cover::Undetermined {
                let period = words
                    .say(&format!("period-{}", warranty.period.code()))
                    .into_owned();
                text = format!("{text}, {period}");
            }
            if let Some(last) = warranty.last_covered {
                let last = shown(last, case.today, words);
                let until = words.say_with("until", &[("date", Arg::Text(&last))]);
                text = format!("{text}; {until}");
            }
            (cover_role(warranty.decision), text)
        }
        Area::Freight => {
            let freight = &assessment.freight;
            let back = freight.back;
            let role = match back {
                Payer::Company | Payer::None => Role::Met,
                Payer::Customer | Payer::Unstated => Role::Notice,
                Payer::Undetermined => Role::Open,
            };
            (role, String::new())
        }
        Area::Fee => {
            let fee = assessment.fee.repair;
            let role = match fee {
                Fee::None => Role::Met,
                Fee::ByQuote | Fee::Unstated => Role::Notice,
                Fee::Undetermined => Role::Open,
            };
            (role, words.say(&fee.message_id()).into_owned())
        }
        Area::Gates => {
            let gate = assessment.gates.may_repair;
            let role = match gate {
                Gate::Yes => Role::Met,
                Gate::No => Role::Refused,
                Gate::Undetermined => Role::Open,
            };
            (role, String::new())
        }
        Area::RepairTime => {
            let due = assessment.repair_time.due.as_ref();
            match due {
                Some(due) => {
                    let date = shown(due.last, case.today, words);
                    let role = if due.last.date() < case.today
                        && case
                            .record
                            .day(crate::desk::field::Field::RepairedOn)
                            .is_none()
                    {
                        Role::Late
                    } else {
                        Role::Plain
                    };
                    (role, words.say_with("due", &[("date", Arg::Text(&date))]))
                }
                None => (Role::Open, words.say("checks-no-due-day").into_owned()),
            }
        }
    }
}

fn shown(day: Day, today: NaiveDate, words: &Words) -> String {
    format::day(words, day.date(), today)
}

fn finding_line(case: &Case, finding: &Finding, words: &Words) -> Line {
    let role = match finding.mark {
        Mark::Refused => Role::Refused,
        Mark::Conflict => Role::Refused,
        Mark::Staff => Role::Staff,
        Mark::Open => Role::Open,
        Mark::Met => Role::Met,
        Mark::Notice => Role::Notice,
    };
    let mut text = finding_text(case, finding, words);
    if let Some(count) = &finding.count {
        text = format!("{text}: {}", count_text(count, case.today, words));
    }
    Line::Finding(role, finding.clause.code(), text)
}

/// The days counted out: "3 Mar + 7 = 10 Mar".
pub fn count_text(count: &Count, today: NaiveDate, words: &Words) -> String {
    let args = [
        ("from", Arg::Text(&shown(count.from, today, words))),
        ("days", Arg::Number(i64::from(count.days))),
        ("last", Arg::Text(&shown(count.last, today, words))),
    ];
    words.say_with("count", &args)
}

fn finding_text(case: &Case, finding: &Finding, words: &Words) -> String {
    let id = finding.message_id();
    match finding.what {
        What::Conflict(conflict) => {
            let (a, b) = conflict.items();
            let (a, b) = (
                words.say(&a.message_id()).into_owned(),
                words.say(&b.message_id()).into_owned(),
            );
            words.say_with(&id, &[("a", Arg::Text(&a)), ("b", Arg::Text(&b))])
        }
        What::Missing(item) => {
            let name = words.say(&item.message_id()).into_owned();
            words.say_with("checks-missing", &[("fact", Arg::Text(&name))])
        }
        What::MissingYear(year) => words.say_with(&id, &[("year", Arg::Text(&year.to_string()))]),
        What::Due(day) => {
            let due = shown(day, case.today, words);
            let count = case.assessment.repair_time.due.as_ref().map(|count| {
                let args = [
                    ("from", Arg::Text(&shown(count.from, case.today, words))),
                    ("days", Arg::Number(i64::from(count.days))),
                    ("last", Arg::Text(&due)),
                ];
                words.say_with("work-count", &args)
            });
            count.unwrap_or_else(|| words.say_with(&id, &[("date", Arg::Text(&due))]))
        }
        What::Notice(notice) => {
            let date = notice
                .date
                .map(|day| shown(day, case.today, words))
                .unwrap_or_default();
            let terms = case.terms();
            let from = shown(terms.from, case.today, words);
            let is_version = notice.code == crate::terms::NoticeCode::Version;
            let date = if is_version { from } else { date };
            let args = [
                ("date", Arg::Text(&date)),
                ("version", Arg::Text(terms.short_hash())),
            ];
            words.say_with(&notice.short_id(), &args)
        }
        _ => words.say(&id).into_owned(),
    }
}

fn questions(questions: &[Question], words: &Words, lines: &mut Vec<Line>) {
    let deciding: Vec<&Question> = questions.iter().filter(|q| q.decides).collect();
    let helping = questions.iter().filter(|q| !q.decides);
    if !deciding.is_empty() {
        lines.push(Line::Gap);
        lines.push(Line::Heading(
            words.say("checks-ask-next").into_owned(),
            Role::Heading,
            String::new(),
        ));
        for (number, question) in deciding.iter().enumerate() {
            lines.push(Line::Numbered(number + 1, question_text(question, words)));
        }
    }
    let helping: Vec<Line> = helping
        .map(|q| Line::Detail(question_text(q, words)))
        .collect();
    if !helping.is_empty() && !deciding.is_empty() {
        lines.push(Line::Detail(words.say("checks-only-helps").into_owned()));
        lines.extend(helping);
    }
}

fn question_text(question: &Question, words: &Words) -> String {
    words.say(&question.item.ask_id()).into_owned()
}

fn blockers(case: &Case, words: &Words, lines: &mut Vec<Line>) {
    let blockers = &case.standing.blockers;
    if blockers.is_empty() {
        return;
    }
    lines.push(Line::Gap);
    let stage = words
        .say(&format!("stage-{}", case.standing.stage.code()))
        .into_owned();
    lines.push(Line::Heading(
        words.say("checks-next-step").into_owned(),
        Role::Heading,
        stage,
    ));
    for blocker in blockers {
        let text = words
            .say(&format!("blocker-{}", blocker.code()))
            .into_owned();
        let clause = blocker
            .clause()
            .map(|clause| format!(" ({clause})"))
            .unwrap_or_default();
        lines.push(Line::Detail(format!("{text}{clause}")));
    }
}
