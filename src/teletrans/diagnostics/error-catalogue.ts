/** The French sentences of the errors (`addin/tables/errors.json`, spec/error-catalogue.md). */
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import type { ErrorClass, ErrorDetails } from '../domain/errors';

/** One row of the catalogue. `{n}`-style places of `message` and `action` are filled by the details of the error. */
export interface CatalogueEntry {
  readonly code: string;
  readonly message: string;
  readonly action: string;
  /** `cabinet`, `éditeur`, `caisse`, `carte`; empty when nobody has to act. */
  readonly who: string;
  readonly severity: 'info' | 'attention' | 'bloquant';
  readonly class: ErrorClass;
}

/** An error ready to be shown. `code` is the one asked for, known or not. */
export interface ExplainedError {
  readonly code: string;
  readonly message: string;
  readonly action: string;
}

const text = { type: 'string' } as const;
const SCHEMA = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: ['code', 'message', 'action', 'who', 'severity', 'class'],
    properties: {
      code: { ...text, pattern: '^[A-Z]{3}-[0-9]{3}$' },
      message: { ...text, minLength: 1 },
      action: text,
      who: { enum: ['cabinet', 'éditeur', 'caisse', 'carte', ''] },
      severity: { enum: ['info', 'attention', 'bloquant'] },
      class: { enum: ['transient', 'ambiguous', 'permanent', 'bug'] },
    },
  },
} as const;

/** What a code that stands in no catalogue becomes; used only when the catalogue lacks even its own last resorts. */
const LAST_RESORT: Readonly<Record<string, CatalogueEntry>> = {
  'RET-999': {
    code: 'RET-999',
    message: 'Code {c} inconnu : {libelle}.',
    action: 'Copiez ce message et envoyez-le au support.',
    who: 'éditeur',
    severity: 'bloquant',
    class: 'permanent',
  },
  'HOT-999': {
    code: 'HOT-999',
    message: 'Erreur inattendue ; l’envoi n’a pas été modifié. Référence {id}.',
    action: 'Envoyez le diagnostic au support.',
    who: 'éditeur',
    severity: 'bloquant',
    class: 'bug',
  },
};

/** Shown where a place of a sentence has no value. */
const MISSING = '?';

function fill(template: string, details: ErrorDetails): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => (Object.hasOwn(details, name) ? String(details[name]) : MISSING));
}

export class ErrorCatalogue {
  private constructor(private readonly entries: ReadonlyMap<string, CatalogueEntry>) {}

  /** @param table the parsed JSON of the catalogue. Throws when it is not one, or holds a code twice: an installation that is broken. */
  static parse(table: unknown): ErrorCatalogue {
    const ajv = new Ajv({ strict: true });
    const isTable = ajv.compile<CatalogueEntry[]>(SCHEMA);
    if (!isTable(table)) throw new Error(`the error catalogue is malformed: ${ajv.errorsText(isTable.errors)}`);
    const entries = new Map(table.map((entry) => [entry.code, entry]));
    if (entries.size !== table.length) throw new Error('the error catalogue holds a code twice');
    return new ErrorCatalogue(entries);
  }

  /** @param file absolute path of `errors.json`. */
  static load(file: string): ErrorCatalogue {
    return ErrorCatalogue.parse(JSON.parse(readFileSync(file, 'utf8')) as unknown);
  }

  /** The row of a code, null when it has none. */
  entry(code: string): CatalogueEntry | null {
    return this.entries.get(code) ?? null;
  }

  /** Every code, in the order of the table. */
  codes(): readonly string[] {
    return [...this.entries.keys()];
  }

  /** Never silent and never throws: an unknown code gives the sentence of RET-999 or HOT-999, a missing detail a question mark. */
  explain(code: string, details: ErrorDetails = {}): ExplainedError {
    const known = this.entries.get(code);
    if (known !== undefined) return { code, message: fill(known.message, details), action: fill(known.action, details) };
    const family = code.startsWith('RET-') ? 'RET-999' : 'HOT-999';
    const entry = this.entries.get(family) ?? LAST_RESORT[family];
    const named = { c: code, id: code, ...details };
    return { code, message: fill(entry?.message ?? '{id}', named), action: fill(entry?.action ?? '', named) };
  }
}
