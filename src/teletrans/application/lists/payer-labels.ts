/** Names of the payers of lists: the recipient a lot carries, or where the routing tables send what has not left yet. */
import type { LocalDate } from '../../domain/invoice';
import type { RoutingTables } from '../../domain/routing';
import type { ListedPayer, ListedTables, PayerRank } from '../../store/listing/port';
import { UNKNOWN_PAYER } from './port';
import { folded } from './sought';

const COLLATOR = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' });

/** Kept for a day: the routing tables are dated. */
export class PayerLabels {
  private readonly known = new Map<PayerRank, string | null>();

  constructor(
    private readonly routes: RoutingTables,
    readonly today: LocalDate,
  ) {}

  /** Every payer of the lists, 0 among them, with its name; null where none is known. */
  async all(lists: Pick<ListedTables, 'payers'>): Promise<ReadonlyMap<PayerRank, string | null>> {
    for (const payer of await lists.payers()) if (!this.known.has(payer.rank)) this.known.set(payer.rank, this.labelOf(payer));
    this.known.set(0, null);
    return this.known;
  }

  private labelOf({ label, route }: ListedPayer): string | null {
    if (route === null) return label;
    const { kind, regime, fund, centre, insurer } = route;
    const amo = { regime, fund, centre } as Parameters<RoutingTables['recipientOf']>[0]['amo'];
    const amc = { number: insurer } as NonNullable<Parameters<RoutingTables['recipientOf']>[0]['amc']>;
    return this.routes.recipientOf(insurer === '' ? { kind, amo } : { kind, amo, amc }, this.today)?.label ?? null;
  }
}

const shown = (label: string | null): string => label ?? UNKNOWN_PAYER;

/** The place of each payer in the order of their names; those of one name share it. */
export function placesOf(labels: ReadonlyMap<PayerRank, string | null>): ReadonlyMap<PayerRank, number> {
  const names = [...new Set([...labels.values()].map(shown))].sort(COLLATOR.compare);
  const places = new Map<string, number>();
  for (const [at, name] of names.entries()) {
    const before = names[at - 1];
    const same = before !== undefined && COLLATOR.compare(before, name) === 0;
    places.set(name, same ? (places.get(before) ?? 0) : at);
  }
  return new Map([...labels].map(([rank, label]) => [rank, places.get(shown(label)) ?? 0]));
}

/** Those whose name holds a word. @param word as {@link folded} makes it. */
export function payersWith(labels: ReadonlyMap<PayerRank, string | null>, word: string): ReadonlySet<PayerRank> {
  return new Set([...labels].flatMap(([rank, label]) => (folded(shown(label)).includes(word) ? [rank] : [])));
}

/** Billing numbers in the order of the names the practice gives them. */
export function inOrderOfNames(practitioners: readonly { readonly billingNumber: string; readonly name: string }[]): readonly string[] {
  return [...practitioners].sort((a, b) => COLLATOR.compare(a.name, b.name)).map(({ billingNumber }) => billingNumber);
}
