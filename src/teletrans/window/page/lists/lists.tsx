import type { VNode } from 'preact';
import type { Glance } from '../../../application/port';
import type { StateWords } from '../../state-words';
import { readOverview } from '../api';
import type { Route } from '../route';
import { Notice } from '../ui/badge';
import { useRead } from '../ui/use-read';
import { FileList } from './file-list';
import { InvoiceList } from './invoice-list';
import { LotList } from './lot-list';

export interface ListsProps {
  readonly route: Route;
  /** Changes when the day does: the lists are read again. */
  readonly glance: Glance;
  readonly words: StateWords;
  readonly printing: boolean;
  readonly refresh: () => Promise<unknown>;
}

/** The lists of the day, read only where they are looked at. */
export function Lists({ route, glance, words, printing, refresh }: ListsProps): VNode {
  const { value, failure } = useRead(readOverview, [glance]);
  if (value === null)
    return failure === null ? (
      <p class="loading">Lecture de la liste…</p>
    ) : (
      <Notice tone="alert" shape="cross" title={failure.message} text={failure.action} code={failure.code} role="alert" />
    );
  const common = { overview: value, words, printing, refresh };
  if (route.view === 'lots') return <LotList {...common} />;
  if (route.view === 'fichiers') return <FileList {...common} />;
  return <InvoiceList {...common} state={route.state} />;
}
