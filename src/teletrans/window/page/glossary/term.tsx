import type { ComponentChildren, VNode } from 'preact';
import { termOf } from '../../glossary';
import { useTip } from '../ui/tip';
import { useTerms } from './terms';

export interface TermProps {
  /** A word of the glossary. */
  readonly word: string;
  /** How it stands here; left out: as in the glossary. */
  readonly children?: ComponentChildren;
}

/** A word of the trade, explained where it stands. */
export function Term({ word, children }: TermProps): VNode {
  const entry = termOf(useTerms(), word);
  const tip = useTip();
  const text = children ?? word;
  if (entry === null) return <>{text}</>;
  return (
    <span class="tip-box" {...tip.box}>
      <button type="button" class="term" {...tip.described} onClick={tip.open}>
        {text}
      </button>
      {tip.shown(entry.meaning)}
    </span>
  );
}
