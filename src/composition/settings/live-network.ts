/** The network adapters of an open practice, made anew when its mail servers are others. */
import type { MailCollector, MailSender, MessageBuilder } from '../../teletrans/network/port';
import type { Network } from '../../teletrans/network/registration';

export class LiveNetwork {
  readonly sender: MailSender = { send: (message, onPhase) => this.now.sender.send(message, onPhase) };
  readonly collector: MailCollector = { collect: (take) => this.now.collector.collect(take) };
  readonly builder: MessageBuilder = { build: (parts) => this.now.builder.build(parts) };

  /** @param make the adapters for the servers as they are then. */
  constructor(
    private now: Network,
    private readonly make: () => Network,
  ) {}

  /** Takes the servers as they are now; what is under way goes on with those it began with. */
  renew(): void {
    this.now = this.make();
  }
}
