//! Reading facts: JSON objects one after another, strict about keys, values and dates.

use std::io::{BufReader, Read};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;
use serde_json::de::IoRead;

use super::reason::{Allowed, BadInput, Reason};
use super::stream::Utf8;
use crate::store::Cause;
use crate::terms::facts::Domain;
use crate::terms::{Choice, Day, FactName, Facts, Repair, RepairField, Set, Value};
use crate::ui::text::visible_beginning as shown;

/// The most earlier repairs of one case.
const MOST_REPAIRS: usize = u16::MAX as usize;

/// The cases of a stream, up to the first that cannot be used.
pub fn cases(input: impl Read) -> impl Iterator<Item = Result<Facts, BadInput>> {
    let (input, met) = Utf8::new(input);
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(input));
    let mut stopped = false;
    std::iter::from_fn(move || {
        if stopped {
            return None;
        }
        let case = match json.end() {
            Ok(()) => None,
            // Something comes.
            Err(more) if more.is_syntax() => Some(case(&mut json)),
            Err(error) => Some(Err(bad(&error, None))),
        };
        stopped = !matches!(case, Some(Ok(_)));
        match (case, met.get()) {
            (Some(Err(bad)), Some(foreign)) => Some(Err(BadInput {
                reason: Reason::Encoding(foreign),
                ..bad
            })),
            (case, _) => case,
        }
    })
}

fn case(json: &mut serde_json::Deserializer<IoRead<impl Read>>) -> Result<Facts, BadInput> {
    let mut found = Found(None);
    let case = Case(&mut found).deserialize(json);
    case.map_err(|error| bad(&error, found.0))
}

/// What is wrong, at the place where reading stopped.
fn bad(error: &serde_json::Error, found: Option<Reason>) -> BadInput {
    let reason = match (error.io_error_kind(), found) {
        (Some(kind), _) => Reason::Unreadable(Cause::System {
            kind,
            said: shown(&error.to_string()),
        }),
        (None, Some(found)) if error.is_data() => found,
        (None, _) => {
            let text = error.to_string();
            let place = format!(" at line {} column {}", error.line(), error.column());
            Reason::NotJson {
                column: error.column(),
                detail: shown(text.strip_suffix(&place).unwrap_or(&text)),
            }
        }
    };
    BadInput {
        line: error.line().max(1),
        reason,
    }
}

/// What is wrong with the case that is read, as far as is known: an error of serde carries text only,
/// so the reason is kept beside it. Before a value is read it says what it is if the value is of
/// another kind.
struct Found(Option<Reason>);

impl Found {
    /// Keeps the reason; the error that stops the reading and brings the place.
    fn stop<E: Error>(&mut self, reason: Reason) -> E {
        self.0 = Some(reason);
        E::custom("refused")
    }
}

/// One case.
struct Case<'a>(&'a mut Found);

impl<'de> DeserializeSeed<'de> for Case<'_> {
    type Value = Facts;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Facts, D::Error> {
        self.0.0 = Some(Reason::NotACase);
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Case<'_> {
    type Value = Facts;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a case")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Facts, A::Error> {
        let mut facts = Facts::new(Day::from_number(0));
        let mut seen: Set<FactName> = Set::NONE;
        while let Some(key) = map.next_key::<String>()? {
            let name = FactName::from_code(&key)
                .ok_or_else(|| self.0.stop(unknown_key(shown(&key), FactName::ALL)))?;
            if seen.has(name) {
                return Err(self.0.stop(Reason::Twice { key }));
            }
            seen.insert(name);
            match name.domain() {
                Domain::Repairs => {
                    let found = map.next_value_seed(Repairs(self.0))?;
                    facts.repairs_looked_up = found.is_some();
                    facts.repairs = found.unwrap_or_default();
                }
                Domain::Text => {
                    let value: Json = map.next_value()?;
                    if !is_words(&value) {
                        let allowed = vec![Allowed::Words, Allowed::WordList, Allowed::Null];
                        return Err(self.0.stop(refused(key, &value, allowed)));
                    }
                }
                domain => {
                    let value: Json = map.next_value()?;
                    let is_required = name == FactName::AsOf;
                    let given = read(&value, domain)
                        .filter(|value| !is_required || matches!(value, Given::Date(_)));
                    let set = given.is_some_and(|given| facts.set(name, given.value()).is_ok());
                    if !set {
                        let reason = refused(key, &value, allowed(domain, is_required));
                        return Err(self.0.stop(reason));
                    }
                }
            }
        }
        if !seen.has(FactName::AsOf) {
            return Err(self.0.stop(Reason::NoDay));
        }
        Ok(facts)
    }
}

