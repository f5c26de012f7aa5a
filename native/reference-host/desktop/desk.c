#include "desk.h"

#include <stdlib.h>
#include <string.h>

#include "../arguments.h"
#include "../output.h"

enum { EVENTS_A_TURN = 64, PERCENT = 100 };

#define DISMISS "dismiss "
#define COMMAND_NOTICE "command"

static desk *listening; /* out_listen knows no context */

static void note_change(void) {
  if (listening != NULL) listening->changed = true;
}

static void say(desk *self, char *text) {
  free(self->said);
  self->said = text;
  self->changed = true;
}

static void on_offer(void *context, uint64_t number, bool acknowledged, const char *why) {
  invoices_answered(context, number, acknowledged, why);
}

static void on_day_closed(void *context, const char *outcome, const char *message) {
  static const char *const words[][3] = {{"sent", "info", "Journée close. La télétransmission est faite."},
                                         {"nothing", "info", "Journée close. Il n’y avait rien à transmettre."},
                                         {"needs-card", "warning", "Journée close. Des factures attendent la carte CPS."},
                                         {"incident", "error", "Journée close. La télétransmission n’est pas terminée."}};
  desk *self = context;
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    if (strcmp(words[i][0], outcome) != 0) continue;
    char *text = text_of("%s%s%s", words[i][2], message == NULL ? "" : " ", message == NULL ? "" : message);
    if (text != NULL) notices_put(&self->host->notices, NOTICE_OF_HOST, "day-closed", words[i][1], text, "Vu", DISMISS "day-closed");
    free(text);
  }
}

static void tell_no_browser(desk *self) {
  notices_put(&self->host->notices, NOTICE_OF_HOST, "browser", "error", "Le navigateur ne s’ouvre pas. Cliquez à nouveau sur l’icône ; si cela se répète, appelez l’assistance.",
              "Vu", DISMISS "browser");
}

static void on_window(void *context, const char *url) {
  desk *self = context;
  if (!self->open_page(self->context, url)) tell_no_browser(self);
}

static void on_progress(void *context, const char *title, double part, bool ended) {
  desk *self = context;
  const double inside = part < 0 ? 0 : part > 1 ? 1 : part;
  self->progress = ended ? -1 : (int)(inside * PERCENT);
  if (title == NULL) return;
  free(self->progress_title);
  self->progress_title = strdup(title);
}

static void on_command_failed(void *context, const char *command, const char *message) {
  desk *self = context;
  const manifest_command *known = manifest_find_command(&self->host->manifest, command);
  const char *otherwise = self->host->phase == PHASE_FAILED ? "Le module est hors service : relancez-le." : "Attendez que le module soit en service, puis cliquez à nouveau.";
  char *text = text_of("« %s » n’a pas répondu. %s", known == NULL ? command : known->title, message == NULL ? otherwise : message);
  if (text != NULL) notices_put(&self->host->notices, NOTICE_OF_HOST, COMMAND_NOTICE, "warning", text, "Vu", DISMISS COMMAND_NOTICE);
  free(text);
}

static void on_passing(void *context, const char *severity, const char *message) {
  say(context, text_of("%s : %s", word_of_severity(severity), message));
}

static void on_printed(void *context, const char *title, const char *file) {
  say(context, text_of("Imprimé : %s (%s)", title, file));
}

static bool read_own_arguments(int *count, char **values, const char **invoices, const char **browser) {
  int kept = 1;
  for (int i = 1; i < *count; i++) {
    const char **into = strcmp(values[i], "--invoices") == 0 ? invoices : strcmp(values[i], "--browser") == 0 ? browser : NULL;
    if (into == NULL) {
      values[kept++] = values[i];
      continue;
    }
    if (i + 1 >= *count) return false;
    *into = values[++i];
  }
  *count = kept;
  return true;
}

bool desk_begin(desk *self, reference_host *host, int count, char **values, const char **browser, const char **problem) {
  const char *invoices = NULL;
  *self = (desk){.host = host, .progress = -1};
  *host = (reference_host){.phase = PHASE_STOPPED};
  *problem = "usage: reference-host-desktop [--invoices <file>] and the arguments of reference-host";
  if (!read_own_arguments(&count, values, &invoices, browser) || !host_prepare(host, count, values, problem)) return false;
  *problem = "the file of invoices cannot be read";
  if (invoices != NULL && !invoices_load(self, invoices)) return false;
  host->observer = (observer){.context = self,
                              .offer_answered = on_offer,
                              .day_closed = on_day_closed,
                              .window = on_window,
                              .progress = on_progress,
                              .passing = on_passing,
                              .command_failed = on_command_failed,
                              .printed = on_printed};
  invoices_show_held(self);
  self->changed = true;
  return true;
}

void desk_start(desk *self) {
  listening = self;
  out_listen(note_change);
  show_toolbar(self->host);
  addin_start(self->host);
}

void desk_turn(desk *self, uint32_t timeout_ms) {
  for (int i = 0; i < EVENTS_A_TURN && events_pump(self->host, i == 0 ? timeout_ms : 0); i++) {
  }
}

static void act_on_notice(desk *self, const char *command) {
  if (strcmp(command, "restart-addin") == 0) {
    addin_restart(self->host);
  } else if (strncmp(command, DISMISS, sizeof DISMISS - 1) == 0) {
    notices_remove(&self->host->notices, NOTICE_OF_HOST, command + sizeof DISMISS - 1);
  }
}

void desk_act(desk *self, action_kind kind, const char *command) {
  switch (kind) {
    case ACT_STORE_ONE: invoices_store(self, false); break;
    case ACT_STORE_ALL: invoices_store(self, true); break;
    /* The day is closed in any case; what the add-in makes of it is told when it answers. */
    case ACT_CLOSE_DAY: calls_close_day(self->host, NULL, false); break;
    case ACT_COMMAND:
      notices_remove(&self->host->notices, NOTICE_OF_HOST, COMMAND_NOTICE);
      calls_invoke(self->host, command, "{}", false);
      break;
    case ACT_NOTICE_OF_HOST: act_on_notice(self, command); break;
    case ACT_NO_BROWSER: tell_no_browser(self); break;
  }
  self->changed = true;
}

void desk_end(desk *self) {
  out_listen(NULL);
  listening = NULL;
  self->host->quitting = true;
  addin_stop(self->host, "host-closing");
  invoices_free(self);
  free(self->progress_title);
  free(self->said);
  host_release(self->host);
}
