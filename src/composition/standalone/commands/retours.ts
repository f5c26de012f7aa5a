/** `vitale retours`: unmatched returns and unreadable mails; `rattacher` attaches an ARL to a file by decision, `extraire` writes a mail to a file for the support. */
import { writeFile } from 'node:fs/promises';
import { VitaleError } from '../../../teletrans/domain/errors';
import { teletransOf, type Command } from '../command';
import { decide, DECISION_OPTIONS } from '../deciding';
import { EXIT } from '../exit-codes';

export const retours: Command = {
  name: 'retours',
  usage: 'retours [rattacher ID FICHIER --je-confirme --par NOM --motif TEXTE | extraire ID FICHIER.eml]',
  summary:
    'montre les retours non rapprochés et les messages illisibles ; « rattacher » applique un accusé à un fichier par décision d’une personne, « extraire » écrit le message reçu',
  options: DECISION_OPTIONS,
  async run(call) {
    const teletrans = await teletransOf(call);
    const [word, id, target] = call.positionals;
    if (word === undefined) {
      const entries = await teletrans.tray();
      if (call.json) call.terminal.json({ returns: entries });
      else if (entries.length === 0) call.terminal.print('Aucun retour en attente.');
      for (const entry of call.json ? [] : entries) {
        call.terminal.print(`${entry.id}  reçu le ${entry.receivedAt.slice(0, 10)}`);
        call.terminal.explain(entry);
        for (const { fileId, number, payer, fits } of entry.candidates) {
          const told = fits.map(({ label, fits: holds }) => `${label} : ${holds ? 'oui' : 'non'}`).join(', ');
          call.terminal.print(`    ${fileId}  fichier ${number} pour ${payer} (${told})`);
        }
      }
      return EXIT.done;
    }
    if (id === undefined || target === undefined || (word !== 'rattacher' && word !== 'extraire'))
      throw new VitaleError('CFG-005', { detail: 'retours rattacher ID FICHIER' });
    if (word === 'extraire') {
      try {
        await writeFile(target, await teletrans.trayMail(id), { flag: 'wx', mode: 0o600 });
      } catch (cause) {
        throw cause instanceof VitaleError ? cause : new VitaleError('STO-006', {}, { cause });
      }
      if (call.json) call.terminal.json({ id, file: target });
      else call.terminal.print('Le message est écrit. Il peut porter des données de patients : ne l’envoyez que par une voie protégée.');
      return EXIT.done;
    }
    return decide(call, await teletrans.question('attach-return', `${id}.${target}`), async (says) => {
      await teletrans.attachReturn(id, target, says);
      if (call.json) call.terminal.json({ id, attached: target });
      else call.terminal.print('L’accusé est rattaché et appliqué.');
      return EXIT.done;
    });
  },
};
