import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Invoice } from '../../src/teletrans/domain/invoice';

/** The invoices of a sample day, `test/data/<name>`. */
export function sampleInvoices(name = 'journee.ndjson'): readonly Invoice[] {
  const text = readFileSync(join(__dirname, '..', 'data', name), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Invoice);
}
