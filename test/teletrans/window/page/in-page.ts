/** What tests ask inside the browser, as scripts of its own language: they run there, not here. */

/** Name, text or id of the focused element; nothing where only the page itself has the focus: its text holds every name. */
export const FOCUSED = `(() => {
  const element = document.activeElement;
  if (element === null || element === document.body) return '';
  const name = (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\\s+/g, ' ').trim();
  return name === '' ? element.id : name;
})()`;

/** Watches for the dialog to leave the page; what has the focus in that very step is told by the next. */
export const WATCH_THE_DIALOG_GO = `window.dialogWent = new Promise((resolve) => {
  new MutationObserver((_changes, observer) => {
    if (document.querySelector('dialog') !== null) return;
    observer.disconnect();
    resolve(document.activeElement === document.body ? '' : document.activeElement.textContent);
  }).observe(document.body, { childList: true, subtree: true });
}); undefined`;
export const FOCUSED_AS_THE_DIALOG_WENT = 'window.dialogWent';

export const FOCUSED_TAG = 'document.activeElement.tagName';
export const FOCUSED_ID = 'document.activeElement.id';
export const FOCUSED_FIELD = 'document.activeElement.name';
export const TITLE = 'document.title';

/** True while some lots, not yet all six, are told as sealed. */
export const SEALING_SHOWN = String.raw`/[1-5]\/6\slots sécurisés/.test(document.body.innerText)`;

/** Type, keyboard and memory of the code's field. */
export const CODE_FIELD = `(({ type, inputMode, autocomplete }) => [type, inputMode, autocomplete])(document.getElementById('code-porteur'))`;

/** Scrolls the list from top to bottom; the longest step in milliseconds, until it is drawn. */
export const SCROLL_THROUGH = `(async () => {
  const box = document.querySelector('.table-box');
  let longest = 0;
  for (let step = 0; step < 40; step++) {
    const start = performance.now();
    box.scrollTop += box.scrollHeight / 40;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    longest = Math.max(longest, performance.now() - start);
  }
  return longest;
})()`;

/** Milliseconds until everything is drawn for the printer. */
export const BEGIN_PRINT = `(() => {
  const start = performance.now();
  window.dispatchEvent(new Event('beforeprint'));
  return performance.now() - start;
})()`;
export const END_PRINT = `window.dispatchEvent(new Event('afterprint'))`;

/** In place of the printer: notes how many rows stand on the paper, whether it says that some are missing, and how long drawing it took. */
export const PAPER = `(() => {
  window.print = () => {
    const start = performance.now();
    window.dispatchEvent(new Event('beforeprint'));
    const ms = performance.now() - start;
    const rows = [...document.querySelectorAll('tbody tr:not(.spacer)')];
    window.paper = { rows: rows.filter((row) => row.getAttribute('aria-busy') !== 'true').length, partial: document.querySelector('.print-only') !== null, ms };
    window.dispatchEvent(new Event('afterprint'));
  };
})()`;
export const PRINTED = 'window.paper !== undefined';
export const ON_PAPER = 'window.paper';
export const FEW_ROWS = `document.querySelectorAll('tbody tr').length < 100`;

/** Tries an inline script and a request to elsewhere; the directives that stopped them. */
export const TRY_FOREIGN_CODE = `(async () => {
  const seen = [];
  document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
  const script = document.createElement('script');
  script.textContent = 'document.title = "pris"';
  document.body.append(script);
  const style = document.createElement('style');
  style.textContent = 'body { display: none }';
  document.head.append(style);
  await fetch('https://example.invalid/').catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return seen;
})()`;

/** Pixels the page is wider than the screen. */
export const SIDEWAYS = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
/** Pixels by which what a page shows runs over its foot. */
export const OVER_THE_FOOT = `(() => { const main = document.querySelector('main'); return main.scrollHeight - main.clientHeight; })()`;
export const LETTER_SIZE = 'parseFloat(getComputedStyle(document.body).fontSize)';

/** Whatever has no name, no head, no place: a list of faults. */
export const FAULTS = `(() => {
  const found = [];
  const named = (element) => Boolean(element.getAttribute('aria-label') || element.textContent.trim() || element.labels?.length);
  for (const element of document.querySelectorAll('input, select, button, a, progress')) {
    const own = element.matches('input, select') ? Boolean(element.labels?.length || element.getAttribute('aria-label')) : named(element);
    if (!own) found.push('no name: ' + element.outerHTML);
  }
  for (const table of document.querySelectorAll('table')) {
    if (table.caption === null) found.push('table without caption');
    for (const head of table.querySelectorAll('th')) if (!head.scope) found.push('th without scope');
  }
  for (const image of document.querySelectorAll('img')) if (!image.hasAttribute('alt')) found.push('img without alt');
  if (document.documentElement.lang !== 'fr') found.push('language');
  if (document.querySelectorAll('h1').length !== 1) found.push('h1');
  for (const landmark of ['header', 'nav', 'main']) if (document.querySelector(landmark) === null) found.push(landmark);
  if (document.querySelector('[aria-live]') === null) found.push('no live region');
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  if (new Set(ids).size !== ids.length) found.push('same id twice: ' + ids.join(' '));
  for (const attribute of ['aria-labelledby', 'aria-describedby'])
    for (const element of document.querySelectorAll('[' + attribute + ']'))
      for (const id of element.getAttribute(attribute).split(' ')) if (document.getElementById(id) === null) found.push('no ' + id);
  return found;
})()`;

/** True when the focused element, or the choice around it, is outlined. */
export const FOCUS_SHOWN = `(() => {
  const element = document.activeElement;
  const outlined = (candidate) => candidate !== null && getComputedStyle(candidate).outlineStyle !== 'none';
  return element === document.body || outlined(element) || outlined(element.closest('.choice'));
})()`;

/** Counts the sounds of the page instead of making them. */
export const COUNT_BEEPS = `(() => {
  window.beeps = 0;
  const node = { connect: (next) => next, start: () => (window.beeps += 1), stop: () => undefined, frequency: {}, gain: {} };
  window.AudioContext = class {
    currentTime = 0;
    destination = {};
    createOscillator() { return { ...node }; }
    createGain() { return { ...node }; }
    close() { return Promise.resolve(); }
  };
})()`;
export const BEEPS = 'window.beeps';

/** Lines of letters the bar of the header takes. */
export const HEADER_LINES = `(() => {
  const { height } = document.querySelector('.reader-line').getBoundingClientRect();
  return Math.round(height / parseFloat(getComputedStyle(document.querySelector('.reader-line')).lineHeight));
})()`;

/** How the bars of charts are filled. */
export const BAR_FILLS = `[...document.querySelectorAll('.bar')].map((bar) => getComputedStyle(bar).fill)`;

/** Pixels between the explanation that is open and what it explains, and whether it is whole on the screen. */
export const TIP_PLACE = `(() => {
  const tip = document.querySelector('[role=tooltip]');
  const [own, word] = [tip.getBoundingClientRect(), tip.parentElement.getBoundingClientRect()];
  const apart = own.top >= word.top + word.height / 2 ? own.top - word.bottom : word.top - own.bottom;
  const { clientWidth, clientHeight } = document.documentElement;
  return { apart: Math.round(apart), inside: own.left >= 0 && own.top >= 0 && own.right <= clientWidth && own.bottom <= clientHeight };
})()`;
