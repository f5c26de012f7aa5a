import type { VNode } from 'preact';
import { VIEW_WORDS } from '../../view-model/view-words';
import type { View } from '../route';
import { Term } from './term';

/** The words of the trade that a view uses, each explained, at its foot: whoever meets one in a list finds it without leaving the page. */
export function ViewWords({ view }: { readonly view: View }): VNode | null {
  const words = VIEW_WORDS[view] ?? [];
  return words.length === 0 ? null : (
    <aside class="view-words no-print" aria-label="Mots de cette page">
      <span class="hint">Mots de cette page :</span>
      <ul>
        {words.map((word) => (
          <li key={word}>
            <Term word={word} />
          </li>
        ))}
      </ul>
      <a href="#guide/les-mots">Tous les mots</a>
    </aside>
  );
}
