/**
 * The manifest as it stands on the disk now. Both files are looked at four times a second (a folder's own change events do not come from every network drive);
 * a good edit is taken at once, a bad one is told and the last good manifest stays.
 */
import { statSync, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isBridgeError } from './bridge-error';
import { toDisposable, type Disposable } from './disposable';
import { loadManifest, MANIFEST_FILE, STRINGS_FILE, type Manifest } from './manifest';

/** Whoever needs the manifest asks for it anew each time. */
export interface ManifestSource {
  readonly current: Manifest;
}

export interface ManifestChange {
  readonly manifest: Manifest;
  /** What was edited takes effect only when the add-in is started again (main, root, engines, name …). */
  readonly restartNeeded: boolean;
}

export type ChangeListener = (change: ManifestChange) => void;
/** `problems`: where and what was expected, one line each. */
export type ProblemListener = (problems: readonly string[]) => void;

const LOOK_MS = 250;
const FIXED_FIELDS = ['name', 'version', 'engines', 'root', 'main', 'activationEvents'] as const;

export class LiveManifest implements ManifestSource {
  #current: Manifest;
  #timer: NodeJS.Timeout | null = null;
  #seen: string;
  /** The edit found bad at the last look: an editor may have been in the middle of writing. */
  #doubted = '';
  #ended = false;
  readonly #changed = new Set<ChangeListener>();
  readonly #wrong = new Set<ProblemListener>();

  /** @throws BridgeError `manifest` when the first reading fails */
  constructor(
    private readonly addinFolder: string,
    private readonly schemaPath: string,
  ) {
    /* Before the reading: whatever is edited from here on will be noticed. */
    this.#seen = stampOf(this.#files().map((file) => statSync(file, { throwIfNoEntry: false })));
    this.#current = loadManifest(addinFolder, schemaPath);
  }

  get current(): Manifest {
    return this.#current;
  }

  onChange(listener: ChangeListener): Disposable {
    this.#changed.add(listener);
    return toDisposable(() => this.#changed.delete(listener));
  }

  onProblem(listener: ProblemListener): Disposable {
    this.#wrong.add(listener);
    return toDisposable(() => this.#wrong.delete(listener));
  }

  /** Begins to look. Does not hold the process. */
  watch(): Disposable {
    this.#later();
    return toDisposable(() => {
      this.#ended = true;
      if (this.#timer !== null) clearTimeout(this.#timer);
    });
  }

  #later(): void {
    if (this.#ended) return;
    this.#timer = setTimeout(() => void this.#look().finally(() => this.#later()), LOOK_MS);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const stamp = await this.#stamp();
    if (stamp === this.#seen || this.#ended) return;
    try {
      const manifest = loadManifest(this.addinFolder, this.schemaPath);
      this.#seen = stamp;
      this.#take(manifest);
    } catch (error) {
      if (this.#doubted !== stamp) {
        this.#doubted = stamp;
        return;
      }
      this.#seen = stamp;
      const problems = isBridgeError(error) && Array.isArray(error.cause) ? (error.cause as readonly string[]) : [(error as Error).message];
      for (const listener of this.#wrong) listener(problems);
    }
  }

  #take(manifest: Manifest): void {
    const before = this.#current;
    this.#current = manifest;
    const restartNeeded = FIXED_FIELDS.some((field) => JSON.stringify(before[field]) !== JSON.stringify(manifest[field]));
    for (const listener of this.#changed) listener({ manifest, restartNeeded });
  }

  #files(): string[] {
    return [MANIFEST_FILE, STRINGS_FILE].map((file) => path.join(this.addinFolder, file));
  }

  async #stamp(): Promise<string> {
    return stampOf(await Promise.all(this.#files().map((file) => stat(file).catch(() => undefined))));
  }
}

/** Changes whenever one of the files does; a missing file has a stamp too. */
function stampOf(found: readonly (Stats | undefined)[]): string {
  return found.map((file) => (file === undefined ? 'missing' : `${file.mtimeMs} ${file.size} ${file.ino}`)).join('|');
}
