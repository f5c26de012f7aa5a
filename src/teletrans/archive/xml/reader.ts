/** XML text to elements, one at a time: a file of any length passes through little memory. */
import { SaxesParser } from 'saxes';
import type { XmlElement } from './element';
import { ARCHIVE_NAMESPACE } from './writer';

interface Growing {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** The XML is not well-formed, or not an archive. */
export class NotAnArchive extends Error {
  override readonly name = 'NotAnArchive';
}

/** What is read: the outermost element without its content, then each element two levels below it. */
export interface ArchivePart {
  readonly kind: 'archive' | 'item';
  readonly element: XmlElement;
}

const finished = ({ name, attributes, children, text }: Growing): XmlElement => ({
  name,
  attributes,
  children,
  text: children.length === 0 ? text : '',
});

/** Depth of the elements that are given out whole: archive / factures / facture. */
const ITEM_DEPTH = 3;

/** Reads an archive. Errors: {@link NotAnArchive}, and those of `source`. */
export async function* readArchiveXml(source: AsyncIterable<Uint8Array>): AsyncGenerator<ArchivePart> {
  const parser = new SaxesParser({ xmlns: true });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const open: Growing[] = [];
  let ready: ArchivePart[] = [];
  parser.on('error', (error) => {
    throw new NotAnArchive(error.message);
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (uri !== ARCHIVE_NAMESPACE) throw new NotAnArchive(`an element of another namespace: ${local}`);
    const own = Object.entries(attributes).filter(([name]) => !name.startsWith('xmlns'));
    const growing: Growing = {
      name: local,
      attributes: Object.fromEntries(own.map(([name, { value }]) => [name, value])),
      children: [],
      text: '',
    };
    open.push(growing);
    if (open.length === 1) ready.push({ kind: 'archive', element: finished(growing) });
  });
  parser.on('text', (text) => {
    const growing = open.at(-1);
    if (growing !== undefined && open.length >= ITEM_DEPTH) growing.text += text;
  });
  parser.on('closetag', () => {
    const depth = open.length;
    const growing = open.pop();
    if (growing === undefined) return;
    if (depth === ITEM_DEPTH) ready.push({ kind: 'item', element: finished(growing) });
    else if (depth > ITEM_DEPTH) open.at(-1)?.children.push(finished(growing));
  });
  try {
    for await (const chunk of source) {
      parser.write(decoder.decode(chunk, { stream: true }));
      yield* ready;
      ready = [];
    }
    decoder.decode();
    parser.close();
  } catch (error) {
    throw error instanceof TypeError ? new NotAnArchive('the text is no UTF-8') : error;
  }
  yield* ready;
}
