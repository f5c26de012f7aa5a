/** The addresses of the invoices that wait for somebody. */
import type { FastifyInstance } from 'fastify';
import type { Teletrans } from '../../application/port';
import { NO_QUERY } from './schemas';

const plain = { schema: { querystring: NO_QUERY } } as const;

export function addHeld(app: FastifyInstance, teletrans: Pick<Teletrans, 'heldInvoices' | 'recheckHeld'>): void {
  app.get('/api/held', plain, () => teletrans.heldInvoices());
  app.post('/api/held/recheck', plain, () => teletrans.recheckHeld());
}
