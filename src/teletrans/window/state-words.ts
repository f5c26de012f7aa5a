/**
 * The words people see for each state (spec/lots-and-files.md § 6.5): `addin/tables/state-words.json`. A state is always shown as a word and a shape, never by
 * colour alone, with its meaning and what to do.
 */
import type { ShownState } from '../domain/paper-sheet';
import type { FileState, LotState } from '../domain/states';
import { slug } from './view-model/slug';

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
  /** Its place in the guide, where it stands among the states of its kind. */
  readonly help: string;
}

/** Chapters of the guide that explain the states of each kind. */
export const STATE_CHAPTERS = {
  invoice: 'chaque-etat-d-une-facture',
  lot: 'chaque-etat-d-un-lot',
  file: 'chaque-etat-d-un-fichier',
} as const;

/** The place in the guide of a row of a chapter's table, by its first cell. */
export const rowPlace = (chapter: string, firstCell: string): string => `${chapter}-${slug(firstCell)}`;

export interface StateWords {
  readonly format: 'teletrans.state-words/1';
  readonly invoice: Readonly<Record<ShownState, StateWord>>;
  readonly lot: Readonly<Record<LotState, StateWord>>;
  readonly file: Readonly<Record<FileState, StateWord>>;
}
