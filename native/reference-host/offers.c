/* Documents go to the hook of the manifest a few at a time; each stays the host's until the add-in says it has it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "lines.h"
#include "output.h"
#include "platform.h"
#include "reference_host.h"
#include "system.h"

enum { WINDOW = 32 };

static batch *find_batch(const reference_host *self, uint32_t number) {
  for (batch *at = self->batches; at != NULL; at = at->next) {
    if (at->number == number) return at;
  }
  return NULL;
}

static void report_if_done(reference_host *self, batch *done) {
  if (done == NULL || !done->complete || done->acknowledged + done->refused < done->offered) return;
  out_begin("pushed");
  out_number("offered", (int64_t)done->offered);
  out_number("acknowledged", (int64_t)done->acknowledged);
  out_number("notAcknowledged", (int64_t)done->refused);
  out_number("ms", (int64_t)(plat_now_ms() - done->started_ms));
  out_end();
  for (batch **at = &self->batches; *at != NULL; at = &(*at)->next) {
    if (*at != done) continue;
    *at = done->next;
    break;
  }
  free(done);
}

void offers_begin(reference_host *self, bool foreground) {
  batch *made = calloc(1, sizeof *made);
  if (made == NULL) return;
  made->number = ++self->last_batch;
  made->started_ms = plat_now_ms();
  made->foreground = foreground;
  made->next = self->batches;
  self->batches = made;
}

static void not_kept(batch *current, size_t line, const char *why) {
  current->refused++;
  out_begin("not-kept");
  out_number("line", (int64_t)line);
  out_text("error", why);
  out_end();
}

void offers_add_line(reference_host *self, const char *line) {
  batch *current = find_batch(self, self->last_batch);
  json_doc doc;
  if (current == NULL || line[0] == '\0') return;
  current->offered++;
  if (!json_parse(&doc, line, strlen(line))) {
    not_kept(current, current->offered, "not a JSON document");
    return;
  }
  json_free(&doc);
  char *copy = strdup(line);
  if (copy == NULL || spool_add(&self->spool, copy, strlen(line), current->number) == NULL) {
    not_kept(current, current->offered, "cannot be stored by the host");
  }
}

void offers_end(reference_host *self) {
  batch *current = find_batch(self, self->last_batch);
  if (current == NULL) return;
  current->complete = true;
  offers_pump(self);
  report_if_done(self, find_batch(self, self->last_batch));
}

void offers_push_file(reference_host *self, const char *path, bool foreground) {
  FILE *file = system_open_to_read(path);
  char *line = NULL;
  size_t room = 0;
  if (file == NULL) {
    out_begin("error");
    out_text("message", "the file to push cannot be read");
    out_end();
    return;
  }
  offers_begin(self, foreground);
  while (read_line(file, &line, &room)) offers_add_line(self, line);
  free(line);
  fclose(file);
  offers_end(self);
}

static bool send_offer(reference_host *self, offer *entry) {
  const size_t room = entry->size + 128;
  char *payload = malloc(room);
  int32_t result = LOGOSW_E_MEMORY;
  if (payload != NULL) {
    const int size = snprintf(payload, room, "{\"hook\":\"" HOOK_STORED "\",\"key\":\"%" PRIu64 "\",\"data\":%s}", entry->number, entry->document);
    result = logosw_host_start_request(self->running, "hook.call", payload, (uint32_t)size, &entry->correlation);
  }
  free(payload);
  return result == LOGOSW_OK;
}

void offers_pump(reference_host *self) {
  size_t under_way = 0;
  if (self->phase != PHASE_ACTIVE || self->running == NULL || !manifest_has_hook(&self->manifest, HOOK_STORED)) return;
  for (offer *at = self->spool.first; at != NULL && under_way < WINDOW; at = at->next) {
    if (at->correlation == 0 && !at->answered && !send_offer(self, at)) return;
    if (at->correlation != 0) under_way++;
  }
}

void offers_again(reference_host *self) {
  for (offer *at = self->spool.first; at != NULL; at = at->next) {
    at->answered = false;
    if (self->running == NULL) at->correlation = 0;
  }
  offers_pump(self);
}

static void print_offer(uint64_t number, const logosw_message *answer, const json_doc *doc, bool acknowledged) {
  const uint32_t result = json_get(doc, 0, "result");
  out_begin(acknowledged ? "acknowledged" : "not-acknowledged");
  out_number("offer", (int64_t)number);
  if (acknowledged && result != JSON_NONE) out_raw("result", doc->text + doc->nodes[result].start, doc->nodes[result].end - doc->nodes[result].start);
  if (!acknowledged && doc->count > 0) out_raw("error", answer->payload, answer->payload_size);
  if (!acknowledged && doc->count == 0) out_text("error", logosw_result_name(answer->code));
  out_end();
}

bool offers_answer(reference_host *self, const logosw_message *answer) {
  offer *entry = spool_find(&self->spool, answer->correlation);
  json_doc doc = {.text = NULL};
  if (entry == NULL) return false;
  const uint64_t number = entry->number;
  batch *owner = find_batch(self, entry->batch);
  entry->correlation = 0;
  /* The connection ended: nothing was answered, it is offered again at the next activation. */
  if (answer->kind == LOGOSW_KIND_ERROR && (answer->code == LOGOSW_E_CLOSED || answer->code == LOGOSW_E_BUSY)) return true;
  if (answer->payload_size > 0 && !json_parse(&doc, answer->payload, answer->payload_size)) doc = (json_doc){.text = NULL};
  const bool acknowledged = answer->kind == LOGOSW_KIND_REPLY && json_is(&doc, json_get(&doc, 0, "acknowledged"), JSON_TRUE);
  /* Gone from the spool first, told after: who kills this host on its word must not find the document there. */
  if (acknowledged) {
    spool_remove(&self->spool, entry);
    if (owner != NULL) owner->acknowledged++;
  } else {
    entry->answered = true;
    entry->batch = 0;
    if (owner != NULL) owner->refused++;
  }
  print_offer(number, answer, &doc, acknowledged);
  if (self->observer.offer_answered != NULL) {
    char *why = json_text(&doc, json_get(&doc, 0, "message"));
    self->observer.offer_answered(self->observer.context, number, acknowledged, why);
    free(why);
  }
  json_free(&doc);
  offers_pump(self);
  report_if_done(self, owner);
  return true;
}

bool offers_busy(const reference_host *self) {
  for (const batch *at = self->batches; at != NULL; at = at->next) {
    if (at->foreground) return true;
  }
  return false;
}
