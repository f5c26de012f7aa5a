/** From the XML elements of an invoice, its lot, its file and its returns to what a person reads. Pure. */
import type { InvoiceKind } from '../domain/invoice';
import { SHEET_SENT, shownState } from '../domain/paper-sheet';
import type { PartState } from '../domain/states';
import type { Dossier, FoundInvoice, TimelineLine } from './port';
import { childOf, childrenOf, type XmlElement } from './xml/element';

export interface DossierParts {
  readonly invoice: XmlElement;
  readonly archive: string | null;
  readonly lot: XmlElement | null;
  readonly file: XmlElement | null;
  readonly returns: readonly XmlElement[];
}

export interface DossierWords {
  /**
   * Sentence of each event of the journal (`addin/tables/timeline-words.json`), `event:STATE` where the state it led to changes it; `detail:name` is the word before a detail,
   * empty for a detail that people are not shown.
   */
  readonly events: Readonly<Record<string, string>>;
  /** Word of a state. */
  readonly stateWord: (entity: 'invoice' | 'lot' | 'file', state: string) => string;
  readonly nameOf: (billingNumber: string) => string | null;
}

const attribute = (element: XmlElement | null, name: string): string | null => element?.attributes[name] ?? null;
const text = (element: XmlElement | null, name: string): string => attribute(element, name) ?? '';
const number = (element: XmlElement | null, name: string): number => Number(text(element, name));

/** One line of a list of archived invoices. */
export function foundInvoice(archive: string, invoice: XmlElement): FoundInvoice {
  const patient = childOf(invoice, 'beneficiaire');
  return {
    archive,
    id: text(invoice, 'id'),
    number: text(invoice, 'numero'),
    kind: text(invoice, 'type') as InvoiceKind,
    practitioner: text(invoice, 'praticien'),
    beneficiary: `${text(patient, 'nom')} ${text(patient, 'prenom')}`,
    completedOn: text(invoice, 'terminee'),
    fees: number(childOf(invoice, 'montants'), 'honoraires'),
    amo: attribute(invoice, 'etat-amo'),
    amc: attribute(invoice, 'etat-amc'),
  };
}

export function dossierOf({ invoice, archive, lot, file, returns }: DossierParts, words: DossierWords): Dossier {
  const found = foundInvoice(archive ?? '', invoice);
  const amounts = childOf(invoice, 'montants');
  const patient = childOf(invoice, 'beneficiaire');
  const insured = childOf(invoice, 'assure');
  const sheet = childrenOf(invoice, 'note').some((note) => text(note, 'code') === SHEET_SENT) ? 'sent' : null;
  const shown = (state: string | null): string | null => (state === null ? null : shownState(state as PartState, sheet));
  return {
    number: found.number,
    kind: found.kind,
    archive,
    practitioner: { number: found.practitioner, name: words.nameOf(found.practitioner) },
    patient: { name: found.beneficiary, birthDate: text(patient, 'naissance'), nir: `${text(insured, 'nir')} ${text(insured, 'cle')}` },
    payer: lot === null ? null : text(childOf(lot, 'destinataire'), 'nom'),
    completedOn: found.completedOn,
    deadline: text(invoice, 'echeance'),
    thirdParty: text(invoice, 'tiers-payant'),
    securing: text(invoice, 'securisation'),
    amounts: { fees: found.fees, amo: number(amounts, 'amo'), amc: number(amounts, 'amc') },
    amo: shown(found.amo),
    amc: shown(found.amc),
    lot: lot === null ? null : { number: text(lot, 'numero'), date: text(lot, 'date'), sha256: attribute(childOf(lot, 'sceau'), 'sha256') },
    file:
      file === null
        ? null
        : {
            fileId: text(file, 'identifiant'),
            date: text(file, 'date'),
            sha256: attribute(file, 'sha256-b2'),
            messageId: attribute(file, 'message-id'),
          },
    acts: childrenOf(childOf(invoice, 'actes') ?? invoice, 'acte').map((act) => ({
      date: text(act, 'date'),
      code: text(act, 'code'),
      detail: [text(act, 'ccam'), text(act, 'dents')].filter((part) => part !== '').join(', dent '),
      fee: number(act, 'honoraires'),
      amo: number(act, 'amo'),
      amc: attribute(act, 'amc') === null ? null : number(act, 'amc'),
    })),
    timeline: timelineOf({ invoice, lot, file, returns }, words),
  };
}

