//! The words of the program, in every language it speaks.
//!
//! Messages live in `assets/i18n/<language>/*.ftl` (Fluent) and are built in. A test fails when a
//! message exists in one language only, so [`Words::say`] falls back to the id and never fails.

use std::borrow::Cow;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use crate::desk::language::Language;

/// The message files of a language: name and text.
pub fn files(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::English => &[
            ("terms.ftl", include_str!("../../assets/i18n/en/terms.ftl")),
            (
                "fields.ftl",
                include_str!("../../assets/i18n/en/fields.ftl"),
            ),
            (
                "screens.ftl",
                include_str!("../../assets/i18n/en/screens.ftl"),
            ),
            (
                "values.ftl",
                include_str!("../../assets/i18n/en/values.ftl"),
            ),
            ("cli.ftl", include_str!("../../assets/i18n/en/cli.ftl")),
            ("case.ftl", include_str!("../../assets/i18n/en/case.ftl")),
            (
                "people.ftl",
                include_str!("../../assets/i18n/en/people.ftl"),
            ),
            (
                "faults.ftl",
                include_str!("../../assets/i18n/en/faults.ftl"),
            ),
        ],
        Language::Chinese => &[
            (
                "terms.ftl",
                include_str!("../../assets/i18n/zh-CN/terms.ftl"),
            ),
            (
                "fields.ftl",
                include_str!("../../assets/i18n/zh-CN/fields.ftl"),
            ),
            (
                "screens.ftl",
                include_str!("../../assets/i18n/zh-CN/screens.ftl"),
            ),
            (
                "values.ftl",
                include_str!("../../assets/i18n/zh-CN/values.ftl"),
            ),
            ("cli.ftl", include_str!("../../assets/i18n/zh-CN/cli.ftl")),
            ("case.ftl", include_str!("../../assets/i18n/zh-CN/case.ftl")),
            (
                "people.ftl",
                include_str!("../../assets/i18n/zh-CN/people.ftl"),
            ),
            (
                "faults.ftl",
                include_str!("../../assets/i18n/zh-CN/faults.ftl"),
            ),
        ],
    }
}

/// A value put into a message.
#[derive(Debug, Clone, Copy)]
pub enum Arg<'a> {
    /// Text, shown as it is.
    Text(&'a str),
    /// A number; chooses the plural form where a message has one.
    Number(i64),
}

/// The messages of one language, ready to be said.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// Reads the built-in messages of `language`. A faulty message file is left out here and fails
    /// the test that reads every file.
    pub fn new(language: Language) -> Words {
        let tags: Vec<LanguageIdentifier> = language.tag().parse().into_iter().collect();
        let mut bundle = FluentBundle::new_concurrent(tags);
        bundle.set_use_isolating(false);
        for (_, text) in files(language) {
            let resource = match FluentResource::try_new((*text).to_string()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Words { language, bundle }
    }

    /// The language these words are in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether there is a message under `id`.
    pub fn has(&self, id: &str) -> bool {
        self.bundle
            .get_message(id)
            .is_some_and(|message| message.value().is_some())
    }

    /// The message under `id`, or the id itself where there is none.
    pub fn say<'a>(&'a self, id: &'a str) -> Cow<'a, str> {
        self.format(id, None)
    }

    /// The message under `id` with values put in.
    pub fn say_with(&self, id: &str, args: &[(&str, Arg)]) -> String {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            let value = match arg {
                Arg::Text(text) => FluentValue::from((*text).to_string()),
                Arg::Number(number) => FluentValue::from(*number),
            };
            values.set((*name).to_string(), value);
        }
        self.format(id, Some(&values)).into_owned()
    }

    fn format<'a>(&'a self, id: &'a str, args: Option<&'a FluentArgs<'a>>) -> Cow<'a, str> {
        let Some(pattern) = self.bundle.get_message(id).and_then(|m| m.value()) else {
            return Cow::Borrowed(id);
        };
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, args, &mut errors)
    }
}
