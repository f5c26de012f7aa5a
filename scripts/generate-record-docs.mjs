// Writes docs/records/*.md from the record tables. Needs a build (npm run build).
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { recordDocuments } = createRequire(import.meta.url)(join(root, 'dist', 'teletrans', 'formats', 'reference.js'));
const folder = join(root, 'docs', 'records');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(recordDocuments())) writeFileSync(join(folder, name), text);
