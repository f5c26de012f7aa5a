/** Which view is shown: the part of the address after `#`, so that the browser's own back button works. */
import { useEffect, useState } from 'preact/hooks';
import type { InvoiceFilter } from '../view-model/invoice-rows';

export type View = 'accueil' | 'factures' | 'lots' | 'fichiers' | 'retours' | 'tiers-payants' | 'archives' | 'diagnostic';
const VIEWS: readonly View[] = ['accueil', 'factures', 'lots', 'fichiers', 'retours', 'tiers-payants', 'archives', 'diagnostic'];

export interface Route {
  readonly view: View;
  /** State filter of the list, null for all. */
  readonly state: string | null;
}

export function parseRoute(hash: string): Route {
  const [name = '', state = ''] = hash.replace(/^#/, '').split('/');
  const view = VIEWS.find((candidate) => candidate === name) ?? 'accueil';
  return { view, state: /^[A-Za-z_]+$/.test(state) ? state : null };
}

export const routeTo = (view: View, state: InvoiceFilter['state'] = null): string => (state === null ? `#${view}` : `#${view}/${state}`);

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(window.location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(parseRoute(window.location.hash));
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return route;
}
