//! Which stories a demo desk tells, and on which day each begins.

use super::people::Dice;
use super::stories::{ALL, Story};

/// The most open cases of a large desk, and how many in a thousand are open.
const OPEN_AT_MOST: usize = 1500;
const OPEN_IN_A_THOUSAND: usize = 15;
/// A large desk goes back so many days.
const YEARS: u64 = 3 * 365;

/// A story to be told.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Which.
    pub story: &'static Story,
    /// How many days before today it begins.
    pub begins: i64,
    /// What chooses its people, goods and small differences.
    pub seed: u64,
    /// The place in the plan: the first ones are everybody's example desk.
    pub place: usize,
}

/// The stories of a desk with so many cases, the oldest first: each story once, then so many more
/// that most of the desk is closed, as on a desk that is some years old.
pub fn plan(seed: u64, cases: usize) -> Vec<Entry> {
    let mut dice = Dice::new(seed);
    let mut entries: Vec<Entry> = Vec::new();
    let mut told = 0;
    let mut open = 0;
    for story in ALL {
        entries.push(entry(story, story.begins.0, &mut dice, entries.len()));
        told += story.cases;
        open += story.open;
    }
    let open_goal = (cases * OPEN_IN_A_THOUSAND / 1000).min(OPEN_AT_MOST);
    let (open_ones, closed_ones): (Vec<&Story>, Vec<&Story>) =
        ALL.iter().partition(|story| story.open > 0);
    while told < cases {
        let left = cases - told;
        let wants_open = open < open_goal;
        let choice = if wants_open { &open_ones } else { &closed_ones };
        let Some(story) = pick(choice, left, &mut dice) else {
            break;
        };
        let (least, most) = story.begins;
        let span = if story.open > 0 {
            u64::try_from(most - least).unwrap_or(0)
        } else {
            YEARS
        };
        let begins = least + i64::try_from(dice.below(span + 1)).unwrap_or(0);
        entries.push(entry(story, begins, &mut dice, entries.len()));
        told += story.cases;
        open += story.open;
    }
    entries.sort_by_key(|entry| (std::cmp::Reverse(entry.begins), entry.place));
    entries
}

fn entry(story: &'static Story, begins: i64, dice: &mut Dice, place: usize) -> Entry {
    Entry {
        story,
        begins,
        seed: dice.roll(),
        place,
    }
}

/// A story by its weight that has no more cases than are left to tell.
fn pick(stories: &[&'static Story], left: usize, dice: &mut Dice) -> Option<&'static Story> {
    let fits = |story: &&&Story| story.cases <= left && story.weight > 0;
    let total: u64 = stories.iter().filter(fits).map(|story| story.weight).sum();
    if total == 0 {
        return None;
    }
    let mut at = dice.below(total);
    for story in stories.iter().filter(fits) {
        if at < story.weight {
            return Some(story);
        }
        at -= story.weight;
    }
    None
}
