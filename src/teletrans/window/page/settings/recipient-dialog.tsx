import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SettingConfirmation, SettingFault } from '../../../settings/port';
import type { RecipientsView, RecipientTableView } from '../../../settings/recipients-port';
import { pastedRow } from '../../view-model/recipients';
import { useAsked } from '../archives/asked';
import { Notice, Problem } from '../ui/badge';
import { Dialog } from '../ui/dialog';
import { saveRecipient } from './recipients-api';

export interface RecipientDialogProps {
  readonly table: RecipientTableView;
  /** Null for a new row. */
  readonly line: number | null;
  /** By column. */
  readonly values: Readonly<Record<string, string>>;
  /** The row is taken out. */
  readonly removing?: boolean;
  readonly onSaved: (view: RecipientsView) => void;
  readonly onClose: () => void;
}

/** One row of a routing table: filled in, its consequences read, saved. */
export function RecipientDialog({ table, line, values, removing = false, onSaved, onClose }: RecipientDialogProps): VNode {
  const [cells, setCells] = useState<readonly string[]>(() => table.columns.map(({ name, choices }) => values[name] ?? choices?.[0] ?? ''));
  const [faults, setFaults] = useState<readonly SettingFault[]>([]);
  const [asked, setAsked] = useState<readonly SettingConfirmation[]>([]);
  const { failure, working, ask } = useAsked();
  const first = useRef<HTMLElement>(null);
  useLayoutEffect(() => first.current?.focus(), [faults]);
  const save = (): Promise<void> =>
    ask(async () => {
      const confirmed = asked.map(({ id }) => id);
      const outcome = await saveRecipient({ table: table.table, version: table.version, line, cells: removing ? null : cells, confirmed });
      if (outcome.saved) {
        onSaved(outcome.view);
        return;
      }
      setFaults(outcome.faults);
      setAsked(outcome.confirmations);
    });
  const change = (rank: number, value: string): void => {
    setAsked([]);
    setCells(cells.map((cell, at) => (at === rank ? value : cell)));
  };
  const title = removing
    ? 'Retirer cette ligne ?'
    : line === null
      ? `Ajouter une ligne : ${table.title}`
      : `Modifier une ligne : ${table.title}`;
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!working) void save();
        }}
      >
        {removing ? (
          <p>{cells.filter((cell) => cell !== '').join(' · ')}</p>
        ) : (
          <>
            <p class="hint">
              Le support donne ces valeurs. Une ligne entière qu’il vous a envoyée peut être collée dans n’importe quel champ.
            </p>
            <div class="setting-fields">
              {table.columns.map(({ name, label, help, choices }, rank) => {
                const fault = faults.find(({ place }) => place === name)?.message ?? '';
                const id = `ligne-${name}`;
                const common = {
                  id,
                  ref: fault !== '' && faults[0]?.place === name ? (first as { current: never }) : null,
                  'aria-describedby': `${id}-aide ${id}-faute`,
                  'aria-invalid': fault !== '',
                };
                return (
                  <div key={name} class={`setting${fault === '' ? '' : ' setting-wrong'}`}>
                    <label for={id}>{label}</label>
                    {choices === null ? (
                      <input
                        {...common}
                        type="text"
                        autocomplete="off"
                        spellcheck={false}
                        maxLength={200}
                        value={cells[rank] ?? ''}
                        onPaste={(event) => {
                          const row = pastedRow(event.clipboardData?.getData('text/plain') ?? '', table.columns.length);
                          if (row === null) return;
                          event.preventDefault();
                          setAsked([]);
                          setCells(row);
                        }}
                        onInput={(event) => change(rank, event.currentTarget.value.trim())}
                      />
                    ) : (
                      <select {...common} value={cells[rank] ?? ''} onChange={(event) => change(rank, event.currentTarget.value)}>
                        {choices.map((choice) => (
                          <option key={choice} value={choice}>
                            {choice}
                          </option>
                        ))}
                      </select>
                    )}
                    <p class="hint" id={`${id}-aide`}>
                      {help}
                    </p>
                    <p class="setting-fault" id={`${id}-faute`}>
                      {fault}
                    </p>
                  </div>
                );
              })}
            </div>
          </>
        )}
        <div role="status">
          {asked.map(({ id, title: consequence, lines }) => (
            <Notice key={id} tone="attention" shape="question" title={`${consequence} ?`} text={lines.join(' ')} />
          ))}
        </div>
        <Problem problem={failure} />
        <div class="dialog-actions">
          <button type="button" class="secondary" onClick={onClose}>
            Annuler
          </button>
          <button type="submit" class="primary" aria-disabled={working}>
            {asked.length > 0 ? 'Confirmer et enregistrer' : removing ? 'Retirer' : 'Enregistrer'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
