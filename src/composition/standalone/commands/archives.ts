/** `vitale archives lister|verifier|imprimer|exporter|chercher`: the archives of the purges, read again. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Archives, ArchiveView } from '../../../teletrans/archive/port';
import type { Prints } from '../../../teletrans/print/prints';
import { VitaleError } from '../../../teletrans/domain/errors';
import { TOKENS } from '../../tokens';
import { textOption, type Command, type CommandCall } from '../command';
import { EXIT, type ExitCode } from '../exit-codes';

const USAGE = 'archives lister|verifier|chercher TEXTE|imprimer ID -o FICHIER.pdf|exporter ID -o FICHIER.xml';

type Action = (archives: Archives, call: CommandCall, prints: Prints) => Promise<ExitCode>;

const french = (date: string | null): string => (date === null ? '–' : date.split('-').reverse().join('/'));

function line({ id, invoices, from, to, bytes, sha256 }: ArchiveView): string {
  return `${id} : ${invoices} facture(s), soins du ${french(from)} au ${french(to)}, ${Math.ceil(bytes / 1024)} Kio, SHA-256 ${sha256}`;
}

const lister: Action = async (archives, { terminal, json }) => {
  const list = await archives.list();
  if (json) terminal.json({ archives: list.map(({ id, from, to, invoices, sha256 }) => ({ id, from, to, invoices, sha256 })) });
  else if (list.length === 0) terminal.print('Aucune archive.');
  else for (const archive of list) terminal.print(line(archive));
  return EXIT.done;
};

const verifier: Action = async (archives, { terminal, json }) => {
  const report = await archives.verify((done, total) => terminal.count('Archives relues', done, total));
  if (json) terminal.json(report);
  else if (report.ok) terminal.print('Toutes les archives sont entières.');
  else for (const fault of report.faults) terminal.explain(fault);
  return report.ok ? EXIT.done : EXIT.incident;
};

const chercher: Action = async (archives, { terminal, json, positionals }) => {
  const found = await archives.search(positionals.slice(1).join(' '));
  if (json) terminal.json({ invoices: found });
  else if (found.length === 0) terminal.print('Aucune facture archivée ne répond.');
  else
    for (const { number, kind, practitioner, beneficiary, completedOn, archive } of found)
      terminal.print(`${number} ${kind} praticien ${practitioner}, ${beneficiary}, ${french(completedOn)} : archive ${archive}`);
  return EXIT.done;
};

const exporter: Action = async (archives, call) => {
  const id = wanted(call);
  const file = output(call);
  call.terminal.say(
    'Attention : le fichier exporté est en clair. Il contient des données de santé ; gardez-le en lieu sûr, effacez-le ensuite.',
  );
  await archives.contents(id);
  await pipeline(Readable.from(archives.xml(id)), createWriteStream(file, { mode: 0o600, flags: 'wx' }));
  if (call.json) call.terminal.json({ id });
  else call.terminal.print(`Archive ${id} exportée en clair (XML).`);
  return EXIT.done;
};

const imprimer: Action = async (_archives, call, prints) => {
  const id = wanted(call);
  const file = output(call);
  const { pdf } = await prints.archive(id);
  await pipeline(pdf, createWriteStream(file, { mode: 0o600 }));
  if (call.json) call.terminal.json({ id });
  else call.terminal.print(`Archive ${id} imprimée (PDF).`);
  return EXIT.done;
};

function wanted({ positionals }: CommandCall): string {
  const [, id] = positionals;
  if (id === undefined) throw new VitaleError('CFG-005', { detail: USAGE });
  return id;
}

function output(call: CommandCall): string {
  const file = textOption(call, 'output');
  if (file === null) throw new VitaleError('CFG-005', { detail: USAGE });
  return file;
}

const ACTIONS: Readonly<Record<string, Action>> = { lister, verifier, chercher, imprimer, exporter };

export const archives: Command = {
  name: 'archives',
  usage: USAGE,
  summary: 'liste les archives, les vérifie, y cherche une facture (numéro, nom ou NIR), en imprime ou en exporte une en clair',
  options: { output: 'string' },
  shortOptions: { output: 'o' },
  async run(call) {
    const action = ACTIONS[call.positionals[0] ?? 'lister'];
    if (action === undefined) throw new VitaleError('CFG-005', { detail: USAGE });
    const { container } = await call.open();
    return action(container.resolve(TOKENS.archives), call, container.resolve(TOKENS.prints));
  },
};
