/**
 * Physical form of NOEMIE files, shared by RSP and ARL0 (spec/noemie.md § 1): a header block, data blocks of 127 characters behind a continuation flag,
 * a trailer block. Blocks are told apart by their place alone.
 */
export const BLOCK_LENGTH = 128;
const PIECE_LENGTH = BLOCK_LENGTH - 1;
const LAST = 49;
const MORE = 48;
const BLANK = 32;

/** A fault of the physical form; blocks are counted from 1, positions are within the block. */
export interface BlockFault {
  readonly block: number;
  readonly position: number;
  /** French. */
  readonly message: string;
}

export interface BlockFile {
  /** Block 000 as it stands, perhaps short or empty. */
  readonly header: Buffer;
  /** The data pieces end to end, the padding of the last one dropped. */
  readonly stream: Buffer;
  /** The block after the last data block; null when the file ends before. */
  readonly trailer: Buffer | null;
  /** Whole blocks in the file. */
  readonly blocks: number;
  /** Flags other than 0 and 1 met on the way. */
  readonly oddFlags: readonly number[];
  readonly faults: readonly BlockFault[];
}

/** The whole file. The last piece is padded with blanks; a stream of exactly n pieces gets no padding. */
export function writeBlocks(header: Buffer, stream: Buffer, trailer: Buffer): Buffer {
  const pieces = Math.max(1, Math.ceil(stream.length / PIECE_LENGTH));
  const file = Buffer.alloc((pieces + 2) * BLOCK_LENGTH, BLANK);
  header.copy(file, 0, 0, BLOCK_LENGTH);
  for (let piece = 0; piece < pieces; piece++) {
    const at = (piece + 1) * BLOCK_LENGTH;
    file[at] = piece === pieces - 1 ? LAST : MORE;
    stream.copy(file, at + 1, piece * PIECE_LENGTH, (piece + 1) * PIECE_LENGTH);
  }
  trailer.copy(file, (pieces + 1) * BLOCK_LENGTH, 0, BLOCK_LENGTH);
  return file;
}

function withoutPadding(stream: Buffer): Buffer {
  let end = stream.length;
  while (end > 0 && stream[end - 1] === BLANK) end--;
  return stream.subarray(0, end);
}

/** The index of the data block flagged last, or -1. */
function lastDataBlock(bytes: Buffer, blocks: number): number {
  for (let block = 1; block < blocks; block++) if (bytes[block * BLOCK_LENGTH] === LAST) return block;
  return -1;
}

function isTrailer(bytes: Buffer, block: number): boolean {
  return bytes.toString('latin1', block * BLOCK_LENGTH, block * BLOCK_LENGTH + 3) === '999';
}

/** Never throws: what can be read is given, with every fault of form. */
export function readBlocks(bytes: Buffer): BlockFile {
  const blocks = Math.floor(bytes.length / BLOCK_LENGTH);
  const faults: BlockFault[] = [];
  const rest = bytes.length % BLOCK_LENGTH;
  if (rest !== 0)
    faults.push({
      block: blocks + 1,
      position: rest + 1,
      message: `le fichier s’arrête après ${rest} caractères d’un bloc de ${BLOCK_LENGTH}.`,
    });
  let last = lastDataBlock(bytes, blocks);
  if (last < 0) {
    faults.push({
      block: Math.max(1, blocks),
      position: 1,
      message: 'aucun bloc de données n’est marqué comme le dernier (« 1 » attendu en position 1).',
    });
    // Without the flag the trailer can only be guessed, for reading on.
    last = blocks > 1 && isTrailer(bytes, blocks - 1) ? blocks - 2 : blocks - 1;
  }
  const hasTrailer = last >= 0 && last + 1 < blocks;
  if (!hasTrailer) faults.push({ block: Math.max(1, blocks), position: 1, message: 'le bloc de fin 999 manque : le fichier est coupé.' });
  else if (last + 2 < blocks || (rest !== 0 && last + 2 === blocks))
    faults.push({ block: last + 3, position: 1, message: 'rien n’est attendu après le bloc de fin 999.' });
  const pieces: Buffer[] = [];
  const oddFlags: number[] = [];
  for (let block = 1; block <= last; block++) {
    const flag = bytes[block * BLOCK_LENGTH] ?? MORE;
    if (flag !== MORE && flag !== LAST) oddFlags.push(block + 1);
    pieces.push(bytes.subarray(block * BLOCK_LENGTH + 1, (block + 1) * BLOCK_LENGTH));
  }
  if (!hasTrailer && rest > 1) pieces.push(bytes.subarray(blocks * BLOCK_LENGTH + (blocks === 0 ? 0 : 1)));
  return {
    header: bytes.subarray(0, BLOCK_LENGTH),
    stream: withoutPadding(Buffer.concat(blocks === 0 ? [] : pieces)),
    trailer: hasTrailer ? bytes.subarray((last + 1) * BLOCK_LENGTH, (last + 2) * BLOCK_LENGTH) : null,
    blocks,
    oddFlags,
    faults,
  };
}