/** The events of all four, by time; those of the same instant in the order invoice, lot, file, return. */
function timelineOf({ invoice, lot, file, returns }: Omit<DossierParts, 'archive'>, words: DossierWords): readonly TimelineLine[] {
  const own = (element: XmlElement | null, entity: 'invoice' | 'lot' | 'file', prefix = ''): readonly TimelineLine[] =>
    element === null
      ? []
      : childrenOf(childOf(element, 'evenements') ?? element, 'evenement').map((event) => eventLine(event, entity, prefix, words));
  const attempts = childrenOf(file === null ? invoice : (childOf(file, 'tentatives') ?? file), 'tentative').map((attempt) => ({
    at: attribute(attempt, 'fin') ?? text(attempt, 'debut'),
    what: `Tentative d’envoi ${text(attempt, 'rang')} : ${ISSUES[text(attempt, 'issue')] ?? 'sans issue connue'}`,
    who: 'logiciel',
    proof: text(attempt, 'reponse'),
  }));
  const payments = childrenOf(childOf(invoice, 'paiements') ?? invoice, 'ecriture').map((entry) => ({
    at: text(entry, 'le'),
    what: `${ENTRIES[text(entry, 'sorte')] ?? text(entry, 'sorte')} (part ${text(entry, 'part').toUpperCase()})`,
    who: who(text(entry, 'par')),
    proof: `${(number(entry, 'montant') / 100).toFixed(2).replace('.', ',')} €`,
  }));
  const mails = returns.map((entry) => ({
    at: text(entry, 'recu'),
    what: `Courrier reçu (${text(entry, 'type')})`,
    who: 'extérieur',
    proof: attribute(entry, 'sha256-contenu') === null ? '' : `SHA-256 ${text(entry, 'sha256-contenu')}`,
  }));
  const lines = [
    ...own(invoice, 'invoice'),
    ...own(lot, 'lot', `Lot ${text(lot, 'numero')} – `),
    ...own(file, 'file'),
    ...attempts,
    ...mails,
    ...payments,
  ];
  return lines
    .map((line, rank) => ({ line, rank }))
    .sort((a, b) => compare(a.line.at, b.line.at) || a.rank - b.rank)
    .map(({ line }) => line);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const ISSUES: Readonly<Record<string, string>> = {
  HANDED_OVER: 'remis au serveur',
  TEMP_FAILED: 'échec provisoire, rien n’est parti',
  PERM_FAILED: 'refusé, rien n’est parti',
  UNCERTAIN: 'en doute',
};

const ENTRIES: Readonly<Record<string, string>> = {
  payment: 'Paiement',
  recovery: 'Reprise par le payeur',
  refusal: 'Rejet du payeur',
  deferral: 'Paiement différé',
  notice: 'Signalement du payeur',
  adjustment: 'Écart accepté par le cabinet',
  closure: 'Facture clôturée par le cabinet',
};

const who = (actor: string): string =>
  actor === 'software' ? 'logiciel' : actor === 'external' ? 'extérieur' : actor.replace(/^person:/, '');

function eventLine(
  event: XmlElement,
  entity: 'invoice' | 'lot' | 'file',
  prefix: string,
  { events, stateWord }: DossierWords,
): TimelineLine {
  const name = text(event, 'fait');
  const to = attribute(event, 'vers');
  const details = childrenOf(event, 'precision').map((detail) => {
    const word = events[`detail:${text(detail, 'nom')}`] ?? text(detail, 'nom');
    return word === '' ? '' : `${word} ${text(detail, 'valeur')}`;
  });
  return {
    at: text(event, 'le'),
    what: `${prefix}${events[`${name}:${to ?? ''}`] ?? events[name] ?? name}`,
    who: who(text(event, 'par')),
    proof: [to === null ? '' : stateWord(entity, to), ...details].filter((part) => part !== '').join(', '),
  };
}
