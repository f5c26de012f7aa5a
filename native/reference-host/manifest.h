/* What the host takes from addin/manifest.json: what to start, what to show, what is allowed. */
#ifndef REFERENCE_HOST_MANIFEST_H
#define REFERENCE_HOST_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "json.h"

typedef struct manifest_command {
  char *id;
  char *title; /* in French */
  char *icon;  /* file, relative to the add-in's folder; may be null */
  bool in_toolbar;
  bool visible;
  bool enabled;
  char *reason; /* why it is disabled; may be null */
  char *badge;  /* the last badge, as JSON; null when there is none */
} manifest_command;

typedef struct manifest {
  char *text;
  char *strings_text;
  json_doc doc;
  json_doc strings;
  char *name;
  char *version;
  char *root; /* folder in which the add-in's process is started */
  char *main; /* script to start, relative to root */
  manifest_command *commands;
  size_t command_count;
  char **health_checks;
  size_t health_check_count;
} manifest;

/* Loads <folder>/manifest.json and <folder>/nls.fr.json. False with *problem (static text) when it cannot be used. */
bool manifest_load(manifest *self, const char *folder, const char **problem);
void manifest_free(manifest *self);

/* The add-in has ended: every command is shown and enabled again; a click starts or explains. Badges stay: what waited still waits. */
void manifest_forget_states(manifest *self);

/* Loads it again. What the add-in said of its commands stays with them. False with *problem: the one before stays. */
bool manifest_reload(manifest *self, const char *folder, const char **problem);
manifest_command *manifest_find_command(manifest *self, const char *id);
bool manifest_has_hook(const manifest *self, const char *id);
bool manifest_prints(const manifest *self, const char *document);
bool manifest_grants(const manifest *self, const char *capability);

/* A whole file with a zero behind it, for free(); null when it cannot be read or is larger than max bytes. */
char *read_file(const char *path, size_t max, size_t *size);
char *join_path(const char *folder, const char *file); /* for free() */

#endif
