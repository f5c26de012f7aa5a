/** Reads `addin/tables/state-words.json`, which support may replace: a word that is missing or misspelt is found at start, not on the screen. */
import { readFile } from 'node:fs/promises';
import Ajv from 'ajv';
import { rowPlace, SHAPES, STATE_CHAPTERS, type StateWord, type StateWords } from '../state-words';

type Rows = Readonly<Record<string, Omit<StateWord, 'help'>>>;
/** As it is written. */
interface Table extends Readonly<Record<keyof typeof STATE_CHAPTERS, Rows>> {
  readonly format: StateWords['format'];
}

const text = { type: 'string', minLength: 1, maxLength: 200 } as const;
const word = {
  type: 'object',
  additionalProperties: false,
  required: ['word', 'shape', 'tone', 'meaning', 'todo', 'person'],
  properties: {
    word: text,
    shape: { enum: SHAPES },
    tone: { enum: ['neutral', 'info', 'good', 'attention', 'alert'] },
    meaning: text,
    todo: text,
    person: { type: 'boolean' },
  },
} as const;
const table = { type: 'object', additionalProperties: word } as const;

const check = new Ajv().compile<Table>({
  type: 'object',
  additionalProperties: false,
  required: ['format', 'invoice', 'lot', 'file'],
  properties: { format: { const: 'teletrans.state-words/1' }, invoice: table, lot: table, file: table },
});

/** The table of `path`. Throws when it is not one: JSON errors, or the place that is wrong. */
export async function readStateWords(path: string): Promise<StateWords> {
  const words: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!check(words)) throw new Error(`state words: ${check.errors?.[0]?.instancePath ?? ''} ${check.errors?.[0]?.message ?? ''}`);
  const helped = (kind: keyof typeof STATE_CHAPTERS): object =>
    Object.fromEntries(
      Object.entries(words[kind]).map(([state, own]) => [state, { ...own, help: rowPlace(STATE_CHAPTERS[kind], own.word) }]),
    );
  return { format: words.format, invoice: helped('invoice'), lot: helped('lot'), file: helped('file') } as StateWords;
}
