/** How the virtual cards of each family behave: written from spec/cps-card.md, apart from the tables of the product, so that one checks the other. */
import { DEMONSTRATION_ATR } from '../../../src/teletrans/reader/card-models';

export type Family = 'CPS3' | 'CPS4' | 'DEMONSTRATION';

export interface FamilyTraits {
  readonly atr: string;
  /** Class byte of the commands, the channel being in it. */
  readonly cla: number;
  /** Applications that must be selected one after the other (class and name) before anything else is answered. */
  readonly opening: readonly (readonly [cla: number, aid: string])[];
  /** `path`: the whole path at once, from 3F00. `child`: one file of the current folder at a time, 3F00 never named. */
  readonly selection: 'path' | 'child';
  /** Longest READ BINARY. */
  readonly mostRead: number;
  readonly counter: 'get-data' | 'verify-empty';
  /** `end`: the card hashes the last block. `none`: it is given the hash. */
  readonly hashing: 'end' | 'none';
  /** Answers longer than this are fetched with GET RESPONSE (T=0); 256: never. */
  readonly mostAtOnce: number;
}

export const FAMILIES: Readonly<Record<Family, FamilyTraits>> = {
  CPS3: {
    atr: '3BAC00402A001225006480000310009000',
    cla: 0x00,
    opening: [[0x00, 'E828BD080F8025000001FF0010']],
    selection: 'path',
    mostRead: 0xe7,
    counter: 'get-data',
    hashing: 'end',
    mostAtOnce: 0,
  },
  CPS4: {
    atr: '3B9B188001001225006480040100009044',
    cla: 0x01,
    opening: [
      [0x01, 'A0000001510000'],
      [0x00, '8025000001FF0002'],
      [0x01, '8025000001FF0100'],
    ],
    selection: 'child',
    mostRead: 0x100,
    counter: 'verify-empty',
    hashing: 'none',
    mostAtOnce: 256,
  },
  DEMONSTRATION: {
    atr: DEMONSTRATION_ATR.replace(/ /g, ''),
    cla: 0x00,
    opening: [],
    selection: 'path',
    mostRead: 0x100,
    counter: 'verify-empty',
    hashing: 'none',
    mostAtOnce: 256,
  },
};
