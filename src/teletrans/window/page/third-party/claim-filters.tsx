/** What a person chooses of the list of claims. */
import type { VNode } from 'preact';
import type { Glance } from '../../../application/port';
import type { ClaimChoices, Settlement, ThirdPartyOverview } from '../../../application/third-party-port';
import { digitsOf } from '../../view-model/third-party-rows';
import { PractitionerFilter } from '../lists/practitioner-filter';
import { partWord } from './claim-columns';

const SETTLEMENTS: readonly { readonly value: Settlement; readonly label: string }[] = [
  { value: 'open', label: 'Non soldées' },
  { value: 'remind', label: 'À relancer' },
  { value: 'late', label: 'Caisse en retard' },
  { value: 'settled', label: 'Soldées' },
  { value: 'all', label: 'Toutes' },
];

export interface ClaimFiltersProps {
  readonly day: ThirdPartyOverview;
  readonly overview: Pick<Glance, 'practitioners'>;
  readonly choices: ClaimChoices;
  readonly onChange: (choices: ClaimChoices) => void;
}

export function ClaimFilters({ day, overview, choices, onChange }: ClaimFiltersProps): VNode {
  const change = (part: Partial<ClaimChoices>): void => onChange({ ...choices, ...part });
  return (
    <div class="filters">
      <Choice
        label="Part"
        all="AMO et AMC"
        value={choices.part}
        values={['amo', 'amc']}
        name={partWord}
        onChange={(part) => change({ part: part as ClaimChoices['part'] })}
      />
      <Choice
        label="Organisme"
        all="Tous"
        value={choices.payer}
        values={day.payers}
        name={(payer) => payer}
        onChange={(payer) => change({ payer })}
      />
      <PractitionerFilter overview={overview} value={choices.practitioner} onChange={(practitioner) => change({ practitioner })} />
      <Choice
        label="Âge"
        all="Tous"
        value={choices.age}
        values={day.ages}
        name={(age) => `${age} jours`}
        onChange={(age) => change({ age })}
      />
      <label>
        Montrer
        <select value={choices.settlement} onChange={(event) => change({ settlement: event.currentTarget.value as Settlement })}>
          {SETTLEMENTS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        Numéro de facture
        <input
          type="search"
          inputMode="numeric"
          value={choices.search}
          onInput={(event) => change({ search: digitsOf(event.currentTarget.value) })}
        />
      </label>
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly value: string | null;
  readonly values: readonly string[];
  readonly name: (value: string) => string;
  readonly onChange: (value: string | null) => void;
}

function Choice({ label, all, value, values, name, onChange }: ChoiceProps): VNode {
  return (
    <label>
      {label}
      <select value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}>
        <option value="">{all}</option>
        {values.map((one) => (
          <option key={one} value={one}>
            {name(one)}
          </option>
        ))}
      </select>
    </label>
  );
}
