import { explain, maskPatientData } from '../../../src/teletrans/formats/explain';
import { explanationLines } from '../../../src/teletrans/formats/explanation-text';
import { workedFile } from '../../support/b2-files';

let worked: Buffer;
beforeAll(async () => {
  worked = await workedFile();
});

describe('an explanation for people', () => {
  it('puts the French label beside the name and value of each field', () => {
    const lines = explanationLines(explain(worked), false);
    expect(lines[0]).toBe('fichier B2 : 9 enregistrements, aucun défaut');
    expect(lines).toContain('6. 4M · Détail CCAM');
    expect(lines.join('\n')).toMatch(/Honoraires +fee_amount +0029000/);
    expect(lines.at(-1)).toBe('Aucun défaut.');
  });
  it('shows each fault at its field and again at the end: record, field, position, what was expected', () => {
    const copy = Buffer.from(worked);
    copy.write('1', 6 * 128 + 64, 'latin1');
    const lines = explanationLines(explain(copy), false);
    const place = lines.findIndex((line) => line.includes('total_fees'));
    expect(lines[place + 1]).toMatch(/^ {3}! position 58 : .*31300 attendu/);
    expect(
      lines.filter((line) => /enregistrement 7 \(5\), champ total_fees \(.+\), position 58 : .*31300 attendu/.test(line)),
    ).toHaveLength(1);
  });
  it('colours only when asked to, and never hands on what a file commands the terminal to do', () => {
    const hostile = Buffer.from(worked);
    hostile.write('\u001b[2J\u009b', 128 + 31, 'latin1');
    const plain = explanationLines(explain(hostile), false).join('\n');
    expect(Array.from(plain).filter((one) => one !== '\n' && (one < ' ' || (one >= '\u007f' && one < '\u00a0')))).toEqual([]);
    expect(explanationLines(explain(worked), true)[0]).toContain('\u001b[1m');
  });
  it('shows nothing of a patient when the explanation is masked', () => {
    const lines = explanationLines(maskPatientData(explain(worked)), false).join('\n');
    expect(lines).not.toMatch(/1700275123456|HBLD038|PFM/);
    expect(explanationLines(explain(worked), false).join('\n')).toContain('1700275123456');
  });
});
