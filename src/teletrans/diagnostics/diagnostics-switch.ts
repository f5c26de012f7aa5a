/** Diagnostics as the manifest has them, followed while the program runs. */
import { readFileSync, statSync } from 'node:fs';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { stateAt, type SwitchSetting, type SwitchState } from './switch-setting';

export interface SwitchOptions {
  /** Absolute path of `manifest.json`. */
  readonly manifest: string;
  /** Absolute path of `manifest.schema.json`. */
  readonly schema: string;
  /** The machine's clock: files are dated by it. */
  readonly now?: () => Date;
}

/** Calls `changed` after every edit of the manifest, also while one is not done. @returns ends it. */
export type FollowManifest = (changed: () => void) => () => void;

type Section = Omit<SwitchSetting, 'areas' | 'by'> & Partial<Pick<SwitchSetting, 'areas' | 'by'>>;

const OFF: SwitchSetting = { enabled: false, level: 'info', areas: {}, by: 'unknown', until: null };
/** The longest a timer can wait. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const SECOND_LOOK_MS = 150;

function validatorOf(schemaFile: string): ValidateFunction<Section> | null {
  try {
    const { properties } = JSON.parse(readFileSync(schemaFile, 'utf8')) as { properties: { diagnostics: object } };
    return new Ajv2020({ allowUnionTypes: true }).compile<Section>(properties.diagnostics);
  } catch {
    return null;
  }
}

/**
 * Reads the manifest at once, follows it from {@link DiagnosticsSwitch.follow} on, and switches itself off at its end. A manifest that cannot be read, or whose section is
 * wrong, changes nothing: the last good one holds, and {@link DiagnosticsSwitch.faulty} says so.
 */
export class DiagnosticsSwitch {
  private readonly listeners = new Set<() => void>();
  private readonly now: () => Date;
  /** Null: the installation lacks its schema. */
  private readonly valid: ValidateFunction<Section> | null;
  private setting: SwitchSetting = OFF;
  private changedAt = 0;
  private fault = false;
  private shown: SwitchState;
  private expiry: NodeJS.Timeout | null = null;
  private secondLook: NodeJS.Timeout | null = null;
  private stopWatching: (() => void) | null = null;

  constructor(private readonly options: SwitchOptions) {
    this.now = options.now ?? ((): Date => new Date());
    this.valid = validatorOf(options.schema);
    this.fault = !this.read();
    this.shown = stateAt(this.now(), this.setting, this.changedAt);
  }

  get state(): SwitchState {
    return this.shown;
  }

  /** The manifest as it stands now cannot be used; the last good one holds. */
  get faulty(): boolean {
    return this.fault;
  }

  /** Called after every change of `state` or `faulty`. @returns ends it. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** From now on follows the manifest, until {@link close}. */
  follow(manifest: FollowManifest): void {
    this.stopWatching ??= manifest(() => this.refresh(false));
    this.refresh(true);
  }

  close(): void {
    this.stopWatching?.();
    this.stopWatching = null;
    if (this.expiry !== null) clearTimeout(this.expiry);
    if (this.secondLook !== null) clearTimeout(this.secondLook);
    this.listeners.clear();
  }

  private refresh(final: boolean): void {
    const before = JSON.stringify([this.shown, this.fault]);
    const good = this.read();
    if (!good && !final) {
      // An editor may be in the middle of its writing: the second look decides.
      this.secondLook ??= setTimeout(() => this.refresh(true), SECOND_LOOK_MS);
      this.secondLook.unref();
    } else this.fault = !good;
    if (good || final) {
      if (this.secondLook !== null) clearTimeout(this.secondLook);
      this.secondLook = null;
    }
    this.shown = stateAt(this.now(), this.setting, this.changedAt);
    this.waitForEnd();
    if (JSON.stringify([this.shown, this.fault]) !== before) for (const listener of this.listeners) listener();
  }

  /** @returns whether the manifest could be used. */
  private read(): boolean {
    const { manifest } = this.options;
    try {
      const { mtimeMs } = statSync(manifest);
      const section: unknown = (JSON.parse(readFileSync(manifest, 'utf8')) as { diagnostics?: unknown }).diagnostics;
      if (this.valid?.(section) !== true) return false;
      const { enabled, level, until, areas = {}, by = 'unknown' } = section;
      this.setting = { enabled, level, until, areas, by };
      this.changedAt = mtimeMs;
      return true;
    } catch {
      return false;
    }
  }

  private waitForEnd(): void {
    if (this.expiry !== null) clearTimeout(this.expiry);
    this.expiry = null;
    const { state, until } = this.shown;
    if (state !== 'on' || until === null) return;
    const left = Math.min(Math.max(0, Date.parse(until) - this.now().getTime()), LONGEST_TIMER_MS);
    this.expiry = setTimeout(() => this.refresh(true), left);
    this.expiry.unref();
  }
}
