import { VitaleError } from './errors';

/**
 * Why a person's decision cannot be taken. DEC-002: nothing here has the identifier that was given; DEC-003: it exists, and there is nothing to decide about it (any more): somebody
 * else decided, or an answer came in between.
 */
export const undecidable = (known: boolean): VitaleError => new VitaleError(known ? 'DEC-003' : 'DEC-002');
