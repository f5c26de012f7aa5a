/** Every setting the schema knows has its words, and no words are about what it does not know. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backupSettings } from '../../../src/composition/backups-factory';
import { CABINET_SCHEMA } from '../../../src/composition/cabinet-schema';
import { schemaFields } from '../../../src/teletrans/settings/schema-fields';
import type { SettingsTexts } from '../../../src/teletrans/settings/texts';

const texts = JSON.parse(readFileSync(join(__dirname, '../../../addin/tables/settings.json'), 'utf8')) as SettingsTexts;
const fields = schemaFields(CABINET_SCHEMA);
const places = fields.map(({ place }) => place);

it('knows every field of the schema, once, in one group', () => {
  expect(Object.keys(texts.fields).sort()).toEqual([...places].sort());
  expect(texts.groups.flatMap((group) => group.fields).sort()).toEqual([...places].sort());
});

it.each(fields.map((field) => [field.place, field] as const))('%s is written for people', (place, { choices }) => {
  const text = texts.fields[place];
  expect(text?.label).toMatch(/^[A-ZÀÉ]/);
  for (const sentence of [text?.help, text?.wrong]) expect(sentence).toMatch(/^[A-ZÀÉ].*[.?]$/);
  expect(Object.keys(text?.words ?? {}).sort()).toEqual([...(choices ?? [])].sort());
  if (text?.confirm !== undefined) expect(texts.confirmations[text.confirm]?.lines.length).toBeGreaterThan(0);
  if (text?.when !== undefined) expect(places).toContain(text.when.place);
});

it('asks before whatever changes what leaves, to whom, or how long it stays', () => {
  for (const place of ['/mode', '/network/sender', '/practitioners/-/billingNumber', '/retention/days', '/recipients', '/profile'])
    expect([place, texts.fields[place]?.confirm]).toEqual([place, expect.any(String)]);
});

it('says the defaults that the program has', () => {
  const { everyDays, keep } = backupSettings({});
  expect(everyDays).toBe(1);
  expect(texts.fields['/backup/keep']?.help).toBe(`Vide : ${String(keep)}.`);
});

it('marks the passwords, and them alone, as never shown', () => {
  expect(fields.filter(({ kind }) => kind === 'secret').map(({ place }) => place)).toEqual([
    '/network/smtp/password',
    '/network/pop3/password',
  ]);
});
