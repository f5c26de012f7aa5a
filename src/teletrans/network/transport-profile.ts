/**
 * The transport profile (spec/transport.md § 3): everything about the mails that is not certain lives in this dated data file, not in code.
 * Field names are those of the file.
 */
import { readFile } from 'node:fs/promises';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { WRITTEN_B2_VERSIONS, type WrittenB2Version } from '../domain/b2-version';
import { VitaleError } from '../domain/errors';
import type { LocalDate, Marking } from '../domain/invoice';
import type { LinkSecurity, PracticeMode } from '../domain/practice';
import { TRANSPORT_PROFILE_SCHEMA } from './transport-profile-schema';

export interface ProfileServer {
  readonly host: string;
  readonly port: number;
  readonly security: LinkSecurity;
  readonly min_tls: 'TLSv1.2' | 'TLSv1.3';
  /** Not used while `cabinet.json` names the servers: its own `ca` is the one that counts. */
  readonly ca_file: string | null;
}

export interface ProfileSmtp extends ProfileServer {
  readonly connection_timeout_ms: number;
  readonly greeting_timeout_ms: number;
  readonly socket_timeout_ms: number;
  readonly pause_between_messages_ms: number;
  readonly dsn_notify: readonly ('SUCCESS' | 'FAILURE' | 'DELAY')[];
}

export interface ProfilePop3 extends ProfileServer {
  readonly command_timeout_ms: number;
  readonly delete_after_spool: boolean;
  readonly max_message_bytes: number;
}

/** One test on a return mail; exactly one key is present. */
export interface ReturnTest {
  readonly description_matches?: string;
  readonly content_000_62_65?: string;
  /** Holds when the content has one of these NOEMIE entities. */
  readonly content_has_entities?: readonly string[];
  /** Content type of the whole mail. */
  readonly content_type?: string;
  readonly always?: true;
}

export interface ReturnRule {
  readonly when: ReturnTest;
  readonly kind: 'ARL' | 'RSP' | 'DELIVERY_REPORT' | 'UNKNOWN';
}

export interface TransportProfile {
  readonly profile_id: string;
  readonly profile_version: string;
  readonly valid_from: LocalDate;
  readonly valid_to: LocalDate;
  readonly marking: Marking;
  /** True: not approved; nothing real may be sent with it. */
  readonly provisional: boolean;
  /** What new lots are written in; `b2-ps-base` when the file does not say. */
  readonly b2_version: WrittenB2Version;
  readonly sender: { readonly type: string; readonly number_template: string; readonly from: string; readonly return_mailbox: string };
  readonly routes: Readonly<Record<'direct' | 'oct', { readonly smtp: 'main'; readonly to_template: string }>>;
  readonly smtp: { readonly main: ProfileSmtp };
  readonly pop3: { readonly main: ProfilePop3 };
  readonly subject: { readonly template: string; readonly version: string; readonly invoice_count_min: number };
  readonly compostage: { readonly template: string; readonly counter_max: number };
  readonly inner_part: {
    readonly content_type: string;
    readonly line_length: number;
    readonly description: Readonly<Record<Marking, string>>;
    readonly compressed_suffix: string;
  };
  readonly compression: { readonly kind: 'gzip' | 'none'; readonly level: number };
  readonly encryption: {
    readonly kind: 'none' | 'smime-enveloped';
    /** False: a T or D file for a payer without certificate may leave in clear, to a loopback server only. */
    readonly required: boolean;
    readonly cipher: 'aes-128-cbc' | 'aes-256-cbc' | 'des-ede3-cbc';
    readonly outer_shape: 'pkcs7-mime-top-level' | 'multipart-mixed';
    readonly repeat_description_outside: boolean;
    readonly extra_headers: readonly { readonly name: string; readonly value: string }[];
  };
  readonly certificates: { readonly path: string; readonly warn_days: readonly number[] };
  readonly limits: {
    readonly max_lots_per_file: number;
    readonly max_records_per_file: number;
    readonly max_message_bytes: number;
    readonly max_lot_age_days: number;
    readonly max_post_dated_days: number;
  };
  readonly retry: {
    readonly first_ms: number;
    readonly factor: number;
    readonly max_ms: number;
    /** How long an ARL is awaited before what may have arrived may leave again. */
    readonly uncertain_min_wait_hours: number;
    /** True: what is in doubt leaves again once by itself after that time; false: only by a person's decision. */
    readonly uncertain_auto_resend: boolean;
  };
  readonly ack: { readonly expected: boolean; readonly warn_after_jours_ouvres: number; readonly escalate_after_jours_ouvres: number };
  readonly returns: {
    readonly poll_before_send: boolean;
    readonly poll_every_minutes: number;
    readonly part_content_type: string;
    /** Most bytes a return may take once decompressed. */
    readonly max_content_bytes: number;
    readonly classify: readonly ReturnRule[];
  };
  readonly brake: {
    readonly same_code_lots: number;
    readonly same_code_payers: number;
    readonly window_hours: number;
    readonly no_ack_any_payer: boolean;
  };
}

