/**
 * The versions of B2 this program writes (spec/b2.md § 3 and § 6). It reads the establishment variant `b2-cp` too, but cannot write it: the positions of its
 * records 1 and 6 and of parts of 2 and 5 are not public.
 */
export const WRITTEN_B2_VERSIONS = ['b2-ps-base', 'b2-ps-2005e-provisional'] as const;

/** A property of a lot from its numbering on, and so of its file: what the profile says later changes neither. */
export type WrittenB2Version = (typeof WRITTEN_B2_VERSIONS)[number];
