/** A person's decision: the cause of a definite refusal is mended, the same bytes may leave again (spec/lots-and-files.md § 6.3 row 12). */
import type { Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import { stepFile } from '../domain/states';
import { undecidable } from '../domain/undecidable';
import type { Brake } from '../sending/brake/brake';
import type { Store } from '../store/port';

/** The file leaves with the next transmission, unchanged. Errors: DEC-002, DEC-003 when it was not refused for good, that of the brake when sending is stopped. */
export async function retryRefusedFile(store: Store, brake: Brake, fileId: string, clock: Clock): Promise<void> {
  const refused = await store.read((session) => session.files.get(fileId));
  const stop = refused === null ? null : await brake.stopFor(refused);
  if (stop !== null) throw new VitaleError(stop.code, stop.details);
  await store.transaction(async (session) => {
    const file = await session.files.get(fileId);
    if (file?.state !== 'PERM_FAILED') throw undecidable(file !== null);
    await session.files.update(fileId, { state: stepFile(file.state, 'FROZEN'), failure: null });
    await session.journal.append({
      at: clock.now().toISOString(),
      actor: 'person:cabinet',
      entity: 'file',
      entityId: fileId,
      event: 'retried',
      from: file.state,
      to: 'FROZEN',
      detail: { fileId: file.fileId },
    });
  });
}
