import fc from 'fast-check';
import { afterSheet, SHEET_SENT, sheetOf, shownState } from '../../../src/teletrans/domain/paper-sheet';

const NOTED = [{ code: SHEET_SENT }];
const owing = (thirdParty: 'none' | 'amo' | 'amc' | 'amo+amc', amoState: 'NO_ACK_EXPECTED' | null, amcState: 'NO_ACK_EXPECTED' | null) =>
  ({ thirdParty, amoState, amcState, notes: [] }) as const;

describe('the sheet of a degraded invoice, once sent', () => {
  it.each([
    ['none', 'CLOSED_NO_RSP', 'CLOSED_NO_RSP'],
    ['amo', 'NO_ACK_EXPECTED', 'CLOSED_NO_RSP'],
    ['amc', 'CLOSED_NO_RSP', 'NO_ACK_EXPECTED'],
    ['amo+amc', 'NO_ACK_EXPECTED', 'NO_ACK_EXPECTED'],
  ] as const)('with the payer paying %s, closes the parts that await no payment and no other', (thirdParty, amoState, amcState) => {
    expect(afterSheet(owing(thirdParty, 'NO_ACK_EXPECTED', 'NO_ACK_EXPECTED'))).toEqual({ amoState, amcState });
    expect(afterSheet(owing(thirdParty, 'NO_ACK_EXPECTED', null))).toEqual({ amoState, amcState: null });
    expect(afterSheet(owing(thirdParty, null, 'NO_ACK_EXPECTED'))).toEqual({ amoState: null, amcState });
  });

  it('leaves a part alone that its payer has already answered', () => {
    const invoice = { ...owing('amc', null, 'NO_ACK_EXPECTED'), amoState: 'PAID' } as const;
    expect(afterSheet(invoice)).toEqual({ amoState: 'PAID', amcState: 'NO_ACK_EXPECTED' });
  });

  it('cannot be sent twice, nor for an invoice that owes none', () => {
    expect(() => afterSheet({ ...owing('amo', 'NO_ACK_EXPECTED', null), notes: NOTED })).toThrow('DEC-003');
    const states = ['READY', 'SENT', 'ACKED', 'UNCERTAIN', 'NACKED', 'PAID', 'CLOSED_NO_RSP', 'ARCHIVED'] as const;
    fc.assert(
      fc.property(fc.constantFrom(null, ...states), fc.constantFrom(null, ...states), (amoState, amcState) => {
        const invoice = { thirdParty: 'amo', amoState, amcState, notes: [] } as const;
        expect(sheetOf(invoice)).toBeNull();
        expect(() => afterSheet(invoice)).toThrow('DEC-003');
      }),
    );
  });

  it('is not asked for any more in what is shown, and no other state is shown otherwise', () => {
    expect(sheetOf(owing('amo', 'NO_ACK_EXPECTED', null))).toBe('owed');
    expect(sheetOf({ ...owing('amo', 'NO_ACK_EXPECTED', null), notes: NOTED })).toBe('sent');
    expect(shownState('NO_ACK_EXPECTED', 'owed')).toBe('NO_ACK_EXPECTED');
    expect(shownState('NO_ACK_EXPECTED', 'sent')).toBe('SHEET_SENT');
    expect(shownState('NACKED', 'sent')).toBe('NACKED');
  });
});
