/**
 * The first import of both programs: the flight recorder runs before anything else is loaded, and a crash leaves what it recorded. What a crash says of itself is
 * its place in the program, never its message, which may quote a document.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FlightRecorder } from '../teletrans/diagnostics/flight-recorder';
import { logEntry } from '../teletrans/diagnostics/log-entry';
import { millisecondsOf } from '../teletrans/diagnostics/log-values';
import { CRASH_FILE, LOG_FOLDER } from '../teletrans/diagnostics/places';

/** The recorder of this process. */
export const processRecorder = new FlightRecorder();

processRecorder.record(logEntry(new Date(), 'info', 'program.started', { ms: millisecondsOf(performance.now()) }), false);

/** Written when nothing catches an error: standard error gets the reference of the catalogue, the folder of logs the recorder. */
export function reportCrashes(dataFolder: () => string): void {
  const crash = (error: unknown): never => {
    processRecorder.record(logEntry(new Date(), 'error', 'program.crashed', { error }), false);
    try {
      writeFileSync(join(dataFolder(), LOG_FOLDER, CRASH_FILE), `${processRecorder.lines().join('\n')}\n`, { mode: 0o600 });
    } catch {
      // No folder, no place: the crash must still end as one.
    }
    process.stderr.write(
      'Erreur inattendue : le programme s’arrête. Rien n’est perdu ; ce qui était en cours est repris au prochain démarrage. (HOT-999)\n',
    );
    process.exit(EXIT_OF_CRASH);
  };
  process.on('uncaughtException', crash);
}

/** As Node itself ends on an error nobody catches. */
const EXIT_OF_CRASH = 1;
