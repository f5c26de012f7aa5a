import { DUPLICATE_REASONS } from '../../../print/documents/duplicate-reasons';
import type { ComponentChildren, VNode } from 'preact';
import { readDossier } from '../archives/archive-api';
import { formatDateTime, formatEuros } from '../../view-model/format';
import type { InvoiceRow } from '../../view-model/invoice-rows';
import { InvoiceMend } from '../mends/invoice-mend';
import { Badge, Notice } from '../ui/badge';
import { Dialog } from '../ui/dialog';
import { useRead } from '../ui/use-read';
import { PrintChoice } from '../ui/print-choice';

/** One line of a description list. */
function Line({ name, children }: { readonly name: string; readonly children: ComponentChildren }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What happened to the invoice, each with its date, who did it and what proves it. */
function Timeline({ id }: { readonly id: string }): VNode {
  const { value, failure } = useRead(() => readDossier(id), [id]);
  return (
    <section aria-labelledby="titre-histoire">
      <h3 id="titre-histoire">Histoire de la facture</h3>
      {failure === null ? null : (
        <Notice tone="attention" shape="cross" title={failure.message} text={failure.action} code={failure.code} />
      )}
      {value === null ? (
        <p class="hint">{failure === null ? 'Lecture…' : ''}</p>
      ) : (
        <ol class="timeline">
          {value.timeline.map(({ at, what, who, proof }, rank) => (
            <li key={`${at} ${String(rank)}`}>
              <time dateTime={at}>{formatDateTime(at)}</time>
              <span>
                {what} <span class="field-name">({who})</span>
                {proof === '' ? null : <span class="under">{proof}</span>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** One print for each reason a duplicate may give. */
function Motives({ path, what }: { readonly path: string; readonly what: string }): VNode {
  return (
    <ul>
      {Object.entries(DUPLICATE_REASONS).map(([reason, words]) => (
        <li key={reason}>
          <PrintChoice path={`${path}?motif=${reason}`} label={words} linkLabel={`${words} : ${what}`} what={`${what}, ${words}`} />
        </li>
      ))}
    </ul>
  );
}

export interface InvoiceDetailsProps {
  readonly row: InvoiceRow;
  readonly onClose: () => void;
  /** The person wants to let the invoice leave. */
  readonly onRelease: () => void;
  /** The person has sent the sheet of paper. */
  readonly onSheetSent: () => void;
}

/** All that is known of one invoice, with what to do. */
export function InvoiceDetails({ row, onClose, onRelease, onSheetSent }: InvoiceDetailsProps): VNode {
  return (
    <Dialog title={`Facture ${row.number}`} onClose={onClose}>
      <p class="details-state">
        <Badge {...row.state} /> {row.state.meaning}
      </p>
      {row.reason === null ? (
        <p class="details-todo">
          <strong>{row.state.todo}</strong>
        </p>
      ) : (
        <Notice tone="attention" shape="hand" title={row.reason.message} text={row.reason.action} code={row.reason.code} />
      )}
      <InvoiceMend id={row.id} on={row.reason?.code ?? null} />
      {row.notes.map((note) => (
        <Notice key={note.code} tone="info" shape="paper" title={note.message} text={note.action} code={note.code} />
      ))}
      <dl>
        <Line name="Type">
          {row.kind === 'FSE' ? 'FSE, feuille de soins électronique (assurance maladie)' : 'DRE, demande de remboursement (complémentaire)'}
        </Line>
        <Line name="Praticien">
          {row.practitioner}, situation {row.situation}
        </Line>
        <Line name="Organisme">{row.payer}</Line>
        {row.parts === null ? null : (
          <Line name="Parts">
            AMO <Badge {...row.parts.amo} /> AMC <Badge {...row.parts.amc} />
          </Line>
        )}
        <Line name="Terminée le">{row.completedOn}</Line>
        <Line name="Échéance légale">
          {row.deadline}
          {row.deadlineWord === '' ? '' : ` (${row.deadlineWord})`}
        </Line>
        <Line name="Lot">{row.lot ?? (row.deadlineState === 'none' ? 'aucun' : 'pas encore')}</Line>
        {row.ack === null ? null : (
          <Line name="ARL du lot">
            {row.ack.code} {row.ack.label}, reçu le {row.ack.at}
          </Line>
        )}
        <Line name="Montant">{formatEuros(row.fees)}</Line>
        <Line name="Part AMO">{formatEuros(row.amo)}</Line>
        <Line name="Part AMC">{formatEuros(row.amc)}</Line>
      </dl>
      <Timeline id={row.id} />
      <details>
        <summary>Duplicata papier</summary>
        <p>
          Quand l’envoi électronique est impossible ou que la réémission échoue, la loi demande un duplicata sur papier, signé, pour
          l’assuré ou la caisse (code de la sécurité sociale, R. 161-47). Choisissez son motif :
        </p>
        <Motives path={`/api/print/duplicate/${row.id}`} what="duplicata" />
        {row.sheet === 'owed' && row.lotId !== null ? (
          <>
            <p>Ou en une fois, pour chaque facture du lot {row.lot} dont la feuille papier reste due :</p>
            <Motives path={`/api/print/duplicates/${row.lotId}`} what={`duplicatas du lot ${row.lot ?? ''}`} />
          </>
        ) : null}
      </details>
      <div class="dialog-actions">
        <PrintChoice
          path={`/api/print/dossier/${row.id}`}
          label="Dossier d’une page pour la caisse (PDF)"
          what="le dossier pour la caisse"
        />
        {row.deadlineState === 'late' ? (
          <PrintChoice
            path={`/api/print/late-notice/${row.id}`}
            label="Courrier à l’organisme pour le retard (PDF)"
            what="le courrier pour le retard"
          />
        ) : null}
        {row.releasable ? (
          <button type="button" class="secondary" onClick={onRelease}>
            Libérer cette facture…
          </button>
        ) : null}
        {row.sheet === 'owed' ? (
          <button type="button" class="secondary" onClick={onSheetSent}>
            Noter la feuille papier envoyée…
          </button>
        ) : null}
        <button type="button" class="secondary" onClick={onClose}>
          Fermer
        </button>
      </div>
    </Dialog>
  );
}
