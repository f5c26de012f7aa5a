/** The questions put to a person before a decision, with their consequences: texts of `addin/tables/decisions.json`. Pure. */
import type { Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import type { Identifiers } from '../domain/identifiers';
import type { DecisionKind, StoredDecision } from '../store/port';

/** A text of the table; `{name}` places are filled. */
export interface DecisionText {
  readonly title: string;
  /** What follows, said before it is done. */
  readonly lines: readonly string[];
  /** Word of the button that does it. */
  readonly action: string;
}

export type DecisionTexts = Readonly<Record<DecisionKind, DecisionText>>;

/** Who decides and why, as a face was given it. */
export interface PersonSays {
  readonly by: string;
  readonly reason: string;
}

/** Longest name and reason that are kept. */
export const SAID_LENGTHS = { by: 80, reason: 500 } as const;

/** The question of a kind, its places filled. A place without value shows a question mark. */
export function questionOf(texts: DecisionTexts, kind: DecisionKind, values: Readonly<Record<string, string | number>>): DecisionText {
  const fill = (text: string): string =>
    text.replace(/\{([^{}]+)\}/g, (_, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : '?'));
  const { title, lines, action } = texts[kind];
  return { title: fill(title), lines: lines.map(fill), action: fill(action) };
}

/** What a person said, trimmed. Errors: DEC-001 when the name or the reason is missing or too long to be one. */
export function saidWhole({ by, reason }: PersonSays): PersonSays {
  const said = { by: by.trim(), reason: reason.trim() };
  const fits = (text: string, longest: number): boolean => text.length > 0 && text.length <= longest;
  if (!fits(said.by, SAID_LENGTHS.by) || !fits(said.reason, SAID_LENGTHS.reason)) throw new VitaleError('DEC-001');
  return said;
}

/**
 * A decision as it is kept.
 * @param said by {@link saidWhole}.
 * @param stated the consequences, as they were shown.
 */
export function decisionOf<K extends DecisionKind>(
  kind: K,
  entityId: string,
  said: PersonSays,
  stated: readonly string[],
  { clock, ids }: { readonly clock: Clock; readonly ids: Identifiers },
): StoredDecision & { readonly kind: K } {
  return { id: ids.uuid(), at: clock.now().toISOString(), kind, entityId, ...said, stated };
}
