/* Requests of the host to the add-in, each answered or given up at its time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "output.h"
#include "platform.h"
#include "reference_host.h"

enum { ACTIVATE_MS = 30000, DEACTIVATE_MS = 5000 };

static const char *const EVENT_OF[] = {
    [CALL_ACTIVATE] = "activated",
    [CALL_INVOKE] = "result",
    [CALL_CLOSE_DAY] = "day-closed",
    [CALL_HEALTH] = "health",
    [CALL_DEACTIVATE] = "deactivated",
};

/* The day close has its own words: the host goes on closing whatever the add-in does. */
static void print_outcome(const call *ended, const json_doc *doc, const char *otherwise) {
  const uint32_t result = json_get(doc, 0, "result");
  char *outcome = json_text(doc, json_get(doc, result, "outcome"));
  const uint32_t counts = json_get(doc, result, "counts");
  if (ended->label != NULL) out_text("date", ended->label);
  out_text("outcome", outcome == NULL ? otherwise : outcome);
  if (counts != JSON_NONE) out_raw("counts", doc->text + doc->nodes[counts].start, doc->nodes[counts].end - doc->nodes[counts].start);
  free(outcome);
}

/* The "result" of a good answer, the whole payload of a bad one. */
static void print_answer(const call *ended, const logosw_message *answer) {
  json_doc doc = {.text = NULL};
  const bool good = answer->kind == LOGOSW_KIND_REPLY && answer->payload != NULL && json_parse(&doc, answer->payload, answer->payload_size);
  out_begin(EVENT_OF[ended->kind]);
  if (ended->kind == CALL_CLOSE_DAY) print_outcome(ended, &doc, "incident");
  if (ended->kind == CALL_INVOKE) out_text("command", ended->label);
  if (ended->kind == CALL_HEALTH) out_text("check", ended->label);
  out_flag("ok", good);
  if (good && ended->kind != CALL_CLOSE_DAY) {
    const uint32_t result = json_get(&doc, 0, "result");
    const json_node *shown = &doc.nodes[result == JSON_NONE ? 0 : result];
    out_raw("result", doc.text + shown->start, shown->end - shown->start);
  }
  if (!good) {
    json_doc error = {.text = NULL};
    if (answer->payload_size > 0 && json_parse(&error, answer->payload, answer->payload_size)) {
      out_raw("error", answer->payload, answer->payload_size);
      json_free(&error);
    } else {
      out_text("error", logosw_result_name(answer->code));
    }
  }
  out_number("ms", (int64_t)(plat_now_ms() - ended->started_ms));
  out_end();
  json_free(&doc);
}

static void after(reference_host *self, const call *ended, const logosw_message *answer) {
  const bool good = answer->kind == LOGOSW_KIND_REPLY;
  if (ended->kind == CALL_ACTIVATE && answer->code == LOGOSW_E_CANCELLED) {
    logosw_host_kill(self->running); /* no answer at its time: it may go better the next time */
  } else if (ended->kind == CALL_ACTIVATE && !good && answer->code != LOGOSW_E_CLOSED) {
    addin_refused(self);
  }
  if (ended->kind == CALL_ACTIVATE && good) {
    self->phase = PHASE_ACTIVE;
    logosw_host_status status = {.struct_size = sizeof status};
    logosw_host_get_status(self->running, &status);
    addin_print_state(self, "active", &status);
    offers_again(self);
  }
  if (ended->kind == CALL_DEACTIVATE) self->phase = PHASE_STOPPED;
}

static void tell_day_closed(const reference_host *self, const logosw_message *answer) {
  json_doc doc = {.text = NULL};
  const bool good = answer->kind == LOGOSW_KIND_REPLY && answer->payload != NULL && json_parse(&doc, answer->payload, answer->payload_size);
  const uint32_t result = good ? json_get(&doc, 0, "result") : JSON_NONE;
  char *outcome = json_text(&doc, json_get(&doc, result, "outcome"));
  char *message = json_text(&doc, json_get(&doc, json_get(&doc, result, "reason"), "message"));
  if (self->observer.day_closed != NULL) self->observer.day_closed(self->observer.context, outcome == NULL ? "incident" : outcome, message);
  free(message);
  free(outcome);
  json_free(&doc);
}

static void tell_command_failed(const reference_host *self, const char *command, const logosw_message *answer) {
  json_doc doc = {.text = NULL};
  char *message = NULL;
  if (self->observer.command_failed == NULL) return;
  if (answer->payload_size > 0 && json_parse(&doc, answer->payload, answer->payload_size)) message = json_text(&doc, json_get(&doc, 0, "message"));
  self->observer.command_failed(self->observer.context, command, message);
  free(message);
  json_free(&doc);
}

