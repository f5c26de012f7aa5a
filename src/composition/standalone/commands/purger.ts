/** `vitale purger [--simuler]`: archives what is settled and old enough; tells what stays, and why. */
import type { PurgeProgress, PurgeReport } from '../../../teletrans/archive/port';
import { TOKENS } from '../../tokens';
import type { Command } from '../command';
import { EXIT } from '../exit-codes';
import type { Terminal } from '../terminal';

const STEPS: Readonly<Record<PurgeProgress['step'], string>> = {
  choosing: 'Choix des factures',
  writing: 'Archive écrite',
  verifying: 'Archive relue',
  removing: 'Originaux effacés',
};

export const purger: Command = {
  name: 'purger',
  usage: 'purger [--simuler]',
  summary: 'range dans une archive les factures soldées de plus de 100 jours ; --simuler dit seulement ce qui serait fait',
  options: { simuler: 'boolean' },
  async run(call) {
    const archives = (await call.open()).container.resolve(TOKENS.archives);
    const simulated = call.options['simuler'] === true;
    const report = simulated
      ? await archives.simulate()
      : await archives.purge(({ step, done, total }) => call.terminal.count(STEPS[step], done, total));
    if (call.json)
      call.terminal.json({
        archived: report.archived,
        kept: report.kept.map(({ number, code, message }) => ({ number, reason: message, code })),
        archive: report.archive,
      });
    else tell(call.terminal, report, simulated);
    return EXIT.done;
  },
};

function tell(terminal: Terminal, { archived, kept, archive }: PurgeReport, simulated: boolean): void {
  if (simulated) terminal.print(`${archived} facture(s) seraient archivée(s).`);
  else terminal.print(archive === null ? 'Rien à archiver.' : `${archived} facture(s) rangée(s) dans l’archive ${archive}.`);
  const young = kept.filter((one) => one.young).length;
  const waiting = kept.filter((one) => !one.young);
  if (waiting.length > 0) terminal.print(`${waiting.length} facture(s) non soldée(s) restent :`);
  for (const { number, message } of waiting) terminal.print(`  ${number} : ${message}`);
  if (young > 0) terminal.print(`${young} facture(s) soldée(s) sont encore trop récentes.`);
}
