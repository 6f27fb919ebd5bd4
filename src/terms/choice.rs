//! Choices with codes, and sets of them: what a fact may still be, which reasons hold.

use std::fmt;
use std::marker::PhantomData;

/// A closed list of values, each with the code the contract gives it. At most 64 values.
pub trait Choice: Copy + Eq + 'static {
    /// Every value, in the order of the codes' list.
    const ALL: &'static [Self];

    /// The code of the contract.
    fn code(self) -> &'static str;

    /// The place in [`Choice::ALL`].
    fn index(self) -> u32;

    /// The value with this code.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.code() == code)
    }
}

/// A set of choices: which values are still possible, or which of them hold.
pub struct Set<T> {
    bits: u64,
    of: PhantomData<T>,
}

impl<T: Choice> Set<T> {
    /// No value.
    pub const NONE: Set<T> = Set {
        bits: 0,
        of: PhantomData,
    };

    /// Every value: nothing is known.
    pub fn all() -> Set<T> {
        Set {
            bits: u64::MAX >> (64 - T::ALL.len().clamp(1, 64)),
            of: PhantomData,
        }
    }

    /// Just this value: it is known.
    pub fn only(value: T) -> Set<T> {
        Set {
            bits: 1 << value.index(),
            of: PhantomData,
        }
    }

    /// These values.
    pub fn of(values: &[T]) -> Set<T> {
        values.iter().fold(Set::NONE, |set, value| set.with(*value))
    }

    /// This set and `value`.
    #[must_use]
    pub fn with(self, value: T) -> Set<T> {
        Set {
            bits: self.bits | 1 << value.index(),
            of: PhantomData,
        }
    }

    /// This set without `value`.
    #[must_use]
    pub fn without(self, value: T) -> Set<T> {
        Set {
            bits: self.bits & !(1 << value.index()),
            of: PhantomData,
        }
    }

    /// Adds `value`.
    pub fn insert(&mut self, value: T) {
        *self = self.with(value);
    }

    /// Both sets together.
    #[must_use]
    pub fn union(self, other: Set<T>) -> Set<T> {
        Set {
            bits: self.bits | other.bits,
            of: PhantomData,
        }
    }

    /// What both sets hold.
    #[must_use]
    pub fn both(self, other: Set<T>) -> Set<T> {
        Set {
            bits: self.bits & other.bits,
            of: PhantomData,
        }
    }

    /// Whether `value` is in the set.
    pub fn has(self, value: T) -> bool {
        self.bits >> value.index() & 1 == 1
    }

    /// Whether any of `values` is in the set.
    pub fn any(self, values: &[T]) -> bool {
        self.bits & Set::of(values).bits != 0
    }

    /// Whether the set holds exactly `value`: it is known.
    pub fn is(self, value: T) -> bool {
        self.bits == 1 << value.index()
    }

    /// The value, where only one is left.
    pub fn known(self) -> Option<T> {
        if self.len() == 1 {
            self.iter().next()
        } else {
            None
        }
    }

    /// How many values the set holds.
    pub fn len(self) -> usize {
        self.bits.count_ones() as usize
    }

    /// Whether the set holds nothing.
    pub fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Whether every value is still possible.
    pub fn is_open(self) -> bool {
        self == Set::all()
    }

    /// The values, in the order of [`Choice::ALL`].
    pub fn iter(self) -> impl Iterator<Item = T> {
        let mut bits = self.bits;
        std::iter::from_fn(move || {
            if bits == 0 {
                return None;
            }
            let index = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            T::ALL.get(index).copied()
        })
    }
}

impl<T> Clone for Set<T> {
    fn clone(&self) -> Set<T> {
        *self
    }
}

impl<T> Copy for Set<T> {}

impl<T> PartialEq for Set<T> {
    fn eq(&self, other: &Set<T>) -> bool {
        self.bits == other.bits
    }
}

impl<T> Eq for Set<T> {}

impl<T: Choice> Default for Set<T> {
    fn default() -> Set<T> {
        Set::NONE
    }
}

impl<T: Choice> From<T> for Set<T> {
    fn from(value: T) -> Set<T> {
        Set::only(value)
    }
}

impl<T: Choice> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Set<T> {
        values
            .into_iter()
            .fold(Set::NONE, |set, value| set.with(value))
    }
}

impl<T: Choice> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.iter().map(|value| value.code()))
            .finish()
    }
}

/// Declares a closed list of values with their codes.
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$inner])* $variant,)+ }

        impl $crate::terms::choice::Choice for $name {
            const ALL: &'static [Self] = &[$($name::$variant,)+];

            fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)+ }
            }

            fn index(self) -> u32 {
                self as u32
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::terms::choice::Choice::code(*self))
            }
        }
    };
}
pub(crate) use choices;
