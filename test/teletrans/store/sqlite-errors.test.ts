import { isVitaleError } from '../../../src/teletrans/domain/errors';
import { asSqliteError, sqliteCode } from '../../../src/teletrans/store/sqlite/errors';

const ofPackage = (message: string): Error => Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR' });

it.each([
  ['database disk image is malformed', 'STO-003'],
  ['database or disk is full', 'STO-001'],
  ['database is locked', 'STO-002'],
  ['disk I/O error', 'STO-006'],
])('knows an error of SQLite that comes without its number: %s', (message, code) => {
  expect(isVitaleError(asSqliteError(ofPackage(message)), code)).toBe(true);
});

it('leaves what is no error of SQLite, or a fault of the program, as it is', () => {
  const fault = ofPackage('UNIQUE constraint failed: invoices.id');
  expect(asSqliteError(fault)).toBe(fault);
  expect(sqliteCode(fault)).toBe(1);
  for (const other of [new Error('database is locked'), null, 'text', undefined]) {
    expect(asSqliteError(other)).toBe(other);
    expect(sqliteCode(other)).toBeNull();
  }
});
