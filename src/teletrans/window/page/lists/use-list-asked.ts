/** What a person asks of any list of the day: whose, containing what, in which order. */
import { useState } from 'preact/hooks';
import type { ListOrder } from '../../../application/lists/port';

export interface ListAsked<K extends string> {
  /** Billing number, null for all. */
  readonly practitioner: string | null;
  readonly setPractitioner: (billingNumber: string | null) => void;
  /** Words of the search. */
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly order: ListOrder<K>;
  readonly setOrder: (order: ListOrder<K>) => void;
}

/** @param first order of the list before anybody chooses another. */
export function useListAsked<K extends string>(first: ListOrder<K>): ListAsked<K> {
  const [practitioner, setPractitioner] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [order, setOrder] = useState(first);
  return { practitioner, setPractitioner, text, setText, order, setOrder };
}
