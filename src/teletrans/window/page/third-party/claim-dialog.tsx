import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { ClaimView, HistoryView } from '../../../application/third-party-port';
import type { DecisionBody } from '../../protocol';
import { formatDateTime, formatEuros, shortNumber } from '../../view-model/format';
import { Problem } from '../ui/badge';
import { Dialog } from '../ui/dialog';
import { useRead } from '../ui/use-read';
import { AdjustDialog } from './adjust-dialog';
import { act, readHistory } from './api';
import { SaysDialog } from './says-dialog';

const KINDS: Readonly<Record<HistoryView['kind'], string>> = {
  payment: 'Paiement',
  recovery: 'Reprise',
  refusal: 'Rejet',
  deferral: 'Différé',
  notice: 'Signalement',
  adjustment: 'Ajustement',
  closure: 'Close',
  note: 'Note',
  owner: 'Suivi par',
  reminder: 'Relance',
};

type Asked =
  { readonly what: 'adjust' } | { readonly what: 'close' | 'note' | 'owner' } | { readonly what: 'undo'; readonly batch: string } | null;

const QUESTIONS = {
  close: { title: 'Clore cette part ?', action: 'Clore', text: 'Ce qui reste dû ne sera plus attendu. Cela peut être annulé.' },
  note: { title: 'Ajouter une note', action: 'Ajouter', text: 'La note est le motif ci-dessous.' },
  owner: { title: 'Suivre ce paiement', action: 'Suivre', text: 'Le nom ci-dessous sera celui de la personne qui suit ce paiement.' },
  undo: {
    title: 'Annuler ce rapprochement ?',
    action: 'Annuler le rapprochement',
    text: 'Tout ce que le même acte a compté est annulé (une ligne d’un retour, ou une validation groupée) : ses lignes reviennent à rapprocher. L’annulation laisse une trace.',
  },
} as const;

export interface ClaimDialogProps {
  readonly claim: ClaimView;
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

/** The history of one part, and what can be done about it. */
export function ClaimDialog({ claim, refresh, onClose }: ClaimDialogProps): VNode {
  const [asked, setAsked] = useState<Asked>(null);
  const { invoiceId, part } = claim;
  const { value: past, failure } = useRead(() => readHistory({ invoiceId, part }), [invoiceId, part], true);
  if (asked?.what === 'adjust') {
    const done = async (): Promise<void> => {
      await refresh();
      onClose();
    };
    return <AdjustDialog claim={claim} done={done} onClose={() => setAsked(null)} />;
  }
  if (asked !== null) {
    const { title, action, text } = QUESTIONS[asked.what];
    const decide = async (says: DecisionBody): Promise<void> => {
      if (asked.what === 'undo') await act('undo', { batch: asked.batch, ...says });
      else await act(asked.what, { invoiceId, part, ...says });
      await refresh();
      onClose();
    };
    return (
      <SaysDialog key={asked.what} title={title} action={action} act={decide} onClose={() => setAsked(null)}>
        <p>{text}</p>
      </SaysDialog>
    );
  }
  const title = `Facture ${shortNumber(claim.number)}, part ${part.toUpperCase()}`;
  return (
    <Dialog title={title} onClose={onClose}>
      <p>
        {claim.payer} : attendu {formatEuros(claim.expected)}, payé {formatEuros(claim.paid)}, reste dû {formatEuros(claim.due)}.
      </p>
      <Problem problem={failure} />
      {past === null ? (
        <p role="status">{failure === null ? 'Lecture…' : ''}</p>
      ) : past.length === 0 ? (
        <p>Rien n’est encore arrivé pour cette part.</p>
      ) : (
        <ol class="history">
          {past.map((one, rank) => (
            <li key={rank} class="row">
              <span class="grow">
                {formatDateTime(one.at)} – {one.undo ? `Annulation (${KINDS[one.kind].toLowerCase()})` : KINDS[one.kind]}
                {one.amount === 0 ? '' : ` ${formatEuros(one.amount)}`}
                {one.undone ? ' – annulé' : ''}
                {one.words === null ? null : <span class="under">{one.words}</span>}
              </span>
              {one.batch === null ? null : (
                <button type="button" class="secondary small" onClick={() => setAsked({ what: 'undo', batch: one.batch ?? '' })}>
                  Annuler…<span class="unseen"> {KINDS[one.kind]}</span>
                </button>
              )}
            </li>
          ))}
        </ol>
      )}
      <div class="dialog-actions">
        <button type="button" class="secondary" onClick={() => setAsked({ what: 'note' })}>
          Note…
        </button>
        <button type="button" class="secondary" onClick={() => setAsked({ what: 'owner' })}>
          Suivre…
        </button>
        {claim.due === 0 ? null : (
          <button type="button" class="secondary" onClick={() => setAsked({ what: 'adjust' })}>
            Ajuster…
          </button>
        )}
        {claim.state === 'REJECTED' || claim.state === 'PART_PAID' ? (
          <button type="button" class="secondary" onClick={() => setAsked({ what: 'close' })}>
            Clore…
          </button>
        ) : null}
        <button type="button" class="primary" onClick={onClose}>
          Fermer
        </button>
      </div>
    </Dialog>
  );
}
