import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { B2_LAYOUTS } from '../../../src/teletrans/formats/b2/records';
import { recordDocuments } from '../../../src/teletrans/formats/reference';
import { shapesSource } from '../../../src/teletrans/formats/shapes-source';

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

describe('the shapes of the records', () => {
  it('are those of the tables (else run scripts/generate-record-shapes.mjs)', () => {
    const file = join(__dirname, '..', '..', '..', 'src', 'teletrans', 'formats', 'b2', 'shapes.ts');
    expect(readFileSync(file, 'utf8')).toBe(shapesSource(B2_LAYOUTS));
  });
});
