//! Who tells of a case in words: what the checks, the summary and the sentence to say share.

use chrono::NaiveDate;

use crate::ui::format;
use crate::ui::i18n::{Arg, Words};
use crate::work::case::Case;

/// A case and the words to tell of it.
pub(super) struct Teller<'a> {
    pub case: &'a Case,
    pub words: &'a Words,
}

impl Teller<'_> {
    /// A message.
    pub fn say(&self, id: &str) -> String {
        self.words.say(id).into_owned()
    }

    /// A message with texts put in.
    pub fn with(&self, id: &str, args: &[(&str, &str)]) -> String {
        let args: Vec<(&str, Arg)> = args
            .iter()
            .map(|(name, text)| (*name, Arg::Text(text)))
            .collect();
        self.words.say_with(id, &args)
    }

    /// A day, as it is seen from the case's today.
    pub fn day(&self, day: NaiveDate) -> String {
        format::day(self.words, day, self.case.today)
    }
}
