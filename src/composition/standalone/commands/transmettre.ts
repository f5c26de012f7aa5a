/** `vitale transmettre`: collects returns first, then groups, seals, freezes and sends all that is ready. */
import { isVitaleError, VitaleError } from '../../../teletrans/domain/errors';
import type { Explained, FileView, Teletrans, TransmitChoice, TransmitReport } from '../../../teletrans/application/port';
import { readCodePorteur } from '../../../teletrans/reader/code-porteur';
import { readStateWords } from '../../../teletrans/window/server/read-state-words';
import type { StateWords } from '../../../teletrans/window/state-words';
import { stateWordsFile } from '../../installation';
import { TOKENS } from '../../tokens';
import { textOption, type Command, type CommandCall } from '../command';
import { EXIT, type ExitCode } from '../exit-codes';

const EXIT_OF: Readonly<Record<TransmitReport['result'], ExitCode>> = {
  sent: EXIT.done,
  nothing: EXIT.done,
  'needs-card': EXIT.cardNeeded,
  partial: EXIT.partial,
  incident: EXIT.incident,
};

const SENTENCES: Readonly<Record<TransmitReport['result'], string>> = {
  sent: 'Tout est parti. Les accusés (ARL) restent à recevoir.',
  nothing: 'Rien à envoyer.',
  'needs-card': 'La carte CPS ou le code porteur est nécessaire.',
  partial: 'Une partie est partie ; le reste est expliqué ci-dessous.',
  incident: 'Rien n’est parti alors que des factures le devaient.',
};

export const transmettre: Command = {
  name: 'transmettre',
  usage: 'transmettre [--praticien NUMÉRO] [--situation N] [--code-porteur-stdin] [--dernier-essai]',
  summary: 'relève les retours, puis sécurise et envoie tout ce qui est prêt',
  options: { praticien: 'string', situation: 'string', 'code-porteur-stdin': 'boolean', 'dernier-essai': 'boolean' },
  async run(call) {
    const choice: TransmitChoice = { practitioner: textOption(call, 'praticien'), situation: textOption(call, 'situation') };
    if (choice.practitioner !== null && !/^\d{9}$/.test(choice.practitioner)) throw new VitaleError('CFG-005', { detail: '--praticien' });
    if (choice.situation !== null && !/^[1-9A-F]$/.test(choice.situation)) throw new VitaleError('CFG-005', { detail: '--situation' });
    const { teletrans, container } = await call.open();
    const refused = await openCard(call, teletrans, choice);
    const report = await teletrans.transmit(choice, (progress) => call.terminal.progress(progress));
    const reason = refused ?? report.reason;
    if (call.json) call.terminal.json({ ...publicReport(report), reason });
    else tell(call, report, await readStateWords(stateWordsFile(container.resolve(TOKENS.installation))));
    if (reason !== null) call.terminal.explain(reason);
    return EXIT_OF[report.result];
  },
};

/**
 * Presents the code only when something waits for it.
 * @returns why the card could not be opened, or null; the rest (returns, files frozen earlier) goes on without it.
 */
async function openCard(call: CommandCall, teletrans: Teletrans, choice: TransmitChoice): Promise<Explained | null> {
  if (call.options['code-porteur-stdin'] !== true) return null;
  const { invoices } = await teletrans.preflight(choice);
  if (invoices === 0) return null;
  try {
    await teletrans.openCard(await readCodePorteur(call.stdin), call.options['dernier-essai'] === true, choice.practitioner);
    return null;
  } catch (error) {
    if (!isVitaleError(error) || !/^(CPS|LEC|CFG)-/.test(error.code)) throw error;
    return teletrans.explain({ code: error.code, details: error.details });
  }
}

/** The members of the contract, in its order. */
function publicReport({ result, files, held, returns }: TransmitReport): object {
  return { result, files: files.map(publicFile), held, returns };
}

function publicFile({ id, fileId, kind, recipient, lots, sha256, messageId, state }: FileView): unknown {
  return { id, fileId, kind, recipient, lots, sha256, messageId, state };
}

function tell(call: CommandCall, report: TransmitReport, words: StateWords): void {
  const { terminal } = call;
  terminal.print(SENTENCES[report.result]);
  for (const file of report.files) {
    const invoices = file.lots.reduce((sum, lot) => sum + lot.invoices.length, 0);
    const state = words.file[file.state].word;
    terminal.print(
      `  Fichier ${file.fileId} (${file.kind}) pour ${file.payer} : ${file.lots.length} lot(s), ${invoices} facture(s) – ${state}`,
    );
    if (file.failure !== null) terminal.explain(file.failure);
  }
  for (const { number, message, code } of report.held) terminal.print(`  Facture ${number} retenue : ${message} (${code})`);
  const { arl } = report.returns;
  if (arl.positive + arl.negative > 0) terminal.print(`Retours relevés : ${arl.positive} lot(s) accepté(s), ${arl.negative} refusé(s).`);
}
