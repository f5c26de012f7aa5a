import type { Dossier } from '../../archive/port';
import type { Sheet } from '../sheet';
import { date, euros } from '../words';
import { invoiceFacts } from './dossier-document';
import { DUPLICATE_REASONS, type DuplicateReason } from './duplicate-reasons';

/** The paper duplicate of a sheet that could not go electronically (CSS R161-47 I 1°; spec/regulation.md § 4). */
export async function duplicateDocument(sheet: Sheet, dossier: Dossier, reason: DuplicateReason, day: string): Promise<void> {
  sheet.title('DUPLICATA');
  sheet.paragraph(`Duplicata sur papier d’une feuille de soins électronique (${dossier.kind})`, 'bold');
  sheet.paragraph(
    `Établi le ${date(day)} en application de l’article R. 161-47 du code de la sécurité sociale : ${DUPLICATE_REASONS[reason]}. ` +
      'Ce duplicata a la même valeur que la feuille qu’il remplace ; il est remis à l’assuré ou adressé à la caisse.',
  );
  sheet.facts(invoiceFacts(dossier, () => '').filter(([name]) => name !== 'État'));
  sheet.heading('Actes');
  await sheet.table(
    [
      { label: 'Date', width: 0.16, cell: (act) => date(act.date) },
      { label: 'Acte', width: 0.16, cell: (act) => act.code },
      { label: 'Détail', width: 0.32, cell: (act) => act.detail },
      { label: 'Honoraires', width: 0.18, align: 'right', cell: (act) => euros(act.fee) },
      { label: 'Part AMO', width: 0.18, align: 'right', cell: (act) => euros(act.amo) },
    ],
    dossier.acts,
  );
  sheet.paragraph(`Total des honoraires : ${euros(dossier.amounts.fees)}`, 'bold');
  sheet.signature('Date et signature du praticien :');
  sheet.signature('Date et signature de l’assuré :');
}
