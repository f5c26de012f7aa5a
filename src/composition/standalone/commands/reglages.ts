/** `vitale reglages verifier`: what the settings page would say of `cabinet.json`, also where the practice cannot be opened. Nothing is written. */
import { VitaleError } from '../../../teletrans/domain/errors';
import { templateOf } from '../../../teletrans/settings/schema-fields';
import { dataFolder, readPractice } from '../../practice-folder';
import { faultsOfFolder } from '../../settings/settings-factory';
import { startClock } from '../../system-clock';
import { readSettingsTexts } from '../../tables';
import { TOKENS } from '../../tokens';
import type { Command } from '../command';
import { EXIT } from '../exit-codes';

export const reglages: Command = {
  name: 'reglages',
  usage: 'reglages verifier',
  summary: 'vérifie les réglages du cabinet (cabinet.json et ce qu’il nomme) sans rien écrire ; statut 2 quand une valeur est à corriger',
  options: {},
  async run({ positionals, terminal, root, json }) {
    if (positionals.join(' ') !== 'verifier') throw new VitaleError('CFG-005', { detail: reglages.usage });
    const home = dataFolder();
    const faults = await faultsOfFolder(home, root, clockOf(home));
    const { fields } = readSettingsTexts(root.resolve(TOKENS.installation).tables);
    if (json) terminal.json({ ok: faults.length === 0, faults });
    else {
      for (const { place, message } of faults) terminal.print(`${fields[templateOf(place)]?.label ?? 'Fichier'} (${place}) : ${message}`);
      terminal.print(faults.length === 0 ? 'Tous les réglages sont en ordre.' : `À corriger : ${String(faults.length)}.`);
    }
    return faults.length === 0 ? EXIT.done : EXIT.wrongCall;
  },
};

/** The practice's clock where the practice can be read, else the machine's. */
function clockOf(home: string): { now(): Date } {
  try {
    return startClock(readPractice(home).mode);
  } catch {
    return { now: () => new Date() };
  }
}
