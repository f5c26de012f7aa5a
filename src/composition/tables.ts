/** The tables that support can replace without code: read from the installation, or from the practice's folder where `cabinet.json` names its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DecisionTexts } from '../teletrans/application/decision-questions';
import type { HolidayTable, PracticeCalendar } from '../teletrans/domain/calendar';
import { VitaleError } from '../teletrans/domain/errors';
import type { Practice } from '../teletrans/domain/practice';
import { RoutingTables } from '../teletrans/domain/routing';
import { RejectionCodes } from '../teletrans/formats/noemie/rejection-codes';
import type { LateNoticeTexts } from '../teletrans/print/documents/late-notice';
import type { ThirdPartyRules } from '../teletrans/third-party/rules';
import type { SettingsTexts } from '../teletrans/settings/texts';
import type { LotRules } from '../teletrans/lots/lot-rules';
import type { BrakeTable } from '../teletrans/sending/brake/rules';
import { inFolder } from './practice-folder';

function readText(file: string, table: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new VitaleError('LOT-014', { table, detail: 'fichier absent ou illisible' }, { cause });
  }
}

/** A JSON table of the installation. Errors: LOT-014. */
export function readJsonTable(tables: string, name: string): unknown {
  const text = readText(join(tables, name), name);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new VitaleError('LOT-014', { table: name, detail: 'JSON' }, { cause });
  }
}

export function readCalendar(tables: string, practice: Practice): PracticeCalendar {
  return { table: readJsonTable(tables, 'holidays.json') as HolidayTable, region: practice.region, goodFriday: practice.goodFriday };
}

export function readLotRules(tables: string): LotRules {
  return readJsonTable(tables, 'lot-rules.json') as LotRules;
}

/** The questions before a person's decision. */
export function readDecisionTexts(tables: string): DecisionTexts {
  return readJsonTable(tables, 'decisions.json') as DecisionTexts;
}

/** What people are told of each setting. */
export function readSettingsTexts(tables: string): SettingsTexts {
  return readJsonTable(tables, 'settings.json') as SettingsTexts;
}

/** The letter about invoices that could not leave in time. */
export function readLateNoticeTexts(tables: string): LateNoticeTexts {
  return readJsonTable(tables, 'late-notice.json') as LateNoticeTexts;
}

export function readThirdPartyRules(tables: string): ThirdPartyRules {
  return readJsonTable(tables, 'third-party.json') as ThirdPartyRules;
}

/** Errors: LOT-014. */
export function readRejectionCodes(tables: string): RejectionCodes {
  const name = 'rejection-codes.json';
  try {
    return RejectionCodes.parse(readJsonTable(tables, name));
  } catch (cause) {
    throw cause instanceof TypeError ? new VitaleError('LOT-014', { table: name, detail: 'colonnes' }, { cause }) : cause;
  }
}

/** What may stop sending. */
export function readBrakeTable(tables: string): BrakeTable {
  return readJsonTable(tables, 'brake.json') as BrakeTable;
}

/** How each model of card is talked to. Errors: LOT-014. */
export function readCardModels(tables: string): readonly unknown[] {
  return ['cps3', 'cps4', 'demonstration'].map((name) => readJsonTable(tables, join('cards', `${name}.json`)));
}

/** The routing tables. Errors: LOT-014 naming the table and the line. */
export function readRoutes(tables: string, home: string, practice: Practice): RoutingTables {
  const folder = practice.recipients === null ? join(tables, 'recipients') : inFolder(home, practice.recipients);
  const [amo, amc] = ['amo_recipients.tsv', 'amc_recipients.tsv'].map((name) => readText(join(folder, name), name));
  return RoutingTables.parse(amo ?? '', amc ?? '');
}

/** The practice's own transport profile, else the shipped one. */
export function profileFile(tables: string, home: string, practice: Practice): string {
  return practice.profile === null ? join(tables, 'transport', 'profil.json') : inFolder(home, practice.profile);
}
