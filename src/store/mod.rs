//! The one file behind the desk, in SQLite. Floor F4; never touches the screen.
//!
//! The list of changes is the only truth (`change`); the lines of cases and parcels and the search
//! table are projections, written in the same transaction and never edited. Several processes work
//! on one file: a write-ahead log, short transactions that begin with the writer's lock, every commit
//! on the disk before it is answered (`synchronous=FULL`).
//!
//! | module | what |
//! |---|---|
//! | `copy` | a file that gets its name when it is whole |
//! | [`place`] | where the file is, and that it is private |
//! | [`open`] | looking at a file before it is touched; migrations (`assets/schema`) |
//! | [`fault`], [`cause`] | what can go wrong, and what lies behind it, typed |
//! | [`write`] | saving a batch |
//! | [`gate`] | asking what a person meant again, where it is saved |
//! | [`project`] | the lines beside the changes |
//! | [`read`], [`search`], [`lookup`] | reading and finding |
//! | [`cut`] | what a case is found by |
//! | `life` | the cases around one unit |
//! | `names` | how a name is found |
//! | [`callers`] | who called before |
//! | `former` | what it was found by before its fields held something else |
//! | `staff` | who works here, and how a name stands |
//! | [`terms`] | versions of the terms |
//! | [`clerk`] | requests to answers, and what others wrote |
//! | [`turn`] | waiting for one's turn to write |
//! | [`thread`] | the thread that lets a clerk work |
//! | [`lock`] | who has the file in use, so that a restore comes between nobody |
//! | [`journal`] | numbers given and values erased, beside the file |
//! | [`backup`], [`restore`] | copies of the file while others work; putting one back |
//! | [`check`], [`doctor`] | is a file whole, and all about it as it should be |
//! | [`draft`], [`keeper`] | what is half typed, beside the file |
//!
//! Deliberately absent: SQL with anything typed in it, ranking and counting by the database (they
//! take as long as the table is large), a second way to write.

pub mod backup;
pub mod callers;
pub mod cause;
pub mod check;
pub mod clerk;
mod copy;
mod cut;
pub mod doctor;
pub mod draft;
pub mod fault;
mod former;
pub mod gate;
pub mod identify;
pub mod journal;
pub mod keeper;
mod life;
pub mod lock;
pub mod lookup;
mod names;
pub mod open;
pub mod place;
pub mod project;
pub mod read;
pub mod restore;
mod row;
pub mod search;
mod staff;
pub mod terms;
pub mod thread;
mod turn;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::desk::change::{Batch, Change};
use crate::desk::id::{EntityId, EntityKind};
use crate::desk::record::Record;
use crate::work::row::CaseRow;

pub use cause::Cause;
pub use clerk::{Answered, Clerk};
use journal::Kept;

pub use draft::{Draft, DraftFile, Other};
pub use fault::{CheckFault, CommitFault, Conflict, OpenFault, Trouble};
pub use identify::Identity;
pub use keeper::DraftKeeper;
pub use lookup::LookedUp;
pub use place::location;
pub use project::{Around, Project, Projection};
pub use read::{CaseFile, FoundGoods, News, ParcelFile, View};
pub use search::{Hit, Matched, What};
pub use staff::StaffLine;
pub use terms::TermsVersion;
pub use thread::{Answer, Ended, Reply, Request, Token, Worker};

/// A batch that is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The revision it became.
    pub rev: i64,
    /// Its changes, with their places and the numbers that were given.
    pub changes: Vec<Change>,
    /// The lines of the cases that are different now, also of cases the batch did not name.
    pub rows: Vec<CaseRow>,
}

/// An open desk.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    path: PathBuf,
    /// Which file it is; `None` where the system does not say.
    file: Option<place::Identity>,
    projection: Projection,
    /// Held last: a restore waits until the connection is closed.
    _hold: lock::Hold,
}

impl Store {
    /// Opens the desk in a file, and makes it where there is none: its folder for this person alone
    /// (0700), the file as well (0600). Lines of open cases that an older computation made are
    /// computed anew.
    ///
    /// # Errors
    /// [`OpenFault`]; a file that is there was left as it was.
    pub fn open(path: &Path, projection: Projection) -> Result<Store, OpenFault> {
        Store::open_with(path, |_| Ok(projection))
    }

