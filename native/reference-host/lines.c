#include "lines.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 256, MOST_AT_ONCE = 1 << 20 };

static bool grow(char **text, size_t *room) {
  const size_t larger = *room == 0 ? FIRST_ROOM : 2 * *room;
  char *grown = realloc(*text, larger);
  if (grown == NULL) return false;
  *text = grown;
  *room = larger;
  return true;
}

bool read_line(FILE *file, char **text, size_t *room) {
  size_t used = 0;
  for (;;) {
    if (*room - used < 2 && !grow(text, room)) return false;
    const size_t left = *room - used;
    if (fgets(*text + used, left > MOST_AT_ONCE ? MOST_AT_ONCE : (int)left, file) == NULL) break;
    used += strlen(*text + used);
    if (used > 0 && (*text)[used - 1] == '\n') break;
    if (feof(file)) break;
  }
  if (used == 0) return false;
  while (used > 0 && ((*text)[used - 1] == '\n' || (*text)[used - 1] == '\r')) used--;
  (*text)[used] = '\0';
  return true;
}
