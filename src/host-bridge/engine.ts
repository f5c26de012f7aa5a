/** Whether the host is of a version the add-in works with: ranges as npm writes them, read by its own library. */
import parse from 'semver/functions/parse';
import satisfies from 'semver/functions/satisfies';
import validRange from 'semver/ranges/valid';
import { BridgeError } from './bridge-error';

/** Whether `range` can be read, and says more than "any version". */
export function isEngineRange(range: string): boolean {
  return !['', '*'].includes(validRange(range) ?? '');
}

/** `range`: `>=1.2.3 <3`, `^1.2.3`, `1.x || 2.x` … A version before its release (`2.0.0-beta.1`) counts by its number. What cannot be read satisfies nothing. */
export function satisfiesEngine(version: string, range: string): boolean {
  const host = parse(version);
  return host !== null && isEngineRange(range) && satisfies(`${host.major}.${host.minor}.${host.patch}`, range);
}

/** @throws BridgeError `engine` */
export function checkEngine(version: string, range: string): void {
  if (!satisfiesEngine(version, range)) {
    throw new BridgeError('engine', `This add-in needs LOGOSw ${range}; the host says it is ${version}`, { version, range });
  }
}
