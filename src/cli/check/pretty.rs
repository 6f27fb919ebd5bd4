//! An assessment for a person, clause by clause.

use std::io::{self, Write};

use crate::terms::assessment::Assessment;
use crate::terms::{Choice, Facts, Terms};
use crate::ui::i18n::Words;

use super::json::text;

/// Prints one case.
pub fn print(
    out: &mut impl Write,
    words: &Words,
    _facts: &Facts,
    assessment: &Assessment,
    terms: &Terms,
) -> io::Result<()> {
    writeln!(out, "RETURN {}", assessment.returns.decision.code())?;
    for notice in &assessment.notices {
        writeln!(out, "  {}", text(words, notice, terms))?;
    }
    Ok(())
}
