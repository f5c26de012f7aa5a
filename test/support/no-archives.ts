/** A practice that has archived nothing yet, for the tests of the window. */
import type { Archives, Dossier, PurgeReport } from '../../src/teletrans/archive/port';
import type { Backups } from '../../src/teletrans/backup/port';
import type { GoodFridayQuestion } from '../../src/teletrans/window/server/calendar-routes';
import type { Prints } from '../../src/teletrans/print/prints';
import type { Settings } from '../../src/teletrans/settings/port';
import type { Recipients } from '../../src/teletrans/settings/recipients-port';

const NOTHING: PurgeReport = { archived: 0, kept: [], archive: null };
/** Of an invoice that lives in the store. */
export function livingDossier(id: string): Dossier {
  return {
    number: id.replace(/\D/g, '').padStart(9, '0'),
    kind: 'FSE',
    archive: null,
    practitioner: { number: '999000011', name: 'DUPONT CLAIRE' },
    patient: { name: 'EXEMPLE ALICE', birthDate: '1980-01-01', nir: '•' },
    payer: 'CPAM Morbihan',
    completedOn: '2026-11-19',
    deadline: '2026-12-01',
    thirdParty: 'amo',
    securing: 'S',
    amounts: { fees: 2300, amo: 1380, amc: 0 },
    amo: 'ACKED',
    amc: null,
    lot: null,
    file: null,
    acts: [],
    timeline: [
      { at: '2026-11-19T16:00:00Z', what: 'Facture reçue du logiciel de gestion', who: 'logiciel', proof: 'À envoyer' },
      { at: '2026-11-19T17:02:14Z', what: 'Tentative d’envoi 1 : remis au serveur', who: 'logiciel', proof: '250 OK' },
      { at: '2026-11-20T05:10:00Z', what: 'Lot 121 – ARL reçu', who: 'extérieur', proof: '0000' },
    ],
  };
}

const none = (): Promise<never> => Promise.reject(new Error('nothing is archived'));

export const NO_ARCHIVES: {
  readonly archives: Archives;
  readonly prints: Prints;
  readonly backups: Backups;
  readonly goodFriday: GoodFridayQuestion;
  readonly settings: Settings;
  readonly recipients: Recipients;
} = {
  recipients: { read: () => Promise.resolve({ own: false, tables: [] }), save: none, goBack: none },
  settings: { read: none, save: none, goBack: none, tryConnection: none, verify: none },
  goodFriday: { asked: () => false, answer: () => undefined },
  backups: {
    status: () => Promise.resolve({ settings: { folder: null, everyDays: 1, keep: 14 }, last: null, failure: null }),
    make: none,
    makeDue: () => Promise.resolve(null),
    choose: () => Promise.resolve(),
  },
  archives: {
    simulate: () => Promise.resolve(NOTHING),
    purge: () => Promise.resolve(NOTHING),
    announce: () => Promise.resolve(null),
    postpone: () => Promise.resolve(),
    atOpening: () => Promise.resolve(null),
    list: () => Promise.resolve([]),
    verify: () => Promise.resolve({ ok: true, faults: [] }),
    search: () => Promise.resolve([]),
    dossier: (id) => Promise.resolve(livingDossier(id)),
    contents: none,
    xml: () => {
      throw new Error('nothing is archived');
    },
  },
  prints: {
    archive: none,
    dossier: none,
    duplicate: none,
    duplicates: none,
    lateNotice: none,
    slip: none,
    returns: none,
    reminder: none,
  },
};
