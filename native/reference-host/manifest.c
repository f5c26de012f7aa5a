#include "manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "system.h"

enum { MAX_FILE = 1024 * 1024 };

char *join_path(const char *folder, const char *file) {
  const size_t size = strlen(folder) + strlen(file) + 2;
  char *path = malloc(size);
  if (path != NULL) snprintf(path, size, "%s/%s", folder, file);
  return path;
}

char *read_file(const char *path, size_t max, size_t *size) {
  FILE *file = system_open_to_read(path);
  char *text = NULL;
  size_t room = 0;
  size_t used = 0;
  bool good = file != NULL;
  while (good) {
    if (used + 1 >= room) {
      const size_t larger = room == 0 ? 16384 : room * 2;
      char *grown = used > max ? NULL : realloc(text, larger);
      if (grown == NULL) {
        good = false;
        break;
      }
      text = grown;
      room = larger;
    }
    const size_t got = fread(text + used, 1, room - used - 1, file);
    used += got;
    if (got == 0) break;
  }
  good = good && !ferror(file) && used <= max;
  if (file != NULL) fclose(file);
  if (!good) {
    free(text);
    return NULL;
  }
  text[used] = '\0';
  *size = used;
  return text;
}

static bool load_json(const char *folder, const char *name, char **text, json_doc *doc) {
  size_t size = 0;
  char *path = join_path(folder, name);
  *text = path == NULL ? NULL : read_file(path, MAX_FILE, &size);
  free(path);
  return *text != NULL && json_parse(doc, *text, size) && json_is(doc, 0, JSON_OBJECT);
}

/* A text of the manifest; "%key%" is looked up in the French strings and stays as it is when they do not have it. */
static char *localized(const manifest *self, uint32_t node) {
  char *text = json_text(&self->doc, node);
  const size_t length = text == NULL ? 0 : strlen(text);
  if (length < 3 || text[0] != '%' || text[length - 1] != '%') return text;
  text[length - 1] = '\0';
  char *found = json_text(&self->strings, json_get(&self->strings, 0, text + 1));
  text[length - 1] = '%';
  if (found == NULL) return text;
  free(text);
  return found;
}

static uint32_t contributed(const manifest *self, const char *what) {
  return json_get(&self->doc, json_get(&self->doc, 0, "contributes"), what);
}

/* Calls back for each object of a contributed list. */
static uint32_t first_of(const manifest *self, const char *what) {
  const uint32_t list = contributed(self, what);
  return json_is(&self->doc, list, JSON_ARRAY) ? self->doc.nodes[list].first : JSON_NONE;
}

static bool load_commands(manifest *self) {
  size_t count = 0;
  for (uint32_t at = first_of(self, "commands"); at != JSON_NONE; at = self->doc.nodes[at].next) count++;
  self->commands = calloc(count + 1, sizeof *self->commands);
  if (self->commands == NULL) return false;
  for (uint32_t at = first_of(self, "commands"); at != JSON_NONE; at = self->doc.nodes[at].next) {
    manifest_command *command = &self->commands[self->command_count++];
    command->id = json_text(&self->doc, json_get(&self->doc, at, "command"));
    command->title = localized(self, json_get(&self->doc, at, "title"));
    command->icon = json_text(&self->doc, json_get(&self->doc, at, "icon"));
    command->visible = true;
    command->enabled = true;
    if (command->id == NULL || command->title == NULL) return false;
  }
  for (uint32_t at = first_of(self, "toolbar"); at != JSON_NONE; at = self->doc.nodes[at].next) {
    char *id = json_text(&self->doc, json_get(&self->doc, at, "command"));
    manifest_command *command = id == NULL ? NULL : manifest_find_command(self, id);
    free(id);
    if (command == NULL) return false;
    command->in_toolbar = true;
  }
  return true;
}

static bool load_health_checks(manifest *self) {
  size_t count = 0;
  for (uint32_t at = first_of(self, "healthChecks"); at != JSON_NONE; at = self->doc.nodes[at].next) count++;
  self->health_checks = calloc(count + 1, sizeof *self->health_checks);
  if (self->health_checks == NULL) return false;
  for (uint32_t at = first_of(self, "healthChecks"); at != JSON_NONE; at = self->doc.nodes[at].next) {
    char *id = json_text(&self->doc, json_get(&self->doc, at, "check"));
    if (id == NULL) return false;
    self->health_checks[self->health_check_count++] = id;
  }
  return true;
}

