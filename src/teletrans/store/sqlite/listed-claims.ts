/**
 * A change of the schema (see migrations.ts), never edited. What a list of claims shows of its invoice stands beside the claim, kept by triggers: choosing, sorting and adding
 * up 100,000 claims reads one index, which holds only what is listed. Taking an invoice writes nothing more: it is described when it has left. `owed`: a payer is, or was until
 * the purge, asked to pay. `since`: when it left; noon of the invoice's day for what has no instant, for any time of that legal day will do. No generated columns there:
 * SQLite takes no index for covering when one is asked for.
 */
const NEVER_LEFT = `('RECEIVED', 'READY', 'HELD', 'IN_LOT', 'SEALED')`;
const NOT_OWED = `('RECEIVED', 'READY', 'HELD', 'CANCELLED', 'IN_LOT', 'SEALED', 'RECYCLED', 'CLOSED_NO_RSP')`;

/** What is described of `invoice`; ARCHIVED leaves `owed` as it was, in the words of `archived`. */
const described = (invoice: string, archived: string): string => `number = ${invoice}.number, kind = ${invoice}.kind,
      billing_number = ${invoice}.billing_number, completed_on = ${invoice}.completed_on, acked_at = ${invoice}.acked_at, sent_at = ${invoice}.sent_at,
      since = coalesce(${invoice}.sent_at, ${invoice}.completed_on || 'T12:00:00.000Z'),
      state = coalesce(iif(part = 'amo', ${invoice}.amo_state, ${invoice}.amc_state), ''),
      owed = CASE
        WHEN iif(part = 'amo', ${invoice}.amo_state, ${invoice}.amc_state) = 'ARCHIVED' THEN ${archived}
        ELSE coalesce(iif(part = 'amo', ${invoice}.amo_state, ${invoice}.amc_state), 'READY') NOT IN ${NOT_OWED} END`;

const LISTED = '((new.owed OR new.paid <> 0) AND (new.expected <> 0 OR new.paid <> 0))';

export const LISTED_CLAIMS = `
  ALTER TABLE claims ADD COLUMN number TEXT NOT NULL DEFAULT '';
  ALTER TABLE claims ADD COLUMN kind TEXT NOT NULL DEFAULT '';
  ALTER TABLE claims ADD COLUMN billing_number TEXT NOT NULL DEFAULT '';
  ALTER TABLE claims ADD COLUMN completed_on TEXT NOT NULL DEFAULT '';
  ALTER TABLE claims ADD COLUMN sent_at TEXT;
  ALTER TABLE claims ADD COLUMN acked_at TEXT;
  ALTER TABLE claims ADD COLUMN since TEXT NOT NULL DEFAULT '';
  ALTER TABLE claims ADD COLUMN state TEXT NOT NULL DEFAULT '';
  ALTER TABLE claims ADD COLUMN owed INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE claims ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE claims ADD COLUMN reminded_at TEXT;

  CREATE TRIGGER claims_listed_or_not AFTER UPDATE OF owed, paid, expected ON claims WHEN new.listed <> ${LISTED} BEGIN
    UPDATE claims SET listed = ${LISTED}, ${described('invoice', 'owed')}
    FROM invoices AS invoice WHERE invoice.rank = new.invoice_rank AND claims.invoice_rank = new.invoice_rank AND claims.part = new.part;
  END;
  CREATE TRIGGER claims_described AFTER INSERT ON claims
  WHEN (SELECT coalesce(amo_state, amc_state) FROM invoices WHERE rank = new.invoice_rank) NOT IN ${NEVER_LEFT} BEGIN
    UPDATE claims SET ${described('invoice', '0')}
    FROM invoices AS invoice WHERE invoice.rank = new.invoice_rank AND claims.invoice_rank = new.invoice_rank AND claims.part = new.part;
  END;
  CREATE TRIGGER claims_followed AFTER UPDATE OF amo_state, amc_state, sent_at, acked_at ON invoices
  WHEN (new.amo_state IS NOT old.amo_state OR new.amc_state IS NOT old.amc_state OR new.sent_at IS NOT old.sent_at OR new.acked_at IS NOT old.acked_at)
    AND (new.amo_state NOT IN ${NEVER_LEFT} OR new.amc_state NOT IN ${NEVER_LEFT} OR old.amo_state NOT IN ${NEVER_LEFT} OR old.amc_state NOT IN ${NEVER_LEFT})
  BEGIN
    UPDATE claims SET ${described('new', 'owed')} WHERE invoice_rank = new.rank;
  END;
  UPDATE claims SET ${described('invoice', '(payments > 0 OR closures > 0)')}
    FROM invoices AS invoice WHERE invoice.rank = claims.invoice_rank AND coalesce(invoice.amo_state, invoice.amc_state) NOT IN ${NEVER_LEFT};

  CREATE INDEX claims_listed ON claims
    (since, part, payer, billing_number, completed_on, expected, paid, adjusted, state, number, acked_at, reminded_at) WHERE listed = 1;
  CREATE INDEX claims_refused ON claims (invoice_rank, part) WHERE state = 'REJECTED' AND listed = 1;
  DROP INDEX claims_due;
  CREATE INDEX claims_due ON claims (due) WHERE listed = 1;
  DROP INDEX remittance_lines_remittance;
  CREATE INDEX remittance_lines_remittance ON remittance_lines (remittance_id, status, amount, kind);
  DROP INDEX remittance_lines_open;
  CREATE INDEX remittance_lines_open ON remittance_lines (id, amount) WHERE status = 'open';
  CREATE INDEX remittance_lines_aside ON remittance_lines (id, amount) WHERE status = 'set-aside';

  UPDATE claims SET reminded_at =
    (SELECT max(at) FROM follow_ups JOIN invoices ON invoices.id = follow_ups.invoice_id
      WHERE invoices.rank = claims.invoice_rank AND follow_ups.part = claims.part AND follow_ups.kind = 'reminder')
    WHERE reminders > 0;
`;
