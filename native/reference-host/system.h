/*
 * What the reference host needs of the operating system beside the bridge's platform.h: arguments and file names in UTF-8, files that are stored whole, the local
 * time. Two implementations: system_posix.c and system_win32.c.
 */
#ifndef SYSTEM_H
#define SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

/* The arguments of the program in UTF-8, and standard output without any translation of line ends. The list stays until the end of the program. */
char **system_begin(int count, char **values);

FILE *system_open_to_read(const char *path);
FILE *system_open_to_write(const char *path);
bool system_make_folder(const char *path); /* for this user only; true when it was there */
bool system_remove(const char *path);

/* Whole or not at all, also after a power cut: written to `beside`, flushed, renamed to `path`. */
bool system_store(const char *folder, const char *path, const char *beside, const char *bytes, size_t size);

/* Calls back with each name in a folder, until the visitor answers false. False when the folder cannot be read or the visitor said so. */
typedef bool (*system_visitor)(void *context, const char *name);
bool system_each_name(const char *folder, system_visitor visit, void *context);

/* Seconds since 1970 and milliseconds within; the parts of the local time and how many minutes it is ahead of UTC. */
int64_t system_now(int *ms);
bool system_local_time(int64_t at, struct tm *parts, int *minutes_ahead);

#endif
