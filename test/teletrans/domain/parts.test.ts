import { awaitsNoPayment, partsOf, stepParts, stepPartsWherePossible } from '../../../src/teletrans/domain/parts';

describe('the parts of an invoice', () => {
  it.each([
    [
      { kind: 'FSE', thirdParty: 'none', split: 'none' },
      { amo: true, amc: false },
    ],
    [
      { kind: 'FSE', thirdParty: 'amo', split: 'none' },
      { amo: true, amc: false },
    ],
    [
      { kind: 'FSE', thirdParty: 'amo+amc', split: 'none' },
      { amo: true, amc: true },
    ],
    [
      { kind: 'FSE', thirdParty: 'amo+amc', split: 'oct' },
      { amo: true, amc: true },
    ],
    [
      { kind: 'FSE', thirdParty: 'amo+amc', split: 'practice' },
      { amo: true, amc: false },
    ],
    [
      { kind: 'DRE', thirdParty: 'amo+amc', split: 'practice' },
      { amo: false, amc: true },
    ],
    [
      { kind: 'DRE', thirdParty: 'amc', split: 'none' },
      { amo: false, amc: true },
    ],
  ] as const)('of %j are %j', (invoice, parts) => {
    expect(partsOf(invoice)).toEqual(parts);
  });

  it('take a step together, or not at all', () => {
    expect(stepParts({ amoState: 'READY', amcState: 'READY' }, 'IN_LOT')).toEqual({ amoState: 'IN_LOT', amcState: 'IN_LOT' });
    expect(stepParts({ amoState: null, amcState: 'SEALED' }, 'SENT')).toEqual({ amoState: null, amcState: 'SENT' });
    expect(() => stepParts({ amoState: 'READY', amcState: 'PAID' }, 'IN_LOT')).toThrow('STO-010');
  });

  it('take a late step each where it may', () => {
    expect(stepPartsWherePossible({ amoState: 'SENT', amcState: 'PAID' }, 'ACKED')).toEqual({ amoState: 'ACKED', amcState: 'PAID' });
    expect(stepPartsWherePossible({ amoState: null, amcState: 'NACKED' }, 'ACKED')).toEqual({ amoState: null, amcState: 'NACKED' });
  });

  it('await a payment from each payer that owes one', () => {
    const awaited = (['none', 'amo', 'amo+amc', 'amc'] as const).map((thirdParty) => [
      !awaitsNoPayment('amo', thirdParty),
      !awaitsNoPayment('amc', thirdParty),
    ]);
    expect(awaited).toEqual([
      [false, false],
      [true, false],
      [true, true],
      [false, true],
    ]);
  });
});
