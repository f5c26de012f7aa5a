/* One JSON object per line on standard output, flushed at once. Used by the main thread alone. */
#ifndef REFERENCE_HOST_OUTPUT_H
#define REFERENCE_HOST_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void out_begin(const char *event);
void out_text(const char *key, const char *text);                  /* null text prints null */
void out_number(const char *key, int64_t value);
void out_flag(const char *key, bool value);
void out_raw(const char *key, const char *json, size_t size);      /* JSON already; line breaks in it become blanks */
void out_list(const char *key);                                    /* a list of objects ... */
void out_item(void);                                               /* ... each begun by this ... */
void out_item_end(void);                                           /* ... and ended by this */
void out_list_end(void);
void out_end(void);

/* told is called after each line: something has changed. */
void out_listen(void (*told)(void));
void out_free(void);

/* The same writing of a string, with its quotes, into a growing buffer for free(); null without memory. */
char *json_quote(const char *text);

#endif
