/** `vitale papier NUMÉRO`: notes that the sheet of paper of an invoice has been sent. `papier lot`, `papier facture`: gives up the electronic sending of a lot, or of an invoice that can leave no more. */
import { VitaleError } from '../../../teletrans/domain/errors';
import { teletransOf, textOption, type Command, type CommandCall } from '../command';
import { decide, DECISION_OPTIONS } from '../deciding';
import { EXIT, type ExitCode } from '../exit-codes';

export const papier: Command = {
  name: 'papier',
  usage: 'papier NUMÉRO | facture NUMÉRO | lot NUMÉRO-DE-LOT [--praticien NUMÉRO] [--je-confirme --par NOM --motif TEXTE]',
  summary:
    'note que la feuille papier d’une facture est envoyée ; « lot » : abandonne l’envoi électronique d’un lot refusé, en doute ou sans ARL, ses factures partent sur papier ; « facture » : de même pour une facture retenue qui ne peut plus partir (sans --je-confirme, dit les conséquences et ne fait rien)',
  options: { praticien: 'string', ...DECISION_OPTIONS },
  async run(call) {
    const [number, given] = call.positionals;
    if (number === 'lot' && given !== undefined) return lotToPaper(call, given);
    if (number === 'facture' && given !== undefined) return invoiceToPaper(call, given);
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

async function lotToPaper(call: CommandCall, number: string): Promise<ExitCode> {
  const teletrans = await teletransOf(call);
  const practitioner = textOption(call, 'praticien');
  const found = (await teletrans.overview()).lots.filter(
    (lot) =>
      lot.number === number.padStart(3, '0') &&
      ['UNCERTAIN', 'ACK_OVERDUE', 'NACKED'].includes(lot.state) &&
      (practitioner === null || lot.practitioner === practitioner),
  );
  const [lot] = found;
  if (lot === undefined || found.length > 1) throw new VitaleError('CFG-005', { detail: 'papier lot NUMÉRO-DE-LOT --praticien NUMÉRO' });
  return decide(call, await teletrans.question('paper-duplicate', lot.id), async (says) => {
    await teletrans.declareOnPaper(lot.id, says);
    if (call.json) call.terminal.json({ lot: lot.number, invoices: lot.invoices });
    else call.terminal.print(`Le lot ${lot.number} passe au papier : imprimez, signez et envoyez le duplicata de chaque facture.`);
    return EXIT.done;
  });
}

async function invoiceToPaper(call: CommandCall, number: string): Promise<ExitCode> {
  const teletrans = await teletransOf(call);
  const practitioner = textOption(call, 'praticien');
  const found = (await teletrans.heldInvoices()).filter(
    (invoice) => invoice.number === number && (practitioner === null || invoice.practitioner === practitioner),
  );
  const [invoice] = found;
  if (invoice === undefined || found.length > 1) throw new VitaleError('CFG-005', { detail: 'papier facture NUMÉRO --praticien NUMÉRO' });
  return decide(call, await teletrans.question('paper-invoice', invoice.id), async (says) => {
    await teletrans.declareInvoiceOnPaper(invoice.id, says);
    if (call.json) call.terminal.json({ invoice: number });
    else call.terminal.print(`La facture ${number} passe au papier : imprimez, signez et envoyez son duplicata.`);
    return EXIT.done;
  });
}
