import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { RejectionView, ThirdPartyOverview } from '../../../application/third-party-port';
import { formatEuros, plural, shortNumber } from '../../view-model/format';
import { Empty } from '../lists/toolbar';
import { act } from './api';
import { SaysDialog } from './says-dialog';

const WHO: Readonly<Record<string, string>> = { cabinet: 'Le cabinet agit', caisse: 'La caisse agit', éditeur: 'L’assistance agit' };

/** Refused parts: why, who acts, what to do. */
export function Rejections({
  rejections: { count, shown },
  refresh,
}: {
  readonly rejections: ThirdPartyOverview['rejections'];
  readonly refresh: () => Promise<void>;
}): VNode {
  const [closing, setClosing] = useState<RejectionView | null>(null);
  if (count === 0) return <Empty title="Aucun rejet à traiter." text="Les factures rejetées par un organisme apparaîtront ici." />;
  return (
    <>
      <p role="status">
        <strong>{plural(count, 'rejet')} à traiter</strong>
        {shown.length < count ? `, les ${shown.length} plus anciens sont montrés` : ''}
      </p>
      <ul class="cards">
        {shown.map((one) => (
          <li key={`${one.invoiceId} ${one.part}`}>
            <div class="grow">
              <p>
                <strong>
                  Facture {shortNumber(one.number)}, part {one.part.toUpperCase()}
                </strong>{' '}
                – {one.payer}, {formatEuros(one.expected)}
              </p>
              {one.reasons.length === 0 ? <p>L’organisme n’a donné aucun motif.</p> : null}
              {one.reasons.map((reason) => (
                <p key={reason.code}>
                  {reason.label} ({reason.code}). <strong>{WHO[reason.who] ?? ''}</strong> : {reason.action}
                </p>
              ))}
              <p class="hint">
                {one.mayBeBilledAgain
                  ? 'Une facture corrigée, sous un nouveau numéro et reliée à celle-ci dans LOGOSw, la remplacera dans un nouveau lot ; celle-ci ne repartira pas.'
                  : 'Ne refacturez pas : une facture corrigée serait retenue tant que celle-ci n’est pas close.'}
              </p>
            </div>
            <button type="button" class="secondary small" onClick={() => setClosing(one)}>
              Clore…<span class="unseen"> la facture {shortNumber(one.number)}</span>
            </button>
          </li>
        ))}
      </ul>
      {closing === null ? null : (
        <SaysDialog
          title={`Clore la part ${closing.part.toUpperCase()} de la facture ${shortNumber(closing.number)} ?`}
          action="Clore"
          act={async (says) => {
            await act('close', { invoiceId: closing.invoiceId, part: closing.part, ...says });
            await refresh();
          }}
          onClose={() => setClosing(null)}
        >
          <p>Le montant qui reste dû ({formatEuros(closing.expected)}) ne sera plus attendu de l’organisme. Cela peut être annulé.</p>
        </SaysDialog>
      )}
    </>
  );
}
