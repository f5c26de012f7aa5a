/**
 * The demonstration practice, through every process of the product: reference host → bridge → add-in → SMTP socket → local insurer → POP3 socket → states.
 * Nothing goes through memory that would not in a practice.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ShownLists } from './shown-lists';
import type { PaymentRound } from './insurer/payments';
import { JsonLinesProcess, type JsonLine } from './json-lines-process';
import { Person } from './person';
import { DEMONSTRATION_CODE, makePracticeBox, PRACTITIONERS, type InsurerPorts } from './practice-box';
import type { Scenario } from './scenarios';

/** Evening of the sample day, legal time. */
export const DEMONSTRATION_NOW = '2026-11-20T18:40:00+01:00';
const ARL_WAIT_MS = 30_000;
const ARL_PACE_MS = 150;

export interface DemonstrationSettings {
  /** Root of the installation. */
  readonly root: string;
  /** Data folder, empty or new. */
  readonly home: string;
  readonly scenario: Scenario;
  /** Words for the person, one line each. */
  readonly say: (line: string) => void;
}

/** The last line `npm start -- --once --json` prints (contract § 4). */
export interface DemonstrationResult {
  readonly invoices: number;
  readonly files: number;
  readonly acknowledged: number;
  readonly noAckExpected: number;
  readonly rejected: number;
  readonly held: number;
  readonly window: string;
}

export class Demonstration {
  private insurer: JsonLinesProcess | null = null;
  private host: JsonLinesProcess | null = null;

  constructor(private readonly settings: DemonstrationSettings) {}

  /** Runs the whole day. The processes stay; {@link stop} ends them. */
  async run(): Promise<DemonstrationResult> {
    const { say, root } = this.settings;
    makePracticeBox(this.settings.home, await this.startInsurer());
    say('Le cabinet de démonstration est prêt, son assureur local écoute.');
    await this.startHost();
    say('Le logiciel hôte de référence a chargé le module par le pont C.');
    await this.handOver(join(root, 'addin', 'demonstration', 'journee.ndjson'));
    const person = await Person.open(await this.clickTelephone());
    if (this.settings.scenario.byHand === true) return { ...this.resultOf(await person.lists(), ''), window: await this.clickTelephone() };
    for (const practitioner of PRACTITIONERS)
      await this.transmitFor(person, practitioner.card, practitioner.billingNumber, practitioner.name);
    const lists = await this.awaitReturns(person);
    // What the contract counts is what the ARL said; payments go on from there.
    const result = this.resultOf(lists, '');
    for (const round of this.settings.scenario.payments ?? []) await this.pay(person, round);
    return { ...result, window: await this.clickTelephone() };
  }

  /** Clicks the telephone icon in the host: a fresh one-time address of the main window. */
  async clickTelephone(): Promise<string> {
    const window = this.requireHost().next((line) => line['event'] === 'window');
    this.requireHost().send('invoke teletrans.ouvrir');
    return addressIn(await window);
  }

  async stop(): Promise<void> {
    await this.host?.stop('quit');
    await this.insurer?.stop();
  }

  private async startInsurer(): Promise<InsurerPorts> {
    const { root, home, scenario } = this.settings;
    this.insurer = JsonLinesProcess.start(
      'insurer',
      process.execPath,
      [join(root, 'dist', 'demonstration', 'insurer', 'main.js')],
      process.env,
    );
    const ready = this.insurer.next((line) => 'smtpPort' in line);
    this.insurer.send(
      JSON.stringify({ spool: join(home, 'assureur'), certs: join(home, 'certs'), now: DEMONSTRATION_NOW, rules: scenario.rules }),
    );
    return (await ready) as unknown as InsurerPorts;
  }

  private async startHost(): Promise<void> {
    const { root, home } = this.settings;
    const program = join(root, 'build', 'native', 'reference-host', 'reference-host');
    if (!existsSync(program)) throw new Error(`the reference host is not built: ${program}`);
    const args = ['--addin', join(root, 'addin'), '--node', process.execPath, '--spool', join(home, 'hote')];
    this.host = JsonLinesProcess.start('reference host', program, args, {
      ...process.env,
      VITALE_HOME: home,
      VITALE_MAINTENANT: DEMONSTRATION_NOW,
    });
    await this.host.next((line) => line['event'] === 'state' && line['state'] === 'active');
  }

