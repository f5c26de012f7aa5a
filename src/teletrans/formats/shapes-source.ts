/**
 * The program text of `b2/shapes.ts`: for each B2 record a function that makes an object of its texts. An object written out name by name is made many times
 * faster than one filled by name, and reading is mostly that. `scripts/generate-record-shapes.mjs` writes the file; a test finds it stale.
 */
import type { Layout } from './fixed-width/layout';

const HEAD = `/** Made from the tables by scripts/generate-record-shapes.mjs; change the tables, not this file. */
import type { Shape } from '../fixed-width/repeating-fields';
`;

function shapeOf(name: string, layout: Layout): string {
  const fields = layout.fields.map((row, index) => `    ${row.name}: texts[${index}] ?? '',`).join('\n');
  return `  ${/^[A-Za-z]\w*$/.test(name) ? name : `'${name}'`}: (texts) => ({\n${fields}\n  }),`;
}

/** @param layouts the records, by name. */
export function shapesSource(layouts: Readonly<Record<string, Layout>>): string {
  const shapes = Object.entries(layouts).map(([name, layout]) => shapeOf(name, layout));
  return `${HEAD}\n/** One object for the texts of a record, in the order of its table. */\nexport const B2_SHAPES: Readonly<Record<string, Shape>> = {\n${shapes.join('\n')}\n};\n`;
}
