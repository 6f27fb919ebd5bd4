//! Reading facts: JSON objects one after another, strict about keys, values and dates.

use std::fmt;
use std::io::Read;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;

use crate::terms::facts::Domain;
use crate::terms::{Choice, Day, FactName, Facts, Repair, RepairField, Set, Value};
use crate::ui::text::visible;

/// Input that cannot be used: the line, and what is wrong with which key.
#[derive(Debug)]
pub struct BadInput {
    line: usize,
    reason: String,
}

impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// The cases of a stream, up to the first that cannot be used.
pub fn cases(input: impl Read) -> impl Iterator<Item = Result<Facts, BadInput>> {
    let mut stream = serde_json::Deserializer::from_reader(input).into_iter::<Case>();
    let mut stopped = false;
    std::iter::from_fn(move || {
        if stopped {
            return None;
        }
        let result = stream.next()?;
        stopped = result.is_err();
        Some(result.map(|case| case.0).map_err(|error| bad(&error)))
    })
}

fn bad(error: &serde_json::Error) -> BadInput {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let reason = text.strip_suffix(&place).unwrap_or(&text);
    let reason = &shown_within(reason, REASON);
    let reason = if error.is_data() {
        reason.to_string()
    } else {
        format!("not JSON: {reason} (column {})", error.column())
    };
    BadInput {
        line: error.line().max(1),
        reason,
    }
}

struct Case(Facts);

impl<'de> Deserialize<'de> for Case {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Case, D::Error> {
        from.deserialize_map(CaseVisitor).map(Case)
    }
}

struct CaseVisitor;

impl<'de> Visitor<'de> for CaseVisitor {
    type Value = Facts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with the facts of one case")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Facts, A::Error> {
        let mut facts = Facts::new(Day::from_number(0));
        let mut seen: Set<FactName> = Set::NONE;
        let mut dated = false;
        while let Some(key) = map.next_key::<String>()? {
            let name = FactName::from_code(&key)
                .ok_or_else(|| A::Error::custom(unknown_key(&shown(&key), FactName::ALL)))?;
            if seen.has(name) {
                return Err(A::Error::custom(format!("key \"{key}\": given twice")));
            }
            seen.insert(name);
            match name.domain() {
                Domain::Repairs => {
                    let found = map.next_value_seed(Repairs)?;
                    facts.repairs_looked_up = found.is_some();
                    facts.repairs = found.unwrap_or_default();
                }
                Domain::Text => {
                    let value: Json = map.next_value()?;
                    if !is_words(&value) {
                        let reason = refused(&key, &value, "words, a list of words or null");
                        return Err(A::Error::custom(reason));
                    }
                }
                domain => {
                    let value: Json = map.next_value()?;
                    let given = read(&value, domain)
                        .filter(|value| name != FactName::AsOf || matches!(value, Given::Date(_)));
                    let set = given.is_some_and(|given| facts.set(name, given.value()).is_ok());
                    if !set {
                        let required = name == FactName::AsOf;
                        let reason = refused(&key, &value, &allowed(domain, required));
                        return Err(A::Error::custom(reason));
                    }
                    dated |= name == FactName::AsOf;
                }
            }
        }
        if !dated {
            return Err(A::Error::custom(
                "key \"as_of\": missing; give the day of the decision as YYYY-MM-DD",
            ));
        }
        Ok(facts)
    }
}

/// The list of earlier repairs; `None` where nobody looked.
struct Repairs;

