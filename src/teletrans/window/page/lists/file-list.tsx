import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Overview } from '../../../application/port';
import type { StateWords } from '../../state-words';
import { plural } from '../../view-model/format';
import { stateChoices } from '../../view-model/invoice-rows';
import { fileRows, fileSortValue, retryQuestion, type FileColumn, type FileRow } from '../../view-model/lot-rows';
import { resendFile, retryFile } from '../api';
import { fileAddress } from '../route';
import { Badge, Todo } from '../ui/badge';
import { DataTable, type Column } from '../ui/data-table';
import { DecisionDialog } from '../ui/decision-dialog';
import { PersonDecision } from '../ui/person-decision';
import { PractitionerFilter } from './practitioner-filter';
import { StateFilter } from './state-filter';
import { Empty, Toolbar } from './toolbar';

export interface FileListProps {
  readonly overview: Overview;
  readonly words: StateWords;
  readonly printing: boolean;
  readonly refresh: () => Promise<unknown>;
}

function columns(ask: (row: FileRow) => void, askAgain: (row: FileRow) => void): readonly Column<FileRow, FileColumn>[] {
  return [
    {
      key: 'number',
      label: 'Fichier',
      head: true,
      cell: (row) => (
        <a href={fileAddress(row.id)}>
          {row.number}
          <span class="unseen"> : contenu et preuves</span>
        </a>
      ),
    },
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
    {
      key: 'lots',
      label: 'Lots',
      cell: (row) => (
        <span class="wrap" title={row.lots}>
          {row.lots}
        </span>
      ),
    },
    { key: 'count', label: 'Factures', align: 'right', cell: (row) => row.count },
    {
      key: 'state',
      label: 'État et suite',
      cell: (row) => (
        <>
          <Badge {...row.state} />
          {row.retryable ? (
            <button type="button" class="secondary small" onClick={() => ask(row)}>
              Reprendre<span class="unseen"> l’envoi du fichier {row.number}</span>
            </button>
          ) : null}
          {row.resendable ? (
            <button type="button" class="secondary small" onClick={() => askAgain(row)}>
              Renvoyer…<span class="unseen"> le fichier {row.number}</span>
            </button>
          ) : null}
          <Todo
            text={[row.failure?.message, row.nextTry === null ? undefined : `Nouvel essai le ${row.nextTry}.`, row.todo]
              .filter(Boolean)
              .join(' ')}
          />
        </>
      ),
    },
    {
      key: 'created',
      label: 'Écrit le',
      cell: (row) => (
        <>
          {row.created}
          <span class="under">{row.handedOver}</span>
        </>
      ),
    },
    { key: 'attempts', label: 'Essais', align: 'right', cell: (row) => row.attempts },
  ];
}

export function FileList({ overview, words, printing, refresh }: FileListProps): VNode {
  const all = useMemo(() => fileRows(overview, words), [overview, words]);
  const [state, setState] = useState<FileRow['code'] | null>(null);
  const [billingNumber, setBillingNumber] = useState<string | null>(null);
  const [askedId, setAskedId] = useState<string | null>(null);
  const [resentId, setResentId] = useState<string | null>(null);
  const table = useMemo(
    () =>
      columns(
        (row) => setAskedId(row.id),
        (row) => setResentId(row.id),
      ),
    [],
  );
  const asked = all.find((row) => row.id === askedId) ?? null;
  const rows = useMemo(
    () => all.filter((row) => (billingNumber === null || row.billingNumber === billingNumber) && (state === null || row.code === state)),
    [all, billingNumber, state],
  );
  return (
    <section class="list-view" aria-labelledby="titre-liste">
      <Toolbar title="Fichiers" status={`${plural(rows.length, 'fichier')} sur ${all.length}`}>
        <StateFilter choices={stateChoices(all)} value={state} onChange={setState} />
        <PractitionerFilter overview={overview} value={billingNumber} onChange={setBillingNumber} />
      </Toolbar>
      {rows.length === 0 ? (
        <Empty
          title={all.length === 0 ? 'Aucun fichier pour le moment.' : 'Aucun fichier ne répond à ces choix.'}
          text={
            all.length === 0 ? 'Les fichiers sont écrits au moment de transmettre, un par organisme.' : 'Élargissez l’état ou le praticien.'
          }
        />
      ) : (
        <DataTable
          caption="Liste des fichiers"
          name="files"
          columns={table}
          rows={rows}
          idOf={(row) => row.id}
          sortValue={fileSortValue}
          initial={{ key: 'created', direction: 'desc' }}
          printing={printing}
        />
      )}
      {resentId === null ? null : (
        <PersonDecision
          kind="resend"
          id={resentId}
          act={async (says) => {
            await resendFile(resentId, says);
            await refresh();
          }}
          onClose={() => setResentId(null)}
        />
      )}
      {asked === null ? null : (
        <DecisionDialog
          {...retryQuestion(asked)}
          action="Reprendre l’envoi"
          act={async () => {
            await retryFile(asked.id);
            await refresh();
          }}
          onClose={() => setAskedId(null)}
        />
      )}
    </section>
  );
}
