/* UTF-8 of this program and UTF-16 of Windows. Both for free(); null when a text is not well formed or memory is short. */
#ifndef WIDE_H
#define WIDE_H

#include <wchar.h>

wchar_t *widen(const char *text);
char *narrow(const wchar_t *text);

#endif
