/** The SQL of lists of claims. The texts depend on which members are given, never on their values. Exported so that their query plans can be checked. */
import type { ClaimGrouping, ClaimSelection, ClaimSort, ClaimSortKey } from '../../third-party/port';
import { among, Conditions } from '../access';
import type { SqlValue } from '../engine';
import { toJson } from '../rows';

export interface ClaimSql {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Spelt out: `due` itself is a generated column, for which no index is covering. */
const DUE = '(expected - paid - adjusted)';

/** One number for the key of a claim. */
const HANDLE = `(claims.invoice_rank * 2 + (claims.part = 'amc'))`;

const AMONG_KEYS = `(claims.invoice_rank, claims.part) IN
  (SELECT invoices.rank, key.value ->> 1 FROM json_each(?) AS key JOIN invoices ON invoices.id = key.value ->> 0)`;

const OVERDUE = '(part = ? AND acked_at >= ? AND acked_at < ?)';
const REMINDABLE = `(part = ? AND ${DUE} >= ? AND coalesce(acked_at, since) < ? AND (reminded_at IS NULL OR reminded_at < ?))`;
const anyOf = (condition: string, rules: readonly object[]): string =>
  `${DUE} > 0 AND (${rules.length === 0 ? '0' : rules.map(() => condition).join(' OR ')})`;

function conditionsOf(selection: ClaimSelection): Conditions {
  const { part, keys, payers, billingNumber, sentFrom, sentBefore, settled, overdue, remindable, number } = selection;
  return (
    new Conditions()
      .when(true, 'listed = 1')
      .when(part, 'part = ?', part ?? null)
      .when(keys, AMONG_KEYS, toJson((keys ?? []).map(({ invoiceId, part: own }) => [invoiceId, own])))
      // The index of payers alone is for finding them: their claims are added up from the one that holds all of them.
      .when(payers, among('+payer'), toJson(payers ?? []))
      .when(billingNumber, 'billing_number = ?', billingNumber ?? null)
      .when(sentFrom, 'since >= ?', sentFrom ?? null)
      .when(sentBefore, 'since < ?', sentBefore ?? null)
      .when(settled, settled === true ? `${DUE} = 0` : `${DUE} <> 0`)
      .when(overdue, among('state'), toJson(overdue?.states ?? []))
      .when(
        overdue,
        `expected > 0 AND ${anyOf(OVERDUE, overdue?.any ?? [])}`,
        ...(overdue?.any ?? []).flatMap(({ part: own, from, before }) => [own, from, before]),
      )
      .when(remindable, among('state'), toJson(remindable?.states ?? []))
      .when(
        remindable,
        anyOf(REMINDABLE, remindable?.any ?? []),
        ...(remindable?.any ?? []).flatMap(({ part: own, minDue, before, remindedBefore }) => [own, minDue, before, remindedBefore]),
      )
      .when(number, 'instr(number, ?) > 0', number ?? null)
  );
}

const SORTED: Readonly<Record<ClaimSortKey, string>> = {
  number: 'number',
  part: 'part',
  payer: '+payer',
  date: 'completed_on',
  sent: 'since',
  expected: 'expected',
  paid: 'paid',
  due: DUE,
  state: 'state',
};

/**
 * The handles are one text: 100,000 rows as objects would cost more than finding them. Among equals, the oldest first. Sorted by payer, whose names the database does not
 * know: one row a payer, to be put in order by the caller, each with its claims.
 */
export function claimSelectSql(selection: ClaimSelection, { key, descending }: ClaimSort, limit: number | null): ClaimSql {
  const conditions = conditionsOf(selection);
  const order = `${SORTED[key]} ${descending && key !== 'payer' ? 'DESC' : 'ASC'}${key === 'sent' ? '' : ', since'}`;
  const end = limit === null ? '' : ' LIMIT ?';
  return {
    sql: `SELECT payer, json_group_array(handle) AS handles
      FROM (SELECT payer, ${HANDLE} AS handle FROM claims${conditions.where} ORDER BY ${order}${end})${key === 'payer' ? ' GROUP BY payer' : ''}`,
    values: limit === null ? conditions.values : [...conditions.values, limit],
  };
}

const SUMS = `count(*) AS count, sum(${DUE} <> 0) AS open, sum(expected) AS expected, sum(paid) AS paid, sum(adjusted) AS adjusted`;

export function claimTotalsSql(selection: ClaimSelection): ClaimSql {
  const conditions = conditionsOf(selection);
  return { sql: `SELECT part, ${SUMS} FROM claims${conditions.where} GROUP BY part`, values: conditions.values };
}

const GROUPED: Readonly<Record<ClaimGrouping, string>> = { day: 'completed_on', payer: 'payer', practitioner: 'billing_number' };

export function claimTotalsBySql(grouping: ClaimGrouping, selection: ClaimSelection): ClaimSql {
  const conditions = conditionsOf(selection);
  const key = GROUPED[grouping];
  return {
    sql: `SELECT ${key} AS key, part, ${SUMS} FROM claims${conditions.where} GROUP BY ${key}, part ORDER BY ${key}, part`,
    values: conditions.values,
  };
}

/** Rows as `ClaimRow`. @param from table expression that holds `claims`. */
export const claimRowsSql = (from: string): string =>
  `SELECT ${HANDLE} AS handle, claims.*, invoices.id AS invoice_id,
     (SELECT max(value_date) FROM ledger WHERE ledger.invoice_id = invoices.id AND ledger.part = claims.part
        AND ledger.kind = 'payment' AND claims.payments > 0) AS paid_on
   FROM ${from} JOIN invoices ON invoices.rank = invoice_rank`;

/** Those of some handles, in any order. */
export const CLAIM_ROWS = claimRowsSql(`json_each(?) AS wanted
   CROSS JOIN claims ON claims.invoice_rank = wanted.value / 2 AND claims.part = iif(wanted.value % 2 = 0, 'amo', 'amc')`);
