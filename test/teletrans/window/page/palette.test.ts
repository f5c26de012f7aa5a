/** The palette, measured as WCAG 2.1 does: 4.5 for text, 3 for what shows an edge or the focus. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const CSS = readFileSync(join(__dirname, '../../../../src/teletrans/window/page/styles/tokens.css'), 'utf8');
const [light = '', dark = ''] = CSS.split('@media (prefers-color-scheme: dark)');

const colours = (block: string): Map<string, string> =>
  new Map([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]));

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const TEXT: [string, string][] = [
  ['ink', 'ground'],
  ['ink', 'surface'],
  ['ink', 'neutral'],
  ['ink-soft', 'ground'],
  ['ink-soft', 'surface'],
  ['accent', 'surface'],
  ['accent', 'ground'],
  ['accent-ink', 'accent'],
  ['info-ink', 'info'],
  ...['neutral', 'info', 'good', 'attention', 'alert'].flatMap((tone): [string, string][] => [
    [`${tone}-ink`, tone],
    [`${tone}-ink`, 'surface'],
    [`${tone}-ink`, 'ground'],
  ]),
  ['ink', 'info'],
  ['ink', 'good'],
  ['ink', 'attention'],
  ['ink', 'alert'],
];
const EDGES: [string, string][] = [
  ['line-strong', 'surface'],
  ['line-strong', 'ground'],
  ['focus', 'surface'],
  ['focus', 'ground'],
  ['focus', 'good'],
  ['accent', 'info'],
  // Bars, hatchings and lines of charts.
  ['accent', 'surface'],
  ['attention-ink', 'surface'],
  ['good-ink', 'surface'],
  ['alert-ink', 'surface'],
];

it('measures black on white as 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s palette', (_name, block) => {
  const palette = colours(block);
  const of = (name: string): string => {
    const colour = palette.get(name);
    if (colour === undefined) throw new Error(`no colour ${name}`);
    return colour;
  };
  it.each(TEXT)('%s on %s is read', (ink, ground) => {
    expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(EDGES)('%s on %s is seen', (edge, ground) => {
    expect(contrast(of(edge), of(ground))).toBeGreaterThanOrEqual(3);
  });
});
