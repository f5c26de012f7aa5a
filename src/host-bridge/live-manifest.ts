/** The manifest as it stands on the disk now: a good edit is taken at once, a bad one is told and the last good manifest stays. */
import path from 'node:path';
import { isBridgeError } from './bridge-error';
import { toDisposable, type Disposable } from './disposable';
import { FileWatch } from './file-watch';
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

/** After this time a bad edit is looked at again: an editor may have been in the middle of writing. */
const SECOND_LOOK_MS = 250;
const FIXED_FIELDS = ['name', 'version', 'engines', 'root', 'main', 'activationEvents'] as const;

export class LiveManifest implements ManifestSource {
  #current: Manifest;
  readonly #files: FileWatch;
  #secondLook: NodeJS.Timeout | null = null;
  readonly #edited = new Set<() => void>();
  readonly #changed = new Set<ChangeListener>();
  readonly #wrong = new Set<ProblemListener>();

  /** @throws BridgeError `manifest` when the first reading fails */
  constructor(
    private readonly addinFolder: string,
    private readonly schemaPath: string,
  ) {
    /* Before the reading: whatever is edited from here on will be noticed. */
    this.#files = new FileWatch([MANIFEST_FILE, STRINGS_FILE].map((file) => path.join(addinFolder, file)));
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

  /** Told of every edit as it is noticed, good, bad or not done yet, before it is read here. */
  onEdit(listener: () => void): Disposable {
    this.#edited.add(listener);
    return toDisposable(() => this.#edited.delete(listener));
  }

  /** Begins to look. Does not hold the process. */
  watch(): Disposable {
    const following = this.#files.follow(() => {
      for (const listener of this.#edited) listener();
      this.#read(false);
    });
    return toDisposable(() => {
      following.dispose();
      this.#cancelSecondLook();
    });
  }

  #cancelSecondLook(): void {
    if (this.#secondLook !== null) clearTimeout(this.#secondLook);
    this.#secondLook = null;
  }

  #read(again: boolean): void {
    this.#cancelSecondLook();
    try {
      this.#take(loadManifest(this.addinFolder, this.schemaPath));
    } catch (error) {
      if (!again) {
        this.#secondLook = setTimeout(() => this.#read(true), SECOND_LOOK_MS);
        this.#secondLook.unref();
        return;
      }
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
}
