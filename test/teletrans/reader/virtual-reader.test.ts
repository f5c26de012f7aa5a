import { createVerify, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { isVitaleError } from '../../../src/teletrans/domain/errors';
import { readCardFile } from '../../../src/teletrans/reader/virtual/card-file';
import { createVirtualReader } from '../../../src/teletrans/reader/registration';
import type { CardReader, VirtualReaderControl } from '../../../src/teletrans/reader/port';
import { aFolder } from '../store/folder';
import { aCard, digits, putCard } from './cards';

const RIGHT = digits('4826');
const WRONG = digits('0000');
const codeOf = (error: unknown): string => (isVitaleError(error) ? error.code : String(error));
const failure = (work: Promise<unknown>): Promise<string> => work.then(() => 'no error', codeOf);

describe('the virtual reader', () => {
  let folder: string;
  let remove: () => Promise<void>;
  let current: string | null;
  let reader: CardReader;
  let control: VirtualReaderControl;
  const cardFile = (): string => path.join(folder, 'cartes', 'dupont.json');
  const triesInFile = async (): Promise<number> => (await readCardFile(cardFile()))!.content.triesLeft;

  beforeEach(async () => {
    ({ folder, remove } = await aFolder());
    await mkdir(path.join(folder, 'cartes'));
    current = 'cartes/dupont.json';
    ({ reader, control } = createVirtualReader({
      cardFolder: path.join(folder, 'cartes'),
      currentCard: () => (current === null ? null : path.join(folder, current)),
      setCurrentCard: (card) => {
        current = card;
      },
      now: () => new Date('2026-11-23T10:00:00Z'),
    }));
    putCard(folder, 'dupont.json', aCard());
  });
  afterEach(async () => {
    await reader.dispose();
    await remove();
  });

  describe('without a code', () => {
    it('says whose card it is and the tries left', async () => {
      putCard(folder, 'dupont.json', aCard({ triesLeft: 2 }));
      expect(await reader.status()).toEqual({
        state: 'card',
        reader: 'Lecteur virtuel',
        cardId: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        holder: { lastName: 'DUPONT', firstName: 'CLAIRE', rpps: '99900000011', profession: '40' },
        triesLeft: 2,
        maxTries: 3,
        keypad: false,
        validUntil: null,
      });
      const session = await reader.open();
      for (let i = 0; i < 5; i++) expect(await session.triesLeft()).toBe(2);
      expect(await triesInFile()).toBe(2);
    });

    it('says that there is no card', async () => {
      current = null;
      expect(await reader.status()).toEqual({ state: 'no-card', reader: 'Lecteur virtuel' });
      expect(await failure(reader.open())).toBe('CPS-001');
      current = 'cartes/nobody.json';
      expect((await reader.status()).state).toBe('no-card');
    });

    it.each<[string, string, unknown]>([
      ['a Vitale card', 'CPS-019', { atr: '3B 75 13 00 00 44 09 EA 90 00' }],
      ['an unknown card', 'CPS-020', aCard({ atr: '3B 00' })],
      ['a contactless CPS', 'CPS-025', aCard({ atr: '3B 8F 80 01 00 31 B8 64 04 B0 EC C1 73 94 01 80 82 90 00 0E' })],
      ['a card without situation', 'CPS-016', aCard({ situations: [] })],
      ['a card without holder', 'CPS-016', aCard({ holder: undefined })],
      ['a card without code', 'CPS-016', aCard({ pin: undefined })],
      ['a code of five digits', 'CPS-016', aCard({ pin: '48261' })],
      ['a code that is a number', 'CPS-016', aCard({ pin: 4826 })],
      ['a code named twice', 'CPS-016', JSON.stringify(aCard()).replace('"triesLeft"', '"pin":"1111","triesLeft"')],
      ['four tries left', 'CPS-016', aCard({ triesLeft: 4 })],
      ['half a try', 'CPS-016', aCard({ triesLeft: 1.5 })],
      ['a bad situation number', 'CPS-016', aCard({ situations: [{ ...(aCard()['situations'] as object[])[0], number: '0' }] })],
      ['no ATR', 'CPS-016', aCard({ atr: undefined })],
      ['a file cut short', 'CPS-016', JSON.stringify(aCard()).slice(0, 100)],
      ['an empty file', 'CPS-016', ''],
      ['a file that is a list', 'CPS-016', '[]'],
      ['random bytes', 'CPS-016', '\u0000\u0001"pin":"1234"'],
    ])('says what is wrong with %s', async (_, code, card) => {
      putCard(folder, 'dupont.json', card);
      expect(await reader.status()).toEqual({ state: 'not-a-cps', reader: 'Lecteur virtuel', errorCode: code });
      expect(await failure(reader.open())).toBe(code);
    });

    it('gives neither situations nor signature', async () => {
      const session = await reader.open();
      await expect(session.situations()).rejects.toThrow('after its code');
      await expect(session.sign(Buffer.alloc(32))).rejects.toThrow('after its code');
    });
  });

  describe('with a code', () => {
    it('opens with the right code and gives the situations', async () => {
      const session = await reader.open();
      await session.verify(RIGHT, false);
      expect(await session.situations()).toEqual([
        {
          number: '1',
          billingNumber: '999000011',
          structure: 'CABINET DUPONT',
          convention: '1',
          specialty: '19',
          tariffZone: '35',
          signsInvoice: true,
          signsLot: true,
          valid: true,
        },
        {
          number: 'A',
          billingNumber: '999000029',
          structure: '',
          convention: '',
          specialty: '19',
          tariffZone: '',
          signsInvoice: true,
          signsLot: false,
          valid: true,
        },
      ]);
    });

    it('takes exactly one try for a wrong code, kept before the answer, and blocks at the third', async () => {
      const session = await reader.open();
      const first = await session.verify(WRONG, false).catch((error: unknown) => error);
      expect(first).toMatchObject({ code: 'CPS-003', details: { n: 2 } });
      expect(await triesInFile()).toBe(2);
      expect(await failure(session.verify(WRONG, false))).toBe('CPS-003');
      expect(await triesInFile()).toBe(1);
      expect(await failure(session.verify(WRONG, false))).toBe('CPS-004');
      expect(await failure(session.verify(RIGHT, false))).toBe('CPS-004');
      expect(await triesInFile()).toBe(1);
      expect(await failure(session.verify(WRONG, true))).toBe('CPS-005');
      expect(await triesInFile()).toBe(0);
      expect(await failure(session.verify(RIGHT, true))).toBe('CPS-005');
      expect(await triesInFile()).toBe(0);
      expect(await reader.status()).toMatchObject({ state: 'card', triesLeft: 0 });
    });

    it('gives three tries back after the right code', async () => {
      const session = await reader.open();
      await failure(session.verify(WRONG, false));
      await failure(session.verify(WRONG, false));
      await session.verify(RIGHT, true);
      expect(await triesInFile()).toBe(3);
    });

    it('forgets the right code after a wrong one', async () => {
      const session = await reader.open();
      await session.verify(RIGHT, false);
      await failure(session.verify(WRONG, false));
      await expect(session.situations()).rejects.toThrow('after its code');
    });

    it.each(['', '482', '48261', '48 6', '４８２６', 'abcd', '4826\n'])('spends no try on %j, which is no code', async (text) => {
      const session = await reader.open();
      expect(await failure(session.verify(Buffer.from(text), true))).toBe('CPS-023');
      expect(await triesInFile()).toBe(3);
    });

    it('leaves the code in the hands of the caller, unchanged', async () => {
      const session = await reader.open();
      const code = Buffer.from(RIGHT);
      await session.verify(code, false);
      expect(code.equals(RIGHT)).toBe(true);
    });

    it('keeps everything else of the card file when it writes the tries back', async () => {
      putCard(folder, 'dupont.json', { ...aCard(), comment: 'pin', more: { pinned: ['"pin"', 1] } });
      const session = await reader.open();
      await failure(session.verify(WRONG, false));
      expect(JSON.parse(await readFile(cardFile(), 'utf8'))).toEqual({
        ...aCard(),
        comment: 'pin',
        more: { pinned: ['"pin"', 1] },
        triesLeft: 2,
      });
    });

    it('is not verified for the next session, nor after closing', async () => {
      const session = await reader.open();
      await session.verify(RIGHT, false);
      const other = await reader.open();
      await expect(other.situations()).rejects.toThrow('after its code');
      await session.close();
      await expect(session.situations()).rejects.toMatchObject({ code: 'CPS-027' });
      await expect((await reader.open()).situations()).rejects.toThrow('after its code');
    });

    it('loses no try when two programs use the card at once', async () => {
      const rounds = await Promise.all(
        [1, 2].map(async () => {
          const other = createVirtualReader({ cardFolder: '', currentCard: cardFile, setCurrentCard: () => undefined }).reader;
          const session = await other.open();
          return failure(session.verify(WRONG, false));
        }),
      );
      expect(rounds).toEqual(['CPS-003', 'CPS-003']);
      expect(await triesInFile()).toBe(1);
    });
  });

  describe('signing', () => {
    it('makes the key and the certificate once, and signs with them', async () => {
      const session = await reader.open();
      await session.verify(RIGHT, false);
      const message = Buffer.from('un lot');
      const signature = await session.sign(message);
      const pem = await session.certificate();
      expect(createVerify('sha256').update(message).verify(pem, signature)).toBe(true);
      const certificate = new X509Certificate(pem);
      expect(certificate.verify(certificate.publicKey)).toBe(true);
      expect(certificate.subject).toContain('CN=899900000011');
      expect(certificate.subject).toContain('DUPONT');
      expect(certificate.ca).toBe(false);
      expect(new Date(certificate.validFrom) < new Date('2026-11-23') && new Date(certificate.validTo) > new Date('2029-11-01')).toBe(true);
      await session.close();
      const again = await reader.open();
      expect(await again.certificate()).toBe(pem);
      await again.verify(RIGHT, false);
      expect((await again.sign(message)).equals(signature)).toBe(true);
      expect(await triesInFile()).toBe(3);
    });

    it('makes a certificate for a key that has none', async () => {
      const session = await reader.open();
      const before = await session.certificate();
      const { certificate, ...card } = JSON.parse(await readFile(cardFile(), 'utf8')) as Record<string, unknown>;
      expect(certificate).toBe(before);
      putCard(folder, 'dupont.json', card);
      const made = await session.certificate();
      expect(made).not.toBe(before);
      expect(new X509Certificate(made).publicKey.equals(new X509Certificate(before).publicKey)).toBe(true);
    });

    it('refuses a key that is none, and a certificate of another key', async () => {
      putCard(folder, 'dupont.json', aCard({ key: 'no key' }));
      const session = await reader.open();
      expect(await failure(session.certificate())).toBe('CPS-016');
      putCard(folder, 'dupont.json', aCard());
      await session.certificate();
      const { key } = JSON.parse(await readFile(cardFile(), 'utf8')) as { key: string };
      putCard(folder, 'dupont.json', aCard());
      const other = await session.certificate();
      putCard(folder, 'dupont.json', aCard({ key, certificate: other }));
      expect(await failure(session.certificate())).toBe('CPS-016');
    });
  });

  describe('with cards coming and going', () => {
    const names = ['martin.json', 'zoe.json'];
    beforeEach(() => {
      putCard(folder, names[0]!, aCard({ holder: { lastName: 'MARTIN', firstName: 'PAUL', rpps: '99900000029', profession: '40' } }));
      putCard(folder, 'not-a-card.json', '{}');
      putCard(folder, 'notes.txt', aCard());
    });

    it('lists the cards of the practice', async () => {
      expect((await control.cards()).map(({ file, holder }) => `${file} ${holder.lastName}`)).toEqual([
        'cartes/dupont.json DUPONT',
        'cartes/martin.json MARTIN',
      ]);
    });

    it('says that the card has gone when it is taken out or changed', async () => {
      for (const next of [null, 'cartes/martin.json', 'cartes/not-a-card.json']) {
        await control.insert('cartes/dupont.json');
        const session = await reader.open();
        await session.verify(RIGHT, false);
        await control.insert(next);
        expect(await failure(session.situations())).toBe('LEC-004');
        await control.insert('cartes/dupont.json');
        // Put back, it is another insertion: the code is asked again.
        expect(await failure(session.sign(Buffer.alloc(32)))).toBe('LEC-004');
      }
    });

    it('says so too when another program changed the card, or the file has gone', async () => {
      const session = await reader.open();
      await session.verify(RIGHT, false);
      current = 'cartes/martin.json';
      expect(await failure(session.situations())).toBe('LEC-004');
      current = 'cartes/dupont.json';
      expect(await failure(session.situations())).toBe('LEC-004');
      const other = await reader.open();
      await other.verify(RIGHT, false);
      await rm(cardFile());
      expect(await failure(other.sign(Buffer.alloc(32)))).toBe('LEC-004');
    });

    it('gives each insertion an identity of its own', async () => {
      const ids = new Set<string>();
      for (const file of ['cartes/dupont.json', 'cartes/martin.json', 'cartes/dupont.json']) {
        await control.insert(file);
        const status = await reader.status();
        ids.add(status.state === 'card' ? status.cardId : '');
        expect(await reader.status()).toEqual(status);
      }
      expect(ids.size).toBe(3);
    });

    it('inserts only cards of its folder', async () => {
      for (const file of [
        '../cabinet.json',
        'cartes/../../x',
        'cartes/nobody.json',
        'dupont.json',
        '',
        'cartes',
        path.join(folder, 'cartes', 'dupont.json'),
      ]) {
        expect(await failure(control.insert(file))).toBe('CPS-020');
      }
      expect(current).toBe('cartes/dupont.json');
    });
  });
});
