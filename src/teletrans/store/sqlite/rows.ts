/** Reading and writing of columns: what SQLite gives is checked once, here. */
import { VitaleError } from '../../domain/errors';
import type { SqlRow } from './engine';

function wrong(column: string): VitaleError {
  return new VitaleError('STO-003', { column });
}

export function text(row: SqlRow, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw wrong(column);
  return value;
}

export function textOrNull(row: SqlRow, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function integer(row: SqlRow, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw wrong(column);
  return value;
}

export function integerOrNull(row: SqlRow, column: string): number | null {
  return row[column] === null ? null : integer(row, column);
}

export function blob(row: SqlRow, column: string): Buffer {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw wrong(column);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

/** A column we wrote as JSON. */
export function json(row: SqlRow, column: string): unknown {
  try {
    return JSON.parse(text(row, column)) as unknown;
  } catch {
    throw wrong(column);
  }
}

export function jsonOrNull(row: SqlRow, column: string): unknown {
  return row[column] === null ? null : json(row, column);
}

export const toJson = (value: object): string => JSON.stringify(value);
export const toJsonOrNull = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));
