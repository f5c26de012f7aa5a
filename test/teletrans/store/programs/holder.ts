/** Takes the transmission lock, prints `held`, and keeps it until it is killed. Prints the error's code when refused. Argument: data folder. */
import { isVitaleError } from '../../../../src/teletrans/domain/errors';
import { openStorage } from '../../../../src/teletrans/store/open';

async function main(folder: string): Promise<void> {
  const { lock } = await openStorage(folder);
  await lock.hold(async () => {
    process.stdout.write('held\n');
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  });
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stdout.write(isVitaleError(error) ? `${error.code}\n` : 'unexpected\n');
  process.exit(1);
});
