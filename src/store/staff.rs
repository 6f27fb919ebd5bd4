//! Who works here: the lines of people, and how a name stands.

use rusqlite::{Connection, OptionalExtension, params};

use crate::desk::id::EntityId;
use crate::desk::person::Person;
use crate::desk::record::Record;
use crate::desk::staff::{Role, Standing};

use super::fault::Trouble;
use super::read::View;
use super::row::strange;

/// A person as a list shows them; badge and PIN are not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffLine {
    /// The name the person works under.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// Whether the person may not work now.
    pub is_disabled: bool,
    /// Whether the person has a badge.
    pub has_badge: bool,
    /// Whether the person has a PIN.
    pub has_pin: bool,
    /// The person's SSH keys, `ssh-ed25519 AAAA...`.
    pub keys: Vec<String>,
}

impl View<'_> {
    /// How a name stands now. Asked inside a commit, the answer holds for that commit.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn standing_of(&self, name: &str) -> Result<Standing, Trouble> {
        let found: Option<(String, bool)> = self
            .conn
            .prepare_cached("SELECT role, disabled FROM staff WHERE name = ?1")?
            .query_row([name], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        match found {
            Some((_, true)) => Ok(Standing::Disabled),
            Some((role, false)) => Role::from_code(&role)
                .map(Standing::Works)
                .ok_or_else(|| strange("role", &role)),
            None if self.has_staff()? => Ok(Standing::Unknown),
            None => Ok(Standing::Owner),
        }
    }

    /// Whether anybody is entered.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn has_staff(&self) -> Result<bool, Trouble> {
        Ok(self
            .conn
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM staff)")?
            .query_row([], |row| row.get(0))?)
    }

    /// The names of the supervisors who may work.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn supervisors(&self) -> Result<Vec<String>, Trouble> {
        let mut find = self.conn.prepare_cached(
            "SELECT name FROM staff WHERE role = ?1 AND NOT disabled ORDER BY name",
        )?;
        let names = find.query_map([Role::Supervisor.code()], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// Everybody who is entered, in the order in which they were.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn people(&self) -> Result<Vec<Record>, Trouble> {
        let mut people = Vec::new();
        for id in self.ids("SELECT id FROM staff ORDER BY id", [])? {
            people.extend(self.record(id)?);
        }
        Ok(people)
    }

    /// Everybody who is entered, as lines of a list, by name.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn staff(&self) -> Result<Vec<StaffLine>, Trouble> {
        let _snapshot = self.snapshot()?;
        let mut lines: Vec<StaffLine> = self
            .people()?
            .iter()
            .filter_map(Person::of)
            .map(|person| StaffLine {
                name: person.name.as_str().to_string(),
                role: person.role,
                is_disabled: person.is_disabled,
                has_badge: person.badge.is_some(),
                has_pin: person.pin.is_some(),
                keys: person.keys.into_iter().map(|(_, key)| key).collect(),
            })
            .collect();
        lines.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(lines)
    }
}

/// Writes the line of a person. A record that is none, put there by hand, gets no line.
pub(super) fn write(conn: &Connection, record: &Record, rev: i64) -> Result<(), Trouble> {
    let Some(person) = Person::of(record) else {
        return Ok(());
    };
    conn.prepare_cached(
        "INSERT INTO staff (id, rev, name, role, disabled, badge, pin)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET rev = ?2, name = ?3, role = ?4, disabled = ?5, badge = ?6,
             pin = ?7",
    )?
    .execute(params![
        person.id.0,
        rev,
        person.name.as_str(),
        person.role.code(),
        person.is_disabled,
        person.badge,
        person.pin,
    ])?;
    Ok(())
}

/// Writes the lines of several people, whatever stands in them: somebody may have exchanged two names
/// by hand, and at no moment may two lines have one name.
pub(super) fn renew(conn: &Connection, people: &[Record], rev: i64) -> Result<(), Trouble> {
    let mut clear =
        conn.prepare_cached("UPDATE staff SET name = '#' || id, badge = NULL WHERE id = ?1")?;
    for record in people {
        clear.execute([record.id().0])?;
    }
    for record in people {
        write(conn, record, rev)?;
    }
    Ok(())
}

type Line = (String, String, bool, Option<String>, Option<String>);

/// The people whose lines are not what their changes give.
pub(super) fn differing(view: View<'_>) -> Result<Vec<EntityId>, Trouble> {
    let mut read = view
        .conn
        .prepare_cached("SELECT name, role, disabled, badge, pin FROM staff WHERE id = ?1")?;
    let mut differing = Vec::new();
    for id in view.ids(
        "SELECT id FROM entity WHERE kind = 'staff' UNION SELECT id FROM staff ORDER BY id",
        [],
    )? {
        let stored: Option<Line> = read
            .query_row([id.0], |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                ))
            })
            .optional()?;
        let computed = view.record(id)?.and_then(|record| Person::of(&record));
        let computed = computed.map(|person| {
            (
                person.name.as_str().to_string(),
                person.role.code().to_string(),
                person.is_disabled,
                person.badge,
                person.pin,
            )
        });
        if stored != computed {
            differing.push(id);
        }
    }
    Ok(differing)
}
