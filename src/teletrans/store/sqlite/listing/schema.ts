/**
 * A change of the schema (see migrations.ts), never edited. Each list goes by one index that holds all it chooses, sorts and adds up by, in place of the index by state
 * there was: taking an invoice writes to as many indexes as before. Names of payers are kept once, in `payer_names`, each as JSON: a recipient's label, or what the
 * routing tables go by (`routed`, set with the invoice) until its lot says where it goes. What a row shows of its lot is kept beside it by triggers, whichever of the two is
 * written first.
 */
const NAME_OF_RECIPIENT = `json_array('label', json_extract(new.recipient, '$.label'))`;
const PAYER_OF_RECIPIENT = `(SELECT rank FROM payer_names WHERE name = ${NAME_OF_RECIPIENT})`;

/** Of the invoice `new`, once its lot is known. */
const IN_LOT = `UPDATE invoices SET lot_number = (SELECT number FROM lots WHERE id = new.lot_id),
      payer = coalesce((SELECT payer FROM lots WHERE id = new.lot_id), routed) WHERE rank = new.rank`;

/** Of the file of rank `file`: whose lots it carries, and their numbers in their order. */
const carried = (file: string): string => `UPDATE files SET
      billing_number = (SELECT lots.billing_number FROM file_lots JOIN lots ON lots.id = lot_id WHERE file_rank = ${file} ORDER BY position LIMIT 1),
      lot_numbers = coalesce((SELECT group_concat(number, ', ') FROM
        (SELECT number FROM file_lots JOIN lots ON lots.id = lot_id WHERE file_rank = ${file} ORDER BY position)), '')
    WHERE rank = ${file}`;

export const LISTED_DAY = `
  CREATE TABLE payer_names (rank INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

  ALTER TABLE invoices ADD COLUMN routed INTEGER;
  ALTER TABLE invoices ADD COLUMN payer INTEGER;
  ALTER TABLE invoices ADD COLUMN lot_number TEXT;
  ALTER TABLE invoices ADD COLUMN sheet_sent INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE lots ADD COLUMN payer INTEGER;
  ALTER TABLE files ADD COLUMN payer INTEGER;
  ALTER TABLE files ADD COLUMN billing_number TEXT;
  ALTER TABLE files ADD COLUMN lot_numbers TEXT NOT NULL DEFAULT '';

  INSERT OR IGNORE INTO payer_names (name)
    SELECT json_array('label', json_extract(recipient, '$.label')) FROM lots UNION SELECT json_array('label', json_extract(recipient, '$.label')) FROM files;
  UPDATE lots SET payer = (SELECT rank FROM payer_names WHERE name = json_array('label', json_extract(recipient, '$.label')));
  UPDATE files SET payer = (SELECT rank FROM payer_names WHERE name = json_array('label', json_extract(recipient, '$.label'))),
    billing_number = (SELECT lots.billing_number FROM file_lots JOIN lots ON lots.id = lot_id WHERE file_rank = files.rank ORDER BY position LIMIT 1),
    lot_numbers = coalesce((SELECT group_concat(number, ', ') FROM
      (SELECT number FROM file_lots JOIN lots ON lots.id = lot_id WHERE file_rank = files.rank ORDER BY position)), '');
  UPDATE invoices SET lot_number = lots.number, payer = lots.payer FROM lots WHERE lots.id = invoices.lot_id;
  UPDATE invoices SET sheet_sent = 1 WHERE notes LIKE '%"code":"FAC-041"%';

  CREATE TRIGGER invoices_taken_in_lot AFTER INSERT ON invoices WHEN new.lot_id IS NOT NULL BEGIN ${IN_LOT}; END;
  CREATE TRIGGER invoices_in_lot AFTER UPDATE OF lot_id ON invoices WHEN new.lot_id IS NOT old.lot_id BEGIN ${IN_LOT}; END;
  CREATE TRIGGER lots_listed AFTER INSERT ON lots BEGIN
    INSERT OR IGNORE INTO payer_names (name) VALUES (${NAME_OF_RECIPIENT});
    UPDATE lots SET payer = ${PAYER_OF_RECIPIENT} WHERE rank = new.rank;
    UPDATE invoices SET lot_number = new.number, payer = ${PAYER_OF_RECIPIENT} WHERE lot_id = new.id;
    ${carried('(SELECT file_rank FROM file_lots WHERE lot_id = new.id)')};
  END;
  CREATE TRIGGER files_listed AFTER INSERT ON files BEGIN
    INSERT OR IGNORE INTO payer_names (name) VALUES (${NAME_OF_RECIPIENT});
    UPDATE files SET payer = ${PAYER_OF_RECIPIENT} WHERE rank = new.rank;
  END;
  CREATE TRIGGER files_carry AFTER INSERT ON file_lots BEGIN ${carried('new.file_rank')}; END;

  DROP INDEX invoices_amo_state;
  CREATE INDEX invoices_amo_state ON invoices
    (amo_state, amc_state, sheet_sent, deadline, billing_number, kind, number, fees, amo, amc, lot_number, payer);
  CREATE INDEX invoices_unrouted ON invoices (rank) WHERE routed IS NULL AND lot_id IS NULL AND coalesce(amo_state, amc_state) <> 'ARCHIVED';
  DROP INDEX lots_state;
  CREATE INDEX lots_state ON lots (state, billing_number, lot_date, flow, number, fees, amo, amc, payer, file_id);
  DROP INDEX files_state;
  CREATE INDEX files_state ON files (state, billing_number, created_at, file_id, flow, payer, invoices, lot_numbers);
`;
