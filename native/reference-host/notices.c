#include "notices.h"

#include <stdlib.h>
#include <string.h>

#include "output.h"

static const char *const OWNERS[] = {[NOTICE_OF_HOST] = "host", [NOTICE_OF_ADDIN] = "addin"};

static char *copy_of(const char *text) {
  return text == NULL ? NULL : strdup(text);
}

static void free_notice(notice *entry) {
  free(entry->id);
  free(entry->severity);
  free(entry->message);
  free(entry->action);
  free(entry->command);
  free(entry);
}

static notice *take(notices *self, notice_owner owner, const char *id) {
  for (notice **at = &self->first; *at != NULL; at = &(*at)->next) {
    notice *found = *at;
    if (found->owner != owner || strcmp(found->id, id) != 0) continue;
    *at = found->next;
    return found;
  }
  return NULL;
}

static void print_fields(const notice *entry) {
  out_text("id", entry->id);
  out_text("from", OWNERS[entry->owner]);
  out_text("severity", entry->severity);
  out_text("message", entry->message);
  out_text("action", entry->action);
  out_text("command", entry->command);
}

static bool is_whole(const notice *entry) {
  return entry->id != NULL && entry->severity != NULL && entry->message != NULL;
}

void notices_put(notices *self, notice_owner owner, const char *id, const char *severity, const char *message, const char *action, const char *command) {
  notice *before = take(self, owner, id);
  notice *made = calloc(1, sizeof *made);
  if (before != NULL) free_notice(before);
  if (made == NULL) return;
  made->owner = owner;
  made->id = copy_of(id);
  made->severity = copy_of(severity);
  made->message = copy_of(message);
  made->action = copy_of(action);
  made->command = copy_of(command);
  if (!is_whole(made)) {
    free_notice(made);
    return;
  }
  made->next = self->first;
  self->first = made;
  out_begin("notice");
  print_fields(made);
  out_end();
}

static void print_gone(const notice *entry) {
  out_begin("notice-gone");
  out_text("id", entry->id);
  out_text("from", OWNERS[entry->owner]);
  out_end();
}

bool notices_remove(notices *self, notice_owner owner, const char *id) {
  notice *found = take(self, owner, id);
  if (found == NULL) return false;
  print_gone(found);
  free_notice(found);
  return true;
}

void notices_remove_all(notices *self, notice_owner owner) {
  for (notice **at = &self->first; *at != NULL;) {
    notice *found = *at;
    if (found->owner != owner) {
      at = &found->next;
      continue;
    }
    *at = found->next;
    print_gone(found);
    free_notice(found);
  }
}

void notices_print(const notices *self) {
  out_begin("notices");
  out_list("notices");
  for (const notice *at = self->first; at != NULL; at = at->next) {
    out_item();
    print_fields(at);
    out_item_end();
  }
  out_list_end();
  out_end();
}

void notices_free(notices *self) {
  while (self->first != NULL) {
    notice *entry = self->first;
    self->first = entry->next;
    free_notice(entry);
  }
}
