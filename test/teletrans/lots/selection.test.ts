import { fitOf, signerOf } from '../../../src/teletrans/lots/selection';
import { situation } from '../../support/practice-rig';

const own = { billingNumber: '999000011', situation: '1', replacement: null };
const replaced = { billingNumber: '999000011', situation: '1', replacement: '999000029' };
const dupont = [situation('1', '999000011'), situation('2', '999000011')];

describe('who seals an invoice', () => {
  it('is its practitioner, or the locum', () => {
    expect(signerOf(own)).toBe('999000011');
    expect(signerOf(replaced)).toBe('999000029');
  });

  it.each([
    ['the practitioner’s card, any situation', own, dupont, null, 'seals'],
    ['the practitioner’s card, the invoice’s situation', own, dupont, '1', 'seals'],
    ['the practitioner’s card, another situation chosen', own, dupont, '2', 'other-card'],
    ['a card without the invoice’s situation', own, [situation('2', '999000011')], null, 'situation-missing'],
    ['a situation that is no longer valid', own, [situation('1', '999000011', { valid: false })], null, 'other-card'],
    ['a situation that may not sign lots', own, [situation('1', '999000011', { signsLot: false })], null, 'no-right-to-sign-lots'],
    ['somebody else’s card', own, [situation('1', '999000029')], null, 'other-card'],
    ['the owner’s card for a locum’s invoice', replaced, dupont, null, 'other-card'],
    ['the locum’s card, whatever its situation number', replaced, [situation('A', '999000029')], null, 'seals'],
    ['the locum’s card, another of its situations chosen', replaced, [situation('A', '999000029')], 'B', 'other-card'],
    [
      'situations whose numbers have holes',
      { ...own, situation: 'C' },
      [situation('1', '999000011'), situation('C', '999000011')],
      null,
      'seals',
    ],
  ])('%s', (_what, invoice, situations, chosen, fit) => {
    expect(fitOf(invoice, situations, chosen)).toBe(fit);
  });
});
