/* Text files and standard input line by line. */
#ifndef LINES_H
#define LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Reads one line into *text (grown by realloc, *room bytes), without its end, be it "\n" or "\r\n". False at the end of the file or of memory. */
bool read_line(FILE *file, char **text, size_t *room);

#endif
