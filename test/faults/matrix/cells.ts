/** Which cells make the matrix. Pure. */
import { BEHAVIOURS, DEATH_POINTS, type Act, type Behaviour } from './behaviours';
import type { Incident } from './protocol';
import type { Cell, RunEnd } from './run';

const CELL = { incident: null, death: null, mutant: null } as const;
const STEADY: readonly Incident['kind'][] = ['disk-full', 'locked', 'clock-back'];
/** What the machine's own troubles are crossed with: nothing, and the doubt. */
const WITH_TROUBLE: readonly string[] = ['faultless', 'reset after the dot, kept'];

/** Without any incident: each behaviour alone. Says how many journal steps its first life has. */
export const aloneCells = (): readonly Cell[] => BEHAVIOURS.map((behaviour) => ({ behaviour, ...CELL }));

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_unused, rank) => rank + 1);

/** What the run of a behaviour alone taught. */
export type Alone = Pick<RunEnd, 'steps' | 'stepsBeforeSending' | 'met'>;

/**
 * Every place of death under every behaviour. Before its first attempt to send a program cannot know how the server will behave: those steps are crossed with
 * {@link WITH_TROUBLE} only; a point of a dialogue that a behaviour never comes to is left out.
 */
export function wholeMatrix(aloneOf: (behaviour: Behaviour) => Alone, kinds: readonly Incident['kind'][]): readonly Cell[] {
  const killed = BEHAVIOURS.flatMap((behaviour) => {
    const { steps, stepsBeforeSending, met } = aloneOf(behaviour);
    const all = upTo(steps).filter((step) => step >= stepsBeforeSending || WITH_TROUBLE.includes(behaviour.name));
    return [
      ...all.map((step): Cell => ({ ...CELL, behaviour, incident: { kind: 'kill', step } })),
      ...met.map((death): Cell => ({ ...CELL, behaviour, death })),
    ];
  });
  const troubled = BEHAVIOURS.filter(({ name }) => WITH_TROUBLE.includes(name)).flatMap((behaviour) =>
    STEADY.filter((kind) => kinds.includes(kind)).flatMap((kind) =>
      upTo(aloneOf(behaviour).steps).map((step): Cell => ({ ...CELL, behaviour, incident: { kind, step } })),
    ),
  );
  return [...killed, ...troubled];
}

/** Of the whole, what a test run has time for: each behaviour and each place of death at least once, each trouble a few times. */
export function sample(aloneOf: (behaviour: Behaviour) => Alone, kinds: readonly Incident['kind'][]): readonly Cell[] {
  const waits: readonly (Act | undefined)[] = ['drip', 'silence', 'late'];
  const quick = BEHAVIOURS.filter(({ smtp, pop3 }) => !waits.includes(smtp?.act) && !waits.includes(pop3?.act));
  const met = DEATH_POINTS.map((death, rank): Cell => ({
    ...CELL,
    behaviour: quick[(rank * 2) % quick.length] ?? { name: 'faultless' },
    death,
  }));
  const rest = quick.filter((behaviour) => !met.some((cell) => cell.behaviour === behaviour));
  // steps far apart, so that neighbours in the table die at different stages
  const stepped = rest.map((behaviour, rank): Cell => ({
    ...CELL,
    behaviour,
    incident: { kind: 'kill', step: 1 + ((rank * 11) % aloneOf(behaviour).steps) },
  }));
  const [faultless = { name: 'faultless' }] = BEHAVIOURS;
  const troubled = STEADY.filter((kind) => kinds.includes(kind)).flatMap((kind) =>
    [0.2, 0.5, 0.8].map((part): Cell => ({
      ...CELL,
      behaviour: faultless,
      incident: { kind, step: Math.ceil(part * aloneOf(faultless).steps) },
    })),
  );
  return [...stepped, ...met, ...troubled];
}
