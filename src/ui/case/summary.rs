//! The summary of a case: what answers 'where is my ESC?' in one glance, and the sentence to say.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::desk::field::Field;
use crate::flow::state::OpenCase;
use crate::terms::Choice;
use crate::terms::assessment::{Cover, ReturnDecision};
use crate::ui::format;
use crate::ui::i18n::{Arg, Words};
use crate::ui::theme::{Role, Theme};
use crate::ui::widgets::panel::{Entry, Panel};
use crate::work::case::Case;
use crate::work::row::CaseRow;
use crate::work::standing::{GoodsAt, ProofAt, Stage};

/// Draws the summary of the open case.
pub fn draw(open: &OpenCase, words: &Words, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    draw_case(&open.case, &open.same_caller, words, theme, area, buffer);
}

/// A line: label, how it is shown, text.
type Line = (String, Role, String);

/// Draws the summary of a case.
pub fn draw_case(
    case: &Case,
    same_caller: &[CaseRow],
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let mut lines: Vec<Option<Line>> = vec![
        Some((
            say(words, "summary-say"),
            Role::Heading,
            sentence(case, words),
        )),
        None,
        Some(whose(case, words)),
        Some((say(words, "summary-goods"), Role::Plain, goods(case, words))),
        Some(next(case, words)),
    ];
    lines.extend(wait(case, words).map(Some));
    lines.extend(blockers(case, words).map(Some));
    lines.extend(decisions(case, words).into_iter().map(Some));
    lines.extend(grants(case, words).into_iter().map(Some));
    lines.extend(money(case, words).map(Some));
    lines.push(None);
    lines.extend(earlier(case, words).into_iter().map(Some));
    lines.extend(others(same_caller, words).map(Some));
    let terms = case.terms();
    let args = [
        ("version", Arg::Text(terms.short_hash())),
        (
            "date",
            Arg::Text(&format::day(words, terms.from.date(), case.today)),
        ),
    ];
    let version = words.say_with("terms-version", &args);
    lines.push(Some((say(words, "summary-terms"), Role::Muted, version)));
    let entries: Vec<Entry> = lines
        .iter()
        .map(|line| match line {
            Some((label, role, text)) => Entry::Heading {
                label,
                role: *role,
                text,
            },
            None => Entry::Gap,
        })
        .collect();
    Panel {
        entries: &entries,
        label_columns: 12,
        selected: None,
        page: 0,
        theme,
    }
    .render(area, buffer);
}

fn say(words: &Words, id: &str) -> String {
    words.say_with(id, &[])
}

fn day(case: &Case, field: Field, words: &Words) -> Option<String> {
    let day = case.record.day(field)?;
    Some(format::day(words, day, case.today))
}

/// The sentence to say to the customer.
pub fn sentence(case: &Case, words: &Words) -> String {
    let record = &case.record;
    let ledger = &case.ledger;
    let due = case
        .standing
        .due
        .map(|due| format::day(words, due, case.today));
    let open = format::money(ledger.open());
    let total = case.quote.total().map(format::money).unwrap_or_default();
    let sent = day(case, Field::SentBackOn, words).unwrap_or_default();
    let waybill = record.text(Field::WaybillBack).unwrap_or_default();
    let outcome = record
        .choice(Field::Closed)
        .map(|code| format::option(words, Field::Closed, code));
    let centre = &case.terms().service_centre;
    let (name, phone) = (centre.name.as_str(), centre.phone.as_str());
    let id = match case.standing.stage {
        Stage::Call => "say-call",
        Stage::Triage => "say-triage",
        Stage::AwaitingParcel if record.day(Field::DispatchDate).is_some() => "say-on-the-way",
        Stage::AwaitingParcel if due.is_some() => "say-send-return",
        Stage::AwaitingParcel => "say-send",
        Stage::Inspection | Stage::Decision => "say-inspection",
        Stage::Quote => "say-quote",
        Stage::Answer => "say-answer",
        Stage::Repair if case.given().repair_blockers().is_empty() && due.is_some() => {
            "say-repair-due"
        }
        Stage::Repair => "say-repair",
        Stage::Dispatch if ledger.open().0 > 0 => "say-pay",
        Stage::Dispatch => "say-dispatch",
        Stage::Closing => "say-closing",
        Stage::Closed if record.day(Field::SentBackOn).is_some() => "say-sent",
        Stage::Closed => "say-closed",
    };
    words.say_with(
        id,
        &[
            ("due", Arg::Text(due.as_deref().unwrap_or_default())),
            ("open", Arg::Text(&open)),
            ("total", Arg::Text(&total)),
            ("sent", Arg::Text(&sent)),
            ("waybill", Arg::Text(waybill)),
            ("outcome", Arg::Text(outcome.as_deref().unwrap_or_default())),
            ("name", Arg::Text(name)),
            ("phone", Arg::Text(phone)),
        ],
    )
}

