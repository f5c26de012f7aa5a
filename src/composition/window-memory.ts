/** The memory of the window as a file of the data folder that its user alone reads. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WindowMemory, WindowMemoryPlace } from '../teletrans/window/server/memory';

function isMemory(value: unknown): value is WindowMemory {
  if (typeof value !== 'object' || value === null) return false;
  const { port, at, sessions } = value as Partial<WindowMemory>;
  return (
    Number.isInteger(port) &&
    Number(port) >= 1024 &&
    Number(port) <= 65_535 &&
    typeof at === 'string' &&
    Array.isArray(sessions) &&
    sessions.length <= 64 &&
    sessions.every((entry: unknown) => Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number')
  );
}

/** A memory that cannot be read or written is no memory: the window works without. */
export function windowMemory(home: string): WindowMemoryPlace {
  const file = join(home, 'fenetre.json');
  return {
    read: () => {
      try {
        const value = JSON.parse(readFileSync(file, 'utf8')) as unknown;
        return isMemory(value) ? value : null;
      } catch {
        return null;
      }
    },
    write: (memory) => {
      const draft = `${file}.${process.pid}.tmp`;
      try {
        if (memory === null) {
          rmSync(file, { force: true });
          return;
        }
        writeFileSync(draft, JSON.stringify(memory), { mode: 0o600 });
        renameSync(draft, file);
      } catch {
        rmSync(draft, { force: true });
      }
    },
  };
}
