import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordDocuments } from '../../../src/teletrans/formats/reference';

const FOLDER = join(__dirname, '..', '..', '..', 'docs', 'records');

describe('the reference documents of the records', () => {
  const documents = recordDocuments();
  it.each(Object.keys(documents))('%s says what the tables say (else run scripts/generate-record-docs.mjs)', (name) => {
    expect(readFileSync(join(FOLDER, name), 'utf8')).toBe(documents[name]);
  });
  it('are all there, and no other', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(documents).sort());
  });
});
