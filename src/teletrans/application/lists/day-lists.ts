/** The lists of invoices, lots and files; see {@link ListDesk}. Nothing is kept of them but the order of the few that are looked at. */
import { localDate, type Clock } from '../../domain/clock';
import { UNSENT } from '../../domain/invoice-groups';
import { shownState, type ShownState } from '../../domain/paper-sheet';
import type { Practitioner } from '../../domain/practice';
import type { RoutingTables } from '../../domain/routing';
import { deriveState, type FileState, type LotState } from '../../domain/states';
import type { AmountSums, FileGroup, FileSortKey, FileSums, InvoiceGroup, LotGroup, LotSortKey } from '../../store/listing/port';
import type { Store, StoreSession } from '../../store/port';
import { OneList, type ListFrame } from './one-list';
import { inOrderOfNames, PayerLabels } from './payer-labels';
import type {
  FileColumn,
  FilesAsked,
  FilesPage,
  InvoiceChoices,
  InvoiceColumn,
  InvoicesAsked,
  InvoicesPage,
  ListChoices,
  ListDesk,
  ListedFile,
  ListedInvoice,
  ListedLot,
  LotColumn,
  LotsAsked,
  LotsPage,
} from './port';
import { listedFile, listedInvoice, listedLot, type RowParts } from './rows';

export interface DayListParts extends RowParts {
  readonly store: Store;
  readonly routes: RoutingTables;
  readonly practitioners: readonly Practitioner[];
  readonly clock: Clock;
}

const shownOf = ({ amoState, amcState, sheetSent }: InvoiceGroup): ShownState =>
  shownState(deriveState(amoState, amcState), sheetSent ? 'sent' : null);

const unsent = ({ amoState, amcState }: InvoiceGroup): boolean => UNSENT.has(deriveState(amoState, amcState));

const INVOICE_KEYS = {
  number: 'number',
  kind: 'kind',
  practitioner: 'practitioner',
  payer: 'payer',
  state: 'group',
  deadline: 'deadline',
  lot: 'lot',
  fees: 'fees',
  amo: 'amo',
  amc: 'amc',
} as const satisfies Record<InvoiceColumn, string>;
const LOT_KEYS = {
  number: 'number',
  date: 'date',
  kind: 'kind',
  practitioner: 'practitioner',
  payer: 'payer',
  count: 'count',
  amo: 'amo',
  amc: 'amc',
  state: 'group',
  file: 'file',
} as const satisfies Record<LotColumn, string>;
const FILE_KEYS = {
  number: 'number',
  kind: 'kind',
  practitioner: 'practitioner',
  payer: 'payer',
  lots: 'lots',
  count: 'count',
  state: 'group',
  created: 'created',
  attempts: 'attempts',
} as const satisfies Record<FileColumn, string>;

export class DayLists implements ListDesk {
  private readonly ofInvoices;
  private readonly ofLots: OneList<LotGroup, LotSortKey, LotColumn, LotState, ListChoices<LotState>, ListedLot, AmountSums>;
  private readonly ofFiles: OneList<FileGroup, FileSortKey, FileColumn, FileState, ListChoices<FileState>, ListedFile, FileSums>;
  private labels: PayerLabels | null = null;

  constructor(private readonly parts: DayListParts) {
    this.ofInvoices = new OneList(parts.store, {
      table: (session) => session.lists.invoices,
      stateOf: shownOf,
      stopped: (group) => !unsent(group),
      sortKeys: INVOICE_KEYS,
      possible: (group, { clock }: InvoiceChoices) => clock === null || unsent(group),
      narrow: ({ clock }: InvoiceChoices, today) =>
        clock === null ? {} : clock === 'late' ? { deadlineBefore: today } : { deadlineOn: today },
      row: (session, id, frame) => listedInvoice(session, id, frame, parts),
    });
    this.ofLots = new OneList(parts.store, {
      table: (session) => session.lists.lots,
      stateOf: ({ state }): LotState => state,
      sortKeys: LOT_KEYS,
      row: (session, id) => listedLot(session, id, parts),
    });
    this.ofFiles = new OneList(parts.store, {
      table: (session) => session.lists.files,
      stateOf: ({ state }): FileState => state,
      sortKeys: FILE_KEYS,
      row: (session, id) => listedFile(session, id, parts),
    });
  }

  invoices(asked: InvoicesAsked, words: readonly ShownState[]): Promise<InvoicesPage> {
    return this.ofInvoices.page(asked, words, (session) => this.frame(session));
  }

  lots(asked: LotsAsked, words: readonly LotState[]): Promise<LotsPage> {
    return this.ofLots.page(asked, words, (session) => this.frame(session));
  }

  files(asked: FilesAsked, words: readonly FileState[]): Promise<FilesPage> {
    return this.ofFiles.page(asked, words, (session) => this.frame(session));
  }

  invoice(id: string): Promise<ListedInvoice | null> {
    return this.parts.store.read(async (session) => {
      const found = await listedInvoice(session, id, this.frame(session), this.parts);
      return found?.state === 'ARCHIVED' ? null : found;
    });
  }

  private frame(session: StoreSession): ListFrame {
    const { practitioners, routes, clock } = this.parts;
    const today = localDate(clock.now());
    if (this.labels?.today !== today) this.labels = new PayerLabels(routes, today);
    const labels = this.labels;
    let read: ReturnType<PayerLabels['all']> | null = null;
    return { today, practitioners: inOrderOfNames(practitioners), labels: () => (read ??= labels.all(session.lists)) };
  }
}
