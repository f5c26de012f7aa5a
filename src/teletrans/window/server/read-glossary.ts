/** Reads `addin/tables/glossary.json`, which support may replace: what is misspelt is found at start, not on the screen. */
import { readFile } from 'node:fs/promises';
import Ajv from 'ajv';
import type { Glossary } from '../glossary';

const text = { type: 'string', minLength: 1, maxLength: 300 } as const;

const check = new Ajv().compile<Glossary>({
  type: 'object',
  additionalProperties: false,
  required: ['format', 'terms'],
  properties: {
    format: { const: 'teletrans.glossary/1' },
    terms: {
      type: 'array',
      maxItems: 200,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['word', 'also', 'meaning'],
        properties: { word: text, also: { type: 'array', items: text }, meaning: text },
      },
    },
  },
});

/** The table of `path`. Throws when it is not one: JSON errors, or the place that is wrong. */
export async function readGlossary(path: string): Promise<Glossary> {
  const glossary: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!check(glossary)) throw new Error(`glossary: ${check.errors?.[0]?.instancePath ?? ''} ${check.errors?.[0]?.message ?? ''}`);
  return glossary;
}
