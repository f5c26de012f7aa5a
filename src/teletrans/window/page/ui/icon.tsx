/** One drawing for each shape of the state words, on a grid of 16: a state is told apart without its colour. */
import type { VNode } from 'preact';
import type { Shape } from '../../state-words';

const PATHS: Readonly<Record<Shape, string>> = {
  circle: 'M8 2.500a5.500 5.500 0 1 0 0 11a5.500 5.500 0 0 0 0-11z',
  arrow: 'M2.500 8h10M8.500 4l4 4l-4 4',
  hand: 'M4.500 2.500v11M11.500 2.500v11',
  'cross-circle': 'M8 2.500a5.500 5.500 0 1 0 0 11a5.500 5.500 0 0 0 0-11zM6 6l4 4M10 6l-4 4',
  stack: 'M8 2l6 3l-6 3l-6-3zM2 8l6 3l6-3M2 11l6 3l6-3',
  lock: 'M3.500 7.500h9v6h-9zM5.500 7.500v-2.500a2.500 2.500 0 0 1 5 0v2.500',
  plane: 'M14 2l-6 12l-1.800-5.200l-5.200-1.800zM14 2l-7.800 6.800',
  question: 'M5.200 5.500a2.800 2.800 0 1 1 4.300 2.300c-1 .6-1.500 1.100-1.500 2.200M8 12.800v.4',
  paper: 'M3.500 1.500h6l3 3v10h-9zM9.500 1.500v3h3M5.500 8h5M5.500 11h5',
  check: 'M2.500 8.500l3.700 3.700l7.300-8',
  cross: 'M3.500 3.500l9 9M12.500 3.500l-9 9',
  clock: 'M8 2a6 6 0 1 0 0 12a6 6 0 0 0 0-12zM8 4.800v3.400l2.300 1.500',
  pencil: 'M2.500 13.500l.8-3.200l7.700-7.700l2.400 2.400l-7.700 7.700zM9.500 4l2.400 2.400',
  loop: 'M13 6a5.500 5.500 0 1 0 .4 3.200M13.300 2.500v3.700h-3.700',
  coin: 'M8 2a6 6 0 1 0 0 12a6 6 0 0 0 0-12zM10.300 5.700a3 3 0 1 0 0 4.600M5 7.200h4M5 8.900h3.500',
  scale: 'M2.500 5.500h11M2.500 10.500h11M11 2.500l-6 11',
  box: 'M2 3h12v3.500h-12zM3 6.500h10v7h-10zM6.300 9h3.400',
};

/** Decorative: the word beside it says the same. */
export function Icon({ shape }: { readonly shape: Shape }): VNode {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[shape]} />
    </svg>
  );
}
