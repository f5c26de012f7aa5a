#include "output.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *line;
static size_t used;
static size_t room;
static bool whole = true; /* false once memory was short: such a line is not printed */
static bool needs_comma;
static void (*listener)(void);

static void put(const char *text, size_t size) {
  if (room - used <= size) {
    const size_t larger = 2 * (used + size) + 256;
    char *grown = realloc(line, larger);
    if (grown == NULL) {
      whole = false;
      return;
    }
    line = grown;
    room = larger;
  }
  memcpy(line + used, text, size);
  used += size;
}

static void put_text(const char *text) {
  put(text, strlen(text));
}

static void comma(void) {
  if (needs_comma) put(",", 1);
  needs_comma = true;
}

static void key_of(const char *key) {
  comma();
  put("\"", 1);
  put_text(key);
  put("\":", 2);
}

char *json_quote(const char *text) {
  char *quoted = malloc(6 * strlen(text) + 3);
  char *out = quoted;
  if (quoted == NULL) return NULL;
  *out++ = '"';
  for (const char *from = text; *from != '\0'; from++) {
    const unsigned char c = (unsigned char)*from;
    if (c == '"' || c == '\\') {
      *out++ = '\\';
      *out++ = (char)c;
    } else if (c < 0x20) {
      out += sprintf(out, "\\u%04x", (unsigned)c);
    } else {
      *out++ = (char)c;
    }
  }
  *out++ = '"';
  *out = '\0';
  return quoted;
}

void out_listen(void (*told)(void)) {
  listener = told;
}

void out_begin(const char *event) {
  used = 0;
  whole = true;
  put("{", 1);
  needs_comma = false;
  out_text("event", event);
}

void out_text(const char *key, const char *text) {
  char *quoted = text == NULL ? NULL : json_quote(text);
  key_of(key);
  put_text(quoted == NULL ? "null" : quoted);
  free(quoted);
}

void out_number(const char *key, int64_t value) {
  char digits[24];
  snprintf(digits, sizeof digits, "%" PRId64, value);
  key_of(key);
  put_text(digits);
}

void out_flag(const char *key, bool value) {
  key_of(key);
  put_text(value ? "true" : "false");
}

void out_raw(const char *key, const char *json, size_t size) {
  key_of(key);
  if (size == 0) put_text("null");
  const size_t from = used;
  put(json, size);
  for (size_t i = from; i < used; i++) {
    if (line[i] == '\n' || line[i] == '\r') line[i] = ' ';
  }
}

void out_list(const char *key) {
  key_of(key);
  put("[", 1);
  needs_comma = false;
}

void out_item(void) {
  comma();
  put("{", 1);
  needs_comma = false;
}

void out_item_end(void) {
  put("}", 1);
  needs_comma = true;
}

void out_list_end(void) {
  put("]", 1);
  needs_comma = true;
}

void out_end(void) {
  put("}\n", 2);
  if (whole) fwrite(line, 1, used, stdout);
  fflush(stdout);
  if (listener != NULL) listener();
}

void out_free(void) {
  free(line);
  line = NULL;
  used = room = 0;
}
