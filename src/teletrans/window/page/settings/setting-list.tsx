import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { SettingFault, SettingListView } from '../../../settings/port';
import { fieldId, itemFields, itemsOf, memberOf, type DraftItem, type SettingsDraft } from '../../view-model/settings-draft';
import { SettingField } from './setting-field';

export interface SettingListProps {
  readonly list: SettingListView;
  readonly draft: SettingsDraft;
  readonly faults: readonly SettingFault[];
  readonly edit: (draft: SettingsDraft) => void;
}

/** Items with the same fields, added and taken out. */
export function SettingList({ list, draft, faults, edit }: SettingListProps): VNode {
  const items = itemsOf(list, draft);
  const add = useRef<HTMLButtonElement>(null);
  const change = (next: readonly DraftItem[]): void => edit({ ...draft, lists: { ...draft.lists, [list.place]: next } });
  return (
    <>
      {items.map((item, rank) => {
        const fields = itemFields(list, item, rank);
        const name = `${list.item} ${String(rank + 1)}`;
        return (
          <fieldset key={item.key} class="setting-item">
            <legend>{name}</legend>
            {fields.map((field) => (
              <SettingField
                key={field.place}
                field={field}
                typed={item.values[memberOf(field.place)]}
                fault={faults.find(({ place }) => place === field.place)?.message ?? null}
                onInput={(value) =>
                  change(items.map((one) => (one === item ? { ...item, values: { ...item.values, [memberOf(field.place)]: value } } : one)))
                }
              />
            ))}
            <button
              type="button"
              class="secondary small"
              onClick={() => {
                change(items.filter((one) => one !== item));
                add.current?.focus();
              }}
            >
              Retirer<span class="unseen"> : {name}</span>
            </button>
          </fieldset>
        );
      })}
      <button
        ref={add}
        type="button"
        class="secondary"
        onClick={() => {
          change([...items, { key: Math.max(-1, ...items.map(({ key }) => key)) + 1, from: null, values: {} }]);
          const first = list.template[0];
          const id = fieldId(`${list.place}/${String(items.length)}/${memberOf(first?.place ?? '')}`);
          window.setTimeout(() => document.getElementById(id)?.focus());
        }}
      >
        Ajouter un {list.item}
      </button>
    </>
  );
}
