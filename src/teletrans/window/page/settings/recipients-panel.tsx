import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { RecipientsView, RecipientTableView } from '../../../settings/recipients-port';
import type { TableRow } from '../../../settings/recipient-table';
import { formatDateTime, plural } from '../../view-model/format';
import { recheckSaid } from '../../view-model/mends';
import { MOST_ROWS, rowFor, rowsFound } from '../../view-model/recipients';
import { useAsked } from '../archives/asked';
import { recheckHeld } from '../mends/mend-api';
import { Problem } from '../ui/badge';
import { RecipientDialog, type RecipientDialogProps } from './recipient-dialog';
import { backRecipients, readRecipients } from './recipients-api';

type Editing = Pick<RecipientDialogProps, 'table' | 'line' | 'values'> & { readonly removing?: boolean };

/** The routing tables, a row at a time. @param at address of the page: a payer no table knows begins a new row. @param on read again when it changes. */
export function RecipientsPanel({ at, on }: { readonly at: string | null; readonly on: unknown }): VNode {
  const [view, setView] = useState<RecipientsView | null>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [said, setSaid] = useState('');
  const { failure, ask } = useAsked();
  useEffect(() => void ask(async () => setView(await readRecipients())), [on]);
  const there = view !== null;
  useEffect(() => {
    const wanted = rowFor(at);
    const table = view?.tables.find((one) => one.table === wanted?.table);
    if (wanted !== null && table !== undefined) setEditing({ table, line: null, values: wanted.values });
  }, [at, there]);
  /** What was held for want of the row is ready at once. */
  const saved = (next: RecipientsView): void => {
    setView(next);
    setEditing(null);
    setSaid('Table enregistrée.');
    void ask(async () => setSaid(`Table enregistrée. ${recheckSaid(await recheckHeld())}`));
  };
  return (
    <section class="setting-group" aria-labelledby="titre-tables">
      <h3 id="titre-tables">Les tables des organismes</h3>
      <p class="hint">
        {view?.own === true
          ? 'Ce cabinet a ses propres tables, dans son dossier de données.'
          : 'Ce cabinet utilise les tables livrées avec le module. La première modification en fait une copie dans son dossier de données.'}
      </p>
      <p role="status" class="mend-said">
        {said}
      </p>
      <Problem problem={failure} />
      {view?.tables.map((table) => (
        <OneTable
          key={table.table}
          table={table}
          edit={setEditing}
          back={() =>
            void ask(async () => {
              const outcome = await backRecipients({ table: table.table, version: table.version });
              if (outcome.saved) saved(outcome.view);
            })
          }
        />
      ))}
      {editing === null ? null : <RecipientDialog {...editing} onSaved={saved} onClose={() => setEditing(null)} />}
    </section>
  );
}

interface OneTableProps {
  readonly table: RecipientTableView;
  readonly edit: (editing: Editing) => void;
  readonly back: () => void;
}

function OneTable({ table, edit, back }: OneTableProps): VNode {
  const [text, setText] = useState('');
  const found = rowsFound(table, text);
  const valuesOf = ({ cells }: TableRow): Readonly<Record<string, string>> =>
    Object.fromEntries(table.columns.map(({ name }, rank) => [name, cells[rank] ?? '']));
  return (
    <div class="recipients">
      <h4>{table.title}</h4>
      <div class="row">
        <label>
          Recherche{' '}
          <input
            type="search"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
            aria-label={`Recherche : ${table.title}`}
          />
        </label>
        <span class="hint grow">{plural(found.length, 'ligne')}</span>
        {table.previous === null ? null : (
          <button type="button" class="secondary small" onClick={back}>
            Revenir à la version d’avant le {formatDateTime(table.previous)}
            <span class="unseen"> : {table.title}</span>
          </button>
        )}
        <button type="button" class="secondary small" onClick={() => edit({ table, line: null, values: {} })}>
          Ajouter une ligne<span class="unseen"> : {table.title}</span>
        </button>
      </div>
      <div class="recipients-box" tabIndex={0} role="region" aria-label={table.title}>
        <table>
          <caption class="unseen">{table.title}</caption>
          <thead>
            <tr>
              {table.columns.map(({ name, label }) => (
                <th key={name} scope="col">
                  {label}
                </th>
              ))}
              <th scope="col">Modifier</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, MOST_ROWS).map((row) => (
              <tr key={row.line}>
                {row.cells.map((cell, rank) => (
                  <td key={table.columns[rank]?.name ?? rank}>{cell}</td>
                ))}
                <td>
                  <button type="button" class="link" onClick={() => edit({ table, line: row.line, values: valuesOf(row) })}>
                    Modifier<span class="unseen"> la ligne {row.line}</span>
                  </button>{' '}
                  <button type="button" class="link" onClick={() => edit({ table, line: row.line, values: valuesOf(row), removing: true })}>
                    Retirer<span class="unseen"> la ligne {row.line}</span>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.length > MOST_ROWS ? <p class="hint">Les {MOST_ROWS} premières sont montrées : cherchez les autres.</p> : null}
    </div>
  );
}
