import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ClaimRef, OpenLineView } from '../../../application/third-party-port';
import type { DecisionBody } from '../../protocol';
import { formatDate, formatEuros, shortNumber } from '../../view-model/format';
import { centimesOf, digitsOf, EVERY_OPEN_CLAIM } from '../../view-model/third-party-rows';
import { act, readCandidates, readClaims } from './api';
import { SaysDialog } from './says-dialog';

/** An invoice part the line may pay a share of. */
interface Choice extends ClaimRef {
  readonly number: string;
  readonly date: string;
  readonly payer: string;
  readonly due: number;
  /** As typed, euros. */
  readonly share: string;
}

const keyOf = ({ invoiceId, part }: ClaimRef): string => `${invoiceId} ${part}`;
/** Found by number at once. */
const MOST_FOUND = 8;

export interface SplitDialogProps {
  readonly line: OpenLineView;
  readonly done: () => Promise<void>;
  readonly onClose: () => void;
}

/** One line over several invoices, to the centime. */
export function SplitDialog({ line, done, onClose }: SplitDialogProps): VNode {
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const [search, setSearch] = useState('');
  const add = (more: readonly Omit<Choice, 'share'>[]): void =>
    setChoices((known) => [
      ...known,
      ...more.filter((one) => !known.some((other) => keyOf(other) === keyOf(one))).map((one) => ({ ...one, share: '' })),
    ]);
  useEffect(() => {
    let current = true;
    void readCandidates(line.id).then((found) => (current ? add(found.filter(({ bookable }) => bookable)) : undefined));
    return () => {
      current = false;
    };
  }, [line.id]);
  const find = async (): Promise<void> => {
    if (search === '') return;
    const asked = {
      choices: { ...EVERY_OPEN_CLAIM, settlement: 'all' as const, search },
      order: { key: 'age', direction: 'desc' } as const,
    };
    add((await readClaims({ ...asked, from: 0, count: MOST_FOUND, view: null })).rows);
  };
  const shares = choices.filter(({ share }) => share.trim() !== '').map((choice) => ({ choice, amount: centimesOf(choice.share) }));
  const wrong = shares.some(({ amount }) => amount === null || amount === 0);
  const left = line.amount - shares.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
  const split = async (says: DecisionBody): Promise<void> => {
    const allocations = shares.map(({ choice: { invoiceId, part }, amount }) => ({ invoiceId, part, amount: amount ?? 0 }));
    await act('reconcile', { line: line.id, allocations, ...says });
    await done();
  };
  return (
    <SaysDialog
      title="Répartir cette ligne sur plusieurs factures"
      action="Répartir"
      ready={!wrong && left === 0 && shares.length > 0}
      act={split}
      onClose={onClose}
    >
      <p>
        {formatEuros(line.amount)} de {line.payer}. Indiquez ce que chaque facture en reçoit.
      </p>
      <p class="row">
        <label>
          Ajouter la facture de numéro{' '}
          <input type="search" inputMode="numeric" value={search} onInput={(event) => setSearch(digitsOf(event.currentTarget.value))} />
        </label>
        <button type="button" class="secondary small" aria-disabled={search === ''} onClick={() => void find()}>
          Chercher
        </button>
      </p>
      {choices.length === 0 ? <p>Aucune facture proche : cherchez par numéro.</p> : null}
      <ul class="shares">
        {choices.map((choice) => (
          <li key={keyOf(choice)}>
            <label>
              <span>
                {shortNumber(choice.number)} {choice.part.toUpperCase()} du {formatDate(choice.date)}, {choice.payer} : reste dû{' '}
                {formatEuros(choice.due)}
              </span>
              <input
                type="text"
                inputMode="decimal"
                autocomplete="off"
                placeholder="0,00"
                aria-invalid={choice.share.trim() !== '' && centimesOf(choice.share) === null}
                value={choice.share}
                onInput={({ currentTarget: { value } }) =>
                  setChoices(choices.map((other) => (other === choice ? { ...choice, share: value } : other)))
                }
              />
            </label>
          </li>
        ))}
      </ul>
      <p role="status">
        {wrong
          ? 'Un montant n’est pas lisible : écrivez par exemple 12,34.'
          : left === 0
            ? 'Réparti au centime.'
            : `Reste à répartir : ${formatEuros(left)}.`}
      </p>
    </SaysDialog>
  );
}
