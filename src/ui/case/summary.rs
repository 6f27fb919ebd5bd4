//! What answers 'where is my ESC?' in one glance.

use super::teller::Teller;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::checks::{self, HEADS, Line};
use super::{quote, say};
use crate::desk::booking::Booking;
use crate::desk::contact::{Contacts, Relation};
use crate::desk::field::Field;
use crate::desk::record::Record;
use crate::ui::format;
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;
use crate::ui::theme::{Role, Theme};
use crate::ui::widgets::panel::{Entry, Panel};
use crate::work::case::Case;
use crate::work::earlier::EarlierRepair;
use crate::work::elsewhere::Elsewhere;
use crate::work::findings::{Part, sections};
use crate::work::join;
use crate::work::row::CaseRow;
use crate::work::standing::{GoodsAt, ProofAt, Stage};
use crate::work::unit::{self, Kin};
use ratatui::widgets::Widget;

/// Below so many rows the sentence to say comes last.
const SHORT: u16 = 16;

/// Other cases the summary tells of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Others<'a> {
    /// Those of the same caller, and of others behind the same line.
    pub same_caller: &'a [CaseRow],
    /// Those it was joined with, among other records.
    pub around: &'a [Record],
}

/// Draws the summary of the case as it stands, or as it stood.
pub fn draw(
    case: &Case,
    others: &Others<'_>,
    page: usize,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    // Long lines are hard to read.
    let area = Rect {
        width: area.width.min(110),
        ..area
    };
    let mut lines = lines(case, others, words);
    if area.height < SHORT {
        // Where it is and what comes next before the long sentence, which Ctrl-P shows whole.
        let say = words.say("summary-say");
        lines.sort_by_key(|line| matches!(line, Line::Head(label, ..) if *label == *say));
    }
    let entries: Vec<Entry> = lines.iter().map(Line::entry).collect();
    let panel = Panel {
        entries: &entries,
        label_columns: HEADS,
        selected: None,
        page,
        theme,
    };
    panel.render(area, buffer);
}

/// The lines of the summary.
pub fn lines(case: &Case, others: &Others<'_>, words: &Words) -> Vec<Line> {
    let teller = Teller { case, words };
    let mut lines = Vec::with_capacity(24);
    let mut put = |id: &str, told: Option<(Role, String)>| {
        if let Some((role, text)) = told {
            lines.push(Line::Head(words.say(id).into_owned(), role, text));
        }
    };
    put("summary-product", teller.product());
    put("summary-outcome", teller.outcome());
    for told in teller.joined(others.around) {
        put("summary-joined", Some(told));
    }
    put("summary-also-open", teller.also_open());
    put(
        "summary-say",
        Some((Role::Heading, say::sentence(case, words))),
    );
    put("summary-goods", Some((Role::Plain, teller.goods())));
    put("summary-proof", teller.proof());
    put("summary-waits", teller.wait());
    put("summary-next", Some(teller.next()));
    put("summary-due", teller.due());
    for (id, told) in teller.decisions() {
        put(id, Some(told));
    }
    put("summary-money", teller.money());
    for (id, told) in teller.bookings() {
        put(&id, Some(told));
    }
    put("summary-price-back", quote::price_back(case, words));
    put("summary-invoice", teller.invoice());
    for grant in &case.grants.0 {
        put("summary-granted", Some((Role::Met, teller.grant(grant))));
    }
    for earlier in &case.earlier {
        put(
            "summary-earlier",
            Some((Role::Plain, teller.earlier(earlier))),
        );
    }
    put("summary-caller", teller.same_caller(others.same_caller));
    put("summary-line", teller.same_line(others.same_caller));
    put("summary-terms", Some((Role::Muted, teller.terms())));
    lines
}

