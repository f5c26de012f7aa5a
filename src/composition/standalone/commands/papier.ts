/** `vitale papier NUMÉRO`: notes that the sheet of paper of a degraded invoice has been sent. */
import { VitaleError } from '../../../teletrans/domain/errors';
import { teletransOf, textOption, type Command } from '../command';
import { decide, DECISION_OPTIONS } from '../deciding';
import { EXIT } from '../exit-codes';

export const papier: Command = {
  name: 'papier',
  usage: 'papier NUMÉRO [--praticien NUMÉRO] [--je-confirme --par NOM --motif TEXTE]',
  summary: 'note que la feuille papier d’une facture dégradée est envoyée (sans --je-confirme, dit les conséquences et ne fait rien)',
  options: { praticien: 'string', ...DECISION_OPTIONS },
  async run(call) {
    const [number] = call.positionals;
    if (number === undefined) throw new VitaleError('CFG-005', { detail: 'papier NUMÉRO' });
    const teletrans = await teletransOf(call);
    const practitioner = textOption(call, 'praticien');
    const found = (await teletrans.overview()).invoices.filter(
      (invoice) =>
        invoice.number === number && invoice.sheet === 'owed' && (practitioner === null || invoice.practitioner === practitioner),
    );
    const [invoice] = found;
    if (invoice === undefined || found.length > 1) throw new VitaleError('CFG-005', { detail: 'papier NUMÉRO --praticien NUMÉRO' });
    return decide(call, await teletrans.question('sheet-sent', invoice.id), async (says) => {
      await teletrans.noteSheetSent(invoice.id, says);
      const after = (await teletrans.overview()).invoices.find(({ id }) => id === invoice.id);
      if (call.json) call.terminal.json({ number, state: after?.state ?? null, sheet: after?.sheet ?? null });
      else
        call.terminal.print(
          after?.sheet === 'sent'
            ? `La feuille de la facture ${number} est notée envoyée ; son paiement est attendu.`
            : `La feuille de la facture ${number} est notée envoyée ; la facture est close.`,
        );
      return EXIT.done;
    });
  },
};
