/** Bulk intake of NDJSON: one document a line. A bad line is refused alone; lines are committed in batches. */
import { isVitaleError, VitaleError } from '../domain/errors';
import type { Intake } from '../intake/intake';
import type { HeldReason } from '../store/port';
import type { Explained, ImportReport } from './port';

const BATCH = 256;

interface Line {
  readonly number: number;
  readonly document: unknown;
}

/** @param lines the text's lines, without their ends; empty ones are passed over but counted. */
export async function importLines(
  intake: Intake,
  lines: AsyncIterable<string>,
  explain: (reason: HeldReason) => Explained,
  onProgress: (done: number) => void,
): Promise<ImportReport> {
  const report = { accepted: 0, held: 0, duplicates: 0, refused: [] as ImportReport['refused'][number][] };
  const refuse = (line: number, id: string | null, error: VitaleError): void => {
    const { code, message } = explain({ code: error.code, details: error.details });
    report.refused.push({ line, id, code, message });
  };
  const flush = async (batch: readonly Line[]): Promise<void> => {
    const results = await intake.takeMany(batch.map((line) => line.document));
    for (const [rank, result] of results.entries()) {
      if ('refused' in result) refuse(batch[rank]?.number ?? 0, result.hostId, result.refused);
      else if (result.taken === 'duplicate') report.duplicates += 1;
      else {
        report.accepted += 1;
        if (result.taken === 'held') report.held += 1;
      }
    }
  };
  let number = 0;
  let batch: Line[] = [];
  for await (const text of lines) {
    number += 1;
    if (text.trim() === '') continue;
    try {
      batch.push({ number, document: parse(text) });
    } catch (error) {
      if (!isVitaleError(error)) throw error;
      refuse(number, null, error);
    }
    if (batch.length === BATCH) {
      await flush(batch);
      batch = [];
      onProgress(number);
    }
  }
  if (batch.length > 0) await flush(batch);
  onProgress(number);
  report.refused.sort((a, b) => a.line - b.line);
  return report;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own message may quote the line: it stays out.
    throw new VitaleError('HOT-003', { detail: 'la ligne n’est pas du JSON' });
  }
}
