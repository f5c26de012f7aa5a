import { DECISION_KINDS } from '../../store/port';

/** JSON schemas of what the page may ask. Anything else is refused before a handler runs. */
const billingNumber = { type: 'string', pattern: '^[0-9]{9}$' } as const;
const situation = { type: 'string', pattern: '^[1-9A-F]$' } as const;
const orNull = <T extends object>(schema: T): { readonly anyOf: readonly [T, { readonly type: 'null' }] } => ({
  anyOf: [schema, { type: 'null' }],
});

/** Query of GET /api/preflight; left out means: that of the card, every situation. */
export const PREFLIGHT_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: { praticien: billingNumber, situation },
} as const;

/** Query of POST /api/card/open and /api/card/keypad. */
export const OPEN_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: { dernierEssai: { type: 'string', const: 'confirme' }, praticien: billingNumber },
} as const;

export const TRANSMIT_BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['praticien', 'situation'],
  properties: { praticien: orNull(billingNumber), situation: orNull(situation), choisie: { type: 'boolean' } },
} as const;

export const KEEP_BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['minutes'],
  properties: { minutes: { type: 'integer', minimum: 5, maximum: 720 } },
} as const;

export const INSERT_BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['file'],
  properties: { file: orNull({ type: 'string', minLength: 1, maxLength: 200 }) },
} as const;

/** Parameter of the addresses about one lot or one file. */
export const ID_PARAMS = {
  type: 'object',
  additionalProperties: false,
  required: ['id'],
  properties: { id: { type: 'string', pattern: '^[0-9A-Za-z-]{1,64}$' } },
} as const;

/** Query of the addresses that show records, some at a time. */
export const BYTES_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: { de: { type: 'string', pattern: '^[0-9]{1,7}$' }, clair: { type: 'string', const: 'oui' } },
} as const;

/** Query of the addresses that list, some at a time. */
export const PAGE_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: { de: BYTES_QUERY.properties.de },
} as const;

export const GOOD_FRIDAY_BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['goodFriday'],
  properties: { goodFriday: { type: 'boolean' } },
} as const;

export const BACKUP_FOLDER_BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['folder'],
  properties: { folder: orNull({ type: 'string', minLength: 1, maxLength: 1000 }) },
} as const;

/** Query of the addresses that take none. */
export const NO_QUERY = { type: 'object', additionalProperties: false } as const;

/** Parameters of GET /api/questions/:kind/:id. */
export const QUESTION_PARAMS = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'id'],
  // A return and a file, joined by a point, where the decision is about both.
  properties: { kind: { enum: DECISION_KINDS }, id: { type: 'string', pattern: '^[0-9A-Za-z.-]{1,80}$' } },
} as const;

/** Parameter of POST /api/numbers/:kind. */
export const NUMBERS_PARAMS = {
  type: 'object',
  additionalProperties: false,
  required: ['kind'],
  properties: { kind: { enum: ['numbers-hold', 'numbers-continue'] } },
} as const;

/** A person's decision. */
export const DECISION_BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['nom', 'motif'],
  properties: { nom: { type: 'string', maxLength: 200 }, motif: { type: 'string', maxLength: 1000 } },
} as const;

/** A person's decision to attach a return to a file. */
export const ATTACH_BODY = {
  ...DECISION_BODY,
  required: ['nom', 'motif', 'fichier'],
  properties: { ...DECISION_BODY.properties, fichier: ID_PARAMS.properties.id },
} as const;

export const SEARCH_BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['text'],
  properties: { text: { type: 'string', minLength: 1, maxLength: 80 } },
} as const;
