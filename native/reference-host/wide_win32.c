#include "wide.h"

#include <stdlib.h>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

wchar_t *widen(const char *text) {
  const int room = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
  wchar_t *wide = room <= 0 ? NULL : malloc((size_t)room * sizeof *wide);
  if (wide != NULL) MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, wide, room);
  return wide;
}

char *narrow(const wchar_t *text) {
  const int room = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
  char *utf8 = room <= 0 ? NULL : malloc((size_t)room);
  if (utf8 != NULL) WideCharToMultiByte(CP_UTF8, 0, text, -1, utf8, room, NULL, NULL);
  return utf8;
}
