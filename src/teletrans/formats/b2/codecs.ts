/** The B2 records, compiled. */
import { compileAll } from '../fixed-width/codec';
import { B2_RECORDS } from './records';
import { B2_SHAPES } from './shapes';

export const B2_CODECS = compileAll(B2_RECORDS, B2_SHAPES);

export type B2RecordType = keyof typeof B2_RECORDS;

/** Bytes of every B2 record. */
export const RECORD_LENGTH = 128;
