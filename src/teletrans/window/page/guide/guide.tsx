import type { FunctionComponent, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Notice } from '../ui/badge';
import type { GuidePageProps } from './guide-page';

/** The guide, loaded when somebody opens it: nothing of it delays the day. */
export function Guide({ place }: GuidePageProps): VNode {
  const [Page, setPage] = useState<FunctionComponent<GuidePageProps> | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    import('./guide-page').then(
      (loaded) => setPage(() => loaded.default),
      () => setFailed(true),
    );
  }, []);
  if (Page !== null) return <Page place={place} />;
  return failed ? (
    <Notice tone="attention" shape="cross" title="Le guide n’a pas pu être lu." text="Rechargez la page." role="alert" />
  ) : (
    <p class="loading">Lecture du guide…</p>
  );
}
