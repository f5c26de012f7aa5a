/** Goes back to the version that ran before: one file, whole at once. The version that is left stays, so that one can go forward again. */
import { VitaleError } from '../teletrans/domain/errors';
import { Installation, type InstallerParts } from './installation';
import { newerData } from './install';
import { isWhole, readPackage } from './package';

export interface WentBack {
  readonly version: string;
  /** The version that was left, and to which the same command goes again. */
  readonly from: string;
  /** The data are of a newer version: the one that runs now refuses them. */
  readonly dataTooNew: boolean;
}

/**
 * @param target absolute path. @param confirmed a person wants it although the version before cannot read the data.
 * Errors: INS-002 a program runs, INS-003, INS-004 nothing is installed, INS-005 no version before, INS-006 it is damaged, INS-007 the data are newer, INS-010, INS-011.
 */
export async function goBack(target: string, parts: InstallerParts, confirmed: boolean): Promise<WentBack> {
  return Installation.hold(target, parts, async (held) => {
    const pointer = await held.pointer();
    if (pointer === null) throw new VitaleError('INS-004', { dossier: target });
    const { current, previous } = pointer;
    if (previous === null) throw new VitaleError('INS-005', { version: current.version });
    const schema = await held.mustBeClosed(pointer);
    const folder = held.path(previous.folder);
    if (!(await isWhole(folder))) throw new VitaleError('INS-006', { version: previous.version, n: 1 });
    const { dataSchema } = await readPackage(folder);
    const dataTooNew = schema !== null && schema > dataSchema;
    if (dataTooNew && !confirmed) throw newerData(previous.version, schema, dataSchema);
    await held.pointTo({ current: previous, previous: current });
    return { version: previous.version, from: current.version, dataTooNew };
  });
}
