import type { ComponentChildren, VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ApiError, DecisionBody } from '../../protocol';
import { ApiFailure } from '../api';
import { Problem } from '../ui/badge';
import { Dialog } from '../ui/dialog';

export interface SaysDialogProps {
  readonly title: string;
  /** Word of the button that does it. */
  readonly action: string;
  /** False while something else must be chosen first. */
  readonly ready?: boolean;
  readonly act: (says: DecisionBody) => Promise<void>;
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
}

/** Kept by the tab, so that a name is typed once. */
const NAME = 'tiers-payants-nom';

/** An act on the books: it is kept with the name of who did it and why, and can be undone. Escape and the first button do nothing. */
export function SaysDialog({ title, action, ready = true, act, onClose, children }: SaysDialogProps): VNode {
  const field = useId();
  const [says, setSays] = useState<DecisionBody>({ nom: sessionStorage.getItem(NAME) ?? '', motif: '' });
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [working, setWorking] = useState(false);
  const whole = ready && says.nom.trim() !== '' && says.motif.trim() !== '';
  const decide = async (): Promise<void> => {
    setWorking(true);
    setFailure(null);
    try {
      await act(says);
      sessionStorage.setItem(NAME, says.nom);
      onClose();
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error.explained);
      setWorking(false);
    }
  };
  const input = (name: keyof DecisionBody, label: string, longest: number): VNode => (
    <>
      <label for={`${field}-${name}`}>{label}</label>
      <input
        id={`${field}-${name}`}
        type="text"
        autocomplete="off"
        maxLength={longest}
        required
        value={says[name]}
        onInput={(event) => setSays({ ...says, [name]: event.currentTarget.value })}
      />
    </>
  );
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <div class="says">
        {input('nom', 'Votre nom', 80)}
        {input('motif', 'Motif (sans donnée de patient)', 500)}
      </div>
      <Problem problem={failure} />
      <div class="dialog-actions">
        <button type="button" class="secondary" onClick={onClose}>
          Annuler
        </button>
        <button
          type="button"
          class="primary"
          aria-disabled={working || !whole}
          title={whole ? '' : 'Indiquez votre nom et le motif.'}
          onClick={() => (working || !whole ? undefined : void decide())}
        >
          {action}
        </button>
      </div>
    </Dialog>
  );
}
