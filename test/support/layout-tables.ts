import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One row of a published position table, as written there. */
export interface PublishedRow {
  readonly record: string;
  readonly start: number;
  readonly end: number;
  readonly length: number;
  readonly type: string;
  readonly presence: string;
  readonly field: string;
  readonly constant: string;
}

/** Reads `test/data/spec/<name>_layouts.tsv` and checks that its columns are the expected ones. */
export function publishedLayouts(name: 'b2' | 'noemie'): readonly PublishedRow[] {
  const text = readFileSync(join(__dirname, '..', 'data', 'spec', `${name}_layouts.tsv`), 'utf8');
  const [header = '', ...lines] = text.split('\n').filter((line) => line !== '');
  if (header !== 'record\tstart\tend\tlength\ttype\tpresence\tfield\tconstant\tnote')
    throw new Error(`unexpected columns in ${name}_layouts.tsv`);
  return lines.map((line) => {
    const [record = '', start = '', end = '', length = '', type = '', presence = '', field = '', constant = ''] = line.split('\t');
    return { record, start: Number(start), end: Number(end), length: Number(length), type, presence, field, constant };
  });
}
