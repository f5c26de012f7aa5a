import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { ConflictView, RemittanceView, ThirdPartyOverview } from '../../../application/third-party-port';
import { formatDate, formatEuros, shortNumber } from '../../view-model/format';
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

export interface RemittancesProps {
  readonly day: Pick<ThirdPartyOverview, 'remittances' | 'conflicts'>;
  readonly printing: boolean;
  readonly refresh: () => Promise<void>;
}

/** The payment returns, each with what became of its money: matched + open + set aside = total. */
export function Remittances({ day: { remittances, conflicts }, printing, refresh }: RemittancesProps): VNode {
  const [asked, setAsked] = useState<ConflictView | null>(null);
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
          <button type="button" class="secondary" onClick={() => setAsked(conflict)}>
            Compter quand même…
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
      {asked === null ? null : (
        <SaysDialog
          title="Compter ce retour de paiement ?"
          action="Compter quand même"
          act={async (says) => {
            await act('anyway', { returnId: asked.returnId, ...says });
            await refresh();
          }}
          onClose={() => setAsked(null)}
        >
          <p>{asked.message}</p>
          <p>Si c’est le même virement, son argent serait compté deux fois. Cela pourrait être annulé facture par facture.</p>
        </SaysDialog>
      )}
    </>
  );
}
