import type { Overview } from '../../application/port';
import { practitionerName } from './format';

/** Names of practitioners by billing number. */
export function practitionerNames(overview: Pick<Overview, 'practitioners'>): ReadonlyMap<string, string> {
  return new Map(overview.practitioners.map(({ billingNumber, name }) => [billingNumber, practitionerName(name, billingNumber)]));
}
