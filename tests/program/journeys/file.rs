//! What a second process reads from the desk's file, with nothing but SQL.

use rusqlite::{Connection, OpenFlags, params};
use std::collections::BTreeMap;
use std::path::Path;

/// The file, opened for reading.
pub struct File {
    conn: Connection,
}

/// A case as the file tells it.
pub struct Case {
    name: String,
    facts: BTreeMap<(i64, String), Fact>,
    row: BTreeMap<String, String>,
}

struct Fact {
    value: String,
    ground: String,
}

const FACTS: &str = "
    SELECT item, field, coalesce(value, ''), ground, state FROM change c
    WHERE entity = ?1 AND seq = (SELECT max(seq) FROM change l
        WHERE l.entity = c.entity AND l.item = c.item AND l.field = c.field)";

impl File {
    /// Opens it beside the running program.
    pub fn open(path: &Path) -> File {
        let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY);
        File {
            conn: conn.expect("the desk's file"),
        }
    }

    /// The cases, in the order in which they were begun.
    pub fn cases(&self) -> Vec<Case> {
        let ids = self.ids("case");
        ids.into_iter().map(|id| self.read(id)).collect()
    }

    /// The case begun last.
    pub fn newest(&self) -> Case {
        self.cases().pop().expect("a case")
    }

    /// The case with a number.
    pub fn case(&self, number: &str) -> Case {
        let found = self.cases().into_iter().find(|case| case.name == number);
        found.unwrap_or_else(|| panic!("no case {number} in the file"))
    }

    /// How many parcels of a direction there are.
    pub fn parcels(&self, direction: &str) -> i64 {
        let count = "SELECT count(*) FROM parcel WHERE direction = ?1";
        let count = self.conn.query_row(count, [direction], |row| row.get(0));
        count.expect("a count of parcels")
    }

    /// Everything that is known of everything, in words that do not depend on chance: entities and
    /// items are counted in the order in which they came, instants are left out.
    pub fn everything(&self) -> String {
        let mut all = String::new();
        let (cases, parcels) = (self.ids("case"), self.ids("parcel"));
        let rank = |id: &str| {
            let place = |ids: &[i64]| ids.iter().position(|known| known.to_string() == id);
            place(&cases)
                .map(|n| format!("case {n}"))
                .or(place(&parcels).map(|n| format!("parcel {n}")))
                .unwrap_or_else(|| id.to_owned())
        };
        for (kind, ids) in [("case", &cases), ("parcel", &parcels)] {
            for (n, id) in ids.iter().enumerate() {
                let mut items: Vec<i64> = Vec::new();
                let mut lines = Vec::new();
                for (item, field, value, ground, state) in self.facts(*id) {
                    if !items.contains(&item) {
                        items.push(item);
                    }
                    let place = items.iter().position(|known| *known == item).unwrap_or(0);
                    if state != "unknown" && field != "terms" {
                        let value = rank(&value);
                        lines.push(format!(
                            "{kind} {n} [{place}] {field} = {value} ({ground})\n"
                        ));
                    }
                }
                lines.sort();
                all.extend(lines);
            }
        }
        all
    }

    fn ids(&self, kind: &str) -> Vec<i64> {
        let ids = "SELECT e.id FROM entity e JOIN change c ON c.entity = e.id AND c.seq = 1
                   WHERE kind = ?1 ORDER BY c.rev, e.id";
        let mut ids = self.conn.prepare(ids).expect("entities");
        let rows = ids.query_map([kind], |row| row.get(0)).expect("their ids");
        rows.map(|id| id.expect("an id")).collect()
    }

    /// Item, field, value, ground and state; items in the order in which they came.
    fn facts(&self, id: i64) -> Vec<(i64, String, String, String, String)> {
        let in_order = format!(
            "{FACTS} ORDER BY (SELECT min(seq) FROM change f
            WHERE f.entity = c.entity AND f.item = c.item), seq"
        );
        let mut facts = self.conn.prepare(&in_order).expect("changes");
        let rows = facts.query_map(params![id], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        });
        let rows = rows.expect("the changes of an entity");
        rows.map(|row| row.expect("a change")).collect()
    }

    fn read(&self, id: i64) -> Case {
        let mut facts = BTreeMap::new();
        for (item, field, value, ground, state) in self.facts(id) {
            if state == "known" {
                facts.insert((item, field), Fact { value, ground });
            }
        }
        let mut row = BTreeMap::new();
        for column in [
            "number", "stage", "due", "wait", "goods", "outcome", "owed", "credit",
        ] {
            let text = format!("SELECT CAST({column} AS TEXT) FROM case_row WHERE id = ?1");
            let text: Option<String> = self
                .conn
                .query_row(&text, [id], |row| row.get(0))
                .expect("a line of a case");
            row.insert(column.to_owned(), text.unwrap_or_default());
        }
        Case {
            name: row["number"].clone(),
            facts,
            row,
        }
    }
}

impl Case {
    /// Asserts facts of the case itself by their names in the file, as stored; empty for unknown.
    pub fn knows(&self, facts: &[(&str, &str)]) -> &Case {
        for (field, expected) in facts {
            let fact = self.facts.get(&(0, (*field).to_owned()));
            let value = fact.map_or("", |fact| &fact.value);
            assert_eq!(value, *expected, "{field} of {}", self.name);
        }
        self
    }

    /// Asserts on what ground facts are known.
    pub fn on_ground(&self, ground: &str, fields: &[&str]) -> &Case {
        for field in fields {
            let fact = self.facts.get(&(0, (*field).to_owned()));
            let fact = fact.unwrap_or_else(|| panic!("{field} of {} is unknown", self.name));
            assert_eq!(
                fact.ground, ground,
                "the ground of {field} of {}",
                self.name
            );
        }
        self
    }

    /// Asserts the values of a field over all its items, in the order of the items' names.
    pub fn lists(&self, field: &str, expected: &[&str]) -> &Case {
        let mut values: Vec<&str> = Vec::new();
        for ((_, of), fact) in &self.facts {
            if of == field {
                values.push(&fact.value);
            }
        }
        values.sort_unstable();
        assert_eq!(values, expected, "{field} of {}", self.name);
        self
    }

    /// Asserts columns of its line: `number stage due wait goods outcome owed`.
    pub fn stands(&self, columns: &[(&str, &str)]) -> &Case {
        for (column, expected) in columns {
            assert_eq!(self.row[*column], *expected, "{column} of {}", self.name);
        }
        self
    }
}