  private async handOver(file: string): Promise<void> {
    const pushed = this.requireHost().next((line) => line['event'] === 'pushed');
    this.requireHost().send(`push ${file}`);
    const { offered, acknowledged, ms } = (await pushed) as JsonLine & { offered: number; acknowledged: number; ms: number };
    this.settings.say(`${acknowledged}/${offered} factures remises au module et écrites sur le disque (${ms} ms).`);
  }

  private async transmitFor(person: Person, card: string, billingNumber: string, name: string): Promise<void> {
    await person.insertCard(card);
    await person.typeCode(DEMONSTRATION_CODE);
    const { result, files, reason } = await person.transmit(billingNumber, () => undefined);
    const invoices = files.reduce((sum, file) => sum + file.lots.reduce((inLots, lot) => inLots + lot.invoices.length, 0), 0);
    const left = files.filter((file) => file.state === 'HANDED_OVER').length;
    this.settings.say(
      `${name} : ${invoices} factures, ${left}/${files.length} fichiers remis à la messagerie (${result}).${reason === null ? '' : ` ${reason.message}`}`,
    );
  }

  /** Fetches the returns until every file that awaits an answer has one, or the wait is over. */
  private async awaitReturns(person: Person): Promise<ShownLists> {
    const deadline = Date.now() + (this.settings.scenario.arlWaitMs ?? ARL_WAIT_MS);
    let lists = await person.lists();
    while (lists.files.some(awaitsAnswer(lists)) && Date.now() < deadline) {
      await sleep(ARL_PACE_MS);
      await person.collect();
      lists = await person.lists();
    }
    for (const file of lists.files) this.settings.say(`Fichier ${file.fileId} (${file.kind}, ${file.payer}) : ${file.state}`);
    return lists;
  }

  /** The insurer pays, and the practice fetches its payment returns. */
  private async pay(person: Person, round: PaymentRound): Promise<void> {
    const { insurer } = this;
    if (insurer === null) throw new Error('the insurer is not started');
    const answered = insurer.next((line) => 'ok' in line);
    insurer.send(JSON.stringify({ pay: round }));
    const { ok, mails, reason } = (await answered) as JsonLine & { ok: boolean; mails?: number; reason?: string };
    if (!ok) throw new Error(`the insurer did not pay: ${reason ?? ''}`);
    const { rsp, unmatched } = await person.collect();
    this.settings.say(`${mails ?? 0} retours de paiement : ${rsp} parts de factures réglées ou rejetées, ${unmatched} lignes à voir.`);
  }

  private resultOf(lists: ShownLists, window: string): DemonstrationResult {
    const inState = (...states: readonly string[]): number => lists.invoices.filter((invoice) => states.includes(invoice.state)).length;
    return {
      invoices: lists.invoices.length,
      files: lists.files.length,
      acknowledged: inState('ACKED', 'CLOSED_NO_RSP', 'PAID', 'PART_PAID'),
      noAckExpected: inState('NO_ACK_EXPECTED'),
      rejected: inState('NACKED', 'TO_CORRECT', 'REJECTED'),
      held: inState('HELD'),
      window,
    };
  }

  private requireHost(): JsonLinesProcess {
    if (this.host === null) throw new Error('the host is not started');
    return this.host;
  }
}

/** A file whose ARL is still to come; one that holds only degraded lots awaits none. */
function awaitsAnswer(lists: ShownLists): (file: ShownLists['files'][number]) => boolean {
  return (file) =>
    (file.state === 'HANDED_OVER' || file.state === 'UNCERTAIN') &&
    lists.lots.some((lot) => lot.fileId === file.id && lot.security !== 'D');
}

function addressIn(line: JsonLine): string {
  const { url } = line['data'] as { url?: unknown };
  if (typeof url !== 'string') throw new Error('the host did not name the window');
  return url;
}
