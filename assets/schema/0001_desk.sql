-- The desk. A migration that has landed is never edited: the next change is the next file.
--
-- Days are text, 2026-11-22. Instants are milliseconds since 1970 in UTC. Money is whole fen.

-- 'ACDK': tells the desk's file from any other.
PRAGMA application_id = 0x4143444b;

-- Everything that has changes.
CREATE TABLE entity (
    id   INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('case', 'customer', 'parcel', 'staff'))
) STRICT;

-- The only truth: every edit ever made. All else in this file follows from it.
CREATE TABLE change (
    entity INTEGER NOT NULL REFERENCES entity (id),
    seq    INTEGER NOT NULL CHECK (seq > 0),
    rev    INTEGER NOT NULL CHECK (rev > 0),
    at     INTEGER NOT NULL,
    who    TEXT    NOT NULL,
    ground TEXT    NOT NULL,
    act    TEXT    NOT NULL,
    action INTEGER NOT NULL,
    item   INTEGER NOT NULL,
    field  TEXT    NOT NULL,
    value  TEXT,
    state  TEXT    NOT NULL CHECK (state IN ('known', 'unreadable', 'unknown', 'erased')),
    base   INTEGER NOT NULL,
    PRIMARY KEY (entity, seq),
    CHECK ((value IS NULL) = (state IN ('unknown', 'erased')))
) STRICT, WITHOUT ROWID;

CREATE INDEX change_by_rev ON change (rev);

-- Append-only. The guard on insert also stands in the way of INSERT OR REPLACE, which goes round
-- triggers on delete wherever recursive_triggers is off, as at a plain SQL prompt.
CREATE TRIGGER change_takes_the_next_place BEFORE INSERT ON change
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM change WHERE entity = NEW.entity)
BEGIN
    SELECT RAISE(ABORT, 'a change takes the next place in the list of its entity');
END;

CREATE TRIGGER change_is_never_deleted BEFORE DELETE ON change
BEGIN
    SELECT RAISE(ABORT, 'a change is never deleted');
END;

-- The one exception: a value is erased, and everything else of the row stays.
CREATE TRIGGER change_is_never_altered BEFORE UPDATE ON change
WHEN NOT (
    OLD.state IN ('known', 'unreadable') AND NEW.state = 'erased' AND NEW.value IS NULL
    AND NEW.entity = OLD.entity AND NEW.seq = OLD.seq AND NEW.rev = OLD.rev AND NEW.at = OLD.at
    AND NEW.who = OLD.who AND NEW.ground = OLD.ground AND NEW.act = OLD.act
    AND NEW.action = OLD.action AND NEW.item = OLD.item AND NEW.field = OLD.field
    AND NEW.base = OLD.base
)
BEGIN
    SELECT RAISE(ABORT, 'a change is never altered; only a personal value can be erased');
END;

CREATE TRIGGER entity_is_never_replaced BEFORE INSERT ON entity
WHEN EXISTS (SELECT 1 FROM entity WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'an entity is never replaced');
END;

CREATE TRIGGER entity_is_never_deleted BEFORE DELETE ON entity
BEGIN
    SELECT RAISE(ABORT, 'an entity is never deleted');
END;

CREATE TRIGGER entity_is_never_altered BEFORE UPDATE ON entity
BEGIN
    SELECT RAISE(ABORT, 'an entity is never altered');
END;

-- A case as one line. A projection of its changes, written with them, never edited; time-free.
-- `place` counts the cases in the order in which this file got to know them: small, dense numbers
-- keep the search table small and newest first.
CREATE TABLE case_row (
    place         INTEGER PRIMARY KEY,
    id            INTEGER NOT NULL UNIQUE REFERENCES entity (id),
    rev           INTEGER NOT NULL,
    engine        INTEGER NOT NULL,
    number        TEXT,
    begun_at      INTEGER NOT NULL,
    stage         TEXT NOT NULL,
    due           TEXT,
    wait          TEXT,
    waiting_since TEXT,
    goods         TEXT NOT NULL,
    outcome       TEXT,
    closed_at     INTEGER,
    service       TEXT,
    caller        TEXT,
    phone         TEXT,
    model         TEXT,
    serial        TEXT,
    label         TEXT,
    bin           TEXT,
    assignee      TEXT,
    owed          INTEGER NOT NULL,
    waybills      TEXT NOT NULL,
    terms         TEXT,
    parcel_in     INTEGER,
    parcel_out    INTEGER,
    names         TEXT NOT NULL,
    phones        TEXT NOT NULL
) STRICT;

