/** axe-core inside the browser: what it finds against WCAG 2.1 A and AA, and its own good practice. */
import { source } from 'axe-core';
import type { Page } from 'playwright-core';

const RUN = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations'] }).then(
  ({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => id + ' at ' + target.join(' ') + ': ' + failureSummary.replace(/\\s+/g, ' '))))`;

/** Every violation on the page as it is drawn now, one sentence each. */
export async function violations(page: Page): Promise<readonly string[]> {
  // The content policy keeps scripts of others out of the page; this one is asked from outside, as the browser's own tools are.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(source);
  return page.evaluate<string[]>(RUN);
}
