/** `vitale inspecter FICHIER`: explains a B2, NOEMIE or ARL file field by field, and says everything that is wrong in it. */
import { readFile } from 'node:fs/promises';
import { VitaleError } from '../../../teletrans/domain/errors';
import { explain, maskPatientData } from '../../../teletrans/formats/explain';
import { explanationLines } from '../../../teletrans/formats/explanation-text';
import type { Command } from '../command';
import { EXIT } from '../exit-codes';

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new VitaleError('CFG-006', {}, { cause });
  }
}

export const inspecter: Command = {
  name: 'inspecter',
  usage: 'inspecter FICHIER [--clair]',
  summary: 'explique un fichier B2, NOEMIE ou ARL et dit tout ce qui y est faux (--clair montre aussi les données des patients)',
  options: { clair: 'boolean' },
  async run(call) {
    const [file] = call.positionals;
    if (file === undefined) throw new VitaleError('CFG-005', { detail: 'inspecter FICHIER' });
    const whole = explain(await bytesOf(file));
    const explained = call.options['clair'] === true ? whole : maskPatientData(whole);
    if (call.json) call.terminal.json(explained);
    else for (const line of explanationLines(explained, wantsColours())) call.terminal.print(line);
    return explained.faults.length > 0 ? EXIT.partial : EXIT.done;
  },
};

/** Colours on a terminal alone, and not where the person said no (NO_COLOR). */
function wantsColours(): boolean {
  const refused = process.env['NO_COLOR'];
  return process.stdout.isTTY && (refused === undefined || refused === '');
}