impl Teller<'_> {
    fn product(&self) -> Option<(Role, String)> {
        let record = &self.case.record;
        let service = record
            .choice(Field::Service)
            .map(|code| format::option(self.words, Field::Service, code));
        let pieces = [
            record.text(Field::Model).map(str::to_string),
            self.serial(),
            record.text(Field::Caller).map(str::to_string),
            self.phones(),
            service,
        ];
        let pieces: Vec<String> = pieces
            .into_iter()
            .flatten()
            .map(|piece| visible(&piece).into_owned())
            .collect();
        (!pieces.is_empty()).then(|| (Role::Plain, pieces.join("  ")))
    }

    /// The serial number it came with, and the one it has had since the repair.
    fn serial(&self) -> Option<String> {
        let record = &self.case.record;
        let old = record.serial(Field::SerialNumber).map(|old| old.as_str());
        let new = unit::given_out(record).map(|new| new.as_str());
        let in_box = record.serial(Field::SerialInBox).map(|it| it.as_str());
        let announced = unit::announced(record).map(|(serial, _)| serial.as_str());
        if let (None, Some(in_box), Some(announced)) = (new, in_box, announced) {
            let args = [("announced", announced), ("box", in_box)];
            return Some(self.with("summary-serial-in-box", &args));
        }
        match (old, new) {
            (Some(old), Some(new)) => {
                Some(self.with("summary-serial-now", &[("old", old), ("new", new)]))
            }
            (old, new) => old.or(new).map(str::to_string),
        }
    }

    /// The caller's number, and the second one.
    fn phones(&self) -> Option<String> {
        let fields = [Field::Phone, Field::SecondPhone].into_iter();
        let phones: Vec<String> = fields
            .filter_map(|field| self.case.record.phone(field))
            .map(|phone| format::phone(self.words, phone))
            .collect();
        (!phones.is_empty()).then(|| phones.join(" / "))
    }

    fn outcome(&self) -> Option<(Role, String)> {
        let code = self.case.record.choice(Field::Closed)?;
        let mut told = format::option(self.words, Field::Closed, code);
        if let Some(note) = self.case.record.text(Field::ClosedNote) {
            told = format!("{told}: {}", visible(note));
        }
        Some((Role::Heading, told))
    }

    /// Where its goods and what was seen of them went, and from where some came.
    fn joined(&self, around: &[Record]) -> Vec<(Role, String)> {
        let record = &self.case.record;
        let is_closed = |record: &Record| record.choice(Field::Closed) == Some("joined");
        let to = join::moved_to(record).map(|to| (to, is_closed(record), "to"));
        let from = join::came_from(record).into_iter();
        let links = to.into_iter().chain(from.map(|id| (id, false, "from")));
        links
            .filter_map(|(id, is_joined, way)| {
                let other = around.iter().find(|other| other.id() == id)?;
                let is_joined = is_joined || (way == "from" && is_closed(other));
                let kind = if is_joined { "joined" } else { "goods" };
                let case = self.other(other);
                let told = self.with(&format!("summary-{kind}-{way}"), &[("case", &*case)]);
                Some((Role::Notice, told))
            })
            .collect()
    }

    /// Another case: its number, and where it stands or how it was closed.
    fn other(&self, record: &Record) -> String {
        let knowledge = self.case.knowledge();
        match record.choice(Field::Closed) {
            None => {
                let stands = Elsewhere::of(record.clone(), knowledge, self.case.today);
                format::elsewhere(self.words, &[stands])
            }
            Some(outcome) => {
                let number = record.text(Field::Number).map(str::to_string);
                let number = number.unwrap_or_else(|| self.say("elsewhere-no-number"));
                let outcome = format::option(self.words, Field::Closed, outcome);
                let args = [("number", &*number), ("stage", &*outcome)];
                self.with("elsewhere-case", &args)
            }
        }
    }

    /// The other open cases of the unit.
    fn also_open(&self) -> Option<(Role, String)> {
        let elsewhere = &self.case.elsewhere;
        let is_open = self.case.standing.stage != Stage::Closed && !elsewhere.is_empty();
        is_open.then(|| (Role::Open, format::elsewhere(self.words, elsewhere)))
    }

    fn goods(&self) -> String {
        let record = &self.case.record;
        if record.choice(Field::Closed) == Some("joined") {
            return self.say("summary-goods-there");
        }
        let goods = self.case.standing.goods;
        let mut told = self.say(&format!("goods-{}", goods.code()));
        let since = match goods {
            GoodsAt::Here if record.day(Field::CameBackOn).is_some() => {
                record.day(Field::CameBackOn)
            }
            GoodsAt::Here | GoodsAt::Ours | GoodsAt::Scrapped => record.day(Field::ArrivalDate),
            GoodsAt::OnTheWayHere => record.day(Field::DispatchDate),
            GoodsAt::OnTheWayBack => record.day(Field::SentBackOn),
            GoodsAt::Back => record.day(Field::DeliveredOn),
            GoodsAt::Customer => None,
        };
        if let Some(day) = since {
            told = self.with(
                "summary-since",
                &[("place", &told), ("date", &self.day(day))],
            );
        }
        if goods == GoodsAt::Here {
            if let Some(bin) = record.text(Field::Bin) {
                told = self.with("summary-shelf", &[("place", &told), ("bin", bin)]);
            }
            if let Some(label) = record.text(Field::BagLabel) {
                told = self.with("summary-label", &[("place", &told), ("label", label)]);
            }
        }
        if matches!(goods, GoodsAt::OnTheWayBack | GoodsAt::Back)
            && let Some(waybill) = record.text(Field::WaybillBack)
        {
            let courier = say::courier(self.case, self.words).unwrap_or_default();
            let args = [
                ("place", &*told),
                ("courier", &*courier),
                ("waybill", waybill),
            ];
            told = self.with("summary-waybill", &args);
        }
        told
    }

    fn proof(&self) -> Option<(Role, String)> {
        let is_here = matches!(self.case.standing.goods, GoodsAt::Here);
        let came = self.case.record.choice(Field::ProofReceived);
        let (role, id) = match self.case.standing.proof {
            ProofAt::Here => (Role::Notice, "summary-proof-here"),
            ProofAt::Enclosed if is_here => (Role::Met, "summary-proof-enclosed"),
            ProofAt::Enclosed => (Role::Plain, "summary-proof-gone"),
            ProofAt::NotHere if is_here => (Role::Plain, "summary-proof-not-here"),
            ProofAt::NotHere if came == Some("original") => (Role::Plain, "summary-proof-gone"),
            ProofAt::NotHere => return None,
        };
        Some((role, self.say(id)))
    }

    fn wait(&self) -> Option<(Role, String)> {
        let (wait, since) = self.case.standing.wait?;
        let who = self.say(&format!("wait-{}", wait.code()));
        let Some(since) = since else {
            return Some((Role::Open, who));
        };
        let days = self.case.today.signed_duration_since(since).num_days();
        let days = format::days(self.words, days.max(0));
        if since >= self.case.today {
            let args = [("place", &*who), ("date", &*self.day(since))];
            return Some((Role::Open, self.with("summary-since", &args)));
        }
        let args = [
            ("who", &*who),
            ("date", &*self.day(since)),
            ("days", &*days),
        ];
        Some((Role::Open, self.with("summary-waits-since", &args)))
    }

    fn next(&self) -> (Role, String) {
        let standing = &self.case.standing;
        let is_return = self.case.given().is_return();
        let id = match standing.stage {
            Stage::Decision if is_return => "step-decision-return".to_string(),
            stage => format!("step-{}", stage.code()),
        };
        let step = self.say(&id);
        // Who waits for a parcel knows that it is not here.
        if standing.blockers.is_empty() || standing.stage == Stage::AwaitingParcel {
            return (Role::Plain, step);
        }
        let blockers: Vec<String> = standing
            .blockers
            .iter()
            .map(|blocker| {
                let said = self.say(&format!("blocker-{}", blocker.code()));
                match blocker.clause() {
                    Some(clause) => {
                        let args = [("decision", &*said), ("clause", clause)];
                        self.with("checks-branch-by", &args)
                    }
                    None => said,
                }
            })
            .collect();
        let separator = match self.words.language() {
            crate::desk::language::Language::Chinese => "；",
            crate::desk::language::Language::English => ", ",
        };
        let blockers = blockers.join(separator);
        let args = [("step", &*step), ("blockers", &*blockers)];
        (Role::Open, self.with("summary-blocked", &args))
    }

    fn due(&self) -> Option<(Role, String)> {
        let due = self.case.standing.due?;
        let date = format::day_with_weekday(self.words, due, self.case.today);
        let when = format::day_from_today(self.words, due, self.case.today);
        let role = if due < self.case.today {
            Role::Late
        } else {
            Role::Plain
        };
        let args = [("date", &*date), ("when", &*when)];
        Some((role, self.with("summary-due-day", &args)))
    }

    fn decisions(&self) -> Vec<(&'static str, (Role, String))> {
        let sections = sections(self.case).into_iter();
        sections
            .filter_map(|section| {
                let id = match section.part {
                    Part::Return => "summary-return",
                    Part::Warranty => "summary-warranty",
                    Part::Freight => "checks-part-freight",
                    _ => return None,
                };
                Some((id, checks::decision(self.case, &section, self.words)))
            })
            .collect()
    }

    fn money(&self) -> Option<(Role, String)> {
        let ledger = &self.case.ledger;
        let is_none = Booking::all(&self.case.record).is_empty() && ledger.due().is_zero();
        if is_none {
            let is_far = self.case.standing.stage >= Stage::Repair;
            return is_far.then(|| (Role::Plain, self.say("summary-money-none")));
        }
        quote::money_told(self.case, self.words)
    }

    /// Every entry in the money, the wrong ones as well.
    fn bookings(&self) -> Vec<(String, (Role, String))> {
        let all = Booking::all(&self.case.record).into_iter();
        all.map(|booking| {
            let role = match booking.reversed {
                Some(_) => Role::Muted,
                None => Role::Plain,
            };
            let told = quote::booking(&booking, self.words, self.case.today);
            (format!("summary-{}", booking.kind.code()), (role, told))
        })
        .collect()
    }

    fn invoice(&self) -> Option<(Role, String)> {
        let ledger = &self.case.ledger;
        if ledger.due().is_zero() && ledger.paid.is_zero() {
            return None;
        }
        let invoices = &self.case.terms().invoices;
        let text = format!("{}  {} (VI)", invoices.contact, invoices.phone);
        Some((Role::Plain, text))
    }

    fn grant(&self, grant: &crate::work::grants::Grant) -> String {
        let what = format::option(self.words, Field::GrantSubject, grant.subject.code());
        let reason = visible(&grant.reason);
        let args = [("who", &*grant.who), ("reason", &*reason)];
        format!("{what}, {}", self.with("checks-granted-by", &args))
    }

    fn earlier(&self, earlier: &EarlierRepair) -> String {
        let what = if earlier.is_upgrade {
            "summary-earlier-upgraded"
        } else if earlier.is_replaced {
            "summary-earlier-replaced"
        } else if earlier.is_done {
            "summary-earlier-repaired"
        } else {
            "summary-earlier-not-done"
        };
        let date = earlier.sent_back_on.map(|day| self.day(day));
        let period = format::option(
            self.words,
            Field::PeriodStatus,
            earlier.period_status.unwrap_or("unknown"),
        );
        let args = [
            ("number", &*earlier.number),
            ("what", &*self.say(what)),
            ("date", date.as_deref().unwrap_or("")),
            ("period", &*period),
        ];
        let told = self.unit_of(earlier, self.with("summary-earlier-one", &args));
        let extension = self.case.assessment.warranty.extension;
        match extension.filter(|count| Some(count.from.date()) == earlier.sent_back_on) {
            Some(count) => {
                let last = self.day(count.last.date());
                let args = [("text", &*told), ("last", &*last)];
                self.with("summary-extension", &args)
            }
            None => told,
        }
    }

    /// Told with what became of the unit, and whether it is this one.
    fn unit_of(&self, earlier: &EarlierRepair, text: String) -> String {
        let part = |text: &Option<String>| {
            let text = text.as_deref().map(visible).unwrap_or_default();
            text.into_owned()
        };
        let (serial, model) = (part(&earlier.serial), part(&earlier.model));
        let mut told = text;
        match earlier.kin {
            Kin::Same => {}
            Kin::Asked => {
                let args = [("text", &*told), ("serial", &*serial), ("model", &*model)];
                told = self.with("summary-earlier-asked", &args);
            }
            Kin::Other => return self.with("summary-earlier-other", &[("text", &told)]),
        }
        if earlier.given_out.is_none() {
            return told;
        }
        let new = part(&earlier.given_out);
        told = self.with(
            "summary-earlier-given-out",
            &[("text", &told), ("new", &new)],
        );
        match earlier.shipped_or_bought_on {
            Some(day) if earlier.is_replaced => {
                let date = self.day(day);
                let args = [("text", &*told), ("old", &*serial), ("date", &*date)];
                self.with("summary-earlier-date", &args)
            }
            _ => told,
        }
    }

    fn same_caller(&self, rows: &[CaseRow]) -> Option<(Role, String)> {
        let others = self.others(rows, Relation::SameCaller);
        if others.is_empty() {
            return None;
        }
        let cases: Vec<String> = others.iter().take(4).map(|row| self.row(row)).collect();
        let cases = cases.join("; ");
        let count = i64::try_from(others.len()).unwrap_or(i64::MAX);
        let args = [("count", Arg::Number(count)), ("cases", Arg::Text(&cases))];
        Some((
            Role::Plain,
            self.words.say_with("summary-caller-cases", &args),
        ))
    }

    /// The cases of others behind the caller's line, with their extensions.
    fn same_line(&self, rows: &[CaseRow]) -> Option<(Role, String)> {
        let others = self.others(rows, Relation::OtherExtension);
        let cases = others.iter().take(4).map(|row| {
            let phones = row.contacts().phones;
            let whose = format::other_extensions(self.words, &phones);
            format!("{whose} {}", self.row(row))
        });
        let cases: Vec<String> = cases.collect();
        (!cases.is_empty()).then(|| (Role::Muted, cases.join("; ")))
    }

    fn others<'r>(&self, rows: &'r [CaseRow], relation: Relation) -> Vec<&'r CaseRow> {
        let record = &self.case.record;
        let contacts = Contacts::of(record);
        let is_so = |row: &&CaseRow| {
            row.id != record.id() && contacts.relation(&row.contacts()) == Some(relation)
        };
        rows.iter().filter(is_so).collect()
    }

    fn row(&self, row: &CaseRow) -> String {
        let state = match row.outcome {
            Some(outcome) => format::option(self.words, Field::Closed, outcome),
            None => self.say(&format!("stage-{}", row.stage.code())),
        };
        let number = row.number.clone();
        let number = number.unwrap_or_else(|| self.say("board-no-number"));
        let model = row.model.as_deref().map(visible).unwrap_or_default();
        format!("{number} {model} ({state})")
    }

    fn terms(&self) -> String {
        let terms = self.case.terms();
        let date = format::day_with_year(self.words, terms.from.date());
        let args = [("date", &*date), ("hash", terms.short_hash())];
        self.with("summary-terms-line", &args)
    }
}
