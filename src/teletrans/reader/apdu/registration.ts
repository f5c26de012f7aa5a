import { loadBinding } from '../pcsc/binding';
import { PcscliteTransport } from '../pcsc/pcsclite-transport';
import { loadScardLibrary } from '../pcsc/scard/library';
import { ScardTransport } from '../pcsc/scard/transport';
import type { PcscTransport } from '../pcsc/transport';
import { readCardCommands } from './card-commands';
import { PcscCardReader } from './reader';

export interface PcscReaderSettings {
  /** The parsed tables of the models of card (addin/tables/cards/*.json). */
  readonly models: readonly unknown[];
  /** Name of the only reader to look at, null for all. */
  readonly name: string | null;
  /** Name or absolute path of the package `pcsclite`; its name when left out. */
  readonly binding?: string;
}

/** Windows has the service's library in the system; the package would need a compiler there. Elsewhere the package, when it was built. */
function transportOf(binding: string | undefined): PcscTransport | null {
  if (process.platform === 'win32') {
    const library = loadScardLibrary();
    return library === null ? null : new ScardTransport(library);
  }
  const found = loadBinding(binding);
  return found === null ? null : new PcscliteTransport(found);
}

/** The PC/SC readers of the computer; null when there is no way to them. Nothing is opened before the first call. */
export function createPcscReader(settings: PcscReaderSettings): PcscCardReader | null {
  const transport = transportOf(settings.binding);
  return transport === null ? null : new PcscCardReader(transport, readCardCommands(settings.models), settings.name);
}
