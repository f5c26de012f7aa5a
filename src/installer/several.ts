/** How many files are read or written at a time: a disk that is asked for one alone mostly waits. */
const AT_A_TIME = 8;

/** Does `work` with each, several at a time. After an error nothing new is begun, and nothing is under way any more when it is thrown. */
export async function withEach<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_A_TIME) {
    const ends = await Promise.allSettled(items.slice(at, at + AT_A_TIME).map(work));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }
}
