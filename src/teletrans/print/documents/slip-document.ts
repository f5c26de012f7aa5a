import type { FileView, LotView } from '../../application/port';
import type { Sheet } from '../sheet';
import { date, dateTime, euros } from '../words';

export interface SlipWords {
  readonly lotWord: (state: LotView['state']) => string;
  readonly fileWord: (state: FileView['state']) => string;
}

/** The transmission slip: each file, its lots and their invoices. @param lots those of the files, by identifier. */
export async function slipDocument(
  sheet: Sheet,
  files: readonly FileView[],
  lots: readonly LotView[],
  { lotWord, fileWord }: SlipWords,
): Promise<void> {
  sheet.title('Bordereau de transmission');
  if (files.length === 0) sheet.paragraph('Aucun fichier.');
  for (const file of files) {
    sheet.heading(`Fichier ${file.fileId} – ${file.kind} – ${file.payer}`);
    sheet.facts([
      ['État', `${fileWord(file.state)}${file.handedOverAt === null ? '' : `, remis au serveur le ${dateTime(file.handedOverAt)}`}`],
      ['Message', file.messageId ?? '–'],
      ['Empreinte SHA-256', file.sha256 ?? '–'],
    ]);
    await sheet.table<LotView>(
      [
        { label: 'Lot', width: 0.07, cell: ({ number }) => number },
        { label: 'Date', width: 0.11, cell: ({ lotDate }) => date(lotDate) },
        { label: 'Praticien', width: 0.12, cell: ({ practitioner }) => practitioner },
        { label: 'Factures', width: 0.34, cell: ({ invoices }) => `${invoices.length} : ${invoices.join(', ')}` },
        { label: 'Honoraires', width: 0.12, align: 'right', cell: ({ fees }) => euros(fees) },
        { label: 'AMO', width: 0.11, align: 'right', cell: ({ amo }) => euros(amo) },
        { label: 'État', width: 0.13, cell: ({ state }) => lotWord(state) },
      ],
      lots.filter(({ fileId }) => fileId === file.id),
    );
  }
}
