import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import text from '../../../../../docs/guide-du-cabinet.md?raw';
import { Markdown } from './markdown';
import { slug } from '../../view-model/slug';

/** Addresses of the guide's pictures, by name. */
const PICTURES = new Map(
  Object.entries(
    import.meta.glob<string>('../../../../../docs/screenshots/fenetre-*-clair.png', { eager: true, query: '?url', import: 'default' }),
  ).map(([path, address]) => [path.replace(/^.*\//, ''), address]),
);

const CHAPTERS = [...text.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title);

/** Goes to a place of the guide; a state whose word was replaced by the support has none, but its chapter has. */
function goTo(place: string): void {
  const chapters = [...document.querySelectorAll('.guide-text [id]')].filter(({ id }) => place.startsWith(`${id}-`));
  const found = document.getElementById(place) ?? chapters.at(-1);
  if (!(found instanceof HTMLElement)) return;
  found.scrollIntoView({ block: 'center' });
  found.focus({ preventScroll: true });
}

export interface GuidePageProps {
  /** Where to begin; null for the first line. */
  readonly place: string | null;
}

/** The guide of the practice, as in the documents. */
export default function GuidePage({ place }: GuidePageProps): VNode {
  useEffect(() => {
    if (place === null) return undefined;
    // After the page has moved the focus to the new view.
    const frame = requestAnimationFrame(() => goTo(place));
    return () => cancelAnimationFrame(frame);
  }, [place]);
  return (
    <div class="guide">
      <nav class="guide-chapters" aria-label="Chapitres du guide">
        <ul>
          {CHAPTERS.map((title) => (
            <li key={title}>
              <button
                type="button"
                class="link"
                onClick={() => {
                  const head = document.getElementById(slug(title));
                  head?.scrollIntoView();
                  head?.focus({ preventScroll: true });
                }}
              >
                {title}
              </button>
            </li>
          ))}
        </ul>
        <button type="button" class="secondary no-print" onClick={() => window.print()}>
          Imprimer le guide
        </button>
      </nav>
      <article class="guide-text">
        <Markdown text={text} imageOf={(name) => PICTURES.get(name) ?? null} />
      </article>
    </div>
  );
}
