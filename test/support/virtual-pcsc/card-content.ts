/** What is written on a virtual card: only invented persons; the billing data in a TLV of our own, the real one being unknown (spec/cps-card.md § 2, § 10). */
import type { CardHolder, Situation } from '../../../src/teletrans/reader/port';
import { completeKey } from '../../../src/teletrans/reader/virtual/signature-key';
import type { CardContent } from '../../../src/teletrans/reader/virtual/card-file';

export interface FileOfCard {
  readonly content: Buffer;
  readonly needsCode?: boolean;
}

export interface PersonalCard {
  readonly holder: CardHolder;
  readonly situations: readonly Situation[];
  /** PEM; made when left out. */
  readonly key?: string;
  readonly certificate?: string;
}

export const CLAIRE_DUPONT: PersonalCard = {
  holder: { lastName: 'DUPONT', firstName: 'CLAIRE', rpps: '99900000011', profession: '40' },
  situations: [
    {
      number: '1',
      billingNumber: '999000011',
      structure: 'CABINET DUPONT',
      convention: '1',
      specialty: '19',
      tariffZone: '35',
      signsInvoice: true,
      signsLot: true,
      valid: true,
    },
    {
      number: 'A',
      billingNumber: '999000029',
      structure: 'CENTRE DENTAIRE INVENTÉ',
      convention: '9',
      specialty: '19',
      tariffZone: '10',
      signsInvoice: true,
      signsLot: false,
      valid: true,
    },
  ],
};

export function tlv(tag: string, value: Buffer | string): Buffer {
  const body = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  const size =
    body.length < 0x80 ? [body.length] : body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from(tag, 'hex'), Buffer.from(size), body]);
}

const rights = ({ signsInvoice, signsLot, valid }: Situation): Buffer =>
  Buffer.from([(signsInvoice ? 1 : 0) | (signsLot ? 2 : 0) | (valid ? 4 : 0)]);

function billingFile(situations: readonly Situation[]): Buffer {
  return Buffer.concat(
    situations.map((s) =>
      tlv(
        'E1',
        Buffer.concat([
          tlv('81', s.number),
          tlv('82', s.billingNumber),
          tlv('83', s.convention),
          tlv('84', s.specialty),
          tlv('85', s.tariffZone),
          tlv('86', rights(s)),
        ]),
      ),
    ),
  );
}

const derOf = (pem: string): Buffer => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');

export interface WrittenCard {
  readonly files: ReadonlyMap<string, FileOfCard>;
  readonly key: string;
  readonly certificate: string;
}

/** The files of a card by their path, `3F00` left out. */
export async function writeCard(card: PersonalCard): Promise<WrittenCard> {
  const { key, certificate } = card;
  const pair: CardContent = {
    atr: '',
    holder: card.holder,
    triesLeft: 3,
    situations: [],
    ...(key === undefined ? {} : { key }),
    ...(certificate === undefined ? {} : { certificate }),
  };
  await completeKey(pair, new Date());
  const files = new Map<string, FileOfCard>([
    ['2F00', { content: tlv('61', tlv('4F', Buffer.from('E828BD080F8025000001FF0010', 'hex'))) }],
    // Issuer, five bytes whose last is a check digit and its filler.
    ['D003', { content: Buffer.from('5A0A8025000001999000017F', 'hex') }],
    [
      'D010',
      {
        content: tlv(
          'EC',
          Buffer.concat([tlv('81', Buffer.from('20260105093000', 'hex')), tlv('82', Buffer.from('20260105093002', 'hex'))]),
        ),
      },
    ],
    ['0001/7001', { content: Buffer.from('01', 'hex') }],
    ['0001/D110', { content: derOf(pair.certificate ?? '') }],
    ['0001/D1F0', { content: billingFile(card.situations), needsCode: true }],
  ]);
  for (const { number, structure } of card.situations) {
    const content = tlv('EE', Buffer.concat([tlv('84', structure), tlv('85', '499900000011'), tlv('86', 'SA07')]));
    files.set(`0001/D12${number}`, { content, needsCode: true });
  }
  return { files, key: pair.key ?? '', certificate: pair.certificate ?? '' };
}