fn whose(case: &Case, words: &Words) -> Line {
    let record = &case.record;
    let phone = record
        .phone(Field::Phone)
        .map(|phone| format::phone(words, phone));
    let parts = [
        record.text(Field::Caller).map(str::to_string),
        phone,
        record.text(Field::Model).map(str::to_string),
        record
            .serial(Field::SerialNumber)
            .map(|serial| serial.as_str().to_string()),
        record.text(Field::BagLabel).map(str::to_string),
        record
            .choice(Field::Service)
            .map(|code| format::option(words, Field::Service, code)),
    ];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    (say(words, "summary-whose"), Role::Plain, text)
}

fn goods(case: &Case, words: &Words) -> String {
    let since = match case.standing.goods {
        GoodsAt::OnTheWayHere => Field::DispatchDate,
        GoodsAt::Here | GoodsAt::Ours | GoodsAt::Scrapped => Field::ArrivalDate,
        GoodsAt::OnTheWayBack => Field::SentBackOn,
        GoodsAt::Back => Field::DeliveredOn,
        GoodsAt::Customer => Field::ContactDate,
    };
    let mut text = say(words, &format!("goods-{}", case.standing.goods.code()));
    if case.standing.goods != GoodsAt::Customer
        && let Some(since) = day(case, since, words)
    {
        text = words.say_with(
            "summary-since",
            &[("what", Arg::Text(&text)), ("day", Arg::Text(&since))],
        );
    }
    if let Some(bin) = case.record.text(Field::Bin) {
        text = format!("{text} · {bin}");
    }
    let proof = match case.standing.proof {
        ProofAt::NotHere => None,
        ProofAt::Here => Some("summary-proof-here"),
        ProofAt::Enclosed => Some("summary-proof-enclosed"),
    };
    match proof {
        Some(id) => format!("{text} · {}", say(words, id)),
        None => text,
    }
}

fn next(case: &Case, words: &Words) -> Line {
    let stage = say(words, &format!("stage-{}", case.standing.stage.code()));
    let (role, text) = match case.standing.due {
        Some(due) => {
            let shown = format::day_with_weekday(words, due, case.today);
            let role = if due < case.today {
                Role::Late
            } else {
                Role::Plain
            };
            let args = [("what", Arg::Text(&stage)), ("day", Arg::Text(&shown))];
            (role, words.say_with("summary-by", &args))
        }
        None => (Role::Plain, stage),
    };
    (say(words, "summary-next"), role, text)
}

fn wait(case: &Case, words: &Words) -> Option<Line> {
    let (wait, since) = case.standing.wait?;
    let mut text = say(words, &format!("wait-{}", wait.code()));
    if let Some(since) = since {
        let since = format::day(words, since, case.today);
        text = words.say_with(
            "summary-since",
            &[("what", Arg::Text(&text)), ("day", Arg::Text(&since))],
        );
    }
    Some((say(words, "summary-waits"), Role::Open, text))
}

fn blockers(case: &Case, words: &Words) -> Option<Line> {
    let texts: Vec<String> = case
        .standing
        .blockers
        .iter()
        .map(|blocker| {
            let text = say(words, &format!("blocker-{}", blocker.code()));
            match blocker.clause() {
                Some(clause) => format!("{text} ({clause})"),
                None => text,
            }
        })
        .collect();
    let text = texts.join("; ");
    (!text.is_empty()).then(|| (say(words, "summary-open"), Role::Open, text))
}

