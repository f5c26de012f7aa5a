import type { VNode } from 'preact';

export interface SearchFieldProps {
  readonly value: string;
  /** What may be typed, in a few words. */
  readonly hint: string;
  readonly onChange: (text: string) => void;
}

/** Longest text the program looks for. */
const LONGEST = 80;

export function SearchField({ value, hint, onChange }: SearchFieldProps): VNode {
  return (
    <label>
      Recherche
      <input type="search" value={value} placeholder={hint} maxLength={LONGEST} onInput={(event) => onChange(event.currentTarget.value)} />
    </label>
  );
}
