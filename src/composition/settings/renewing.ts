/** Takes up what was changed on the disk while the practice is open. */
import type { DependencyContainer } from 'tsyringe';
import { readRoutes } from '../tables';
import { TOKENS } from '../tokens';

/** The routing tables as they are now: everybody who holds them goes by them. Errors: LOT-014; the ones before stay then. */
export function renewRoutes(c: DependencyContainer): void {
  const { tables } = c.resolve(TOKENS.installation);
  c.resolve(TOKENS.routes).takeOver(readRoutes(tables, c.resolve(TOKENS.home), c.resolve(TOKENS.livePractice).current));
}
