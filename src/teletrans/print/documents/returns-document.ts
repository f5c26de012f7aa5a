import type { LotView } from '../../application/port';
import type { StoredRemittance } from '../../store/third-party/port';
import type { Sheet } from '../sheet';
import { date, dateTime, euros } from '../words';

/** The list of what payers answered: ARL lot by lot, then the payment returns (RSP). */
export async function returnsDocument(
  sheet: Sheet,
  lots: readonly LotView[],
  remittances: readonly StoredRemittance[],
  lotWord: (state: LotView['state']) => string,
): Promise<void> {
  sheet.title('Accusés (ARL) et retours de paiement (RSP)');
  sheet.heading('Accusés de réception (ARL)');
  await sheet.table<LotView>(
    [
      { label: 'Reçu le', width: 0.17, cell: ({ ack }) => (ack === null ? '–' : dateTime(ack.at)) },
      { label: 'Lot', width: 0.07, cell: ({ number }) => number },
      { label: 'Du', width: 0.11, cell: ({ lotDate }) => date(lotDate) },
      { label: 'Organisme', width: 0.25, cell: ({ payer }) => payer },
      { label: 'Factures', width: 0.09, align: 'right', cell: ({ invoices }) => String(invoices.length) },
      { label: 'État', width: 0.13, cell: ({ state }) => lotWord(state) },
      { label: 'Réponse', width: 0.18, cell: ({ ack }) => (ack === null ? 'pas encore d’accusé' : `${ack.code} ${ack.label}`) },
    ],
    lots,
  );
  sheet.heading('Retours de paiement (RSP)');
  await sheet.table<StoredRemittance>(
    [
      { label: 'Enregistré le', width: 0.18, cell: ({ bookedAt }) => dateTime(bookedAt) },
      { label: 'Émetteur', width: 0.25, cell: ({ senderType, senderNumber }) => `${senderType} ${senderNumber}` },
      { label: 'Fichier', width: 0.2, cell: ({ fileId, fileDate }) => `${fileId} du ${date(fileDate)}` },
      { label: 'Lignes', width: 0.12, align: 'right', cell: ({ lines }) => String(lines) },
      { label: 'Total', width: 0.25, align: 'right', cell: ({ total }) => euros(total) },
    ],
    remittances,
  );
}
