//! The schedule: who does what next, and what goes wrong.

use super::check;
use super::dice::Dice;
use super::disk::{Disk, disk};
use super::moment::Moment;
use super::place::Place;
use super::session::{self, Left, Promise, Session};
use aftercare::app::clock::Moment as Now;
use aftercare::app::input::Input;
use aftercare::demo::{self, plan, script};
use aftercare::desk::change::Change;
use aftercare::desk::id::Fresh;
use aftercare::desk::staff::{Role, Staff, StaffName};
use aftercare::work;
use aftercare::work::action::Actor;
use aftercare::work::case::Knowledge;
use aftercare::work::staff::StaffAction;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Who works at the desk.
const STAFF: [(&str, Role); 3] = [
    ("li", Role::Operator),
    ("chen", Role::Technician),
    ("wu", Role::Supervisor),
];
/// So many sessions at the same time at most.
const SESSIONS: usize = 4;

/// So many of the last things that happened are told when a run fails.
const STORY: usize = 200;

/// What a run got to: so that the tests know that they test something.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Reached(pub BTreeMap<String, usize>);

impl Reached {
    pub fn note(&mut self, what: &str) {
        *self.0.entry(what.to_string()).or_default() += 1;
    }

    pub fn add(&mut self, other: Reached) {
        for (what, count) in other.0 {
            *self.0.entry(what).or_default() += count;
        }
    }
}

pub struct World {
    knowledge: Arc<Knowledge>,
    dice: Dice,
    sessions: Vec<Session>,
    left: Vec<Left>,
    /// What sessions that are gone were told.
    told: Vec<Change>,
    promises: Vec<Promise>,
    moment: Moment,
    base: Instant,
    utc: DateTime<Utc>,
    /// Who may not work at present.
    disabled: Option<&'static str>,
    pub reached: Reached,
    /// What happened last, newest last.
    story: VecDeque<String>,
    // Dropped last.
    place: Place,
}

/// One run; what it reached and the changes it made, or what was lost.
pub fn run(
    seed: u64,
    steps: usize,
    knowledge: &Arc<Knowledge>,
) -> Result<(Reached, Vec<Change>), String> {
    let mut world = World {
        place: Place::new(knowledge),
        knowledge: Arc::clone(knowledge),
        dice: Dice(seed),
        sessions: Vec::new(),
        left: Vec::new(),
        told: Vec::new(),
        promises: Vec::new(),
        moment: Moment::BEGINNING,
        base: Instant::now(),
        utc: Utc.with_ymd_and_hms(2026, 11, 16, 1, 0, 0).unwrap(),
        disabled: None,
        reached: Reached::default(),
        story: VecDeque::new(),
    };
    let mut ran = world.has_cases();
    for step in 0..steps {
        ran = world.step().map_err(|why| format!("step {step}: {why}"));
        if ran.is_err() {
            break;
        }
    }
    match ran.and_then(|()| world.end()) {
        Ok(changes) => Ok((std::mem::take(&mut world.reached), changes)),
        Err(why) => Err(format!("{why}; before that:\n{}", world.story())),
    }
}

impl World {
    fn now(&self) -> Now {
        Now {
            utc: self.utc,
            at: self.base + self.moment.0,
        }
    }

    /// Some cases are on the way already when the run begins, at any stage.
    fn has_cases(&mut self) -> Result<(), String> {
        let today = self.knowledge.day(self.utc);
        let stories = plan::plan(self.dice.roll(), demo::usual());
        let open: Vec<&plan::Entry> = stories.iter().filter(|it| it.story.open == 1).collect();
        let mut store = self.place.open().map_err(|fault| format!("{fault:?}"))?;
        let chosen: Vec<&plan::Entry> = (0..3).map(|_| *self.dice.pick(&open)).collect();
        for (name, role) in STAFF {
            let action = StaffAction::Add {
                role,
                key: None,
                badge: None,
                pin: None,
            };
            self.staff(name, &action)?;
        }
        let filled = store.bulk::<()>(|bulk| {
            for story in chosen {
                for batch in script::play(story, today, &self.knowledge) {
                    bulk.commit(&batch)?;
                }
            }
            Ok(())
        });
        filled.map_err(|fault| format!("{fault:?}"))
    }

