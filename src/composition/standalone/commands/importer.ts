/** `vitale importer FICHIER|-`: takes invoices as the host hook would. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { VitaleError } from '../../../teletrans/domain/errors';
import { teletransOf, type Command } from '../command';
import { EXIT } from '../exit-codes';

async function readable(file: string): Promise<NodeJS.ReadableStream> {
  try {
    const handle = await open(file, 'r');
    if (!(await handle.stat()).isFile()) {
      await handle.close();
      throw new VitaleError('CFG-006');
    }
    return createReadStream('', { fd: handle });
  } catch (cause) {
    throw new VitaleError('CFG-006', {}, { cause });
  }
}

export const importer: Command = {
  name: 'importer',
  usage: 'importer FICHIER|-',
  summary: 'reçoit des factures (NDJSON), comme le fait LOGOSw',
  options: {},
  async run(call) {
    const [file] = call.positionals;
    if (file === undefined) throw new VitaleError('CFG-005', { detail: 'importer FICHIER|-' });
    const teletrans = await teletransOf(call);
    const input = file === '-' ? call.stdin : await readable(file);
    const lines = createInterface({ input, crlfDelay: Infinity });
    const report = await teletrans.importLines(lines, (done) => call.terminal.count('Lignes lues', done, null));
    if (call.json) {
      call.terminal.json(report);
    } else {
      call.terminal.print(`${report.accepted} facture(s) reçue(s), dont ${report.held} retenue(s) ; ${report.duplicates} déjà connue(s).`);
      for (const { line, code, message } of report.refused) call.terminal.print(`Ligne ${line} refusée : ${message} (${code})`);
    }
    return report.refused.length > 0 || report.held > 0 ? EXIT.partial : EXIT.done;
  },
};
