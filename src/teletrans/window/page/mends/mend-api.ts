/** What the page asks about invoices that wait for somebody. */
import type { HeldView, RecheckReport } from '../../../application/port';
import { call, post } from '../api';

export const readHeld = async (): Promise<readonly HeldView[]> => (await call('/api/held')) as readonly HeldView[];
export const recheckHeld = async (): Promise<RecheckReport> => (await post('/api/held/recheck')) as RecheckReport;
