/** The line by which the host tells its add-in where it waits: on standard input, never in an argument or the environment, where others could read it. */
import type { Readable } from 'node:stream';
import { CONSTANTS } from './abi';
import { BridgeError } from './bridge-error';

export interface StartLine {
  readonly abi: number;
  readonly endpoint: string;
  readonly token: string;
}

const MAX_BYTES = 4096;

/** @throws BridgeError `start` naming what is wrong, never the line itself */
export function parseStartLine(line: string): StartLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new BridgeError('start', 'The start line is not JSON: this program is to be started by its host');
  }
  const { abi, endpoint, token } = (value ?? {}) as Partial<Record<keyof StartLine, unknown>>;
  if (typeof abi !== 'number' || typeof endpoint !== 'string' || typeof token !== 'string' || !/^[0-9a-f]{64}$/.test(token)) {
    throw new BridgeError('start', 'The start line lacks abi, endpoint or token');
  }
  if (abi !== CONSTANTS.LOGOSW_ADDIN_ABI_VERSION) {
    throw new BridgeError('start', `The host has ABI version ${abi}, this add-in ${CONSTANTS.LOGOSW_ADDIN_ABI_VERSION}`, { abi });
  }
  return { abi, endpoint, token };
}

/**
 * Reads the first line of `input` and lets go of it.
 * @throws BridgeError `start` when no line comes in `timeoutMs`, the input ends, or the line is no start line
 */
export async function readStartLine(input: Readable, timeoutMs = 10_000): Promise<StartLine> {
  const line = await new Promise<string>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (error: BridgeError | null, text = ''): void => {
      clearTimeout(timer);
      input.removeListener('data', onData);
      input.removeListener('end', onEnd);
      input.removeListener('error', onError);
      input.destroy();
      if (error === null) resolve(text);
      else reject(error);
    };
    const onData = (chunk: Buffer | string): void => {
      const bytes = Buffer.from(chunk);
      const end = bytes.indexOf(10);
      chunks.push(end < 0 ? bytes : bytes.subarray(0, end));
      size += bytes.length;
      if (end >= 0) finish(null, Buffer.concat(chunks).toString('utf8'));
      else if (size > MAX_BYTES) finish(new BridgeError('start', 'The start line is too long'));
    };
    const onEnd = (): void =>
      finish(new BridgeError('start', 'Standard input ended without a start line: this program is to be started by its host'));
    const onError = (cause: Error): void => finish(new BridgeError('start', 'Standard input cannot be read', {}, { cause }));
    const timer = setTimeout(
      () => finish(new BridgeError('start', 'No start line came: this program is to be started by its host')),
      timeoutMs,
    );
    input.on('data', onData);
    input.on('end', onEnd);
    input.on('error', onError);
  });
  return parseStartLine(line);
}
