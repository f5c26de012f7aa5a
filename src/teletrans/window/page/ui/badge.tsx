import type { VNode } from 'preact';
import type { Shape, StateWord, Tone } from '../../state-words';
import { Icon } from './icon';

/** A state: shape and word, with its meaning on hover. */
export function Badge({ word, shape, tone, meaning }: Pick<StateWord, 'word' | 'shape' | 'tone' | 'meaning'>): VNode {
  return (
    <span class={`badge tone-${tone}`} title={meaning}>
      <Icon shape={shape} />
      {word}
    </span>
  );
}

/** What to do, on the one line a row has; the whole of it on hover. */
export function Todo({ text }: { readonly text: string }): VNode | null {
  return text === '' ? null : (
    <span class="todo" title={text}>
      {text}
    </span>
  );
}

export interface NoticeProps {
  readonly tone: Tone;
  readonly shape: Shape;
  readonly title: string;
  readonly text?: string | null;
  readonly code?: string | null;
  /** `alert` is announced at once; left out, nothing is. */
  readonly role?: 'alert' | 'status';
}

/** A sentence that matters and what to do about it. */
export function Notice({ tone, shape, title, text = null, code = null, role }: NoticeProps): VNode {
  return (
    <div class={`notice tone-${tone}`} {...(role === undefined ? {} : { role })}>
      <Icon shape={shape} />
      <div>
        <p class="notice-title">{title}</p>
        {text === null ? null : <p>{text}</p>}
      </div>
      {code === null ? null : <span class="notice-code">{code}</span>}
    </div>
  );
}
