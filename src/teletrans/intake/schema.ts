/** First gate of the intake: the document has the shape of the contract's `invoice.schema.json`. */
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { VitaleError } from '../domain/errors';
import type { Invoice } from '../domain/invoice';

/** Says where a document departs from the schema: path and expectation, never the value (it may be a patient's). */
function describe(path: string, keyword: string, params: Readonly<Record<string, unknown>>): string {
  const where = path === '' ? 'document' : path.slice(1).replaceAll('/', '.');
  switch (keyword) {
    case 'required':
      return `${where} : « ${String(params['missingProperty'])} » manque`;
    case 'additionalProperties':
      return `${where} : membre inconnu`;
    case 'type':
      return `${where} : type attendu « ${String(params['type'])} »`;
    case 'enum':
    case 'const':
      return `${where} : valeur hors de la liste`;
    case 'minItems':
      return `${where} : au moins ${String(params['limit'])} élément`;
    case 'maxItems':
      return `${where} : au plus ${String(params['limit'])} éléments`;
    case 'maximum':
    case 'minimum':
      return `${where} : limite ${String(params['limit'])}`;
    default:
      return `${where} : forme incorrecte`;
  }
}

export type SchemaCheck = (document: unknown) => Invoice;

/**
 * Compiles the schema once.
 * @returns a function that gives the document back as an {@link Invoice}. Errors: HOT-003 with the path and what was expected there.
 */
export function compileSchema(schema: object): SchemaCheck {
  const ajv = new Ajv2020({ allErrors: false, strict: true, allowUnionTypes: true });
  addFormats(ajv);
  const validate = ajv.compile<Invoice>(schema);
  return (document) => {
    if (validate(document)) return document;
    const [error] = validate.errors ?? [];
    throw new VitaleError('HOT-003', {
      detail: error === undefined ? 'document' : describe(error.instancePath, error.keyword, error.params),
    });
  };
}
