/** The commands of the standalone program (contract § 3). */
import type { Command } from '../command';
import { archives } from './archives';
import { diagnostic } from './diagnostic';
import { etat } from './etat';
import { frein } from './frein';
import { importer } from './importer';
import { inspecter } from './inspecter';
import { liberer } from './liberer';
import { numeros } from './numeros';
import { ouvrir } from './ouvrir';
import { papier } from './papier';
import { purger } from './purger';
import { reglages } from './reglages';
import { relances } from './relances';
import { relever } from './relever';
import { reprendre } from './reprendre';
import { retours } from './retours';
import { sauvegarde } from './sauvegarde';
import { tiersPayant } from './tiers-payant';
import { transmettre } from './transmettre';

export const COMMANDS: readonly Command[] = [
  ouvrir,
  importer,
  transmettre,
  relever,
  etat,
  tiersPayant,
  relances,
  inspecter,
  reprendre,
  frein,
  numeros,
  liberer,
  papier,
  retours,
  reglages,
  diagnostic,
  purger,
  archives,
  sauvegarde,
];
