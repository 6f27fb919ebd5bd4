-- People and roles. A migration that has landed is never edited: the next change is the next file.

-- A person as one line. A projection of the changes of the entity, written with them, never edited.
-- A name is never given to a second person: the history would then be of both.
CREATE TABLE staff (
    id       INTEGER PRIMARY KEY REFERENCES entity (id),
    rev      INTEGER NOT NULL,
    name     TEXT    NOT NULL UNIQUE,
    role     TEXT    NOT NULL CHECK (role IN ('operator', 'technician', 'supervisor', 'viewer')),
    disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
    badge    TEXT    UNIQUE,
    pin      TEXT
) STRICT;

-- Wrong PINs at a shared bench PC, and until when no further one is looked at (milliseconds). No
-- change and no projection: it is kept here so that starting anew does not begin to count anew.
CREATE TABLE pin_attempt (
    staff      INTEGER PRIMARY KEY REFERENCES staff (id),
    wrong      INTEGER NOT NULL CHECK (wrong >= 0),
    not_before INTEGER NOT NULL
) STRICT;
