import type { VNode } from 'preact';

export interface StateFilterProps<S extends string> {
  readonly choices: readonly { readonly state: S; readonly word: string; readonly count: number }[];
  readonly value: S | null;
  readonly onChange: (state: S | null) => void;
}

/** The states of the rows there are; one that has gone stays chosen until something else is. */
export function StateFilter<S extends string>({ choices, value, onChange }: StateFilterProps<S>): VNode {
  return (
    <label>
      État
      <select
        value={value ?? ''}
        onChange={(event) => onChange(choices.find(({ state }) => state === event.currentTarget.value)?.state ?? null)}
      >
        <option value="">Tous</option>
        {choices.map((choice) => (
          <option key={choice.state} value={choice.state}>
            {choice.word} ({choice.count})
          </option>
        ))}
      </select>
    </label>
  );
}