bool manifest_load(manifest *self, const char *folder, const char **problem) {
  memset(self, 0, sizeof *self);
  *problem = "manifest.json cannot be read, or is not a JSON object";
  if (!load_json(folder, "manifest.json", &self->text, &self->doc)) return false;
  *problem = "nls.fr.json cannot be read, or is not a JSON object";
  if (!load_json(folder, "nls.fr.json", &self->strings_text, &self->strings)) return false;
  *problem = "manifest.json lacks name, version or main";
  self->name = json_text(&self->doc, json_get(&self->doc, 0, "name"));
  self->version = json_text(&self->doc, json_get(&self->doc, 0, "version"));
  self->main = json_text(&self->doc, json_get(&self->doc, 0, "main"));
  if (self->name == NULL || self->version == NULL || self->main == NULL) return false;
  *problem = "main must stay inside the add-in";
  if (self->main[0] == '/' || strstr(self->main, "..") != NULL || strchr(self->main, '\\') != NULL) return false;
  *problem = "root must be \".\" or \"..\"";
  char *root = json_text(&self->doc, json_get(&self->doc, 0, "root"));
  const bool known = root == NULL || strcmp(root, ".") == 0 || strcmp(root, "..") == 0;
  self->root = root == NULL ? join_path(folder, ".") : join_path(folder, root);
  free(root);
  if (!known || self->root == NULL) return false;
  *problem = "contributes.commands, contributes.toolbar or contributes.healthChecks is wrong";
  return load_commands(self) && load_health_checks(self);
}

void manifest_free(manifest *self) {
  for (size_t i = 0; i < self->command_count; i++) {
    free(self->commands[i].id);
    free(self->commands[i].title);
    free(self->commands[i].icon);
    free(self->commands[i].reason);
    free(self->commands[i].badge);
  }
  free(self->commands);
  for (size_t i = 0; i < self->health_check_count; i++) free(self->health_checks[i]);
  free(self->health_checks);
  free(self->name);
  free(self->version);
  free(self->root);
  free(self->main);
  json_free(&self->doc);
  json_free(&self->strings);
  free(self->text);
  free(self->strings_text);
  memset(self, 0, sizeof *self);
}

void manifest_forget_states(manifest *self) {
  for (size_t i = 0; i < self->command_count; i++) {
    self->commands[i].visible = true;
    self->commands[i].enabled = true;
    free(self->commands[i].reason);
    self->commands[i].reason = NULL;
  }
}

static void swap_text(char **a, char **b) {
  char *kept = *a;
  *a = *b;
  *b = kept;
}

bool manifest_reload(manifest *self, const char *folder, const char **problem) {
  manifest fresh;
  if (!manifest_load(&fresh, folder, problem)) {
    manifest_free(&fresh);
    return false;
  }
  for (size_t i = 0; i < fresh.command_count; i++) {
    manifest_command *command = &fresh.commands[i];
    manifest_command *before = manifest_find_command(self, command->id);
    if (before == NULL) continue;
    command->visible = before->visible;
    command->enabled = before->enabled;
    swap_text(&command->reason, &before->reason);
    swap_text(&command->badge, &before->badge);
  }
  manifest_free(self);
  *self = fresh;
  return true;
}

manifest_command *manifest_find_command(manifest *self, const char *id) {
  for (size_t i = 0; i < self->command_count; i++) {
    if (self->commands[i].id != NULL && strcmp(self->commands[i].id, id) == 0) return &self->commands[i];
  }
  return NULL;
}

static bool lists(const manifest *self, const char *what, const char *field, const char *id) {
  for (uint32_t at = first_of(self, what); at != JSON_NONE; at = self->doc.nodes[at].next) {
    if (json_equals(&self->doc, json_get(&self->doc, at, field), id)) return true;
  }
  return false;
}

bool manifest_has_hook(const manifest *self, const char *id) {
  return lists(self, "hooks", "hook", id);
}

bool manifest_prints(const manifest *self, const char *document) {
  return lists(self, "print", "document", document);
}

bool manifest_grants(const manifest *self, const char *capability) {
  const uint32_t list = json_get(&self->doc, 0, "capabilities");
  if (!json_is(&self->doc, list, JSON_ARRAY)) return false;
  for (uint32_t at = self->doc.nodes[list].first; at != JSON_NONE; at = self->doc.nodes[at].next) {
    if (json_equals(&self->doc, at, capability)) return true;
  }
  return false;
}
