/** The list of claims as the page holds it. */
import type { ClaimChoices, ClaimOrder, ClaimsAsked, ClaimsPage, ClaimView } from '../../../application/third-party-port';
import { usePagedList, type PagedList } from '../ui/use-paged-list';
import { readClaims } from './api';

/** Which claims, in which order. */
export type ListAsked = Pick<ClaimsAsked, 'choices' | 'order'>;

export type ClaimsList = PagedList<ClaimView, ClaimsPage>;

/** Lists up to here are fetched whole, once what is in sight is there: printing, which cannot wait, then has every row. */
export const WHOLE = 1000;

/** @param change another value: what is kept may have changed, the list is asked for again. */
export const useClaims = (choices: ClaimChoices, order: ClaimOrder, change: unknown): ClaimsList =>
  usePagedList(readClaims, { choices, order }, change, choices.search, WHOLE);
