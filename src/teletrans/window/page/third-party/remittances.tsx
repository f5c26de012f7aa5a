import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { ConflictView, RemittanceView, ThirdPartyOverview } from '../../../application/third-party-port';
import { formatDate, formatEuros, plural, shortNumber } from '../../view-model/format';
import type { SortValue } from '../../view-model/tables';
import { Empty } from '../lists/toolbar';
import { Notice } from '../ui/badge';
import { DataTable, type Column } from '../ui/data-table';
import { act } from './api';
import { SaysDialog } from './says-dialog';

type RemittanceColumn = 'date' | 'payer' | 'fileId' | 'lines' | 'total' | 'matched' | 'open' | 'setAside';

const COLUMNS: readonly Column<RemittanceView, RemittanceColumn>[] = [
  { key: 'date', label: 'Virement', head: true, cell: (row) => formatDate(row.date) },
  {
    key: 'payer',
    label: 'Organisme',
    cell: (row) => (
      <>
        {row.payer}
        <span class="under">{row.labels.join(', ')}</span>
      </>
    ),
  },
  { key: 'fileId', label: 'Retour', cell: (row) => shortNumber(row.fileId) },
  { key: 'lines', label: 'Lignes', align: 'right', cell: (row) => row.lines },
  {
    key: 'total',
    label: 'Total',
    align: 'right',
    cell: (row) => (
      <>
        {formatEuros(row.total)}
        {row.stated === null ? null : <span class="under">annoncé {formatEuros(row.stated)}</span>}
      </>
    ),
  },
  { key: 'matched', label: 'Rapproché', align: 'right', cell: (row) => formatEuros(row.matched) },
  { key: 'open', label: 'À rapprocher', align: 'right', cell: (row) => formatEuros(row.open) },
  { key: 'setAside', label: 'Écarté', align: 'right', cell: (row) => formatEuros(row.setAside) },
];

type ConflictAct = 'anyway' | 'asidereturn' | 'takeupreturn';

const ACTS: Readonly<Record<ConflictAct, { readonly title: string; readonly action: string; readonly text: string }>> = {
  anyway: {
    title: 'Compter ce retour de paiement ?',
    action: 'Compter quand même',
    text: 'Si c’est le même virement, son argent serait compté deux fois. Cela pourrait être annulé facture par facture.',
  },
  asidereturn: {
    title: 'Écarter ce retour de paiement ?',
    action: 'Écarter',
    text: 'Rien n’en sera compté. Il est gardé, avec votre nom et le motif, et peut être repris.',
  },
  takeupreturn: {
    title: 'Reprendre ce retour de paiement ?',
    action: 'Reprendre',
    text: 'Il attendra de nouveau une décision ; rien n’est compté avant.',
  },
};

export interface RemittancesProps {
  readonly day: Pick<ThirdPartyOverview, 'remittances' | 'conflicts' | 'asideConflicts'>;
  readonly printing: boolean;
  readonly refresh: () => Promise<void>;
}

/** The payment returns, each with what became of its money: matched + open + set aside = total. */
export function Remittances({ day: { remittances, conflicts, asideConflicts }, printing, refresh }: RemittancesProps): VNode {
  const [asked, setAsked] = useState<{ readonly conflict: ConflictView; readonly what: ConflictAct } | null>(null);
  const words = asked === null ? null : ACTS[asked.what];
  return (
    <>
      <p class="row">
        <a class="secondary" href="/api/third-party/export/csv" download>
          Rapprochement bancaire (CSV)
        </a>
        <a class="secondary" href="/api/third-party/export/xml" download>
          Rapprochement bancaire (XML)
        </a>
      </p>
      {conflicts.map((conflict) => (
        <div key={conflict.returnId} class="row">
          <div class="grow">
            <Notice tone="attention" shape="question" title={conflict.message} text={conflict.action} code="RET-041" />
          </div>
          <button type="button" class="secondary" onClick={() => setAsked({ conflict, what: 'anyway' })}>
            Compter quand même…
          </button>
          <button type="button" class="secondary" onClick={() => setAsked({ conflict, what: 'asidereturn' })}>
            Écarter…
          </button>
        </div>
      ))}
      {remittances.length === 0 ? (
        <Empty title="Aucun retour de paiement." text="Les retours (RSP) sont relevés avec les accusés." />
      ) : (
        <DataTable
          caption="Retours de paiement"
          name="remittances"
          columns={COLUMNS}
          rows={remittances}
          idOf={(row) => row.id}
          sortValue={(row, key): SortValue => row[key]}
          initial={{ key: 'date', direction: 'desc' }}
          printing={printing}
        />
      )}
      {asideConflicts.length === 0 ? null : (
        <details>
          <summary>{plural(asideConflicts.length, 'retour de paiement écarté', 'retours de paiement écartés')}</summary>
          <ul class="cards">
            {asideConflicts.map((conflict) => (
              <li key={conflict.returnId}>
                <div class="grow">
                  <p>{conflict.message}</p>
                  {conflict.words === null ? null : <p class="hint">Écarté – {conflict.words}</p>}
                </div>
                <button type="button" class="secondary small" onClick={() => setAsked({ conflict, what: 'takeupreturn' })}>
                  Reprendre…
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
      {asked === null || words === null ? null : (
        <SaysDialog
          title={words.title}
          action={words.action}
          act={async (says) => {
            await act(asked.what, { returnId: asked.conflict.returnId, ...says });
            await refresh();
          }}
          onClose={() => setAsked(null)}
        >
          <p>{asked.conflict.message}</p>
          <p>{words.text}</p>
        </SaysDialog>
      )}
    </>
  );
}
