/* What comes from the add-in is printed as it comes; what the manifest does not allow is refused and said. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "output.h"
#include "platform.h"
#include "reference_host.h"

typedef struct event_kind {
  const char *name;       /* of the message */
  const char *capability; /* needed in the manifest; null: none */
  const char *event;      /* printed */
} event_kind;

static const event_kind KINDS[] = {
    {"host.badge", "badge", "badge"},
    {"host.notify", "notifications", "notification"},
    {"host.progress", "progress", "progress"},
    {"host.openWindow", "windows", "window"},
    {"host.withdrawNotice", "notifications", "withdraw-notice"},
    {"host.commandState", NULL, "command-state"},
    {"host.manifestChanged", NULL, "manifest-changed"},
    {"host.offerUnacknowledged", "hooks", "offer-unacknowledged"},
};

static const event_kind *kind_of(const char *name) {
  for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
    if (strcmp(KINDS[i].name, name) == 0) return &KINDS[i];
  }
  return NULL;
}

static void print_refusal(const char *name, const char *why) {
  out_begin("refused");
  out_text("name", name);
  out_text("error", why);
  out_end();
}

/* A window is a page of the add-in's own machine; anything else is not opened. */
static bool is_local_address(const char *url) {
  static const char *const starts[] = {"http://127.0.0.1:", "http://localhost:", "http://[::1]:"};
  for (size_t i = 0; url != NULL && i < sizeof starts / sizeof starts[0]; i++) {
    if (strncmp(url, starts[i], strlen(starts[i])) == 0) return strchr(url, '@') == NULL;
  }
  return false;
}

static bool allow_window(const json_doc *doc) {
  char *url = json_text(doc, json_get(doc, 0, "url"));
  const bool good = is_local_address(url);
  free(url);
  return good;
}

static void remember_badge(manifest_command *command, const logosw_message *message, const json_doc *doc) {
  free(command->badge);
  command->badge = json_is(doc, json_get(doc, 0, "text"), JSON_STRING) ? strdup(message->payload) : NULL;
}

static void remember_state(manifest_command *command, const json_doc *doc) {
  command->enabled = !json_is(doc, json_get(doc, 0, "enabled"), JSON_FALSE);
  command->visible = !json_is(doc, json_get(doc, 0, "visible"), JSON_FALSE);
  free(command->reason);
  command->reason = json_text(doc, json_get(doc, 0, "reason"));
}

/* A notice with an id stays, its first action becomes its button; one without is shown once. */
static void remember_notice(reference_host *self, const json_doc *doc) {
  char *id = json_text(doc, json_get(doc, 0, "id"));
  char *severity = json_text(doc, json_get(doc, 0, "severity"));
  char *message = json_text(doc, json_get(doc, 0, "message"));
  const uint32_t actions = json_get(doc, 0, "actions");
  const uint32_t first = json_is(doc, actions, JSON_ARRAY) ? doc->nodes[actions].first : JSON_NONE;
  char *title = first == JSON_NONE ? NULL : json_text(doc, json_get(doc, first, "title"));
  char *command = first == JSON_NONE ? NULL : json_text(doc, json_get(doc, first, "command"));
  if (severity != NULL && message != NULL) {
    if (id != NULL) notices_put(&self->notices, NOTICE_OF_ADDIN, id, severity, message, title, command);
    if (id == NULL && self->observer.passing != NULL) self->observer.passing(self->observer.context, severity, message);
  }
  free(command);
  free(title);
  free(message);
  free(severity);
  free(id);
}

static void withdraw_notice(reference_host *self, const json_doc *doc) {
  char *id = json_text(doc, json_get(doc, 0, "id"));
  if (id != NULL) notices_remove(&self->notices, NOTICE_OF_ADDIN, id);
  free(id);
}

static double number_of(const json_doc *doc, const char *key) {
  const uint32_t node = json_get(doc, 0, key);
  return json_is(doc, node, JSON_NUMBER) ? strtod(doc->text + doc->nodes[node].start, NULL) : 0;
}

