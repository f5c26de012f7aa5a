import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { StopView } from '../../application/port';
import type { DecisionKind } from '../../store/port';
import type { DecisionBody } from '../protocol';
import { releaseBrake } from './api';
import { Notice } from './ui/badge';
import { PersonDecision } from './ui/person-decision';

/** How each decision that ends a stop is taken. */
const ACTS: Readonly<Partial<Record<DecisionKind, (id: string, says: DecisionBody) => Promise<void>>>> = {
  'release-brake': releaseBrake,
};

/** What stops sending, above every view and as long as it lasts: it cannot be closed, only decided. */
export function Stops({ stops, refresh }: { readonly stops: readonly StopView[]; readonly refresh: () => Promise<unknown> }): VNode {
  const [asked, setAsked] = useState<StopView | null>(null);
  const act = asked === null ? undefined : ACTS[asked.decision];
  return (
    <div class="stops" role="alert">
      {stops.map((stop) => (
        <div key={stop.id} class="stop">
          <Notice tone="alert" shape="hand" title={stop.message} text={stop.action} code={stop.code} />
          <button type="button" class="secondary" onClick={() => setAsked(stop)}>
            Décider…<span class="unseen"> de reprendre les envois : {stop.message}</span>
          </button>
        </div>
      ))}
      {asked === null || act === undefined ? null : (
        <PersonDecision
          kind={asked.decision}
          id={asked.id}
          act={async (says) => {
            await act(asked.id, says);
            await refresh();
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}
