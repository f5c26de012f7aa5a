#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk.h"

char *text_of(const char *format, ...) {
  va_list arguments;
  va_list again;
  va_start(arguments, format);
  va_copy(again, arguments);
  const int size = vsnprintf(NULL, 0, format, arguments);
  char *text = size < 0 ? NULL : malloc((size_t)size + 1);
  if (text != NULL) vsnprintf(text, (size_t)size + 1, format, again);
  va_end(again);
  va_end(arguments);
  return text;
}

const char *word_of_severity(const char *severity) {
  if (strcmp(severity, "error") == 0) return "Incident";
  return strcmp(severity, "warning") == 0 ? "À faire" : "Information";
}