fn decisions(case: &Case, words: &Words) -> Vec<Line> {
    let mut lines = Vec::new();
    let service = case.record.choice(Field::Service);
    if matches!(service, Some("return" | "return_else_repair")) {
        let returns = &case.assessment.returns;
        let role = match returns.decision {
            ReturnDecision::Allowed => Role::Met,
            ReturnDecision::Refused => Role::Refused,
            ReturnDecision::Undetermined => Role::Open,
        };
        let mut text = say(words, &returns.decision.message_id());
        let reasons: Vec<String> = returns
            .reasons
            .iter()
            .map(|reason| {
                format!(
                    "{} ({})",
                    say(words, &reason.message_id()),
                    reason.clause().code()
                )
            })
            .collect();
        if !reasons.is_empty() {
            text = format!("{text}: {}", reasons.join("; "));
        }
        lines.push((say(words, "area-return"), role, text));
    }
    if !matches!(service, Some("return" | "upgrade")) {
        let warranty = &case.assessment.warranty;
        let role = match warranty.decision {
            Cover::In => Role::Met,
            Cover::Out => Role::Refused,
            Cover::Undetermined => Role::Open,
        };
        let mut text = say(words, &warranty.decision.message_id());
        if let Some(last) = warranty.last_covered {
            let last = format::day(words, last.date(), case.today);
            let clause = warranty
                .basis
                .map(|basis| format!(" ({})", basis.code()))
                .unwrap_or_default();
            text = format!(
                "{text}, {}{clause}",
                words.say_with("until", &[("date", Arg::Text(&last))])
            );
        }
        let reasons: Vec<String> = warranty
            .reasons
            .iter()
            .map(|reason| {
                format!(
                    "{} ({})",
                    say(words, &reason.message_id()),
                    reason.clause().code()
                )
            })
            .collect();
        if !reasons.is_empty() {
            text = format!("{text}: {}", reasons.join("; "));
        }
        lines.push((say(words, "area-warranty"), role, text));
    }
    lines
}

fn grants(case: &Case, words: &Words) -> Vec<Line> {
    case.grants
        .0
        .iter()
        .map(|grant| {
            let what = format::option(words, Field::GrantSubject, grant.subject.code());
            let args = [
                ("what", Arg::Text(&what)),
                ("who", Arg::Text(&grant.who)),
                ("reason", Arg::Text(&grant.reason)),
            ];
            (
                say(words, "summary-granted"),
                Role::Staff,
                words.say_with("summary-grant", &args),
            )
        })
        .collect()
}

fn money(case: &Case, words: &Words) -> Option<Line> {
    let ledger = &case.ledger;
    if ledger.due().is_zero() && ledger.paid.is_zero() {
        return None;
    }
    let args = [
        ("due", Arg::Text(&format::money(ledger.due()))),
        ("paid", Arg::Text(&format::money(ledger.paid))),
        ("waived", Arg::Text(&format::money(ledger.waived))),
        ("open", Arg::Text(&format::money(ledger.open()))),
    ];
    let role = if ledger.open().0 > 0 {
        Role::Open
    } else {
        Role::Met
    };
    Some((
        say(words, "quote-money-label"),
        role,
        words.say_with("quote-money", &args),
    ))
}

fn earlier(case: &Case, words: &Words) -> Vec<Line> {
    case.earlier
        .iter()
        .rev()
        .take(3)
        .map(|repair| {
            let sent = repair
                .sent_back_on
                .map(|day| format::day(words, day, case.today))
                .unwrap_or_default();
            let status = repair
                .period_status
                .map(|code| format::option(words, Field::PeriodStatus, code))
                .unwrap_or_default();
            let args = [
                ("number", Arg::Text(&repair.number)),
                ("day", Arg::Text(&sent)),
                ("status", Arg::Text(&status)),
            ];
            (
                say(words, "summary-earlier"),
                Role::Plain,
                words.say_with("summary-repair", &args),
            )
        })
        .collect()
}

fn others(rows: &[CaseRow], words: &Words) -> Option<Line> {
    if rows.is_empty() {
        return None;
    }
    let named: Vec<String> = rows
        .iter()
        .take(4)
        .map(|row| {
            let number = row.number.as_deref().unwrap_or("-");
            let stage = say(words, &format!("stage-{}", row.stage.code()));
            format!(
                "{number} {} ({stage})",
                row.model.as_deref().unwrap_or_default()
            )
        })
        .collect();
    Some((
        say(words, "summary-same-caller"),
        Role::Plain,
        named.join("; "),
    ))
}
