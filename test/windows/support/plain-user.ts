/**
 * A user of the Windows of this machine who may write in the own profile and nowhere else: the folder of Windows and that of the program belong to another one. Where the
 * tests run as root it is another user of the machine (`nobody`), else the same one, from whom the right to write is taken.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { WINE_PREFIX, WINE_RUN } from './wine';

const OTHER = 'nobody';
const AS_OTHER = ['setpriv', `--reuid=${OTHER}`, '--clear-groups'] as const;
/** For a project that lies in a folder closed to others: this user may then read everywhere, and write no more than before. */
const READING_EVERYWHERE = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'] as const;

function wordsOfOther(): readonly string[] {
  const [command, ...words] = AS_OTHER;
  return spawnSync(command, [...words, 'test', '-x', WINE_RUN]).status === 0 ? AS_OTHER : [...AS_OTHER, ...READING_EVERYWHERE];
}

/** Where anybody may write. */
const OPEN_FOLDERS = ['/tmp', '/var/tmp', '/dev/shm'];

export class PlainUser {
  private readonly place = mkdtempSync(join(tmpdir(), 'vitale-profil-'));
  private readonly stamp = join(this.place, 'begun');
  private readonly isOther = process.getuid?.() === 0;
  private readonly name = this.isOther ? OTHER : userInfo().username;
  /** Put before the words of a program, makes it this user's. */
  readonly command: readonly string[] = this.isOther ? wordsOfOther() : [];
  /** As this machine names it. */
  readonly localData = join(this.place, 'prefix/drive_c/users', this.name, 'AppData/Local');
  readonly environment: NodeJS.ProcessEnv = {
    ...process.env,
    WINEPREFIX: join(this.place, 'prefix'),
    HOME: this.place,
    TEMP: `C:\\users\\${this.name}\\AppData\\Local\\Temp`,
    TMP: `C:\\users\\${this.name}\\AppData\\Local\\Temp`,
  };

  /** @param program the folder of the program, in which this user may not write. */
  constructor(private readonly program: string) {
    const prefix = join(this.place, 'prefix');
    mkdirSync(join(this.localData, 'Temp'), { recursive: true });
    for (const name of ['system.reg', 'user.reg', 'userdef.reg', '.update-timestamp', 'dosdevices'])
      cpSync(join(WINE_PREFIX, name), join(prefix, name), { recursive: true, verbatimSymlinks: true });
    mkdirSync(join(prefix, 'drive_c/ProgramData'));
    symlinkSync(join(WINE_PREFIX, 'drive_c/windows'), join(prefix, 'drive_c/windows'));
    writeFileSync(this.stamp, '');
    // A file that is written in the same instant counts.
    utimesSync(this.stamp, new Date(), new Date(Date.now() - 1000));
    this.own();
    if (this.isOther) chmodSync(this.place, 0o755);
    else execFileSync('chmod', ['-R', 'a-w', this.program]);
  }

  /** Makes what was put into the profile this user's. */
  own(): void {
    if (this.isOther) execFileSync('chown', ['-R', '-h', OTHER, this.place]);
  }

  /** What this user wrote outside the own profile; Wine's own socket aside. */
  writtenElsewhere(): readonly string[] {
    const words = ['-user', this.name, '-newer', this.stamp, '-not', '-path', `${this.place}/*`, '-not', '-path', this.place];
    const { stdout } = spawnSync('find', [...OPEN_FOLDERS, this.program, ...words], { encoding: 'utf8' });
    const found = stdout.split('\n').filter((line) => line !== '' && !/^\/tmp\/(\.wine-\d+|wine-[A-Za-z0-9]{6})(\/|$)/.test(line));
    return this.isOther ? found : found.filter((line) => line.startsWith(this.program));
  }

  remove(): void {
    spawnSync(WINE_RUN, ['--stop'], { env: this.environment });
    if (!this.isOther) execFileSync('chmod', ['-R', 'u+w', this.program]);
    rmSync(this.place, { recursive: true, force: true });
  }
}

/** Every file and folder with its size and time: two of these are equal when nothing was written. */
export const treeOf = (folder: string): string =>
  execFileSync('find', [folder, '-printf', '%P %s %T@ %m\\n'], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\n')
    .sort()
    .join('\n');
