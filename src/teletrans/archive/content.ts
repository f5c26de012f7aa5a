/** The content of an archive: one XML file, written piece by piece from one consistent snapshot of the store. */
import type { Practitioner } from '../domain/practice';
import type { FileFormatter } from '../formats/port';
import { fileBytes } from '../sending/file-bytes';
import type { ArchivedEntity, FrozenMessages, StoredArchive, StoredLot, StoreSession } from '../store/port';
import type { XmlElement } from './xml/element';
import { invoiceElement } from './xml/invoice-element';
import { fileElement, lotElement, returnElement } from './xml/sent-elements';
import { XmlWriter } from './xml/writer';

export interface ContentSources {
  readonly frozen: FrozenMessages;
  readonly formatter: FileFormatter;
  /** B2 000: 4-5. */
  readonly senderType: string;
  readonly practitioners: readonly Practitioner[];
}

/** Identifiers read at a time. */
const PAGE = 200;

/** The items of an archive, in order of creation. */
export async function* itemsOf(session: StoreSession, id: string, entity: ArchivedEntity): AsyncGenerator<string> {
  let after: string | null = null;
  for (;;) {
    const ids: readonly string[] = await session.archives.items(id, entity, { after, limit: PAGE });
    yield* ids;
    const last = ids.at(-1);
    if (last === undefined || ids.length < PAGE) return;
    after = last;
  }
}

/** The elements that stand for an archive's items, by entity; the reader finds them by these names. */
export const ITEM_NAMES = { invoice: 'facture', lot: 'lot', file: 'fichier', return: 'retour' } as const;
const SECTIONS = [
  ['invoice', 'factures'],
  ['lot', 'lots'],
  ['file', 'fichiers'],
  ['return', 'retours'],
] as const;

/** The XML text of an archive. @param session a snapshot that stays open as long as the text is read. */
export async function* archiveContent(session: StoreSession, archive: StoredArchive, sources: ContentSources): AsyncGenerator<Buffer> {
  const writer = new XmlWriter();
  writer.open('archive', rootAttributes(archive), true);
  writer.open('cabinet', {});
  for (const { name, billingNumber, rpps } of sources.practitioners)
    writer.put({
      name: 'praticien',
      attributes: { nom: name, numero: billingNumber, ...(rpps === undefined ? {} : { rpps }) },
      children: [],
      text: '',
    });
  writer.close();
  for (const [entity, section] of SECTIONS) {
    writer.open(section, {});
    for await (const id of itemsOf(session, archive.id, entity)) {
      writer.put(await itemElement(session, entity, id, sources));
      yield writer.take();
    }
    writer.close();
  }
  writer.end();
  yield writer.take();
}

function rootAttributes(archive: StoredArchive): Readonly<Record<string, string>> {
  return {
    id: archive.id,
    creee: archive.createdAt,
    ...(archive.previous === null ? {} : { precedente: archive.previous }),
    factures: String(archive.invoices),
    lots: String(archive.lots),
    fichiers: String(archive.files),
    retours: String(archive.returns),
  };
}

/** One item as it is in the store now. The archive is made of these, and compared with them before anything is removed. */
export function itemElement(session: StoreSession, entity: ArchivedEntity, id: string, sources: ContentSources): Promise<XmlElement> {
  switch (entity) {
    case 'invoice':
      return oneInvoice(session, id);
    case 'lot':
      return oneLot(session, id);
    case 'file':
      return oneFile(session, id, sources);
    case 'return':
      return oneReturn(session, id);
  }
}

function mustBe<T>(found: T | null, id: string): T {
  if (found === null) throw new Error(`${id} is in an archive's plan and not in the store`);
  return found;
}

async function oneInvoice(session: StoreSession, id: string): Promise<XmlElement> {
  const invoice = mustBe(await session.invoices.get(id), id);
  const lot = invoice.lotId === null ? null : await session.lots.get(invoice.lotId);
  const { ledger } = session.thirdParty;
  const entries = [
    ...(await ledger.list({ claim: { invoiceId: id, part: 'amo' } })),
    ...(await ledger.list({ claim: { invoiceId: id, part: 'amc' } })),
  ];
  return invoiceElement(invoice, await session.invoices.body(id), lot, await session.journal.of('invoice', id), entries);
}

async function oneLot(session: StoreSession, id: string): Promise<XmlElement> {
  const lot = mustBe(await session.lots.get(id), id);
  const numbers: string[] = [];
  for (const invoiceId of lot.invoiceIds) numbers.push((await session.invoices.get(invoiceId))?.number ?? '');
  return lotElement(lot, numbers, await session.lots.bytes(id), await session.journal.of('lot', id));
}

async function oneFile(session: StoreSession, id: string, sources: ContentSources): Promise<XmlElement> {
  const file = mustBe(await session.files.get(id), id);
  const lots: StoredLot[] = [];
  for (const lotId of file.lotIds) lots.push(mustBe(await session.lots.get(lotId), lotId));
  return fileElement({
    file,
    lots,
    attempts: await session.attempts.ofFile(id),
    b2: await fileBytes(session, file, sources),
    message: (await sources.frozen.exists(id)) ? await sources.frozen.read(id) : null,
    journal: await session.journal.of('file', id),
  });
}

async function oneReturn(session: StoreSession, id: string): Promise<XmlElement> {
  return returnElement(mustBe(await session.returns.get(id), id), await session.returns.mail(id), await session.journal.of('return', id));
}