    /// Enters, disables or enables somebody, as whoever owns the file does.
    fn staff(&mut self, name: &str, action: &StaffAction) -> Result<(), String> {
        let mut store = self.place.open().map_err(|fault| format!("{fault:?}"))?;
        let people = store.view().people().map_err(|it| it.to_string())?;
        let owner = Staff {
            name: "owner".to_string(),
            role: Role::Supervisor,
        };
        let mut fresh = Fresh::new(self.dice.roll());
        let mut actor = Actor {
            staff: &owner,
            now: aftercare::desk::now::Now {
                at: self.utc,
                today: self.knowledge.day(self.utc),
            },
            fresh: &mut fresh,
        };
        let name = StaffName::parse(name).map_err(|fault| format!("{fault:?}"))?;
        let planned = work::staff::plan(&people, &name, action, &mut actor);
        if let Some(batch) = planned.map_err(|refusal| format!("{refusal:?}"))? {
            let done = store.commit::<()>(&batch, |_| Ok(()));
            done.map_err(|fault| format!("{fault:?}"))?;
        }
        Ok(())
    }

    /// Somebody may not work here any more, or may again.
    fn staff_changes(&mut self) -> Result<(), String> {
        disk(|disk| disk.is_full = false);
        let action = if self.disabled.is_some() {
            StaffAction::Enable
        } else {
            StaffAction::Disable
        };
        let name = match self.disabled.take() {
            Some(name) => name,
            None => self.disabled.insert(*self.dice.pick(&["li", "chen"])),
        };
        self.tell(format!("{name}: {action:?}"));
        self.reached.note("disabled or enabled");
        self.staff(name, &action)
    }

    fn tell(&mut self, what: String) {
        self.story.push_back(what);
        if self.story.len() > STORY {
            self.story.pop_front();
        }
    }

    fn story(&self) -> String {
        self.story
            .iter()
            .map(|line| format!("  {line}\n"))
            .collect()
    }

    fn step(&mut self) -> Result<(), String> {
        let pause = Duration::from_millis(20 + self.dice.below(300) as u64);
        self.moment = self.moment.after(pause);
        self.utc += TimeDelta::from_std(pause).unwrap_or_default();
        for session in &self.sessions {
            session.line.borrow_mut().go_on(self.moment);
        }
        if self.sessions.is_empty() {
            return self.begins();
        }
        match self.dice.below(1000) {
            0..20 if self.sessions.len() < SESSIONS => self.begins(),
            20..25 => self.crash(),
            25..32 => self.hang_up(),
            32..36 => self.killed_inside(),
            36..39 => self.power_goes(),
            39..43 => self.clock_jumps(),
            43..46 => {
                disk(|disk| disk.is_full = !disk.is_full);
                self.reached.note("full disk");
                Ok(())
            }
            46..49 => self.staff_changes(),
            49..90 => self.changes_pace(),
            90..250 => self.line_works(),
            250..350 => self.looks(),
            _ => {
                disk(|disk| disk.is_full &= self.dice.chance(80));
                let at = self.dice.below(self.sessions.len());
                self.acts(at)
            }
        }
    }

    fn begins(&mut self) -> Result<(), String> {
        let (name, role) = *self.dice.pick(&STAFF);
        if self.disabled == Some(name) {
            return Ok(()); // the start is refused
        }
        disk(|disk| disk.is_full = false);
        let store = self.place.open().map_err(|fault| format!("{fault:?}"))?;
        let staff = Staff {
            name: name.to_string(),
            role,
        };
        let seed = self.dice.roll();
        let (session, claimed) =
            Session::begin(store, staff, &self.knowledge, seed, self.moment, self.now());
        self.tell(format!("{name} finds {}", session::brief(claimed.as_ref())));
        self.claimed(name, claimed)?;
        self.sessions.push(session);
        self.tell(format!("{} {name} begins", self.sessions.len() - 1));
        self.reached.note("session");
        Ok(())
    }

