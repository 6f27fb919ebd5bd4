//! Versions of the terms: numbers, readings that can be switched, restatements, addresses.
//!
//! Each version is a dated text (`assets/terms/*.toml`) with a fingerprint, so that a case can say
//! which one decided it. Reading files from a folder is the caller's work.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::choice::Choice;
use super::clause::ClauseId;
use super::day::Day;
use super::fault::{Fault, FileReason};

const BUILT_IN: &str = include_str!("../../assets/terms/2000-01-01.toml");

/// The most days one of the numbers may be.
const MOST_DAYS: i32 = 3660;

/// The numbers of the terms, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    /// A.B1, A.B2, A.X1: natural days after receipt in which a return can be asked for.
    pub return_request_days: i32,
    /// A.X7: natural days after the confirmation in which the goods must be sent.
    pub return_send_days: i32,
    /// I.1b: days of warranty from the purchase.
    pub warranty_with_proof_days: i32,
    /// I.1a: days of warranty from the shipment.
    pub warranty_without_proof_days: i32,
    /// I.N: days of extended warranty from the sending back.
    pub extension_days: i32,
    /// IV.5p: working days for a repair.
    pub repair_working_days: i32,
}

impl Numbers {
    fn named(&self) -> [(&'static str, i32); 6] {
        [
            ("return_request_days", self.return_request_days),
            ("return_send_days", self.return_send_days),
            ("warranty_with_proof_days", self.warranty_with_proof_days),
            (
                "warranty_without_proof_days",
                self.warranty_without_proof_days,
            ),
            ("extension_days", self.extension_days),
            ("repair_working_days", self.repair_working_days),
        ]
    }
}

/// From which day of an earlier repair the extension runs (`EXT-START`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtensionStart {
    /// The day the repair was finished.
    Repaired,
    /// The day the company sent it back.
    SentBack,
    /// The day the customer had it.
    Delivered,
}

/// Readings a company may settle otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readings {
    /// `EXT-START`.
    #[serde(rename = "EXT-START")]
    pub extension_start: ExtensionStart,
    /// `EXT-INW`: does a repair inside the warranty give an extension too?
    #[serde(rename = "EXT-INW")]
    pub extension_after_warranty_repair: bool,
    /// `EXT-CHAIN`: does a repair inside the extension give a new one?
    #[serde(rename = "EXT-CHAIN")]
    pub extension_after_extension: bool,
    /// `RET-TEST`: does the company's 'no fault' close A.B2?
    #[serde(rename = "RET-TEST")]
    pub no_fault_closes_b2: bool,
}

/// V: where and to whom goods are sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceCentre {
    /// The company.
    pub name: String,
    /// The address, as on a parcel.
    pub address: String,
    /// Whom to contact.
    pub contact: String,
    /// The phone number.
    pub phone: String,
    /// The e-mail address.
    pub email: String,
}

/// VI: whom to ask for an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoiceContact {
    /// Whom to contact.
    pub contact: String,
    /// The phone number.
    pub phone: String,
}

/// The words of one clause.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseText {
    /// A restatement in the program's own words, in English.
    pub en: String,
    /// The same in Simplified Chinese.
    pub zh: String,
    /// The company's own wording, where a desk puts it beside the restatement.
    #[serde(default)]
    pub company: Option<String>,
}

impl ClauseText {
    /// The restatement in the language with this tag (`zh…` is Chinese, all else English).
    pub fn restatement(&self, tag: &str) -> &str {
        if tag.starts_with("zh") {
            &self.zh
        } else {
            &self.en
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    from: String,
    numbers: Numbers,
    readings: Readings,
    service_centre: ServiceCentre,
    invoices: InvoiceContact,
    clauses: BTreeMap<String, ClauseText>,
}

/// One version of the terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The first day the version is in force.
    pub from: Day,
    /// SHA-256 of the text, in hexadecimal.
    pub hash: String,
    /// The numbers.
    pub numbers: Numbers,
    /// The readings that can be switched.
    pub readings: Readings,
    /// V.
    pub service_centre: ServiceCentre,
    /// VI.
    pub invoices: InvoiceContact,
    clauses: Vec<ClauseText>,
}

impl Terms {
    /// The text of the version that comes with the program.
    pub fn built_in_text() -> &'static str {
        BUILT_IN
    }

    /// The version that comes with the program.
    ///
    /// # Panics
    /// Never: a test reads the built-in text.
    pub fn built_in() -> Terms {
        match Terms::parse(BUILT_IN) {
            Ok(terms) => terms,
            Err(fault) => unreachable!("the built-in terms: {fault}"),
        }
    }

