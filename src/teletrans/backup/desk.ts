/** Backups as the faces ask for them: by a person, by the settings, with what is remembered of them. */
import * as path from 'node:path';
import type { Explained } from '../application/port';
import type { Clock } from '../domain/clock';
import { isVitaleError, VitaleError } from '../domain/errors';
import type { BackupFolders, OnBackupStep } from '../store/backup/port';
import type { HeldReason, Store, StoreSession } from '../store/port';
import type { BackupReport, Backups, BackupSettings, BackupStatus } from './port';
import { isDue, outdated } from './rotation';

export interface BackupDeskParts {
  readonly store: Store;
  readonly folders: BackupFolders;
  /** As the practice has them now. Errors: CFG-001, CFG-002. */
  readonly settings: () => BackupSettings;
  /** Keeps the choice of a folder with the practice's settings. */
  readonly keepFolder: (folder: string | null) => void;
  readonly explain: (reason: HeldReason) => Explained;
  readonly clock: Clock;
}

const LAST = 'backup.last';
const FAILURE = 'backup.failure';
/** Where a backup is being made; after a crash what it left is removed. */
const UNFINISHED = 'backup.unfinished';

type Last = NonNullable<BackupStatus['last']>;
type Failure = HeldReason & { readonly at: string };

/** What is remembered of the backups. */
export interface RememberedBackups {
  readonly last: Last | null;
  readonly failure: Failure | null;
}

export async function rememberedBackups({ settings }: StoreSession): Promise<RememberedBackups> {
  const parsed = async <T>(name: string): Promise<T | null> => JSON.parse((await settings.get(name)) ?? 'null') as T | null;
  return { last: await parsed<Last>(LAST), failure: await parsed<Failure>(FAILURE) };
}

export class BackupDesk implements Backups {
  constructor(private readonly parts: BackupDeskParts) {}

  async status(): Promise<BackupStatus> {
    const { store, settings, explain } = this.parts;
    const { last, failure } = await store.read(rememberedBackups);
    return { settings: settings(), last, failure: failure === null ? null : { ...explain(failure), at: failure.at } };
  }

  async make(folder: string | null, onStep: OnBackupStep): Promise<BackupReport> {
    const wanted = folder ?? this.parts.settings().folder;
    if (wanted === null) throw new VitaleError('SAV-012');
    return this.run(wanted, false, onStep);
  }

  async makeDue(): Promise<BackupReport | null> {
    const { store, settings, clock } = this.parts;
    const chosen = settings();
    const { last } = await store.read(rememberedBackups);
    if (chosen.folder === null || !isDue(chosen, last?.at ?? null, clock.now())) return null;
    try {
      return await this.run(chosen.folder, true, () => undefined);
    } catch (error) {
      // Another program of this practice is making it.
      if (isVitaleError(error, 'SAV-001')) return null;
      if (isVitaleError(error)) await this.remember(FAILURE, { code: error.code, details: error.details, at: clock.now().toISOString() });
      throw error;
    }
  }

  async choose(folder: string | null): Promise<void> {
    if (folder !== null) {
      mustBeAbsolute(folder);
      // Only a folder that is there is taken: a wrong letter would make one that nobody looks into.
      await this.parts.folders.mustBeUsable(folder);
    }
    this.parts.keepFolder(folder);
    await this.remember(FAILURE, null);
  }

  private async run(folder: string, automatic: boolean, onStep: OnBackupStep): Promise<BackupReport> {
    mustBeAbsolute(folder);
    const { store, folders, clock } = this.parts;
    // An unplugged disk must not be replaced by a folder of the same name on this one.
    if (automatic) await folders.mustBeUsable(folder);
    const { manifest, place } = await folders.make(folder, {
      automatic,
      // No other backup is being made by now: what is unfinished was left by a program that died.
      onPlace: async (made) => {
        await this.removeUnfinished(made);
        await this.remember(UNFINISHED, made);
      },
      onStep,
    });
    const { id, invoices, createdAt: at } = manifest;
    const missing = manifest.missing.length;
    await store.transaction(async ({ settings, journal }) => {
      await settings.set(LAST, JSON.stringify({ at, invoices, missing } satisfies Last));
      await settings.set(FAILURE, 'null');
      await settings.set(UNFINISHED, 'null');
      await journal.append({
        at: clock.now().toISOString(),
        actor: automatic ? 'software' : 'person:cabinet',
        entity: 'practice',
        entityId: 'backup',
        event: 'backed-up',
        from: null,
        to: null,
        detail: { files: manifest.files.length, missing },
      });
    });
    return { id, place, at, invoices, missing, removed: automatic ? await this.rotate(folder, manifest.practice) : 0 };
  }

  /** A backup that cannot be removed only takes room: the new one is whole. */
  private async rotate(folder: string, practice: string): Promise<number> {
    const { folders, settings } = this.parts;
    const old = outdated(await folders.list(folder), practice, settings().keep);
    let removed = 0;
    for (const { place } of old)
      await folders.remove(place).then(
        () => (removed += 1),
        () => undefined,
      );
    return removed;
  }

  /** What a program that died left of a backup it was making; the one that is made now may have its name. */
  private async removeUnfinished(made: string): Promise<void> {
    const { store, folders } = this.parts;
    const place = JSON.parse((await store.read(({ settings }) => settings.get(UNFINISHED))) ?? 'null') as string | null;
    if (place === null || place === made || (await folders.isWhole(place).catch(() => true))) return;
    await folders.remove(place).catch(() => undefined);
  }

  private async remember(name: string, value: unknown): Promise<void> {
    await this.parts.store.transaction(({ settings }) => settings.set(name, JSON.stringify(value)));
  }
}

function mustBeAbsolute(folder: string): void {
  if (!path.isAbsolute(folder)) throw new VitaleError('SAV-010');
}