const ajv = addFormats(new Ajv({ allErrors: false, allowUnionTypes: true }));
/** As the schema lets it through: the version may be one that is not written. */
type ProfileFile = Omit<TransportProfile, 'b2_version'> & { readonly b2_version?: string };
const isProfile = ajv.compile<ProfileFile>(TRANSPORT_PROFILE_SCHEMA);

/** Fields of our own that a profile may leave out. */
const DEFAULTS = { b2_version: 'b2-ps-base', encryption: { required: false }, returns: { max_content_bytes: 16 * 1024 * 1024 } } as const;

/** Errors: TRA-037 for the variant of the establishments, TRA-038 for a version nobody knows. */
function writtenVersion(named: string): WrittenB2Version {
  const version = WRITTEN_B2_VERSIONS.find((one) => one === named);
  if (version === undefined) throw new VitaleError(named === 'b2-cp' ? 'TRA-037' : 'TRA-038', { version: named });
  return version;
}

/**
 * Reads a profile from its JSON text.
 * Errors: TRA-019 naming the faulty place; LOT-012 for a real profile that is not approved; TRA-037, TRA-038 for a version of B2 that is not written.
 */
export function parseTransportProfile(json: string): TransportProfile {
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch (cause) {
    throw new VitaleError('TRA-019', { detail: 'JSON' }, { cause });
  }
  if (!isProfile(document)) {
    const [fault] = isProfile.errors ?? [];
    throw new VitaleError('TRA-019', {
      detail: fault === undefined ? 'JSON' : `${fault.instancePath || '/'} ${fault.message ?? ''}`.trim(),
    });
  }
  if (document.valid_to < document.valid_from) throw new VitaleError('TRA-019', { detail: '/valid_to' });
  if (document.marking === 'R' && document.provisional) throw new VitaleError('LOT-012');
  return {
    ...document,
    b2_version: writtenVersion(document.b2_version ?? DEFAULTS.b2_version),
    encryption: { ...DEFAULTS.encryption, ...document.encryption },
    returns: { ...DEFAULTS.returns, ...document.returns },
  };
}

/** Reads a profile file. Errors: TRA-019 (file unreadable, wrong content), LOT-012, TRA-037, TRA-038. */
export async function loadTransportProfile(file: string): Promise<TransportProfile> {
  let json: string;
  try {
    json = await readFile(file, 'utf8');
  } catch (cause) {
    throw new VitaleError('TRA-019', { detail: 'fichier illisible' }, { cause });
  }
  return parseTransportProfile(json);
}

/**
 * Refuses a profile that is expired, not yet valid, or not made for this kind of practice.
 * @param today calendar date of legal time. Errors: TRA-019, LOT-012 (real sending with a test profile), LOT-013 (the reverse).
 */
export function assertProfileUsable(profile: TransportProfile, today: LocalDate, mode: PracticeMode): void {
  if (today < profile.valid_from) throw new VitaleError('TRA-019', { detail: `valable à partir du ${profile.valid_from}` });
  if (today > profile.valid_to) throw new VitaleError('TRA-019', { detail: `périmé depuis le ${profile.valid_to}` });
  if (mode === 'reel' && (profile.marking !== 'R' || profile.provisional)) throw new VitaleError('LOT-012');
  if (mode !== 'reel' && profile.marking === 'R') throw new VitaleError('LOT-013');
}

/** Refuses a file whose marking this profile may not carry: real files need a real, approved profile, and the reverse. Errors: LOT-012, LOT-013. */
export function assertMarkingAllowed(profile: Pick<TransportProfile, 'marking' | 'provisional'>, marking: Marking): void {
  if (marking === 'R' && (profile.marking !== 'R' || profile.provisional)) throw new VitaleError('LOT-012');
  if (marking !== 'R' && profile.marking === 'R') throw new VitaleError('LOT-013');
}
