/** Shows the routing tables and changes one row at a time: checked, confirmed, alone, durably, with the version before beside it. */
import { countOf } from '../diagnostics/log-values';
import type { Logger } from '../diagnostics/logger';
import type { Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import { RoutingTables } from '../domain/routing';
import type { Store, TransmissionLock } from '../store/port';
import type { SettingFault, VersionedFile } from './port';
import { RECIPIENT_COLUMNS, wrongCells } from './recipient-columns';
import { rowsOf, withRow, type RecipientTable, type RowChange } from './recipient-table';
import type { Recipients, RecipientsOutcome, RecipientsView, RecipientTableView } from './recipients-port';
import type { SettingsTexts } from './texts';

const TABLES: readonly RecipientTable[] = ['amo', 'amc'];

/** Where the tables are now. */
export interface RecipientPlaces {
  readonly own: boolean;
  readonly files: Readonly<Record<RecipientTable, VersionedFile>>;
}

export interface RecipientsParts {
  readonly places: () => RecipientPlaces;
  /** Copies the shipped tables into the data folder and has the practice use the copy. */
  readonly makeOwn: () => Promise<void>;
  /** Goes by the tables as they are on the disk now. Errors: LOT-014. */
  readonly renew: () => void;
  readonly texts: SettingsTexts;
  readonly lock: TransmissionLock;
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class RecipientsDesk implements Recipients {
  constructor(private readonly parts: RecipientsParts) {}

  async read(): Promise<RecipientsView> {
    const { own, files } = this.parts.places();
    return { own, tables: await Promise.all(TABLES.map((table) => this.tableView(table, files[table]))) };
  }

  async save(table: RecipientTable, version: string, change: RowChange, confirmed: readonly string[]): Promise<RecipientsOutcome> {
    return this.parts.lock.hold(async () => {
      const texts = await this.textsOf(table, version);
      const faults = change.cells === null ? [] : this.faultsIn(table, change.cells);
      if (faults.length > 0) return { saved: false, faults, confirmations: [] };
      const next = withRow(texts[table], change);
      if (next === null) throw new VitaleError('CFG-009');
      RoutingTables.parse(...pairOf({ ...texts, [table]: next }));
      const confirmations = this.asked().filter(({ id }) => !confirmed.includes(id));
      if (confirmations.length > 0) return { saved: false, faults: [], confirmations };
      if (!this.parts.places().own) await this.parts.makeOwn();
      return this.write(table, next);
    });
  }

  async goBack(table: RecipientTable, version: string): Promise<RecipientsOutcome> {
    return this.parts.lock.hold(async () => {
      const texts = await this.textsOf(table, version);
      const { own, files } = this.parts.places();
      const previous = own ? await files[table].previous() : null;
      if (previous === null) throw new VitaleError('CFG-010');
      RoutingTables.parse(...pairOf({ ...texts, [table]: previous.text }));
      return this.write(table, previous.text);
    });
  }

  /** Both texts. Errors: CFG-009 when `table` is another one than was read. */
  private async textsOf(table: RecipientTable, version: string): Promise<Readonly<Record<RecipientTable, string>>> {
    const { files } = this.parts.places();
    const [amo, amc] = [await files.amo.read(), await files.amc.read()];
    if ((table === 'amo' ? amo : amc)?.version !== version) throw new VitaleError('CFG-009');
    return { amo: amo?.text ?? '', amc: amc?.text ?? '' };
  }

  private faultsIn(table: RecipientTable, cells: readonly string[]): readonly SettingFault[] {
    const texts = this.parts.texts.recipients[table].columns;
    return wrongCells(table, cells).map((name) => ({ place: name, message: texts[name]?.wrong ?? this.parts.texts.empty }));
  }

  private asked(): readonly { readonly id: string; readonly title: string; readonly lines: readonly string[] }[] {
    const { texts, places } = this.parts;
    const ids = [...(places().own ? [] : ['ownTables']), 'recipients'];
    return ids.flatMap((id) => {
      const text = texts.confirmations[id];
      return text === undefined ? [] : [{ id, title: text.title, lines: text.lines }];
    });
  }

  private async write(table: RecipientTable, text: string): Promise<RecipientsOutcome> {
    const { places, renew, store, clock, logger } = this.parts;
    await places().files[table].replace(text);
    renew();
    logger.log('info', 'program.recipients-changed', { count: countOf(rowsOf(text).rows.length) });
    await store.transaction((session) =>
      session.journal.append({
        at: clock.now().toISOString(),
        actor: 'person:cabinet',
        entity: 'practice',
        entityId: 'settings',
        event: 'recipients-changed',
        from: null,
        to: null,
        detail: { table },
      }),
    );
    return { saved: true, view: await this.read() };
  }

  private async tableView(table: RecipientTable, file: VersionedFile): Promise<RecipientTableView> {
    const content = await file.read();
    const { title, columns } = this.parts.texts.recipients[table];
    const previous = this.parts.places().own ? await file.previous() : null;
    return {
      table,
      title,
      version: content?.version ?? '',
      columns: RECIPIENT_COLUMNS[table].map(({ name, choices }) => ({
        name,
        label: columns[name]?.label ?? name,
        help: columns[name]?.help ?? '',
        choices,
      })),
      rows: rowsOf(content?.text ?? '').rows,
      previous: previous?.at ?? null,
    };
  }
}

const pairOf = ({ amo, amc }: Readonly<Record<RecipientTable, string>>): readonly [string, string] => [amo, amc];
