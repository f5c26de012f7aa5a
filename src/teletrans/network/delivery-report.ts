/** The facts of a delivery report (RFC 3464): evidence for the journal, never a state by itself (spec/transport.md § 5.3). Pure. */
export interface DeliveryReport {
  /** What the server says it did with the message; null when the report gives none of the words of RFC 3464 § 2.3.3. */
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | null;
  /** Enhanced status code, `5.1.1`; null when the report gives none. */
  readonly status: string | null;
  readonly recipient: string | null;
  /** With its angle brackets. */
  readonly originalMessageId: string | null;
}

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;

/** The value of a field, its folded lines joined. */
function field(block: string, name: string): string | null {
  const found = new RegExp(`^${name}:[ \\t]*(.*(?:\\r?\\n[ \\t]+.*)*)`, 'im').exec(block);
  return (
    found?.[1]
      ?.replace(/\r?\n[ \t]+/g, ' ')
      .trim()
      .slice(0, 320) ?? null
  );
}

/**
 * @param status text of the message/delivery-status part; null when the report has none.
 * @param original the returned message or its headers; null when the report has none.
 */
export function readDeliveryReport(status: string | null, original: string | null): DeliveryReport {
  const code = status === null ? null : field(status, 'Status');
  const action = status === null ? null : field(status, 'Action')?.toLowerCase();
  const recipient = status === null ? null : (field(status, 'Final-Recipient') ?? field(status, 'Original-Recipient'));
  const head = original === null ? null : (original.split(/\r?\n\r?\n/)[0] ?? null);
  const id = head === null ? null : field(head, 'Message-ID');
  return {
    action: ACTIONS.find((known) => known === action) ?? null,
    status: code === null ? null : (/^[245]\.\d{1,3}\.\d{1,3}/.exec(code)?.[0] ?? null),
    recipient: recipient === null ? null : recipient.replace(/^[^;]*;\s*/, ''),
    originalMessageId: id === null ? null : (/<[^<>\s]+>/.exec(id)?.[0] ?? null),
  };
}
