/** Turns whatever a handler threw into what a person can read. No text of an error object and no stack ever leaves. */
import type { Teletrans } from '../../application/port';
import { codeField, type Uuid } from '../../diagnostics/log-values';
import type { Logger } from '../../diagnostics/logger';
import { isVitaleError } from '../../domain/errors';
import type { ApiError } from '../protocol';
import { REFUSALS, RequestRefused, type Refusal } from './refusals';

export interface ErrorReplyDependencies {
  readonly teletrans: Pick<Teletrans, 'explain'>;
  readonly logger: Logger;
  /** A reference a person can read out to the support. */
  readonly newId: () => Uuid;
}

/** Errors of the HTTP layer that have a refusal of their own; all others below 500 are a badly formed request. */
const BY_STATUS: Readonly<Record<number, Refusal>> = {
  404: REFUSALS.notFound,
  413: REFUSALS.tooLarge,
  415: REFUSALS.mediaType,
};

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null;
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : null;
}

export class ErrorReply {
  constructor(private readonly dependencies: ErrorReplyDependencies) {}

  /** Status and body of the answer to a failed request. */
  of(error: unknown): { readonly status: number; readonly body: ApiError } {
    if (error instanceof RequestRefused) return this.refusal(REFUSALS[error.refusal]);
    if (isVitaleError(error)) return { status: 409, body: this.explain(error) };
    const status = statusOf(error);
    if (status === null) return { status: 500, body: this.explain(error) };
    return this.refusal(BY_STATUS[status] ?? REFUSALS.body);
  }

  /** Status and body of a request that is not taken. */
  refusal({ status, code }: Refusal): { readonly status: number; readonly body: ApiError } {
    return { status, body: this.body(this.dependencies.teletrans.explain({ code, details: {} })) };
  }

  /** The sentence of an error of the product; an unexpected one is logged under the reference it shows. */
  explain(error: unknown): ApiError {
    const { teletrans, logger, newId } = this.dependencies;
    if (isVitaleError(error)) {
      logger.log('info', 'window.refused', codeField(error.code));
      return this.body(teletrans.explain({ code: error.code, details: error.details }));
    }
    const id = newId();
    logger.log('error', 'window.unexpected', { id, ...codeField('HOT-999'), error });
    return this.body(teletrans.explain({ code: 'HOT-999', details: { id } }));
  }

  private body({ code, message, action }: ApiError): ApiError {
    return { code, message, action };
  }
}
