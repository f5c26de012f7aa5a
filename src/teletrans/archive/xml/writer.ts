/** Elements to XML text by xmlbuilder2, one after the other: nothing of what was written before is kept. */
import { createCB } from 'xmlbuilder2';
import type { XMLBuilderCB } from 'xmlbuilder2/lib/interfaces';
import type { XmlElement } from './element';
import { readable } from './readable';

/** Namespace of the archives; `addin/tables/archive-1.xsd` describes it. */
export const ARCHIVE_NAMESPACE = 'urn:logosw:teletransmission:archive:1';

/** `&` is escaped here: the library leaves what looks like an entity as it is. */
const clean = (text: string): string => readable(text).replace(/&/g, '&amp;');

export class XmlWriter {
  private readonly builder: XMLBuilderCB;
  private waiting: string[] = [];
  private failure: Error | null = null;

  constructor() {
    this.builder = createCB({
      prettyPrint: true,
      data: (text: string) => this.waiting.push(text),
      error: (error: Error) => (this.failure ??= error),
    });
    this.builder.dec({ encoding: 'UTF-8' });
  }

  /** Opens an element that {@link close} ends; the outermost one gets the namespace. */
  open(name: string, attributes: Readonly<Record<string, string>>, outermost = false): void {
    if (outermost) this.builder.ele(ARCHIVE_NAMESPACE, name, cleaned(attributes));
    else this.builder.ele(name, cleaned(attributes));
  }

  close(): void {
    this.builder.up();
  }

  /** A whole element. */
  put({ name, attributes, children, text }: XmlElement): void {
    this.open(name, attributes);
    if (text !== '') this.builder.txt(clean(text));
    for (const child of children) this.put(child);
    this.close();
  }

  end(): void {
    this.builder.end();
  }

  /** The text written since the last call. Errors: those of the library. */
  take(): Buffer {
    if (this.failure !== null) throw this.failure;
    const text = this.waiting.join('');
    this.waiting = [];
    return Buffer.from(text, 'utf8');
  }
}

function cleaned(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, clean(value)]));
}
