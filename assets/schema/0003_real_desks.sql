-- One unit, one person, money both ways, goods entered twice. A migration that has landed is never
-- edited: the next change is the next file.

-- The schema by which every line in the file was computed, closed cases' lines as well; a file of an
-- older one gets all of them anew when it is opened.
ALTER TABLE meta ADD COLUMN lines INTEGER NOT NULL DEFAULT 0;
UPDATE meta SET lines = 3 WHERE NOT EXISTS (SELECT 1 FROM entity);

-- What a case was found by before its fields held something else (src/store/former.rs).
ALTER TABLE case_row ADD COLUMN former TEXT NOT NULL DEFAULT '[]';

-- A unit is known by the letters and digits of its serial number (src/desk/serial.rs, key), however it
-- is spelled; after a repair it may have another number, or another unit was given out in its place.
ALTER TABLE case_row ADD COLUMN serial_key TEXT;
ALTER TABLE case_row ADD COLUMN serial_after TEXT;
ALTER TABLE case_row ADD COLUMN serial_after_key TEXT;
ALTER TABLE goods ADD COLUMN serial_key TEXT;
DROP INDEX case_by_serial;
DROP INDEX goods_by_serial;
CREATE INDEX case_by_serial ON case_row (serial_key) WHERE serial_key IS NOT NULL;
CREATE INDEX case_by_serial_after ON case_row (serial_after_key) WHERE serial_after_key IS NOT NULL;
CREATE INDEX goods_by_serial ON goods (serial_key) WHERE serial_key IS NOT NULL;

-- People: who calls is known by number with extension, a second number, an e-mail address; looked for in
-- `find`, so that the two indexes over digits alone go.
ALTER TABLE case_row ADD COLUMN second_phone TEXT;
ALTER TABLE case_row ADD COLUMN email TEXT;
DROP INDEX case_by_phone;
DROP INDEX case_by_last_four;

-- Money goes both ways: what came in and was not given back, what is to be given back, and whether the
-- price of a product taken back is still open. A closed case with something left stands in the stage
-- 'settling' until it is done.
ALTER TABLE case_row ADD COLUMN paid INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_row ADD COLUMN credit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_row ADD COLUMN price_open INTEGER NOT NULL DEFAULT 0;

-- Goods that came under a case with another serial number announced: found by both.
ALTER TABLE case_row ADD COLUMN serial_in_box TEXT;
