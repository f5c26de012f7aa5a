/*
 * What the host has to hand over and the add-in has not acknowledged. With a folder each document is on disk before it is offered and until it is
 * acknowledged, so that it survives the host's own end; without one it is kept in memory.
 */
#ifndef REFERENCE_HOST_SPOOL_H
#define REFERENCE_HOST_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct offer {
  struct offer *next;
  uint64_t number;      /* the host's own number for it, never used twice in one spool */
  char *document;
  size_t size;
  uint64_t correlation; /* of the request under way, 0 when none is */
  bool answered;        /* the add-in answered it without acknowledging: wait until it asks again */
  uint32_t batch;       /* the push it came from, 0 when found at start */
} offer;

typedef struct spool {
  char *folder; /* null: memory only */
  offer *first;
  offer *last;
  uint64_t last_number;
  size_t count;
} spool;

/* False when the folder cannot be used. Documents of an earlier run are loaded in their order. */
bool spool_open(spool *self, const char *folder);
void spool_close(spool *self);

/* Takes document (from malloc) over. Null when it cannot be made durable. */
offer *spool_add(spool *self, char *document, size_t size, uint32_t batch);
bool spool_remove(spool *self, offer *entry); /* acknowledged: forget it; false when its file could not be removed (it will be offered again) */
offer *spool_find(spool *self, uint64_t correlation);

#endif
