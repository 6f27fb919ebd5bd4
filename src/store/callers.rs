//! Who called before: by a number with its extension, or an e-mail address.

use std::cmp::Reverse;

use crate::desk::contact::{Contacts, Relation};
use crate::work::row::CaseRow;

use super::cut;
use super::fault::Trouble;
use super::read::View;

/// The most cases of one caller, and as many of others behind the same line.
const LINES: usize = 50;

impl View<'_> {
    /// The cases of whoever is reached by one of these: of the same caller first, then those of
    /// others behind the same line ([`Relation::OtherExtension`]); open ones first, then newest.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn by_contacts(&self, contacts: &Contacts) -> Result<Vec<CaseRow>, Trouble> {
        let exact = cut::callers(&contacts.phones, &contacts.emails);
        let line = cut::lines(&contacts.phones);
        let mut rows: Vec<(Relation, CaseRow)> = Vec::new();
        for query in [exact, line].into_iter().flatten() {
            let mut places = Vec::new();
            self.candidates(&query, LINES, &mut places)?;
            for place in places {
                let row = self.at(place)?.map(|case| case.row);
                let relation = |row: CaseRow| Some((contacts.relation(&row.contacts())?, row));
                let is_new =
                    |(_, row): &(Relation, CaseRow)| rows.iter().all(|(_, it)| it.id != row.id);
                let found = row.and_then(relation).filter(is_new);
                rows.extend(found);
            }
        }
        rows.sort_by_key(|(relation, row)| {
            let is_closed = row.stage.is_closed();
            (
                *relation != Relation::SameCaller,
                is_closed,
                Reverse(row.begun_at),
            )
        });
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    }
}
