/** What the tests under a real pcscd need, and what is missing here. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { loadBinding } from '../../../src/teletrans/reader/pcsc/binding';

const ROOT = path.resolve(__dirname, '../../..');
export const DRIVER = path.join(ROOT, 'build/native/virtual-reader/libvirtualreader.so');
const PLACES = ['/usr/sbin/pcscd', '/usr/local/sbin/pcscd', '/usr/bin/pcscd'];

export interface PcscMeans {
  readonly pcscd: string;
  /** Path of the driver of the virtual reader. */
  readonly driver: string;
  /** Absolute path of the npm package. */
  readonly pcsclite: string;
  /** Starts a program in a mount and network world of its own. */
  readonly unshare: readonly string[];
}

const works = (command: string, args: readonly string[]): boolean => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** The package, where the project has it or where VITALE_PCSCLITE says. */
function findPcsclite(): string | null {
  for (const place of ['pcsclite', process.env['VITALE_PCSCLITE'] ?? '']) {
    try {
      return place === '' ? null : path.dirname(require.resolve(`${place}/package.json`));
    } catch {
      continue;
    }
  }
  return null;
}

function findUnshare(): readonly string[] | null {
  const asRoot = ['unshare', '--mount', '--net', '--propagation', 'private'];
  const asUser = ['unshare', '--user', '--map-root-user', '--mount', '--net', '--propagation', 'private'];
  const trial = 'mount -t tmpfs tmpfs /run && ip link set lo up';
  return [asRoot, asUser].find(([command = '', ...args]) => works(command, [...args, 'sh', '-c', trial])) ?? null;
}

/** @returns everything that is needed, or a sentence that says what is missing. */
export function pcscMeans(): PcscMeans | string {
  const pcscd = PLACES.find((place) => existsSync(place));
  if (pcscd === undefined) return 'pcscd is not installed (Debian: pcscd)';
  const pcsclite = findPcsclite();
  if (pcsclite === null || loadBinding(pcsclite) === null)
    return 'the npm package pcsclite is not built (Debian: g++ python3 libpcsclite-dev)';
  if (!works('make', ['-C', path.join(ROOT, 'native/virtual-reader')])) {
    return 'the driver of the virtual reader cannot be built (Debian: gcc make libpcsclite-dev)';
  }
  const unshare = findUnshare();
  if (unshare === null) return 'no mount and network namespace can be made here (unshare, mount, ip)';
  return { pcscd, driver: DRIVER, pcsclite, unshare };
}
