//! How somebody is reached and known again by: telephone numbers with their extensions, e-mail
//! addresses. One person, one identity: who shares one of these with an earlier caller is that
//! caller; who shares the number but not the extension is somebody else behind the same line.

use super::field::Field;
use super::fold::fold_trim;
use super::phone::Phone;
use super::record::Record;

/// The numbers and addresses of a caller.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contacts {
    /// The numbers.
    pub phones: Vec<Phone>,
    /// The e-mail addresses, as [`addresses`] gives them.
    pub emails: Vec<String>,
}

/// How two callers stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// A number with its extension, or an address, is the same: the same caller.
    SameCaller,
    /// The number is the same and the extension is not: another caller behind the same line.
    OtherExtension,
}

impl Contacts {
    /// The fields that say how a caller is reached.
    pub const FIELDS: [Field; 3] = [Field::Phone, Field::SecondPhone, Field::Email];

    /// Those of a number alone.
    pub fn of_phone(phone: Phone) -> Contacts {
        Contacts {
            phones: vec![phone],
            emails: Vec::new(),
        }
    }

    /// Those of the caller of a case.
    pub fn of(record: &Record) -> Contacts {
        let mut all = Contacts::default();
        for field in Contacts::FIELDS {
            let Contacts { phones, emails } = Contacts::in_field(record, field);
            all.phones.extend(phones);
            all.emails.extend(emails);
        }
        all
    }

    /// What one of these fields says of it.
    pub fn in_field(record: &Record, field: Field) -> Contacts {
        let email = record.text(field).filter(|_| field == Field::Email);
        let phone = record.phone(field);
        Contacts {
            phones: phone
                .filter(|_| Contacts::FIELDS.contains(&field))
                .cloned()
                .into_iter()
                .collect(),
            emails: email.map(addresses).unwrap_or_default(),
        }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.phones.is_empty() && self.emails.is_empty()
    }

    /// How somebody with these stands to somebody with those; `None` where they share nothing.
    pub fn relation(&self, others: &Contacts) -> Option<Relation> {
        let phones = |is_so: fn(&Phone, &Phone) -> bool| {
            let mut own = self.phones.iter();
            own.any(|phone| others.phones.iter().any(|other| is_so(phone, other)))
        };
        let shares_email = self.emails.iter().any(|own| others.emails.contains(own));
        if shares_email || phones(Phone::same_caller) {
            Some(Relation::SameCaller)
        } else if phones(Phone::same_line) {
            Some(Relation::OtherExtension)
        } else {
            None
        }
    }
}

/// The e-mail addresses in a text, in the form they are compared in: without a name in front
/// (`Ann Lee <ann@example.com>`), without `mailto:` and the brackets, in lower case, each once. Mail
/// servers may tell upper from lower case before the `@`; none that people use does.
pub fn addresses(text: &str) -> Vec<String> {
    let folded = fold_trim(text).to_lowercase();
    let pieces = folded.split(|c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '(' | ')' | '"' | '、' | '/')
    });
    let mut found: Vec<String> = Vec::new();
    for piece in pieces {
        let piece = piece.strip_prefix("mailto:").unwrap_or(piece);
        let address = piece.trim_matches(['.', ':', '\'']);
        if is_address(address) && !found.iter().any(|known| known == address) {
            found.push(address.to_string());
        }
    }
    found
}

fn is_address(text: &str) -> bool {
    match text.split_once('@') {
        Some((name, host)) => {
            let has_point = host
                .split_once('.')
                .is_some_and(|(_, rest)| !rest.is_empty());
            !name.is_empty() && has_point && !host.starts_with('.') && !host.contains('@')
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_however_it_is_written() {
        for typed in [
            "Ann.Lee@Example.com",
            "  ann.lee@example.com ",
            "<ann.lee@example.com>",
            "Ann Lee <ANN.LEE@example.COM>",
            "\"Lee, Ann\" <ann.lee@example.com>",
            "mailto:ann.lee@example.com",
            "ａｎｎ．ｌｅｅ＠ｅｘａｍｐｌｅ．ｃｏｍ",
            "ann.lee@example.com.",
        ] {
            assert_eq!(addresses(typed), ["ann.lee@example.com"], "{typed}");
        }
    }

    #[test]
    fn a_text_may_hold_several_addresses_or_none() {
        let table: &[(&str, &[&str])] = &[
            (
                "ann@example.com; office@example.com",
                &["ann@example.com", "office@example.com"],
            ),
            ("a@example.com、a@EXAMPLE.com", &["a@example.com"]),
            ("王小明@example.cn", &["王小明@example.cn"]),
            ("ann@", &[]),
            ("@example.com", &[]),
            ("ann@example", &[]),
            ("ann at example.com", &[]),
            ("a@b@example.com", &[]),
            ("", &[]),
        ];
        for (typed, found) in table {
            assert_eq!(&addresses(typed), found, "{typed}");
        }
    }

    fn caller(phones: &[&str], email: &str) -> Contacts {
        Contacts {
            phones: phones.iter().map(|it| Phone::parse(it).unwrap()).collect(),
            emails: addresses(email),
        }
    }

    #[test]
    fn who_shares_a_number_and_its_extension_or_an_address_is_the_same_caller() {
        use Relation::{OtherExtension, SameCaller};
        let table = [
            (
                caller(&["17000000000-1234"], ""),
                caller(&["17000000000 转 1234"], ""),
                Some(SameCaller),
            ),
            (
                caller(&["17000000000-1234"], ""),
                caller(&["17000000000-5678"], ""),
                Some(OtherExtension),
            ),
            (
                caller(&["17000000000"], ""),
                caller(&["17000000000-5678"], ""),
                Some(OtherExtension),
            ),
            (
                caller(&["17000000000-1234"], "a@example.com"),
                caller(&["17000000000-5678"], "A@example.com"),
                Some(SameCaller),
            ),
            (
                caller(&["13800001234", "0755-23456789"], ""),
                caller(&["075523456789"], ""),
                Some(SameCaller),
            ),
            (
                caller(&["0755-23456789-1", "13800001234"], ""),
                caller(&["0755-23456789-2", "13800001234"], ""),
                Some(SameCaller),
            ),
            (
                caller(&[], "a@example.com"),
                caller(&[], "b@example.com"),
                None,
            ),
            (
                caller(&["13800001234"], ""),
                caller(&["13800001235"], ""),
                None,
            ),
            (caller(&[], ""), caller(&[], ""), None),
        ];
        for (one, other, relation) in table {
            assert_eq!(one.relation(&other), relation, "{one:?} {other:?}");
            assert_eq!(other.relation(&one), relation, "{other:?} {one:?}");
        }
    }
}
