import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ArchiveView, Dossier, FoundInvoice, VerificationReport } from '../../../archive/port';
import { formatDate, formatDateTime, formatEuros, plural } from '../../view-model/format';
import { Empty } from '../lists/toolbar';
import { Notice, Problem } from '../ui/badge';
import { Dialog } from '../ui/dialog';
import { PrintChoice } from '../ui/print-choice';
import { readArchives, readDossier, searchArchives, verifyArchives } from './archive-api';
import { useAsked } from './asked';
import { BackupPanel } from './backup-panel';

/** The archives: listed, verified, searched, read again, printed, exported. */
export function ArchivesPage(): VNode {
  const [archives, setArchives] = useState<readonly ArchiveView[] | null>(null);
  const [report, setReport] = useState<VerificationReport | null>(null);
  const [found, setFound] = useState<readonly FoundInvoice[] | null>(null);
  const [dossier, setDossier] = useState<{ readonly id: string; readonly read: Dossier } | null>(null);
  const [exported, setExported] = useState<string | null>(null);
  const [text, setText] = useState('');
  const { failure, working, ask } = useAsked();
  useEffect(() => void ask(async () => setArchives(await readArchives())), []);
  return (
    <section class="list-view archives" aria-labelledby="titre-liste">
      <div class="toolbar">
        <div>
          <h2 id="titre-liste">Archives</h2>
          <p class="hint" role="status">
            {archives === null ? 'Lecture…' : plural(archives.length, 'archive')}
          </p>
        </div>
        <form
          class="filters"
          onSubmit={(event) => {
            event.preventDefault();
            void ask(async () => setFound(await searchArchives(text)));
          }}
        >
          <label>
            Numéro de facture, nom ou NIR
            <input type="search" value={text} maxLength={80} onInput={(event) => setText(event.currentTarget.value)} />
          </label>
          <button type="submit" class="secondary" disabled={working || text.trim() === ''}>
            Chercher
          </button>
        </form>
        <button type="button" class="secondary" disabled={working} onClick={() => void ask(async () => setReport(await verifyArchives()))}>
          {working ? 'Un instant…' : 'Vérifier les archives'}
        </button>
      </div>
      <Problem problem={failure} />
      {report === null ? null : <Verification report={report} />}
      {found === null ? null : <Found found={found} open={(id) => void ask(async () => setDossier({ id, read: await readDossier(id) }))} />}
      {archives?.length === 0 ? (
        <Empty title="Aucune archive pour le moment." text="Les factures soldées y sont rangées après le délai de conservation." />
      ) : (
        <List archives={archives ?? []} onExport={setExported} />
      )}
      <BackupPanel />
      {dossier === null ? null : <DossierDialog id={dossier.id} dossier={dossier.read} onClose={() => setDossier(null)} />}
      {exported === null ? null : <ExportDialog id={exported} onClose={() => setExported(null)} />}
    </section>
  );
}

function List({ archives, onExport }: { readonly archives: readonly ArchiveView[]; readonly onExport: (id: string) => void }): VNode {
  return (
    <table class="list list-archives">
      <caption class="unseen">Liste des archives</caption>
      <thead>
        <tr>
          <th scope="col">Archive</th>
          <th scope="col">Faite le</th>
          <th scope="col">Soins</th>
          <th scope="col" class="right">
            Factures
          </th>
          <th scope="col">Actions</th>
        </tr>
      </thead>
      <tbody>
        {archives.map(({ id, createdAt, from, to, invoices }) => (
          <tr key={id}>
            <th scope="row">{id}</th>
            <td>{formatDateTime(createdAt)}</td>
            <td>{from === null || to === null ? '–' : `du ${formatDate(from)} au ${formatDate(to)}`}</td>
            <td class="right">{invoices}</td>
            <td>
              <PrintChoice
                path={`/api/print/archive/${id}`}
                label="Imprimer (PDF)"
                what={`l’archive ${id}`}
                linkClass="secondary"
                linkLabel={`Imprimer l’archive ${id} (PDF)`}
              />{' '}
              <button type="button" class="secondary" onClick={() => onExport(id)} aria-label={`Exporter l’archive ${id} en clair`}>
                Exporter…
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Verification({ report }: { readonly report: VerificationReport }): VNode {
  if (report.ok)
    return <Notice tone="good" shape="check" title="Toutes les archives ont été relues : elles sont entières." role="status" />;
  return (
    <>
      {report.faults.map(({ archive, code, message, action }) => (
        <Notice key={archive + code} tone="alert" shape="cross" title={message} text={action} code={code} role="alert" />
      ))}
    </>
  );
}

function Found({ found, open }: { readonly found: readonly FoundInvoice[]; readonly open: (id: string) => void }): VNode {
  if (found.length === 0) return <Notice tone="info" shape="question" title="Aucune facture archivée ne répond." role="status" />;
  return (
    <table class="list list-archives">
      <caption>{plural(found.length, 'facture archivée trouvée', 'factures archivées trouvées')}</caption>
      <thead>
        <tr>
          <th scope="col">Facture</th>
          <th scope="col">Patient</th>
          <th scope="col">Soins du</th>
          <th scope="col" class="right">
            Honoraires
          </th>
          <th scope="col">Archive</th>
          <th scope="col">Actions</th>
        </tr>
      </thead>
      <tbody>
        {found.map(({ id, number, kind, beneficiary, completedOn, fees, archive }) => (
          <tr key={id}>
            <th scope="row">
              {number} {kind}
            </th>
            <td>{beneficiary}</td>
            <td>{formatDate(completedOn)}</td>
            <td class="right">{formatEuros(fees)}</td>
            <td>{archive}</td>
            <td>
              <button type="button" class="secondary" onClick={() => open(id)} aria-label={`Relire la facture ${number}`}>
                Relire
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DossierDialog({ id, dossier, onClose }: { readonly id: string; readonly dossier: Dossier; readonly onClose: () => void }): VNode {
  return (
    <Dialog title={`${dossier.kind} ${dossier.number}`} onClose={onClose}>
      <p>
        {dossier.patient.name}, soins du {formatDate(dossier.completedOn)}, {formatEuros(dossier.amounts.fees)}
        {dossier.payer === null ? '' : `, ${dossier.payer}`}
      </p>
      <ol class="timeline">
        {dossier.timeline.map(({ at, what, proof }, rank) => (
          <li key={`${at} ${String(rank)}`}>
            <time dateTime={at}>{formatDateTime(at)}</time> : {what}
            {proof === '' ? '' : ` (${proof})`}
          </li>
        ))}
      </ol>
      <div class="dialog-actions">
        <PrintChoice path={`/api/print/dossier/${id}`} label="Dossier complet (PDF)" what="le dossier complet" linkClass="secondary" />
        <button type="button" class="secondary" onClick={onClose}>
          Fermer
        </button>
      </div>
    </Dialog>
  );
}

function ExportDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }): VNode {
  return (
    <Dialog title={`Exporter l’archive ${id} en clair`} onClose={onClose}>
      <ul>
        <li>Le fichier exporté n’est pas chiffré : quiconque l’ouvre lit des données de santé.</li>
        <li>Gardez-le en lieu sûr, ne l’envoyez pas par courriel, effacez-le dès qu’il n’est plus utile.</li>
      </ul>
      <div class="dialog-actions">
        <button type="button" class="secondary" onClick={onClose}>
          Annuler
        </button>
        <a class="primary" href={`/api/archives/${id}/xml`} download onClick={onClose}>
          Exporter (XML)
        </a>
      </div>
    </Dialog>
  );
}
