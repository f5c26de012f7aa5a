#include "picture.h"

#include <stdlib.h>
#include <string.h>

#include "../json.h"

static char *copy_of(const char *text) {
  return text == NULL ? NULL : strdup(text);
}

/* The colour is never alone: a word stands under the icon, and the name says the rest. */
static const char *word_of_badge(const char *severity) {
  static const char *const words[][2] = {{"late", "En retard"}, {"incident", "À voir"}};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    if (severity != NULL && strcmp(words[i][0], severity) == 0) return words[i][1];
  }
  return NULL;
}

static const char *word_of_phase(phase now) {
  static const char *const words[] = {[PHASE_STOPPED] = "Module arrêté", [PHASE_STARTING] = "Le module démarre…", [PHASE_READY] = "Le module s’ouvre…",
                                      [PHASE_ACTIVE] = "Module en service", [PHASE_FAILED] = "Module hors service"};
  return words[now];
}

static void take_badge(shown_command *into, const manifest_command *command) {
  json_doc doc = {.text = NULL};
  if (command->badge != NULL && !json_parse(&doc, command->badge, strlen(command->badge))) return;
  into->badge = doc.count == 0 ? NULL : json_text(&doc, json_get(&doc, 0, "text"));
  into->severity = doc.count == 0 ? NULL : json_text(&doc, json_get(&doc, 0, "severity"));
  char *tooltip = doc.count == 0 ? NULL : json_text(&doc, json_get(&doc, 0, "tooltip"));
  const char *word = word_of_badge(into->severity);
  into->label = strdup(word == NULL ? command->title : word);
  into->name = text_of("%s%s%s%s%s", command->title, tooltip == NULL ? "" : " : ", tooltip == NULL ? "" : tooltip, command->reason == NULL ? "" : " — ",
                       command->reason == NULL ? "" : command->reason);
  free(tooltip);
  json_free(&doc);
}

static bool take_commands(picture *self, const reference_host *host) {
  self->commands = calloc(host->manifest.command_count + 1, sizeof *self->commands);
  for (size_t i = 0; self->commands != NULL && i < host->manifest.command_count; i++) {
    const manifest_command *command = &host->manifest.commands[i];
    if (!command->in_toolbar || !command->visible) continue;
    shown_command *into = &self->commands[self->command_count++];
    into->command = strdup(command->id);
    into->icon = command->icon == NULL ? NULL : join_path(host->addin_folder, command->icon);
    into->enabled = command->enabled;
    take_badge(into, command);
  }
  return self->commands != NULL;
}

static bool take_notices(picture *self, const notices *all) {
  size_t count = 0;
  for (const notice *at = all->first; at != NULL; at = at->next) count++;
  self->notices = calloc(count + 1, sizeof *self->notices);
  for (const notice *at = all->first; self->notices != NULL && at != NULL; at = at->next) {
    self->notices[self->notice_count++] = (shown_notice){.severity = strdup(at->severity),
                                                         .text = text_of("%s : %s", word_of_severity(at->severity), at->message),
                                                         .action = copy_of(at->action),
                                                         .command = copy_of(at->command),
                                                         .of_host = at->owner == NOTICE_OF_HOST};
  }
  return self->notices != NULL;
}

static bool take_rows(picture *self, const desk *from) {
  self->rows = calloc(from->row_count + 1, sizeof *self->rows);
  if (self->rows == NULL) return false;
  self->row_count = from->row_count;
  for (size_t i = 0; i < from->row_count; i++) {
    for (size_t cell = 0; cell < INVOICE_CELLS; cell++) self->rows[i].cells[cell] = copy_of(from->rows[i].cells[cell]);
  }
  return true;
}

/* A text without which the rest cannot be shown. */
static bool is_whole(const picture *self) {
  bool whole = self->state != NULL;
  for (size_t i = 0; i < self->command_count; i++) whole = whole && self->commands[i].command != NULL && self->commands[i].label != NULL && self->commands[i].name != NULL;
  for (size_t i = 0; i < self->notice_count; i++) whole = whole && self->notices[i].severity != NULL && self->notices[i].text != NULL;
  return whole;
}

picture *picture_take(desk *self) {
  picture *made = calloc(1, sizeof *made);
  if (made == NULL) return NULL;
  made->state = text_of("%s · %zu facture(s) pas encore remise(s)", word_of_phase(self->host->phase), self->host->spool.count);
  made->said = copy_of(self->said);
  made->practitioners = practitioners_line(self->host);
  made->progress_title = copy_of(self->progress_title);
  made->progress = self->progress;
  made->invoices_wait = invoices_wait(self);
  if (!take_commands(made, self->host) || !take_notices(made, &self->host->notices) || !take_rows(made, self) || !is_whole(made)) {
    picture_free(made);
    return NULL;
  }
  self->changed = false;
  return made;
}

void picture_free(picture *self) {
  if (self == NULL) return;
  for (size_t i = 0; i < self->command_count; i++) {
    const shown_command *command = &self->commands[i];
    free(command->command);
    free(command->icon);
    free(command->label);
    free(command->name);
    free(command->badge);
    free(command->severity);
  }
  for (size_t i = 0; i < self->notice_count; i++) {
    free(self->notices[i].severity);
    free(self->notices[i].text);
    free(self->notices[i].action);
    free(self->notices[i].command);
  }
  for (size_t i = 0; i < self->row_count; i++) {
    for (size_t cell = 0; cell < INVOICE_CELLS; cell++) free(self->rows[i].cells[cell]);
  }
  free(self->commands);
  free(self->notices);
  free(self->rows);
  free(self->state);
  free(self->said);
  free(self->practitioners);
  free(self->progress_title);
  free(self);
}
