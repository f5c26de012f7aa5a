/** The settings of a practice in a temporary folder: the real desk on real files, with a lock and a journal that a test looks at. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { practiceOf } from '../../src/composition/practice-folder';
import { LivePractice } from '../../src/composition/settings/live-practice';
import { settingsRules } from '../../src/composition/settings/settings-factory';
import { ErrorCatalogue } from '../../src/teletrans/diagnostics/error-catalogue';
import { VitaleError } from '../../src/teletrans/domain/errors';
import type { MailServer } from '../../src/teletrans/domain/practice';
import { SettingsDesk } from '../../src/teletrans/settings/desk';
import type { MailServerName, VersionedFile } from '../../src/teletrans/settings/port';
import { SecretFolder } from '../../src/teletrans/store/files/secret-folder';
import { PracticeFile } from '../../src/teletrans/store/files/versioned-file';
import type { HeldReason, JournalEntry, StoreSession } from '../../src/teletrans/store/port';

export const TABLES = join(__dirname, '../../addin/tables');
export const CATALOGUE = ErrorCatalogue.load(join(TABLES, 'errors.json'));

/** As a person wrote it: comments nobody knows, an order of its own. */
export const CABINET = `{
  "note": "écrit par le support",
  "mode": "demo",
  "region": "35",
  "practitioners": [
    { "name": "DUPONT CLAIRE", "billingNumber": "999000011", "rpps": "99900000011", "poste": 12 },
    { "name": "MOREL JEAN", "billingNumber": "999000029" }
  ],
  "reader": { "kind": "virtual", "card": "" },
  "network": {
    "sender": "cabinet@practice.test.invalid",
    "smtp": { "host": "127.0.0.1", "port": 2525, "security": "none", "user": null, "password": null, "ca": null },
    "pop3": { "host": "127.0.0.1", "port": 2110, "security": "none", "user": "cabinet", "password": "CANARI-en-clair", "ca": null }
  }
}
`;

export class SettingsRig {
  readonly home = mkdtempSync(join(tmpdir(), 'reglages-'));
  readonly journal: JournalEntry[] = [];
  readonly logged: unknown[] = [];
  readonly tried: { readonly server: MailServerName; readonly link: MailServer }[] = [];
  /** How the next connection goes. */
  outcome: HeldReason = { code: 'CFG-020', details: {} };
  /** Another program transmits. */
  transmitting = false;
  readonly live: LivePractice;
  readonly desk: SettingsDesk;

  /** @param wrap stands between the desk and the file. */
  constructor(text: string = CABINET, wrap: (file: VersionedFile) => VersionedFile = (file) => file) {
    this.write(text);
    this.live = new LivePractice(practiceOf(JSON.parse(CABINET)));
    const clock = { now: () => new Date('2026-11-26T09:00:00Z') };
    this.desk = new SettingsDesk({
      ...settingsRules(this.home, TABLES, clock),
      folder: this.home,
      file: wrap(new PracticeFile(this.file)),
      secrets: new SecretFolder(this.home),
      filledIn: practiceOf,
      inUse: () => this.live.current,
      changed: (document) => {
        this.live.take(practiceOf(document));
        return Promise.resolve();
      },
      connect: (server, link) => {
        this.tried.push({ server, link });
        return Promise.resolve(this.outcome);
      },
      lock: {
        hold: (work) => (this.transmitting ? Promise.reject(new VitaleError('TRA-018', { qui: 'un autre programme' })) : work()),
      },
      store: {
        transaction: (work) =>
          work({ journal: { append: (entry: JournalEntry) => Promise.resolve(void this.journal.push(entry)) } } as unknown as StoreSession),
      },
      clock,
      logger: { log: (...event: unknown[]) => void this.logged.push(event) },
      explain: ({ code, details }) => CATALOGUE.explain(code, details),
    });
  }

  get file(): string {
    return join(this.home, 'cabinet.json');
  }

  get text(): string {
    return readFileSync(this.file, 'utf8');
  }

  write(text: string): void {
    writeFileSync(this.file, text, { mode: 0o600 });
  }

  put(name: string, text: string): void {
    mkdirSync(join(this.home, name, '..'), { recursive: true });
    writeFileSync(join(this.home, name), text);
  }

  /** Files of the folder of typed passwords. */
  get secrets(): readonly string[] {
    try {
      return readdirSync(join(this.home, 'secrets')).sort();
    } catch {
      return [];
    }
  }

  close(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
