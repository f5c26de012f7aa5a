import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { CandidateView, Glance, TrayView } from '../../../application/port';
import type { StateWords } from '../../state-words';
import { formatDateTime, plural } from '../../view-model/format';
import { attachReturn, fileReturn, readTray } from '../api';
import { Received } from '../inspection/received';
import { returnAddress } from '../route';
import { Badge, Notice, Problem } from '../ui/badge';
import { PersonDecision } from '../ui/person-decision';
import { useRead } from '../ui/use-read';
import { FiledReturns } from './filed-returns';
import { Empty, Toolbar } from './toolbar';

export interface ReturnTrayProps {
  readonly overview: Glance;
  readonly words: StateWords;
  readonly refresh: () => Promise<unknown>;
}

/** The decision that is being asked: to attach the return to this file, or to put it away. */
interface Asked {
  readonly returnId: string;
  readonly fileId: string | null;
}

/** Returns that belong to nothing we know, and mails that could not be read, each with what to do. */
export function ReturnTray({ overview, words, refresh }: ReturnTrayProps): VNode {
  const { value: entries, failure } = useRead(readTray, [overview]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const shown = entries ?? [];
  return (
    <section class="list-view" aria-labelledby="titre-liste">
      <Toolbar title="Retours à regarder" status={entries === null ? 'Lecture…' : plural(shown.length, 'retour')} />
      <Problem problem={failure} />
      {entries !== null && shown.length === 0 ? (
        <Empty
          title="Aucun retour à regarder."
          text="Les accusés qui ne correspondent à aucun lot et les messages illisibles se rangent ici ; rien n’est effacé."
        />
      ) : null}
      <ul class="tray">
        {shown.map((entry) => (
          <Entry key={entry.id} entry={entry} words={words} ask={(fileId) => setAsked({ returnId: entry.id, fileId })} />
        ))}
      </ul>
      <Received on={overview} />
      <FiledReturns overview={overview} refresh={refresh} />
      {asked === null ? null : <AskedDecision {...asked} refresh={refresh} onClose={() => setAsked(null)} />}
    </section>
  );
}

interface AskedDecisionProps extends Asked {
  readonly refresh: () => Promise<unknown>;
  readonly onClose: () => void;
}

function AskedDecision({ returnId, fileId, refresh, onClose }: AskedDecisionProps): VNode {
  return (
    <PersonDecision
      kind={fileId === null ? 'file-return' : 'attach-return'}
      id={fileId === null ? returnId : `${returnId}.${fileId}`}
      act={async (says) => {
        await (fileId === null ? fileReturn(returnId, says) : attachReturn(returnId, fileId, says));
        await refresh();
      }}
      onClose={onClose}
    />
  );
}

interface EntryProps {
  readonly entry: TrayView;
  readonly words: StateWords;
  /** Null: to put it away. */
  readonly ask: (fileId: string | null) => void;
}

function Entry({ entry, words, ask }: EntryProps): VNode {
  const received = formatDateTime(entry.receivedAt);
  return (
    <li class="tray-entry">
      <h3>
        Reçu le {received}{' '}
        {entry.kind === 'ARL' || entry.kind === 'RSP' ? (
          <a href={returnAddress(entry.id)}>
            voir son contenu<span class="unseen"> (retour reçu le {received})</span>
          </a>
        ) : null}
      </h3>
      <Notice tone="attention" shape="question" title={entry.message} text={entry.action} code={entry.code} />
      {entry.state === 'unmatched' && entry.kind === 'ARL' && entry.candidates.length === 0 ? (
        <p class="hint">Aucun fichier d’ici ne lui ressemble : il vient peut-être d’un autre poste, ou d’une autre copie des données.</p>
      ) : null}
      {entry.candidates.map((candidate) => (
        <Candidate key={candidate.fileId} candidate={candidate} words={words} received={received} ask={ask} />
      ))}
      {entry.kind === 'RSP' && entry.state === 'unmatched' ? (
        <p>
          <a href="#tiers-payants">Voir ce retour dans les tiers payants</a>
        </p>
      ) : (
        <button type="button" class="secondary small" onClick={() => ask(null)}>
          Classer…
          <span class="unseen"> le retour reçu le {received}</span>
        </button>
      )}
    </li>
  );
}

interface CandidateProps {
  readonly candidate: CandidateView;
  readonly words: StateWords;
  readonly received: string;
  readonly ask: (fileId: string) => void;
}

function Candidate({ candidate, words, received, ask }: CandidateProps): VNode {
  return (
    <div class="tray-candidate">
      <p>
        <strong>Fichier {candidate.number}</strong> pour {candidate.payer}, écrit le {formatDateTime(candidate.createdAt)}{' '}
        <Badge {...words.file[candidate.state]} />
      </p>
      <ul>
        {candidate.fits.map(({ label, fits, said, ours }) => (
          <li key={label}>{fits ? `${label} : s’accorde` : `${label} : ne s’accorde pas (l’accusé dit ${said}, le fichier ${ours})`}</li>
        ))}
      </ul>
      <button type="button" class="secondary small" onClick={() => ask(candidate.fileId)}>
        Rattacher…
        <span class="unseen">
          {' '}
          l’accusé reçu le {received} au fichier {candidate.number}
        </span>
      </button>
    </div>
  );
}
