// Writes docs/records/*.md from the tables as they stand in the sources; no build is needed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
require('../test/teletrans/store/programs/typescript.cjs');
const { recordDocuments } = require('../src/teletrans/formats/reference.ts');

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs', 'records');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(recordDocuments())) writeFileSync(join(folder, name), text);