impl<'de> DeserializeSeed<'de> for Repairs {
    type Value = Option<Vec<Repair>>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Repairs {
    type Value = Option<Vec<Repair>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("key \"repairs\": a list of earlier repairs, null or \"unknown\"")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text == "unknown" {
            Ok(None)
        } else {
            let value = Json::String(text.to_string());
            let reason = refused(
                "repairs",
                &value,
                "a list of earlier repairs, null or \"unknown\"",
            );
            Err(E::custom(reason))
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut repairs = Vec::new();
        while let Some(repair) = list.next_element_seed(OneRepair(repairs.len()))? {
            if repairs.len() >= usize::from(u16::MAX) {
                return Err(A::Error::custom("key \"repairs\": too many"));
            }
            repairs.push(repair);
        }
        Ok(Some(repairs))
    }
}

struct OneRepair(usize);

impl<'de> DeserializeSeed<'de> for OneRepair {
    type Value = Repair;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Repair, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OneRepair {
    type Value = Repair;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "key \"repairs[{}]\": an object", self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Repair, A::Error> {
        let mut repair = Repair::default();
        let mut seen: Set<RepairField> = Set::NONE;
        while let Some(key) = map.next_key::<String>()? {
            let path = format!("repairs[{}].{}", self.0, shown(&key));
            let field = RepairField::from_code(&key)
                .ok_or_else(|| A::Error::custom(unknown_key(&path, RepairField::ALL)))?;
            if seen.has(field) {
                return Err(A::Error::custom(format!("key \"{path}\": given twice")));
            }
            seen.insert(field);
            let value: Json = map.next_value()?;
            let domain = field.domain();
            let set =
                read(&value, domain).is_some_and(|given| repair.set(field, given.value()).is_ok());
            if !set {
                let reason = refused(&path, &value, &allowed(domain, false));
                return Err(A::Error::custom(reason));
            }
        }
        Ok(repair)
    }
}

/// A JSON value as a fact's value.
enum Given<'a> {
    Unknown,
    Code(&'a str),
    Date(Day),
    Dates(Vec<Day>),
}

impl Given<'_> {
    fn value(&self) -> Value<'_> {
        match self {
            Given::Unknown => Value::Unknown,
            Given::Code(code) => Value::Code(code),
            Given::Date(day) => Value::Date(*day),
            Given::Dates(days) => Value::Dates(days),
        }
    }
}

fn read(value: &Json, domain: Domain) -> Option<Given<'_>> {
    match (value, domain) {
        (Json::Null, _) => Some(Given::Unknown),
        (Json::String(text), _) if text == "unknown" => Some(Given::Unknown),
        (Json::String(text), Domain::Date(_)) => match Day::parse(text) {
            Some(day) => Some(Given::Date(day)),
            None => Some(Given::Code(text)),
        },
        (Json::String(text), _) => Some(Given::Code(text)),
        (Json::Array(list), Domain::Date(_)) => {
            let days: Option<Vec<Day>> = list
                .iter()
                .map(|item| item.as_str().and_then(Day::parse))
                .collect();
            days.map(Given::Dates)
        }
        _ => None,
    }
}

fn is_words(value: &Json) -> bool {
    match value {
        Json::Null | Json::String(_) => true,
        Json::Array(list) => list.iter().all(Json::is_string),
        _ => false,
    }
}

/// What a key may hold, for the message.
fn allowed(domain: Domain, required: bool) -> String {
    let mut list = match domain {
        Domain::Date(rule) => {
            let mut list = "a day that exists as YYYY-MM-DD".to_string();
            if rule.purchase {
                list.push_str(", a list of up to four such days, \"unrecoverable\"");
            }
            if rule.not_yet {
                list.push_str(", \"not_yet\"");
            }
            list
        }
        Domain::YesNo => "\"yes\", \"no\"".to_string(),
        Domain::Choice(codes) => {
            let quoted: Vec<String> = codes.iter().map(|code| format!("\"{code}\"")).collect();
            quoted.join(", ")
        }
        Domain::Repairs | Domain::Text => String::new(),
    };
    if !required {
        list.push_str(", \"unknown\" or null");
    }
    list
}

fn refused(key: &str, value: &Json, allowed: &str) -> String {
    format!(
        "key \"{key}\": {} is not allowed; allowed: {allowed}",
        shown(&value.to_string())
    )
}

fn unknown_key<T: Choice>(key: &str, all: &[T]) -> String {
    let names: Vec<&str> = all.iter().map(|name| name.code()).collect();
    format!(
        "key \"{key}\": there is no such fact; allowed: {}",
        names.join(", ")
    )
}

/// The most characters of a reason: the longest list of what is allowed, and what was given.
const REASON: usize = 2_000;

/// Text from outside, with what cannot be seen made visible, and no longer than a line.
fn shown(text: &str) -> String {
    shown_within(text, 60)
}

fn shown_within(text: &str, most: usize) -> String {
    let mut head: String = text.chars().take(most).collect();
    if head.len() < text.len() {
        head.push('…');
    }
    visible(&head).into_owned()
}
