import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { DecisionQuestion } from '../../../application/port';
import type { DecisionKind } from '../../../store/port';
import type { ApiError, DecisionBody } from '../../protocol';
import { ApiFailure, readQuestion } from '../api';
import { Problem } from './badge';
import { Dialog } from './dialog';
import { useRead } from './use-read';

export interface PersonDecisionProps {
  readonly kind: DecisionKind;
  /** What it is about. */
  readonly id: string;
  readonly act: (says: DecisionBody) => Promise<void>;
  readonly onClose: () => void;
}

/**
 * A decision that is kept with the name of who took it and why. The consequences are the program's own words, read when the dialog opens; what stands in its way is said
 * instead of the button. Escape and the first button do nothing.
 */
export function PersonDecision({ kind, id, act, onClose }: PersonDecisionProps): VNode | null {
  const { value: question, failure } = useRead(() => readQuestion(kind, id), [kind, id], true);
  if (question !== null) return <Decide question={question} act={act} onClose={onClose} />;
  if (failure === null) return null;
  return (
    <Dialog title="Cette décision ne peut pas être prise maintenant" onClose={onClose}>
      <Problem problem={failure} />
      <div class="dialog-actions">
        <button type="button" class="secondary" onClick={onClose}>
          Fermer
        </button>
      </div>
    </Dialog>
  );
}

function Decide({ question, act, onClose }: { readonly question: DecisionQuestion } & Pick<PersonDecisionProps, 'act' | 'onClose'>): VNode {
  const field = useId();
  const [says, setSays] = useState<DecisionBody>({ nom: '', motif: '' });
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [working, setWorking] = useState(false);
  const whole = says.nom.trim() !== '' && says.motif.trim() !== '';
  const decide = async (): Promise<void> => {
    setWorking(true);
    setFailure(null);
    try {
      await act(says);
      onClose();
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error.explained);
      setWorking(false);
    }
  };
  return (
    <Dialog title={question.title} onClose={onClose}>
      <ul>
        {question.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {question.refused !== null ? (
        <Problem problem={question.refused} />
      ) : (
        <>
          <label for={`${field}-nom`}>Votre nom</label>
          <input
            id={`${field}-nom`}
            type="text"
            autocomplete="off"
            maxLength={80}
            required
            value={says.nom}
            onInput={(event) => setSays({ ...says, nom: event.currentTarget.value })}
          />
          <label for={`${field}-motif`}>Motif de la décision (sans donnée de patient)</label>
          <input
            id={`${field}-motif`}
            type="text"
            autocomplete="off"
            maxLength={500}
            required
            value={says.motif}
            onInput={(event) => setSays({ ...says, motif: event.currentTarget.value })}
          />
        </>
      )}
      {failure === null ? null : <Problem problem={failure} />}
      <p class="hint" role="status">
        {working ? 'En cours…' : ''}
      </p>
      <div class="dialog-actions">
        <button type="button" class="secondary" onClick={onClose}>
          {question.refused === null ? 'Annuler' : 'Fermer'}
        </button>
        {question.refused !== null ? null : (
          <button
            type="button"
            class="primary"
            aria-disabled={working || !whole}
            title={whole ? '' : 'Indiquez votre nom et le motif.'}
            onClick={() => (working || !whole ? undefined : void decide())}
          >
            {question.action}
          </button>
        )}
      </div>
    </Dialog>
  );
}