    /// Reads a version.
    ///
    /// # Errors
    /// The line and the reason where the text is no valid version.
    pub fn parse(text: &str) -> Result<Terms, Fault> {
        let file: File = toml::from_str(text).map_err(|error| Fault::toml(text, &error))?;
        let from = Day::parse(&file.from)
            .ok_or_else(|| Fault::near(text, "from", FileReason::NoDay(file.from)))?;
        for (key, number) in file.numbers.named() {
            let (least, most) = (1, MOST_DAYS);
            if !(least..=most).contains(&number) {
                let reason = FileReason::Days {
                    key,
                    number,
                    least,
                    most,
                };
                return Err(Fault::near(text, key, reason));
            }
        }
        let mut clauses = Vec::with_capacity(ClauseId::ALL.len());
        let mut given = file.clauses;
        for id in ClauseId::ALL {
            let words = given
                .remove(id.code())
                .ok_or_else(|| Fault::near(text, "[clauses", FileReason::NoClause(*id)))?;
            if words.en.trim().is_empty() || words.zh.trim().is_empty() {
                let reason = FileReason::ClauseWords(*id);
                return Err(Fault::near(text, &format!("\"{}\"", id.code()), reason));
            }
            clauses.push(words);
        }
        if let Some(other) = given.keys().next() {
            let reason = FileReason::UnknownClause(other.clone());
            return Err(Fault::near(text, other, reason));
        }
        Ok(Terms {
            from,
            hash: fingerprint(text),
            numbers: file.numbers,
            readings: file.readings,
            service_centre: file.service_centre,
            invoices: file.invoices,
            clauses,
        })
    }

    /// The first eight characters of the fingerprint, for screens.
    pub fn short_hash(&self) -> &str {
        self.hash.get(..8).unwrap_or(&self.hash)
    }

    /// The words of a clause.
    pub fn clause(&self, id: ClauseId) -> Option<&ClauseText> {
        self.clauses.get(id as usize)
    }
}

fn fingerprint(text: &str) -> String {
    use std::fmt::Write;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// Every version that is known, the built-in one first.
#[derive(Debug, Clone)]
pub struct Library {
    versions: Vec<Terms>,
    /// Found by their fingerprint alone.
    kept: Vec<Terms>,
}

impl Library {
    /// The built-in version alone.
    pub fn built_in() -> Library {
        Library {
            versions: vec![Terms::built_in()],
            kept: Vec::new(),
        }
    }

    /// Adds a version that is brought in on a day; one that is there already stays as it is.
    ///
    /// # Errors
    /// The text is no valid version, or takes effect before the day it is brought in.
    pub fn add(&mut self, text: &str, brought_in: Day) -> Result<&Terms, Fault> {
        let terms = Terms::parse(text)?;
        let known = self.by_hash(&terms.hash).is_some();
        if terms.from < brought_in && !known {
            let reason = FileReason::TooEarly {
                from: terms.from,
                brought_in,
            };
            return Err(Fault::near(text, "from", reason));
        }
        Ok(self.put(terms))
    }

    /// Adds a version that was brought in earlier, or is looked at in retrospect.
    ///
    /// # Errors
    /// The text is no valid version.
    pub fn add_dated(&mut self, text: &str) -> Result<&Terms, Fault> {
        let terms = Terms::parse(text)?;
        Ok(self.put(terms))
    }

    /// Keeps a version for the cases that were opened under it, which is in force no more: what came
    /// with the program before it was replaced by a newer one.
    ///
    /// # Errors
    /// The text is no valid version.
    pub fn keep(&mut self, text: &str) -> Result<(), Fault> {
        let terms = Terms::parse(text)?;
        if self.by_hash(&terms.hash).is_none() {
            self.kept.push(terms);
        }
        Ok(())
    }

    fn put(&mut self, terms: Terms) -> &Terms {
        let at = match self.versions.iter().position(|v| v.hash == terms.hash) {
            Some(at) => at,
            None => {
                let at = self.versions.partition_point(|v| v.from <= terms.from);
                self.versions.insert(at, terms);
                at
            }
        };
        &self.versions[at]
    }

    /// The version in force on a day: the last one that has taken effect, or the first there is.
    pub fn in_force(&self, day: Day) -> &Terms {
        let after = self.versions.partition_point(|v| v.from <= day);
        &self.versions[after.saturating_sub(1)]
    }

    /// The version with this fingerprint.
    pub fn by_hash(&self, hash: &str) -> Option<&Terms> {
        let mut known = self.versions.iter().chain(&self.kept);
        known.find(|v| v.hash == hash)
    }

    /// Every version, by the day it takes effect.
    pub fn versions(&self) -> &[Terms] {
        &self.versions
    }
}
