/** Which view is shown: the part of the address after `#`, so that the browser's own back button works. */
import { useEffect, useState } from 'preact/hooks';
import type { InvoiceState } from '../view-model/state-choices';

export type View =
  'accueil' | 'factures' | 'lots' | 'fichiers' | 'retours' | 'tiers-payants' | 'archives' | 'diagnostic' | 'reglages' | 'guide';
const VIEWS: readonly View[] = [
  'accueil',
  'factures',
  'lots',
  'fichiers',
  'retours',
  'tiers-payants',
  'archives',
  'diagnostic',
  'reglages',
  'guide',
];

export interface Route {
  readonly view: View;
  /** State filter of the list, null for all. */
  readonly state: string | null;
  /** The one file or return that is shown, null for the list; of the guide, the place to begin at. */
  readonly id: string | null;
}

/** Views in which one thing has a page of its own. */
const WITH_PAGES: ReadonlySet<View> = new Set(['fichiers', 'retours', 'reglages', 'guide']);

export function parseRoute(hash: string): Route {
  const [name = '', part = ''] = hash.replace(/^#/, '').split('/');
  const view = VIEWS.find((candidate) => candidate === name) ?? 'accueil';
  if (WITH_PAGES.has(view)) return { view, state: null, id: /^[0-9A-Za-z-]{1,64}$/.test(part) ? part : null };
  return { view, state: /^[A-Za-z_]+$/.test(part) ? part : null, id: null };
}

export const routeTo = (view: View, state: InvoiceState = null): string => (state === null ? `#${view}` : `#${view}/${state}`);

export const fileAddress = (id: string): string => `#fichiers/${id}`;
export const returnAddress = (id: string): string => `#retours/${id}`;

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(window.location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(parseRoute(window.location.hash));
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return route;
}
