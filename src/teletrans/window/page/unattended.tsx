import type { VNode } from 'preact';
import { unattendedText } from '../view-model/card-view';
import { ApiFailure, closeCard } from './api';
import type { LiveHandle } from './live';
import { Icon } from './ui/icon';

/** A card kept open is shown on every view, with what ends it. */
export function Unattended({ live }: { readonly live: LiveHandle }): VNode {
  const text = live.reader?.opened == null ? null : unattendedText(live.reader.opened);
  const end = async (): Promise<void> => {
    try {
      await closeCard();
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
    }
    // What is true is read again: a session that could not be ended stays shown.
    await live.refresh();
  };
  return (
    <div role="status">
      {text === null ? null : (
        <div class="unattended row">
          <p class="line tone-attention grow">
            <Icon shape="clock" />
            {text}
          </p>
          <button type="button" class="secondary" onClick={() => void end()}>
            Mettre fin à la session
          </button>
        </div>
      )}
    </div>
  );
}
