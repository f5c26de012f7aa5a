/** What was sent and received, for the window's tests: one real B2 file under every file, one ARL under every return. */
import type { FileProofs, Inspection, ReturnRow } from '../../src/teletrans/application/inspection-port';
import { VitaleError } from '../../src/teletrans/domain/errors';
import { fieldByField } from '../../src/teletrans/formats/field-by-field';
import { sha256, workedFile } from './b2-files';

export class FakeInspection implements Inspection {
  private readonly bytes = workedFile();
  rows: readonly ReturnRow[] = [
    {
      id: 'r-1',
      kind: 'ARL',
      state: 'applied',
      receivedAt: '2026-11-20T05:10:00Z',
      contentSha256: 'b'.repeat(64),
      file: { id: 't-000041', number: '000041' },
    },
    { id: 'r-2', kind: 'UNKNOWN', state: 'quarantined', receivedAt: '2026-11-19T05:10:00Z', contentSha256: null, file: null },
  ];

  file(id: string, asked: Parameters<Inspection['file']>[1]): ReturnType<Inspection['file']> {
    if (!id.startsWith('t-')) return Promise.reject(new VitaleError('FEN-010'));
    return this.show(asked);
  }

  private async show(asked: Parameters<Inspection['file']>[1]): ReturnType<Inspection['file']> {
    const bytes = await this.bytes;
    return { ...fieldByField(bytes, asked), sha256: sha256(bytes) };
  }

  returned(_id: string, asked: Parameters<Inspection['returned']>[1]): ReturnType<Inspection['returned']> {
    return this.show(asked);
  }

  proofs(id: string): Promise<FileProofs> {
    return Promise.resolve({
      id,
      fileId: id.slice(2),
      payer: 'CPAM Morbihan',
      compostage: '2026112018420000001',
      sha256: 'a'.repeat(64),
      messageId: `<2026112018420000001.${id}@cabinet.test.invalid>`,
      envelope: { from: 'cabinet@cabinet.test.invalid', to: 'caisse@caisse.test.invalid' },
      encrypted: true,
      profile: 'simulateur 1',
      lots: [
        {
          number: '121',
          sealedAt: '2026-11-20T16:40:00Z',
          sha256: 'c'.repeat(64),
          signer: 'CN=DUPONT CLAIRE',
          certificate: '01AB',
          records: 12,
          ack: { code: '0000', label: 'LOT ACCEPTE', at: '2026-11-20T17:00:00Z' },
        },
      ],
      attempts: [
        {
          rank: 1,
          startedAt: '2026-11-20T16:42:00Z',
          endedAt: '2026-11-20T16:42:02Z',
          phase: 'replied',
          outcome: 'HANDED_OVER',
          reply: '250 OK',
        },
      ],
      returns: this.rows.slice(0, 1),
      decisions: [{ at: '2026-11-20T16:41:00Z', by: 'Claire', reason: 'Essai', stated: ['Le fichier repart à l’identique.'] }],
    });
  }

  returns(from: number, count: number): ReturnType<Inspection['returns']> {
    return Promise.resolve({ total: this.rows.length, rows: this.rows.slice(from, from + count) });
  }
}
