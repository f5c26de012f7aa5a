import type { ComponentChildren, VNode } from 'preact';

export interface ToolbarProps {
  readonly title: string;
  /** How many rows are shown; said aloud when it changes. */
  readonly status: string;
  readonly children?: ComponentChildren;
}

export function Toolbar({ title, status, children }: ToolbarProps): VNode {
  return (
    <div class="toolbar">
      <div>
        <h2 id="titre-liste">{title}</h2>
        <p class="hint" role="status">
          {status}
        </p>
      </div>
      <div class="filters">{children}</div>
      <button type="button" class="secondary" onClick={() => window.print()}>
        Imprimer la liste
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
