/** The one question the holidays need answered: whether the commune keeps Good Friday (C. trav. L3134-13; spec/regulation.md § 2). */
import type { FastifyInstance } from 'fastify';
import type { GoodFridayBody, GoodFridayView } from '../protocol';
import { GOOD_FRIDAY_BODY, NO_QUERY } from './schemas';

export interface GoodFridayQuestion {
  /** True while the practice is in a département where communes differ and has not answered. */
  asked(): boolean;
  /** Keeps the answer; the next opening counts with it. */
  answer(goodFriday: boolean): void;
}

export function addCalendarRoutes(app: FastifyInstance, question: GoodFridayQuestion): void {
  app.get('/api/calendar/good-friday', { schema: { querystring: NO_QUERY } }, (): GoodFridayView => ({ asked: question.asked() }));
  app.post<{ Body: GoodFridayBody }>(
    '/api/calendar/good-friday',
    { schema: { querystring: NO_QUERY, body: GOOD_FRIDAY_BODY } },
    async (request, reply) => {
      question.answer(request.body.goodFriday);
      return reply.code(204).send();
    },
  );
}
