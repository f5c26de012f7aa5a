/** What a person has typed over the settings and not saved yet. Pure. */
import type { SettingFault, SettingFieldView, SettingListView, SettingsChange, SettingsView, SettingValue } from '../../settings/port';

export interface DraftItem {
  /** Its own as long as the page is open: what is typed stays with it when another one goes. */
  readonly key: number;
  /** Rank in the file, null for a new one. */
  readonly from: number | null;
  readonly values: Readonly<Record<string, SettingValue>>;
}

export interface SettingsDraft {
  /** By place; only what was touched. */
  readonly values: Readonly<Record<string, SettingValue>>;
  /** By place of the list; only lists that were touched. */
  readonly lists: Readonly<Record<string, readonly DraftItem[]>>;
}

export const EMPTY_DRAFT: SettingsDraft = { values: {}, lists: {} };

/** Last name of a place: `billingNumber` of `/practitioners/0/billingNumber`. */
export const memberOf = (place: string): string => place.slice(place.lastIndexOf('/') + 1);

/** The items of a list as the person sees them. */
export function itemsOf(list: SettingListView, draft: SettingsDraft): readonly DraftItem[] {
  return draft.lists[list.place] ?? list.items.map((_, rank) => ({ key: rank, from: rank, values: {} }));
}

/** The fields of one item; `rank` is where it will be, so that a fault told of that place finds it. */
export function itemFields(list: SettingListView, item: DraftItem, rank: number): readonly SettingFieldView[] {
  const fields = item.from === null ? list.template : (list.items[item.from] ?? list.template);
  return fields.map((field) => ({ ...field, place: `${list.place}/${String(rank)}/${memberOf(field.place)}` }));
}

/** True when what was typed is not what the file says. */
function differs(field: SettingFieldView, typed: SettingValue): boolean {
  if (field.kind === 'secret') return typed === null ? field.secret !== 'none' : typed !== '';
  return String(typed ?? '') !== String(field.value ?? '');
}

function itemsChanged(list: SettingListView, items: readonly DraftItem[]): boolean {
  if (items.length !== list.items.length) return true;
  return items.some(({ from, values }, rank) => from !== rank || Object.keys(changedIn(list, { key: 0, from, values })).length > 0);
}

function changedIn(list: SettingListView, { from, values }: DraftItem): Readonly<Record<string, SettingValue>> {
  const fields = from === null ? list.template : (list.items[from] ?? []);
  return Object.fromEntries(
    Object.entries(values).filter(([name, typed]) => {
      const field = fields.find(({ place }) => memberOf(place) === name);
      return field !== undefined && (from === null || differs(field, typed));
    }),
  );
}

/** What the draft would change in the file. */
export function changeOf(view: SettingsView, draft: SettingsDraft): SettingsChange {
  const fields = view.groups.flatMap((group) => group.fields);
  const values = Object.entries(draft.values).filter(([place, typed]) => {
    const field = fields.find((one) => one.place === place);
    return field !== undefined && differs(field, typed);
  });
  const lists = view.groups.flatMap(({ list }) => {
    const items = list === null ? undefined : draft.lists[list.place];
    if (list === null || items === undefined || !itemsChanged(list, items)) return [];
    return [[list.place, items.map((item) => ({ from: item.from, values: changedIn(list, item) }))] as const];
  });
  return { values: Object.fromEntries(values), lists: Object.fromEntries(lists) };
}

/** How many fields or items a change is about. */
export function countChanges({ values, lists }: SettingsChange): number {
  const items = Object.values(lists).map((list) =>
    Math.max(1, list.filter(({ from, values: typed }) => from === null || Object.keys(typed).length > 0).length),
  );
  return Object.keys(values).length + items.reduce((sum, count) => sum + count, 0);
}

/** What is typed, or what the file says. */
export function valueOf(field: SettingFieldView, typed: SettingValue | undefined): SettingValue {
  if (field.kind === 'secret') return typed ?? '';
  return typed === undefined ? field.value : typed;
}

/** True where the field is to be seen, given what the field it depends on says now. */
export function isShown({ when }: SettingFieldView, fields: readonly SettingFieldView[], draft: SettingsDraft): boolean {
  if (when === null) return true;
  const other = fields.find(({ place }) => place === when.place);
  return other !== undefined && valueOf(other, draft.values[other.place]) === when.value;
}

/** The first place, in the order of the page, with a fault. */
export function firstFault(view: SettingsView, draft: SettingsDraft, faults: readonly SettingFault[]): string | null {
  const places = view.groups.flatMap(({ fields, list }) =>
    list === null
      ? fields.map(({ place }) => place)
      : itemsOf(list, draft).flatMap((item, rank) => itemFields(list, item, rank).map(({ place }) => place)),
  );
  return places.find((place) => faults.some((fault) => fault.place === place)) ?? null;
}

/** Id of the element of a place. */
export const fieldId = (place: string): string => `reglage${place.replaceAll('/', '-')}`;
