/* The add-in's process on Windows: its standard input is a pipe of its own, no other handle of the host is inherited. */
#include "platform.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "logosw_addin.h"

enum { COMMAND_LINE = 32767, TERMINATED = 1 };

/* UTF-8 to UTF-16, for free(). */
static wchar_t *widen(const char *text) {
  const int room = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
  wchar_t *wide = room <= 0 ? NULL : malloc((size_t)room * sizeof *wide);
  if (wide != NULL) MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, wide, room);
  return wide;
}

typedef struct line {
  wchar_t *text;
  size_t used;
  bool full;
} line;

static void put(line *self, wchar_t character, size_t times) {
  for (; times > 0; times--) {
    if (self->used + 1 >= COMMAND_LINE) {
      self->full = true;
      return;
    }
    self->text[self->used++] = character;
  }
}

/* Quoted as the C run-time library of the other program reads it: backslashes count only before a quote. */
static void put_argument(line *self, const wchar_t *argument) {
  size_t slashes = 0;
  if (self->used > 0) put(self, L' ', 1);
  put(self, L'"', 1);
  for (; *argument != L'\0'; argument++) {
    if (*argument == L'\\') {
      slashes++;
      continue;
    }
    put(self, L'\\', *argument == L'"' ? 2 * slashes + 1 : slashes);
    slashes = 0;
    put(self, *argument, 1);
  }
  put(self, L'\\', 2 * slashes);
  put(self, L'"', 1);
}

static wchar_t *command_line(const plat_start *start) {
  line result = {.text = malloc(COMMAND_LINE * sizeof(wchar_t))};
  if (result.text == NULL) return NULL;
  for (uint32_t i = 0; i <= start->argument_count && !result.full; i++) {
    wchar_t *argument = widen(i == 0 ? start->program : start->arguments[i - 1]);
    if (argument == NULL) result.full = true;
    else put_argument(&result, argument);
    free(argument);
  }
  if (result.full) {
    free(result.text);
    return NULL;
  }
  result.text[result.used] = L'\0';
  return result.text;
}

/* Where the add-in's output goes: the host's standard error, or nowhere. An inheritable handle of its own. */
static HANDLE output_handle(bool discard) {
  SECURITY_ATTRIBUTES inherited = {.nLength = sizeof inherited, .bInheritHandle = TRUE};
  HANDLE result = NULL;
  const HANDLE own = GetStdHandle(STD_ERROR_HANDLE);
  if (!discard && own != NULL && own != INVALID_HANDLE_VALUE &&
      DuplicateHandle(GetCurrentProcess(), own, GetCurrentProcess(), &result, 0, TRUE, DUPLICATE_SAME_ACCESS)) {
    return result;
  }
  return CreateFileW(L"NUL", GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING, 0, NULL);
}

/* Starts the process with exactly these handles inherited. */
static bool create(wchar_t *command, const wchar_t *folder, HANDLE input, HANDLE output, PROCESS_INFORMATION *made) {
  STARTUPINFOEXW startup;
  HANDLE handles[2] = {input, output};
  SIZE_T size = 0;
  bool good;
  memset(&startup, 0, sizeof startup);
  startup.StartupInfo.cb = sizeof startup;
  startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  startup.StartupInfo.hStdInput = input;
  startup.StartupInfo.hStdOutput = output;
  startup.StartupInfo.hStdError = output;
  InitializeProcThreadAttributeList(NULL, 1, 0, &size);
  startup.lpAttributeList = malloc(size);
  if (startup.lpAttributeList == NULL) return false;
  good = InitializeProcThreadAttributeList(startup.lpAttributeList, 1, 0, &size) != 0;
  if (good) {
    good = UpdateProcThreadAttribute(startup.lpAttributeList, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles, sizeof handles, NULL, NULL) != 0 &&
           CreateProcessW(NULL, command, NULL, NULL, TRUE, CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP | EXTENDED_STARTUPINFO_PRESENT, NULL, folder,
                          &startup.StartupInfo, made) != 0;
    DeleteProcThreadAttributeList(startup.lpAttributeList);
  }
  free(startup.lpAttributeList);
  return good;
}

int32_t plat_process_start(const plat_start *start, plat_process *process) {
  SECURITY_ATTRIBUTES inherited = {.nLength = sizeof inherited, .bInheritHandle = TRUE};
  PROCESS_INFORMATION made;
  HANDLE read_end = NULL;
  HANDLE write_end = NULL;
  DWORD written = 0;
  int32_t result = LOGOSW_E_START;
  wchar_t *command = command_line(start);
  wchar_t *folder = widen(start->folder);
  const HANDLE output = output_handle(start->discard_output);
  /* The buffer of the pipe holds the whole line: writing it never waits for the reader. */
  const bool piped = CreatePipe(&read_end, &write_end, &inherited, (DWORD)start->input_size + 4096) != 0 &&
                     SetHandleInformation(write_end, HANDLE_FLAG_INHERIT, 0) != 0 &&
                     WriteFile(write_end, start->input, (DWORD)start->input_size, &written, NULL) && written == start->input_size;
  if (piped && command != NULL && folder != NULL && output != INVALID_HANDLE_VALUE && create(command, folder, read_end, output, &made)) {
    CloseHandle(made.hThread);
    process->handle = made.hProcess;
    process->id = made.dwProcessId;
    result = LOGOSW_OK;
  }
  if (read_end != NULL) CloseHandle(read_end);
  if (write_end != NULL) CloseHandle(write_end);
  if (output != INVALID_HANDLE_VALUE) CloseHandle(output);
  free(command);
  free(folder);
  return result;
}

plat_exit plat_process_poll(plat_process *process) {
  plat_exit result = {.ended = false, .code = -1, .signal = 0};
  DWORD code = 0;
  if (WaitForSingleObject(process->handle, 0) != WAIT_OBJECT_0) return result;
  result.ended = true;
  if (GetExitCodeProcess(process->handle, &code)) memcpy(&result.code, &code, sizeof result.code);
  return result;
}

/* Windows has no polite signal for a process without a window: closing the pipe was the request, this is the end. */
void plat_process_terminate(plat_process *process) {
  TerminateProcess(process->handle, TERMINATED);
}

void plat_process_kill(plat_process *process) {
  TerminateProcess(process->handle, TERMINATED);
}

void plat_process_release(plat_process *process) {
  if (process->handle != NULL) CloseHandle(process->handle);
  process->handle = NULL;
}

uint64_t plat_process_id(const plat_process *process) {
  return process->id;
}
