-- One unit, one person, money both ways, the desk's own time zone. A migration that has landed is
-- never edited: the next change is the next file.

-- The schema by which every line in the file was computed, closed cases' lines as well; a file of an
-- older one gets all of them anew when it is opened.
ALTER TABLE meta ADD COLUMN lines INTEGER NOT NULL DEFAULT 0;
UPDATE meta SET lines = 3 WHERE NOT EXISTS (SELECT 1 FROM entity);

-- What a case was found by before its fields held something else (src/store/former.rs).
ALTER TABLE case_row ADD COLUMN former TEXT NOT NULL DEFAULT '[]';
