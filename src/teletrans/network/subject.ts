/** The texts a message is known by: subject, compostage, sender number, mailbox (spec/transport.md §§ 1.5 and 3). */
import { VitaleError } from '../domain/errors';
import { renderTemplate } from './template';
import type { TransportProfile } from './transport-profile';

/** What the subject of a message says. */
export interface SubjectFields {
  /** Sender number of the file, at most 14 digits. */
  readonly senderNumber: string;
  /** 19 digits. */
  readonly compostage: string;
  readonly invoices: number;
}

/** The profile's templates, ready to be filled. */
export interface MessageNames {
  /** Errors: TRA-019 when a value does not fit its place or has fewer invoices than the profile allows. */
  subject(fields: SubjectFields): string;
  /** 19 digits: legal time on 14 and the persisted counter on 5. */
  compostage(now: Date, counter: number): string;
  /** Number of the sender in B2 000: 6-19. */
  senderNumber(billingNumber: string): string;
  /** Mailbox of a recipient whose routing row gives none. */
  mailbox(route: 'direct' | 'oct', regime: string, body: string): string;
}

export function createMessageNames(profile: Pick<TransportProfile, 'subject' | 'compostage' | 'sender' | 'routes'>): MessageNames {
  return {
    subject: ({ senderNumber, compostage, invoices }) => {
      if (!Number.isSafeInteger(invoices) || invoices < profile.subject.invoice_count_min) {
        throw new VitaleError('TRA-019', { detail: 'subject.invoice_count_min' });
      }
      return renderTemplate(profile.subject.template, { version: profile.subject.version, sender: senderNumber, compostage, invoices });
    },
    compostage: (now, counter) => {
      if (!Number.isSafeInteger(counter) || counter < 0 || counter > profile.compostage.counter_max) {
        throw new VitaleError('TRA-019', { detail: 'compostage.counter_max' });
      }
      return renderTemplate(profile.compostage.template, { now, counter });
    },
    senderNumber: (billingNumber) => renderTemplate(profile.sender.number_template, { ps_billing_no: billingNumber }),
    mailbox: (route, regime, body) => renderTemplate(profile.routes[route].to_template, { regime, body_mail: body }),
  };
}
