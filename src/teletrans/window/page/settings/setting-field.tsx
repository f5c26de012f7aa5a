import type { VNode } from 'preact';
import type { SecretState, SettingFieldView, SettingValue } from '../../../settings/port';
import { fieldId, valueOf } from '../../view-model/settings-draft';

const SECRETS: Readonly<Record<SecretState, string>> = {
  none: 'Aucun mot de passe n’est enregistré.',
  kept: 'Un mot de passe est enregistré. Laissez vide pour le garder.',
  'named-file': 'Le mot de passe est lu dans un fichier que cabinet.json nomme. Laissez vide pour le garder.',
  clear: 'Un mot de passe est enregistré en clair dans cabinet.json. Retapez-le : il sera rangé dans un fichier que vous seul pouvez lire.',
};

export interface SettingFieldProps {
  readonly field: SettingFieldView;
  /** What was typed, undefined for nothing yet. */
  readonly typed: SettingValue | undefined;
  /** What is wrong with it, or null. */
  readonly fault: string | null;
  readonly onInput: (value: SettingValue) => void;
}

const rangeOf = ({ minimum, maximum }: SettingFieldView): string =>
  minimum === null || maximum === null ? '' : `De ${String(minimum)} à ${String(maximum)}.`;

/** One setting: its label, what it is for, the value, and what is wrong with it beside it. */
export function SettingField({ field, typed, fault, onInput }: SettingFieldProps): VNode {
  const id = fieldId(field.place);
  const help = [
    field.help,
    rangeOf(field),
    field.secret === null ? '' : SECRETS[field.secret],
    field.effect === 'restart' ? 'Prend effet à la prochaine ouverture du module.' : '',
  ].filter((text) => text !== '');
  return (
    <div class={`setting${fault === null ? '' : ' setting-wrong'}`}>
      {field.kind === 'flag' ? (
        <label class="setting-flag" for={id}>
          <Control {...{ field, typed, fault, onInput }} id={id} /> {field.label}
        </label>
      ) : (
        <>
          <label for={id}>
            {field.label}
            {field.required ? <span class="field-name"> (obligatoire)</span> : null}
          </label>
          <Control {...{ field, typed, fault, onInput }} id={id} />
        </>
      )}
      <p class="hint" id={`${id}-aide`}>
        {help.join(' ')}
      </p>
      {field.pending ? (
        <p class="setting-pending" id={`${id}-attente`}>
          Enregistré ; le module travaille encore avec la valeur d’avant, jusqu’à sa prochaine ouverture.
        </p>
      ) : null}
      <p class="setting-fault" id={`${id}-faute`}>
        {fault ?? ''}
      </p>
    </div>
  );
}

function Control({ field, typed, fault, onInput, id }: SettingFieldProps & { readonly id: string }): VNode {
  const value = valueOf(field, typed);
  const common = {
    id,
    'aria-describedby': [`${id}-aide`, ...(field.pending ? [`${id}-attente`] : []), `${id}-faute`].join(' '),
    'aria-invalid': fault !== null,
  } as const;
  if (field.choices !== null)
    return (
      <select {...common} value={String(value ?? '')} onChange={(event) => onInput(event.currentTarget.value)}>
        {field.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    );
  if (field.kind === 'flag')
    return <input {...common} type="checkbox" checked={value === true} onChange={(event) => onInput(event.currentTarget.checked)} />;
  const text = {
    ...common,
    spellcheck: false,
    maxLength: 1000,
    'aria-required': field.required,
    value: String(value ?? ''),
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => onInput(event.currentTarget.value),
  } as const;
  if (field.kind === 'secret') return <input {...text} type="password" autocomplete="new-password" />;
  return <input {...text} type="text" inputMode={field.kind === 'number' ? 'numeric' : 'text'} autocomplete="off" />;
}
