import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { ApiError } from '../../protocol';
import { ApiFailure } from '../api';
import { Problem } from './badge';
import { Dialog } from './dialog';

export interface DecisionDialogProps {
  readonly title: string;
  /** What follows, said before it is done. */
  readonly lines: readonly string[];
  /** Word of the button that does it. */
  readonly action: string;
  readonly act: () => Promise<void>;
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
}

/** A decision of a person, with its consequences stated. Escape and the first button do nothing. */
export function DecisionDialog({ title, lines, action, act, onClose, children }: DecisionDialogProps): VNode {
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [working, setWorking] = useState(false);
  const decide = async (): Promise<void> => {
    setWorking(true);
    try {
      await act();
      onClose();
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error.explained);
      setWorking(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Problem problem={failure} />
      <div class="dialog-actions">
        <button type="button" class="secondary" onClick={onClose}>
          Annuler
        </button>
        <button type="button" class="primary" aria-disabled={working} onClick={() => (working ? undefined : void decide())}>
          {action}
        </button>
      </div>
    </Dialog>
  );
}
