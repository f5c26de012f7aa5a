/**
 * Where the insurer reads in a B2 file: first and last column, from 1 (spec/b2_layouts.tsv). Written apart from the tables of the télétransmission on
 * purpose: a second opinion that shares no line with the first.
 */
export type Span = readonly [first: number, last: number];

export const FILE_HEADER = {
  senderType: [4, 5],
  senderNumber: [6, 19],
  recipientType: [26, 27],
  recipientNumber: [28, 41],
  application: [48, 49],
  fileId: [50, 55],
  fileDate: [56, 61],
  norm: [62, 67],
  recordLength: [83, 85],
} as const satisfies Record<string, Span>;

export const FILE_TRAILER = {
  senderType: [4, 5],
  senderNumber: [6, 19],
  recipientType: [26, 27],
  recipientNumber: [28, 41],
  application: [48, 49],
  fileId: [50, 55],
  volume: [56, 63],
  lots: [83, 85],
} as const satisfies Record<string, Span>;

export const LOT_HEADER = {
  billingNumber: [2, 10],
  recipientBody: [17, 19],
  lotNumber: [20, 22],
  practitionerName: [30, 69],
  normVersion: [70, 71],
  lotDate: [72, 77],
  normCode: [79, 80],
  security: [81, 81],
  normVersionNumber: [82, 87],
  currency: [88, 88],
} as const satisfies Record<string, Span>;

export const LOT_TRAILER = {
  billingNumber: [2, 10],
  invoices: [11, 13],
  actLines: [14, 17],
  type2: [18, 21],
  type5: [22, 24],
  fees: [25, 33],
  amo: [34, 42],
  amc: [43, 51],
  lotNumber: [52, 54],
  marking: [55, 55],
  seal: [97, 128],
} as const satisfies Record<string, Span>;

/** Columns shared by the records 2 to 5 of an invoice. */
export const INVOICE_KEY = {
  billingNumber: [2, 10],
  nir: [12, 24],
  nirKey: [25, 26],
  invoiceNumber: [27, 35],
  complement: [36, 36],
} as const satisfies Record<string, Span>;

export const INVOICE_HEADER = {
  marking: [37, 37],
  invoiceDate: [40, 45],
  split: [46, 46],
  regime: [49, 50],
  fund: [51, 53],
  centre: [54, 57],
  insuranceNature: [77, 78],
  exemption: [79, 79],
  birthDate: [96, 101],
  payee: [115, 116],
} as const satisfies Record<string, Span>;

export const INSURER = { number: [37, 46] } as const satisfies Record<string, Span>;
export const BENEFICIARY_NIR = { nir: [50, 62], key: [63, 64] } as const satisfies Record<string, Span>;
export const BENEFICIARY = { quality: [38, 39], lastName: [43, 67], firstName: [68, 82] } as const satisfies Record<string, Span>;

export const ACT = {
  performer: [55, 63],
  date: [68, 73],
  code: [74, 78],
  quantity: [79, 80],
  coefficient: [81, 86],
  unitPrice: [89, 95],
  base: [96, 102],
  rate: [103, 105],
  amo: [106, 112],
  fee: [113, 119],
  amc: [122, 128],
} as const satisfies Record<string, Span>;

export const CCAM = { code: [43, 55], activity: [57, 57], date: [65, 70], teeth: [71, 102] } as const satisfies Record<string, Span>;

export const INVOICE_TRAILER = {
  acts: [39, 41],
  fees: [58, 65],
  amo: [66, 73],
  patientShare: [74, 81],
  amc: [82, 89],
  seal: [97, 128],
} as const satisfies Record<string, Span>;
