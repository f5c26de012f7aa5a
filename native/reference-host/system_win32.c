/* Windows hands texts over in UTF-16; here they are UTF-8 everywhere else. */
#include "system.h"

#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <shellapi.h>

#include "wide.h"

char **system_begin(int count, char **values) {
  int wide_count = 0;
  wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), &wide_count);
  char **result = wide == NULL || wide_count != count ? NULL : calloc((size_t)count + 1, sizeof *result);
  for (int i = 0; result != NULL && i < count; i++) {
    result[i] = narrow(wide[i]);
    if (result[i] == NULL) result[i] = values[i];
  }
  if (wide != NULL) LocalFree(wide);
  /* A program with a window may have neither. */
  if (_fileno(stdout) >= 0) _setmode(_fileno(stdout), _O_BINARY);
  if (_fileno(stdin) >= 0) _setmode(_fileno(stdin), _O_BINARY);
  return result == NULL ? values : result;
}

static FILE *open_file(const char *path, const wchar_t *mode) {
  wchar_t *wide = widen(path);
  FILE *file = wide == NULL ? NULL : _wfopen(wide, mode);
  free(wide);
  return file;
}

FILE *system_open_to_read(const char *path) {
  return open_file(path, L"rb");
}

FILE *system_open_to_write(const char *path) {
  return open_file(path, L"wb");
}

/* The folder inherits the rights of the one above, which is in the user's own profile. */
bool system_make_folder(const char *path) {
  wchar_t *wide = widen(path);
  const bool good = wide != NULL && (CreateDirectoryW(wide, NULL) || GetLastError() == ERROR_ALREADY_EXISTS);
  free(wide);
  return good;
}

bool system_remove(const char *path) {
  wchar_t *wide = widen(path);
  const bool good = wide != NULL && DeleteFileW(wide);
  free(wide);
  return good;
}

static bool write_flushed(const wchar_t *path, const char *bytes, size_t size) {
  DWORD written = 0;
  const HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
  if (file == INVALID_HANDLE_VALUE) return false;
  const bool good = WriteFile(file, bytes, (DWORD)size, &written, NULL) && written == size && FlushFileBuffers(file);
  return CloseHandle(file) && good;
}

/* MOVEFILE_WRITE_THROUGH returns once the rename itself is on the disk. */
bool system_store(const char *folder, const char *path, const char *beside, const char *bytes, size_t size) {
  wchar_t *to = widen(path);
  wchar_t *from = widen(beside);
  (void)folder;
  const bool good =
      to != NULL && from != NULL && write_flushed(from, bytes, size) && MoveFileExW(from, to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH);
  free(from);
  free(to);
  return good;
}

bool system_each_name(const char *folder, system_visitor visit, void *context) {
  const size_t length = strlen(folder);
  char *pattern = malloc(length + 3);
  wchar_t *wide = NULL;
  WIN32_FIND_DATAW found;
  bool good = true;
  if (pattern == NULL) return false;
  memcpy(pattern, folder, length);
  memcpy(pattern + length, "/*", 3);
  wide = widen(pattern);
  free(pattern);
  const HANDLE search = wide == NULL ? INVALID_HANDLE_VALUE : FindFirstFileW(wide, &found);
  free(wide);
  if (search == INVALID_HANDLE_VALUE) return false;
  do {
    char *name = narrow(found.cFileName);
    good = name != NULL && visit(context, name);
    free(name);
  } while (good && FindNextFileW(search, &found));
  FindClose(search);
  return good;
}

int64_t system_now(int *ms) {
  static const uint64_t UNIX_EPOCH = 116444736000000000u; /* in units of 100 ns since 1601 */
  FILETIME stamp;
  GetSystemTimeAsFileTime(&stamp);
  const uint64_t since = (((uint64_t)stamp.dwHighDateTime << 32) | stamp.dwLowDateTime) - UNIX_EPOCH;
  *ms = (int)(since / 10000 % 1000);
  return (int64_t)(since / 10000000);
}

bool system_local_time(int64_t at, struct tm *parts, int *minutes_ahead) {
  const struct tm *local = _localtime64(&at);
  if (local == NULL) return false;
  *parts = *local;
  struct tm same = *local;
  *minutes_ahead = (int)((_mkgmtime64(&same) - at) / 60);
  return true;
}
