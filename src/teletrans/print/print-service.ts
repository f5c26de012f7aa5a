/** Where a print can go besides a file: a print service outside the product, such as the host's. */
import type { Printed } from './prints';

/** Kinds of print, as the manifest's `contributes.print` names them. */
export type PrintDocument = 'archive' | 'dossier' | 'duplicata' | 'relance' | 'retard' | 'bordereau' | 'retours';

export interface PrintService {
  /** Whose printer it is, in the words of a button: `LOGOSw`. */
  readonly name: string;
  /**
   * Resolves when the printer has taken the document. Errors: HOT-014 no printer chosen, HOT-015 not printed, HOT-016 too large for it, HOT-005 the manifest
   * does not allow it; and those of the print's own stream.
   */
  print(document: PrintDocument, printed: Printed): Promise<void>;
}
