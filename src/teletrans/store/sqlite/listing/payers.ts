/** Names of payers as the lists keep them: once each, however many invoices go there. */
import { setImmediate } from 'node:timers/promises';
import type { Invoice } from '../../../domain/invoice';
import type { Envelope } from '../../keys/envelope';
import { placeOf } from '../../keys/envelope';
import type { ListedPayer, PayerRank, RouteKey } from '../../listing/port';
import { openBody } from '../bodies';
import type { Connection } from '../connection';
import { blob, integer, text } from '../rows';

/** What the routing tables go by, as it is kept: for a DRE the centre, for an FSE the insurer, decide nothing. */
function nameOf({ kind, amo, amc }: Pick<Invoice, 'kind' | 'amo' | 'amc'>): string {
  return JSON.stringify(kind === 'FSE' ? [kind, amo.regime, amo.fund, amo.centre] : [kind, amo.regime, amo.fund, amc?.number ?? '']);
}

/** From how it is kept; see schema.ts. */
export function payerNamed([kind = '', first = '', second = '', third = '']: readonly string[]): Omit<ListedPayer, 'rank'> {
  if (kind === 'label') return { label: first, route: null };
  const own = { regime: first, fund: second };
  const route: RouteKey =
    kind === 'DRE' ? { kind, ...own, centre: '', insurer: third } : { kind: 'FSE', ...own, centre: third, insurer: '' };
  return { label: null, route };
}

/** Where an invoice will be routed, noted the first time such a one comes. */
export function routedRank(connection: Connection, invoice: Pick<Invoice, 'kind' | 'amo' | 'amc'>): PayerRank {
  const name = nameOf(invoice);
  const known = connection.get('SELECT rank FROM payer_names WHERE name = ?', name);
  return integer(known ?? connection.get('INSERT INTO payer_names (name) VALUES (?) RETURNING rank', name) ?? {}, 'rank');
}

/** Exported so that its query plan can be checked: it runs at each opening. */
export const UNROUTED = `SELECT invoices.rank AS rank, id, body FROM invoices JOIN invoice_bodies USING (rank)
  WHERE routed IS NULL AND lot_id IS NULL AND coalesce(amo_state, amc_state) <> 'ARCHIVED' LIMIT 500`;

/** Notes where invoices taken by an earlier version will be routed: only their document, which is encrypted, tells. Those in a lot need it no more. */
export async function routeEarlierOnes(connection: Connection, envelope: Envelope): Promise<void> {
  for (let some = connection.all(UNROUTED); some.length > 0; some = connection.all(UNROUTED)) {
    for (const row of some) {
      const body = openBody(envelope, blob(row, 'body'), placeOf('invoice_bodies', text(row, 'id'), 'body')).toString('utf8');
      const rank = routedRank(connection, JSON.parse(body) as Invoice);
      connection.run('UPDATE invoices SET routed = ?1, payer = ?1 WHERE rank = ?2', rank, integer(row, 'rank'));
    }
    // The host, which may wait for this program, is answered in between.
    await setImmediate();
  }
}
