//! What is wrong with a file of terms or of working days: the line and the reason.

use std::fmt;

/// Why a dated file is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, in English, as for every technical file.
    pub reason: String,
}

impl Fault {
    /// A fault at a byte of the text.
    pub(super) fn at(text: &str, byte: usize, reason: impl Into<String>) -> Fault {
        let before = text.as_bytes().get(..byte).unwrap_or(text.as_bytes());
        Fault {
            line: 1 + before.iter().filter(|b| **b == b'\n').count(),
            reason: reason.into(),
        }
    }

    /// A fault at the first line that begins with `needle`, else the first that holds it (a comment
    /// may speak of it before), or the first line.
    pub(super) fn near(text: &str, needle: &str, reason: impl Into<String>) -> Fault {
        let line = |fits: &dyn Fn(&str) -> bool| text.lines().position(fits);
        let found = line(&|line| line.trim_start().starts_with(needle))
            .or_else(|| line(&|line| line.contains(needle)));
        Fault {
            line: 1 + found.unwrap_or(0),
            reason: reason.into(),
        }
    }

    pub(super) fn toml(text: &str, error: &toml::de::Error) -> Fault {
        let byte = error.span().map_or(0, |span| span.start);
        Fault::at(text, byte, error.message())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for Fault {}
