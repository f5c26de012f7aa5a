/** The lists people look at now: the order of each is kept while it is scrolled, 8 bytes a row, for the last few only, so that memory does not grow with what is asked. */

/** A list somebody looks at. */
export interface KeptList {
  /** What was asked for. */
  readonly asked: string;
  /** Its order, found when somebody goes beyond its first rows: a list is answered sooner without. */
  handles: Float64Array | null;
}

/** Several windows, or one person who goes back and forth. */
const MOST_KEPT = 4;

export class KeptLists<L extends KeptList> {
  private readonly kept = new Map<string, L>();
  private serial = 0;

  /** The list under this name when it is the one asked for, else a new one under a new name. */
  async take(
    name: string | null,
    asked: string,
    find: () => Promise<L>,
  ): Promise<{ readonly view: string; readonly list: L; readonly known: boolean }> {
    const before = name === null ? undefined : this.kept.get(name);
    if (name !== null && before?.asked === asked) return { view: name, list: before, known: true };
    const list = await find();
    const view = String((this.serial += 1));
    this.kept.set(view, list);
    for (const old of this.kept.keys()) if (this.kept.size > MOST_KEPT) this.kept.delete(old);
    return { view, list, known: false };
  }
}

/**
 * Handles of one stretch of a list.
 * @param known the list is scrolled, or read on: its whole order is found, once.
 * @param select finds its order, or the first rows of it.
 */
export async function stretchOf(
  list: KeptList,
  { from, count, known }: { readonly from: number; readonly count: number; readonly known: boolean },
  select: (limit?: number) => Promise<Float64Array>,
): Promise<readonly number[]> {
  const end = from + count;
  if (list.handles === null && (from > 0 || known)) list.handles = await select();
  const handles = list.handles ?? (await select(end));
  return Array.from(handles.subarray(from, end));
}
