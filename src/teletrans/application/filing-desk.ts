/** Returns a person puts away without attaching them, as the faces see it. */
import type { Clock } from '../domain/clock';
import type { Identifiers } from '../domain/identifiers';
import type { FiledReturn, ReturnFiling } from '../returns/filing';
import type { ReturnTray } from '../returns/tray';
import type { HeldReason } from '../store/port';
import { decisionOf, questionOf, saidWhole, type DecisionTexts, type PersonSays } from './decision-questions';
import type { Explained, FiledReturnView } from './port';
import type { AskedQuestion } from './resending';

export interface FilingDeskParts {
  readonly filing: ReturnFiling;
  readonly tray: ReturnTray;
  readonly texts: DecisionTexts;
  readonly explain: (reason: HeldReason) => Explained;
  readonly clock: Clock;
  readonly ids: Identifiers;
}

export class FilingDesk {
  constructor(private readonly parts: FilingDeskParts) {}

  async view(): Promise<readonly FiledReturnView[]> {
    return (await this.parts.filing.list()).map((filed) => this.viewOf(filed));
  }

  /** Errors: DEC-002, DEC-003. */
  async question(returnId: string): Promise<AskedQuestion> {
    const refused = await this.parts.filing.refusal(returnId);
    const { entry, candidates } = await this.parts.tray.one(returnId);
    const near = candidates.map(({ file }) => `${file.fileId} (${file.recipient.label})`).join(', ');
    const text = questionOf(this.parts.texts, 'file-return', {
      situation: this.parts.explain(entry.reason ?? { code: 'RET-005', details: {} }).message,
      ressemblance: near === '' ? 'Aucun fichier d’ici ne lui ressemble.' : `Il ressemble à : ${near}. S’il y répond, rattachez-le plutôt.`,
    });
    return { ...text, refused };
  }

  /** Errors: DEC-001, DEC-002, DEC-003, RET-055, RET-056. */
  async file(returnId: string, says: PersonSays): Promise<void> {
    const said = saidWhole(says);
    const { lines } = await this.question(returnId);
    await this.parts.filing.file(returnId, decisionOf('file-return', returnId, said, lines, this.parts));
  }

  /** Errors: DEC-002, DEC-003. */
  takeBack(returnId: string): Promise<void> {
    return this.parts.filing.takeBack(returnId);
  }

  private viewOf({ entry, decision }: FiledReturn): FiledReturnView {
    const { message } = this.parts.explain(entry.reason ?? { code: 'RET-005', details: {} });
    return {
      id: entry.id,
      kind: entry.kind,
      receivedAt: entry.receivedAt,
      message,
      filedAt: decision.at,
      by: decision.by,
      reason: decision.reason,
    };
  }
}
