#include "arguments.h"

#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "output.h"

enum { DEFAULT_CALL_MS = 10 * 60 * 1000, DEFAULT_CLOSE_DAY_MS = 120 * 1000, MAX_PRACTITIONERS = 1024 * 1024 };

static const char ANY_NODE[] = "node";
static const char USAGE[] =
    "usage: reference-host --addin <folder> [--node <path>] [--spool <folder>] [--call-timeout <ms>] [--close-day-timeout <ms>]"
                    " [--heartbeat <ms>] [--heartbeat-timeout <ms>] [--practitioners <file>] [--print-folder <folder>] [--clock-offset <ms>]";

/* A JSON list of {"id","name","billingNumber"}. */
static bool read_practitioners(reference_host *self, const char *path) {
  size_t size = 0;
  json_doc doc = {.text = NULL};
  free(self->practitioners);
  self->practitioners = read_file(path, MAX_PRACTITIONERS, &size);
  const bool good = self->practitioners != NULL && json_parse(&doc, self->practitioners, size) && json_is(&doc, 0, JSON_ARRAY);
  json_free(&doc);
  return good;
}

static bool read_arguments(reference_host *self, int count, char **values, const char **spool_folder) {
  for (int i = 1; i < count; i += 2) {
    if (i + 1 >= count) return false;
    if (strcmp(values[i], "--addin") == 0) {
      self->addin_folder = values[i + 1];
    } else if (strcmp(values[i], "--node") == 0) {
      self->node = values[i + 1];
    } else if (strcmp(values[i], "--spool") == 0) {
      *spool_folder = values[i + 1];
    } else if (strcmp(values[i], "--call-timeout") == 0) {
      self->call_timeout_ms = (uint32_t)strtoul(values[i + 1], NULL, 10);
    } else if (strcmp(values[i], "--close-day-timeout") == 0) {
      self->close_day_timeout_ms = (uint32_t)strtoul(values[i + 1], NULL, 10);
    } else if (strcmp(values[i], "--practitioners") == 0) {
      if (!read_practitioners(self, values[i + 1])) return false;
    } else if (strcmp(values[i], "--print-folder") == 0) {
      self->print_folder = values[i + 1];
    } else if (strcmp(values[i], "--clock-offset") == 0) {
      self->clock_offset_ms = strtoll(values[i + 1], NULL, 10);
    } else if (strcmp(values[i], "--heartbeat") == 0) {
      self->heartbeat_ms = (uint32_t)strtoul(values[i + 1], NULL, 10);
    } else if (strcmp(values[i], "--heartbeat-timeout") == 0) {
      self->heartbeat_timeout_ms = (uint32_t)strtoul(values[i + 1], NULL, 10);
    } else {
      return false;
    }
  }
  return self->addin_folder != NULL;
}

/* --addin may name the folder somebody installed into: its pointer says which version runs, and with which Node.js. */
static void look_for_installed(reference_host *self) {
  if (!installed_find(&self->installed, self->addin_folder)) return;
  self->addin_folder = self->installed.addin;
  if (self->node == ANY_NODE) self->node = self->installed.node;
}

bool host_prepare(reference_host *self, int count, char **values, const char **problem) {
  const char *spool_folder = NULL;
  *self = (reference_host){.node = ANY_NODE, .call_timeout_ms = DEFAULT_CALL_MS, .close_day_timeout_ms = DEFAULT_CLOSE_DAY_MS};
  *problem = USAGE;
  if (!read_arguments(self, count, values, &spool_folder)) return false;
  look_for_installed(self);
  if (!manifest_load(&self->manifest, self->addin_folder, problem)) return false;
  *problem = "the spool folder cannot be used";
  return spool_open(&self->spool, spool_folder) && addin_setup(self);
}

void host_release(reference_host *self) {
  while (self->batches != NULL) {
    batch *next = self->batches->next;
    free(self->batches);
    self->batches = next;
  }
  free(self->practitioners);
  notices_free(&self->notices);
  out_free();
  spool_close(&self->spool);
  manifest_free(&self->manifest);
  installed_free(&self->installed);
}

