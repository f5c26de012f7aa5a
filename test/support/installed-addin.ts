/** A copy of the add-in's folder of its own for one test, so that its manifest can be edited. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locateInstallation, type Installation } from '../../src/composition/installation';

export interface DiagnosticsSection {
  readonly enabled: boolean;
  readonly level: string;
  readonly until: string | null;
  readonly areas?: Readonly<Record<string, string>>;
  readonly by?: string;
}

export class InstalledAddin {
  readonly root = mkdtempSync(join(tmpdir(), 'vitale-module-'));
  readonly installation: Installation;

  constructor() {
    const shipped = locateInstallation();
    const addin = join(this.root, 'addin');
    cpSync(shipped.addin, addin, { recursive: true });
    this.installation = { ...shipped, addin, tables: join(addin, 'tables') };
  }

  get manifest(): string {
    return join(this.installation.addin, 'manifest.json');
  }

  /** The manifest's text with another section `diagnostics`. */
  text(diagnostics: DiagnosticsSection): string {
    return JSON.stringify({
      ...(JSON.parse(readFileSync(join(locateInstallation().addin, 'manifest.json'), 'utf8')) as object),
      diagnostics,
    });
  }

  set(diagnostics: DiagnosticsSection): void {
    writeFileSync(this.manifest, this.text(diagnostics));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
