import type { Store, StoreSession } from '../../../src/teletrans/store/port';
import { aFile, aLot, anAttempt, anEntry, aReturn } from './samples';

/** Files, attempts, returns, counters, journal and settings. */
export function describeTransport(current: () => Store): void {
  const change = <T>(work: (session: StoreSession) => Promise<T>): Promise<T> => current().transaction(work);
  const look = <T>(work: (session: StoreSession) => Promise<T>): Promise<T> => current().read(work);

  describe('files and attempts', () => {
    it('are found by state, compostage and identity', async () => {
      const lots = [aLot(), aLot({ number: '002' })];
      const file = aFile({ lotIds: [lots[1]!.id, lots[0]!.id] });
      const other = aFile({ fileId: '000002', state: 'FROZEN' });
      await change(async (session) => {
        for (const lot of lots) await session.lots.insert(lot);
        await session.files.insert(file);
        await session.files.insert(other);
      });
      await look(async ({ files }) => {
        expect(await files.get(file.id)).toEqual(file);
        expect(await files.get('nobody')).toBeNull();
        expect(await files.list()).toEqual([file, other]);
        expect(await files.list({ state: ['FROZEN'] })).toEqual([other]);
        expect(await files.byCompostage(other.compostage)).toEqual(other);
        expect(await files.byCompostage('0')).toBeNull();
        expect(await files.byIdentity('00000999000011', '000001', '2026-11-23')).toEqual([file]);
      });
    });

    it('refuse a compostage that was used before', async () => {
      const file = aFile();
      await change((session) => session.files.insert(file));
      await expect(change((session) => session.files.insert(aFile({ compostage: file.compostage })))).rejects.toThrow();
    });

    it('change only in what is asked', async () => {
      const file = aFile();
      const frozen = {
        state: 'FROZEN' as const,
        sha256: 'cd',
        messageId: '<1@cabinet.test.invalid>',
        envelope: { from: 'cabinet@cabinet.test.invalid', to: '01999@999.01.test.invalid' },
        encrypted: true,
      };
      const failed = {
        state: 'TEMP_FAILED' as const,
        nextTryAt: '2026-11-23T08:10:00.000Z',
        failure: { code: 'TRA-001', details: { heure: '09:10' } },
      };
      await change((session) => session.files.insert(file));
      await change((session) => session.files.update(file.id, frozen));
      expect(await look((session) => session.files.get(file.id))).toEqual({ ...file, ...frozen });
      await change((session) => session.files.update(file.id, failed));
      expect(await look((session) => session.files.get(file.id))).toEqual({ ...file, ...frozen, ...failed });
      await change((session) => session.files.update(file.id, { failure: null, handedOverAt: '2026-11-23T08:11:00.000Z' }));
      expect((await look((session) => session.files.get(file.id)))?.failure).toBeNull();
    });

    it('tell which attempts were left open', async () => {
      const file = aFile();
      const first = anAttempt(file.id);
      const second = anAttempt(file.id, { rank: 2 });
      await change(async (session) => {
        await session.files.insert(file);
        await session.attempts.insert(first);
        await session.attempts.insert(second);
        await session.attempts.update(first.id, {
          endedAt: '2026-11-23T08:04:00.000Z',
          phase: 'replied',
          outcome: 'TEMP_FAILED',
          reply: '451 plus tard',
        });
        await session.attempts.update(second.id, { phase: 'body' });
      });
      await look(async ({ attempts }) => {
        expect(await attempts.open()).toEqual([{ ...second, phase: 'body' }]);
        expect((await attempts.ofFile(file.id)).map((attempt) => attempt.outcome)).toEqual(['TEMP_FAILED', null]);
        expect(await attempts.ofFile('nobody')).toEqual([]);
      });
      await expect(change((session) => session.attempts.insert(anAttempt(file.id, { rank: 2 })))).rejects.toThrow();
    });
  });

  describe('returns', () => {
    it('keep the mail as received, byte for byte', async () => {
      const entry = aReturn();
      const mail = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256));
      await change((session) => session.returns.insert(entry, mail));
      expect((await look((session) => session.returns.mail(entry.id))).equals(mail)).toBe(true);
      await expect(look((session) => session.returns.mail('nobody'))).rejects.toThrow();
    });

    it('are recognised by mail and by content, a duplicate never being the first', async () => {
      const duplicate = aReturn({ contentSha256: 'same', state: 'duplicate' });
      const first = aReturn({ contentSha256: 'same', state: 'applied', kind: 'ARL' });
      const later = aReturn({ contentSha256: 'same' });
      await change(async (session) => {
        for (const entry of [duplicate, first, later]) await session.returns.insert(entry, Buffer.from('m'));
      });
      await look(async ({ returns }) => {
        expect(await returns.byContent('same')).toEqual(first);
        expect(await returns.byContent('other')).toBeNull();
        expect(await returns.byMail(later.uidl, later.mailSha256)).toEqual(later);
        expect(await returns.byMail(later.uidl, first.mailSha256)).toBeNull();
        expect(await returns.list({ state: ['spooled', 'duplicate'] })).toEqual([duplicate, later]);
        expect(await returns.list()).toEqual([duplicate, first, later]);
      });
      await expect(
        change((session) => session.returns.insert({ ...aReturn(), uidl: first.uidl, mailSha256: first.mailSha256 }, Buffer.from('m'))),
      ).rejects.toThrow();
    });

    it('change only in what is asked', async () => {
      const file = aFile();
      const entry = aReturn();
      await change(async (session) => {
        await session.files.insert(file);
        await session.returns.insert(entry, Buffer.from('m'));
      });
      const applied = { kind: 'ARL' as const, state: 'applied' as const, contentSha256: 'c1', fileId: file.id };
      await change((session) => session.returns.update(entry.id, applied));
      expect(await look((session) => session.returns.get(entry.id))).toEqual({ ...entry, ...applied });
      await change((session) => session.returns.update(entry.id, { state: 'quarantined', reason: { code: 'TRA-014', details: {} } }));
      expect(await look((session) => session.returns.get(entry.id))).toEqual({
        ...entry,
        ...applied,
        state: 'quarantined',
        reason: { code: 'TRA-014', details: {} },
      });
    });
  });

  describe('counters, journal and settings', () => {
    it('count from the least to the greatest value, then begin again', async () => {
      const values = await change(async ({ counters }) => {
        const seen: number[] = [];
        for (let i = 0; i < 5; i++) seen.push(await counters.next('lot/999000011', 1, 3));
        return seen;
      });
      expect(values).toEqual([1, 2, 3, 1, 2]);
      await change((session) => session.counters.next('file', 7, 9));
      await look(async ({ counters }) => {
        expect(await counters.value('lot/999000011')).toBe(2);
        expect(await counters.value('nothing')).toBeNull();
        expect(await counters.all()).toEqual({ file: 7, 'lot/999000011': 2 });
      });
    });

    it('keep the journal in order, per entity and as a whole', async () => {
      const entries = Array.from({ length: 5 }, (_, i) =>
        anEntry({ event: `e${String(i)}`, entityId: i % 2 === 0 ? 'a' : 'b', detail: { n: i, code: 'FAC-006' } }),
      );
      const sameName = anEntry({ entity: 'lot', entityId: 'a', from: null, to: null });
      await change(async ({ journal }) => {
        for (const entry of [...entries, sameName]) await journal.append(entry);
      });
      await look(async ({ journal }) => {
        expect(await journal.of('invoice', 'a')).toEqual([entries[0], entries[2], entries[4]]);
        expect(await journal.of('lot', 'a')).toEqual([sameName]);
        expect(await journal.last(2)).toEqual([entries[4], sameName]);
        expect(await journal.last(100)).toHaveLength(6);
      });
    });

    it('remember settings', async () => {
      await change((session) => session.settings.set('lastPractitioner', '"999000011"'));
      await change((session) => session.settings.set('lastPractitioner', '"999000029"'));
      await look(async ({ settings }) => {
        expect(await settings.get('lastPractitioner')).toBe('"999000029"');
        expect(await settings.get('nothing')).toBeNull();
      });
    });
  });
}
