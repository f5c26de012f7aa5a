/**
 * `node scripts/windows/icon.mjs`: makes addin/icons/telephone.ico from telephone.svg, for hosts that draw no SVG. One image for each size a toolbar asks for between
 * 100 % and 200 %, black on nothing: a host paints it in the colour of its own text. Run again after a change of the SVG; the result is kept in the repository.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT } from '../bootstrap.mjs';

const SIZES = [16, 24, 32, 40, 48, 64];
const FOLDER = join(ROOT, 'addin', 'icons');
const HEADER = 6;
const ENTRY = 16;
const BITMAP_HEADER = 40;

/** RGBA rows from the top, as a canvas has them. */
async function drawn(page, svg, size) {
  return page.evaluate(
    async ([source, side]) => {
      const image = new Image(side, side);
      image.src = `data:image/svg+xml;base64,${source}`;
      await image.decode();
      const canvas = new OffscreenCanvas(side, side).getContext('2d');
      canvas.drawImage(image, 0, 0, side, side);
      return [...canvas.getImageData(0, 0, side, side).data];
    },
    [svg.toString('base64'), size],
  );
}

/** A bitmap as icons carry it: rows from the bottom, BGRA, then a mask of one bit a pixel, which nobody needs beside the alpha. */
function bitmap(pixels, size) {
  const maskRow = Math.ceil(size / 32) * 4;
  const made = Buffer.alloc(BITMAP_HEADER + size * size * 4 + maskRow * size);
  made.writeUInt32LE(BITMAP_HEADER, 0);
  made.writeInt32LE(size, 4);
  made.writeInt32LE(2 * size, 8);
  made.writeUInt16LE(1, 12);
  made.writeUInt16LE(32, 14);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      made[BITMAP_HEADER + ((size - 1 - row) * size + column) * 4 + 3] = pixels[(row * size + column) * 4 + 3];
  return made;
}

function icon(images) {
  const head = Buffer.alloc(HEADER + ENTRY * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ size, bytes }, rank) => {
    const at = HEADER + ENTRY * rank;
    head.writeUInt8(size, at);
    head.writeUInt8(size, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(bytes.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += bytes.length;
  });
  return Buffer.concat([head, ...images.map(({ bytes }) => bytes)]);
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const page = await browser.newPage();
  const svg = readFileSync(join(FOLDER, 'telephone.svg'));
  const images = [];
  for (const size of SIZES) images.push({ size, bytes: bitmap(await drawn(page, svg, size), size) });
  writeFileSync(join(FOLDER, 'telephone.ico'), icon(images));
} finally {
  await browser.close();
}
