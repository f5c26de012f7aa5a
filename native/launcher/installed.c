#include "installed.h"

#include <stdlib.h>
#include <string.h>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "json.h"

enum { MAX_POINTER = 64 * 1024 };

static const wchar_t POINTER[] = L"module.json";

/* The whole file, without a zero behind it; null when it cannot be read, or is longer than any pointer. */
static char *read_whole(HANDLE file, DWORD *size) {
  char *text = malloc(MAX_POINTER);
  if (text != NULL && ReadFile(file, text, MAX_POINTER, size, NULL) && *size < MAX_POINTER) return text;
  free(text);
  return NULL;
}

/* `versions/<name>`: of plain signs, so that it leads nowhere else. */
static bool is_version(const char *path) {
  static const char START[] = "versions/";
  static const char SIGNS[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.+-";
  const size_t start = sizeof START - 1;
  return strncmp(path, START, start) == 0 && path[start] != '\0' && path[start] != '.' && path[start + strspn(path + start, SIGNS)] == '\0';
}

static bool append(wchar_t *folder, size_t room, const char *path) {
  const size_t used = wcslen(folder);
  if (used + strlen(path) + 2 > room) return false;
  wchar_t *at = folder + used;
  for (; *path != '\0'; path++) *at++ = *path == '/' ? L'\\' : (wchar_t)(unsigned char)*path;
  at[0] = L'\\';
  at[1] = L'\0';
  return true;
}

bool enter_version(wchar_t *folder, size_t room) {
  const size_t used = wcslen(folder);
  if (used + wcslen(POINTER) + 1 > room) return false;
  wcscpy(folder + used, POINTER);
  HANDLE file = CreateFileW(folder, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
  const DWORD problem = file == INVALID_HANDLE_VALUE ? GetLastError() : ERROR_SUCCESS;
  folder[used] = L'\0';
  if (file == INVALID_HANDLE_VALUE) return problem == ERROR_FILE_NOT_FOUND;

  DWORD size = 0;
  json_doc doc = {.text = NULL};
  char *text = read_whole(file, &size);
  char *version = text != NULL && json_parse(&doc, text, size) ? json_text(&doc, json_get(&doc, 0, "folder")) : NULL;
  const bool good = version != NULL && is_version(version) && append(folder, room, version);
  free(version);
  json_free(&doc);
  free(text);
  CloseHandle(file);
  return good;
}
