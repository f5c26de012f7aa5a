/** Which part of the application asks the question of each kind of decision. */
import type { DecisionKind } from '../store/port';
import type { AfterRestore } from './after-restore';
import type { BrakeRelease } from './brake-release';
import type { FilingDesk } from './filing-desk';
import type { PaperDuplicate } from './paper-duplicate';
import type { AskedQuestion, Resending } from './resending';
import type { SheetSending } from './sheet-sending';
import type { TrayDesk } from './tray-desk';

export type AskedQuestions = Readonly<Record<DecisionKind, (id: string) => Promise<AskedQuestion>>>;

export function decisionQuestions(
  resending: Resending,
  brakeRelease: BrakeRelease,
  afterRestore: AfterRestore,
  tray: TrayDesk,
  filing: FilingDesk,
  sheets: SheetSending,
  duplicates: PaperDuplicate,
): AskedQuestions {
  return {
    resend: (id) => resending.question(id),
    'release-brake': (id) => brakeRelease.question(id),
    'numbers-hold': () => afterRestore.numbersQuestion('numbers-hold'),
    'numbers-continue': () => afterRestore.numbersQuestion('numbers-continue'),
    'attach-return': (id) => tray.question(id),
    'file-return': (id) => filing.question(id),
    'sheet-sent': (id) => sheets.question(id),
    'paper-duplicate': (id) => duplicates.question(id),
    'paper-invoice': (id) => duplicates.invoiceQuestion(id),
    'release-held': (id) => afterRestore.releaseQuestion(id),
  };
}
