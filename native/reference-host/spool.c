#include "spool.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "manifest.h"
#include "system.h"

enum { MAX_DOCUMENT = 4 * 1024 * 1024, NAME_SIZE = 32 };

static char *path_of(const spool *self, uint64_t number, const char *suffix) {
  char name[NAME_SIZE];
  snprintf(name, sizeof name, "%012" PRIu64 "%s", number, suffix);
  return join_path(self->folder, name);
}

static bool store(const spool *self, const offer *entry) {
  char *path = path_of(self, entry->number, ".json");
  char *beside = path_of(self, entry->number, ".new");
  const bool good = path != NULL && beside != NULL && system_store(self->folder, path, beside, entry->document, entry->size);
  free(path);
  free(beside);
  return good;
}

static void append(spool *self, offer *entry) {
  if (self->last == NULL) {
    self->first = entry;
  } else {
    self->last->next = entry;
  }
  self->last = entry;
  self->count++;
}

static offer *make(uint64_t number, char *document, size_t size, uint32_t batch) {
  offer *entry = calloc(1, sizeof *entry);
  if (entry == NULL) return NULL;
  *entry = (offer){.number = number, .document = document, .size = size, .batch = batch};
  return entry;
}

static int by_number(const void *a, const void *b) {
  const uint64_t left = *(const uint64_t *)a;
  const uint64_t right = *(const uint64_t *)b;
  return left < right ? -1 : left > right;
}

static bool load_one(spool *self, uint64_t number) {
  size_t size = 0;
  char *path = path_of(self, number, ".json");
  char *document = path == NULL ? NULL : read_file(path, MAX_DOCUMENT, &size);
  offer *entry = document == NULL ? NULL : make(number, document, size, 0);
  free(path);
  if (entry == NULL) {
    free(document);
    return false;
  }
  append(self, entry);
  return true;
}

typedef struct number_list {
  uint64_t *numbers;
  size_t count;
} number_list;

/* Names of other forms are nothing of ours. */
static bool note_number(void *context, const char *name) {
  number_list *list = context;
  uint64_t number;
  char tail[8];
  if (sscanf(name, "%12" SCNu64 "%7s", &number, tail) != 2 || strcmp(tail, ".json") != 0) return true;
  uint64_t *grown = realloc(list->numbers, (list->count + 1) * sizeof *grown);
  if (grown == NULL) return false;
  list->numbers = grown;
  list->numbers[list->count++] = number;
  return true;
}

static bool load(spool *self) {
  number_list found = {.numbers = NULL};
  bool good = system_each_name(self->folder, note_number, &found);
  if (found.count > 0) qsort(found.numbers, found.count, sizeof *found.numbers, by_number);
  for (size_t i = 0; good && i < found.count; i++) {
    good = load_one(self, found.numbers[i]);
    self->last_number = found.numbers[i];
  }
  free(found.numbers);
  return good;
}

bool spool_open(spool *self, const char *folder) {
  *self = (spool){.folder = NULL};
  if (folder == NULL) return true;
  self->folder = strdup(folder);
  if (self->folder == NULL || !system_make_folder(folder)) return false;
  return load(self);
}

static void free_offer(offer *entry) {
  free(entry->document);
  free(entry);
}

void spool_close(spool *self) {
  while (self->first != NULL) {
    offer *entry = self->first;
    self->first = entry->next;
    free_offer(entry);
  }
  free(self->folder);
  *self = (spool){.folder = NULL};
}

offer *spool_add(spool *self, char *document, size_t size, uint32_t batch) {
  offer *entry = size > MAX_DOCUMENT ? NULL : make(self->last_number + 1, document, size, batch);
  if (entry == NULL) {
    free(document);
    return NULL;
  }
  if (self->folder != NULL && !store(self, entry)) {
    free_offer(entry);
    return NULL;
  }
  self->last_number++;
  append(self, entry);
  return entry;
}

bool spool_remove(spool *self, offer *entry) {
  bool good = true;
  offer *before = NULL;
  for (offer *at = self->first; at != entry; at = at->next) before = at;
  if (before == NULL) {
    self->first = entry->next;
  } else {
    before->next = entry->next;
  }
  if (self->last == entry) self->last = before;
  self->count--;
  if (self->folder != NULL) {
    char *path = path_of(self, entry->number, ".json");
    good = path != NULL && system_remove(path);
    free(path);
  }
  free_offer(entry);
  return good;
}

offer *spool_find(spool *self, uint64_t correlation) {
  for (offer *at = self->first; at != NULL; at = at->next) {
    if (at->correlation == correlation) return at;
  }
  return NULL;
}
