import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { StopView } from '../../application/port';
import type { DecisionKind } from '../../store/port';
import type { DecisionBody } from '../protocol';
import { releaseBrake, takeUpNumbers } from './api';
import { Notice } from './ui/badge';
import { PersonDecision } from './ui/person-decision';

interface Way {
  /** Word of the button that opens the question. */
  readonly word: string;
  readonly act: (id: string, says: DecisionBody) => Promise<void>;
}

/** How each decision that ends a stop is taken. */
const WAYS: Readonly<Partial<Record<DecisionKind, Way>>> = {
  'release-brake': { word: 'Décider…', act: releaseBrake },
  'numbers-hold': { word: 'Des envois ont pu avoir lieu…', act: (_id, says) => takeUpNumbers('numbers-hold', says) },
  'numbers-continue': { word: 'Rien n’a été envoyé depuis…', act: (_id, says) => takeUpNumbers('numbers-continue', says) },
};

/** What stops sending, above every view and as long as it lasts: it cannot be closed, only decided. */
export function Stops({ stops, refresh }: { readonly stops: readonly StopView[]; readonly refresh: () => Promise<unknown> }): VNode {
  const [asked, setAsked] = useState<{ readonly id: string; readonly kind: DecisionKind } | null>(null);
  const way = asked === null ? undefined : WAYS[asked.kind];
  return (
    <div class="stops" role="alert">
      {stops.map((stop) => (
        <div key={stop.id} class="stop">
          <Notice tone="alert" shape="hand" title={stop.message} text={stop.action} code={stop.code} />
          <div class="stop-ways">
            {stop.decisions.map((kind) => (
              <button key={kind} type="button" class="secondary" onClick={() => setAsked({ id: stop.id, kind })}>
                {WAYS[kind]?.word}
                <span class="unseen"> – {stop.message}</span>
              </button>
            ))}
          </div>
        </div>
      ))}
      {asked === null || way === undefined ? null : (
        <PersonDecision
          kind={asked.kind}
          id={asked.id}
          act={async (says) => {
            await way.act(asked.id, says);
            await refresh();
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}
