use super::*;
use crate::app::clock::StoppedClock;
use chrono::{DateTime, Utc};

const BUILT_IN: &str = include_str!("../../../assets/terms/2000-01-01.toml");

/// Noon at the service centre.
fn on(day: &str) -> StoppedClock {
    let noon: DateTime<Utc> = format!("{day}T04:00:00Z").parse().unwrap();
    StoppedClock(noon)
}

fn from(day: &str) -> String {
    BUILT_IN.replacen("2000-01-01", day, 1)
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

struct Folder {
    home: tempfile::TempDir,
    place: Place,
}

impl Folder {
    fn new() -> Folder {
        let home = tempfile::tempdir().unwrap();
        let place = Place::of(home.path().join("desk.db"));
        Folder { home, place }
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.home.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn open(&self, today: &str) -> Opened {
        open(&self.place, &on(today)).unwrap()
    }
}

#[test]
fn a_new_version_takes_effect_on_its_day_and_is_remembered() {
    let folder = Folder::new();
    folder.put("terms/next.toml", &from("2026-12-01"));
    let opened = folder.open("2026-11-22");
    assert_eq!(opened.refused, []);
    let in_force = |opened: &Opened, on: &str| opened.knowledge.library.in_force(day(on)).from;
    assert_eq!(in_force(&opened, "2026-11-30"), day("2000-01-01"));
    assert_eq!(in_force(&opened, "2026-12-01"), day("2026-12-01"));
    let remembered = opened.store.view().terms_versions().unwrap();
    let from: Vec<String> = remembered
        .iter()
        .map(|it| it.from_day.to_string())
        .collect();
    assert_eq!(from, ["2000-01-01", "2026-12-01"]);
    assert_eq!(remembered[1].brought_in.to_string(), "2026-11-22");
    drop(opened);
    // In force when its file vanishes, it stays in force.
    std::fs::remove_file(folder.home.path().join("terms/next.toml")).unwrap();
    let later = folder.open("2027-01-10");
    assert_eq!(in_force(&later, "2027-01-10"), day("2026-12-01"));
}

#[test]
fn a_version_taken_away_before_its_day_is_withdrawn() {
    let folder = Folder::new();
    folder.put("terms/next.toml", &from("2026-12-01"));
    folder.open("2026-11-22");
    std::fs::remove_file(folder.home.path().join("terms/next.toml")).unwrap();
    let later = folder.open("2026-11-23");
    let in_force = later.knowledge.library.in_force(day("2026-12-01"));
    assert_eq!(in_force.from, day("2000-01-01"));
}

#[test]
fn a_version_known_to_the_desk_is_not_back_dated_later() {
    let folder = Folder::new();
    folder.put("terms/next.toml", &from("2026-12-01"));
    folder.open("2026-11-22");
    assert_eq!(folder.open("2027-03-01").refused, []);
}

#[test]
fn wrong_files_are_refused_by_line_and_the_rest_goes_on() {
    let folder = Folder::new();
    folder.put("terms/a-old.toml", &from("2026-11-21"));
    folder.put("terms/b-torn.toml", "from = \"2027-01-01\"\nnumbers = [\n");
    folder.put("terms/c-good.toml", &from("2026-12-01"));
    folder.put("calendar/torn.toml", "\n[1x]\nclosed = []\n");
    folder.put(
        "calendar/own.toml",
        "[2026]\nclosed = [[\"2026-12-24\", \"2026-12-24\"]]\n",
    );
    std::fs::write(folder.home.path().join("terms/d-bytes.toml"), b"\xff\xfe").unwrap();
    let opened = folder.open("2026-11-22");
    let told: Vec<(String, Option<usize>)> = opened
        .refused
        .iter()
        .map(|refused| {
            let name = refused.path.file_name().unwrap().to_str().unwrap();
            let line = match &refused.why {
                Why::Fault(fault) => Some(fault.line),
                Why::Encoding(found) => Some(found.line),
                Why::Unreadable(_) => None,
            };
            (name.to_string(), line)
        })
        .collect();
    let name = |name: &str, line| (name.to_string(), line);
    let from_line = BUILT_IN
        .lines()
        .position(|line| line.starts_with("from"))
        .unwrap()
        + 1;
    assert_eq!(told[0], name("d-bytes.toml", Some(1)));
    assert_eq!(told[1], name("a-old.toml", Some(from_line)));
    assert_eq!(told[2].0, "b-torn.toml");
    assert_eq!(told[3], name("torn.toml", Some(2)));
    assert_eq!(told.len(), 4);
    let knowledge = &opened.knowledge;
    assert_eq!(
        knowledge.library.in_force(day("2026-12-02")).from,
        day("2026-12-01")
    );
    assert_eq!(
        knowledge.calendar.is_working(day("2026-12-24")),
        Some(false)
    );
}

#[test]
fn another_folder_can_be_named() {
    let folder = Folder::new();
    folder.put("terms/beside.toml", "wrong");
    folder.put("elsewhere/next.toml", &from("2026-12-01"));
    let place = Place {
        terms: Some(folder.home.path().join("elsewhere")),
        ..folder.place.clone()
    };
    let opened = open(&place, &on("2026-11-22")).unwrap();
    assert_eq!(opened.refused, []);
    assert_eq!(opened.knowledge.library.versions().len(), 2);
}

#[test]
fn the_day_is_the_one_at_the_service_centre() {
    let folder = Folder::new();
    // The 22nd in Shanghai, still the 21st in London: a version from the 22nd is in time there.
    folder.put("terms/next.toml", &from("2026-11-21"));
    let clock = StoppedClock("2026-11-21T17:00:00Z".parse().unwrap());
    assert_eq!(open(&folder.place, &clock).unwrap().refused.len(), 1);
    let london = Place {
        zone: chrono_tz::Europe::London,
        ..folder.place.clone()
    };
    assert_eq!(open(&london, &clock).unwrap().refused, []);
}

#[test]
fn what_an_older_program_came_with_is_kept_for_its_cases_alone() {
    let folder = Folder::new();
    let mut older = folder.open("2026-11-22");
    let text = format!("{BUILT_IN}\n# as it was worded in an older program\n");
    let hash = Terms::parse(&text).unwrap().hash;
    let version = TermsVersion {
        hash: hash.clone(),
        from_day: "2000-01-01".parse().unwrap(),
        brought_in: "2026-01-01".parse().unwrap(),
        text,
    };
    older.store.remember_terms(&version).unwrap();
    drop(older);
    let knowledge = folder.open("2026-11-23").knowledge;
    assert!(knowledge.library.by_hash(&hash).is_some());
    let in_force = knowledge.library.in_force(day("2026-11-23"));
    assert_eq!(in_force.hash, Terms::built_in().hash);
}
