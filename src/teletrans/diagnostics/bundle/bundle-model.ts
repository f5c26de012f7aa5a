/** A support bundle as it is shown and saved. */
export interface BundleEntry {
  readonly name: string;
  /** UTF-8. */
  readonly text: string;
  readonly bytes: number;
}

export interface Bundle {
  /** `diagnostic-2026-11-26-1830.zip`. */
  readonly fileName: string;
  readonly entries: readonly BundleEntry[];
}
