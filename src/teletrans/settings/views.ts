/** The practice's file as groups of fields, ready to be shown. Pure. A password is said to be there or not, and nothing more. */
import { pathOf, valueAt } from './json-text';
import type { SecretState, SettingFieldView, SettingGroupView, SettingValue } from './port';
import type { SettingField } from './schema-fields';
import type { SettingsTexts } from './texts';

export interface ViewSources {
  readonly fields: readonly SettingField[];
  readonly texts: SettingsTexts;
  /** A password file of our own. */
  readonly isOurs: (file: string) => boolean;
  /** What the file says as the program reads it, left-out values filled in. */
  readonly written: unknown;
  /** What the program works with now; both null where the file cannot be read. */
  readonly inUse: unknown;
}

export function secretState(value: unknown, isOurs: (file: string) => boolean): SecretState {
  if (typeof value === 'string') return 'clear';
  if (typeof value !== 'object' || value === null) return 'none';
  const file = valueAt(value, ['file']);
  return typeof file === 'string' && isOurs(file) ? 'kept' : 'named-file';
}

const shown = (value: unknown): SettingValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

function fieldView(field: SettingField, place: string, document: unknown, sources: ViewSources): SettingFieldView {
  const { texts, isOurs, written, inUse } = sources;
  const text = texts.fields[field.place];
  const value = valueAt(document, pathOf(place));
  const [now, used] = [valueAt(written, pathOf(place)), valueAt(inUse, pathOf(place))];
  const secret = field.kind === 'secret';
  return {
    place,
    kind: field.kind,
    label: text?.label ?? place,
    help: text?.help ?? '',
    required: field.required && !field.nullable && !field.parentOptional && field.kind !== 'flag',
    choices: field.choices?.map((choice) => ({ value: choice, label: text?.words?.[choice] ?? choice })) ?? null,
    minimum: field.minimum,
    maximum: field.maximum,
    value: secret ? null : shown(value),
    secret: secret ? secretState(value, isOurs) : null,
    when: text?.when ?? null,
    effect: text?.effect ?? 'restart',
    pending: written !== null && inUse !== null && JSON.stringify(now ?? null) !== JSON.stringify(used ?? null),
  };
}

export function groupViews(document: unknown, sources: ViewSources): readonly SettingGroupView[] {
  const fieldAt = (place: string): SettingField | undefined => sources.fields.find((field) => field.place === place);
  return sources.texts.groups.map((group): SettingGroupView => {
    const fields = group.fields.flatMap((place) => fieldAt(place) ?? []);
    const { id, title, about, server = null, list } = group;
    if (list === undefined)
      return { id, title, about, server, list: null, fields: fields.map((field) => fieldView(field, field.place, document, sources)) };
    const items = valueAt(document, pathOf(list.place));
    const itemAt = (rank: string): readonly SettingFieldView[] =>
      fields.map((field) => fieldView(field, field.place.replace('/-/', `/${rank}/`), document, sources));
    return {
      id,
      title,
      about,
      server,
      fields: [],
      list: {
        ...list,
        template: itemAt('-').map((field) => ({ ...field, pending: false })),
        items: Array.isArray(items) ? items.map((_, rank) => itemAt(String(rank))) : [],
      },
    };
  });
}

/** Confirmations that these changes ask for. */
export function confirmationsOf(
  changed: readonly { readonly field: SettingField; readonly value: unknown }[],
  texts: SettingsTexts,
): readonly { readonly id: string; readonly title: string; readonly lines: readonly string[] }[] {
  return changed.flatMap(({ field, value }) => {
    const name = texts.fields[field.place]?.confirm;
    const text = name === undefined ? undefined : texts.confirmations[name];
    if (name === undefined || text === undefined) return [];
    const said = typeof value === 'string' ? value : '';
    // What was agreed to is one value, not whatever comes later.
    const id = field.choices === null ? name : `${name}=${said}`;
    return [{ id, title: text.title, lines: [...(text.values?.[said] ?? []), ...text.lines] }];
  });
}
