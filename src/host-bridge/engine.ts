/** Whether the host is of a version the add-in works with. */
import { BridgeError } from './bridge-error';

type Version = readonly [major: number, minor: number, patch: number];

function parseVersion(text: string): Version | null {
  const found = /^(\d+)\.(\d+)\.(\d+)/.exec(text);
  return found === null ? null : [Number(found[1]), Number(found[2]), Number(found[3])];
}

function isAtLeast(version: Version, floor: Version): boolean {
  for (const at of [0, 1, 2] as const) {
    if (version[at] !== floor[at]) return version[at] > floor[at];
  }
  return true;
}

/** `range`: `>=1.2.3`, or `^1.2.3` for the same first number. A version or range that cannot be read satisfies nothing. */
export function satisfiesEngine(version: string, range: string): boolean {
  const given = parseVersion(version);
  const floor = parseVersion(range.replace(/^(>=|\^)/, ''));
  if (given === null || floor === null) return false;
  return isAtLeast(given, floor) && (!range.startsWith('^') || given[0] === floor[0]);
}

/** @throws BridgeError `engine` */
export function checkEngine(version: string, range: string): void {
  if (!satisfiesEngine(version, range)) {
    throw new BridgeError('engine', `This add-in needs LOGOSw ${range}; the host says it is ${version}`, { version, range });
  }
}
