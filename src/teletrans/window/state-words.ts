/**
 * The words people see for each state (spec/lots-and-files.md § 6.5): `addin/tables/state-words.json`. A state is always shown as a word and a shape, never by
 * colour alone, with its meaning and what to do.
 */
import type { ShownState } from '../domain/paper-sheet';
import type { FileState, LotState } from '../domain/states';

/** How pressing a state is; colour follows it, but never carries it alone. */
export type Tone = 'neutral' | 'info' | 'good' | 'attention' | 'alert';

/** The drawn shapes; the page holds one drawing for each. */
export const SHAPES = [
  'circle',
  'arrow',
  'hand',
  'cross-circle',
  'stack',
  'lock',
  'plane',
  'question',
  'paper',
  'check',
  'cross',
  'clock',
  'pencil',
  'loop',
  'coin',
  'scale',
  'box',
] as const;
export type Shape = (typeof SHAPES)[number];

export interface StateWord {
  /** French, one to three words. */
  readonly word: string;
  readonly shape: Shape;
  readonly tone: Tone;
  /** French sentence: what the state means. */
  readonly meaning: string;
  /** French sentence: what to do, or that there is nothing to do. */
  readonly todo: string;
  /** A person of the practice should do something. */
  readonly person: boolean;
}

export interface StateWords {
  readonly format: 'teletrans.state-words/1';
  readonly invoice: Readonly<Record<ShownState, StateWord>>;
  readonly lot: Readonly<Record<LotState, StateWord>>;
  readonly file: Readonly<Record<FileState, StateWord>>;
}
