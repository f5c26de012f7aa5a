/** Shape of `cabinet.json` (contract § 2), as JSON Schema 2020-12. */
const MAIL_SERVER = {
  type: 'object',
  required: ['host', 'port', 'security'],
  properties: {
    host: { type: 'string', minLength: 1 },
    port: { type: 'integer', minimum: 1, maximum: 65535 },
    security: { enum: ['none', 'starttls', 'tls'] },
    user: { type: ['string', 'null'] },
    password: {
      // Never shown: the settings page only replaces it.
      writeOnly: true,
      type: ['string', 'object', 'null'],
      required: ['file'],
      properties: { file: { type: 'string', minLength: 1 } },
    },
    ca: { type: ['string', 'null'] },
  },
} as const;

export const CABINET_SCHEMA = {
  type: 'object',
  required: ['mode', 'region', 'practitioners', 'reader', 'network'],
  properties: {
    mode: { enum: ['demo', 'test', 'reel'] },
    region: { type: 'string', pattern: '^(2[AB]|[0-9]{2,3})$' },
    goodFriday: { type: 'boolean' },
    practitioners: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'billingNumber'],
        properties: {
          name: { type: 'string', minLength: 1 },
          billingNumber: { type: 'string', pattern: '^[0-9]{9}$' },
          rpps: { type: 'string', pattern: '^[0-9]{11}$' },
        },
      },
    },
    reader: {
      type: 'object',
      required: ['kind'],
      properties: {
        kind: { enum: ['virtual', 'pcsc'] },
        card: { type: 'string' },
        name: { type: ['string', 'null'] },
      },
    },
    network: {
      type: 'object',
      required: ['sender', 'smtp', 'pop3'],
      properties: { sender: { type: 'string', pattern: '^[^@\\s]+@[^@\\s]+$' }, smtp: MAIL_SERVER, pop3: MAIL_SERVER },
    },
    // Its floor has an error of its own (ARC-021): it stops the purge, not the practice.
    retention: { type: 'object', required: ['days'], properties: { days: { type: 'integer' } } },
    backup: {
      type: 'object',
      required: ['folder'],
      properties: {
        folder: { type: 'string', minLength: 1 },
        everyDays: { type: 'integer', minimum: 1, maximum: 31 },
        keep: { type: 'integer', minimum: 1, maximum: 365 },
      },
    },
    profile: { type: ['string', 'null'] },
    recipients: { type: ['string', 'null'] },
  },
} as const;
