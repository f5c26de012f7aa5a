/** What a person may choose among the states of a list, and what each choice stands for. Pure. */
import type { InvoiceChoices } from '../../application/lists/port';
import { stateInGroup, type InvoiceGroup } from '../../domain/invoice-groups';
import type { ShownState } from '../../domain/paper-sheet';
import type { StateWord, StateWords } from '../state-words';

const COLLATOR = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' });

/** A state, a group of the summary, `person` (somebody should act), or null for all. */
export type InvoiceState = ShownState | InvoiceGroup | 'person' | null;

/** The states of a table in the order of their words. */
export function inOrderOfWords<S extends string>(words: Readonly<Record<S, StateWord>>): readonly S[] {
  return (Object.keys(words) as S[]).sort((a, b) => COLLATOR.compare(words[a].word, words[b].word));
}

const isState = (state: string, words: StateWords['invoice']): state is ShownState => Object.hasOwn(words, state);

/** The invoices a choice stands for: those whose sheet of paper has gone stay among the ones that were sent. */
export function invoicesOf(state: InvoiceState, words: StateWords['invoice']): Pick<InvoiceChoices, 'states' | 'clock'> {
  const among = (wanted: (state: ShownState) => boolean): readonly ShownState[] => (Object.keys(words) as ShownState[]).filter(wanted);
  if (state === null) return { states: null, clock: null };
  if (state === 'late') return { states: null, clock: 'late' };
  if (state === 'due') return { states: null, clock: 'today' };
  if (state === 'person') return { states: among((own) => words[own].person), clock: null };
  if (isState(state, words)) return { states: [state], clock: null };
  return { states: among((own) => stateInGroup(own === 'SHEET_SENT' ? 'NO_ACK_EXPECTED' : own, state)), clock: null };
}

/** The states there are, with their word, in the order of the words. */
export function stateChoices<S extends string>(
  states: readonly { readonly state: S; readonly count: number }[],
  words: Readonly<Record<S, StateWord>>,
): readonly { readonly state: S; readonly word: string; readonly count: number }[] {
  return states.map(({ state, count }) => ({ state, word: words[state].word, count })).sort((a, b) => a.word.localeCompare(b.word, 'fr'));
}
