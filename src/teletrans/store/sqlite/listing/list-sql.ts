/** The SQL of lists. The texts depend on which members are given, never on their values. Exported so that their query plans can be checked. */
import type { InvoiceKind } from '../../../domain/invoice';
import type { ListSelection, ListSort } from '../../listing/port';
import type { SqlValue } from '../engine';

export interface ListSql {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** How one table is listed. Its index by group holds every column named here, but where a sort says otherwise. */
export interface ListDescription<G, K extends string> {
  readonly table: 'invoices' | 'lots' | 'files';
  /** The columns a group is told by, the first of its index. */
  readonly group: readonly string[];
  /** Values of these columns. */
  readonly valuesOf: (group: G) => readonly SqlValue[];
  /** What is in an archive is in no list. */
  readonly living: string;
  /** Numbers a word of digits may be found in. */
  readonly sought: readonly string[];
  /** FSE or DRE, found by a word too; and so is the payer's name. */
  readonly kind: string;
  readonly sums: string;
  /** What each sort goes by, or the several things it goes by; practitioner, payer and group are known to all tables. */
  readonly sorted: Readonly<Record<Exclude<K, 'practitioner' | 'payer' | 'group'>, readonly string[]>>;
  /** Null comes last, whatever the direction. */
  readonly nullable?: readonly K[];
}

const KINDS: readonly InvoiceKind[] = ['FSE', 'DRE'];
const PAYER_BYTES = 4;

/** A table of numbers by payer, as bytes: `substr` finds one at once, and bytes in this order compare as their numbers do. */
function byPayer(entries: Iterable<readonly [rank: number, value: number]>): Buffer {
  const known = [...entries];
  const bytes = Buffer.alloc(PAYER_BYTES * (1 + Math.max(0, ...known.map(([rank]) => rank))));
  for (const [rank, value] of known) bytes.writeUInt32BE(value, rank * PAYER_BYTES);
  return bytes;
}
const ofPayer = `substr(?, coalesce(payer, 0) * ${PAYER_BYTES} + 1, ${PAYER_BYTES})`;
const ONE = `x'00000001'`;

export function groupsSql<G, K extends string>({ table, group, living }: ListDescription<G, K>): string {
  return `SELECT ${group.join(', ')}, count(*) AS count FROM ${table} WHERE ${living} GROUP BY ${group.join(', ')}`;
}

/** The wanted groups as a table of their own, and the rows of each. */
function rowsOf<G, K extends string>(described: ListDescription<G, K>, selection: ListSelection<G>): ListSql {
  const { table, group, sought, valuesOf } = described;
  const wanted = selection.groups.map((one) => [...valuesOf(one), one.place, one.stopped ? 1 : 0]);
  const members = [...group.map((_, at) => `g${at}`), 'place', 'stopped'];
  const conditions = group.map((column, at) => `${table}.${column} IS wanted.g${at}`);
  const values: SqlValue[] = [JSON.stringify(wanted)];
  const when = (value: SqlValue | undefined, sql: string): void => {
    if (value === undefined) return;
    conditions.push(sql);
    values.push(value);
  };
  when(selection.billingNumber, `${table}.billing_number = ?`);
  when(selection.deadlineBefore, 'deadline < ?');
  when(selection.deadlineOn, 'deadline = ?');
  for (const { word, payers } of selection.words ?? []) {
    // What is no number is in no number: reading them for it would cost more than all the rest.
    const numbers = /^[0-9]+$/.test(word) ? sought : [];
    const kinds = KINDS.filter((kind) => kind.toLowerCase().includes(word));
    const found = [
      `${ofPayer} = ${ONE}`,
      ...numbers.map((column) => `instr(${column}, ?) > 0`),
      ...(kinds.length === 0 ? [] : [`${described.kind} IN (SELECT value FROM json_each(?))`]),
    ];
    conditions.push(`(${found.join(' OR ')})`);
    values.push(
      byPayer([...payers].map((rank) => [rank, 1])),
      ...numbers.map(() => word),
      ...(kinds.length === 0 ? [] : [JSON.stringify(kinds)]),
    );
  }
  return {
    sql: `FROM (SELECT ${members.map((name, at) => `value ->> ${at} AS ${name}`).join(', ')} FROM json_each(?)) AS wanted
      CROSS JOIN ${table} ON ${conditions.join(' AND ')}`,
    values,
  };
}

export function sumsSql<G, K extends string>(described: ListDescription<G, K>, selection: ListSelection<G>): ListSql {
  const { sql, values } = rowsOf(described, selection);
  return { sql: `SELECT ${described.sums} ${sql}`, values };
}

/** The terms a sort goes by, before the order of creation. */
function termsOf<G, K extends string>(described: ListDescription<G, K>, { key, practitioners, payers }: ListSort<K>): ListSql {
  if (key === 'group') return { sql: 'place', values: [] };
  if (key === 'payer') return { sql: ofPayer, values: [byPayer(payers)] };
  if (key === 'practitioner') {
    const number = `${described.table}.billing_number`;
    const branches = practitioners.map((_, at) => `WHEN ? THEN ${at}`).join(' ');
    // Those the practice does not name come after, by number.
    return practitioners.length === 0
      ? { sql: number, values: [] }
      : { sql: `CASE ${number} ${branches} ELSE ${practitioners.length} END\n${number}`, values: practitioners };
  }
  return { sql: described.sorted[key as keyof typeof described.sorted].join('\n'), values: [] };
}

/** The handles are one text: 100,000 rows as objects would cost more than finding them. */
export function selectSql<G, K extends string>(
  described: ListDescription<G, K>,
  selection: ListSelection<G>,
  sort: ListSort<K>,
  limit: number | null,
): ListSql {
  const { table, nullable = [] } = described;
  const rows = rowsOf(described, selection);
  const terms = termsOf(described, sort);
  const direction = sort.descending ? ' DESC' : '';
  const order = [
    ...(nullable.includes(sort.key) ? [`(${terms.sql}) IS NULL`] : []),
    ...terms.sql.split('\n').map((term) => `${term}${direction}`),
    `${table}.rank`,
  ];
  return {
    sql: `SELECT json_group_array(handle) AS handles FROM (SELECT ${table}.rank AS handle ${rows.sql}
      ORDER BY ${order.join(', ')}${limit === null ? '' : ' LIMIT ?'})`,
    values: [...rows.values, ...terms.values, ...(limit === null ? [] : [limit])],
  };
}

/** Identifiers of some rows, by their handles. */
export const idsSql = (table: string): string =>
  `SELECT ${table}.rank AS rank, ${table}.id AS id FROM json_each(?) AS wanted CROSS JOIN ${table} ON ${table}.rank = wanted.value`;
