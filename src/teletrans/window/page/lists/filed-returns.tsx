import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Glance } from '../../../application/port';
import type { ApiError } from '../../protocol';
import { formatDateTime, plural } from '../../view-model/format';
import { ApiFailure, readFiledReturns, takeBackReturn } from '../api';
import { Problem } from '../ui/badge';
import { useRead } from '../ui/use-read';

export interface FiledReturnsProps {
  readonly overview: Glance;
  readonly refresh: () => Promise<unknown>;
}

/** Returns a person put away, closed until asked for; nothing is shown when there are none. */
export function FiledReturns({ overview, refresh }: FiledReturnsProps): VNode | null {
  const read = useRead(readFiledReturns, [overview]);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const entries = read.value ?? [];
  const failure = refused ?? read.failure;
  const takeBack = async (id: string): Promise<void> => {
    try {
      setRefused(null);
      await takeBackReturn(id);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setRefused(error.explained);
    }
    await refresh();
  };
  if (entries.length === 0 && failure === null) return null;
  return (
    <details class="filed">
      <summary>{plural(entries.length, 'retour classé', 'retours classés')}</summary>
      <Problem problem={failure} />
      <ul class="tray">
        {entries.map(({ id, receivedAt, message, filedAt, by, reason }) => (
          <li key={id} class="tray-entry">
            <p>
              <strong>Reçu le {formatDateTime(receivedAt)}</strong> : {message}
            </p>
            <p>
              Classé le {formatDateTime(filedAt)} par {by} : {reason}
            </p>
            <button type="button" class="secondary small" onClick={() => void takeBack(id)}>
              Remettre à regarder
              <span class="unseen"> le retour reçu le {formatDateTime(receivedAt)}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
