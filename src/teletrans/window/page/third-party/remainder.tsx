import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { CandidateView, LinesView, OpenLineView } from '../../../application/third-party-port';
import type { DecisionBody } from '../../protocol';
import { formatDate, formatEuros, plural, shortNumber } from '../../view-model/format';
import { Empty } from '../lists/toolbar';
import { Problem } from '../ui/badge';
import { useRead } from '../ui/use-read';
import { act, readCandidates } from './api';
import { SaysDialog } from './says-dialog';
import { SplitDialog } from './split-dialog';

export interface RemainderProps {
  readonly open: LinesView;
  readonly aside: LinesView;
  readonly refresh: () => Promise<void>;
}

type Asked =
  | { readonly what: 'match' | 'split'; readonly line: OpenLineView }
  | { readonly what: 'aside' | 'takeup'; readonly line: OpenLineView }
  | { readonly what: 'exact' }
  | null;

/** What payers sent that matched nothing by itself. */
export function Remainder({ open, aside, refresh }: RemainderProps): VNode {
  const [asked, setAsked] = useState<Asked>(null);
  const done = async (): Promise<void> => {
    setAsked(null);
    await refresh();
  };
  return (
    <>
      {open.count === 0 ? (
        <Empty title="Rien à rapprocher." text="Chaque ligne des retours de paiement a trouvé sa facture, ou a été écartée." />
      ) : (
        <>
          <p class="row">
            <strong role="status">
              {plural(open.count, 'ligne')} à rapprocher, {formatEuros(open.amount)}
              {open.shown.length < open.count ? ` (les ${open.shown.length} premières sont montrées)` : ''}
            </strong>
            <button type="button" class="secondary" onClick={() => setAsked({ what: 'exact' })}>
              Valider les candidats exacts…
            </button>
          </p>
          <ul class="cards">
            {open.shown.map((line) => (
              <li key={line.id}>
                <LineText line={line} />
                <button type="button" class="secondary small" onClick={() => setAsked({ what: 'match', line })}>
                  Rapprocher…<span class="unseen"> la ligne {line.id}</span>
                </button>
                <button type="button" class="secondary small" onClick={() => setAsked({ what: 'split', line })}>
                  Répartir…<span class="unseen"> la ligne {line.id}</span>
                </button>
                <button type="button" class="secondary small" onClick={() => setAsked({ what: 'aside', line })}>
                  Écarter…<span class="unseen"> la ligne {line.id}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {aside.count === 0 ? null : (
        <details>
          <summary>{plural(aside.count, 'ligne écartée', 'lignes écartées')}</summary>
          <ul class="cards">
            {aside.shown.map((line) => (
              <li key={line.id}>
                <LineText line={line} />
                <button type="button" class="secondary small" onClick={() => setAsked({ what: 'takeup', line })}>
                  Reprendre…<span class="unseen"> la ligne {line.id}</span>
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
      {asked?.what === 'match' ? <MatchDialog line={asked.line} done={done} onClose={() => setAsked(null)} /> : null}
      {asked?.what === 'split' ? <SplitDialog line={asked.line} done={done} onClose={() => setAsked(null)} /> : null}
      {asked?.what === 'exact' ? <ExactDialog lines={open.shown} done={done} onClose={() => setAsked(null)} /> : null}
      {asked?.what === 'aside' || asked?.what === 'takeup' ? (
        <SaysDialog
          title={asked.what === 'aside' ? 'Écarter cette ligne ?' : 'Remettre cette ligne à rapprocher ?'}
          action={asked.what === 'aside' ? 'Écarter' : 'Reprendre'}
          act={async (says) => {
            await act(asked.what, { line: asked.line.id, ...says });
            await done();
          }}
          onClose={() => setAsked(null)}
        >
          <LineText line={asked.line} />
          {asked.what === 'aside' ? <p>Son montant ne sera compté sur aucune facture. Vous pourrez la reprendre.</p> : null}
        </SaysDialog>
      ) : null}
    </>
  );
}

function LineText({ line }: { readonly line: OpenLineView }): VNode {
  const head = [
    line.number === null ? null : `facture ${shortNumber(line.number)}`,
    line.part?.toUpperCase() ?? null,
    line.lot === null ? null : `lot ${line.lot}`,
    line.practitioner === null ? null : `praticien ${line.practitioner}`,
  ].filter((text) => text !== null);
  return (
    <div class="grow">
      <p>
        <strong>{formatEuros(line.amount)}</strong> – {line.payer}, le {formatDate(line.date)} (retour {shortNumber(line.remittance)})
        {head.length === 0 ? '' : ` : ${head.join(', ')}`}
      </p>
      <p class="hint">{[line.cause, ...line.said].join(' ')}</p>
    </div>
  );
}

interface Closing {
  readonly done: () => Promise<void>;
  readonly onClose: () => void;
}

const keyOf = ({ invoiceId, part }: CandidateView): string => `${invoiceId} ${part}`;

function MatchDialog({ line, done, onClose }: Closing & { readonly line: OpenLineView }): VNode {
  const { value: found, failure } = useRead(() => readCandidates(line.id), [line.id], true);
  /** Key of the candidate a person chose; null before: then it is the best. */
  const [picked, setPicked] = useState<string | null>(null);
  const best = found?.find(({ bookable }) => bookable);
  const chosen = picked ?? (best === undefined ? null : keyOf(best));
  const choice = found?.find((candidate) => keyOf(candidate) === chosen) ?? null;
  const match = async (says: DecisionBody): Promise<void> => {
    if (choice === null) return;
    const { invoiceId, part } = choice;
    await act('reconcile', { line: line.id, allocations: [{ invoiceId, part, amount: line.amount }], ...says });
    await done();
  };
  return (
    <SaysDialog
      title="À quelle facture cette ligne répond-elle ?"
      action="Rapprocher"
      ready={choice !== null}
      act={match}
      onClose={onClose}
    >
      <LineText line={line} />
      <Problem problem={failure} />
      {found === null ? (
        <p role="status">{failure === null ? 'Recherche des factures proches…' : ''}</p>
      ) : found.length === 0 ? (
        <p>Aucune facture proche. Écartez la ligne, ou attendez que la facture arrive : elle sera alors rapprochée d’elle-même.</p>
      ) : (
        <fieldset class="candidates">
          <legend>Factures proches, la plus probable d’abord</legend>
          {found.map((candidate) => (
            <label key={keyOf(candidate)} class="candidate">
              <input
                type="radio"
                name="candidat"
                checked={chosen === keyOf(candidate)}
                disabled={!candidate.bookable}
                onChange={() => setPicked(keyOf(candidate))}
              />
              <span>
                <strong>
                  {shortNumber(candidate.number)} {candidate.part.toUpperCase()}
                </strong>{' '}
                du {formatDate(candidate.date)}, {candidate.payer} : reste dû {formatEuros(candidate.due)}
                <span class="hint">
                  {candidate.difference === 0 ? 'Aucun écart.' : `Écart ${formatEuros(candidate.difference)}.`} {candidate.likely.join(' ')}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </SaysDialog>
  );
}

/** Several lines in one act: those whose best candidate owes exactly their amount. */
function ExactDialog({ lines, done, onClose }: Closing & { readonly lines: readonly OpenLineView[] }): VNode {
  const { value: pairs, failure } = useRead(() => exactPairs(lines), [lines], true);
  const validate = async (says: DecisionBody): Promise<void> => {
    const choices = (pairs ?? []).map(({ line, candidate: { invoiceId, part } }) => ({ line: line.id, invoiceId, part }));
    await act('validate', { choices, ...says });
    await done();
  };
  return (
    <SaysDialog
      title="Valider les candidats exacts ?"
      action={`Valider ${plural(pairs?.length ?? 0, 'rapprochement')}`}
      ready={(pairs?.length ?? 0) > 0}
      act={validate}
      onClose={onClose}
    >
      <Problem problem={failure} />
      {pairs === null ? (
        <p role="status">{failure === null ? 'Recherche…' : ''}</p>
      ) : pairs.length === 0 ? (
        <p>Aucune ligne n’a de candidat au centime près.</p>
      ) : (
        <>
          <p>Ces rapprochements se feront ensemble, et pourront être annulés ensemble depuis l’historique d’une de leurs factures.</p>
          <ul>
            {pairs.map(({ line, candidate }) => (
              <li key={line.id}>
                {formatEuros(line.amount)} (facture {line.number === null ? '–' : shortNumber(line.number)} du retour) → facture{' '}
                {shortNumber(candidate.number)} {candidate.part.toUpperCase()}. {candidate.likely.join(' ')}
              </li>
            ))}
          </ul>
        </>
      )}
    </SaysDialog>
  );
}

async function exactPairs(
  lines: readonly OpenLineView[],
): Promise<readonly { readonly line: OpenLineView; readonly candidate: CandidateView }[]> {
  const pairs: { line: OpenLineView; candidate: CandidateView }[] = [];
  const taken = new Set<string>();
  for (const line of lines.filter(({ amount }) => amount > 0)) {
    const [best] = await readCandidates(line.id);
    if (best?.bookable !== true || best.difference !== 0 || taken.has(keyOf(best))) continue;
    taken.add(keyOf(best));
    pairs.push({ line, candidate: best });
  }
  return pairs;
}
