/**
 * Templates of the transport profile: `{name}`, `{name:0>14}` (zeros on the left up to 14) and `{now:%Y%m%d%H%M%S}` (legal time).
 * The result goes into a header or an address, so it is one line of printable ASCII or nothing at all.
 */
import { localStamp } from '../domain/clock';
import { VitaleError } from '../domain/errors';

export type TemplateValues = Readonly<Record<string, string | number | Date>>;

const PLACE = /\{([a-z_]+)(?::([^{}]*))?\}/g;
const DATE_PARTS: Readonly<Record<string, readonly [number, number]>> = {
  '%Y': [0, 4],
  '%m': [4, 6],
  '%d': [6, 8],
  '%H': [8, 10],
  '%M': [10, 12],
  '%S': [12, 14],
};

function badTemplate(template: string, cause: string): VitaleError {
  return new VitaleError('TRA-019', { detail: `${cause}: ${template}` });
}

function formatDate(date: Date, format: string): string {
  const stamp = localStamp(date);
  return format.replace(/%[YmdHMS]/g, (part) => {
    const [from, to] = DATE_PARTS[part] ?? [0, 0];
    return stamp.slice(from, to);
  });
}

/**
 * Fills a template. Errors: TRA-019 for an unknown place, a format that does not suit its value, a value wider than its place, or a character that may
 * not stand in a header (CR and LF above all).
 */
export function renderTemplate(template: string, values: TemplateValues): string {
  const text = template.replace(PLACE, (_place, name: string, format: string | undefined) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw badTemplate(template, `{${name}}`);
    if (value instanceof Date) {
      if (format === undefined) throw badTemplate(template, `{${name}}`);
      return formatDate(value, format);
    }
    const plain = String(value);
    if (format === undefined) return plain;
    const width = /^0>(\d{1,2})$/.exec(format)?.[1];
    if (width === undefined || plain.length > Number(width)) throw badTemplate(template, `{${name}:${format}}`);
    return plain.padStart(Number(width), '0');
  });
  if (!/^[\x20-\x7e]*$/.test(text) || /[{}]/.test(text)) throw badTemplate(template, 'résultat');
  return text;
}
