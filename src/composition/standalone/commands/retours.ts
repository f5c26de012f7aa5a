/**
 * `vitale retours`: unmatched returns and unreadable mails; `rattacher` attaches an ARL to a file and `classer` puts an entry away, each by decision; `reprendre` takes a filed
 * one back, `extraire` writes a mail to a file for the support.
 */
import { writeFile } from 'node:fs/promises';
import type { Teletrans, TrayView } from '../../../teletrans/application/port';
import { VitaleError } from '../../../teletrans/domain/errors';
import { teletransOf, type Command, type CommandCall } from '../command';
import { decide, DECISION_OPTIONS } from '../deciding';
import { EXIT, type ExitCode } from '../exit-codes';

const USAGE =
  'retours [classes | rattacher ID FICHIER --je-confirme --par NOM --motif TEXTE | classer ID --je-confirme --par NOM --motif TEXTE | reprendre ID | extraire ID FICHIER.eml]';

export const retours: Command = {
  name: 'retours',
  usage: USAGE,
  summary:
    'montre les retours non rapprochés et les messages illisibles ; « rattacher » applique un accusé à un fichier et « classer » range un retour sans l’appliquer, par décision d’une personne ; « classes » montre ceux qui sont rangés, « reprendre » en remet un à regarder, « extraire » écrit le message reçu',
  options: DECISION_OPTIONS,
  async run(call) {
    const teletrans = await teletransOf(call);
    const [word, id, target] = call.positionals;
    switch (word) {
      case undefined:
        return list(call, await teletrans.tray());
      case 'classes':
        return listFiled(call, teletrans);
      case 'classer':
        return file(call, teletrans, given(id));
      case 'reprendre':
        return takeBack(call, teletrans, given(id));
      case 'extraire':
        return extract(call, teletrans, given(id), given(target));
      case 'rattacher':
        return attach(call, teletrans, given(id), given(target));
      default:
        throw wrongCall();
    }
  },
};

const wrongCall = (): VitaleError => new VitaleError('CFG-005', { detail: USAGE });

function given(value: string | undefined): string {
  if (value === undefined) throw wrongCall();
  return value;
}

function list({ json, terminal }: CommandCall, entries: readonly TrayView[]): ExitCode {
  if (json) terminal.json({ returns: entries });
  else if (entries.length === 0) terminal.print('Aucun retour en attente.');
  for (const entry of json ? [] : entries) {
    terminal.print(`${entry.id}  reçu le ${entry.receivedAt.slice(0, 10)}`);
    terminal.explain(entry);
    for (const { fileId, number, payer, fits } of entry.candidates) {
      const told = fits.map(({ label, fits: holds }) => `${label} : ${holds ? 'oui' : 'non'}`).join(', ');
      terminal.print(`    ${fileId}  fichier ${number} pour ${payer} (${told})`);
    }
  }
  return EXIT.done;
}

async function listFiled({ json, terminal }: CommandCall, teletrans: Teletrans): Promise<ExitCode> {
  const filed = await teletrans.filedReturns();
  if (json) terminal.json({ filed });
  else if (filed.length === 0) terminal.print('Aucun retour classé.');
  for (const { id, receivedAt, message, filedAt, by, reason } of json ? [] : filed) {
    terminal.print(`${id}  reçu le ${receivedAt.slice(0, 10)}, classé le ${filedAt.slice(0, 10)} par ${by} : ${reason}`);
    terminal.print(`    ${message}`);
  }
  return EXIT.done;
}

async function file(call: CommandCall, teletrans: Teletrans, id: string): Promise<ExitCode> {
  return decide(call, await teletrans.question('file-return', id), async (says) => {
    await teletrans.fileReturn(id, says);
    if (call.json) call.terminal.json({ id, filed: true });
    else call.terminal.print('Le retour est classé. « vitale retours classes » le montre.');
    return EXIT.done;
  });
}

async function takeBack({ json, terminal }: CommandCall, teletrans: Teletrans, id: string): Promise<ExitCode> {
  await teletrans.takeBackReturn(id);
  if (json) terminal.json({ id, filed: false });
  else terminal.print('Le retour est de nouveau à regarder.');
  return EXIT.done;
}

async function extract({ json, terminal }: CommandCall, teletrans: Teletrans, id: string, target: string): Promise<ExitCode> {
  try {
    await writeFile(target, await teletrans.trayMail(id), { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    throw cause instanceof VitaleError ? cause : new VitaleError('STO-006', {}, { cause });
  }
  if (json) terminal.json({ id, file: target });
  else terminal.print('Le message est écrit. Il peut porter des données de patients : ne l’envoyez que par une voie protégée.');
  return EXIT.done;
}

async function attach(call: CommandCall, teletrans: Teletrans, id: string, target: string): Promise<ExitCode> {
  return decide(call, await teletrans.question('attach-return', `${id}.${target}`), async (says) => {
    await teletrans.attachReturn(id, target, says);
    if (call.json) call.terminal.json({ id, attached: target });
    else call.terminal.print('L’accusé est rattaché et appliqué.');
    return EXIT.done;
  });
}
