/** A person's change, made on the text of the file. Pure. */
import { pathOf, removeFromJson, setInJson, valueAt } from './json-text';
import type { SettingsChange, SettingValue } from './port';
import type { SettingField } from './schema-fields';

/** A change of something the page does not know, or of the wrong shape: no page of ours asks for it. */
export class ForeignChange extends Error {}

export interface Edit {
  readonly place: string;
  /** Undefined takes it out. */
  readonly value: unknown;
}

/** As it is written: a number that was typed is one, an empty field is null where that is allowed, and left out where that is. */
function writtenAs(field: SettingField, value: SettingValue): unknown {
  const typed = typeof value === 'string' && field.kind !== 'secret' ? value.trim() : value;
  if (typed === null || typed === '') {
    if (field.nullable) return null;
    return field.required && !field.parentOptional ? '' : undefined;
  }
  return field.kind === 'number' && typeof typed === 'string' && /^-?\d{1,9}$/.test(typed) ? Number(typed) : typed;
}

/** The edits of a change, in the order they are made. Errors: {@link ForeignChange}. */
export function editsOf(change: SettingsChange, fields: readonly SettingField[], document: unknown): readonly Edit[] {
  const known = new Map(fields.map((field) => [field.place, field]));
  const single = (place: string, value: SettingValue): Edit[] => {
    const field = known.get(place);
    if (field === undefined || place.includes('/-')) throw new ForeignChange(place);
    return editOf(field, place, value);
  };
  return [
    ...Object.entries(change.values).flatMap(([place, value]) => single(place, value)),
    ...Object.entries(change.lists).flatMap(([place, items]) => listEdits(place, items, known, document)),
  ];
}

/** A field whose object may be left out, and cannot be without it, takes the whole object out when it is emptied. */
function editOf(field: SettingField, place: string, value: SettingValue): Edit[] {
  const written = writtenAs(field, value);
  const whole = written === undefined && field.required && field.parentOptional;
  return [{ place: whole ? place.slice(0, place.lastIndexOf('/')) : place, value: written }];
}

function listEdits(
  place: string,
  items: SettingsChange['lists'][string],
  known: ReadonlyMap<string, SettingField>,
  document: unknown,
): Edit[] {
  const list = valueAt(document, pathOf(place));
  const present = Array.isArray(list) ? list.length : 0;
  if (![...known.keys()].some((one) => one.startsWith(`${place}/-/`))) throw new ForeignChange(place);
  const kept = items.flatMap(({ from }) => (from === null ? [] : [from]));
  const inOrder = kept.every((from, rank) => from < present && from > (kept[rank - 1] ?? -1));
  if (!inOrder || items.some(({ from }, rank) => from === null && items[rank + 1]?.from != null)) throw new ForeignChange(place);
  const fieldOf = (name: string): SettingField => {
    const field = known.get(`${place}/-/${name}`);
    if (field === undefined) throw new ForeignChange(name);
    return field;
  };
  const changed = items.flatMap(({ from, values }) =>
    from === null
      ? []
      : Object.entries(values).flatMap(([name, value]) => editOf(fieldOf(name), `${place}/${String(from)}/${name}`, value)),
  );
  const added = items
    .filter(({ from }) => from === null)
    .map(({ values }, rank) => ({
      place: `${place}/${String(present + rank)}`,
      value: Object.fromEntries(
        Object.entries(values).flatMap(([name, value]) => {
          const written = writtenAs(fieldOf(name), value);
          return written === undefined ? [] : [[name, written]];
        }),
      ),
    }));
  const removed = Array.from({ length: present }, (_, rank) => rank)
    .filter((rank) => !kept.includes(rank))
    .reverse()
    .map((rank) => ({ place: `${place}/${String(rank)}`, value: undefined }));
  return [...changed, ...added, ...removed];
}

/** The text with these edits made. Errors: those of {@link setInJson}. */
export function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce((now, { place, value }) => {
    const path = pathOf(place);
    return value === undefined ? removeFromJson(now, path) : setInJson(now, path, value);
  }, text);
}

/** The fields whose value differs between two documents, each with its place and what it became; a list that lost or got an item counts as its fields. */
export function changedFields(
  before: unknown,
  after: unknown,
  fields: readonly SettingField[],
): readonly { readonly field: SettingField; readonly value: unknown }[] {
  return fields.flatMap((field) => {
    const [list, member] = field.place.split('/-/');
    const read = (document: unknown): unknown =>
      member === undefined
        ? valueAt(document, pathOf(field.place))
        : itemsAt(document, list ?? '').map((item) => valueAt(item, pathOf(`/${member}`)));
    const [old, now] = [read(before), read(after)];
    return JSON.stringify(old ?? null) === JSON.stringify(now ?? null) ? [] : [{ field, value: now }];
  });
}

const itemsAt = (document: unknown, place: string): readonly unknown[] => {
  const list = valueAt(document, pathOf(place));
  return Array.isArray(list) ? (list as readonly unknown[]) : [];
};
