#include "base64.h"

#include <stdlib.h>
#include <string.h>

static int value_of(char c) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char *found = c == '\0' ? NULL : strchr(digits, c);
  return found == NULL ? -1 : (int)(found - digits);
}

uint8_t *base64_decode(const char *text, size_t *size) {
  const size_t length = strlen(text);
  const size_t padding = length == 0 ? 0 : (size_t)(text[length - 1] == '=') + (size_t)(length > 1 && text[length - 2] == '=');
  if (length % 4 != 0) return NULL;
  uint8_t *bytes = malloc(length / 4 * 3 + 1);
  uint8_t *out = bytes;
  for (size_t at = 0; bytes != NULL && at < length; at += 4) {
    uint32_t group = 0;
    for (size_t i = at; i < at + 4; i++) {
      const int value = i >= length - padding ? 0 : value_of(text[i]);
      if (value < 0) {
        free(bytes);
        return NULL;
      }
      group = group << 6 | (uint32_t)value;
    }
    *out++ = (uint8_t)(group >> 16);
    *out++ = (uint8_t)(group >> 8 & 0xFFu);
    *out++ = (uint8_t)(group & 0xFFu);
  }
  if (bytes != NULL) *size = length / 4 * 3 - padding;
  return bytes;
}
