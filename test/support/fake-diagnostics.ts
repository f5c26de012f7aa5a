/** Diagnostics in memory, for the window's tests. */
import type { Bundle } from '../../src/teletrans/diagnostics/bundle/bundle-model';
import type { DiagnosticsDesk } from '../../src/teletrans/diagnostics/desk';
import type { HealthReport } from '../../src/teletrans/diagnostics/health/report';
import type { SwitchState } from '../../src/teletrans/diagnostics/switch-setting';

const OFF: SwitchState = { state: 'off', levels: { level: 'info', areas: {} }, by: 'unknown', until: null, changedAt: 0 };

export class FakeDiagnostics implements DiagnosticsDesk {
  private now = { state: OFF, faulty: false };
  private bundles = 0;
  private readonly listeners = new Set<() => void>();
  /** Thrown once by the next health check. */
  failure: Error | null = null;
  report: HealthReport = {
    status: 'warning',
    checks: [
      {
        id: 'disk',
        title: 'Disque',
        status: 'ok',
        code: 'DIA-040',
        message: 'Place libre sur le disque : 77159 Mo.',
        action: '',
        numbers: {},
        ms: 1,
      },
      {
        id: 'card',
        title: 'Carte CPS',
        status: 'warning',
        code: 'DIA-022',
        message: 'Pas de carte CPS dans le lecteur : rien à vérifier.',
        action: 'Insérez une carte CPS pour la vérifier.',
        numbers: {},
        ms: 3,
      },
    ],
  };

  state(): { readonly state: SwitchState; readonly faulty: boolean } {
    return this.now;
  }

  set(change: Partial<SwitchState>, faulty = false): void {
    this.now = { state: { ...OFF, ...change }, faulty };
    for (const listener of this.listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  health(): Promise<HealthReport> {
    const { failure } = this;
    this.failure = null;
    return failure === null ? Promise.resolve(this.report) : Promise.reject(failure);
  }

  bundle(): Promise<Bundle> {
    this.bundles += 1;
    const entries = [
      { name: 'LISEZMOI.txt', text: 'Diagnostic de la télétransmission', bytes: 34 },
      { name: 'versions.json', text: `{ "rang": ${this.bundles} }`, bytes: 13 },
    ];
    return Promise.resolve({ fileName: 'diagnostic-2026-11-20-1642.zip', entries });
  }
}
