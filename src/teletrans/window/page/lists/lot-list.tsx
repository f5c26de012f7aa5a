import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { ListChoices, ListOrder, LotColumn } from '../../../application/lists/port';
import type { Glance } from '../../../application/port';
import type { LotState } from '../../../domain/states';
import type { StateWords } from '../../state-words';
import { amountsLine, formatEuros } from '../../view-model/format';
import { lotRowOf, releaseQuestion, type LotRow } from '../../view-model/lot-rows';
import { stateChoices } from '../../view-model/state-choices';
import { declareOnPaper, releaseLot } from '../api';
import { fileAddress } from '../route';
import { Badge, Todo } from '../ui/badge';
import { DecisionDialog } from '../ui/decision-dialog';
import { PersonDecision } from '../ui/person-decision';
import type { Column } from '../ui/table-frame';
import { usePagedList } from '../ui/use-paged-list';
import { readLots } from './api';
import { DayList } from './day-list';
import { StateFilter } from './state-filter';
import { useListAsked } from './use-list-asked';

export interface LotListProps {
  readonly glance: Glance;
  readonly words: StateWords;
  readonly printing: boolean;
  readonly refresh: () => Promise<unknown>;
}

const NEWEST_FIRST: ListOrder<LotColumn> = { key: 'date', direction: 'desc' };

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

export function LotList({ glance, words, printing, refresh }: LotListProps): VNode {
  const asked = useListAsked(NEWEST_FIRST);
  const { practitioner, text, order } = asked;
  const [state, setState] = useState<LotState | null>(null);
  const choices = useMemo<ListChoices<LotState>>(
    () => ({ states: state === null ? null : [state], practitioner, text }),
    [state, practitioner, text],
  );
  const list = usePagedList(readLots, { choices, order }, glance, text);
  const [decided, setDecided] = useState<LotRow | null>(null);
  const [onPaper, setOnPaper] = useState<string | null>(null);
  const rowOf = useMemo(() => lotRowOf(glance, words), [glance, words]);
  const table = useMemo(() => columns(setDecided, (row) => setOnPaper(row.id)), []);
  return (
    <section class="list-view" aria-labelledby="titre-liste">
      <DayList
        title="Lots"
        noun="lot"
        caption="Liste des lots"
        name="lots"
        list={list}
        sums={list.found === null ? '' : amountsLine(list.found.totals)}
        columns={table}
        rowOf={rowOf}
        glance={glance}
        asked={asked}
        hint="numéro, organisme"
        printing={printing}
        nothing={{
          title: 'Aucun lot pour le moment.',
          text: 'Les lots sont formés au moment de transmettre, avec la carte du praticien.',
        }}
        noneChosen={{ title: 'Aucun lot ne répond à ces choix.', text: 'Élargissez l’état, le praticien ou la recherche.' }}
      >
        <StateFilter choices={stateChoices(list.found?.states ?? [], words.lot)} value={state} onChange={setState} />
      </DayList>
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
      {decided === null ? null : <ReleaseDialog lot={decided} refresh={refresh} onClose={() => setDecided(null)} />}
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
