/** `vitale inspecter FICHIER`: explains a B2, NOEMIE or ARL file field by field, and says everything that is wrong in it. */
import { readFile } from 'node:fs/promises';
import { VitaleError } from '../../../teletrans/domain/errors';
import { explain, maskPatientData } from '../../../teletrans/formats/explain';
import type { Command, CommandCall } from '../command';
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
    else tell(call, explained);
    return explained.faults.length > 0 ? EXIT.partial : EXIT.done;
  },
};

function tell({ terminal }: CommandCall, explained: ReturnType<typeof explain>): void {
  terminal.print(`Famille : ${explained.family}, ${explained.records.length} enregistrement(s)`);
  for (const [rank, record] of explained.records.entries()) {
    terminal.print(`\n${rank + 1}. Enregistrement ${record.type}`);
    for (const [name, value] of Object.entries(record.fields)) terminal.print(`   ${name.padEnd(24)} ${value}`);
  }
  if (explained.faults.length === 0) terminal.print('\nAucun défaut.');
  for (const { record, field, position, message } of explained.faults)
    terminal.print(
      `\nDéfaut, enregistrement ${record}${field === null ? '' : `, ${field}`}${position === null ? '' : `, position ${position}`} : ${message}`,
    );
}
