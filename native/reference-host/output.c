#include "output.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool needs_comma;

static void comma(void) {
  if (needs_comma) putchar(',');
  needs_comma = true;
}

static void key_of(const char *key) {
  comma();
  printf("\"%s\":", key);
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

void out_begin(const char *event) {
  putchar('{');
  needs_comma = false;
  out_text("event", event);
}

void out_text(const char *key, const char *text) {
  char *quoted = text == NULL ? NULL : json_quote(text);
  key_of(key);
  fputs(quoted == NULL ? "null" : quoted, stdout);
  free(quoted);
}

void out_number(const char *key, int64_t value) {
  key_of(key);
  printf("%" PRId64, value);
}

void out_flag(const char *key, bool value) {
  key_of(key);
  fputs(value ? "true" : "false", stdout);
}

void out_raw(const char *key, const char *json, size_t size) {
  key_of(key);
  if (size == 0) fputs("null", stdout);
  for (size_t i = 0; i < size; i++) putchar(json[i] == '\n' || json[i] == '\r' ? ' ' : json[i]);
}

void out_list(const char *key) {
  key_of(key);
  putchar('[');
  needs_comma = false;
}

void out_item(void) {
  comma();
  putchar('{');
  needs_comma = false;
}

void out_item_end(void) {
  putchar('}');
  needs_comma = true;
}

void out_list_end(void) {
  putchar(']');
  needs_comma = true;
}

void out_end(void) {
  fputs("}\n", stdout);
  fflush(stdout);
}
