/** The far side of a world (world.ts): runs scenarios as standard input names them; ends by itself once that is closed. */
import { createInterface } from 'node:readline';

export async function serve<R extends { end(): Promise<void> }>(
  make: () => Promise<R>,
  scenarios: Readonly<Record<string, (rig: R) => Promise<unknown>>>,
): Promise<void> {
  const rig = await make();
  for await (const line of createInterface(process.stdin)) {
    const { scenario } = JSON.parse(line) as { readonly scenario: string };
    const answer = await (scenarios[scenario] ?? (() => Promise.reject(new Error('no such scenario'))))(rig).then(
      (result) => ({ result }),
      (error: unknown) => ({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  await rig.end();
}
