import fc from 'fast-check';
import { isInCharset } from '../../../../src/teletrans/formats/fixed-width/charset';
import { fitName, foldText } from '../../../../src/teletrans/formats/text/folding';

describe('folding to the B2 character set', () => {
  it.each([
    ['Hélène', 'HELENE'],
    ['ŒUVRARD', 'OEUVRARD'],
    ['œuvrard', 'OEUVRARD'],
    ['Ægidius', 'AEGIDIUS'],
    ['Strauß', 'STRAUSS'],
    ['Søren', 'SOREN'],
    ['ÖZDEMIR', 'OZDEMIR'],
    ['Łukasz Đorđević', 'LUKASZ DORDEVIC'],
    ['Iṣık', 'ISIK'],
    ['D’ANGELO', "D'ANGELO"],
    ['D`ANGELO', "D'ANGELO"],
    ['NUÑEZ–PÉREZ', 'NUNEZ-PEREZ'],
    ['ﬁn', 'FIN'],
    ['e\u0301', 'E'],
    ['LE\u00a0GOFF', 'LE GOFF'],
    ['AB\u00adCD', 'ABCD'],
    ['12/3', '12/3'],
  ])('folds %s to %s', (from, to) => {
    expect(foldText(from)).toEqual({ text: to, replaced: false });
  });

  it('turns each character without an image into one blank and says so', () => {
    expect(foldText('王小明')).toEqual({ text: '   ', replaced: true });
    expect(foldText('한')).toEqual({ text: ' ', replaced: true });
    expect(foldText('A&B')).toEqual({ text: 'A B', replaced: true });
    expect(foldText('A😀B')).toEqual({ text: 'A B', replaced: true });
  });

  it('always ends in the character set, and changes nothing that is already there', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = foldText(text).text;
        expect(isInCharset(folded)).toBe(true);
        expect(foldText(folded)).toEqual({ text: folded, replaced: false });
      }),
    );
  });
});

describe('a name in its field', () => {
  it('is shortened to the width, and says so', () => {
    expect(fitName('DE LA TOUR DU PIN CHAMBLY DE LA CHARCE', 25)).toEqual({
      text: 'DE LA TOUR DU PIN CHAMBLY',
      replaced: false,
      shortened: true,
      blank: false,
    });
  });
  it('counts the folded letters, not the typed ones', () => {
    expect(fitName('Œ'.repeat(8), 15)).toMatchObject({ text: 'OE'.repeat(7) + 'O', shortened: true });
  });
  it('says when nothing is left', () => {
    expect(fitName('王小明', 25)).toEqual({ text: '', replaced: true, shortened: false, blank: true });
  });
  it('never ends or begins with a blank', () => {
    expect(fitName('  AB CD', 3).text).toBe('AB');
  });
});
