import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { HealthReport } from '../../../diagnostics/health/report';
import type { ApiError, BundleView, DiagnosticsView } from '../../protocol';
import { formatBytes, STATUS_WORDS, SUMMARY, switchLine } from '../../view-model/diagnostics';
import { ApiFailure, bundleAddress, checkHealth, makeBundle } from '../api';
import { Badge, Notice, Problem } from '../ui/badge';

/** Runs one request at a time and keeps its answer, or why there is none. */
function useAnswer<T>(ask: () => Promise<T>): {
  readonly answer: T | null;
  readonly failure: ApiError | null;
  readonly waiting: boolean;
  readonly start: () => void;
} {
  const [answer, setAnswer] = useState<T | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [waiting, setWaiting] = useState(false);
  const run = async (): Promise<void> => {
    setWaiting(true);
    setFailure(null);
    try {
      setAnswer(await ask());
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error.explained);
    } finally {
      setWaiting(false);
    }
  };
  return { answer, failure, waiting, start: () => (waiting ? undefined : void run()) };
}

/** For the person on the telephone with the support: is it on, is everything well, what would be sent. */
export function DiagnosticsPage({ diagnostics }: { readonly diagnostics: DiagnosticsView }): VNode {
  const line = switchLine(diagnostics);
  return (
    <div class="diagnostics">
      <Notice tone={line.tone} shape={line.shape} title={line.text} text={line.detail} />
      <Health />
      <SupportBundle />
    </div>
  );
}

function Failure({ failure }: { readonly failure: ApiError | null }): VNode | null {
  return failure === null ? null : <Problem problem={failure} />;
}

function Health(): VNode {
  const { answer, failure, waiting, start } = useAnswer<HealthReport>(checkHealth);
  return (
    <section aria-labelledby="titre-sante">
      <h2 id="titre-sante">Vérifications</h2>
      <p class="hint">
        Lecteur, carte, horloge, disque, données, tables, certificats, accusés et factures. Aucun essai de code n’est dépensé, rien n’est
        envoyé.
      </p>
      <button type="button" class="primary" aria-disabled={waiting} onClick={start}>
        {waiting ? 'Vérification en cours…' : answer === null ? 'Vérifier' : 'Vérifier de nouveau'}
      </button>
      <Failure failure={failure} />
      <div role="status">{answer === null ? null : <p class="health-summary">{SUMMARY[answer.status]}</p>}</div>
      {answer === null ? null : (
        <table class="health">
          <caption class="unseen">Résultat des vérifications</caption>
          <thead>
            <tr>
              <th scope="col">Vérification</th>
              <th scope="col">Résultat</th>
              <th scope="col">Constat</th>
              <th scope="col">Code</th>
            </tr>
          </thead>
          <tbody>
            {answer.checks.map((check) => (
              <tr key={check.id}>
                <th scope="row">{check.title}</th>
                <td>
                  <Badge {...STATUS_WORDS[check.status]} />
                </td>
                <td>
                  {check.message}
                  {check.status === 'ok' || check.action === '' ? null : <span class="health-action">{check.action}</span>}
                </td>
                <td class="health-code">{check.code}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function SupportBundle(): VNode {
  const { answer, failure, waiting, start } = useAnswer<BundleView>(makeBundle);
  return (
    <section aria-labelledby="titre-paquet">
      <h2 id="titre-paquet">Paquet pour l’assistance</h2>
      <p class="hint">
        Un fichier à transmettre vous-même à l’assistance. Il ne contient ni nom, ni NIR, ni acte, ni montant, ni code porteur. Rien n’est
        envoyé automatiquement ; lisez d’abord ce qu’il contient.
      </p>
      <button type="button" class="secondary" aria-disabled={waiting} onClick={start}>
        {waiting ? 'Préparation en cours…' : answer === null ? 'Préparer et montrer' : 'Préparer de nouveau'}
      </button>
      <Failure failure={failure} />
      {answer === null ? null : (
        <>
          <ul class="bundle" aria-label="Contenu du paquet">
            {answer.entries.map(({ name, bytes, text }) => (
              <li key={name}>
                <details>
                  <summary>
                    <span class="bundle-name">{name}</span>
                    <span class="bundle-size">{formatBytes(bytes)}</span>
                  </summary>
                  <pre tabIndex={0}>{text === '' ? '(vide)' : text}</pre>
                </details>
              </li>
            ))}
          </ul>
          <a class="primary bundle-save" href={bundleAddress(answer.id)} download={answer.fileName}>
            Enregistrer {answer.fileName}
          </a>
        </>
      )}
    </section>
  );
}
