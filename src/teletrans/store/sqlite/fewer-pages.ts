/**
 * A change of the schema (see migrations.ts), never edited. Taking an invoice writes as few pages as it can, for each is a part of the time the host waits. Sums by
 * state are counted from the indexes, which hold all that the badge counts; an invoice whose two parts are in one state stands in one of them only. A claim is
 * found by its invoice's rank. The journal needs no counter beside it, for nothing is ever deleted from it.
 */
export const FEWER_PAGES = `
  DROP TRIGGER invoices_counted;
  DROP TRIGGER invoices_discounted;
  DROP TRIGGER invoices_amo_recounted;
  DROP TRIGGER invoices_amc_recounted;
  DROP TABLE state_counts;
  DROP INDEX invoices_amo_state;
  DROP INDEX invoices_amc_state;
  DROP INDEX invoices_lot;
  CREATE INDEX invoices_amo_state ON invoices (amo_state, amc_state, deadline);
  CREATE INDEX invoices_amc_state ON invoices (amc_state, amo_state, deadline) WHERE (amo_state IS NULL OR amc_state <> amo_state);
  CREATE INDEX invoices_lot ON invoices (lot_id) WHERE lot_id IS NOT NULL;

  DROP TRIGGER ledger_summed;
  CREATE TABLE claims_by_rank (
    invoice_rank INTEGER NOT NULL REFERENCES invoices (rank) ON DELETE CASCADE,
    part TEXT NOT NULL CHECK (part IN ('amo', 'amc')),
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
  ) STRICT, WITHOUT ROWID;
  INSERT INTO claims_by_rank (invoice_rank, part, payer, expected, base_state, paid, adjusted, payments, recoveries, refusals, deferrals, closures, owner,
      followed_at, reminders)
    SELECT invoice_rank, part, payer, expected, base_state, paid, adjusted, payments, recoveries, refusals, deferrals, closures, owner, followed_at, reminders
      FROM claims;
  DROP TABLE claims;
  ALTER TABLE claims_by_rank RENAME TO claims;
  CREATE INDEX claims_due ON claims (due);
  CREATE TRIGGER ledger_summed AFTER INSERT ON ledger BEGIN
    UPDATE claims SET
      paid = paid + iif(new.kind IN ('payment', 'recovery'), new.amount, 0),
      adjusted = adjusted + iif(new.kind IN ('adjustment', 'closure'), new.amount, 0),
      payments = payments + iif(new.kind = 'payment', iif(new.undo_of IS NULL, 1, -1), 0),
      recoveries = recoveries + iif(new.kind = 'recovery', iif(new.undo_of IS NULL, 1, -1), 0),
      refusals = refusals + iif(new.kind = 'refusal', iif(new.undo_of IS NULL, 1, -1), 0),
      deferrals = deferrals + iif(new.kind = 'deferral', iif(new.undo_of IS NULL, 1, -1), 0),
      closures = closures + iif(new.kind = 'closure', iif(new.undo_of IS NULL, 1, -1), 0)
    WHERE invoice_rank = (SELECT rank FROM invoices WHERE id = new.invoice_id) AND part = new.part;
  END;

  CREATE TABLE journal_by_rank (
    rank INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    event TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT,
    detail TEXT NOT NULL
  ) STRICT;
  INSERT INTO journal_by_rank SELECT rank, at, actor, entity, entity_id, event, from_state, to_state, detail FROM journal ORDER BY rank;
  DROP TABLE journal;
  ALTER TABLE journal_by_rank RENAME TO journal;
  CREATE INDEX journal_entity ON journal (entity, entity_id);
  CREATE TRIGGER journal_kept BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
`;
