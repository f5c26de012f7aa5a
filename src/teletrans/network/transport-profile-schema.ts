/**
 * Shape of a transport profile file (spec/transport.md § 3), as a JSON schema. An unknown key is refused: a misspelt limit must not be silently ignored.
 */
const strict = (properties: Record<string, object>, optional: readonly string[] = []): object => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

const text = { type: 'string', minLength: 1 };
/** One line of printable ASCII: it may reach a header or an envelope. */
const headerText = { type: 'string', pattern: '^[\\x20-\\x7e]+$' };
const address = { type: 'string', pattern: '^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$' };
const count = { type: 'integer', minimum: 0 };
const positive = { type: 'integer', minimum: 1 };
const date = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const flag = { type: 'boolean' };
const codes = { type: 'array', items: { type: 'string', pattern: '^\\d{3}$' }, minItems: 1 };

const server = {
  host: text,
  port: { type: 'integer', minimum: 1, maximum: 65535 },
  security: { enum: ['none', 'starttls', 'tls'] },
  min_tls: { enum: ['TLSv1.2', 'TLSv1.3'] },
  ca_file: { type: ['string', 'null'] },
  auth: strict({ method: text, user: text, secret_ref: text }),
};

const smtp = strict(
  {
    ...server,
    connection_timeout_ms: positive,
    greeting_timeout_ms: positive,
    socket_timeout_ms: positive,
    pool: { const: false },
    pause_between_messages_ms: count,
    dsn_notify: { type: 'array', items: { enum: ['SUCCESS', 'FAILURE', 'DELAY'] } },
  },
  ['auth'],
);

const pop3 = strict({ ...server, command_timeout_ms: positive, delete_after_spool: flag, max_message_bytes: positive }, ['auth']);
const route = strict({ smtp: { const: 'main' }, to_template: headerText });

const test = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  properties: {
    description_matches: { type: 'string', format: 'regex', maxLength: 200 },
    content_000_62_65: { type: 'string', pattern: '^[\\x20-\\x7e]{4}$' },
    content_has_entities: codes,
    content_type: text,
    always: { const: true },
  },
};

export const TRANSPORT_PROFILE_SCHEMA = strict(
  {
    profile_id: text,
    profile_version: text,
    valid_from: date,
    valid_to: date,
    marking: { enum: ['R', 'T', 'D'] },
    provisional: flag,
    // Which versions are written is said when the profile is read, each refusal with a sentence of its own.
    b2_version: { type: 'string', pattern: '^[a-z0-9-]{1,40}$' },
    sender: strict({
      type: { type: 'string', pattern: '^[A-Z]{2}$' },
      number_template: headerText,
      from: address,
      return_mailbox: address,
    }),
    routes: strict({ direct: route, oct: route }),
    smtp: strict({ main: smtp }),
    pop3: strict({ main: pop3 }),
    subject: strict({ template: headerText, version: { type: 'string', pattern: '^[\\x20-\\x7e]*$' }, invoice_count_min: count }),
    compostage: strict({
      template: headerText,
      time_base: { const: 'Europe/Paris' },
      counter: { const: 'persisted' },
      counter_max: positive,
    }),
    inner_part: strict({
      content_type: headerText,
      transfer_encoding: { const: 'base64' },
      line_length: { type: 'integer', minimum: 4, maximum: 76, multipleOf: 4 },
      description: strict({ R: headerText, T: headerText, D: headerText }),
      compressed_suffix: headerText,
    }),
    compression: strict({ kind: { enum: ['gzip', 'none'] }, level: { type: 'integer', minimum: 1, maximum: 9 }, mtime: { const: 0 } }),
    encryption: strict(
      {
        kind: { enum: ['none', 'smime-enveloped'] },
        required: flag,
        cipher: { enum: ['aes-128-cbc', 'aes-256-cbc', 'des-ede3-cbc'] },
        key_transport: { const: 'rsaes-pkcs1-v1_5' },
        covers: { const: 'inner-part-with-headers' },
        outer_shape: { enum: ['pkcs7-mime-top-level', 'multipart-mixed'] },
        repeat_description_outside: flag,
        extra_headers: { type: 'array', items: strict({ name: { type: 'string', pattern: '^[A-Za-z0-9_-]+$' }, value: headerText }) },
      },
      ['required'],
    ),
    certificates: strict({
      source: { const: 'directory-of-files' },
      path: text,
      warn_days: { type: 'array', items: count },
      choose: { const: 'valid-now-latest' },
    }),
    limits: strict({
      files_per_message: { const: 1 },
      max_lots_per_file: { type: 'integer', minimum: 1, maximum: 999 },
      max_records_per_file: positive,
      max_message_bytes: positive,
      max_lot_age_days: count,
      max_post_dated_days: count,
    }),
    retry: strict({
      first_ms: positive,
      factor: { type: 'number', minimum: 1 },
      max_ms: positive,
      until: { const: 'legal-deadline' },
      uncertain_min_wait_hours: count,
      uncertain_auto_resend: flag,
    }),
    ack: strict({ expected: flag, warn_after_jours_ouvres: count, escalate_after_jours_ouvres: count }),
    returns: strict(
      {
        poll_before_send: flag,
        poll_every_minutes: positive,
        part_content_type: headerText,
        max_content_bytes: positive,
        classify: {
          type: 'array',
          minItems: 1,
          items: strict({ when: test, kind: { enum: ['ARL', 'RSP', 'DELIVERY_REPORT', 'UNKNOWN'] } }),
        },
        decompress: { const: 'gzip-if-magic-else-plain' },
        decrypt: { const: 'if-enveloped' },
        unknown: { const: 'quarantine' },
      },
      ['max_content_bytes'],
    ),
    brake: strict({ same_code_lots: positive, same_code_payers: positive, window_hours: positive, no_ack_any_payer: flag }),
  },
  ['b2_version'],
);
