/** The sentences of the shipped error catalogue, filled in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DecisionTexts } from '../../src/teletrans/application/decision-questions';
import type { Explained } from '../../src/teletrans/application/port';
import type { HeldReason } from '../../src/teletrans/store/port';

interface CatalogueEntry {
  readonly code: string;
  readonly message: string;
  readonly action: string;
}
const CATALOGUE = JSON.parse(readFileSync(join(__dirname, '../../addin/tables/errors.json'), 'utf8')) as CatalogueEntry[];

/** Sentence and action of a code; throws when the catalogue has none. */
export function sentence({ code, details }: HeldReason): Explained {
  const entry = CATALOGUE.find((candidate) => candidate.code === code);
  if (entry === undefined) throw new Error(`no text for ${code}`);
  const fill = (text: string): string => text.replace(/\{([^}]+)\}/g, (_whole, name: string) => String(details[name] ?? '…'));
  return { code, message: fill(entry.message), action: fill(entry.action) };
}

/** The questions of the shipped table. */
export const DECISION_TEXTS = JSON.parse(readFileSync(join(__dirname, '../../addin/tables/decisions.json'), 'utf8')) as DecisionTexts;
