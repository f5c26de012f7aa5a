/** Every text the page draws passes here: punctuation never starts a line, wherever the sentence comes from. */
import { options, type VNode } from 'preact';
import { typography } from '../view-model/format';

const clean = (child: unknown): unknown =>
  typeof child === 'string' ? typography(child) : Array.isArray(child) ? child.map(clean) : child;

/** Installs the rule; called once, before the first drawing. */
export function applyTypography(): void {
  const before = options.vnode?.bind(options);
  options.vnode = (vnode: VNode) => {
    const props = vnode.props as { children?: unknown };
    if (typeof vnode.type === 'string' && props.children !== undefined) props.children = clean(props.children);
    before?.(vnode);
  };
}
