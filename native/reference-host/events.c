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
    {"host.commandState", NULL, "command-state"},
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

/* Badge and enablement stay with the command, so that the toolbar can be shown again. */
static void remember(reference_host *self, const char *name, const logosw_message *message, const json_doc *doc) {
  char *id = json_text(doc, json_get(doc, 0, "command"));
  manifest_command *command = id == NULL ? NULL : manifest_find_command(&self->manifest, id);
  free(id);
  if (command == NULL) return;
  if (strcmp(name, "host.badge") == 0) {
    free(command->badge);
    command->badge = strdup(message->payload);
  } else if (strcmp(name, "host.commandState") == 0) {
    command->enabled = !json_is(doc, json_get(doc, 0, "enabled"), JSON_FALSE);
  }
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
    remember(self, message->name, message, &doc);
    out_begin(kind->event);
    out_raw("data", message->payload, message->payload_size);
    out_end();
    if (strcmp(kind->event, "offer-unacknowledged") == 0) offers_again(self);
  }
  json_free(&doc);
}

static void on_request(reference_host *self, const logosw_message *message) {
  char payload[256];
  if (strcmp(message->name, "host.info") == 0) {
    snprintf(payload, sizeof payload, "{\"name\":\"" HOST_NAME "\",\"version\":\"" HOST_VERSION "\",\"language\":\"fr\",\"unacknowledged\":%zu}", self->spool.count);
    logosw_host_reply(self->running, message->correlation, LOGOSW_OK, payload, (uint32_t)strlen(payload));
    return;
  }
  snprintf(payload, sizeof payload, "{\"code\":\"unknown-request\",\"message\":\"The host does not know this request.\"}");
  logosw_host_reply(self->running, message->correlation, LOGOSW_E_ARGUMENT, payload, (uint32_t)strlen(payload));
  print_refusal(message->name, "unknown request");
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
    case LOGOSW_KIND_REQUEST: on_request(self, message); return;
    case LOGOSW_KIND_REPLY:
    case LOGOSW_KIND_ERROR:
      if (!calls_answer(self, message)) offers_answer(self, message);
      return;
    default: return; /* a cancel of a request that was already answered */
  }
}

void events_pump(reference_host *self, uint32_t timeout_ms) {
  logosw_message message = {.struct_size = sizeof message};
  calls_expire(self);
  if (self->running == NULL) {
    plat_sleep(timeout_ms < 20 ? timeout_ms : 20);
    return;
  }
  const int32_t result = logosw_host_next_event(self->running, timeout_ms, &message);
  if (result == LOGOSW_OK) {
    dispatch(self, &message);
    logosw_message_release(&message);
  } else if (result == LOGOSW_E_CLOSED) {
    addin_ended(self);
  }
}

void events_print_summary(const reference_host *self) {
  out_begin("events");
  out_number("seen", (int64_t)self->events_seen);
  out_number("unacknowledged", (int64_t)self->spool.count);
  out_list("badges");
  for (size_t i = 0; i < self->manifest.command_count; i++) {
    const manifest_command *command = &self->manifest.commands[i];
    if (command->badge == NULL) continue;
    out_item();
    out_text("command", command->id);
    out_raw("badge", command->badge, strlen(command->badge));
    out_item_end();
  }
  out_list_end();
  out_end();
}
