/** `vitale liberer NUMÉRO`: lets an invoice leave that was held because another copy of the data may have sent it. */
import { VitaleError } from '../../../teletrans/domain/errors';
import { teletransOf, textOption, type Command } from '../command';
import { decide, DECISION_OPTIONS } from '../deciding';
import { EXIT } from '../exit-codes';

export const liberer: Command = {
  name: 'liberer',
  usage: 'liberer NUMÉRO [--praticien NUMÉRO] [--je-confirme --par NOM --motif TEXTE]',
  summary:
    'laisse partir une facture retenue après une restauration, si elle n’a pas été envoyée (sans --je-confirme, dit les conséquences et ne fait rien)',
  options: { praticien: 'string', ...DECISION_OPTIONS },
  async run(call) {
    const [number] = call.positionals;
    if (number === undefined) throw new VitaleError('CFG-005', { detail: 'liberer NUMÉRO' });
    const teletrans = await teletransOf(call);
    const practitioner = textOption(call, 'praticien');
    const found = (await teletrans.overview()).invoices.filter(
      (invoice) => invoice.number === number && invoice.releasable && (practitioner === null || invoice.practitioner === practitioner),
    );
    const [invoice] = found;
    if (invoice === undefined || found.length > 1) throw new VitaleError('CFG-005', { detail: 'liberer NUMÉRO --praticien NUMÉRO' });
    return decide(call, await teletrans.question('release-held', invoice.id), async (says) => {
      await teletrans.releaseHeld(invoice.id, says);
      if (call.json) call.terminal.json({ number, state: 'READY' });
      else call.terminal.print(`La facture ${number} partira à la prochaine transmission.`);
      return EXIT.done;
    });
  },
};
