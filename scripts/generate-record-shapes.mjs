// Writes src/teletrans/formats/b2/shapes.ts from the tables as they stand in the sources; no build is needed. With --check: only says whether it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
require('../test/teletrans/store/programs/typescript.cjs');
const { shapesSource } = require('../src/teletrans/formats/shapes-source.ts');
const { B2_RECORDS } = require('../src/teletrans/formats/b2/records/index.ts');

const file = fileURLToPath(new URL('../src/teletrans/formats/b2/shapes.ts', import.meta.url));
const source = shapesSource(B2_RECORDS);
if (!process.argv.includes('--check')) writeFileSync(file, source);
else if (readFileSync(file, 'utf8') !== source) {
  process.stderr.write('b2/shapes.ts is not what the tables say: run node scripts/generate-record-shapes.mjs\n');
  process.exitCode = 1;
}
