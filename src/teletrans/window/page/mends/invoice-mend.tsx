import type { VNode } from 'preact';
import { useRead } from '../ui/use-read';
import { MendButtons } from './mend-buttons';
import { readHeld } from './mend-api';

/** What mends one invoice, in its details; nothing where it waits for nobody. @param on its reason: read again when that changes. */
export function InvoiceMend({ id, on }: { readonly id: string; readonly on: string | null }): VNode | null {
  const { value } = useRead(readHeld, [id, on]);
  const held = value?.find((one) => one.id === id);
  return held === undefined || on === null ? null : <MendButtons held={held} inDetails />;
}
