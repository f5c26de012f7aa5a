/** What the insurer is started with: one JSON object, everything but the spool folder has a default. */
import Ajv from 'ajv/dist/2020';
import { TEST_FRONT_ENDS } from './front-ends';
import type { FrontEnd } from './judge';
import type { PracticeMailbox } from './post-office';
import { parseRules, type Rule } from './scenario';

export interface InsurerConfiguration {
  /** Folder of its own; kept from one start to the next. */
  readonly spool: string;
  /** Folder where the certificates of its mailboxes are put (`certs/` of the practice); null: none. */
  readonly certs: string | null;
  /** Loopback only. */
  readonly host: string;
  /** 0: any free port. */
  readonly smtpPort: number;
  readonly pop3Port: number;
  /** Login asked by the SMTP server; null: none. */
  readonly smtpAuth: { readonly user: string; readonly password: string } | null;
  readonly maxMessageBytes: number;
  readonly mailboxes: readonly PracticeMailbox[];
  readonly frontEnds: readonly FrontEnd[];
  /** Billing numbers known; null: every one with a right key. */
  readonly practitioners: readonly string[] | null;
  readonly withoutConvention: readonly string[];
  /** ISO date-time the insurer's clock starts at; null: the machine's. */
  readonly now: string | null;
  readonly rules: readonly Rule[];
}

const text = { type: 'string', minLength: 1 };
const login = {
  type: 'object',
  properties: { user: { type: 'string', pattern: '^[A-Za-z0-9._-]+$' }, password: text },
  required: ['user', 'password'],
};
const port = { type: 'integer', minimum: 0, maximum: 65535 };
const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['spool'],
  properties: {
    spool: text,
    certs: { anyOf: [text, { type: 'null' }] },
    host: { enum: ['127.0.0.1', '::1', 'localhost'] },
    smtpPort: port,
    pop3Port: port,
    smtpAuth: { anyOf: [login, { type: 'null' }] },
    maxMessageBytes: { type: 'integer', minimum: 1 },
    mailboxes: {
      type: 'array',
      items: { ...login, properties: { ...login.properties, addresses: { anyOf: [{ type: 'array', items: text }, { type: 'null' }] } } },
    },
    frontEnds: {
      type: 'array',
      items: {
        type: 'object',
        required: ['mailbox', 'serves'],
        properties: {
          mailbox: { type: 'string', pattern: '^[a-z0-9._-]+@[a-z0-9.-]+\\.test\\.invalid$' },
          serves: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              required: ['type', 'number'],
              properties: { type: { type: 'string', pattern: '^[A-Z]{2}$' }, number: { type: 'string', pattern: '^\\d{14}$' } },
            },
          },
        },
      },
    },
    practitioners: { anyOf: [{ type: 'array', items: text }, { type: 'null' }] },
    withoutConvention: { type: 'array', items: text },
    now: { anyOf: [text, { type: 'null' }] },
    rules: { type: 'array' },
  },
};

const DEFAULTS: Omit<InsurerConfiguration, 'spool'> = {
  certs: null,
  host: '127.0.0.1',
  smtpPort: 0,
  pop3Port: 0,
  smtpAuth: null,
  maxMessageBytes: 10 * 1024 * 1024,
  mailboxes: [{ user: 'cabinet', password: 'cabinet', addresses: null }],
  frontEnds: TEST_FRONT_ENDS,
  practitioners: null,
  withoutConvention: [],
  now: null,
  rules: [],
};

/** Throws an Error that says what is wrong. */
export function parseConfiguration(json: string): InsurerConfiguration {
  const document: unknown = JSON.parse(json);
  const ajv = new Ajv();
  if (!ajv.validate(SCHEMA, document)) throw new Error(`configuration: ${ajv.errorsText()}`);
  const given = document as Partial<InsurerConfiguration> & Pick<InsurerConfiguration, 'spool'>;
  const now = given.now ?? null;
  if (now !== null && Number.isNaN(Date.parse(now))) throw new Error('configuration: now is no date-time');
  return { ...DEFAULTS, ...given, now, rules: parseRules(given.rules ?? []) };
}
