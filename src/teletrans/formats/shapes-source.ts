/**
 * The program text of `b2/shapes.ts`: how each B2 record is cut into its fields and put together from them, written out field by field, which runs many times
 * faster than a loop over the table. `scripts/generate-record-shapes.mjs` writes the file; a test finds it stale.
 */
import type { FieldRow, Layout } from './fixed-width/layout';
import { isRequired, writableRows } from './fixed-width/shape';

const HEAD = `/** Made from the tables by scripts/generate-record-shapes.mjs; change the tables, not this file. */
import * as memory from '../fixed-width/record-memory';
import { ALL_PUT, type Shape } from '../fixed-width/shape';
import * as shortTexts from '../fixed-width/short-texts';

/** By names of this file: through its module each would be sought again at every field. */
const { digits, PUT, text } = memory;
const { one, two, three, four } = shortTexts;

/** How each record is read and written, by its name: \`b\` bytes and \`t\` their text, where the record starts at \`s\`; \`v\` the values of one, \`last\` those written last. */
export const B2_SHAPES: Readonly<Record<string, Shape>> = {`;

function from(offset: number): string {
  return offset === 0 ? 's' : `s + ${offset}`;
}

/** What gives a text of so many characters, without the place where it starts; longer ones are cut out of the text of the file. */
const SHORT: Readonly<Record<number, string>> = { 1: 'one(b', 2: 'two(b', 3: 'three(b, t', 4: 'four(b, t' };

function cutOf({ name, start, length }: FieldRow): string {
  const short = SHORT[length];
  const text = short === undefined ? `t.substring(${from(start - 1)}, ${from(start - 1 + length)})` : `${short}, ${from(start - 1)})`;
  return `      ${name}: ${text},`;
}

function putOf(row: FieldRow, index: number): string {
  const { name, start, length } = row;
  const call = `${row.kind === 'N' ? 'digits' : 'text'}(record, v['${name}'], ${start - 1}, ${length}, ${isRequired(row)})`;
  return [
    `      if (v['${name}'] !== last[${index}]) {`,
    `        if (${call} !== PUT) return ${index};`,
    `        last[${index}] = v['${name}'];`,
    '      }',
  ].join('\n');
}

function shapeOf(name: string, layout: Layout): string {
  return [
    `  ${/^[A-Za-z]\w*$/.test(name) ? name : `'${name}'`}: {`,
    '    cut: (b, t, s) => ({',
    ...layout.fields.map(cutOf),
    '    }),',
    '    put(v, { record, last }) {',
    ...writableRows(layout).map(putOf),
    '      return ALL_PUT;',
    '    },',
    '  },',
  ].join('\n');
}

/** @param layouts the records, by name. */
export function shapesSource(layouts: Readonly<Record<string, Layout>>): string {
  return `${[HEAD, ...Object.entries(layouts).map(([name, layout]) => shapeOf(name, layout)), '};'].join('\n')}\n`;
}
