import type { VNode } from 'preact';
import type { ApiError } from '../../protocol';
import type { Shape, StateWord, Tone } from '../../state-words';
import { Icon } from './icon';
import { useTip } from './tip';

export type BadgeProps = Pick<StateWord, 'word' | 'shape' | 'tone' | 'meaning'> & Partial<Pick<StateWord, 'todo' | 'help'>>;

/** A state: shape and word; what it means and what to do on hover and focus, and the whole of it in the guide, where it leads. */
export function Badge({ word, shape, tone, meaning, todo, help }: BadgeProps): VNode {
  const tip = useTip();
  const face = (
    <>
      <Icon shape={shape} />
      {word}
    </>
  );
  return (
    <span class="tip-box" {...tip.box}>
      {help === undefined ? (
        <button type="button" class={`badge tone-${tone}`} {...tip.described} onClick={tip.open}>
          {face}
        </button>
      ) : (
        <a class={`badge tone-${tone}`} href={`#guide/${help}`} aria-label={`${word} : aide`} {...tip.described}>
          {face}
        </a>
      )}
      {tip.shown(
        <>
          {meaning}
          {todo === undefined ? null : <span class="tip-todo">{todo}</span>}
        </>,
      )}
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

/** Why something failed, announced at once; nothing while nothing has. */
export function Problem({ problem }: { readonly problem: ApiError | null }): VNode | null {
  if (problem === null) return null;
  return <Notice tone="alert" shape="cross" title={problem.message} text={problem.action} code={problem.code} role="alert" />;
}