/// The list of earlier repairs; `None` where nobody looked.
struct Repairs<'a>(&'a mut Found);

impl Repairs<'_> {
    const KEY: &'static str = "repairs";

    fn allowed() -> Vec<Allowed> {
        vec![Allowed::Repairs, Allowed::Code("unknown"), Allowed::Null]
    }
}

impl<'de> DeserializeSeed<'de> for Repairs<'_> {
    type Value = Option<Vec<Repair>>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        self.0.0 = Some(Reason::OtherKind {
            key: Repairs::KEY.to_string(),
            allowed: Repairs::allowed(),
        });
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Repairs<'_> {
    type Value = Option<Vec<Repair>>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("earlier repairs")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text == "unknown" {
            return Ok(None);
        }
        let value = Json::String(text.to_string());
        let key = Repairs::KEY.to_string();
        Err(self.0.stop(refused(key, &value, Repairs::allowed())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut repairs = Vec::new();
        while let Some(repair) = list.next_element_seed(OneRepair(repairs.len(), self.0))? {
            if repairs.len() >= MOST_REPAIRS {
                return Err(self.0.stop(Reason::TooManyRepairs { most: MOST_REPAIRS }));
            }
            repairs.push(repair);
        }
        Ok(Some(repairs))
    }
}

/// The repair at this place of the list.
struct OneRepair<'a>(usize, &'a mut Found);

impl<'de> DeserializeSeed<'de> for OneRepair<'_> {
    type Value = Repair;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Repair, D::Error> {
        self.1.0 = Some(Reason::OtherKind {
            key: format!("repairs[{}]", self.0),
            allowed: vec![Allowed::Repair],
        });
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OneRepair<'_> {
    type Value = Repair;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an earlier repair")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Repair, A::Error> {
        let OneRepair(place, found) = self;
        let mut repair = Repair::default();
        let mut seen: Set<RepairField> = Set::NONE;
        while let Some(key) = map.next_key::<String>()? {
            let path = format!("repairs[{place}].{}", shown(&key));
            let Some(field) = RepairField::from_code(&key) else {
                return Err(found.stop(unknown_key(path, RepairField::ALL)));
            };
            if seen.has(field) {
                return Err(found.stop(Reason::Twice { key: path }));
            }
            seen.insert(field);
            let value: Json = map.next_value()?;
            let domain = field.domain();
            let set =
                read(&value, domain).is_some_and(|given| repair.set(field, given.value()).is_ok());
            if !set {
                return Err(found.stop(refused(path, &value, allowed(domain, false))));
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

/// What a key may hold.
fn allowed(domain: Domain, is_required: bool) -> Vec<Allowed> {
    let mut list = match domain {
        Domain::Date(rule) => {
            let mut list = vec![Allowed::Day];
            if rule.purchase {
                list.extend([Allowed::Days, Allowed::Code("unrecoverable")]);
            }
            if rule.not_yet {
                list.push(Allowed::Code("not_yet"));
            }
            list
        }
        Domain::YesNo => vec![Allowed::Code("yes"), Allowed::Code("no")],
        Domain::Choice(codes) => codes.iter().map(|code| Allowed::Code(code)).collect(),
        Domain::Repairs | Domain::Text => Vec::new(),
    };
    if !is_required {
        list.extend([Allowed::Code("unknown"), Allowed::Null]);
    }
    list
}

fn refused(key: String, value: &Json, allowed: Vec<Allowed>) -> Reason {
    Reason::NotAllowed {
        key,
        value: shown(&value.to_string()),
        allowed,
    }
}

fn unknown_key<T: Choice>(key: String, all: &[T]) -> Reason {
    Reason::NoSuchFact {
        key,
        allowed: all.iter().map(|name| name.code()).collect(),
    }
}
