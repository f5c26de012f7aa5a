/** The page's half of the protocol of lists. */
import type {
  FilesAsked,
  FilesPage,
  InvoicesAsked,
  InvoicesPage,
  ListedInvoice,
  LotsAsked,
  LotsPage,
} from '../../../application/lists/port';
import { call, postJson } from '../api';

export const readInvoices = async (asked: InvoicesAsked): Promise<InvoicesPage> =>
  (await postJson('/api/lists/invoices', asked)) as InvoicesPage;
export const readLots = async (asked: LotsAsked): Promise<LotsPage> => (await postJson('/api/lists/lots', asked)) as LotsPage;
export const readFiles = async (asked: FilesAsked): Promise<FilesPage> => (await postJson('/api/lists/files', asked)) as FilesPage;
export const readInvoice = async (id: string): Promise<ListedInvoice> =>
  (await call(`/api/lists/invoices/${encodeURIComponent(id)}`)) as ListedInvoice;
