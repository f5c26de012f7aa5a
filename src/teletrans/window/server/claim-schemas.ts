/** JSON schemas of what may be asked of the list of claims. What is looked for travels in a body, never in an address. */
import { MOST_CHOSEN, MOST_ROWS } from '../../application/third-party-port';

export const CLAIM_ID = { type: 'string', pattern: '^[0-9A-Za-z-]{1,64}$' } as const;
export const CLAIM_PART = { enum: ['amo', 'amc'] } as const;

/** A body whose members are all required. */
export function body(properties: Readonly<Record<string, object>>): object {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}

const orNull = (schema: object): object => ({ anyOf: [schema, { type: 'null' }] });
const text = (maxLength: number): object => ({ type: 'string', minLength: 1, maxLength });

const LIST = {
  choices: body({
    part: orNull(CLAIM_PART),
    payer: orNull(text(200)),
    practitioner: orNull({ type: 'string', pattern: '^[0-9]{9}$' }),
    age: orNull(text(20)),
    settlement: { enum: ['open', 'settled', 'late', 'remind', 'all'] },
    search: { type: 'string', pattern: '^[0-9]{0,9}$' },
  }),
  order: body({
    key: { enum: ['number', 'part', 'payer', 'date', 'age', 'expected', 'paid', 'due', 'state'] },
    direction: { enum: ['asc', 'desc'] },
  }),
} as const;

export const CLAIMS_ASKED = {
  ...LIST,
  from: { type: 'integer', minimum: 0, maximum: 10_000_000 },
  count: { type: 'integer', minimum: 1, maximum: MOST_ROWS },
  view: orNull(CLAIM_ID),
} as const;

export const CLAIMS_EXPORT_BODY = body({
  ...LIST,
  chosen: orNull({ type: 'array', minItems: 1, maxItems: MOST_CHOSEN, items: body({ invoiceId: CLAIM_ID, part: CLAIM_PART }) }),
  format: { enum: ['csv', 'xml'] },
});
