-- A book of tonne, version 5: one SQLite file. See README.md in this folder.
--
-- 'record', 'evidence', 'excerpt', 'chunk' and 'checkpoint' are the facts. 'tree_edge', 'erasure',
-- 'entry', 'posting' and 'balance' are projections: they can be computed again from the records, and
-- 'tonne verify' does so.

PRAGMA application_id = 1953459822;  -- 'tonn'
PRAGMA user_version = 5;

CREATE TABLE record (
    number INTEGER PRIMARY KEY NOT NULL CHECK (number >= 0),
    kind TEXT NOT NULL CHECK (kind <> ''),
    recorded_at TEXT NOT NULL CHECK (
        recorded_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
    bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 65535),
    leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32)
) STRICT;
CREATE INDEX record_kind ON record (kind);

-- The right edge of the Merkle tree: the roots of the perfect subtrees, of 2^level leaves each.
CREATE TABLE tree_edge (
    level INTEGER PRIMARY KEY NOT NULL CHECK (level BETWEEN 0 AND 62),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- The original bytes of documents. Large ones stand in several rows, so that no copy of the whole
-- is needed to write or to read them.
CREATE TABLE evidence (
    number INTEGER PRIMARY KEY NOT NULL CHECK (number >= 1),
    sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
    size INTEGER NOT NULL CHECK (size >= 0)
) STRICT;

-- Part 1, 2, 3 … of a document: 1 MiB each, the last one what is left. Where 'bytes' are fewer than
-- 'size', they are one zstd frame (RFC 8878) of the part; the hash of the document is that of the
-- plain bytes.
CREATE TABLE evidence_part (
    evidence INTEGER NOT NULL REFERENCES evidence (number),
    part INTEGER NOT NULL CHECK (part >= 1),
    size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 1048576),
    bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND size),
    PRIMARY KEY (evidence, part)
) STRICT;

-- What records cite of a document: a record holds SHA-256(salt ‖ text) alone, so that the text can
-- be erased with the document.
CREATE TABLE excerpt (
    evidence INTEGER NOT NULL REFERENCES evidence (number),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    salt BLOB NOT NULL CHECK (length(salt) = 16),
    text TEXT NOT NULL,
    PRIMARY KEY (evidence, sha256)
) STRICT, WITHOUT ROWID;

-- Readings and hourly factors, compactly: see series-chunk.md. A record cites each by its hash.
CREATE TABLE chunk (
    number INTEGER PRIMARY KEY NOT NULL CHECK (number >= 1),
    sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
    bytes BLOB NOT NULL CHECK (length(bytes) > 0)
) STRICT;

-- Signed checkpoints of the tree, each as the note that it is (C2SP tlog-checkpoint), and again as a
-- whole with each cosignature that it got. The hash of the note is there because a changed bit of a
-- signature would go unnoticed until somebody checks it with its key.
CREATE TABLE checkpoint (
    number INTEGER PRIMARY KEY NOT NULL CHECK (number >= 1),
    size INTEGER NOT NULL CHECK (size >= 1),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    note BLOB NOT NULL CHECK (length(note) BETWEEN 1 AND 65535)
) STRICT;

-- The documents whose bytes were taken out of the book, each with the record that says why.
CREATE TABLE erasure (
    record INTEGER PRIMARY KEY NOT NULL REFERENCES record (number),
    sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32)
) STRICT;

CREATE TABLE entry (
    number INTEGER PRIMARY KEY NOT NULL REFERENCES record (number),
    effective TEXT NOT NULL CHECK (
        effective GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    month TEXT NOT NULL CHECK (month = substr(effective, 1, 7)),
    facility TEXT NOT NULL CHECK (facility <> ''),
    actor TEXT NOT NULL CHECK (actor <> ''),
    description TEXT NOT NULL,
    rule TEXT CHECK (rule <> ''),
    activity INTEGER REFERENCES record (number) CHECK (activity < number),
    factor INTEGER REFERENCES record (number) CHECK (factor < number),
    reverses INTEGER UNIQUE REFERENCES entry (number) CHECK (reverses < number)
) STRICT;
CREATE INDEX entry_period ON entry (effective, facility);
CREATE INDEX entry_activity ON entry (activity);

-- Amounts are decimals as text: debit positive, milligrams for emissions.
CREATE TABLE posting (
    entry INTEGER NOT NULL REFERENCES entry (number),
    line INTEGER NOT NULL CHECK (line >= 1),
    account TEXT NOT NULL CHECK (account GLOB '?*:?*'),
    commodity TEXT NOT NULL CHECK (commodity <> ''),
    basis TEXT NOT NULL CHECK (basis <> ''),
    amount TEXT NOT NULL CHECK (amount <> '0' AND amount NOT GLOB '*[^-.0-9]*'
        AND (amount GLOB '[0-9]*' OR amount GLOB '-[0-9]*')),
    counterparty TEXT,
    PRIMARY KEY (entry, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_account ON posting (account);

-- Sums of postings per calendar month; no zero sums.
CREATE TABLE balance (
    month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
    facility TEXT NOT NULL CHECK (facility <> ''),
    account TEXT NOT NULL CHECK (account GLOB '?*:?*'),
    commodity TEXT NOT NULL CHECK (commodity <> ''),
    basis TEXT NOT NULL CHECK (basis <> ''),
    amount TEXT NOT NULL CHECK (amount <> '0' AND amount NOT GLOB '*[^-.0-9]*'
        AND (amount GLOB '[0-9]*' OR amount GLOB '-[0-9]*')),
    PRIMARY KEY (month, facility, account, commodity, basis)
) STRICT, WITHOUT ROWID;

-- Guards: facts and their projections are only ever appended. The guards before an INSERT also
-- stop INSERT OR REPLACE and UPSERT, on any connection and with any PRAGMA: they refuse a row
-- whose key, or unique value, is there already.

CREATE TRIGGER record_insert BEFORE INSERT ON record
WHEN NEW.number IS NOT (SELECT coalesce(max(number), -1) + 1 FROM record)
    OR NEW.recorded_at < (SELECT recorded_at FROM record WHERE number = NEW.number - 1)
BEGIN SELECT RAISE(ABORT, 'record: only the next number, at a time not before the last'); END;
CREATE TRIGGER record_update BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'record: append-only'); END;
CREATE TRIGGER record_delete BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'record: append-only'); END;

CREATE TRIGGER evidence_insert BEFORE INSERT ON evidence
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM evidence)
    OR EXISTS (SELECT 1 FROM evidence WHERE sha256 = NEW.sha256)
    OR EXISTS (SELECT 1 FROM erasure WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'evidence: append-only, and what was erased does not come back'); END;
