import type { VNode } from 'preact';
import type { InvoicesPage } from '../../../application/lists/port';
import type { StateWords } from '../../state-words';
import { stateChoices, type InvoiceState } from '../../view-model/state-choices';
import { GROUP_LABELS } from '../../view-model/summary';
import { routeTo } from '../route';

const GROUPS = [{ group: 'person', label: 'À traiter par le cabinet' } as const, ...GROUP_LABELS];

/** From the address; anything unknown means all. */
export function invoiceState(state: string | null, words: StateWords): InvoiceState {
  const known = GROUPS.some(({ group }) => group === state) || (state !== null && Object.hasOwn(words.invoice, state));
  return known ? (state as InvoiceState) : null;
}

export interface InvoiceStateFilterProps {
  readonly value: InvoiceState;
  /** Those there are. */
  readonly states: InvoicesPage['states'];
  readonly words: StateWords;
}

/** The address says which state is chosen, so that a link and the browser's own back button lead there. */
export function InvoiceStateFilter({ value, states, words }: InvoiceStateFilterProps): VNode {
  const choices = stateChoices(states, words.invoice);
  const absent = value !== null && value in words.invoice && !choices.some(({ state }) => state === value);
  return (
    <label>
      État
      <select
        value={value ?? ''}
        onChange={(event) => (window.location.hash = routeTo('factures', (event.currentTarget.value || null) as InvoiceState))}
      >
        <option value="">Tous</option>
        <optgroup label="D’un coup d’œil">
          {GROUPS.map(({ group, label }) => (
            <option key={group} value={group}>
              {label}
            </option>
          ))}
        </optgroup>
        <optgroup label="Par état">
          {absent ? <option value={value}>{words.invoice[value as keyof StateWords['invoice']].word} (0)</option> : null}
          {choices.map((choice) => (
            <option key={choice.state} value={choice.state}>
              {choice.word} ({choice.count})
            </option>
          ))}
        </optgroup>
      </select>
    </label>
  );
}
