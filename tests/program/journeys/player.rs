//! Somebody at the desk: types into the real program in a pseudo-terminal, reads its screen, and is
//! cut off in the middle where a test wants that.

use crate::support::keys::{self, Key};
use crate::support::{Desk, Home};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::file::File;

/// A key is answered by a drawing within this; a few keys change nothing.
const ANSWER: Duration = Duration::from_millis(120);
/// What is half typed is promised to be kept within a second: a draft that has not been written again
/// for longer is the last one.
const KEPT_WITHIN: Duration = Duration::from_millis(1300);
/// A key after which no draft was written for so long changed nothing that a draft keeps.
const NOTHING_TO_KEEP: Duration = Duration::from_secs(3);
/// A busy machine may take so long for what takes it an instant otherwise.
const PATIENCE: Duration = Duration::from_secs(15);

/// The row of the screen that tells what just happened, from zero.
const NOTE: usize = 22;

/// A person at the desk of a home of their own; a supervisor, who may do everything.
pub struct Player {
    home: Home,
    desk: Option<Desk>,
    day: String,
    language: &'static str,
    /// After how many keys the program is killed under the person's hands.
    killed_every: Option<usize>,
    /// Whether keys are typed without looking at the screen.
    in_a_hurry: bool,
    since_kill: usize,
    /// When the latest key was typed.
    typed_at: SystemTime,
    kills: usize,
    keys: usize,
    scans: usize,
}

impl Player {
    /// Somebody who works in English and is left in peace.
    pub fn new() -> Player {
        Player {
            home: Home::new(),
            desk: None,
            day: String::new(),
            language: "en",
            killed_every: None,
            in_a_hurry: false,
            since_kill: 0,
            typed_at: SystemTime::UNIX_EPOCH,
            kills: 0,
            keys: 0,
            scans: 0,
        }
    }

    /// Works in Chinese.
    pub fn in_chinese(mut self) -> Player {
        self.language = "zh";
        self
    }

    /// Is killed after every so many keys.
    pub fn killed_every(mut self, keys: usize) -> Player {
        self.killed_every = Some(keys);
        self
    }

    /// Types ahead of the screen.
    pub fn in_a_hurry(mut self) -> Player {
        self.in_a_hurry = true;
        self
    }

    /// How often the program was killed.
    pub fn kills(&self) -> usize {
        self.kills
    }

    /// Opens the desk on a day; leaves it first where it is open on another.
    pub fn on(&mut self, day: &str) {
        if self.desk.is_some() {
            self.leaves();
        }
        self.day = day.to_owned();
        self.sits_down();
    }

    /// Leaves the program by its key.
    pub fn leaves(&mut self) {
        let mut desk = self.desk.take().expect("an open desk");
        desk.keys("<c-q>");
        let ended = desk.exited_within(PATIENCE);
        assert!(
            ended.is_some_and(|status| status.success()),
            "leaving ends well; the screen is:\n{}",
            desk.text()
        );
    }

    fn sits_down(&mut self) {
        self.home.enter("li", "supervisor");
        let staff = self.home.as_staff("li");
        let further = ["--today", &self.day, "--language", self.language];
        let args: Vec<&str> = staff.iter().map(String::as_str).chain(further).collect();
        let mut desk = Desk::start(&self.home, &args, 80, 24, &[]);
        desk.settle();
        self.desk = Some(desk);
        self.since_kill = 0;
    }

    /// The running program.
    pub fn desk(&mut self) -> &mut Desk {
        self.desk.as_mut().expect("an open desk")
    }

    // --- typing

    /// Types keys, each after the answer to the one before, as a person does.
    pub fn keys(&mut self, script: &str) {
        for key in keys::parse(script) {
            self.press(&key);
            self.perhaps_killed();
        }
    }

    /// Types keys that no kill comes between: a list or a question that lies over the screen is gone
    /// after a kill, and is answered anew from its beginning.
    pub fn at_once(&mut self, script: &str) {
        for key in keys::parse(script) {
            self.press(&key);
        }
        self.perhaps_killed();
    }

    /// Types keys that bring up a question, and is not killed before it is answered.
    pub fn brings_up(&mut self, script: &str) {
        for key in keys::parse(script) {
            self.press(&key);
        }
    }

    /// Begins to count keys and scans.
    pub fn counts(&mut self) {
        (self.keys, self.scans) = (0, 0);
    }

    /// Asserts that what was done since took no more keys and scans than the design allows.
    pub fn took_at_most(&mut self, what: &str, keys: usize, scans: usize) {
        println!("{what}: {} keys, {} scans", self.keys, self.scans);
        assert!(
            self.keys <= keys && self.scans <= scans,
            "{what} took {} keys and {} scans, and may take {keys} and {scans}",
            self.keys,
            self.scans
        );
    }

    fn press(&mut self, key: &Key) {
        if key.name.starts_with("<scan:") {
            self.scans += 1;
            self.desk().settle(); // a scanner is picked up
        } else {
            self.keys += 1;
        }
        self.typed_at = SystemTime::now();
        let is_hurried = self.in_a_hurry;
        let desk = self.desk();
        desk.counted_bytes();
        desk.press(key);
        if !is_hurried && !key.is_escape() {
            desk.wait_quietly(ANSWER, |desk| desk.counted_bytes() > 0);
        }
        self.since_kill += 1;
    }

