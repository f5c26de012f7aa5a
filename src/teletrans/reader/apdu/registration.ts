import { loadBinding } from '../pcsc/binding';
import { PcscliteTransport } from '../pcsc/pcsclite-transport';
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

/** The PC/SC readers of the computer; null when the package is not installed or not built. Nothing is opened before the first call. */
export function createPcscReader(settings: PcscReaderSettings): PcscCardReader | null {
  const binding = loadBinding(settings.binding);
  return binding === null ? null : new PcscCardReader(new PcscliteTransport(binding), readCardCommands(settings.models), settings.name);
}
