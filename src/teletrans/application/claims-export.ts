/** The list of claims as a file: what is seen of it on the screen, line by line. */
import type { PartState } from '../domain/states';
import { CLAIMS_CSV, CLAIMS_XML, type ClaimLine, type ClaimsHead } from '../third-party/claims-export';
import { sumOf } from '../third-party/totals';
import type { ClaimLists, WholeList } from './claim-lists';
import type { ClaimsExportAsked, ClaimView } from './third-party-port';

const FORMATS = { csv: CLAIMS_CSV, xml: CLAIMS_XML } as const;

/** See {@link ThirdPartyDesk.exportClaims}. */
export async function exportClaims(
  lists: ClaimLists,
  asked: ClaimsExportAsked,
  stateWord: (state: PartState) => string,
  write: (piece: string) => Promise<void>,
): Promise<number> {
  const format = FORMATS[asked.format];
  let lines = 0;
  const list = await lists.whole(
    asked,
    (begun) => write(format.head(headOf(begun))),
    async (rows) => {
      lines += rows.length;
      await write(rows.map((row) => format.line(lineOf(row, stateWord(row.state)))).join(''));
    },
  );
  await write(format.end(headOf(list)));
  return lines;
}

function headOf({ totals: { amo, amc }, today }: WholeList): ClaimsHead {
  const sums = sumOf([amo, amc]);
  return { today, count: sums.count, sums };
}

function lineOf(claim: ClaimView, state: string): ClaimLine {
  const { number, kind, payer, practitioner, date, expected, paid, adjusted, due, lateDays, penalty, reminders } = claim;
  return {
    number,
    kind,
    part: claim.part.toUpperCase(),
    payer,
    practitioner,
    date,
    sentOn: claim.sentOn ?? '',
    ackedOn: claim.ackedOn ?? '',
    state,
    stateCode: claim.state,
    days: claim.age,
    age: claim.ageClass,
    expected,
    paid,
    adjusted,
    due,
    lateDays,
    penalty,
    reminders,
    remindedOn: claim.remindedOn ?? '',
    forclusionOn: claim.forclusionOn ?? '',
    owner: claim.owner ?? '',
  };
}
