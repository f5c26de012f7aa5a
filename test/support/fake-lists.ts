/** The lists of a day that is in memory, for the window's tests. */
import type {
  FilesAsked,
  FilesPage,
  InvoicesAsked,
  InvoicesPage,
  ListDesk,
  ListedInvoice,
  LotsAsked,
  LotsPage,
} from '../../src/teletrans/application/lists/port';
import type { ShownState } from '../../src/teletrans/domain/paper-sheet';
import type { FileState, LotState } from '../../src/teletrans/domain/states';
import type { FakeTeletrans } from './fake-teletrans';
import { filesOf, invoicesOf, lotsOf } from './list-oracle';

export class FakeLists implements ListDesk {
  readonly asked: (InvoicesAsked | LotsAsked | FilesAsked)[] = [];
  /** Thrown once by the next call. */
  failure: Error | null = null;

  constructor(private readonly teletrans: FakeTeletrans) {}

  async invoices(asked: InvoicesAsked, words: readonly ShownState[]): Promise<InvoicesPage> {
    this.enter(asked);
    return invoicesOf(await this.teletrans.overview(), asked, words);
  }

  async lots(asked: LotsAsked, words: readonly LotState[]): Promise<LotsPage> {
    this.enter(asked);
    return lotsOf(await this.teletrans.overview(), asked, words);
  }

  async files(asked: FilesAsked, words: readonly FileState[]): Promise<FilesPage> {
    this.enter(asked);
    return filesOf(await this.teletrans.overview(), asked, words);
  }

  async invoice(id: string): Promise<ListedInvoice | null> {
    const { invoices, lots } = await this.teletrans.overview();
    const found = invoices.find((invoice) => invoice.id === id);
    return found === undefined ? null : { ...found, ack: lots.find((lot) => lot.id === found.lotId)?.ack ?? null };
  }

  private enter(asked: InvoicesAsked | LotsAsked | FilesAsked): void {
    this.asked.push(asked);
    const { failure } = this;
    this.failure = null;
    if (failure !== null) throw failure;
  }
}
