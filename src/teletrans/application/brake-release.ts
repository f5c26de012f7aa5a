/** A person's decision to let sending go on although the brake stopped it. */
import { localDate, type Clock } from '../domain/clock';
import type { Identifiers } from '../domain/identifiers';
import { undecidable } from '../domain/undecidable';
import { reasonOf, type Brake } from '../sending/brake/brake';
import type { BrakeIncident } from '../sending/brake/rules';
import type { HeldReason } from '../store/port';
import { decisionOf, questionOf, saidWhole, type DecisionTexts, type PersonSays } from './decision-questions';
import type { Explained } from './port';
import type { AskedQuestion } from './resending';

export interface BrakeReleaseParts {
  readonly brake: Brake;
  readonly texts: DecisionTexts;
  readonly explain: (reason: HeldReason) => Explained;
  readonly clock: Clock;
  readonly ids: Identifiers;
}

export class BrakeRelease {
  constructor(private readonly parts: BrakeReleaseParts) {}

  /** Errors: DEC-002, DEC-003 when nothing of this name stops sending any more. */
  async question(id: string): Promise<AskedQuestion> {
    const incident = await this.incident(id);
    const text = questionOf(this.parts.texts, 'release-brake', {
      arret: this.parts.explain(reasonOf(incident)).message,
      date: localDate(new Date(incident.since)).split('-').reverse().join('/'),
    });
    return { ...text, refused: null };
  }

  /** Errors: DEC-001 no name or reason, DEC-002, DEC-003. */
  async release(id: string, says: PersonSays): Promise<void> {
    const said = saidWhole(says);
    const { lines } = await this.question(id);
    await this.parts.brake.release(id, decisionOf('release-brake', id, said, lines, this.parts));
  }

  private async incident(id: string): Promise<BrakeIncident> {
    const found = (await this.parts.brake.incidents()).find((incident) => incident.id === id);
    if (found === undefined) throw undecidable(true);
    return found;
  }
}
