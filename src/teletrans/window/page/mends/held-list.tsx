import type { VNode } from 'preact';
import type { Glance } from '../../../application/port';
import { plural, shortNumber } from '../../view-model/format';
import { routeTo } from '../route';
import { useRead } from '../ui/use-read';
import { MendButtons } from './mend-buttons';
import { readHeld } from './mend-api';

/** More are one step further, in their list. */
const SHOWN = 5;

/** The invoices that wait for somebody, each with what mends it. */
export function HeldList({ overview }: { readonly overview: Glance }): VNode | null {
  const { held, refused } = overview.counts;
  const { value } = useRead(() => (held + refused === 0 ? Promise.resolve([]) : readHeld()), [overview]);
  if (value === null || value.length === 0) return null;
  return (
    <section class="held-list" aria-labelledby="titre-retenues">
      <h3 id="titre-retenues">{plural(value.length, 'facture attend quelque chose', 'factures attendent quelque chose')}</h3>
      <ul>
        {value.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            <p class="advice-text">
              <strong>Facture {shortNumber(one.number)}</strong> – {one.reason.message} {one.reason.action}
            </p>
            <MendButtons held={one} />
          </li>
        ))}
      </ul>
      {value.length <= SHOWN ? null : (
        <p>
          <a href={routeTo('factures', 'person')}>Voir toutes les factures à traiter ({value.length})</a>
        </p>
      )}
    </section>
  );
}
