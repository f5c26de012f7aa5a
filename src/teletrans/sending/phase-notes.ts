/**
 * Keeps in the journal how far the dialogue of an attempt went, while it goes: if the process dies, the attempt found open shows the last phase noted. Notes are
 * evidence, not the outcome: one that cannot be written never disturbs the dialogue.
 */
import type { SendPhase, Store } from '../store/port';

export class PhaseNotes {
  private latest: SendPhase | null = null;
  private writing: Promise<void> | null = null;

  constructor(
    private readonly store: Store,
    private readonly attemptId: string,
  ) {}

  /** Notes a phase; those reached while the last note is being written are written as one. */
  note(phase: SendPhase): void {
    this.latest = phase;
    this.writing ??= this.write();
  }

  /** Resolves when nothing is being written any more: the outcome is saved after the notes, and says what was not noted yet. */
  async settled(): Promise<void> {
    this.latest = null;
    await this.writing;
  }

  private async write(): Promise<void> {
    try {
      while (this.latest !== null) {
        const phase = this.latest;
        this.latest = null;
        await this.store.transaction((session) => session.attempts.update(this.attemptId, { phase }));
      }
    } catch {
      // Full disk, locked data: the outcome will say so when it is saved.
    } finally {
      this.writing = null;
    }
  }
}
