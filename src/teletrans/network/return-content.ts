/** The ordered tests of the profile on what a return mail holds (spec/transport.md § 3 `returns.classify`, spec/noemie.md § 1). Pure. */
import type { ReturnRule, ReturnTest } from './transport-profile';

/** What the tests look at. */
export interface ReturnFacts {
  /** Content-Description of the one EDI part; null when there is none. */
  readonly description: string | null;
  /** The part's bytes, decompressed; null when there is none. */
  readonly content: Buffer | null;
  /** Content type of the whole mail, lower case. */
  readonly mailType: string;
}

const BLOCK = 128;

/** True when the data blocks of a NOEMIE file hold an entity of one of these codes (an entity follows `@` or begins the stream). */
function hasEntity(content: Buffer, codes: readonly string[]): boolean {
  const pieces: string[] = [];
  for (let at = BLOCK; at + BLOCK < content.length; at += BLOCK) pieces.push(content.toString('latin1', at + 1, at + BLOCK));
  const stream = `@${pieces.join('')}`;
  return codes.some((code) => stream.includes(`@${code}`));
}

function holds(test: ReturnTest, { description, content, mailType }: ReturnFacts): boolean {
  if (test.description_matches !== undefined) return description !== null && new RegExp(test.description_matches, 'i').test(description);
  if (test.content_000_62_65 !== undefined) {
    return content?.toString('latin1', 0, 3) === '000' && content.toString('latin1', 61, 65) === test.content_000_62_65;
  }
  if (test.content_has_entities !== undefined) return content !== null && hasEntity(content, test.content_has_entities);
  if (test.content_type !== undefined) return mailType === test.content_type.toLowerCase();
  return test.always === true;
}

/** Kind of the first rule that holds; UNKNOWN when none does. */
export function classifyReturn(rules: readonly ReturnRule[], facts: ReturnFacts): ReturnRule['kind'] {
  return rules.find((rule) => holds(rule.when, facts))?.kind ?? 'UNKNOWN';
}
