/** The table of rejection codes (addin/tables/rejection-codes.json; spec/noemie.md § 4): what a payer's code means and what the payer advises. */

export interface RejectionCode {
  /** 4 digits, of a 294 of level F or L. */
  readonly code: string;
  /** 3 digits, of a 294 of level A. */
  readonly refined: string;
  /** 10 digits of the AMC whose own code this is; absent: any payer. */
  readonly amc?: string;
  /** French. */
  readonly label: string;
  /** French. */
  readonly advice: string;
  /** Whose note the code was published in. */
  readonly profession: string;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function matches(value: unknown, form: RegExp): boolean {
  return typeof value === 'string' && form.test(value);
}

function isRow(value: unknown): value is RejectionCode {
  if (!isObject(value)) return false;
  const texts = [value['label'], value['advice'], value['profession']].every((text) => matches(text, /\S/));
  const codes = matches(value['code'], /^\d{4}$/) && matches(value['refined'], /^\d{3}$/);
  return texts && codes && (value['amc'] === undefined || matches(value['amc'], /^\d{10}$/));
}

/** What the table says of a code. */
export class RejectionCodes {
  constructor(private readonly rows: readonly RejectionCode[]) {}

  /** @param json the table file, parsed. Errors: `TypeError` when it has another shape: a fault of the installation. */
  static parse(json: unknown): RejectionCodes {
    const rows: unknown = isObject(json) ? json['codes'] : null;
    if (!Array.isArray(rows) || !rows.every(isRow)) throw new TypeError('rejection-codes.json: not a table of rejection codes');
    return new RejectionCodes(rows);
  }

  /**
   * The row of a rejection, null when the table does not know it or knows several.
   * @param refined null when no 294 of level A refines it: the row is then given only when the code has but one.
   * @param amc 10 digits for an AMC part, null for AMO; an AMC's own row comes before the common one.
   */
  find(code: string, refined: string | null, amc: string | null): RejectionCode | null {
    const known = this.rows.filter((row) => row.code === code && (refined === null || row.refined === refined));
    const own = known.filter((row) => row.amc !== undefined && row.amc === amc);
    const chosen = own.length > 0 ? own : known.filter((row) => row.amc === undefined);
    return chosen.length === 1 ? (chosen[0] ?? null) : null;
  }
}
