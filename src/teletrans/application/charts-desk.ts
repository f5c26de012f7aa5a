/** What is due by age and month by month, read in one snapshot and one pass over the claims. */
import { localDate } from '../domain/clock';
import type { Store } from '../store/port';
import { between, monthsOf, monthsUpTo, startOfMonth } from '../third-party/charts';
import { sumOf } from '../third-party/totals';
import type { Frame } from './claim-lists';
import type { ChartsView } from './third-party-port';

export async function chartsOf(store: Store, { today, ageing }: Pick<Frame, 'today' | 'ageing'>): Promise<ChartsView> {
  return store.read(async ({ thirdParty: { claims, ledger } }) => {
    const booked = await ledger.monthly();
    const sentAt = await claims.firstSent();
    const begun = [...(sentAt === null ? [] : [localDate(new Date(sentAt))]), ...booked.map(({ month }) => `${month}-01`)].sort();
    const months = monthsUpTo(today, begun[0] ?? null);
    const ages = ageing.labels.map((age) => ({ age, ...ageing.sentIn(age) }));
    const cuts = [...months.map(startOfMonth), ...ages.flatMap(({ sentFrom, sentBefore }) => [sentFrom ?? [], sentBefore ?? []].flat())];
    const instants = [...new Set(cuts)].sort();
    const sent = between(instants, await claims.totalsBetween(instants));
    const { amo, amc } = sent(null, null);
    return {
      totals: { all: sumOf([amo, amc]), amo, amc },
      ages: ages.map(({ age, sentFrom = null, sentBefore = null }) => ({ age, ...sent(sentFrom, sentBefore) })),
      months: monthsOf(months, sent, booked),
    };
  });
}
