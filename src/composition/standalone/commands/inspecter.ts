/** `vitale inspecter FICHIER`: explains a B2, NOEMIE or ARL file field by field, and says everything that is wrong in it. */
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { VitaleError } from '../../../teletrans/domain/errors';
import { explain, maskPatientData } from '../../../teletrans/formats/explain';
import { explanationLines } from '../../../teletrans/formats/explanation-text';
import type { ExplainedFile } from '../../../teletrans/formats/port';
import { recogniseFamily } from '../../../teletrans/formats/recognise';
import type { Command, CommandCall } from '../command';
import { EXIT, type ExitCode } from '../exit-codes';
import { inspectStream } from './inspecting-stream';

/** A larger B2 file is explained record after record. */
const LARGEST_HELD = 4 * 1024 * 1024;
/** Returns and receipts of payers are held whole; no mailbox takes one this large. */
const LARGEST_RETURN = 64 * 1024 * 1024;
/** Enough to tell the family of a file. */
const HEAD = 64 * 1024;

export const inspecter: Command = {
  name: 'inspecter',
  usage: 'inspecter FICHIER [--clair]',
  summary: 'explique un fichier B2, NOEMIE ou ARL et dit tout ce qui y est faux (--clair montre aussi les données des patients)',
  options: { clair: 'boolean' },
  async run(call) {
    const [file] = call.positionals;
    if (file === undefined || call.positionals.length > 1) throw new VitaleError('CFG-005', { detail: 'inspecter FICHIER' });
    const isClear = call.options['clair'] === true;
    try {
      const about = await stat(file);
      // A device may never end.
      if (!about.isFile() && !about.isFIFO()) throw new VitaleError('CFG-006');
      if (about.size <= LARGEST_HELD) return await inspectWhole(await readFile(file), isClear, call);
      const head = await headOf(file);
      const family = recogniseFamily(head);
      if (family === 'b2') return await inspectStream(createReadStream(file, { highWaterMark: 256 * 1024 }), isClear, wantsColours(), call);
      if (family === 'unknown') return await inspectWhole(head, isClear, call);
      return about.size <= LARGEST_RETURN ? await inspectWhole(await readFile(file), isClear, call) : await tooLarge(family, call);
    } catch (cause) {
      if (cause instanceof Error && 'syscall' in cause && 'path' in cause) throw new VitaleError('CFG-006', {}, { cause });
      throw cause;
    }
  },
};

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function inspectWhole(bytes: Buffer, isClear: boolean, call: CommandCall): Promise<ExitCode> {
  const whole = explain(bytes);
  return show(isClear ? whole : maskPatientData(whole), call);
}

function tooLarge(family: ExplainedFile['family'], call: CommandCall): Promise<ExitCode> {
  const message = `fichier de plus de ${LARGEST_RETURN / 1024 / 1024} Mo : aucun retour n’a cette taille, il n’est pas lu.`;
  return show({ family, records: [], faults: [{ record: 1, field: null, position: null, message }] }, call);
}

/** Lines given to the terminal at once. */
const LINES_AT_ONCE = 500;

async function show(explained: ExplainedFile, call: CommandCall): Promise<ExitCode> {
  if (call.json) call.terminal.json(explained);
  else {
    const lines = explanationLines(explained, wantsColours());
    for (let at = 0; at < lines.length; at += LINES_AT_ONCE) await call.terminal.printed(lines.slice(at, at + LINES_AT_ONCE));
  }
  return explained.faults.length > 0 ? EXIT.partial : EXIT.done;
}

/** Colours on a terminal alone, and not where the person said no (NO_COLOR). */
function wantsColours(): boolean {
  const refused = process.env['NO_COLOR'];
  return process.stdout.isTTY && (refused === undefined || refused === '');
}
