/**
 * Version `b2-ps-2005e-provisional`: the base tables with the late fields of spec/b2.md § 6. Their positions are known in the establishment variant alone;
 * that they are the same for practitioners is an assumption (A), to be confirmed with the official book.
 */
import { defineLayout, type FieldRow, type Layout } from '../../fixed-width/layout';
import { B2_LAYOUTS } from '../records';
import { RECORD_4E } from '../records/record-4e';

const VERSION = '2005e-provisional';
const NOTE = 'late field, provisional position (A)';

type Late = Omit<FieldRow, 'presence' | 'note'>;

/** The base record with late fields in place of the unused zones they stand in. */
function withLate(base: Layout, replaced: readonly string[], late: readonly Late[]): Layout {
  const kept = base.fields.filter(({ name }) => !replaced.includes(name));
  const added = late.map((row): FieldRow => ({ ...row, presence: 'O', note: NOTE }));
  return defineLayout({ ...base, version: VERSION, fields: [...kept, ...added].sort((a, b) => a.start - b.start) });
}

const RECORD_2S = withLate(
  B2_LAYOUTS['2S'],
  ['filler3'],
  [
    { name: 'attending_doctor_declared', start: 71, length: 1, kind: 'A', label: 'Déclaration de médecin traitant' },
    { name: 'doctor_last_name', start: 72, length: 25, kind: 'A', personal: true, label: 'Nom du médecin' },
    { name: 'doctor_first_name', start: 97, length: 15, kind: 'A', personal: true, label: 'Prénom du médecin' },
    { name: 'doctor_no', start: 112, length: 9, kind: 'A', label: 'Numéro du médecin' },
    { name: 'care_path', start: 121, length: 1, kind: 'A', label: 'Indicateur de parcours de soins' },
    { name: 'filler3', start: 122, length: 7, kind: 'A', label: 'Zone non utilisée (3)' },
  ],
);

const RECORD_4S = withLate(
  B2_LAYOUTS['4S'],
  ['filler2', 'filler3', 'filler4'],
  [
    { name: 'coordination_option', start: 40, length: 1, kind: 'A', label: 'Option de coordination ou origine de la prescription' },
    { name: 'prescriber_condition', start: 48, length: 1, kind: 'A', label: 'Condition d’exercice du prescripteur' },
    { name: 'prevention_flag', start: 125, length: 1, kind: 'A', label: 'Indicateur de prévention' },
    { name: 'prevention_scheme', start: 126, length: 2, kind: 'A', label: 'Dispositif de prévention' },
    { name: 'insured_contribution', start: 128, length: 1, kind: 'A', label: 'Code de participation de l’assuré' },
  ],
);

export const LATE_LAYOUTS: Readonly<Record<string, Layout>> = { ...B2_LAYOUTS, '2S': RECORD_2S, '4S': RECORD_4S, '4E': RECORD_4E };
