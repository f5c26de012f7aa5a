/** Reads ARL0 (spec/arl.md § 3.6 rule 1): everything must fit, or nothing is believed. In production the licensed function translates real ARL. */
import type { Acknowledgement } from '../../domain/acknowledgement';
import type { Marking } from '../../domain/invoice';
import { longDate } from '../b2/dates';
import { isCalendarDate } from '../fixed-width/rules';
import { readNoemie, type NoemieEntity, type NoemieFile } from '../noemie/reader';
import { ArlUnreadable, type ArlTranslator } from '../port';
import { ARL0, MESSAGE_ZONE_CODEC, UNREADABLE } from './message-zone';
import { parseResults } from './parser';

/** What 999 repeats of 000: 4-55. */
const REPEATED = [
  'sender_type',
  'sender_no',
  'sender_program',
  'recipient_type',
  'recipient_no',
  'recipient_program',
  'application',
  'file_id',
];

function demand(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new ArlUnreadable(reason);
}

export class Arl0Translator implements ArlTranslator {
  /** @param allowed markings of the active profile. `R` is never accepted, whatever is given: ARL0 does not exist outside tests. */
  constructor(private readonly allowed: readonly Marking[]) {}

  translate(bytes: Buffer): Acknowledgement {
    const file = readNoemie(bytes);
    const { header, trailer } = file;
    demand(header.values['exchange_ref'] === ARL0.reference, 'ce fichier n’est pas un ARL0.');
    demandWholeFile(bytes, file);
    demand(trailer !== null, 'le bloc de fin 999 manque.');
    const marking = this.#marking(header);
    demandTrailer(header, trailer, file.physical.blocks);
    const { results, lots, acceptedFees } = parseResults(file.stream);
    demand(Number(trailer.values['lot_count']) === lots, 'le nombre de lots du bloc 999 est faux.');
    demand(Number(trailer.values['file_total']) === acceptedFees, 'le total du bloc 999 diffère de celui de l’entité 990.');
    return { ...addressing(header), marking, acceptedFees, results };
  }

  #marking(header: NoemieEntity): 'T' | 'D' {
    const marking = header.values['flow_kind'];
    demand(marking === 'T' || marking === 'D', 'un ARL0 porte le marquage T ou D.');
    demand(this.allowed.includes(marking), `le marquage ${marking} n’est pas admis par le profil de transmission.`);
    return marking;
  }
}

function demandWholeFile(bytes: Buffer, file: NoemieFile): void {
  const [blockFault] = file.physical.faults;
  demand(blockFault === undefined, `forme du fichier : ${blockFault?.message ?? ''}`);
  demand(file.physical.oddFlags.length === 0, 'un bloc de données ne porte ni « 0 » ni « 1 ».');
  demand(bytes.length === file.physical.blocks * 128, 'la longueur n’est pas un multiple de 128.');
  const [fault] = file.faults;
  demand(fault === undefined, `entité ${fault?.record ?? 0} : ${fault?.message ?? ''}`);
  const { header } = file;
  demand((header.values['version'] ?? '') === ARL0.version, 'version d’ARL0 inconnue.');
  demand(header.values['record_length'] === '128', 'la longueur d’enregistrement annoncée n’est pas 128.');
  demand(
    header.values['encryption'] === ARL0.encryption && header.values['currency'] === ARL0.currency,
    'chiffrement ou devise inattendus.',
  );
}

function demandTrailer(header: NoemieEntity, trailer: NoemieEntity, blocks: number): void {
  for (const field of REPEATED) demand(header.values[field] === trailer.values[field], `le bloc 999 ne répète pas l’en-tête (${field}).`);
  demand(header.values['flow_kind'] === trailer.values['flow_kind'], 'le bloc 999 ne répète pas le marquage.');
  demand(Number(trailer.values['record_count']) === blocks, 'le nombre de blocs annoncé est faux.');
  demand(trailer.values['sign'] === ARL0.sign, 'le signe du total est inattendu.');
}

function addressing(header: NoemieEntity): Omit<Acknowledgement, 'marking' | 'acceptedFees' | 'results'> {
  const zone = MESSAGE_ZONE_CODEC.decode(Buffer.from(header.values['message_zone'] ?? '', 'latin1'));
  demand(zone.faults.length === 0, 'la zone message de l’en-tête est mal formée.');
  const { acked_file_id: fileId, acked_file_date: fileDate, compostage } = zone.values;
  const readable = fileId !== UNREADABLE;
  const arlDate = header.values['file_date'] ?? '';
  demand(isCalendarDate(arlDate), 'la date de l’ARL n’existe pas.');
  demand(!readable || isCalendarDate(fileDate), 'la date du fichier acquitté n’existe pas.');
  return {
    arlFileId: header.values['file_id'] ?? '',
    arlDate: longDate(arlDate),
    recipientType: header.values['sender_type'] ?? '',
    recipientNumber: header.values['sender_no'] ?? '',
    senderType: header.values['recipient_type'] ?? '',
    senderNumber: header.values['recipient_no'] ?? '',
    ackedFileId: readable ? fileId : null,
    ackedFileDate: readable ? longDate(fileDate) : null,
    compostage,
  };
}
