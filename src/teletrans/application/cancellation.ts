/**
 * A person's wish to stop a transmission they have just started. It can be granted until the card seals: what was numbered stays numbered, what was fetched stays fetched,
 * and nothing has left. From the first seal on a transmission goes on to its end.
 */
import { VitaleError } from '../domain/errors';

export class Cancellation {
  private state: 'open' | 'asked' | 'too-late' = 'open';

  /** A person has asked for it and may still be granted it. */
  get asked(): boolean {
    return this.state === 'asked';
  }

  /** Errors: TRA-044 once sealing has begun. */
  ask(): void {
    if (this.state === 'too-late') throw new VitaleError('TRA-044');
    this.state = 'asked';
  }

  /** Called by the transmission wherever stopping leaves everything whole. Errors: TRA-043 when it was asked for. */
  stopIfAsked(): void {
    if (this.state === 'asked') throw new VitaleError('TRA-043');
  }

  /** Called by the transmission when it seals or sends from now on. Errors: TRA-043 when cancelling was asked for before. */
  passPointOfNoReturn(): void {
    this.stopIfAsked();
    this.state = 'too-late';
  }
}
