import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ClaimView } from '../../../application/third-party-port';
import { formatEuros } from '../../view-model/format';
import { centimesOf } from '../../view-model/third-party-rows';
import { act } from './api';
import { SaysDialog } from './says-dialog';

export interface AdjustDialogProps {
  readonly claim: ClaimView;
  readonly done: () => Promise<void>;
  readonly onClose: () => void;
}

/** Takes something off what is due, without money: a rounding, a sum given up. */
export function AdjustDialog({ claim, done, onClose }: AdjustDialogProps): VNode {
  const field = useId();
  const [typed, setTyped] = useState('');
  const amount = centimesOf(typed);
  const after = amount === null ? null : claim.due - amount;
  const fits = amount !== null && amount !== 0 && Math.sign(amount) === Math.sign(claim.due) && Math.abs(amount) <= Math.abs(claim.due);
  return (
    <SaysDialog
      title="Ajuster ce qui reste dû ?"
      action="Ajuster"
      ready={fits}
      act={async (says) => {
        await act('adjust', { invoiceId: claim.invoiceId, part: claim.part, amount: amount ?? 0, ...says });
        await done();
      }}
      onClose={onClose}
    >
      <p>
        Le montant est retiré du reste dû ({formatEuros(claim.due)}) sans paiement : un arrondi, une somme abandonnée, un trop-perçu gardé
        (montant négatif). L’ajustement garde votre nom et le motif, et peut être annulé depuis l’historique.
      </p>
      <label for={field}>Montant à retirer, en euros</label>
      <input
        id={field}
        type="text"
        inputMode="decimal"
        autocomplete="off"
        placeholder="0,00"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <p role="status">
        {typed.trim() === ''
          ? ''
          : !fits || after === null
            ? `Le montant doit aller vers zéro, au plus ${formatEuros(claim.due)}.`
            : `Il restera dû ${formatEuros(after)}.`}
      </p>
    </SaysDialog>
  );
}
