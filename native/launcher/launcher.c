/* vitale.exe and installer.exe: start a program of the version that is installed (`module.json` beside them says which; without it they lie in the version themselves) with the
 * Node.js of that version, hand the arguments, the console and the exit code through, and nothing else. */
#include <stdbool.h>
#include <stdio.h>
#include <wchar.h>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "installed.h"

enum { ROOM = 32767, NO_START = 2 };

static const wchar_t NODE[] = L"node.exe";
static const wchar_t PROGRAM[] = L"dist\\composition\\" LAUNCHES L"\\main.js";

/* The folder of this program with its last backslash; false when the name is longer than Windows allows. */
static bool own_folder(wchar_t *folder) {
  const DWORD length = GetModuleFileNameW(NULL, folder, ROOM);
  wchar_t *last = length == 0 || length >= ROOM ? NULL : wcsrchr(folder, L'\\');
  if (last == NULL) return false;
  last[1] = L'\0';
  return true;
}

/* What stands behind the first word of our own command line, as it was written. */
static const wchar_t *arguments(void) {
  const wchar_t *at = GetCommandLineW();
  bool quoted = false;
  for (; *at != L'\0' && (quoted || (*at != L' ' && *at != L'\t')); at++) {
    if (*at == L'"') quoted = !quoted;
  }
  return at;
}

/* Ctrl-C is for the program, which ends in its own time; this one waits for it. */
static BOOL WINAPI leave_to_program(DWORD event) {
  return event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT;
}

int main(void) {
  static wchar_t folder[ROOM];
  static wchar_t command[ROOM];
  STARTUPINFOW startup = {.cb = sizeof startup};
  PROCESS_INFORMATION made;
  DWORD code = NO_START;
  if (!own_folder(folder) || !enter_version(folder, ROOM)) return NO_START;
  if (_snwprintf(command, ROOM - 1, L"\"%ls%ls\" \"%ls%ls\"%ls", folder, NODE, folder, PROGRAM, arguments()) < 0) return NO_START;
  SetConsoleCtrlHandler(leave_to_program, TRUE);
  if (!CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &made)) return NO_START;
  CloseHandle(made.hThread);
  WaitForSingleObject(made.hProcess, INFINITE);
  GetExitCodeProcess(made.hProcess, &code);
  CloseHandle(made.hProcess);
  return (int)code;
}
