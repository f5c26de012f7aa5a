/** What is wrong in a document, beside the field it is in, with what to do. Pure. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import type { SettingFault } from './port';
import { templateOf, type FileSchema, type SettingField } from './schema-fields';
import type { SettingsTexts } from './texts';

type Check = (document: unknown) => readonly SettingFault[];

/** Makes the check of a schema: every fault at once, one for each field. */
export function schemaCheck(schema: FileSchema, fields: readonly SettingField[], texts: SettingsTexts): Check {
  let made: ValidateFunction | null = null;
  return (document) => {
    // Made when it is first asked for: the start of the program goes without.
    const validate = (made ??= new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema as object));
    if (validate(document)) return [];
    const places = new Map<string, SettingFault>();
    for (const error of validate.errors ?? []) {
      const found = faultOf(error, fields, texts);
      if (!places.has(found.place)) places.set(found.place, found);
    }
    return [...places.values()];
  };
}

function faultOf(error: ErrorObject, fields: readonly SettingField[], texts: SettingsTexts): SettingFault {
  const missing = error.keyword === 'required' ? `/${(error.params as { readonly missingProperty: string }).missingProperty}` : '';
  const place = nearest(`${error.instancePath}${missing}`, fields);
  const field = fields.find((one) => one.place === templateOf(place));
  const text = texts.fields[templateOf(place)];
  const wrong = text?.wrong ?? `${texts.empty} (${error.instancePath})`;
  const said = wrong.replace('{minimum}', String(field?.minimum ?? '')).replace('{maximum}', String(field?.maximum ?? ''));
  const empty = error.keyword === 'required' || error.data === '' || error.data === null;
  return { place, message: empty ? `${texts.empty} ${said}` : said };
}

/** The field itself; of something inside a field, that field; of an object that is missing or wrong, its first field. */
function nearest(place: string, fields: readonly SettingField[]): string {
  for (let at = place; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const template = templateOf(at);
    if (fields.some((field) => field.place === template)) return at;
    const first = fields.find((field) => field.place.startsWith(`${template}/`) && !field.place.slice(template.length).includes('/-/'));
    if (first !== undefined) return `${at}${first.place.slice(template.length)}`;
  }
  return place;
}
