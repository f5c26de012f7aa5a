/** Names inside the data folder. */
export const LOG_FOLDER = 'journaux';
/** What the flight recorder held when a program crashed last, in {@link LOG_FOLDER}. */
export const CRASH_FILE = 'boite-noire.jsonl';
