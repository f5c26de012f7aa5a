// Writes src/teletrans/formats/b2/shapes.ts from the tables. Run after `npm run build`: node scripts/generate-record-shapes.mjs
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { shapesSource } = require('../dist/teletrans/formats/shapes-source.js');
const { B2_LAYOUTS } = require('../dist/teletrans/formats/b2/records/index.js');
writeFileSync(fileURLToPath(new URL('../src/teletrans/formats/b2/shapes.ts', import.meta.url)), shapesSource(B2_LAYOUTS));
