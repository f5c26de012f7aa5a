import { FEWER_PAGES } from './fewer-pages';
import { LISTED_CLAIMS } from './listed-claims';
import { LISTED_DAY } from './listing/schema';

/**
 * The schema, as the list of changes that made it: entry n takes a database from version n to n + 1. Append only; an entry that has been released is never
 * edited. `rank` is the order of creation. Columns hold no NIR, no name and no act: those are inside the encrypted `body`, `bytes` and `mail`.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE invoices (
    rank INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    host_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('FSE', 'DRE')),
    number TEXT NOT NULL,
    billing_number TEXT NOT NULL,
    situation TEXT NOT NULL,
    replacement TEXT,
    marking TEXT NOT NULL,
    securing TEXT NOT NULL,
    third_party TEXT NOT NULL,
    completed_on TEXT NOT NULL,
    deadline TEXT NOT NULL,
    linked_to TEXT,
    fees INTEGER NOT NULL,
    amo INTEGER NOT NULL,
    amc INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    amo_state TEXT,
    amc_state TEXT,
    held TEXT,
    notes TEXT NOT NULL,
    lot_id TEXT REFERENCES lots (id) DEFERRABLE INITIALLY DEFERRED,
    received_at TEXT NOT NULL,
    sent_at TEXT,
    acked_at TEXT,
    UNIQUE (billing_number, number)
  ) STRICT;
  CREATE INDEX invoices_amo_state ON invoices (amo_state);
  CREATE INDEX invoices_amc_state ON invoices (amc_state);
  CREATE INDEX invoices_lot ON invoices (lot_id);
  CREATE INDEX invoices_number ON invoices (number);
  CREATE TABLE invoice_bodies (rank INTEGER PRIMARY KEY REFERENCES invoices (rank) ON DELETE CASCADE, body BLOB NOT NULL) STRICT;

  CREATE TABLE state_counts (part TEXT NOT NULL, state TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (part, state)) STRICT, WITHOUT ROWID;
  CREATE TRIGGER invoices_counted AFTER INSERT ON invoices BEGIN
    INSERT INTO state_counts SELECT 'amo', new.amo_state, 1 WHERE new.amo_state IS NOT NULL ON CONFLICT DO UPDATE SET count = count + 1;
    INSERT INTO state_counts SELECT 'amc', new.amc_state, 1 WHERE new.amc_state IS NOT NULL ON CONFLICT DO UPDATE SET count = count + 1;
  END;
  CREATE TRIGGER invoices_discounted AFTER DELETE ON invoices BEGIN
    UPDATE state_counts SET count = count - 1 WHERE part = 'amo' AND state = old.amo_state;
    UPDATE state_counts SET count = count - 1 WHERE part = 'amc' AND state = old.amc_state;
  END;
  CREATE TRIGGER invoices_amo_recounted AFTER UPDATE OF amo_state ON invoices WHEN new.amo_state IS NOT old.amo_state BEGIN
    UPDATE state_counts SET count = count - 1 WHERE part = 'amo' AND state = old.amo_state;
    INSERT INTO state_counts SELECT 'amo', new.amo_state, 1 WHERE new.amo_state IS NOT NULL ON CONFLICT DO UPDATE SET count = count + 1;
  END;
  CREATE TRIGGER invoices_amc_recounted AFTER UPDATE OF amc_state ON invoices WHEN new.amc_state IS NOT old.amc_state BEGIN
    UPDATE state_counts SET count = count - 1 WHERE part = 'amc' AND state = old.amc_state;
    INSERT INTO state_counts SELECT 'amc', new.amc_state, 1 WHERE new.amc_state IS NOT NULL ON CONFLICT DO UPDATE SET count = count + 1;
  END;

  CREATE TABLE lots (
    rank INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    billing_number TEXT NOT NULL,
    situation TEXT NOT NULL,
    replacement TEXT,
    flow TEXT NOT NULL CHECK (flow IN ('FSE', 'DRE')),
    security TEXT NOT NULL,
    marking TEXT NOT NULL,
    insurance_group TEXT NOT NULL,
    recipient TEXT NOT NULL,
    number TEXT NOT NULL,
    lot_date TEXT NOT NULL,
    state TEXT NOT NULL,
    fees INTEGER NOT NULL,
    amo INTEGER NOT NULL,
    amc INTEGER NOT NULL,
    sha256 TEXT,
    records INTEGER,
    proof TEXT,
    file_id TEXT REFERENCES files (id) DEFERRABLE INITIALLY DEFERRED,
    created_at TEXT NOT NULL,
    ack TEXT
  ) STRICT;
  CREATE INDEX lots_state ON lots (state);
  CREATE INDEX lots_number ON lots (billing_number, number, lot_date);
  CREATE INDEX lots_file ON lots (file_id);
  CREATE TABLE lot_invoices (
    lot_rank INTEGER NOT NULL REFERENCES lots (rank) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    invoice_id TEXT NOT NULL REFERENCES invoices (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (lot_rank, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX lot_invoices_invoice ON lot_invoices (invoice_id);
  CREATE TABLE lot_bytes (rank INTEGER PRIMARY KEY REFERENCES lots (rank) ON DELETE CASCADE, bytes BLOB NOT NULL) STRICT;

  CREATE TABLE files (
    rank INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sender_number TEXT NOT NULL,
    file_id TEXT NOT NULL,
    file_date TEXT NOT NULL,
    flow TEXT NOT NULL CHECK (flow IN ('FSE', 'DRE')),
    marking TEXT NOT NULL,
    recipient TEXT NOT NULL,
    invoices INTEGER NOT NULL,
    state TEXT NOT NULL,
    sha256 TEXT,
    message_id TEXT,
    compostage TEXT NOT NULL UNIQUE,
    envelope TEXT,
    profile TEXT NOT NULL,
    encrypted INTEGER NOT NULL CHECK (encrypted IN (0, 1)),
    created_at TEXT NOT NULL,
    handed_over_at TEXT,
    next_try_at TEXT,
    failure TEXT
  ) STRICT;
  CREATE INDEX files_state ON files (state);
  CREATE INDEX files_identity ON files (sender_number, file_id, file_date);
  CREATE TABLE file_lots (
    file_rank INTEGER NOT NULL REFERENCES files (rank) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    lot_id TEXT NOT NULL REFERENCES lots (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (file_rank, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX file_lots_lot ON file_lots (lot_id);

  CREATE TABLE attempts (
    rank INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    file_id TEXT NOT NULL REFERENCES files (id) DEFERRABLE INITIALLY DEFERRED,
    attempt INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    phase TEXT NOT NULL,
    outcome TEXT,
    reply TEXT,
    UNIQUE (file_id, attempt)
  ) STRICT;
  CREATE INDEX attempts_open ON attempts (rank) WHERE outcome IS NULL;

  CREATE TABLE returns (
    rank INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    uidl TEXT NOT NULL,
    mail_sha256 TEXT NOT NULL,
    content_sha256 TEXT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    received_at TEXT NOT NULL,
    reason TEXT,
    file_id TEXT REFERENCES files (id) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (uidl, mail_sha256)
  ) STRICT;
  CREATE INDEX returns_state ON returns (state);
  CREATE INDEX returns_content ON returns (content_sha256) WHERE content_sha256 IS NOT NULL;
  CREATE INDEX returns_file ON returns (file_id);
  CREATE TABLE return_mails (rank INTEGER PRIMARY KEY REFERENCES returns (rank) ON DELETE CASCADE, mail BLOB NOT NULL) STRICT;

  CREATE TABLE counters (scope TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE journal (
    rank INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    event TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT,
    detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX journal_entity ON journal (entity, entity_id);
  CREATE TRIGGER journal_kept BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE attempts ADD COLUMN failure TEXT;
  CREATE INDEX attempts_ended ON attempts (ended_at) WHERE ended_at IS NOT NULL;
  CREATE TABLE decisions (
    rank INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX decisions_entity ON decisions (entity_id);
  CREATE TRIGGER decisions_kept BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
  CREATE TRIGGER decisions_unchanged BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
  `,
  // Third-party payments. Lines and entries name invoices without a foreign key: they outlive a purged one. Sums of a claim are kept by the trigger alone.
  `
  CREATE INDEX invoices_linked ON invoices (linked_to) WHERE linked_to IS NOT NULL;

  CREATE TABLE claims (
    invoice_rank INTEGER NOT NULL REFERENCES invoices (rank) ON DELETE CASCADE,
    part TEXT NOT NULL CHECK (part IN ('amo', 'amc')),
    invoice_id TEXT NOT NULL,
    payer TEXT NOT NULL,
    expected INTEGER NOT NULL,
    base_state TEXT,
    paid INTEGER NOT NULL DEFAULT 0,
    adjusted INTEGER NOT NULL DEFAULT 0,
    payments INTEGER NOT NULL DEFAULT 0,
    recoveries INTEGER NOT NULL DEFAULT 0,
    refusals INTEGER NOT NULL DEFAULT 0,
    deferrals INTEGER NOT NULL DEFAULT 0,
    closures INTEGER NOT NULL DEFAULT 0,
    owner BLOB,
    followed_at TEXT,
    reminders INTEGER NOT NULL DEFAULT 0,
    due INTEGER GENERATED ALWAYS AS (expected - paid - adjusted) VIRTUAL,
    PRIMARY KEY (invoice_rank, part)
  ) STRICT;
  CREATE UNIQUE INDEX claims_invoice ON claims (invoice_id, part);
  CREATE INDEX claims_due ON claims (due);
  INSERT INTO claims (invoice_rank, part, invoice_id, payer, expected)
    SELECT rank, 'amo', id, '', CASE WHEN third_party IN ('amo', 'amo+amc') THEN amo ELSE 0 END FROM invoices WHERE amo_state IS NOT NULL;
  INSERT INTO claims (invoice_rank, part, invoice_id, payer, expected)
    SELECT rank, 'amc', id, '', CASE WHEN third_party IN ('amc', 'amo+amc') THEN amc ELSE 0 END FROM invoices WHERE amc_state IS NOT NULL;

  CREATE TABLE remittances (
    rank INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE REFERENCES returns (id) DEFERRABLE INITIALLY DEFERRED,
    sha256 TEXT NOT NULL UNIQUE,
    sender_type TEXT NOT NULL,
    sender_number TEXT NOT NULL,
    file_id TEXT NOT NULL,
    file_date TEXT NOT NULL,
    exchange_ref TEXT NOT NULL,
    total INTEGER NOT NULL,
    stated INTEGER,
    transfers TEXT NOT NULL,
    lines INTEGER NOT NULL,
    booked_at TEXT NOT NULL,
    warnings TEXT NOT NULL
  ) STRICT;
  CREATE INDEX remittances_identity ON remittances (sender_type, sender_number, file_id, file_date);

  CREATE TABLE remittance_lines (
    id INTEGER PRIMARY KEY,
    remittance_id TEXT NOT NULL REFERENCES remittances (id) DEFERRABLE INITIALLY DEFERRED,
    record INTEGER NOT NULL,
    kind TEXT NOT NULL,
    part TEXT,
    billing_number TEXT,
    number TEXT,
    lot_number TEXT,
    lot_date TEXT,
    doc_kind TEXT,
    amc_number TEXT,
    requested INTEGER,
    amount INTEGER NOT NULL,
    answer TEXT,
    transfer INTEGER,
    status TEXT NOT NULL CHECK (status IN ('open', 'matched', 'set-aside')),
    cause TEXT,
    detail BLOB
  ) STRICT;
  CREATE INDEX remittance_lines_remittance ON remittance_lines (remittance_id);
  CREATE INDEX remittance_lines_open ON remittance_lines (id) WHERE status = 'open';

  CREATE TABLE ledger (
    rank INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    value_date TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('payment', 'recovery', 'refusal', 'deferral', 'notice', 'adjustment', 'closure')),
    invoice_id TEXT NOT NULL,
    part TEXT NOT NULL,
    amount INTEGER NOT NULL,
    line_id INTEGER,
    undo_of TEXT UNIQUE,
    batch TEXT NOT NULL,
    note BLOB
  ) STRICT;
  CREATE INDEX ledger_claim ON ledger (invoice_id, part);
  CREATE INDEX ledger_line ON ledger (line_id) WHERE line_id IS NOT NULL;
  CREATE INDEX ledger_batch ON ledger (batch);
  CREATE TRIGGER ledger_kept BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  CREATE TRIGGER ledger_unchanged BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  CREATE TRIGGER ledger_summed AFTER INSERT ON ledger BEGIN
    UPDATE claims SET
      paid = paid + iif(new.kind IN ('payment', 'recovery'), new.amount, 0),
      adjusted = adjusted + iif(new.kind IN ('adjustment', 'closure'), new.amount, 0),
      payments = payments + iif(new.kind = 'payment', iif(new.undo_of IS NULL, 1, -1), 0),
      recoveries = recoveries + iif(new.kind = 'recovery', iif(new.undo_of IS NULL, 1, -1), 0),
      refusals = refusals + iif(new.kind = 'refusal', iif(new.undo_of IS NULL, 1, -1), 0),
      deferrals = deferrals + iif(new.kind = 'deferral', iif(new.undo_of IS NULL, 1, -1), 0),
      closures = closures + iif(new.kind = 'closure', iif(new.undo_of IS NULL, 1, -1), 0)
    WHERE invoice_id = new.invoice_id AND part = new.part;
  END;

  CREATE TABLE follow_ups (
    rank INTEGER PRIMARY KEY,
    invoice_id TEXT NOT NULL,
    part TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('note', 'owner', 'reminder')),
    text BLOB NOT NULL
  ) STRICT;
  CREATE INDEX follow_ups_claim ON follow_ups (invoice_id, part);
  `,
  `
  CREATE TABLE archives (
    rank INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('PLANNED', 'VERIFIED', 'DONE')),
    first_day TEXT,
    last_day TEXT,
    invoices INTEGER NOT NULL,
    lots INTEGER NOT NULL,
    files INTEGER NOT NULL,
    returns INTEGER NOT NULL,
    sha256 TEXT,
    bytes INTEGER,
    previous TEXT,
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE archive_items (
    entity TEXT NOT NULL CHECK (entity IN ('invoice', 'lot', 'file', 'return')),
    item_rank INTEGER NOT NULL,
    archive_rank INTEGER NOT NULL REFERENCES archives (rank) ON DELETE CASCADE,
    PRIMARY KEY (entity, item_rank)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX archive_items_archive ON archive_items (archive_rank, entity, item_rank);
  `,
  `
  DROP INDEX attempts_ended;
  CREATE INDEX attempts_outcome ON attempts (outcome, ended_at) WHERE ended_at IS NOT NULL;
  CREATE INDEX lots_answered ON lots (json_extract(ack, '$.at')) WHERE ack IS NOT NULL;
  CREATE INDEX lots_not_accepted ON lots (json_extract(ack, '$.at')) WHERE ack IS NOT NULL AND json_extract(ack, '$.class') <> 'positive';
  `,
  `ALTER TABLE remittance_lines ADD COLUMN said BLOB;`,
  // Until then every lot was written in that version.
  `ALTER TABLE lots ADD COLUMN b2_version TEXT NOT NULL DEFAULT 'b2-ps-base';`,
  FEWER_PAGES,
  LISTED_CLAIMS,
  // The months of the ledger are added up from these alone.
  `
  CREATE INDEX ledger_money ON ledger (value_date, part, kind, amount) WHERE kind IN ('payment', 'recovery');
  CREATE INDEX ledger_adjusted ON ledger (invoice_id, part, kind, value_date, amount) WHERE kind IN ('adjustment', 'closure');
  `,
  LISTED_DAY,
  // Which payers there are, without looking at every claim.
  `CREATE INDEX claims_payers ON claims (payer) WHERE listed = 1;`,
];
