import { closeDay } from '../../src/composition/in-host/day-close';
import { VitaleError } from '../../src/teletrans/domain/errors';
import { FakeTeletrans } from '../support/fake-teletrans';

describe('closing the day', () => {
  it('is answered in bounded time, whatever the transmission does', async () => {
    const teletrans = new FakeTeletrans();
    teletrans.transmit = () => new Promise(() => undefined);
    const started = performance.now();
    expect(await closeDay(teletrans, 50, 'person')).toMatchObject({ outcome: 'incident', reason: { code: 'HOT-011' } });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('tells an error as an incident, with its sentence and no more', async () => {
    const teletrans = new FakeTeletrans();
    teletrans.transmit = () => Promise.reject(new VitaleError('TRA-018'));
    expect(await closeDay(teletrans, 1000, 'person')).toMatchObject({ outcome: 'incident', reason: { code: 'TRA-018' } });
    teletrans.transmit = () => Promise.reject(new Error('MARTIN Kévin'));
    const answer = await closeDay(teletrans, 1000, 'person');
    expect(answer).toMatchObject({ outcome: 'incident', reason: { code: 'HOT-999' } });
    expect(JSON.stringify(answer)).not.toContain('MARTIN');
  });

  it('says how much still waits', async () => {
    const teletrans = new FakeTeletrans();
    const { counts } = await closeDay(teletrans, 1000, 'person');
    const day = (await teletrans.overview()).counts;
    expect(counts).toMatchObject({ waiting: day.ready, held: day.held });
  });
});