    /// Like [`Store::open`], where how lines are computed depends on what the file remembers: the
    /// versions of the terms.
    ///
    /// # Errors
    /// [`OpenFault`]; a file that is there was left as it was.
    pub fn open_with(
        path: &Path,
        projection: impl FnOnce(View<'_>) -> Result<Projection, Trouble>,
    ) -> Result<Store, OpenFault> {
        let fault = |trouble| OpenFault::from_trouble(path.to_path_buf(), trouble);
        let (conn, hold) = open::open(path)?;
        let projection = projection(View { conn: &conn }).map_err(fault)?;
        let mut store = Store {
            conn,
            path: path.to_path_buf(),
            file: place::Identity::of(path),
            projection,
            _hold: hold,
        };
        store.renew_older().map_err(fault)?;
        store.renew_open().map_err(fault)?;
        // What the first screen reads: damage there is told now, with the way out of it.
        store.view().board().map_err(fault)?;
        Ok(store)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The desk as it stands.
    pub fn view(&self) -> View<'_> {
        View { conn: &self.conn }
    }

    /// Saves a batch: all of it, durably, or nothing. `check` looks at the records as they stand
    /// when nobody else can change them any more: the place to ask the gates again.
    ///
    /// # Errors
    /// [`CommitFault`]; nothing was written.
    pub fn commit<R>(
        &mut self,
        batch: &Batch,
        check: impl FnOnce(View<'_>) -> Result<(), CheckFault<R>>,
    ) -> Result<Committed, CommitFault<R>> {
        let (projection, path) = (self.projection.clone(), self.path.clone());
        let transaction = self.begin()?;
        check(View { conn: &transaction })?;
        let rev = raise(&transaction)?;
        let written = write::write(&transaction, batch, rev, &mut BTreeMap::new())?;
        let rows = project::Refresh::new(&transaction, &projection, rev, written.records).run()?;
        journal::note(&path, &written.kept).map_err(Trouble::from)?;
        transaction.commit()?;
        Ok(Committed {
            rev,
            changes: written.changes,
            rows,
        })
    }

    /// Saves many batches in one transaction and computes the lines at the end: for a demo desk.
    /// Inside, records are current, lines and search are not.
    ///
    /// # Errors
    /// What `fill` answers with, or [`CommitFault`]; nothing was written.
    pub fn bulk<R>(
        &mut self,
        fill: impl FnOnce(&mut Bulk<'_>) -> Result<(), CommitFault<R>>,
    ) -> Result<(), CommitFault<R>> {
        let (projection, path) = (self.projection.clone(), self.path.clone());
        let transaction = self.begin()?;
        let mut bulk = Bulk {
            rev: raise(&transaction)?,
            conn: &transaction,
            changed: BTreeSet::new(),
            known: BTreeMap::new(),
            kept: Kept::default(),
        };
        fill(&mut bulk)?;
        let Bulk {
            rev, changed, kept, ..
        } = bulk;
        renew(&transaction, &projection, rev, changed)?;
        journal::note(&path, &kept).map_err(Trouble::from)?;
        transaction.commit()?;
        // Half of the log would otherwise be read by every process to come.
        let _ = self.checkpoint();
        Ok(())
    }

    /// Writes the log back into the file, as far as nobody is reading it.
    ///
    /// # Errors
    /// [`Trouble`]: the file would not.
    pub fn checkpoint(&mut self) -> Result<(), Trouble> {
        self.conn
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Takes the traces of erased values out of the search table, the log and the free pages. Takes
    /// seconds on a large desk: for after an erasure, not for every commit.
    ///
    /// # Errors
    /// [`Trouble`]: the file would not.
    pub fn purge(&mut self) -> Result<(), Trouble> {
        self.conn
            .execute("INSERT INTO find (find) VALUES ('optimize')", [])?;
        self.checkpoint()
    }

    /// The cases and people whose lines are not what their changes give: none, unless somebody edited the file.
    ///
    /// # Errors
    /// [`Trouble`]: the file would not.
    pub fn differing(&self) -> Result<Vec<EntityId>, Trouble> {
        project::differing(&self.conn, &self.projection)
    }

    /// Computes the line of every case, parcel and person anew, in one transaction.
    ///
    /// # Errors
    /// [`Trouble`]: the file would not.
    pub fn rebuild(&mut self) -> Result<(), Trouble> {
        self.renew_where("SELECT id FROM entity")
    }

    /// After an upgrade every line is computed anew, those of closed cases as well.
    fn renew_older(&mut self) -> Result<(), Trouble> {
        if lines(&self.conn)? == open::SCHEMA {
            return Ok(());
        }
        let projection = self.projection.clone();
        let transaction = self.begin()?;
        // Another process may have been as fast.
        if lines(&transaction)? != open::SCHEMA {
            renew_all(&transaction, &projection, "SELECT id FROM entity")?;
            transaction.execute("UPDATE meta SET lines = ?1 WHERE one = 1", [open::SCHEMA])?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn renew_open(&mut self) -> Result<(), Trouble> {
        let engine = self.projection.engine;
        let is_stale: bool = self
            .conn
            .prepare(
                "SELECT EXISTS (SELECT 1 FROM case_row INDEXED BY case_open
                     WHERE stage <> 'closed' AND engine <> ?1)",
            )?
            .query_row([engine], |row| row.get(0))?;
        if is_stale {
            self.renew_where("SELECT id FROM case_row WHERE stage <> 'closed'")?;
        }
        Ok(())
    }

    fn renew_where(&mut self, ids: &'static str) -> Result<(), Trouble> {
        let projection = self.projection.clone();
        let transaction = self.begin()?;
        renew_all(&transaction, &projection, ids)?;
        transaction.commit()?;
        Ok(())
    }

    pub(crate) fn begin(&mut self) -> Result<Transaction<'_>, Trouble> {
        if let Some(file) = self.file {
            file.check(&self.path)?;
        }
        Ok(self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}

/// A transaction of many batches; see [`Store::bulk`].
#[derive(Debug)]
pub struct Bulk<'a> {
    conn: &'a Connection,
    rev: i64,
    changed: BTreeSet<EntityId>,
    known: BTreeMap<EntityId, Record>,
    kept: Kept,
}

/// So many records are kept in memory while many batches are written.
const KNOWN_AT_MOST: usize = 64;

impl Bulk<'_> {
    /// Writes the changes of a batch.
    ///
    /// # Errors
    /// [`CommitFault`]; the whole bulk is to be given up then.
    pub fn commit<R>(&mut self, batch: &Batch) -> Result<Vec<Change>, CommitFault<R>> {
        let written = write::write(self.conn, batch, self.rev, &mut self.known)?;
        self.changed.extend(written.records.keys());
        self.kept.add(&written.kept);
        // The batches of one case come one after another: it is not read again for each of them.
        if self.known.len() > KNOWN_AT_MOST {
            self.known.clear();
        }
        self.known.extend(written.records);
        Ok(written.changes)
    }

    /// The desk with what was written so far.
    pub fn view(&self) -> View<'_> {
        View { conn: self.conn }
    }
}

/// The schema by which the lines in the file were computed.
fn lines(conn: &Connection) -> Result<i64, Trouble> {
    Ok(conn
        .prepare_cached("SELECT lines FROM meta WHERE one = 1")?
        .query_row([], |row| row.get(0))?)
}

/// Computes the lines of the entities of a query anew, as one commit.
fn renew_all(conn: &Connection, projection: &Projection, ids: &'static str) -> Result<(), Trouble> {
    let ids = View { conn }.ids(ids, [])?;
    let rev = raise(conn)?;
    renew(conn, projection, rev, ids.into_iter().collect())
}

/// The number of this commit.
fn raise(conn: &Connection) -> Result<i64, Trouble> {
    Ok(conn
        .prepare_cached("UPDATE meta SET rev = rev + 1 WHERE one = 1 RETURNING rev")?
        .query_row([], |row| row.get(0))?)
}

/// Computes the lines of many entities, a part at a time, so that memory stays small.
fn renew(
    conn: &Connection,
    projection: &Projection,
    rev: i64,
    ids: BTreeSet<EntityId>,
) -> Result<(), Trouble> {
    // Parcels first, then each case once, whatever parcels it has. People stand by themselves.
    let view = View { conn };
    let mut cases = BTreeSet::new();
    let mut people = Vec::new();
    for id in ids {
        match view.kind(id)? {
            Some(EntityKind::Parcel) => {
                if let Some(record) = view.record(id)? {
                    cases.extend(project::renew_parcel(view, &record, rev)?);
                }
            }
            Some(EntityKind::Case) => {
                cases.insert(id);
            }
            Some(EntityKind::Staff) => people.extend(view.record(id)?),
            None => {}
        }
    }
    staff::renew(conn, &people, rev)?;
    let cases: Vec<EntityId> = cases.into_iter().collect();
    for part in cases.chunks(100) {
        let mut records: BTreeMap<EntityId, Record> = BTreeMap::new();
        for id in part {
            records.extend(View { conn }.record(*id)?.map(|record| (*id, record)));
        }
        project::Refresh::new(conn, projection, rev, records).run()?;
    }
    Ok(())
}
