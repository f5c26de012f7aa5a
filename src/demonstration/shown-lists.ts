/** The lists of the window read whole, as a person does who scrolls to their end. */
import type {
  FilesAsked,
  InvoicesAsked,
  ListAsked,
  ListedFile,
  ListedInvoice,
  ListedLot,
  ListPage,
  LotsAsked,
} from '../teletrans/application/lists/port';

export interface ShownLists {
  readonly invoices: readonly ListedInvoice[];
  readonly lots: readonly ListedLot[];
  readonly files: readonly ListedFile[];
}

type Post = <T>(path: string, body: object) => Promise<T>;

const AT_ONCE = 500;
const EVERYTHING = { states: null, practitioner: null, text: '' } as const;

async function whole<R>(post: Post, path: string, asked: Pick<ListAsked<object, string>, 'choices' | 'order'>): Promise<readonly R[]> {
  const rows: R[] = [];
  let view: string | null = null;
  for (;;) {
    const page: ListPage<R, string, unknown> = await post(path, { ...asked, from: rows.length, count: AT_ONCE, view });
    rows.push(...page.rows);
    view = page.view;
    if (page.rows.length < AT_ONCE) return rows;
  }
}

export async function readShownLists(post: Post): Promise<ShownLists> {
  const invoices: Pick<InvoicesAsked, 'choices' | 'order'> = {
    choices: { ...EVERYTHING, clock: null },
    order: { key: 'number', direction: 'asc' },
  };
  const lots: Pick<LotsAsked, 'choices' | 'order'> = { choices: EVERYTHING, order: { key: 'date', direction: 'asc' } };
  const files: Pick<FilesAsked, 'choices' | 'order'> = { choices: EVERYTHING, order: { key: 'created', direction: 'asc' } };
  return {
    invoices: await whole(post, '/api/lists/invoices', invoices),
    lots: await whole(post, '/api/lists/lots', lots),
    files: await whole(post, '/api/lists/files', files),
  };
}
