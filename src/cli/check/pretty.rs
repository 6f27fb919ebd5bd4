//! An assessment for a person, clause by clause.

use std::io::{self, Write};

use crate::terms::assessment::{Area, Assessment, Item, WorkCount};
use crate::terms::findings::{Finding, Mark, What};
use crate::terms::{Calendar, Choice, Day, Facts, Terms, ask_next, both_ways};
use crate::ui::i18n::{Arg, Words};

use super::json::text;

/// Prints one case.
pub fn print(
    out: &mut impl Write,
    words: &Words,
    facts: &Facts,
    assessment: &Assessment,
    (terms, calendar): (&Terms, &Calendar),
) -> io::Result<()> {
    let from = terms.from.to_string();
    let version = words.say_with(
        "terms-version",
        &[
            ("version", Arg::Text(terms.short_hash())),
            ("date", Arg::Text(&from)),
        ],
    );
    let day = facts.as_of.to_string();
    let head = [("day", Arg::Text(&day)), ("version", Arg::Text(&version))];
    writeln!(out, "{}", words.say_with("check-head", &head))?;
    for area in Area::ALL {
        let decision = decision(words, assessment, *area);
        let heading = area.message_id();
        let heading = words.say(&heading).to_uppercase();
        writeln!(out, "{}", format!("{heading}  {decision}").trim_end())?;
        let mut told = Vec::new();
        for finding in assessment.findings(facts, *area) {
            let first = finding.mark != Mark::Notice && !told.contains(&finding.clause);
            line(out, words, &finding, terms, first)?;
            if first {
                told.push(finding.clause);
            }
        }
        if *area == Area::RepairTime
            && let Some(due) = &assessment.repair_time.due
        {
            work_days(out, words, due)?;
        }
    }
    for branch in both_ways(facts, terms, calendar) {
        let (condition, decided) = (branch.message_id(), branch.decided.message_id());
        let mut said = words.say(&decided).into_owned();
        if let Some(last) = branch.last {
            said.push_str(&words.say("check-and"));
            said.push_str(&dated(words, "until", last));
        }
        writeln!(out, "  {}", of(words, &words.say(&condition), &said))?;
    }
    for question in ask_next(facts, assessment, terms, calendar) {
        let (how, ask) = (question.how.message_id(), question.item.ask_id());
        let sign = if question.decides { "→" } else { "·" };
        let said = of(words, &words.say(&how), &words.say(&ask));
        writeln!(out, "  {sign} {said}")?;
    }
    writeln!(out)
}

fn decision(words: &Words, assessment: &Assessment, area: Area) -> String {
    let id = match area {
        Area::Return => assessment.returns.decision.message_id(),
        Area::Warranty => assessment.warranty.decision.message_id(),
        Area::Freight | Area::Gates | Area::RepairTime => return String::new(),
        Area::Fee => assessment.fee.repair.message_id(),
    };
    words.say(&id).into_owned()
}

/// One finding; `restate` adds the clause in our own words.
fn line(
    out: &mut impl Write,
    words: &Words,
    finding: &Finding,
    terms: &Terms,
    restate: bool,
) -> io::Result<()> {
    let sign = match finding.mark {
        Mark::Met => "✓",
        Mark::Refused => "✗",
        Mark::Open => "?",
        Mark::Conflict => "!",
        Mark::Staff => "◆",
        Mark::Notice => "·",
    };
    let said = said(words, finding, terms);
    writeln!(out, "  {sign} {:<5} {said}", finding.clause.code())?;
    if let Some(count) = finding.count {
        let (from, last) = (count.from.to_string(), count.last.to_string());
        let sum = words.say_with(
            "count",
            &[
                ("from", Arg::Text(&from)),
                ("days", Arg::Number(count.days.into())),
                ("last", Arg::Text(&last)),
            ],
        );
        let from = name(words, count.from_fact);
        writeln!(out, "          {}", of(words, &from, &sum))?;
    }
    if restate && let Some(clause) = terms.clause(finding.clause) {
        let tag = words.language().tag();
        writeln!(out, "          {}", clause.restatement(tag))?;
    }
    Ok(())
}

fn said(words: &Words, finding: &Finding, terms: &Terms) -> String {
    let id = finding.message_id();
    match finding.what {
        What::Notice(notice) => text(words, &notice, terms),
        What::Conflict(conflict) => {
            let (first, second) = conflict.items();
            let (a, b) = (name(words, first), name(words, second));
            words.say_with(&id, &[("a", Arg::Text(&a)), ("b", Arg::Text(&b))])
        }
        What::Due(day) => dated(words, &id, day),
        What::MissingYear(year) => {
            let year = year.to_string();
            words.say_with(&id, &[("year", Arg::Text(&year))])
        }
        _ => words.say(&id).into_owned(),
    }
}

fn work_days(out: &mut impl Write, words: &Words, due: &WorkCount) -> io::Result<()> {
    let (from, last) = (due.from.to_string(), due.last.to_string());
    let sum = words.say_with(
        "work-count",
        &[
            ("from", Arg::Text(&from)),
            ("days", Arg::Number(due.days.into())),
            ("last", Arg::Text(&last)),
        ],
    );
    writeln!(out, "          {sum}")?;
    for (id, days) in [
        ("work-count-skipped", &due.skipped),
        ("work-count-make-up", &due.make_up),
    ] {
        if !days.is_empty() {
            let listed: Vec<String> = days.iter().map(Day::to_string).collect();
            let listed = listed.join(&words.say("check-comma"));
            let said = words.say_with(id, &[("days", Arg::Text(&listed))]);
            writeln!(out, "          {said}")?;
        }
    }
    Ok(())
}

/// What is said of something.
fn of(words: &Words, what: &str, said: &str) -> String {
    let args = [("what", Arg::Text(what)), ("said", Arg::Text(said))];
    words.say_with("check-of", &args)
}

fn name(words: &Words, item: Item) -> String {
    let id = item.message_id();
    words.say(&id).into_owned()
}

fn dated(words: &Words, id: &str, day: Day) -> String {
    let date = day.to_string();
    words.say_with(id, &[("date", Arg::Text(&date))])
}
