import type { VNode } from 'preact';
import text from '../../../../../docs/guide-du-cabinet.md?raw';
import { Markdown } from './markdown';
import { slug } from './slug';

/** Addresses of the guide's pictures, by name. */
const PICTURES = new Map(
  Object.entries(
    import.meta.glob<string>('../../../../../docs/screenshots/fenetre-*-clair.png', { eager: true, query: '?url', import: 'default' }),
  ).map(([path, address]) => [path.replace(/^.*\//, ''), address]),
);

const CHAPTERS = [...text.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title);

/** The guide of the practice, as in the documents. */
export default function GuidePage(): VNode {
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
