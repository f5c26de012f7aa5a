import type { VNode } from 'preact';
import { routeTo } from '../route';
import { Bytes } from './bytes';

/** What came inside a return, field by field. */
export function ReturnPage({ id }: { readonly id: string }): VNode {
  return (
    <section class="inspection" aria-labelledby="titre-liste">
      <p class="no-print">
        <a href={routeTo('retours')}>Tous les retours</a>
      </p>
      <div class="row">
        <h2 id="titre-liste" class="grow">
          Contenu d’un retour
        </h2>
        <button type="button" class="secondary no-print" onClick={() => window.print()}>
          Imprimer
        </button>
      </div>
      <Bytes of="returns" id={id} />
    </section>
  );
}
