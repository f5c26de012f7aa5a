#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "platform.h"

enum { MAX_WAITING = 4096 };

typedef struct line {
  struct line *next;
  char *text;
} line;

static plat_mutex lock;
static plat_cond changed;
static line *first;
static line *last;
static size_t waiting;
static bool ended;
static void (*wake_main)(void);

static void put(char *text) {
  line *entry = malloc(sizeof *entry);
  if (entry == NULL) {
    free(text);
    return;
  }
  *entry = (line){.next = NULL, .text = text};
  plat_mutex_lock(&lock);
  while (waiting >= MAX_WAITING) plat_cond_wait(&changed, &lock, PLAT_NEVER);
  if (last == NULL) {
    first = entry;
  } else {
    last->next = entry;
  }
  last = entry;
  waiting++;
  plat_mutex_unlock(&lock);
}

static void read_lines(void *context) {
  (void)context;
  char *text = NULL;
  size_t room = 0;
  while (read_line(stdin, &text, &room)) {
    char *copy = strdup(text);
    if (copy != NULL) put(copy);
    wake_main();
  }
  free(text);
  plat_mutex_lock(&lock);
  ended = true;
  plat_mutex_unlock(&lock);
  wake_main();
}

bool console_start(void (*wake)(void)) {
  plat_thread reader;
  wake_main = wake;
  if (plat_mutex_init(&lock) != 0 || plat_cond_init(&changed) != 0 || plat_thread_start(&reader, read_lines, NULL) != 0) return false;
  /* It may be waiting for a line when the program ends. */
  plat_thread_detach(&reader);
  return true;
}

char *console_take(void) {
  char *text = NULL;
  plat_mutex_lock(&lock);
  if (first != NULL) {
    line *entry = first;
    first = entry->next;
    if (first == NULL) last = NULL;
    waiting--;
    text = entry->text;
    free(entry);
    plat_cond_wake_all(&changed);
  }
  plat_mutex_unlock(&lock);
  return text;
}

bool console_has_line(void) {
  bool result;
  plat_mutex_lock(&lock);
  result = first != NULL;
  plat_mutex_unlock(&lock);
  return result;
}

bool console_ended(void) {
  bool result;
  plat_mutex_lock(&lock);
  result = ended && first == NULL;
  plat_mutex_unlock(&lock);
  return result;
}
