import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { ReturnRow } from '../../../application/inspection-port';
import { formatCount, formatDateTime, plural } from '../../view-model/format';
import { returnKind, returnState } from '../../view-model/inspection';
import { fileAddress, returnAddress } from '../route';
import { Badge, Problem } from '../ui/badge';
import { useRead } from '../ui/use-read';
import { PrintChoice } from '../ui/print-choice';
import { readReturns } from './inspection-api';

const OPENABLE: ReadonlySet<ReturnRow['kind']> = new Set(['ARL', 'RSP']);

/** Every return received, the newest first. @param on changes when the day does. */
export function Received({ on }: { readonly on: unknown }): VNode | null {
  const [from, setFrom] = useState(0);
  const { value, failure } = useRead(() => readReturns(from), [from, on]);
  if (failure !== null) return <Problem problem={failure} />;
  if (value === null) return null;
  const last = from + value.rows.length;
  return (
    <section class="received" aria-labelledby="titre-recus">
      <div class="row">
        <h3 id="titre-recus" class="grow">
          {value.total === 0
            ? 'Aucun retour reçu pour le moment'
            : `${plural(value.total, 'retour reçu', 'retours reçus')}, le plus récent d’abord`}
        </h3>
        <PrintChoice path="/api/print/returns" label="Liste des ARL et RSP (PDF)" what="la liste des ARL et RSP" linkClass="secondary" />
      </div>
      {value.rows.length === 0 ? null : (
        <table class="returns-list">
          <caption class="unseen">Retours reçus</caption>
          <thead>
            <tr>
              <th scope="col">Reçu le</th>
              <th scope="col">Type</th>
              <th scope="col">État</th>
              <th scope="col">Fichier</th>
            </tr>
          </thead>
          <tbody>
            {value.rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{formatDateTime(row.receivedAt)}</th>
                <td>{OPENABLE.has(row.kind) ? <a href={returnAddress(row.id)}>{returnKind(row.kind)}</a> : returnKind(row.kind)}</td>
                <td>
                  <Badge {...returnState(row.state)} />
                </td>
                <td>{row.file === null ? '–' : <a href={fileAddress(row.file.id)}>{row.file.number}</a>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {value.total <= value.rows.length ? null : (
        <p class="row" role="status">
          {formatCount(from + 1)} à {formatCount(last)} sur {formatCount(value.total)}
          <button type="button" class="secondary small" disabled={from === 0} onClick={() => setFrom(Math.max(0, from - 100))}>
            Plus récents
          </button>
          <button type="button" class="secondary small" disabled={last >= value.total} onClick={() => setFrom(last)}>
            Plus anciens
          </button>
        </p>
      )}
    </section>
  );
}
