/* Starting, ending and restarting the add-in's process. */
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "platform.h"
#include "reference_host.h"

enum { DEACTIVATE_MS = 5000 };

#define STOPPED_NOTICE "addin-stopped"
#define RESTARTED_NOTICE "addin-restarted"
#define MANIFEST_NOTICE "manifest"


static plat_mutex addin_lock;
static logosw_host *awake; /* the handle the console thread may wake */

bool addin_setup(reference_host *self) {
  self->running = NULL;
  self->phase = PHASE_STOPPED;
  return plat_mutex_init(&addin_lock) == LOGOSW_OK;
}

static void set_running(reference_host *self, logosw_host *host) {
  plat_mutex_lock(&addin_lock);
  self->running = host;
  awake = host;
  plat_mutex_unlock(&addin_lock);
}

void addin_wake(void) {
  plat_mutex_lock(&addin_lock);
  if (awake != NULL) logosw_host_wake(awake);
  plat_mutex_unlock(&addin_lock);
}

void addin_print_state(const reference_host *self, const char *state, const logosw_host_status *status) {
  out_begin("state");
  out_text("state", state);
  out_number("restarts", self->restart_count);
  if (status != NULL) {
    out_number("pid", (int64_t)status->process_id);
    out_text("reason", logosw_result_name(status->error));
    out_number("exitCode", status->exit_code);
    out_number("exitSignal", status->exit_signal);
  }
  out_end();
}

/* It stays down, and says so until a person has started it again. */
static void give_up(reference_host *self, const logosw_host_status *status) {
  self->phase = PHASE_FAILED;
  addin_print_state(self, "failed", status);
  notices_remove(&self->notices, NOTICE_OF_HOST, RESTARTED_NOTICE);
  notices_put(&self->notices, NOTICE_OF_HOST, STOPPED_NOTICE, "error",
              "Le module s’est arrêté et ne redémarre plus de lui-même. Vos factures restent ici : aucune n’est perdue. "
              "Relancez-le ; si l’arrêt se répète, appelez l’assistance.",
              "Relancer", "restart-addin");
}

void addin_refused(reference_host *self) {
  logosw_host_status status = {.struct_size = sizeof status};
  logosw_host_get_status(self->running, &status);
  give_up(self, &status);
}

void addin_start(reference_host *self) {
  const char *arguments[1] = {self->manifest.main};
  const logosw_host_config config = {
      .struct_size = sizeof config,
      .folder = self->manifest.root,
      .program = self->node,
      .arguments = arguments,
      .argument_count = 1,
      .heartbeat_ms = self->heartbeat_ms,
      .heartbeat_timeout_ms = self->heartbeat_timeout_ms,
  };
  logosw_host_status status = {.struct_size = sizeof status};
  logosw_host *host = NULL;
  const int32_t result = logosw_host_open(&config, &host);
  notices_remove(&self->notices, NOTICE_OF_HOST, STOPPED_NOTICE);
  if (result != LOGOSW_OK) {
    status.error = result;
    status.exit_code = -1;
    give_up(self, &status);
    return;
  }
  set_running(self, host);
  self->phase = PHASE_STARTING;
  logosw_host_get_status(host, &status);
  addin_print_state(self, "starting", &status);
}

/* Frees the handle. What was still under way ends with it; what was offered is ready to be offered again. */
static logosw_host_status close_handle(reference_host *self) {
  logosw_host_status status = {.struct_size = sizeof status};
  logosw_host *host = self->running;
  set_running(self, NULL);
  logosw_host_close(host, &status);
  notices_remove_all(&self->notices, NOTICE_OF_ADDIN);
  manifest_forget_states(&self->manifest);
  while (self->calls != NULL) {
    const logosw_message closed = {.struct_size = sizeof closed, .kind = LOGOSW_KIND_ERROR, .code = LOGOSW_E_CLOSED, .correlation = self->calls->correlation};
    calls_answer(self, &closed);
  }
  offers_again(self);
  return status;
}

