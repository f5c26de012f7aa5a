/** What ARL0 writes in the message zone of record 000: 92-128 (spec/arl.md § 3.3), as a table of its own. */
import { RecordCodec } from '../fixed-width/codec';
import { defineLayout } from '../fixed-width/layout';

export const MESSAGE_ZONE = defineLayout({
  family: 'arl0',
  version: '01',
  record: 'message_zone',
  length: 37,
  label: 'Zone message d’un ARL0',
  fields: [
    {
      name: 'acked_file_id',
      start: 1,
      length: 6,
      kind: 'A',
      presence: 'M',
      label: 'Identification du fichier acquitté',
      note: '000000 if unreadable',
    },
    {
      name: 'acked_file_date',
      start: 7,
      length: 6,
      kind: 'N',
      presence: 'M',
      label: 'Date du fichier acquitté',
      note: '000000 if unreadable',
    },
    { name: 'compostage', start: 13, length: 19, kind: 'N', presence: 'M', label: 'Compostage du message acquitté' },
    { name: 'filler', start: 32, length: 6, kind: 'A', presence: 'O', label: 'Zone non utilisée' },
  ],
});

export const MESSAGE_ZONE_CODEC = new RecordCodec(MESSAGE_ZONE);

/** 000: 62-65 of an ARL0, and its version. */
export const ARL0 = { reference: 'ARL0', version: '01', encryption: 'N', currency: 'U', sign: 'P' } as const;

/** File id and date of a file that could not be read. */
export const UNREADABLE = '000000';
