import type { ArchiveContents, FoundInvoice } from '../../archive/port';
import type { Sheet } from '../sheet';
import { date, dateTime, euros } from '../words';

/** An archive on paper: what it is, what proves it, and each invoice in it. @param stateOf the word of an invoice's state before it was archived. */
export async function archiveDocument(
  sheet: Sheet,
  { view, invoices }: ArchiveContents,
  stateOf: (invoice: FoundInvoice) => string,
): Promise<void> {
  sheet.title(`Archive ${view.id}`);
  sheet.facts([
    ['Faite le', dateTime(view.createdAt)],
    ['Soins', view.from === null || view.to === null ? '–' : `du ${date(view.from)} au ${date(view.to)}`],
    ['Contenu', `${view.invoices} facture(s), ${view.lots} lot(s), ${view.files} fichier(s), ${view.returns} retour(s)`],
    ['Empreinte SHA-256', view.sha256],
  ]);
  sheet.paragraph(
    'Les documents complets, les octets exacts des lots, des fichiers et des retours et leurs empreintes sont dans l’archive elle-même ; ce document en donne la liste.',
  );
  sheet.heading('Factures');
  await sheet.table<FoundInvoice>(
    [
      { label: 'Facture', width: 0.12, cell: ({ number }) => number },
      { label: 'Type', width: 0.07, cell: ({ kind }) => kind },
      { label: 'Praticien', width: 0.12, cell: ({ practitioner }) => practitioner },
      { label: 'Patient', width: 0.28, cell: ({ beneficiary }) => beneficiary },
      { label: 'Soins du', width: 0.12, cell: ({ completedOn }) => date(completedOn) },
      { label: 'Honoraires', width: 0.13, align: 'right', cell: ({ fees }) => euros(fees) },
      { label: 'État', width: 0.16, cell: stateOf },
    ],
    invoices,
  );
}