    /// A draft was claimed, or none: it has to be one that was left.
    fn claimed(
        &mut self,
        who: &str,
        claimed: Option<aftercare::store::Draft>,
    ) -> Result<(), String> {
        let own = |left: &&Left| left.who == who;
        let Some(draft) = claimed else {
            let must = self
                .left
                .iter()
                .filter(own)
                .find(|it| !it.acceptable.contains(&None));
            return match must {
                Some(left) => Err(format!("nothing was claimed of {left:#?}")),
                None => {
                    self.left.retain(|left| left.who != who);
                    Ok(())
                }
            };
        };
        let draft = Some(draft);
        let from = self
            .left
            .iter()
            .position(|left| own(&left) && !left.path.exists() && left.acceptable.contains(&draft));
        match from {
            Some(at) => {
                self.reached.note("draft claimed");
                drop(self.left.remove(at));
                Ok(())
            }
            None => Err(format!(
                "{who} was given {}, but what was left is {:#?}",
                session::brief(draft.as_ref()),
                self.left
            )),
        }
    }

    fn acts(&mut self, at: usize) -> Result<(), String> {
        let (moment, now) = (self.moment, self.now());
        let session = &mut self.sessions[at];
        let Some(input) = session.decides(&mut self.dice) else {
            return Ok(());
        };
        let input_told = format!("{at} {}: {}", session.who, session::told(&input));
        self.tell(input_told);
        let taken = self.sessions[at].takes(input, moment, now);
        let is_there = taken.map_err(|why| format!("{why}; now {}", self.sessions[at].told()))?;
        self.tell(format!("    {}", self.sessions[at].told()));
        if !is_there {
            self.ended(at);
        }
        Ok(())
    }

    /// The store answers at once for a while, or takes its time.
    fn changes_pace(&mut self) -> Result<(), String> {
        let at = self.dice.below(self.sessions.len());
        let is_prompt = self.dice.chance(60);
        self.tell(format!("{at} is prompt: {is_prompt}"));
        self.sessions[at].line.borrow_mut().is_prompt = is_prompt;
        Ok(())
    }

    /// A slow store does something; the session may hear of it later.
    fn line_works(&mut self) -> Result<(), String> {
        let at = self.dice.below(self.sessions.len());
        self.sessions[at].line.borrow_mut().work();
        self.tell(format!("{at}'s store works"));
        if self.dice.chance(60) {
            return self.knock(at);
        }
        Ok(())
    }

    /// Others' changes are looked for.
    fn looks(&mut self) -> Result<(), String> {
        let at = self.dice.below(self.sessions.len());
        self.sessions[at].line.borrow_mut().look();
        self.knock(at)
    }

    fn knock(&mut self, at: usize) -> Result<(), String> {
        let (moment, now) = (self.moment, self.now());
        let has_reply = self.sessions[at].line.borrow().has_reply();
        self.tell(format!("{at} hears"));
        let taken = match has_reply {
            true => self.sessions[at].takes(Input::Knock, moment, now),
            false => Ok(true),
        };
        if !taken.map_err(|why| format!("{why}; now {}", self.sessions[at].told()))? {
            self.ended(at);
        } else {
            self.tell(format!("    {}", self.sessions[at].told()));
        }
        Ok(())
    }

    /// A session has ended by itself: quit, or shown out with what was half typed kept.
    fn ended(&mut self, at: usize) {
        let session = self.sessions.remove(at);
        match session.left() {
            Some(left) => {
                self.reached.note("shown out");
                self.left.push(left);
            }
            None => self.reached.note("quit"),
        }
        self.remember(session);
    }

    fn crash(&mut self) -> Result<(), String> {
        let at = self.dice.below(self.sessions.len());
        self.dies(at);
        self.reached.note("crash");
        Ok(())
    }

    fn dies(&mut self, at: usize) {
        self.tell(format!("{at} dies"));
        let session = self.sessions.remove(at);
        let (left, session) = session.dies(self.moment);
        self.tell(format!("leaves {left:?}"));
        self.left.push(left);
        self.remember(session);
    }

