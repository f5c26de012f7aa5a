/** Reads the practice's file for the window, and changes it: checked, confirmed, alone, durably, with the version before beside it. */
import { countOf } from '../diagnostics/log-values';
import type { Logger } from '../diagnostics/logger';
import type { Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import type { MailServer } from '../domain/practice';
import type { Explained } from '../application/port';
import type { HeldReason, Store, TransmissionLock } from '../store/port';
import { changedFields, edited, editsOf, type Edit } from './editing';
import { pathOf, valueAt } from './json-text';
import type {
  ConnectionView,
  FileContent,
  FoundFault,
  MailServerName,
  SecretFiles,
  Settings,
  SettingsChange,
  SettingsOutcome,
  SettingsView,
  SettingFault,
  VersionedFile,
} from './port';
import type { SettingField } from './schema-fields';
import type { SettingsTexts } from './texts';
import { confirmationsOf, groupViews } from './views';

const SERVERS = ['smtp', 'pop3'] as const satisfies readonly MailServerName[];
const passwordPlace = (server: MailServerName): string => `/network/${server}/password`;

export interface SettingsParts {
  readonly folder: string;
  readonly file: VersionedFile;
  readonly secrets: SecretFiles;
  readonly fields: readonly SettingField[];
  readonly texts: SettingsTexts;
  /** Faults the schema sees. */
  readonly check: (document: unknown) => readonly SettingFault[];
  /** Faults beyond the schema, of a document the schema has nothing against. @param before the one in the file, null when all of it is looked at. */
  readonly inspect: (document: unknown, before: unknown) => Promise<readonly FoundFault[]>;
  /** A document as the program reads it: what it leaves out filled in. */
  readonly filledIn: (document: unknown) => unknown;
  /** What the program works with now, in the same form. */
  readonly inUse: () => unknown;
  /** The file is another one: what can take effect at once does. */
  readonly changed: (document: unknown) => Promise<void>;
  /** One connection to a mail server, nothing sent. Null: it went well; else why not. */
  readonly connect: (server: MailServerName, link: MailServer) => Promise<HeldReason>;
  readonly lock: TransmissionLock;
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly explain: (reason: HeldReason) => Explained;
}

/** A file that was read and is JSON. */
interface Opened extends FileContent {
  readonly document: unknown;
}

export class SettingsDesk implements Settings {
  constructor(private readonly parts: SettingsParts) {}

  async read(): Promise<SettingsView> {
    const content = await this.parts.file.read();
    if (content === null) throw new VitaleError('CFG-001');
    return parsed(content.text) === null ? this.broken(content) : this.sound(await this.open());
  }

  /** A file that is no JSON any more: nothing of it can be shown, but the version before may take its place. */
  private async broken({ version }: FileContent): Promise<SettingsView> {
    const faults = [{ place: '', message: this.sentence('CFG-008') }];
    const previous = await this.parts.file.previous();
    return { version, folder: this.parts.folder, groups: [], faults, pending: false, previous: previous?.at ?? null };
  }

  private async sound(opened: Opened): Promise<SettingsView> {
    const faults = await this.faultsOf(opened.document, null);
    const sound = faults.length === 0;
    const written = sound ? this.parts.filledIn(opened.document) : null;
    const groups = groupViews(opened.document, {
      ...this.parts,
      isOurs: (file) => this.parts.secrets.isOurs(file),
      written,
      inUse: sound ? this.parts.inUse() : null,
    });
    const previous = await this.parts.file.previous();
    return {
      version: opened.version,
      folder: this.parts.folder,
      groups,
      faults,
      pending:
        groups.some(({ fields, list }) => [...fields, ...(list?.items.flat() ?? [])].some(({ pending }) => pending)) ||
        this.listsWait(written),
      previous: previous?.at ?? null,
    };
  }

  async verify(): Promise<readonly SettingFault[]> {
    return this.faultsOf((await this.open()).document, null);
  }

  async save(version: string, change: SettingsChange, confirmed: readonly string[]): Promise<SettingsOutcome> {
    return this.parts.lock.hold(async () => {
      const opened = await this.openThis(version);
      const edits = editsOf(change, this.parts.fields, opened.document);
      const { plain, typed } = apart(edits);
      // A password is put in its place last, once nothing else stands in the way.
      const text = edited(opened.text, [...plain, ...[...typed].map(([server]) => ({ place: passwordPlace(server), value: null }))]);
      const next: unknown = JSON.parse(text);
      const lost = this.passwordsLost(opened.document, next, new Set([...typed.keys(), ...removed(plain)]));
      const refused = await this.refusal(opened.document, next, confirmed, lost);
      if (refused !== null) return refused;
      const names = new Map<MailServerName, string>();
      for (const [server, password] of typed) names.set(server, await this.parts.secrets.keep(server, password));
      const whole = edited(
        text,
        [...names].map(([server, file]) => ({ place: passwordPlace(server), value: { file } })),
      );
      await this.write(opened, whole, 'settings-changed');
      return { saved: true, view: await this.read() };
    });
  }

  async goBack(version: string, confirmed: readonly string[]): Promise<SettingsOutcome> {
    return this.parts.lock.hold(async () => {
      const now = await this.parts.file.read();
      if (now?.version !== version) throw new VitaleError('CFG-009');
      const previous = await this.parts.file.previous();
      if (previous === null) throw new VitaleError('CFG-010');
      // Where the file cannot be read: what the program works with.
      const before = parsed(now.text) ?? this.parts.inUse();
      const refused = await this.refusal(before, parsed(previous.text), confirmed, []);
      if (refused !== null) return refused;
      await this.write({ ...now, document: before }, previous.text, 'settings-taken-back');
      return { saved: true, view: await this.read() };
    });
  }

  async tryConnection(version: string, change: SettingsChange, server: MailServerName): Promise<ConnectionView> {
    const opened = await this.openThis(version);
    const { plain, typed } = apart(editsOf(change, this.parts.fields, opened.document));
    const document: unknown = JSON.parse(edited(opened.text, plain));
    const own = `/network/${server}/`;
    const lost = this.passwordsLost(opened.document, document, new Set([...typed.keys(), ...removed(plain)]));
    const fault = [...(await this.faultsOf(document, opened.document)), ...lost].find(({ place }) => place.startsWith(own));
    if (fault !== undefined) return { ok: false, code: 'CFG-017', message: fault.message, action: '' };
    const { network } = this.parts.filledIn(document) as { readonly network: Readonly<Record<MailServerName, MailServer>> };
    const link = network[server];
    const reason = await this.parts.connect(server, { ...link, password: typed.get(server) ?? link.password });
    return { ok: reason.code === 'CFG-020', ...this.parts.explain(reason) };
  }

  private async open(): Promise<Opened> {
    const content = await this.parts.file.read();
    if (content === null) throw new VitaleError('CFG-001');
    try {
      return { ...content, document: JSON.parse(content.text) as unknown };
    } catch {
      // The cause holds a piece of the text, which may be a password.
      throw new VitaleError('CFG-008');
    }
  }

  private async openThis(version: string): Promise<Opened> {
    const opened = await this.open();
    if (opened.version !== version) throw new VitaleError('CFG-009');
    return opened;
  }

  private async faultsOf(document: unknown, before: unknown): Promise<readonly SettingFault[]> {
    const faults = this.parts.check(document);
    if (faults.length > 0) return faults;
    const found = await this.parts.inspect(document, before);
    return found.map((fault) => placedFault(fault, this.parts.explain));
  }

  /** Why the file may not become `next` now, or null. */
  private async refusal(
    before: unknown,
    next: unknown,
    confirmed: readonly string[],
    more: readonly SettingFault[],
  ): Promise<SettingsOutcome | null> {
    const faults = [...(await this.faultsOf(next, before)), ...more];
    if (faults.length > 0) return { saved: false, faults, confirmations: [] };
    const asked = confirmationsOf(changedFields(before, next, this.parts.fields), this.parts.texts);
    const confirmations = asked.filter(({ id }) => !confirmed.includes(id));
    return confirmations.length === 0 ? null : { saved: false, faults: [], confirmations };
  }

  /** A password that is kept goes to the server it was typed for and to no other. */
  private passwordsLost(before: unknown, next: unknown, typed: ReadonlySet<MailServerName>): readonly SettingFault[] {
    return SERVERS.filter((server) => {
      const at = (document: unknown, name: string): unknown => valueAt(document, pathOf(`/network/${server}/${name}`)) ?? null;
      const moved = at(before, 'host') !== at(next, 'host');
      return moved && at(before, 'password') !== null && !typed.has(server);
    }).map((server) => ({ place: passwordPlace(server), message: this.sentence('CFG-011') }));
  }

  private sentence(code: string): string {
    const { message, action } = this.parts.explain({ code, details: {} });
    return `${message} ${action}`;
  }

  private async write(opened: Opened, text: string, event: 'settings-changed' | 'settings-taken-back'): Promise<void> {
    const { file, secrets, store, clock, logger, fields } = this.parts;
    const next = parsed(text);
    const places = changedFields(opened.document, next, fields).map(({ field }) => field.place);
    await file.replace(text);
    await secrets.sweep(new Set([...passwordFiles(opened.document), ...passwordFiles(next)]));
    await this.parts.changed(next);
    logger.log('info', 'program.settings-changed', { count: countOf(places.length) });
    // Which settings, never what they say.
    await store.transaction((session) =>
      session.journal.append({
        at: clock.now().toISOString(),
        actor: 'person:cabinet',
        entity: 'practice',
        entityId: 'settings',
        event,
        from: null,
        to: null,
        detail: { places: places.join(' ') },
      }),
    );
  }

  /** An item taken out of a list shows nowhere as a field of its own. */
  private listsWait(written: unknown): boolean {
    if (written === null) return false;
    const inUse = this.parts.inUse();
    return this.parts.texts.groups.some(({ list }) => {
      const count = (document: unknown): number => {
        const items = list === undefined ? null : valueAt(document, pathOf(list.place));
        return Array.isArray(items) ? items.length : 0;
      };
      return count(written) !== count(inUse);
    });
  }
}

/** A fault beyond the schema in the words of the catalogue. */
export function placedFault({ place, reason }: FoundFault, explain: SettingsParts['explain']): SettingFault {
  const { message, action } = explain(reason);
  return { place, message: `${message} ${action}`.trim() };
}

/** Passwords that were typed, apart from everything else. */
function apart(edits: readonly Edit[]): { readonly plain: readonly Edit[]; readonly typed: ReadonlyMap<MailServerName, string> } {
  const typed = new Map<MailServerName, string>();
  const plain = edits.filter(({ place, value }) => {
    const server = SERVERS.find((one) => passwordPlace(one) === place);
    if (server === undefined || typeof value !== 'string') return true;
    typed.set(server, value);
    return false;
  });
  return { plain, typed };
}

/** Servers whose password is taken away. */
const removed = (edits: readonly Edit[]): readonly MailServerName[] =>
  SERVERS.filter((server) => edits.some(({ place }) => place === passwordPlace(server)));

const passwordFiles = (document: unknown): readonly string[] =>
  SERVERS.flatMap((server) => {
    const file = valueAt(document, pathOf(`${passwordPlace(server)}/file`));
    return typeof file === 'string' ? [file] : [];
  });

/** Null for a text that is no JSON: the fault is then told of the file. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
