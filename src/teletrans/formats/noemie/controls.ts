/** The 990 and 999 controls (spec/noemie.md § 1, contract § 5): counted as we count in our own files; a difference in another's is a warning. */
import type { FileFault } from '../port';
import { NOEMIE_LAYOUTS } from './entities';

interface Entity {
  readonly index: number;
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
}

function warning(entity: Entity, field: string, expected: number | string, why: string): FileFault {
  const layout = entity.code === '990' ? NOEMIE_LAYOUTS['990'] : NOEMIE_LAYOUTS['999'];
  const row = layout.fields.find(({ name }) => name === field);
  return { record: entity.index, field, position: row?.start ?? null, message: `${row?.label ?? field} : ${expected} attendu (${why}).` };
}

function compare(entity: Entity, field: string, expected: number, why: string): readonly FileFault[] {
  const text = entity.values[field] ?? '';
  return /^\d+$/.test(text) && Number(text) !== expected ? [warning(entity, field, expected, why)] : [];
}

/** Centimes paid by the 198 and 199 parts, recoveries (sign N) subtracted. */
export function paidTotal(stream: readonly Entity[]): number {
  return stream
    .filter(({ code }) => code === '198' || code === '199')
    .reduce((total, { values }) => total + (values['sign'] === 'N' ? -1 : 1) * (Number.parseInt(values['paid'] ?? '', 10) || 0), 0);
}

/** ARL0 and RSP alike: 999 repeats the total of the level 99, the number of 080 and the number of blocks. */
export function controlWarnings(stream: readonly Entity[], trailer: Entity | null, blocks: number): readonly FileFault[] {
  const count = (code: string): number => stream.filter((entity) => entity.code === code).length;
  const closing = stream.find((entity) => entity.code === '990' && entity.values['break_level'] === '99');
  const isReturn = count('198') + count('199') > 0;
  const warnings: FileFault[] = [];
  if (closing !== undefined && isReturn) {
    warnings.push(...compare(closing, 'lower_level_count', count('102'), 'nombre de factures 102'));
    warnings.push(...compare(closing, 'lower_level_total', Math.abs(paidTotal(stream)), 'somme des montants payés'));
  }
  if (trailer !== null) {
    warnings.push(...compare(trailer, 'record_count', blocks, 'nombre de blocs du fichier'));
    warnings.push(...compare(trailer, 'lot_count', count('080'), 'nombre d’entités 080'));
    if (closing !== undefined)
      warnings.push(...compare(trailer, 'file_total', Number(closing.values['lower_level_total']), 'total de l’entité 990'));
  }
  return warnings;
}
