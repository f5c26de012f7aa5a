/** `vitale tiers-payant --liste`: the list of what payers owe, written to a file as the window exports it. */
import { open, rename, rm } from 'node:fs/promises';
import type { ClaimChoices, ClaimColumn, ClaimsExportAsked, Settlement } from '../../../teletrans/application/third-party-port';
import { VitaleError } from '../../../teletrans/domain/errors';
import { readStateWords } from '../../../teletrans/window/server/read-state-words';
import type { OpenPractice } from '../../container';
import { stateWordsFile } from '../../installation';
import { TOKENS } from '../../tokens';
import { textOption, type CommandCall } from '../command';

/** Of the command, beyond its file. */
export const LIST_OPTIONS = {
  montrer: 'string',
  part: 'string',
  organisme: 'string',
  praticien: 'string',
  age: 'string',
  numero: 'string',
  tri: 'string',
} as const;

export const LIST_USAGE =
  '[--liste FICHIER.csv|FICHIER.xml [--montrer non-soldees|soldees|en-retard|a-relancer|toutes] [--part amo|amc] [--organisme NOM] [--praticien NUMÉRO] [--age TRANCHE] [--numero CHIFFRES] [--tri COLONNE[:desc]]]';

const SETTLEMENTS: Readonly<Record<string, Settlement>> = {
  'non-soldees': 'open',
  soldees: 'settled',
  'en-retard': 'late',
  'a-relancer': 'remind',
  toutes: 'all',
};

const COLUMNS: Readonly<Record<string, ClaimColumn>> = {
  numero: 'number',
  part: 'part',
  organisme: 'payer',
  date: 'date',
  age: 'age',
  attendu: 'expected',
  paye: 'paid',
  reste: 'due',
  etat: 'state',
};

const wrong = (option: string, values: readonly string[]): VitaleError =>
  new VitaleError('CFG-005', { detail: `--${option} ${values.join('|')}` });

/** One of a table's values; null when the option is not given. Errors: CFG-005 with those there are. */
function oneOf<T>(call: CommandCall, option: string, table: Readonly<Record<string, T>>): T | null {
  const text = textOption(call, option);
  if (text === null) return null;
  const value = Object.hasOwn(table, text) ? table[text] : undefined;
  if (value === undefined) throw wrong(option, Object.keys(table));
  return value;
}

function matching(call: CommandCall, option: string, pattern: RegExp, shape: string): string | null {
  const text = textOption(call, option);
  if (text !== null && !pattern.test(text)) throw wrong(option, [shape]);
  return text;
}

function orderOf(call: CommandCall): ClaimsExportAsked['order'] {
  const [column = '', way = 'asc', ...more] = (textOption(call, 'tri') ?? 'age:desc').split(':');
  const key = Object.hasOwn(COLUMNS, column) ? COLUMNS[column] : undefined;
  if (key === undefined || (way !== 'asc' && way !== 'desc') || more.length > 0)
    throw wrong('tri', [...Object.keys(COLUMNS), 'COLONNE:desc']);
  return { key, direction: way };
}

/** A name or class that is written otherwise would choose nothing, and an empty file would say that nothing is owed. */
function among(call: CommandCall, option: string, known: readonly string[]): string | null {
  const text = textOption(call, option);
  if (text !== null && !known.includes(text)) throw wrong(option, known);
  return text;
}

/** Writes the list. @returns the number of its lines. Errors: CFG-005, CFG-006 when the file cannot be written. */
export async function writeList(call: CommandCall, { teletrans, container }: OpenPractice, file: string): Promise<number> {
  const format = /\.(csv|xml)$/i.exec(file)?.[1]?.toLowerCase();
  if (format !== 'csv' && format !== 'xml') throw wrong('liste', ['FICHIER.csv', 'FICHIER.xml']);
  const { payers, ages } = await teletrans.thirdParty.overview();
  const choices: ClaimChoices = {
    settlement: oneOf(call, 'montrer', SETTLEMENTS) ?? 'open',
    part: oneOf(call, 'part', { amo: 'amo', amc: 'amc' } as const),
    payer: among(call, 'organisme', payers),
    practitioner: matching(call, 'praticien', /^\d{9}$/, '9 chiffres'),
    age: among(call, 'age', ages),
    search: matching(call, 'numero', /^\d{1,9}$/, '1 à 9 chiffres') ?? '',
  };
  const asked: ClaimsExportAsked = { choices, order: orderOf(call), chosen: null, format };
  const words = await readStateWords(stateWordsFile(container.resolve(TOKENS.installation)));
  return whole(file, (write) => teletrans.thirdParty.exportClaims(asked, (state) => words.invoice[state].word, write));
}

/** Fills a file beside the one asked for, which takes its name once it is whole: a list cut short never looks like one. */
async function whole<T>(file: string, fill: (write: (piece: string) => Promise<void>) => Promise<T>): Promise<T> {
  const draft = `${file}.en-cours`;
  const handle = await orUnwritable(() => open(draft, 'w', 0o600));
  try {
    const done = await fill((piece) => orUnwritable(() => handle.appendFile(piece, 'utf8')));
    await orUnwritable(() => handle.sync());
    await handle.close();
    await orUnwritable(() => rename(draft, file));
    return done;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
}

async function orUnwritable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new VitaleError('CFG-006', {}, { cause });
  }
}
