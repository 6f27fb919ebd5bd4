//! How far a finding goes, and sets of that.

/// How far one finding goes: it lets the return through, leaves it to staff, or refuses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::terms) enum Level {
    Allow,
    Staff,
    Refuse,
}

/// Every level, the mildest first.
pub(in crate::terms) const LEVELS: [Level; 3] = [Level::Allow, Level::Staff, Level::Refuse];

/// A set of levels that are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::terms) struct Levels(u8);

impl Levels {
    pub(super) const NONE: Levels = Levels(0);
    pub(super) const ALLOW: Levels = Levels(1);

    pub(super) fn of(level: Level) -> Levels {
        Levels(1 << level as u8)
    }

    pub(super) fn or(self, other: Levels) -> Levels {
        Levels(self.0 | other.0)
    }

    pub(in crate::terms) fn has(self, level: Level) -> bool {
        self.0 >> level as u8 & 1 == 1
    }

    pub(super) fn is(self, level: Level) -> bool {
        self.0 == 1 << level as u8
    }

    /// Whether something short of a refusal is possible.
    pub(super) fn open(self) -> bool {
        self.0 & 0b11 != 0
    }

    /// The levels of two independent findings taken together: the harder one counts.
    pub(super) fn and(self, other: Levels) -> Levels {
        let mut both = Levels::NONE;
        for a in LEVELS {
            for b in LEVELS {
                if self.has(a) && other.has(b) {
                    both = both.or(Levels::of(a.max(b)));
                }
            }
        }
        both
    }

    /// Whether going over from `a` to `b` changes the whole, beside one of these levels.
    pub(super) fn tells(self, a: Level, b: Level) -> bool {
        LEVELS
            .iter()
            .any(|level| self.has(*level) && a.max(*level) != b.max(*level))
    }
}
