import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { WorkView } from '../../protocol';
import type { StateWords } from '../../state-words';
import { shortNumber } from '../../view-model/format';
import { STEP_ORDER, progressView, resultView, stepName, type ResultView } from '../../view-model/transmission';
import { cancelTransmission } from '../api';
import { useAsked } from '../archives/asked';
import { Notice } from '../ui/badge';
import { Icon } from '../ui/icon';

export interface WorkShownProps {
  readonly work: WorkView;
  readonly words: StateWords;
  readonly onClose: () => void;
}

/** A transmission or a collection: its steps while it runs, then what came of it. */
export function WorkShown({ work, words, onClose }: WorkShownProps): VNode {
  const result = resultView(work, words);
  const ran = useRef(false);
  ran.current ||= result === null;
  return result === null ? <Steps work={work} /> : <Result result={result} onClose={onClose} takeFocus={ran.current} />;
}

function Steps({ work }: { readonly work: WorkView }): VNode {
  const { text, done, total } = progressView(work.progress);
  const now = work.progress === null ? -1 : STEP_ORDER.indexOf(work.progress.step);
  const steps = work.kind === 'transmit' ? STEP_ORDER : STEP_ORDER.slice(0, 1);
  return (
    <div class="work">
      <ol class="work-steps">
        {steps.map((step, index) => (
          <li
            key={step}
            class={index < now ? 'done' : index === now ? 'now' : ''}
            {...(index === now ? { 'aria-current': 'step' as const } : {})}
          >
            <Icon shape={index < now ? 'check' : index === now ? 'clock' : 'circle'} />
            {stepName(step)}
            {index === now && total > 0 ? <strong class="work-count">{text}</strong> : null}
          </li>
        ))}
      </ol>
      <progress aria-label="Avancement de l’étape" {...(total === 0 ? {} : { value: done, max: total })} />
      <Cancel work={work} />
      <p class="hint">Laissez la carte dans le lecteur jusqu’à la fin. Cette fenêtre peut être fermée : l’envoi continue.</p>
    </div>
  );
}

/** The way back, as long as nothing is sealed. Escape does not take it: it is a decision. */
function Cancel({ work }: { readonly work: WorkView }): VNode | null {
  const { failure, working, ask } = useAsked();
  if (work.kind !== 'transmit') return null;
  return (
    <div role="status">
      {work.cancelling ? (
        <p class="hint">Annulation demandée : l’envoi s’arrête à la fin de cette étape.</p>
      ) : work.cancellable ? (
        <button type="button" class="secondary" disabled={working} onClick={() => void ask(cancelTransmission)}>
          Annuler l’envoi
        </button>
      ) : (
        <p class="hint">La sécurisation a commencé : l’envoi va jusqu’à sa fin.</p>
      )}
      {failure === null ? null : <p class="hint">{failure.message}</p>}
    </div>
  );
}

interface ResultProps {
  readonly result: ResultView;
  readonly onClose: () => void;
  readonly takeFocus: boolean;
}

function Result({ result, onClose, takeFocus }: ResultProps): VNode {
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    // The button that was pressed is gone: the focus goes to what came of it, unless the person is elsewhere.
    if (takeFocus && document.activeElement === document.body) title.current?.focus();
  }, [takeFocus]);
  return (
    <div class="result">
      <div class={`headline tone-${result.tone}`}>
        <Icon shape={result.shape} />
        <h3 ref={title} tabIndex={-1}>
          {result.title}
        </h3>
      </div>
      {result.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {result.reason === null ? null : (
        <Notice tone={result.tone} shape="hand" title={result.reason.message} text={result.reason.action} code={result.reason.code} />
      )}
      {result.troubles.length === 0 ? null : (
        <>
          <h4>Fichiers à suivre</h4>
          <ul class="plain">
            {result.troubles.map(({ label, word, reason, todo }) => (
              <li key={label}>
                <strong>{label}</strong> : {word.toLocaleLowerCase('fr')}. {reason === null ? '' : `${reason.message} `}
                <em>{reason?.action ?? todo}</em>
              </li>
            ))}
          </ul>
        </>
      )}
      {result.held.length === 0 ? null : (
        <>
          <h4>Factures retenues, restées ici</h4>
          <ul class="plain">
            {result.held.map(({ number, message }) => (
              <li key={number}>
                <strong>Facture {shortNumber(number)}</strong> – {message}
              </li>
            ))}
          </ul>
        </>
      )}
      <button type="button" class="secondary" onClick={onClose}>
        Fermer ce compte rendu
      </button>
    </div>
  );
}
