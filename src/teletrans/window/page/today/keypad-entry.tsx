import type { VNode } from 'preact';
import { Notice } from '../ui/badge';

export interface KeypadEntryProps {
  /** The reader waits for the code now. */
  readonly typing: boolean;
  /** The last try was confirmed, or none is the last. */
  readonly allowed: boolean;
  readonly start: () => void;
}

/** The code typed on the keypad of the reader: said aloud when the reader waits for it, and started again by a button only. */
export function KeypadEntry({ typing, allowed, start }: KeypadEntryProps): VNode {
  if (typing)
    return (
      <Notice
        tone="attention"
        shape="hand"
        title="Tapez le code porteur sur le clavier du lecteur, puis validez."
        text="Vous avez 30 secondes. Pour annuler, appuyez sur la touche d’annulation du lecteur : aucun essai n’est perdu."
        role="alert"
      />
    );
  return (
    <div class="row">
      <button type="button" class="secondary" aria-disabled={!allowed} onClick={() => (allowed ? start() : undefined)}>
        Saisir le code sur le clavier du lecteur
      </button>
    </div>
  );
}