static void tell_progress(const reference_host *self, const json_doc *doc) {
  char *title = json_text(doc, json_get(doc, 0, "title"));
  char *message = json_text(doc, json_get(doc, 0, "message"));
  const double total = number_of(doc, "total");
  const bool ended = json_equals(doc, json_get(doc, 0, "phase"), "end");
  if (self->observer.progress != NULL) {
    self->observer.progress(self->observer.context, message == NULL ? title : message, total > 0 ? number_of(doc, "done") / total : 0, ended);
  }
  free(message);
  free(title);
}

static void tell_window(const reference_host *self, const json_doc *doc) {
  char *url = json_text(doc, json_get(doc, 0, "url"));
  if (url != NULL && self->observer.window != NULL) self->observer.window(self->observer.context, url);
  free(url);
}

/* What was said stays with the command or the notices, so that it can be shown again. */
static void remember(reference_host *self, const char *event, const logosw_message *message, const json_doc *doc) {
  char *id = json_text(doc, json_get(doc, 0, "command"));
  manifest_command *command = id == NULL ? NULL : manifest_find_command(&self->manifest, id);
  free(id);
  if (strcmp(event, "badge") == 0 && command != NULL) remember_badge(command, message, doc);
  if (strcmp(event, "command-state") == 0 && command != NULL) remember_state(command, doc);
  if (strcmp(event, "progress") == 0) tell_progress(self, doc);
  if (strcmp(event, "window") == 0) tell_window(self, doc);
  if (strcmp(event, "notification") == 0) remember_notice(self, doc);
  if (strcmp(event, "withdraw-notice") == 0) withdraw_notice(self, doc);
  if (strcmp(event, "offer-unacknowledged") == 0) offers_again(self);
  if (strcmp(event, "manifest-changed") == 0) addin_manifest_changed(self, doc);
}

static void on_notification(reference_host *self, const logosw_message *message) {
  const event_kind *kind = kind_of(message->name);
  json_doc doc = {.text = NULL};
  self->events_seen++;
  if (kind == NULL) {
    print_refusal(message->name, "unknown message");
  } else if (kind->capability != NULL && !manifest_grants(&self->manifest, kind->capability)) {
    print_refusal(message->name, "not among the capabilities of the manifest");
  } else if (!json_parse(&doc, message->payload, message->payload_size) || !json_is(&doc, 0, JSON_OBJECT)) {
    print_refusal(message->name, "not a JSON object");
  } else if (strcmp(kind->event, "window") == 0 && !allow_window(&doc)) {
    print_refusal(message->name, "not an address of this machine");
  } else {
    out_begin(kind->event);
    out_raw("data", message->payload, message->payload_size);
    out_end();
    remember(self, kind->event, message, &doc);
  }
  json_free(&doc);
}

static void on_state(reference_host *self, int32_t state) {
  logosw_host_status status = {.struct_size = sizeof status};
  if (state != LOGOSW_STATE_READY) return; /* the end is met when the last event was fetched */
  self->phase = PHASE_READY;
  logosw_host_get_status(self->running, &status);
  addin_print_state(self, "ready", &status);
  calls_activate(self);
}

static void dispatch(reference_host *self, const logosw_message *message) {
  switch (message->kind) {
    case LOGOSW_KIND_STATE: on_state(self, message->code); return;
    case LOGOSW_KIND_NOTIFICATION: on_notification(self, message); return;
    case LOGOSW_KIND_REQUEST: requests_answer(self, message); return;
    case LOGOSW_KIND_REPLY:
    case LOGOSW_KIND_ERROR:
      if (!calls_answer(self, message)) offers_answer(self, message);
      return;
    default: return; /* a cancel of a request that was already answered */
  }
}

bool events_pump(reference_host *self, uint32_t timeout_ms) {
  logosw_message message = {.struct_size = sizeof message};
  calls_expire(self);
  if (self->running == NULL) {
    plat_sleep(timeout_ms < 20 ? timeout_ms : 20);
    return false;
  }
  const int32_t result = logosw_host_next_event(self->running, timeout_ms, &message);
  if (result == LOGOSW_OK) {
    dispatch(self, &message);
    logosw_message_release(&message);
  } else if (result == LOGOSW_E_CLOSED) {
    addin_ended(self);
  }
  return result == LOGOSW_OK;
}
