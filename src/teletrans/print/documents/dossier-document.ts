import type { Dossier, TimelineLine } from '../../archive/port';
import type { Sheet } from '../sheet';
import { date, dateTime, euros, THIRD_PARTY } from '../words';

export interface DossierDocumentWords {
  /** Word of the state of one part; empty where the invoice has no such part. */
  readonly stateWord: (state: string | null) => string;
}

/** What a payer asks for in a dispute: the invoice, and its life with what proves each event. */
export async function dossierDocument(sheet: Sheet, dossier: Dossier, { stateWord }: DossierDocumentWords): Promise<void> {
  sheet.title(`${dossier.kind} ${dossier.number}`);
  sheet.facts(invoiceFacts(dossier, stateWord));
  sheet.heading('Actes');
  await sheet.table(
    [
      { label: 'Date', width: 0.14, cell: (act) => date(act.date) },
      { label: 'Acte', width: 0.14, cell: (act) => act.code },
      { label: 'Détail', width: 0.3, cell: (act) => act.detail },
      { label: 'Honoraires', width: 0.14, align: 'right', cell: (act) => euros(act.fee) },
      { label: 'AMO', width: 0.14, align: 'right', cell: (act) => euros(act.amo) },
      { label: 'AMC', width: 0.14, align: 'right', cell: (act) => (act.amc === null ? '–' : euros(act.amc)) },
    ],
    dossier.acts,
  );
  sheet.heading('Chronologie');
  await sheet.table<TimelineLine>(
    [
      { label: 'Le', width: 0.16, cell: ({ at }) => dateTime(at) },
      { label: 'Événement', width: 0.38, cell: ({ what }) => what },
      { label: 'Par', width: 0.12, cell: ({ who }) => who },
      { label: 'Preuve', width: 0.34, cell: ({ proof }) => proof },
    ],
    dossier.timeline,
  );
}

/** The identity of an invoice, as the dossier and the paper duplicate give it. */
export function invoiceFacts(dossier: Dossier, stateWord: (state: string | null) => string): readonly (readonly [string, string])[] {
  const { practitioner, patient, payer, amounts, lot, file } = dossier;
  const states = [
    dossier.amo === null ? '' : `AMO : ${stateWord(dossier.amo)}`,
    dossier.amc === null ? '' : `AMC : ${stateWord(dossier.amc)}`,
  ];
  return [
    ['Facture', `${dossier.kind} n° ${dossier.number}`],
    ['Praticien', [practitioner.name, practitioner.number].filter((part) => part !== null).join(', n° ')],
    ['Patient', `${patient.name}, né(e) le ${patient.birthDate.split('-').reverse().join('/')}`],
    ['Assuré (NIR)', patient.nir],
    ['Organisme', payer ?? 'non déterminé'],
    ['Soins terminés le', date(dossier.completedOn)],
    ['Délai légal', `jusqu’au ${date(dossier.deadline)} (${THIRD_PARTY[dossier.thirdParty] ?? dossier.thirdParty})`],
    ['Montants', `honoraires ${euros(amounts.fees)}, part AMO ${euros(amounts.amo)}, part AMC ${euros(amounts.amc)}`],
    ['État', states.filter((part) => part !== '').join(' ; ')],
    ['Lot', lot === null ? 'aucun' : `n° ${lot.number} du ${date(lot.date)}${lot.sha256 === null ? '' : `, SHA-256 ${lot.sha256}`}`],
    [
      'Fichier',
      file === null ? 'aucun' : `n° ${file.fileId} du ${date(file.date)}${file.sha256 === null ? '' : `, SHA-256 ${file.sha256}`}`,
    ],
  ];
}
