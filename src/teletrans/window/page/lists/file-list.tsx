import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { FileColumn, ListChoices, ListOrder } from '../../../application/lists/port';
import type { Glance } from '../../../application/port';
import type { FileState } from '../../../domain/states';
import type { StateWords } from '../../state-words';
import { plural } from '../../view-model/format';
import { fileRowOf, retryQuestion, type FileRow } from '../../view-model/lot-rows';
import { stateChoices } from '../../view-model/state-choices';
import { resendFile, retryFile } from '../api';
import { fileAddress } from '../route';
import { Badge, Todo } from '../ui/badge';
import { DecisionDialog } from '../ui/decision-dialog';
import { PersonDecision } from '../ui/person-decision';
import type { Column } from '../ui/table-frame';
import { usePagedList } from '../ui/use-paged-list';
import { readFiles } from './api';
import { DayList } from './day-list';
import { StateFilter } from './state-filter';
import { useListAsked } from './use-list-asked';

export interface FileListProps {
  readonly glance: Glance;
  readonly words: StateWords;
  readonly printing: boolean;
  readonly refresh: () => Promise<unknown>;
}

const NEWEST_FIRST: ListOrder<FileColumn> = { key: 'created', direction: 'desc' };

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

export function FileList({ glance, words, printing, refresh }: FileListProps): VNode {
  const [state, setState] = useState<FileState | null>(null);
  const asked = useListAsked(NEWEST_FIRST);
  const { practitioner, text, order } = asked;
  const choices = useMemo<ListChoices<FileState>>(
    () => ({ states: state === null ? null : [state], practitioner, text }),
    [state, practitioner, text],
  );
  const list = usePagedList(readFiles, { choices, order }, glance, text);
  const [decided, setDecided] = useState<FileRow | null>(null);
  const [resentId, setResentId] = useState<string | null>(null);
  const rowOf = useMemo(() => fileRowOf(glance, words), [glance, words]);
  const table = useMemo(() => columns(setDecided, (row) => setResentId(row.id)), []);
  return (
    <section class="list-view" aria-labelledby="titre-liste">
      <DayList
        title="Fichiers"
        noun="fichier"
        caption="Liste des fichiers"
        name="files"
        list={list}
        sums={list.found === null ? '' : `${plural(list.found.totals.invoices, 'facture')} dans ces fichiers`}
        columns={table}
        rowOf={rowOf}
        glance={glance}
        asked={asked}
        hint="numéro, organisme, lot"
        printing={printing}
        nothing={{
          title: 'Aucun fichier pour le moment.',
          text: 'Les fichiers sont écrits au moment de transmettre, un par organisme.',
        }}
        noneChosen={{ title: 'Aucun fichier ne répond à ces choix.', text: 'Élargissez l’état, le praticien ou la recherche.' }}
      >
        <StateFilter choices={stateChoices(list.found?.states ?? [], words.file)} value={state} onChange={setState} />
      </DayList>
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
      {decided === null ? null : (
        <DecisionDialog
          {...retryQuestion(decided)}
          action="Reprendre l’envoi"
          act={async () => {
            await retryFile(decided.id);
            await refresh();
          }}
          onClose={() => setDecided(null)}
        />
      )}
    </section>
  );
}