    fn perhaps_killed(&mut self) {
        if self
            .killed_every
            .is_some_and(|keys| self.since_kill >= keys)
        {
            self.is_killed_and_comes_back();
        }
    }

    /// Is killed here, and comes back to the same fields with the same text and the same caret.
    pub fn is_killed_and_comes_back(&mut self) {
        let before = self.rests();
        self.desk().kill();
        self.comes_back_to(&before);
        self.kills += 1;
    }

    /// The terminal is closed under the person's hands, and the process is gone in time.
    pub fn is_hung_up_within(&mut self, at_most: Duration) {
        let mut desk = self.desk.take().expect("an open desk");
        desk.hang_up();
        assert!(desk.exited_within(at_most).is_some(), "it is still there");
    }

    /// What is on the screen once it rests.
    pub fn looks(&mut self) -> Shown {
        self.desk().settle();
        Shown::by(self.desk())
    }

    /// Waits until the draft was written after the latest key and is not written again; what is on
    /// the screen then.
    pub fn rests(&mut self) -> Shown {
        self.desk().settle();
        let folder = self.home.path().join("data").join("desk.db.drafts");
        let typed_at = self.typed_at;
        let has_rested = |since: SystemTime, pause: Duration| {
            since.elapsed().is_ok_and(|elapsed| elapsed >= pause)
        };
        let came = self
            .desk()
            .wait_quietly(PATIENCE, |_| match newest_draft(&folder) {
                Some(written) if written >= typed_at => has_rested(written, KEPT_WITHIN),
                _ => has_rested(typed_at, NOTHING_TO_KEEP),
            });
        assert!(came, "the draft comes to rest");
        self.looks()
    }

    /// Opens the desk again, which shows what it showed before.
    pub fn comes_back_to(&mut self, before: &Shown) {
        self.sits_down();
        let is_back = self
            .desk()
            .wait_quietly(PATIENCE, |desk| Shown::by(desk) == *before);
        let after = Shown::by(self.desk());
        assert!(
            is_back,
            "the desk comes back with\n{after}\ninstead of\n{before}"
        );
    }

    // --- reading

    /// Waits until the screen shows all of these; in the checks a text may go over several lines.
    pub fn sees(&mut self, texts: &[&str]) {
        self.shows(texts);
        for text in texts {
            let what = format!("the screen to show “{text}”");
            self.desk().wait_until(&what, |screen| {
                screen.contents().contains(text) || checks(screen).contains(text)
            });
        }
    }

    /// Waits until the line that tells what just happened says this. Whoever was just killed and came
    /// back is told something else.
    pub fn is_told(&mut self, text: &str) {
        if self.killed_every.is_none() {
            self.sees(&[text]);
        }
    }

    /// Goes through the pages of the checks, which say all of these, and back into the form.
    pub fn sees_in_checks(&mut self, texts: &[&str]) {
        let mut key = "<f8>";
        let mut pages = String::new();
        loop {
            for key in keys::parse(key) {
                self.press(&key);
            }
            self.shows(texts);
            self.desk().settle();
            let page = checks(self.desk().screen());
            if key == "<pgdn>" && pages.ends_with(&page) {
                break;
            }
            pages.push_str(&page);
            key = "<pgdn>";
        }
        self.at_once("<esc>");
        for text in texts {
            assert!(pages.contains(text), "no “{text}” in the checks:\n{pages}");
        }
    }

    /// With `AFTERCARE_SHOW` set the screens of a journey are printed, to be read by people.
    fn shows(&mut self, about: &[&str]) {
        if std::env::var_os("AFTERCARE_SHOW").is_some() {
            self.desk().settle();
            println!("{}\n{}", about.join(" | "), self.desk().text());
        }
    }

    /// What the export of the desk prints.
    pub fn exports(&mut self) -> String {
        self.desk().settle();
        let done = self.home.run(&["export"], &[], b"");
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).expect("text")
    }

    /// What a second process reads from the file.
    pub fn file(&mut self) -> File {
        self.desk().settle();
        File::open(&self.home.db())
    }
}

/// What a person sees of where they are: everything but the line that tells what just happened.
#[derive(Debug, PartialEq, Eq)]
pub struct Shown {
    text: String,
    caret: Option<(u16, u16)>,
}

impl Shown {
    fn by(desk: &Desk) -> Shown {
        let (_, columns) = desk.screen().size();
        let lines = desk.screen().rows(0, columns).enumerate();
        let but_the_note = lines.filter(|(row, _)| *row != NOTE);
        let trimmed = but_the_note.map(|(_, line)| line.trim_end().to_owned());
        Shown {
            text: trimmed.collect::<Vec<String>>().join("\n"),
            caret: desk.caret(),
        }
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\ncaret {:?}", self.text, self.caret)
    }
}

/// The text of the checks beside the form, its lines put together. The mark of the line one is at is
/// left out.
fn checks(screen: &vt100::Screen) -> String {
    let (_, columns) = screen.size();
    let mut words = Vec::new();
    for line in screen.rows(0, columns) {
        if let Some((_, right)) = line.split_once('│') {
            words.extend(right.split_whitespace().map(|word| word.replace('▸', "")));
        }
    }
    words.join(" ")
}

/// When the newest finished draft in a folder was written.
fn newest_draft(folder: &Path) -> Option<SystemTime> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .filter(|file| file.path().extension().is_some_and(|end| end == "json"))
        .filter_map(|file| file.metadata().ok()?.modified().ok())
        .max()
}
