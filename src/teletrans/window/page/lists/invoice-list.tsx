import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { InvoiceChoices, InvoiceColumn, ListedInvoice, ListOrder } from '../../../application/lists/port';
import type { Glance } from '../../../application/port';
import type { StateWords } from '../../state-words';
import { amountsLine } from '../../view-model/format';
import { invoiceRowOf, type InvoiceRow } from '../../view-model/invoice-rows';
import { invoicesOf } from '../../view-model/state-choices';
import { ApiFailure, noteSheetSent, releaseInvoice } from '../api';
import { PersonDecision } from '../ui/person-decision';
import { usePagedList } from '../ui/use-paged-list';
import { readInvoice, readInvoices } from './api';
import { DayList } from './day-list';
import { invoiceColumns } from './invoice-columns';
import { InvoiceDetails } from './invoice-details';
import { invoiceState, InvoiceStateFilter } from './invoice-state-filter';
import { useListAsked } from './use-list-asked';

export interface InvoiceListProps {
  readonly glance: Glance;
  readonly words: StateWords;
  readonly printing: boolean;
  readonly refresh: () => Promise<unknown>;
  /** From the address; anything unknown means all. */
  readonly state: string | null;
}

/** What a person may decide about an invoice. */
const DECISIONS = { 'release-held': releaseInvoice, 'sheet-sent': noteSheetSent } as const;

const MOST_PRESSING_FIRST: ListOrder<InvoiceColumn> = { key: 'deadline', direction: 'asc' };

export function InvoiceList({ glance, words, printing, refresh, state }: InvoiceListProps): VNode {
  const chosen = invoiceState(state, words);
  const asked = useListAsked(MOST_PRESSING_FIRST);
  const { practitioner, text, order } = asked;
  const choices = useMemo<InvoiceChoices>(
    () => ({ ...invoicesOf(chosen, words.invoice), practitioner, text }),
    [chosen, words, practitioner, text],
  );
  const list = usePagedList(readInvoices, { choices, order }, glance, text);
  const rowOf = useMemo(() => invoiceRowOf(glance, words), [glance, words]);
  const [shown, setShown] = useShown(rowOf);
  const [decided, setDecided] = useState<{ readonly kind: keyof typeof DECISIONS; readonly id: string } | null>(null);
  const columns = useMemo(() => invoiceColumns(setShown), [setShown]);
  const decide = (kind: keyof typeof DECISIONS, { id }: InvoiceRow): void => {
    setShown(null);
    setDecided({ kind, id });
  };
  return (
    <section class="list-view" aria-labelledby="titre-liste">
      <DayList
        title="Factures"
        noun="facture"
        caption="Liste des factures"
        name="invoices"
        list={list}
        sums={list.found === null ? '' : amountsLine(list.found.totals)}
        columns={columns}
        rowOf={rowOf}
        glance={glance}
        asked={asked}
        hint="numéro, organisme, lot"
        printing={printing}
        nothing={{
          title: 'Aucune facture pour le moment.',
          text: 'Les factures terminées dans le logiciel de gestion arrivent ici d’elles-mêmes.',
        }}
        noneChosen={{ title: 'Aucune facture ne répond à ces choix.', text: 'Élargissez l’état, le praticien ou la recherche.' }}
      >
        <InvoiceStateFilter value={chosen} states={list.found?.states ?? []} words={words} />
      </DayList>
      {shown === null ? null : (
        <InvoiceDetails
          row={shown}
          onClose={() => setShown(null)}
          onRelease={() => decide('release-held', shown)}
          onSheetSent={() => decide('sheet-sent', shown)}
        />
      )}
      {decided === null ? null : (
        <PersonDecision
          kind={decided.kind}
          id={decided.id}
          act={async (says) => {
            await DECISIONS[decided.kind](decided.id, says);
            await refresh();
          }}
          onClose={() => setDecided(null)}
        />
      )}
    </section>
  );
}

/** The invoice whose details are shown, kept true whatever the list becomes. @param rowOf changes with the day. */
function useShown(rowOf: (listed: ListedInvoice) => InvoiceRow): readonly [InvoiceRow | null, (row: InvoiceRow | null) => void] {
  const [shown, setShown] = useState<InvoiceRow | null>(null);
  const id = shown?.id ?? null;
  useEffect(() => {
    if (id === null) return undefined;
    let current = true;
    readInvoice(id).then(
      (listed) => (current ? setShown(rowOf(listed)) : undefined),
      (error: unknown) => {
        // It stays as it was seen; why the program does not answer is said elsewhere.
        if (!(error instanceof ApiFailure)) throw error;
      },
    );
    return () => {
      current = false;
    };
  }, [rowOf, id]);
  return [shown, setShown];
}
