/** Totals by day, month, payer and practitioner, and what the remittances say of the same money. All of one snapshot, so that they agree. */
import type { Store } from '../store/port';
import type { GroupTotal } from '../store/third-party/port';
import { sumOf } from '../third-party/totals';
import type { TotalsRow } from '../third-party/totals-export';
import type { PayerNames } from './third-party-views';
import type { GroupView, TotalsView } from './third-party-port';

export async function totalsOf(store: Store, names: PayerNames): Promise<TotalsView> {
  return store.read(async ({ thirdParty: { claims, lines, remittances } }) => {
    const days = await claims.totalsBy('day');
    const { amo, amc } = await claims.totals();
    const [matched, open, setAside] = [await lines.tally('matched'), await lines.tally('open'), await lines.tally('set-aside')];
    return {
      totals: { all: sumOf([amo, amc]), amo, amc },
      byDay: grouped(days, ({ key }) => key),
      byMonth: grouped(days, ({ key }) => key.slice(0, 7)),
      byPayer: grouped(await claims.totalsBy('payer'), ({ key }) => names.of(key)),
      byPractitioner: grouped(await claims.totalsBy('practitioner'), ({ key }) => key),
      money: {
        remittances: (await remittances.list()).reduce((sum, { total }) => sum + total, 0),
        matched: matched.amount,
        open: open.amount,
        setAside: setAside.amount,
      },
    };
  });
}

/** Every total of the view, as rows of the export. */
export function totalsRows(view: TotalsView): readonly TotalsRow[] {
  const parts = ['amo', 'amc'] as const;
  const rowsOf = (by: string, groups: readonly GroupView[]): readonly TotalsRow[] =>
    groups.flatMap((group) => parts.map((part) => ({ by, key: group.key, part: part.toUpperCase(), total: group[part] })));
  return [
    ...rowsOf('Jour', view.byDay),
    ...rowsOf('Mois', view.byMonth),
    ...rowsOf('Organisme', view.byPayer),
    ...rowsOf('Praticien', view.byPractitioner),
    ...rowsOf('Ensemble', [{ key: '', ...view.totals }]),
  ];
}

/** In order of the keys. */
function grouped(totals: readonly GroupTotal[], keyOf: (total: GroupTotal) => string): readonly GroupView[] {
  const groups = new Map<string, GroupTotal[]>();
  for (const total of totals) {
    const own = groups.get(keyOf(total));
    if (own === undefined) groups.set(keyOf(total), [total]);
    else own.push(total);
  }
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b, 'fr', { numeric: true }))
    .map(([key, own]) => ({
      key,
      all: sumOf(own),
      amo: sumOf(own.filter(({ part }) => part === 'amo')),
      amc: sumOf(own.filter(({ part }) => part === 'amc')),
    }));
}
