/**
 * A short explanation beside what it explains (WCAG 1.4.13): shown by hover and by focus, closed by Escape without moving anything, stays while the pointer is on it or on
 * what it explains, and covers neither.
 */
import type { ComponentChildren, VNode } from 'preact';
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** A pointer that only passes opens nothing. */
const HOVER_MS = 200;
/** Kept free around the tip, pixels. */
const EDGE = 8;

export interface Tip {
  /** For the box around what is explained; the tip goes inside it. */
  readonly box: Readonly<Record<'onPointerEnter' | 'onPointerLeave' | 'onFocusOut', () => void>> & {
    readonly ref: { current: HTMLSpanElement | null };
    readonly onFocusIn: (event: FocusEvent) => void;
  };
  /** For what is explained. */
  readonly described: { readonly 'aria-describedby'?: string };
  readonly open: () => void;
  /** The tip itself; null while it is closed. */
  readonly shown: (text: ComponentChildren) => VNode | null;
}

export function useTip(): Tip {
  const id = useId();
  const box = useRef<HTMLSpanElement>(null);
  const timer = useRef(0);
  const [isOpen, setOpen] = useState(false);
  const change = useCallback((next: boolean, after = 0): void => {
    window.clearTimeout(timer.current);
    if (after === 0) setOpen(next);
    else timer.current = window.setTimeout(() => setOpen(next), after);
  }, []);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    const close = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      // The dialog around it stays open: one Escape closes one thing.
      event.preventDefault();
      event.stopPropagation();
      change(false);
    };
    document.addEventListener('keydown', close, true);
    return () => document.removeEventListener('keydown', close, true);
  }, [isOpen, change]);
  return {
    box: {
      ref: box,
      onPointerEnter: () => change(true, HOVER_MS),
      onPointerLeave: () => change(box.current?.contains(document.activeElement) ?? false),
      onFocusIn: ({ relatedTarget }) => {
        // A dialog that opens gives its first element the focus: nobody has gone there.
        const dialog = box.current?.closest('dialog') ?? null;
        if (dialog === null || (relatedTarget instanceof Node && dialog.contains(relatedTarget))) change(true);
      },
      onFocusOut: () => change(false),
    },
    described: isOpen ? { 'aria-describedby': id } : {},
    open: () => change(true),
    shown: (text) => (isOpen ? <Bubble id={id} box={box} text={text} /> : null),
  };
}

interface BubbleProps {
  readonly id: string;
  readonly box: { readonly current: HTMLElement | null };
  readonly text: ComponentChildren;
}

function Bubble({ id, box, text }: BubbleProps): VNode {
  const own = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const follow = (): void => {
      if (box.current !== null && own.current !== null) place(box.current, own.current);
    };
    follow();
    window.addEventListener('scroll', follow, { capture: true, passive: true });
    window.addEventListener('resize', follow);
    return () => {
      window.removeEventListener('scroll', follow, true);
      window.removeEventListener('resize', follow);
    };
  }, [box]);
  return (
    <span class="tip" role="tooltip" id={id} ref={own}>
      {text}
    </span>
  );
}

/** Right below what is explained, or above it where there is no room; never beyond the screen. */
function place(explained: HTMLElement, tip: HTMLElement): void {
  const at = explained.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = at.bottom + height + EDGE <= clientHeight || at.top < height + EDGE;
  tip.style.left = `${Math.max(EDGE, Math.min(at.left, clientWidth - width - EDGE))}px`;
  tip.style.top = `${below ? at.bottom : at.top - height}px`;
}
