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
    pub(super) fn tells(self, a: Level, b: Level, alike: Alike) -> bool {
        LEVELS
            .iter()
            .any(|level| self.has(*level) && !alike.are(a.max(*level), b.max(*level)))
    }
}

/// Which levels come to the same, for what hangs on the return: for each the first that does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::terms) struct Alike([Level; 3]);

impl Alike {
    /// Each comes to something else, as for the return itself.
    pub(in crate::terms) const NONE: Alike = Alike(LEVELS);

    /// Those with the same answer.
    pub(in crate::terms) fn by<T: PartialEq>(answer: impl Fn(Level) -> T) -> Alike {
        let first = |level: Level| {
            let mut all = LEVELS.into_iter();
            all.find(|other| answer(*other) == answer(level))
        };
        Alike(LEVELS.map(|level| first(level).unwrap_or(level)))
    }

    /// Whether these two do.
    pub(super) fn are(self, a: Level, b: Level) -> bool {
        let first = |level: Level| self.0.get(level as usize);
        first(a) == first(b)
    }
}
