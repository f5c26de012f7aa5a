/** An invoice as an archive tells it: what a person reads, and its document exactly as the host handed it over. */
import { createHash } from 'node:crypto';
import type { Act, Invoice } from '../../domain/invoice';
import type { JournalEntry, StoredInvoice, StoredLot } from '../../store/port';
import type { LedgerEntry } from '../../store/third-party/port';
import { element, type XmlElement } from './element';
import { timelineElement } from './timeline-element';

/** The document as JSON that XML can hold: its values are those received, byte for byte once parsed. */
export function documentText(body: Invoice): string {
  return JSON.stringify(body).replace(/[&\u007f-\u009f\ufffe\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

export function invoiceElement(
  invoice: StoredInvoice,
  body: Invoice,
  lot: StoredLot | null,
  journal: readonly JournalEntry[],
  ledger: readonly LedgerEntry[],
): XmlElement {
  const document = documentText(body);
  return element(
    'facture',
    {
      id: invoice.id,
      numero: invoice.number,
      type: invoice.kind,
      praticien: invoice.billingNumber,
      situation: invoice.situation,
      remplacant: invoice.replacement,
      marque: invoice.marking,
      securisation: invoice.securing.trim(),
      'tiers-payant': invoice.thirdParty,
      terminee: invoice.completedOn,
      echeance: invoice.deadline,
      'liee-a': invoice.linkedTo,
      'etat-amo': invoice.amoState,
      'etat-amc': invoice.amcState,
      recue: invoice.receivedAt,
      envoyee: invoice.sentAt,
      accusee: invoice.ackedAt,
      lot: lot?.id,
      'numero-lot': lot?.number,
      fichier: lot?.fileId,
    },
    [
      element('montants', { honoraires: invoice.amounts.fees, amo: invoice.amounts.amo, amc: invoice.amounts.amc }),
      element('assure', { nir: body.insured.nir, cle: body.insured.nirKey }),
      beneficiaryElement(body),
      element('amo', { regime: body.amo.regime, caisse: body.amo.fund, centre: body.amo.centre, nature: body.amo.insuranceNature }),
      body.amc === undefined ? null : element('amc', { numero: body.amc.number, adherent: body.amc.member }),
      element('actes', {}, body.acts.map(actElement)),
      ...invoice.notes.map(({ code }) => element('note', { code })),
      element('document', { format: body.format, sha256: sha256(document) }, document),
      timelineElement(journal),
      ledger.length === 0 ? null : element('paiements', {}, ledger.map(entryElement)),
    ],
  );
}

function entryElement({ id, at, valueDate, actor, part, kind, amount, undoOf, note }: LedgerEntry): XmlElement {
  return element('ecriture', {
    id,
    le: at,
    valeur: valueDate,
    par: actor,
    part,
    sorte: kind,
    montant: amount,
    annule: undoOf,
    motif: note,
  });
}

function beneficiaryElement({ beneficiary }: Invoice): XmlElement {
  return element('beneficiaire', {
    nom: beneficiary.lastName,
    prenom: beneficiary.firstName,
    naissance: beneficiary.birthDate,
    rang: beneficiary.birthRank,
    qualite: beneficiary.quality,
    nir: beneficiary.nir,
    cle: beneficiary.nirKey,
  });
}

function actElement(act: Act): XmlElement {
  return element('acte', {
    date: act.date,
    code: act.code,
    quantite: act.quantity,
    coefficient: act.coefficient,
    honoraires: act.fee,
    base: act.base,
    taux: act.rate,
    amo: act.amo,
    amc: act.amc,
    ccam: act.ccam?.map(({ code }) => code).join(' '),
    dents: act.ccam?.flatMap(({ teeth }) => teeth ?? []).join(' '),
  });
}
