import { hookType, runAddin } from 'logosw-addin-api';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

const parcelStored = hookType<{ id: string }, { shelf: string }>('invoice.stored');
const book = join(__dirname, 'book.txt');
let count = 0;

void runAddin({
  addinFolder: __dirname,
  addin: {
    activate({ commands, hooks, host, subscriptions }) {
      subscriptions.add(
        hooks.register(parcelStored, async (parcel) => {
          appendFileSync(book, `${parcel.id}\n`);
          const shelf = `A${++count}`;
          await host.setBadge({ command: 'sample.count', text: String(count), severity: 'normal' });
          return { shelf };
        }),
      );
      subscriptions.add(commands.register('sample.count', async () => ({ count })));
    },
  },
});
