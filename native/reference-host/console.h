/* Lines typed or piped in, read by a thread of their own so that events keep coming meanwhile. */
#ifndef REFERENCE_HOST_CONSOLE_H
#define REFERENCE_HOST_CONSOLE_H

#include <stdbool.h>
#include <stdint.h>

/* wake is called from the reading thread after each line and at the end of the input. */
bool console_start(void (*wake)(void));

/* The next line without its end, for free(); null when none waits. */
char *console_take(void);
bool console_has_line(void);
bool console_ended(void); /* the input ended and every line was taken */

#endif