CREATE TRIGGER evidence_update BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence: append-only'); END;
CREATE TRIGGER evidence_delete BEFORE DELETE ON evidence
WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE sha256 = OLD.sha256)
BEGIN SELECT RAISE(ABORT, 'evidence: append-only'); END;

CREATE TRIGGER evidence_part_insert BEFORE INSERT ON evidence_part
WHEN NEW.evidence IS NOT (SELECT max(number) FROM evidence)
    OR NEW.part IS NOT (
        SELECT coalesce(max(part), 0) + 1 FROM evidence_part WHERE evidence = NEW.evidence)
    OR EXISTS (SELECT 1 FROM evidence_part WHERE rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'evidence_part: only the next part of the newest document'); END;
CREATE TRIGGER evidence_part_update BEFORE UPDATE ON evidence_part
BEGIN SELECT RAISE(ABORT, 'evidence_part: append-only'); END;
CREATE TRIGGER evidence_part_delete BEFORE DELETE ON evidence_part
WHEN NOT EXISTS (
    SELECT 1 FROM evidence JOIN erasure ON erasure.sha256 = evidence.sha256
    WHERE evidence.number = OLD.evidence)
BEGIN SELECT RAISE(ABORT, 'evidence_part: append-only'); END;

CREATE TRIGGER excerpt_insert BEFORE INSERT ON excerpt
WHEN EXISTS (SELECT 1 FROM excerpt WHERE evidence = NEW.evidence AND sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'excerpt: append-only'); END;
CREATE TRIGGER excerpt_update BEFORE UPDATE ON excerpt
BEGIN SELECT RAISE(ABORT, 'excerpt: append-only'); END;
CREATE TRIGGER excerpt_delete BEFORE DELETE ON excerpt
WHEN NOT EXISTS (
    SELECT 1 FROM evidence JOIN erasure ON erasure.sha256 = evidence.sha256
    WHERE evidence.number = OLD.evidence)
BEGIN SELECT RAISE(ABORT, 'excerpt: append-only'); END;

CREATE TRIGGER chunk_insert BEFORE INSERT ON chunk
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM chunk)
    OR EXISTS (SELECT 1 FROM chunk WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'chunk: append-only'); END;
CREATE TRIGGER chunk_update BEFORE UPDATE ON chunk
BEGIN SELECT RAISE(ABORT, 'chunk: append-only'); END;
CREATE TRIGGER chunk_delete BEFORE DELETE ON chunk
BEGIN SELECT RAISE(ABORT, 'chunk: append-only'); END;

CREATE TRIGGER checkpoint_insert BEFORE INSERT ON checkpoint
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM checkpoint)
    OR NEW.size > (SELECT coalesce(max(number), -1) + 1 FROM record)
BEGIN SELECT RAISE(ABORT, 'checkpoint: only the next number, of records that are there'); END;
CREATE TRIGGER checkpoint_update BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint: append-only'); END;
CREATE TRIGGER checkpoint_delete BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint: append-only'); END;

CREATE TRIGGER erasure_insert BEFORE INSERT ON erasure
WHEN NEW.record IS NOT (SELECT max(number) FROM record WHERE kind = 'erasure')
    OR EXISTS (SELECT 1 FROM erasure WHERE record = NEW.record OR sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'erasure: only for its record'); END;
CREATE TRIGGER erasure_update BEFORE UPDATE ON erasure
BEGIN SELECT RAISE(ABORT, 'erasure: append-only'); END;
CREATE TRIGGER erasure_delete BEFORE DELETE ON erasure
BEGIN SELECT RAISE(ABORT, 'erasure: append-only'); END;

CREATE TRIGGER entry_insert BEFORE INSERT ON entry
WHEN NEW.number IS NOT (SELECT max(number) FROM record)
    OR EXISTS (SELECT 1 FROM entry WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM entry WHERE reverses = NEW.reverses)
BEGIN SELECT RAISE(ABORT, 'entry: only for the newest record, and each entry is reversed once'); END;
CREATE TRIGGER entry_update BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'entry: append-only'); END;
CREATE TRIGGER entry_delete BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'entry: append-only'); END;

CREATE TRIGGER posting_insert BEFORE INSERT ON posting
WHEN NEW.entry IS NOT (SELECT max(number) FROM record)
    OR EXISTS (SELECT 1 FROM posting WHERE entry = NEW.entry AND line = NEW.line)
BEGIN SELECT RAISE(ABORT, 'posting: only for the newest record'); END;
CREATE TRIGGER posting_update BEFORE UPDATE ON posting
BEGIN SELECT RAISE(ABORT, 'posting: append-only'); END;
CREATE TRIGGER posting_delete BEFORE DELETE ON posting
BEGIN SELECT RAISE(ABORT, 'posting: append-only'); END;
