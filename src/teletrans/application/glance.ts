/** The day without its lists: read from counts and from the few things that wait for somebody. */
import { localDate } from '../domain/clock';
import { AWAITING_ACK, UNSENT } from '../domain/invoice-groups';
import { onPaper, sheetOf } from '../domain/paper-sheet';
import { deriveState, PART_STATES, type PartState } from '../domain/states';
import type { InvoiceCount, StoredInvoice, StoreSession } from '../store/port';
import type { Glance, Overview } from './port';

/** Neither settled nor awaited: what a person may have to act on, in states that hold few invoices. */
const OPEN: readonly PartState[] = [...UNSENT, 'NACKED', 'TO_CORRECT', 'REJECTED'];
const PAPER: readonly PartState[] = PART_STATES.filter(onPaper);

/** What a glance reads. */
export interface Glimpse {
  readonly counted: readonly InvoiceCount[];
  /** The open invoices, and the DRE that complete one of them. */
  readonly invoices: readonly StoredInvoice[];
  readonly paper: number;
  readonly lots: number;
  readonly files: number;
}

export async function glimpse(session: StoreSession, now: Date): Promise<Glimpse> {
  const open = await session.invoices.list({ anyState: OPEN });
  const known = new Set(open.map(({ id }) => id));
  const linked: StoredInvoice[] = [];
  for (const fse of open) {
    if (fse.kind !== 'FSE' || fse.amcState !== null || (fse.thirdParty !== 'amo+amc' && fse.thirdParty !== 'amc')) continue;
    linked.push(...(await session.invoices.linkedTo(fse.billingNumber, fse.number)).filter(({ id }) => !known.has(id)));
  }
  const onPaperNow = await session.invoices.list({ anyState: PAPER });
  return {
    counted: await session.invoices.countLiving(localDate(now)),
    invoices: [...open, ...linked],
    paper: onPaperNow.filter((invoice) => sheetOf(invoice) === 'owed').length,
    lots: await session.lots.count(),
    files: await session.files.count(),
  };
}

/** Totals of a glance, from what was counted. */
export function totalsOf({ counted, paper, lots, files }: Glimpse): Pick<Glance, 'totals' | 'awaited' | 'overdue' | 'paper'> {
  const among = (wanted: (state: PartState) => boolean): number =>
    counted.reduce((sum, { amoState, amcState, count }) => sum + (wanted(deriveState(amoState, amcState)) ? count : 0), 0);
  return {
    totals: { invoices: among(() => true), lots, files },
    awaited: among((state) => AWAITING_ACK.has(state)),
    overdue: among((state) => state === 'ACK_OVERDUE'),
    paper,
  };
}

/** The same from a whole overview. */
export function glanceOf({ invoices, lots, files, ...day }: Overview): Glance {
  return {
    ...day,
    totals: { invoices: invoices.length, lots: lots.length, files: files.length },
    awaited: invoices.filter(({ state }) => AWAITING_ACK.has(state)).length,
    overdue: invoices.filter(({ state }) => state === 'ACK_OVERDUE').length,
    paper: invoices.filter(({ sheet }) => sheet === 'owed').length,
  };
}
