/**
 * SHA-256 stopped before its last block (FIPS 180-4): a CPS3 hashes the end of what it signs itself, and is given the state so far
 * (spec/cps-card.md § 4). The hash of the platform does not give its state away.
 */

/** Block of SHA-256, in bytes. */
const BLOCK = 64;

const firstPrimes = (count: number): readonly number[] => {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n += 1) if (primes.every((p) => n % p !== 0)) primes.push(n);
  return primes;
};

/** The first 32 bits of the fractional part of a root: exact, by whole numbers. */
function fractionOfRoot(value: number, degree: bigint): number {
  // floor(root(value) * 2^32) is the whole root of value * 2^(32 * degree).
  const target = BigInt(value) << (32n * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** degree <= target) low = middle;
    else high = middle - 1n;
  }
  return Number(low & 0xffffffffn);
}

const PRIMES = firstPrimes(64);
const INITIAL = PRIMES.slice(0, 8).map((prime) => fractionOfRoot(prime, 2n));
const ROUND = PRIMES.map((prime) => fractionOfRoot(prime, 3n));

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

function schedule(block: Buffer): Uint32Array {
  const w = new Uint32Array(BLOCK);
  for (let i = 0; i < 16; i += 1) w[i] = block.readUInt32BE(4 * i);
  for (let i = 16; i < BLOCK; i += 1) {
    const [x, y] = [w[i - 15] ?? 0, w[i - 2] ?? 0];
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    w[i] = (w[i - 16] ?? 0) + s0 + (w[i - 7] ?? 0) + s1;
  }
  return w;
}

/** One block of 64 bytes into the state (8 words), in place. */
export function compress(state: Uint32Array, block: Buffer): void {
  const w = schedule(block);
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < BLOCK; i += 1) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[i] ?? 0) + (w[i] ?? 0)) >>> 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) >>> 0, c, b, a, (t1 + t2) >>> 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = (state[i] ?? 0) + word));
}

/** A content hashed up to its last block. */
export interface Sha256State {
  /** 32 bytes of state then 8 bytes: the number of bits hashed so far, big-endian; empty when nothing stands before the last block. */
  readonly intermediate: Buffer;
  /** The last 1 to 64 bytes, none for an empty content. */
  readonly lastBlock: Buffer;
}

/** Hashes all but the last block of a content. */
export function hashAllButLastBlock(content: Buffer): Sha256State {
  const blocks = Math.max(0, Math.ceil(content.length / BLOCK) - 1);
  const lastBlock = content.subarray(blocks * BLOCK);
  if (blocks === 0) return { intermediate: Buffer.alloc(0), lastBlock };
  const state = Uint32Array.from(INITIAL);
  for (let i = 0; i < blocks; i += 1) compress(state, content.subarray(i * BLOCK, (i + 1) * BLOCK));
  const intermediate = Buffer.alloc(40);
  state.forEach((word, i) => intermediate.writeUInt32BE(word, 4 * i));
  intermediate.writeBigUInt64BE(BigInt(blocks) * BigInt(BLOCK) * 8n, 32);
  return { intermediate, lastBlock };
}

/** What the card does with it: the SHA-256 of the whole. */
export function finishSha256({ intermediate, lastBlock }: Sha256State): Buffer {
  const state = Uint32Array.from(INITIAL);
  if (intermediate.length === 40) for (let i = 0; i < 8; i += 1) state[i] = intermediate.readUInt32BE(4 * i);
  const bitsBefore = intermediate.length === 40 ? intermediate.readBigUInt64BE(32) : 0n;
  const tail = Buffer.alloc(lastBlock.length + 9 > BLOCK ? 2 * BLOCK : BLOCK);
  lastBlock.copy(tail);
  tail[lastBlock.length] = 0x80;
  tail.writeBigUInt64BE(bitsBefore + BigInt(lastBlock.length) * 8n, tail.length - 8);
  for (let at = 0; at < tail.length; at += BLOCK) compress(state, tail.subarray(at, at + BLOCK));
  const digest = Buffer.alloc(32);
  state.forEach((word, i) => digest.writeUInt32BE(word, 4 * i));
  return digest;
}
