import { badgeFor } from '../../src/composition/in-host/telephone-badge';

const nothing = { ready: 0, held: 0, late: 0, dueToday: 0, sent: 0, uncertain: 0, refused: 0, stopped: null };

describe('the sign on the telephone icon', () => {
  it('is absent when nothing waits', () => {
    expect(badgeFor(nothing)).toEqual({ command: 'teletrans.ouvrir', text: null, severity: 'normal' });
    expect(badgeFor({ ...nothing, sent: 12 }).text).toBeNull();
  });

  it('counts what waits, and says late when it is or will be tonight', () => {
    expect(badgeFor({ ...nothing, ready: 5 })).toMatchObject({ text: '5', severity: 'normal', tooltip: '5 à envoyer' });
    expect(badgeFor({ ...nothing, ready: 5, dueToday: 2 })).toMatchObject({
      text: '5',
      severity: 'late',
      tooltip: '5 à envoyer, 2 à envoyer avant ce soir',
    });
    expect(badgeFor({ ...nothing, ready: 4, held: 1, late: 1 })).toMatchObject({ text: '5', severity: 'late' });
  });

  it('says that diagnostics are on, and until when in legal time', () => {
    expect(badgeFor(nothing, '2026-11-26T17:30:00.000Z')).toMatchObject({
      text: 'D',
      severity: 'normal',
      tooltip: 'diagnostic activé jusqu’au 26/11 à 18:30',
    });
    expect(badgeFor({ ...nothing, ready: 5 }, '2026-11-26T17:30:00.000Z').text).toBe('5');
  });

  it('says that sending is stopped, before anything else', () => {
    const stopped = { code: 'TRA-035', message: 'Ne renvoyez pas.', action: '' };
    expect(badgeFor({ ...nothing, ready: 3, stopped })).toMatchObject({
      text: '!',
      severity: 'incident',
      tooltip: 'Ne renvoyez pas. 3 à envoyer',
    });
  });

  it('calls for a person when something is in doubt or refused, even when nothing waits', () => {
    expect(badgeFor({ ...nothing, uncertain: 1 })).toMatchObject({ text: '!', severity: 'incident', tooltip: '1 en doute' });
    expect(badgeFor({ ...nothing, ready: 3, refused: 2, late: 3 })).toMatchObject({ text: '3', severity: 'incident' });
  });
});
