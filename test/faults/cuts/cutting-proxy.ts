/** A TCP link that breaks: between the program and a server, it cuts a share of the connections after a random number of bytes. Repeatable by its seed. */
import * as net from 'node:net';

export interface CuttingProxy {
  readonly port: number;
  /** Connections so far, and those cut. */
  readonly counts: { connections: number; cuts: number };
  /** From now on nothing is cut. */
  mend(): void;
  close(): Promise<void>;
}

/** Uniform in [0, 1), the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * @param share of the connections that are cut.
 * @param mostBytes the cut falls after a number of bytes below this, counted in one direction or the other; the bytes that trigger it are forwarded or not.
 */
export async function startCuttingProxy(
  target: number,
  { share, mostBytes, seed }: { readonly share: number; readonly mostBytes: number; readonly seed: number },
): Promise<CuttingProxy> {
  const random = randomOf(seed);
  const counts = { connections: 0, cuts: 0 };
  const sockets = new Set<net.Socket>();
  let cutting = true;
  const server = net.createServer((near) => {
    counts.connections += 1;
    const far = net.connect({ host: '127.0.0.1', port: target });
    const plan =
      cutting && random() < share ? { upwards: random() < 0.5, after: Math.floor(random() * mostBytes), forwards: random() < 0.5 } : null;
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    const pump = (from: net.Socket, to: net.Socket, upwards: boolean): void => {
      let passed = 0;
      from.on('data', (chunk: Buffer) => {
        passed += chunk.length;
        if (plan?.upwards === upwards && passed > plan.after) {
          counts.cuts += 1;
          if (plan.forwards) to.write(chunk, () => setImmediate(end));
          else end();
          return;
        }
        if (!to.write(chunk)) {
          from.pause();
          to.once('drain', () => from.resume());
        }
      });
      from.on('end', () => to.end());
      from.on('error', end).on('close', () => sockets.delete(from));
      from.setNoDelay(true);
      sockets.add(from);
    };
    pump(near, far, true);
    pump(far, near, false);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    counts,
    mend: () => {
      cutting = false;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
