/** Names in the folder a practice installs into (docs/windows.md). */
export const LAYOUT = {
  /** Which version runs; what the host and the programs below read. */
  pointer: 'module.json',
  versions: 'versions',
  /** One installer at a time. */
  lock: 'installation.lock',
  /** The sum of every file of a package, and of the version it becomes. */
  sums: 'SHA256SUMS.txt',
} as const;

/** They stay in the installation's own folder and start the version the pointer names. */
export const LAUNCHERS = ['vitale.exe', 'installer.exe'] as const;

/** What of a version a running program holds: its Node.js, the libraries for the host and for itself, its way to functions of Windows. */
export const HELD_WHILE_RUNNING = [
  'node.exe',
  'bridge/x86/logosw_addin.dll',
  'bridge/x64/logosw_addin.dll',
  'node_modules/@koromix/koffi-win32-x64/win32_x64/koffi.node',
] as const;

/** A folder of a version that is not whole yet, or no longer; nobody runs it, and the next installer takes it away. */
export const IN_PROGRESS = '.en-cours-';
export const TO_REMOVE = '.a-effacer-';
