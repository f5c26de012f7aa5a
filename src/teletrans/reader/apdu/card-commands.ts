/** The models of card as tables (addin/tables/cards/*.json): what spec/cps-card.md § 10 leaves unknown is data. */
import Ajv from 'ajv';
import type { CardFamily } from '../card-models';

/** How a model of card is talked to. Commands, tags and paths in hexadecimal. */
export interface CardCommands {
  readonly family: CardFamily;
  /** Class byte, with the logical channel in it. */
  readonly cla: string;
  /** Commands that open its application, in order. */
  readonly open: readonly string[];
  /** `path`: files are selected by their whole path from 3F00. `child`: one by one, from the application. */
  readonly selection: 'path' | 'child';
  /** Longest reading at once, in bytes. */
  readonly mostRead: number;
  readonly maxTries: number;
  readonly pin: {
    readonly reference: string;
    readonly digits: number;
    /** Length of what is presented; longer than `digits`: filled with `padding`. */
    readonly blockLength: number;
    readonly padding: string;
    readonly counterQuery: 'verify-empty' | 'get-data';
  };
  /** Paths without 3F00. `activities` is the first of 16. */
  readonly files: {
    readonly serial: string;
    readonly update: string;
    readonly certificate: string;
    readonly billing: string;
    readonly activities: string;
  };
  readonly signature: {
    /** `last-block`: the card hashes the end of the content itself. `host`: it is given the SHA-256, in the place of `{hash}`. */
    readonly hashing: 'last-block' | 'host';
    /** Before the hash, and before the signature. */
    readonly hash: readonly string[];
    readonly prepare: readonly string[];
    readonly sign: string;
  };
}

const hex = { type: 'string', pattern: '^([0-9A-F]{2})+$' } as const;
const commands = { type: 'array', items: hex } as const;
const path = { type: 'string', pattern: '^[0-9A-F]{4}(/[0-9A-F]{4})*$' } as const;
const object = (properties: Record<string, object>): object => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
  additionalProperties: false,
});

const SCHEMA = {
  ...object({
    family: { enum: ['CPS3', 'CPS4', 'DEMONSTRATION'] },
    comment: { type: 'string' },
    cla: { type: 'string', pattern: '^[0-9A-F]{2}$' },
    open: commands,
    selection: { enum: ['path', 'child'] },
    mostRead: { type: 'integer', minimum: 1, maximum: 256 },
    maxTries: { type: 'integer', minimum: 1, maximum: 15 },
    pin: object({
      reference: { type: 'string', pattern: '^[0-9A-F]{2}$' },
      digits: { type: 'integer', minimum: 4, maximum: 8 },
      blockLength: { type: 'integer', minimum: 4, maximum: 15 },
      padding: { type: 'string', pattern: '^[0-9A-F]{2}$' },
      counterQuery: { enum: ['verify-empty', 'get-data'] },
    }),
    files: object({ serial: path, update: path, certificate: path, billing: path, activities: path }),
    signature: object({
      hashing: { enum: ['last-block', 'host'] },
      hash: commands,
      prepare: commands,
      sign: { type: 'string', pattern: '^([0-9A-F]{2})+(\\{hash\\}([0-9A-F]{2})*)?$' },
    }),
  }),
};

const isCardCommands = new Ajv({ strict: true }).compile<CardCommands>(SCHEMA);

/** Reads the tables of the models. Throws when one is not such a table: the installation is broken. */
export function readCardCommands(tables: readonly unknown[]): ReadonlyMap<CardFamily, CardCommands> {
  return new Map(
    tables.map((table) => {
      if (!isCardCommands(table)) throw new Error('a table of card models is not valid');
      if (table.pin.blockLength < table.pin.digits) throw new Error('a code is longer than its block');
      return [table.family, table];
    }),
  );
}
