//! The texts of the terms, kept for ever, so that a case keeps the version it was opened under.

use chrono::NaiveDate;
use rusqlite::params;

use super::Store;
use super::fault::Trouble;
use super::read::View;
use super::row::{day_text, read_day};

/// A version of the terms that this desk has used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsVersion {
    /// The fingerprint of the text.
    pub hash: String,
    /// The day from which it counts.
    pub from_day: NaiveDate,
    /// The day it was brought in; it counts from no earlier day.
    pub brought_in: NaiveDate,
    /// The text of the file.
    pub text: String,
}

impl Store {
    /// Keeps a version of the terms. One that is known by its hash stays as it is, with the day on
    /// which it was first brought in; says whether it was new.
    ///
    /// # Errors
    /// [`Trouble`]: the file would not.
    pub fn remember_terms(&mut self, version: &TermsVersion) -> Result<bool, Trouble> {
        let known = self.view().terms_versions()?;
        if known.iter().any(|known| known.hash == version.hash) {
            return Ok(false);
        }
        let transaction = self.begin()?;
        let known = View { conn: &transaction }.terms_versions()?;
        if known.iter().any(|known| known.hash == version.hash) {
            return Ok(false);
        }
        transaction
            .prepare_cached(
                "INSERT INTO terms (hash, from_day, brought_in, text) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                version.hash,
                day_text(version.from_day),
                day_text(version.brought_in),
                version.text,
            ])?;
        transaction.commit()?;
        Ok(true)
    }
}

impl View<'_> {
    /// Every version of the terms this desk has used, in the order of the days from which they count.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn terms_versions(&self) -> Result<Vec<TermsVersion>, Trouble> {
        let mut find = self.conn.prepare_cached(
            "SELECT hash, from_day, brought_in, text FROM terms ORDER BY from_day, brought_in, hash",
        )?;
        let mut rows = find.query([])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            let from_day: String = row.get(1)?;
            let brought_in: String = row.get(2)?;
            versions.push(TermsVersion {
                hash: row.get(0)?,
                from_day: read_day(&from_day)?,
                brought_in: read_day(&brought_in)?,
                text: row.get(3)?,
            });
        }
        Ok(versions)
    }
}
