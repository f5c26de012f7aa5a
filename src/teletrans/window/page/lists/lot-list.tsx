import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Overview } from '../../../application/port';
import type { StateWords } from '../../state-words';
import { formatEuros, plural } from '../../view-model/format';
import { stateChoices } from '../../view-model/invoice-rows';
import { lotRows, lotSortValue, releaseQuestion, type LotColumn, type LotRow } from '../../view-model/lot-rows';
import { declareOnPaper, releaseLot } from '../api';
import { fileAddress } from '../route';
import { Badge, Todo } from '../ui/badge';
import { DataTable, type Column } from '../ui/data-table';
import { DecisionDialog } from '../ui/decision-dialog';
import { PersonDecision } from '../ui/person-decision';
import { Empty, Toolbar } from './toolbar';
import { PractitionerFilter } from './practitioner-filter';
import { StateFilter } from './state-filter';

export interface LotListProps {
  readonly overview: Overview;
  readonly words: StateWords;
  readonly printing: boolean;
  readonly refresh: () => Promise<unknown>;
}

/** Lots whose electronic sending a person may give up (spec/lots-and-files.md § 6.2 row 20). */
const MAY_GO_ON_PAPER: ReadonlySet<LotRow['code']> = new Set<LotRow['code']>(['UNCERTAIN', 'ACK_OVERDUE', 'NACKED']);

function columns(ask: (row: LotRow) => void, toPaper: (row: LotRow) => void): readonly Column<LotRow, LotColumn>[] {
  return [
    { key: 'number', label: 'Lot', head: true, cell: (row) => row.number },
    { key: 'date', label: 'Date', cell: (row) => row.date },
    { key: 'kind', label: 'Type', cell: (row) => row.kind },
    { key: 'practitioner', label: 'Praticien', cell: (row) => row.practitioner },
    {
      key: 'payer',
      label: 'Organisme',
      cell: (row) => (
        <span class="wrap" title={row.payer}>
          {row.payer}
        </span>
      ),
    },
    { key: 'count', label: 'Factures', align: 'right', cell: (row) => row.count },
    { key: 'amo', label: 'Part AMO', align: 'right', cell: (row) => formatEuros(row.amo) },
    { key: 'amc', label: 'Part AMC', align: 'right', cell: (row) => formatEuros(row.amc) },
    {
      key: 'state',
      label: 'État et suite',
      cell: (row) => (
        <>
          <Badge {...row.state} />
          {row.releasable ? (
            <button type="button" class="secondary small" onClick={() => ask(row)}>
              Remettre à envoyer<span class="unseen"> les factures du lot {row.number}</span>
            </button>
          ) : null}
          {MAY_GO_ON_PAPER.has(row.code) ? (
            <button type="button" class="secondary small" onClick={() => toPaper(row)}>
              Passer au papier…<span class="unseen"> pour le lot {row.number}</span>
            </button>
          ) : null}
          <Todo text={row.ack?.short ?? row.todo} />
        </>
      ),
    },
    {
      key: 'file',
      label: 'Fichier',
      cell: (row) =>
        row.fileKey === null ? (
          '–'
        ) : (
          <a href={fileAddress(row.fileKey)}>
            {row.file}
            <span class="unseen"> : contenu et preuves du fichier du lot {row.number}</span>
          </a>
        ),
    },
  ];
}

export function LotList({ overview, words, printing, refresh }: LotListProps): VNode {
  const all = useMemo(() => lotRows(overview, words), [overview, words]);
  const [billingNumber, setBillingNumber] = useState<string | null>(null);
  const [state, setState] = useState<LotRow['code'] | null>(null);
  const [askedId, setAskedId] = useState<string | null>(null);
  const rows = useMemo(
    () => all.filter((row) => (billingNumber === null || row.billingNumber === billingNumber) && (state === null || row.code === state)),
    [all, billingNumber, state],
  );
  const [onPaper, setOnPaper] = useState<string | null>(null);
  const table = useMemo(
    () =>
      columns(
        (row) => setAskedId(row.id),
        (row) => setOnPaper(row.id),
      ),
    [],
  );
  const asked = all.find((row) => row.id === askedId) ?? null;
  return (
    <section class="list-view" aria-labelledby="titre-liste">
      <Toolbar title="Lots" status={`${plural(rows.length, 'lot')} sur ${all.length}`}>
        <StateFilter choices={stateChoices(all)} value={state} onChange={setState} />
        <PractitionerFilter overview={overview} value={billingNumber} onChange={setBillingNumber} />
      </Toolbar>
      {rows.length === 0 ? (
        <Empty
          title={all.length === 0 ? 'Aucun lot pour le moment.' : 'Aucun lot ne répond à ces choix.'}
          text={
            all.length === 0
              ? 'Les lots sont formés au moment de transmettre, avec la carte du praticien.'
              : 'Élargissez l’état ou le praticien.'
          }
        />
      ) : (
        <DataTable
          caption="Liste des lots"
          name="lots"
          columns={table}
          rows={rows}
          idOf={(row) => row.id}
          sortValue={lotSortValue}
          initial={{ key: 'date', direction: 'desc' }}
          printing={printing}
        />
      )}
      {onPaper === null ? null : (
        <PersonDecision
          kind="paper-duplicate"
          id={onPaper}
          act={async (says) => {
            await declareOnPaper(onPaper, says);
            await refresh();
          }}
          onClose={() => setOnPaper(null)}
        />
      )}
      {asked === null ? null : <ReleaseDialog lot={asked} refresh={refresh} onClose={() => setAskedId(null)} />}
    </section>
  );
}

interface ReleaseDialogProps {
  readonly lot: LotRow;
  readonly refresh: () => Promise<unknown>;
  readonly onClose: () => void;
}

function ReleaseDialog({ lot, refresh, onClose }: ReleaseDialogProps): VNode {
  const act = async (): Promise<void> => {
    await releaseLot(lot.id);
    await refresh();
  };
  return (
    <DecisionDialog {...releaseQuestion(lot)} action="Remettre à envoyer" act={act} onClose={onClose}>
      {lot.ack === null ? null : (
        <p>
          Motif reçu : <strong>{lot.ack.code}</strong> {lot.ack.label}
        </p>
      )}
    </DecisionDialog>
  );
}