    fn hang_up(&mut self) -> Result<(), String> {
        let at = self.dice.below(self.sessions.len());
        disk(|disk| disk.is_full = false);
        self.tell(format!("{at} hangs up"));
        let session = self.sessions.remove(at);
        let (left, session) = session.hangs_up(self.moment, self.now())?;
        self.left.push(left);
        self.remember(session);
        self.reached.note("hang-up");
        Ok(())
    }

    /// Killed while its store is at work: nothing more is written from some point on.
    fn killed_inside(&mut self) -> Result<(), String> {
        if self.dies_inside()?.is_some_and(|at| {
            self.dies(at);
            true
        }) {
            self.reached.note("killed inside");
        }
        Ok(())
    }

    /// One session acts until nothing more is taken; which, if it came to that.
    fn dies_inside(&mut self) -> Result<Option<usize>, String> {
        let at = self.dice.below(self.sessions.len());
        disk(|disk| disk.is_full = false);
        self.sessions[at].line.borrow_mut().is_prompt = true;
        let after = self.dice.below(15) as u32;
        disk(|disk| disk.die_after(after));
        for _ in 0..12 {
            let before = self.sessions.len();
            self.acts(at)?;
            if self.sessions.len() < before {
                disk(Disk::revive);
                return Ok(None);
            }
            if disk(|disk| disk.is_dead()) {
                return Ok(Some(at));
            }
        }
        disk(Disk::revive);
        Ok(None)
    }

    fn power_goes(&mut self) -> Result<(), String> {
        if self.dice.chance(60) {
            self.dies_inside()?;
        }
        disk(Disk::die);
        while !self.sessions.is_empty() {
            self.dies(0);
            disk(Disk::die);
        }
        self.place.lose_power(&mut self.dice);
        self.reached.note("power loss");
        Ok(())
    }

    fn clock_jumps(&mut self) -> Result<(), String> {
        let by = match self.dice.below(4) {
            0 => TimeDelta::days(self.dice.below(40) as i64),
            1 => TimeDelta::days(-(self.dice.below(10) as i64)),
            2 => TimeDelta::hours(-(self.dice.below(30) as i64)),
            _ => TimeDelta::hours(self.dice.below(30) as i64),
        };
        self.utc += by;
        self.reached.note("clock jump");
        Ok(())
    }

    /// Keeps what a session that is gone was told.
    fn remember(&mut self, mut session: Session) {
        self.promises.append(&mut session.promises);
        self.told.append(&mut session.line.borrow_mut().told);
    }

    /// Everybody goes; then the file has to hold what was promised, and the drafts be there.
    fn end(&mut self) -> Result<Vec<Change>, String> {
        disk(|disk| disk.is_full = false);
        while !self.sessions.is_empty() {
            if self.dice.chance(50) {
                self.hang_up()?;
            } else {
                self.crash()?;
            }
        }
        for (who, _) in STAFF {
            while self.left.iter().any(|left| left.who == who) {
                let before = self.left.len();
                self.begins_as(who)?;
                if self.left.len() == before {
                    return Err(format!("{who} cannot claim {:#?}", self.left));
                }
            }
        }
        let store = self.place.open().map_err(|fault| format!("{fault:?}"))?;
        let changes = check::file(&store)?;
        check::told(&changes, &self.told)?;
        check::promises(&store, &self.promises)?;
        check::overwrites(&changes)?;
        check::numbers(&changes)?;
        check::standing(&changes)?;
        check::gates(&store, &self.knowledge)?;
        for change in &changes {
            self.reached.note(change.act.code());
        }
        Ok(changes)
    }

    /// A session that only claims what was left, and is quit.
    fn begins_as(&mut self, who: &str) -> Result<(), String> {
        let store = self.place.open().map_err(|fault| format!("{fault:?}"))?;
        let staff = Staff {
            name: who.to_string(),
            role: Role::Supervisor,
        };
        let seed = self.dice.roll();
        let (session, claimed) =
            Session::begin(store, staff, &self.knowledge, seed, self.moment, self.now());
        self.tell(format!("{who} finds {}", session::brief(claimed.as_ref())));
        self.claimed(who, claimed)?;
        session.forgets();
        Ok(())
    }
}
