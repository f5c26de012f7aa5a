import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PurgeNotice as Announced } from '../../../archive/port';
import { formatDate, plural } from '../../view-model/format';
import { Notice } from '../ui/badge';
import { announcePurge, postponePurge, runPurge } from './archive-api';
import { useAsked } from './asked';

/** Shows what will be archived before it is, once the window is opened; the person may do it now or put it off. */
export function PurgeNotice(): VNode | null {
  const [announced, setAnnounced] = useState<Announced | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const { failure, working, ask } = useAsked();
  useEffect(() => void ask(async () => setAnnounced(await announcePurge())), []);
  if (failure !== null) return <Notice tone="attention" shape="box" title={failure.message} text={failure.action} code={failure.code} />;
  if (done !== null) return <Notice tone="good" shape="box" title={done} role="status" />;
  if (announced === null) return null;
  const { invoices, days, runsFrom } = announced;
  return (
    <div class="purge-notice" role="status">
      <Notice
        tone="info"
        shape="box"
        title={`${plural(invoices, 'facture soldée', 'factures soldées')} depuis plus de ${String(days)} jours : à ranger dans une archive.`}
        text={`L’archive reste lisible ici et imprimable. Sans réponse, elle sera faite à la première ouverture à partir du ${formatDate(runsFrom)}.`}
      />
      <div class="purge-actions">
        <button
          type="button"
          class="secondary"
          disabled={working}
          onClick={() =>
            void ask(async () => {
              const { archived, archive } = await runPurge();
              setDone(`${plural(archived, 'facture rangée', 'factures rangées')} dans l’archive ${archive ?? ''}.`);
            })
          }
        >
          {working ? 'Archivage en cours…' : 'Ranger maintenant'}
        </button>
        <button
          type="button"
          class="secondary"
          disabled={working}
          onClick={() =>
            void ask(async () => {
              await postponePurge();
              setAnnounced(null);
            })
          }
        >
          Reporter d’une semaine
        </button>
      </div>
    </div>
  );
}
