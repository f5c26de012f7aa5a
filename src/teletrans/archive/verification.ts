/** Reading an archive back: against the originals before they are removed, and against itself at any time after. */
import { VitaleError } from '../domain/errors';
import type { ArchivedEntity, ArchiveFiles, HeldReason, Store, StoredArchive } from '../store/port';
import { ITEM_NAMES, itemElement, itemsOf, type ContentSources } from './content';
import type { XmlElement } from './xml/element';
import { sha256 } from './xml/invoice-element';
import { readableElement } from './xml/readable';
import { NotAnArchive, readArchiveXml } from './xml/reader';

const ENTITIES: readonly ArchivedEntity[] = ['invoice', 'lot', 'file', 'return'];

/**
 * Compares an archive on the disk, whole, with what is in the store.
 * Errors: ARC-023 at the first difference, ARC-020 when it does not read.
 */
export async function compareWithOriginals(
  store: Store,
  files: ArchiveFiles,
  archive: StoredArchive,
  sources: ContentSources,
  onItem: () => void,
): Promise<void> {
  const differs = new VitaleError('ARC-023', { id: archive.id });
  await store.read(async (session) => {
    const items = readItems(files, archive.id);
    for (const entity of ENTITIES)
      for await (const id of itemsOf(session, archive.id, entity)) {
        const { value: found } = await items.next();
        const wanted = readableElement(await itemElement(session, entity, id, sources));
        if (found === undefined || JSON.stringify(found) !== JSON.stringify(wanted)) throw differs;
        onItem();
      }
    if ((await items.next()).done !== true) throw differs;
  });
}

/** Invoices, lots, files and returns of an archive, in the order of the file. Errors: ARC-020. */
export async function* readItems(files: ArchiveFiles, id: string): AsyncGenerator<XmlElement, undefined> {
  const names: readonly string[] = Object.values(ITEM_NAMES);
  try {
    for await (const { kind, element } of readArchiveXml(files.read(id)))
      if (kind === 'item' && names.includes(element.name)) yield element;
  } catch (error) {
    throw error instanceof NotAnArchive ? new VitaleError('ARC-020', { id }) : error;
  }
  return undefined;
}

/** Elements that carry bytes, or a text, with their SHA-256. */
const PROVED: Readonly<Record<string, 'utf8' | 'base64'>> = {
  document: 'utf8',
  octets: 'base64',
  b2: 'base64',
  message: 'base64',
  courrier: 'base64',
};

function isProved(element: XmlElement): boolean {
  return element.children.every(({ name, attributes, text }) => {
    const encoding = PROVED[name];
    return encoding === undefined || sha256(Buffer.from(text, encoding)) === attributes['sha256'];
  });
}

/** Everything wrong with the archives, nothing when all are whole: a reason each, with the archive's `id`. */
export async function faultsOf(
  files: ArchiveFiles,
  archives: readonly StoredArchive[],
  onArchive: (done: number) => void,
): Promise<readonly HeldReason[]> {
  const faults: HeldReason[] = [];
  let previous: string | null = null;
  for (const [rank, archive] of archives.entries()) {
    const { id } = archive;
    if (!(await isWhole(files, archive))) faults.push({ code: 'ARC-020', details: { id } });
    else if (archive.previous !== previous || (await files.header(id)).previous !== previous)
      faults.push({ code: 'ARC-024', details: { id } });
    previous = archive.sha256;
    onArchive(rank + 1);
  }
  const known = new Set(archives.map(({ id }) => id));
  for (const id of await files.list()) if (!known.has(id)) faults.push({ code: 'ARC-027', details: { id } });
  return faults;
}

async function isWhole(files: ArchiveFiles, { id, sha256: expected, ...counts }: StoredArchive): Promise<boolean> {
  if ((await files.fingerprint(id)) !== expected) return false;
  const left: Record<string, number> = { facture: counts.invoices, lot: counts.lots, fichier: counts.files, retour: counts.returns };
  try {
    for await (const item of readItems(files, id)) {
      if (!isProved(item)) return false;
      left[item.name] = (left[item.name] ?? 0) - 1;
    }
  } catch (error) {
    if (error instanceof VitaleError && error.code === 'ARC-020') return false;
    throw error;
  }
  return Object.values(left).every((count) => count === 0);
}
