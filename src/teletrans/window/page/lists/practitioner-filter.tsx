import type { VNode } from 'preact';
import type { Overview } from '../../../application/port';
import { practitionerNames } from '../../view-model/practitioners';

export interface PractitionerFilterProps {
  readonly overview: Pick<Overview, 'practitioners'>;
  /** Billing number, null for all. */
  readonly value: string | null;
  readonly onChange: (billingNumber: string | null) => void;
}

export function PractitionerFilter({ overview, value, onChange }: PractitionerFilterProps): VNode {
  return (
    <label>
      Praticien
      <select value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}>
        <option value="">Tous</option>
        {[...practitionerNames(overview)].map(([number, name]) => (
          <option key={number} value={number}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