void addin_stop(reference_host *self, const char *reason) {
  if (self->running == NULL) return;
  if (self->phase == PHASE_ACTIVE || self->phase == PHASE_READY) {
    const uint64_t deadline = plat_now_ms() + DEACTIVATE_MS;
    calls_deactivate(self, reason);
    while (self->running != NULL && self->phase != PHASE_STOPPED && plat_now_ms() < deadline) events_pump(self, 50);
  }
  if (self->running == NULL) return;
  if (self->phase != PHASE_FAILED) self->phase = PHASE_STOPPED;
  const logosw_host_status status = close_handle(self);
  addin_print_state(self, "stopped", &status);
}

/* The problems, one behind the other, for free(). */
static char *text_of_problems(const json_doc *told) {
  static const char head[] = "manifest.json : la modification n’est pas valable, la version précédente reste en service.";
  const uint32_t list = json_get(told, 0, "problems");
  char *text = strdup(head);
  for (uint32_t at = json_is(told, list, JSON_ARRAY) ? told->nodes[list].first : JSON_NONE; text != NULL && at != JSON_NONE; at = told->nodes[at].next) {
    char *problem = json_text(told, at);
    char *longer = problem == NULL ? NULL : realloc(text, strlen(text) + strlen(problem) + 2);
    if (longer != NULL) {
      text = longer;
      strcat(strcat(text, " "), problem);
    }
    free(problem);
  }
  return text;
}

static void reload_manifest(reference_host *self, bool restart_needed) {
  const char *problem = NULL;
  notices_remove(&self->notices, NOTICE_OF_HOST, MANIFEST_NOTICE);
  if (!manifest_reload(&self->manifest, self->addin_folder, &problem)) {
    notices_put(&self->notices, NOTICE_OF_HOST, MANIFEST_NOTICE, "warning", problem, NULL, NULL);
    return;
  }
  show_toolbar(self);
  if (!restart_needed) return;
  notices_put(&self->notices, NOTICE_OF_HOST, MANIFEST_NOTICE, "info", "La description du module a changé : relancez-le pour qu’elle prenne effet en entier.",
              "Relancer", "restart-addin");
}

void addin_manifest_changed(reference_host *self, const json_doc *told) {
  if (json_is(told, json_get(told, 0, "valid"), JSON_TRUE)) {
    reload_manifest(self, json_is(told, json_get(told, 0, "restartNeeded"), JSON_TRUE));
    return;
  }
  char *text = text_of_problems(told);
  notices_put(&self->notices, NOTICE_OF_HOST, MANIFEST_NOTICE, "warning", text, NULL, NULL);
  free(text);
}

void addin_restart(reference_host *self) {
  addin_stop(self, "restart");
  self->restart_count = 0;
  reload_manifest(self, false);
  addin_start(self);
}

static bool may_restart(reference_host *self) {
  const uint64_t now = plat_now_ms();
  uint32_t recent = 0;
  for (uint32_t i = 0; i < self->restart_count; i++) {
    if (now - self->restarts[i] < RESTART_WINDOW_MS) self->restarts[recent++] = self->restarts[i];
  }
  self->restart_count = recent;
  if (recent >= RESTARTS_ALLOWED) return false;
  self->restarts[self->restart_count++] = now;
  return true;
}

void addin_ended(reference_host *self) {
  const logosw_host_status status = close_handle(self);
  const bool asked = self->phase == PHASE_STOPPED;
  const bool given_up = self->phase == PHASE_FAILED;
  if (!given_up) self->phase = PHASE_STOPPED;
  addin_print_state(self, asked ? "stopped" : given_up ? "failed" : "ended", &status);
  if (asked || given_up || self->quitting) return;
  if (!may_restart(self)) {
    give_up(self, &status);
    return;
  }
  notices_put(&self->notices, NOTICE_OF_HOST, RESTARTED_NOTICE, "info",
              "Le module s’est arrêté et a été relancé. Il a repris son travail où il en était.", "Vu", "dismiss " RESTARTED_NOTICE);
  addin_start(self);
}
