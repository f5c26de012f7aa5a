import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { SettingGroupView } from '../../../settings/port';
import { formatDateTime, plural } from '../../view-model/format';
import { changeOf, countChanges, isShown } from '../../view-model/settings-draft';
import { Notice, Problem } from '../ui/badge';
import { DecisionDialog } from '../ui/decision-dialog';
import { ConnectionButton } from './connection-button';
import { RecipientsPanel } from './recipients-panel';
import { SettingField } from './setting-field';
import { SettingList } from './setting-list';
import { useSettings, type SettingsHandle } from './use-settings';

export interface SettingsPageProps {
  /** Changes with the day: the file is read again then. */
  readonly on: unknown;
  /** A transmission runs: nothing is written meanwhile. */
  readonly busy: boolean;
  /** The group to go to, null for the top. */
  readonly at: string | null;
}

/** The settings of the practice: what `cabinet.json` holds, changed here. */
export function SettingsPage({ on, busy, at }: SettingsPageProps): VNode {
  const settings = useSettings(on);
  const { view, failure, faults, said } = settings;
  const there = view !== null;
  useEffect(() => {
    if (at === null || !there) return undefined;
    // After the view itself, which takes the focus when it is shown.
    const timer = window.setTimeout(() => document.getElementById(`titre-reglages-${at}`)?.focus());
    return () => window.clearTimeout(timer);
  }, [at, there]);
  const elsewhere = faults.filter(({ place }) => view !== null && !isField(view.groups, place));
  return (
    <section class="settings" aria-labelledby="titre-reglages">
      <h2 id="titre-reglages">Réglages</h2>
      <p class="hint">
        Ce qui est dans le fichier cabinet.json{view === null ? '' : `, dossier ${view.folder}`}. Rien ne change avant « Enregistrer ». Les
        mots de passe ne sont jamais affichés.
      </p>
      {failure === null ? null : (
        <div class="setting-failure">
          <Problem problem={failure} />
          {failure.code === 'CFG-009' ? (
            <button type="button" class="secondary" onClick={() => void settings.reread()}>
              Relire le fichier
            </button>
          ) : null}
        </div>
      )}
      {view?.pending === true ? (
        <Notice
          tone="attention"
          shape="clock"
          title="Des réglages enregistrés attendent la prochaine ouverture du module."
          text="Fermez puis rouvrez LOGOSw, ou le programme vitale, quand aucun envoi n’est en cours. Chaque champ concerné le dit."
        />
      ) : null}
      {elsewhere.map(({ place, message }) => (
        <Notice key={place} tone="alert" shape="cross" title={message} text={place === '' ? null : `Dans cabinet.json : ${place}`} />
      ))}
      {view === null ? (
        <p class="loading">{failure === null ? 'Lecture des réglages…' : ''}</p>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy && !settings.working) void settings.save();
          }}
        >
          {view.groups.map((group) => (
            <Group key={group.id} group={group} settings={settings} />
          ))}
          <SaveBar settings={settings} busy={busy} />
        </form>
      )}
      <RecipientsPanel at={at} on={on} />
      <p class="unseen" role="status">
        {said}
      </p>
      <Confirmations settings={settings} />
    </section>
  );
}

const isField = (groups: readonly SettingGroupView[], at: string): boolean =>
  groups.some(({ fields, list }) => fields.some(({ place }) => place === at) || (list !== null && at.startsWith(`${list.place}/`)));

function Group({ group, settings }: { readonly group: SettingGroupView; readonly settings: SettingsHandle }): VNode {
  const { draft, faults, edit, view } = settings;
  const id = `titre-reglages-${group.id}`;
  const all = view?.groups.flatMap(({ fields }) => fields) ?? [];
  return (
    <section class="setting-group" aria-labelledby={id}>
      <h3 id={id} tabIndex={-1}>
        {group.title}
      </h3>
      <p class="hint">{group.about}</p>
      {group.list === null ? (
        <div class="setting-fields">
          {group.fields
            .filter((field) => isShown(field, all, draft))
            .map((field) => (
              <SettingField
                key={field.place}
                field={field}
                typed={draft.values[field.place]}
                fault={faults.find(({ place }) => place === field.place)?.message ?? null}
                onInput={(value) => edit({ ...draft, values: { ...draft.values, [field.place]: value } })}
              />
            ))}
        </div>
      ) : (
        <SettingList list={group.list} draft={draft} faults={faults} edit={edit} />
      )}
      {group.server === null || view === null ? null : (
        <ConnectionButton server={group.server} title={group.title} view={view} draft={draft} />
      )}
    </section>
  );
}

/** Always in sight: how much is typed and not saved, and what can be done about it. */
function SaveBar({ settings, busy }: { readonly settings: SettingsHandle; readonly busy: boolean }): VNode | null {
  const { view, draft, faults, said, working } = settings;
  if (view === null) return null;
  const changes = countChanges(changeOf(view, draft));
  const wrong = faults.length === 0 ? '' : ` ${plural(faults.length, 'valeur à corriger', 'valeurs à corriger')}.`;
  const state = changes === 0 ? said : `${plural(changes, 'modification non enregistrée', 'modifications non enregistrées')}.`;
  const why = busy ? 'Un envoi est en cours : enregistrez quand il a fini.' : changes === 0 ? 'Rien n’a été modifié.' : '';
  return (
    <div class="setting-bar">
      <p class="grow">
        {state}
        {wrong} {busy ? why : ''}
      </p>
      {view.previous === null || changes > 0 ? null : (
        <button
          type="button"
          class="secondary"
          aria-disabled={busy || working}
          onClick={() => (busy || working ? undefined : void settings.back())}
        >
          Revenir à la version d’avant le {formatDateTime(view.previous)}
        </button>
      )}
      {changes === 0 ? null : (
        <button type="button" class="secondary" onClick={settings.reset}>
          Annuler mes modifications
        </button>
      )}
      <button type="submit" class="primary" aria-disabled={busy || working || changes === 0} title={why}>
        Enregistrer
      </button>
    </div>
  );
}

function Confirmations({ settings }: { readonly settings: SettingsHandle }): VNode | null {
  const { asked, forgetAsked } = settings;
  if (asked === null) return null;
  const { confirmations, again } = asked;
  const [first] = confirmations;
  return (
    <DecisionDialog
      title={confirmations.length === 1 && first !== undefined ? `${first.title} ?` : 'Confirmer ces changements ?'}
      lines={confirmations.flatMap(({ lines }) => lines)}
      action="Confirmer et enregistrer"
      act={() => again(confirmations.map(({ id }) => id))}
      onClose={forgetAsked}
    />
  );
}
