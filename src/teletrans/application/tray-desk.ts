/** The tray of unmatched and unreadable returns as the faces see it, and a person's decision to attach one. */
import type { Clock } from '../domain/clock';
import type { Identifiers } from '../domain/identifiers';
import type { Candidate, FitCriterion } from '../returns/candidates';
import type { ReturnTray } from '../returns/tray';
import type { HeldReason } from '../store/port';
import { decisionOf, questionOf, saidWhole, type DecisionTexts, type PersonSays } from './decision-questions';
import type { CandidateView, Explained, TrayView } from './port';
import type { AskedQuestion } from './resending';

export interface TrayDeskParts {
  readonly tray: ReturnTray;
  readonly texts: DecisionTexts;
  readonly explain: (reason: HeldReason) => Explained;
  readonly clock: Clock;
  readonly ids: Identifiers;
}

const LABELS: Readonly<Record<FitCriterion, string>> = {
  compostage: 'compostage',
  recipient: 'organisme',
  sender: 'praticien émetteur',
  'file-id': 'numéro de fichier',
  'file-date': 'date du fichier',
  lots: 'lots',
};

/** What a decision to attach is about: `return.file`. */
const pairOf = (id: string): { readonly returnId: string; readonly fileId: string } => {
  const [returnId = '', fileId = ''] = id.split('.');
  return { returnId, fileId };
};

export class TrayDesk {
  constructor(private readonly parts: TrayDeskParts) {}

  async view(): Promise<readonly TrayView[]> {
    return (await this.parts.tray.list()).map(({ entry, candidates }) => ({
      id: entry.id,
      kind: entry.kind,
      state: entry.state === 'quarantined' ? 'quarantined' : 'unmatched',
      receivedAt: entry.receivedAt,
      ...this.parts.explain(entry.reason ?? { code: 'RET-005', details: {} }),
      candidates: candidates.map(candidateView),
    }));
  }

  /** The mail as it was received. Errors: DEC-002, DEC-003. */
  mail(returnId: string): Promise<Buffer> {
    return this.parts.tray.mail(returnId);
  }

  /** @param id `return.file`. Errors: DEC-002, DEC-003, RET-050. */
  async question(id: string): Promise<AskedQuestion> {
    const { returnId, fileId } = pairOf(id);
    const { candidate } = await this.parts.tray.pair(returnId, fileId);
    const { file, fits } = candidate;
    const told = (holds: boolean): string =>
      fits
        .filter((fit) => fit.fits === holds)
        .map(({ criterion, said, ours }) => (holds ? LABELS[criterion] : `${LABELS[criterion]} (l’accusé dit ${said}, le fichier ${ours})`))
        .join(', ') || 'rien';
    const text = questionOf(this.parts.texts, 'attach-return', {
      fichier: file.fileId,
      organisme: file.recipient.label,
      accord: told(true),
      desaccord: told(false),
    });
    return { ...text, refused: null };
  }

  /** Errors: DEC-001, DEC-002, DEC-003, RET-050, RET-007. */
  async attach(returnId: string, fileId: string, says: PersonSays): Promise<void> {
    const said = saidWhole(says);
    const { lines } = await this.question(`${returnId}.${fileId}`);
    await this.parts.tray.attach(returnId, fileId, decisionOf('attach-return', returnId, said, lines, this.parts));
  }
}

function candidateView({ file, fits }: Candidate): CandidateView {
  return {
    fileId: file.id,
    number: file.fileId,
    payer: file.recipient.label,
    createdAt: file.createdAt,
    state: file.state,
    fits: fits.map(({ criterion, fits: holds, said, ours }) => ({ label: LABELS[criterion], fits: holds, said, ours })),
  };
}
