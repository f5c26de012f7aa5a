/**
 * `@evologi/fixed-width` on one of our tables: the same fields, numbers padded with zeros on the left. Read in two ways: as the package does when nothing is
 * said (texts trimmed), and as fast as it can (texts left as they stand).
 */
import type { Layout } from '../../../src/teletrans/formats/fixed-width/layout';
import type { Peer, PeerValues } from './peer';

interface EvologiOptions {
  readonly eol: string;
  readonly trim?: boolean;
  readonly allowLongerLines: boolean;
  readonly fields: readonly object[];
}

interface Evologi {
  readonly parse: (text: string, options: EvologiOptions) => readonly PeerValues[];
  readonly stringify: (records: readonly PeerValues[], options: EvologiOptions) => string;
}

/** The package describes itself as a module of the newer kind alone, but has both. */
async function load(): Promise<Evologi> {
  const loaded: unknown = await import('@evologi/fixed-width');
  return loaded as Evologi;
}

/** @param trim texts without their padding, as the package gives them when nothing is said. */
export async function evologi(layout: Layout, trim: boolean): Promise<Peer> {
  const { parse, stringify } = await load();
  const options = {
    eol: '\n',
    trim,
    allowLongerLines: false,
    fields: layout.fields.map((row) => ({
      property: row.name,
      width: row.length,
      align: row.kind === 'N' ? 'right' : 'left',
      stringify: (value: unknown) => {
        const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : (row.constant ?? '');
        return row.kind === 'N' ? text.padStart(row.length, '0') : text;
      },
    })),
  };
  return {
    name: `@evologi/fixed-width 1.1.0, ${trim ? 'texts trimmed (its default)' : 'texts untouched'}`,
    write: (records) => stringify(records, options),
    read: (text) => parse(text, options),
  };
}
