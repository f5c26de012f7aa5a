/*
 * hold-file FILE MILLISECONDS: keeps a file open as an antivirus program does at worst, so that nobody may read, write, rename or remove it meanwhile. Prints `held`
 * once it is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

int wmain(int count, wchar_t **words);

int wmain(int count, wchar_t **words) {
  HANDLE file;
  if (count != 3) return 2;
  file = CreateFileW(words[1], GENERIC_READ, 0, NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
  if (file == INVALID_HANDLE_VALUE) return 1;
  puts("held");
  fflush(stdout);
  Sleep((DWORD)wcstoul(words[2], NULL, 10));
  CloseHandle(file);
  return 0;
}
