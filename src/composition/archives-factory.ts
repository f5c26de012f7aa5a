/** Puts the archives together: the purge, what reads archives again, and the prints. */
import type { DependencyContainer } from 'tsyringe';
import { ArchiveDesk } from '../teletrans/archive/desk';
import { Purge } from '../teletrans/archive/purge';
import { PdfPrints } from '../teletrans/print/prints';
import { retentionDays, type RetentionTable } from '../teletrans/archive/retention';
import { readStateWords } from '../teletrans/window/server/read-state-words';
import { stateWordsFile } from './installation';
import { readJsonTable, readLateNoticeTexts } from './tables';
import { TOKENS } from './tokens';

/** Registers both. The application is there already. */
export async function registerArchives(c: DependencyContainer): Promise<void> {
  const installation = c.resolve(TOKENS.installation);
  const practice = c.resolve(TOKENS.practice);
  const live = c.resolve(TOKENS.livePractice);
  const store = c.resolve(TOKENS.store);
  const files = c.resolve(TOKENS.archiveFiles);
  const clock = c.resolve(TOKENS.clock);
  const errors = c.resolve(TOKENS.errors);
  const retention = readJsonTable(installation.tables, 'retention.json') as RetentionTable;
  const days = (): number => retentionDays(retention, live.current.retention?.days);
  const content = {
    frozen: c.resolve(TOKENS.frozen),
    formatter: c.resolve(TOKENS.fileFormatter),
    senderType: c.resolve(TOKENS.profile).sender.type,
    practitioners: practice.practitioners,
  };
  const words = await readStateWords(stateWordsFile(installation));
  const archives = new ArchiveDesk({
    store,
    files,
    content,
    purge: new Purge({ store, files, content, lock: c.resolve(TOKENS.lock), days, clock }),
    days,
    words: {
      events: readJsonTable(installation.tables, 'timeline-words.json') as Readonly<Record<string, string>>,
      stateWord: (entity, state) => (words[entity] as Readonly<Partial<Record<string, { readonly word: string }>>>)[state]?.word ?? state,
      nameOf: (number) => practice.practitioners.find(({ billingNumber }) => billingNumber === number)?.name ?? null,
    },
    explain: ({ code, details }) => errors.explain(code, details),
    clock,
  });
  c.registerInstance(TOKENS.archives, archives);
  c.registerInstance(
    TOKENS.prints,
    new PdfPrints({
      archives,
      teletrans: c.resolve(TOKENS.teletrans),
      reminders: c.resolve(TOKENS.thirdPartyRules).letters,
      lateNotice: readLateNoticeTexts(installation.tables),
      store,
      practitioners: practice.practitioners,
      words: {
        invoice: (state) => words.invoice[state].word,
        lot: (state) => words.lot[state].word,
        file: (state) => words.file[state].word,
      },
      clock,
    }),
  );
}
