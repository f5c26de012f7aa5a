import type { ComponentChildren, VNode } from 'preact';

export interface ToolbarProps {
  readonly title: string;
  /** How many rows are shown; said aloud when it changes. */
  readonly status: string;
  /** What they add up to; left out, nothing is said. */
  readonly sums?: string;
  /** The list is being fetched whole for the printer. */
  readonly preparing?: boolean;
  readonly print?: () => void;
  readonly children?: ComponentChildren;
}

export function Toolbar({ title, status, sums = '', preparing = false, print = () => window.print(), children }: ToolbarProps): VNode {
  return (
    <div class="toolbar">
      <div>
        <h2 id="titre-liste">{title}</h2>
        <p class="hint" role="status">
          {status}
        </p>
        {sums === '' ? null : <p class="hint sums">{sums}</p>}
      </div>
      <div class="filters">{children}</div>
      <button type="button" class="secondary" aria-disabled={preparing} onClick={() => (preparing ? undefined : print())}>
        {preparing ? 'Préparation de l’impression…' : 'Imprimer la liste'}
      </button>
    </div>
  );
}

/** Stands in for a list without rows. */
export function Empty({ title, text }: { readonly title: string; readonly text: string }): VNode {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      <p>{text}</p>
    </div>
  );
}