CREATE INDEX case_open ON case_row (stage, due, engine) WHERE stage <> 'closed';
CREATE INDEX case_closed ON case_row (closed_at) WHERE stage = 'closed';
CREATE INDEX case_by_rev ON case_row (rev);
CREATE INDEX case_by_number ON case_row (number) WHERE number IS NOT NULL;
CREATE INDEX case_by_phone ON case_row (phone) WHERE phone IS NOT NULL;
CREATE INDEX case_by_last_four ON case_row (substr(phone, -4)) WHERE phone IS NOT NULL;
CREATE INDEX case_by_serial ON case_row (serial) WHERE serial IS NOT NULL;
CREATE INDEX case_by_label ON case_row (label COLLATE NOCASE) WHERE label IS NOT NULL;
CREATE INDEX case_by_parcel_in ON case_row (parcel_in) WHERE parcel_in IS NOT NULL;
CREATE INDEX case_by_parcel_out ON case_row (parcel_out) WHERE parcel_out IS NOT NULL;

-- A parcel as one line, and the goods in it. Projections as well.
CREATE TABLE parcel (
    id          INTEGER PRIMARY KEY REFERENCES entity (id),
    rev         INTEGER NOT NULL,
    direction   TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
    waybill     TEXT,
    waybill_key TEXT,
    courier     TEXT,
    day         TEXT
) STRICT;

CREATE INDEX parcel_by_waybill ON parcel (waybill_key) WHERE waybill_key IS NOT NULL;

CREATE TABLE goods (
    parcel  INTEGER NOT NULL REFERENCES parcel (id),
    item    INTEGER NOT NULL,
    case_id INTEGER,
    model   TEXT,
    serial  TEXT,
    label   TEXT,
    PRIMARY KEY (parcel, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX goods_by_case ON goods (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX goods_by_serial ON goods (serial) WHERE serial IS NOT NULL;
CREATE INDEX goods_by_label ON goods (label COLLATE NOCASE) WHERE label IS NOT NULL;

-- What a case is found by: tokens that the program cuts (src/store/cut.rs), rowid = case_row.place.
-- The text itself is not kept here, only which case has which token.
CREATE VIRTUAL TABLE find USING fts5 (
    tokens,
    content = '',
    contentless_delete = 1,
    detail = none,
    tokenize = 'ascii'
);

-- The texts of the terms that cases were opened under.
CREATE TABLE terms (
    hash       TEXT PRIMARY KEY,
    from_day   TEXT NOT NULL,
    brought_in TEXT NOT NULL,
    text       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER terms_are_never_replaced BEFORE INSERT ON terms
WHEN EXISTS (SELECT 1 FROM terms WHERE hash = NEW.hash)
BEGIN
    SELECT RAISE(ABORT, 'a version of the terms is never replaced');
END;

CREATE TRIGGER terms_are_never_deleted BEFORE DELETE ON terms
BEGIN
    SELECT RAISE(ABORT, 'a version of the terms is never deleted');
END;

CREATE TRIGGER terms_are_never_altered BEFORE UPDATE ON terms
BEGIN
    SELECT RAISE(ABORT, 'a version of the terms is never altered');
END;

-- The last count given for each prefix of case numbers ('RMA26-'). It only grows.
CREATE TABLE counter (
    prefix TEXT PRIMARY KEY,
    n      INTEGER NOT NULL CHECK (n >= 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER counter_is_never_replaced BEFORE INSERT ON counter
WHEN EXISTS (SELECT 1 FROM counter WHERE prefix = NEW.prefix)
BEGIN
    SELECT RAISE(ABORT, 'a counter is never replaced');
END;

CREATE TRIGGER counter_only_grows BEFORE UPDATE ON counter
WHEN NEW.prefix <> OLD.prefix OR NEW.n < OLD.n
BEGIN
    SELECT RAISE(ABORT, 'a counter only grows');
END;

CREATE TRIGGER counter_is_never_deleted BEFORE DELETE ON counter
BEGIN
    SELECT RAISE(ABORT, 'a counter is never deleted');
END;

-- One row. `epoch` is raised by a restore, `rev` by every commit; `high_water` is the last case
-- number that was given.
CREATE TABLE meta (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    epoch      INTEGER NOT NULL,
    rev        INTEGER NOT NULL,
    high_water TEXT
) STRICT;

INSERT INTO meta (one, epoch, rev, high_water) VALUES (1, 1, 0, NULL);
