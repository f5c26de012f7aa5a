/** `fixed-width-parser` on one of our tables: the same fields, all as text, numbers padded with zeros on the left. Logs nothing, refuses to cut. */
import { FixedWidthParser } from 'fixed-width-parser';
import type { Layout } from '../../../src/teletrans/formats/fixed-width/layout';
import type { Peer, PeerValues } from './peer';

export function fixedWidthParser(layout: Layout): Peer {
  const parser = new FixedWidthParser<PeerValues>(
    layout.fields.map((row) => ({
      type: 'string',
      name: row.name,
      start: row.start - 1,
      width: row.length,
      padPosition: row.kind === 'N' ? 'start' : 'end',
      padChar: row.kind === 'N' ? '0' : ' ',
      default: row.constant ?? '',
    })),
    { truncate: false, expectedFullWidth: layout.length },
  );
  return {
    name: 'fixed-width-parser 3.0.0',
    write: (records) => parser.unparse(records),
    read: (text) => parser.parse(text),
  };
}
