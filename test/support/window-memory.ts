/** A memory of the window that lives as long as the test. */
import type { WindowMemory, WindowMemoryPlace } from '../../src/teletrans/window/server/memory';

export function keptInMemory(): WindowMemoryPlace & { kept: WindowMemory | null } {
  const place = {
    kept: null as WindowMemory | null,
    read: () => place.kept,
    write: (memory: WindowMemory | null) => void (place.kept = memory),
  };
  return place;
}
