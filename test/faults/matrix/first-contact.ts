/** Tells when the program first turns to the sending server. Imported before anything that changes the sender. */
import { SmtpSender } from '../../../src/teletrans/network/smtp-sender';

let listener: () => void = () => undefined;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this`
const { send } = SmtpSender.prototype;

SmtpSender.prototype.send = function told(this: SmtpSender, ...call): ReturnType<typeof send> {
  listener();
  return send.apply(this, call);
};

export function onSend(listen: () => void): void {
  listener = listen;
}
