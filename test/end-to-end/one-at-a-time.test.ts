/** Several programs on one practice: exactly one transmits, the others say who does. Real processes, real sockets. */
import { join } from 'node:path';
import { FileTransmissionLock } from '../../src/teletrans/store/lock/transmission-lock';
import { PracticeProcesses } from '../support/practice-processes';

jest.setTimeout(180_000);

let practice: PracticeProcesses;
beforeEach(async () => {
  practice = await PracticeProcesses.start();
});
afterEach(() => practice.stop());

const TRANSMIT = ['transmettre', '--praticien', '999000011', '--code-porteur-stdin'] as const;

it('while one transmits, the others end with status 5, say who it is, and change nothing', async () => {
  await practice.vitale(['importer', join(__dirname, '../data/journee.ndjson')]);
  const lock = new FileTransmissionLock(join(practice.home, 'transmission.lock'), 'le module de LOGOSw');
  await lock.hold(async () => {
    for (const words of [[...TRANSMIT], ['relever']]) {
      const ended = await practice.vitale(words, '1234\n');
      expect([ended.code, ended.stderr.includes('le module de LOGOSw')]).toEqual([5, true]);
    }
  });
  expect(practice.received()).toEqual([]);
  expect((await practice.vitale([...TRANSMIT], '1234\n')).code).toBe(0);
});

it('three started at once send each invoice exactly once', async () => {
  await practice.vitale(['importer', join(__dirname, '../data/journee.ndjson')]);
  const ended = await Promise.all([1, 2, 3].map(() => practice.vitale([...TRANSMIT], '1234\n')));
  for (const { code } of ended) expect([0, 5]).toContain(code);
  expect(ended.some(({ code }) => code === 0)).toBe(true);
  const received = practice.receivedInvoices();
  expect(received.length).toBeGreaterThan(10);
  expect(new Set(received).size).toBe(received.length);
});