static void finish(reference_host *self, call *ended, const logosw_message *answer) {
  for (call **at = &self->calls; *at != NULL; at = &(*at)->next) {
    if (*at != ended) continue;
    *at = ended->next;
    break;
  }
  print_answer(ended, answer);
  if (ended->kind == CALL_CLOSE_DAY) tell_day_closed(self, answer);
  if (ended->kind == CALL_INVOKE && ended->label != NULL && answer->kind != LOGOSW_KIND_REPLY) tell_command_failed(self, ended->label, answer);
  after(self, ended, answer);
  free(ended->label);
  free(ended);
}

static void fail_now(reference_host *self, call *made, int32_t result) {
  const logosw_message answer = {.struct_size = sizeof answer, .kind = LOGOSW_KIND_ERROR, .code = result};
  finish(self, made, &answer);
}

static void start(reference_host *self, call_kind kind, const char *label, const char *name, const char *payload, uint32_t timeout_ms, bool foreground) {
  call *made = calloc(1, sizeof *made);
  if (made == NULL) return;
  made->kind = kind;
  made->label = label == NULL ? NULL : strdup(label);
  made->started_ms = plat_now_ms();
  made->deadline_ms = made->started_ms + timeout_ms;
  made->foreground = foreground;
  made->next = self->calls;
  self->calls = made;
  if (self->running == NULL || payload == NULL) {
    fail_now(self, made, payload == NULL ? LOGOSW_E_MEMORY : LOGOSW_E_CLOSED);
    return;
  }
  const int32_t result = logosw_host_start_request(self->running, name, payload, (uint32_t)strlen(payload), &made->correlation);
  if (result != LOGOSW_OK) fail_now(self, made, result);
}

/* {"<key>":"<text>"<more>} for free(). */
static char *object_of(const char *key, const char *text, const char *more) {
  char *quoted = json_quote(text);
  const size_t size = quoted == NULL ? 0 : strlen(key) + strlen(quoted) + strlen(more) + 8;
  char *payload = quoted == NULL ? NULL : malloc(size);
  if (payload != NULL) snprintf(payload, size, "{\"%s\":%s%s}", key, quoted, more);
  free(quoted);
  return payload;
}

void calls_activate(reference_host *self) {
  char *payload = object_of("event", "onStartup", ",\"host\":{\"name\":\"" HOST_NAME "\",\"version\":\"" HOST_VERSION "\",\"language\":\"fr\"}");
  start(self, CALL_ACTIVATE, NULL, "addin.activate", payload, ACTIVATE_MS, true);
  free(payload);
}

void calls_deactivate(reference_host *self, const char *reason) {
  char *payload = object_of("reason", reason, "");
  start(self, CALL_DEACTIVATE, NULL, "addin.deactivate", payload, DEACTIVATE_MS, false);
  free(payload);
}

void calls_invoke(reference_host *self, const char *command, const char *arguments, bool foreground) {
  const manifest_command *known = manifest_find_command(&self->manifest, command);
  char *payload = NULL;
  char *more;
  if (known == NULL || !known->enabled) {
    out_begin("result");
    out_text("command", command);
    out_flag("ok", false);
    out_text("error", known == NULL ? "unknown command" : "command disabled");
    out_end();
    return;
  }
  more = malloc(strlen(arguments) + 16);
  if (more != NULL) {
    sprintf(more, ",\"arguments\":%s", arguments);
    payload = object_of("command", command, more);
  }
  start(self, CALL_INVOKE, command, "command.invoke", payload, self->call_timeout_ms, foreground);
  free(payload);
  free(more);
}

void calls_close_day(reference_host *self, const char *date, bool foreground) {
  char more[64] = ",\"data\":{}";
  if (date != NULL) snprintf(more, sizeof more, ",\"data\":{\"date\":\"%.10s\"}", date);
  char *payload = object_of("hook", HOOK_DAY_CLOSING, more);
  start(self, CALL_CLOSE_DAY, date, "hook.call", payload, self->close_day_timeout_ms, foreground);
  free(payload);
}

void calls_health(reference_host *self) {
  for (size_t i = 0; i < self->manifest.health_check_count; i++) {
    char *payload = object_of("check", self->manifest.health_checks[i], "");
    start(self, CALL_HEALTH, self->manifest.health_checks[i], "health.check", payload, self->call_timeout_ms, true);
    free(payload);
  }
}

bool calls_answer(reference_host *self, const logosw_message *answer) {
  for (call *at = self->calls; at != NULL; at = at->next) {
    if (at->correlation != answer->correlation) continue;
    finish(self, at, answer);
    return true;
  }
  return false;
}

void calls_expire(reference_host *self) {
  const uint64_t now = plat_now_ms();
  for (call *at = self->calls; at != NULL;) {
    call *next = at->next;
    /* The answer (cancelled) comes back as an event of its own. */
    if (at->correlation != 0 && now >= at->deadline_ms && self->running != NULL) logosw_host_cancel(self->running, at->correlation);
    at = next;
  }
}

bool calls_busy(const reference_host *self) {
  for (const call *at = self->calls; at != NULL; at = at->next) {
    if (at->foreground) return true;
  }
  return false;
}
