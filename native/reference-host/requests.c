/* What the add-in asks and wants answered: who the host is, its practitioners, its clock, its printer. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base64.h"
#include "json.h"
#include "output.h"
#include "reference_host.h"
#include "system.h"

typedef struct answer {
  int32_t code;  /* LOGOSW_OK: a good answer */
  char *payload; /* for free() */
} answer;

typedef answer (*handler)(reference_host *self, const json_doc *question);

static answer good(char *payload) {
  return (answer){.code = payload == NULL ? LOGOSW_E_MEMORY : LOGOSW_OK, .payload = payload};
}

/* {"code":..,"message":..}: what an add-in gets for anything the host does not do. Both texts are ours and need no escaping. */
static answer refusal(int32_t code, const char *name, const char *message) {
  const size_t room = strlen(name) + strlen(message) + 32;
  char *payload = malloc(room);
  if (payload != NULL) snprintf(payload, room, "{\"code\":\"%s\",\"message\":\"%s\"}", name, message);
  return (answer){.code = code, .payload = payload};
}

static answer info(reference_host *self, const json_doc *question) {
  char text[256];
  (void)question;
  snprintf(text, sizeof text, "{\"name\":\"" HOST_NAME "\",\"version\":\"" HOST_VERSION "\",\"language\":\"fr\",\"unacknowledged\":%zu}", self->spool.count);
  return good(strdup(text));
}

static answer practitioners(reference_host *self, const json_doc *question) {
  const char *list = self->practitioners == NULL ? "[]" : self->practitioners;
  const size_t room = strlen(list) + 32;
  char *payload = malloc(room);
  (void)question;
  if (payload != NULL) snprintf(payload, room, "{\"practitioners\":%s}", list);
  return good(payload);
}

static answer clock_now(reference_host *self, const json_doc *question) {
  struct tm parts;
  int within = 0;
  int ahead = 0;
  char stamp[40];
  char text[96];
  (void)question;
  const int64_t now = system_now(&within);
  const int64_t ms = now * 1000 + within + self->clock_offset_ms;
  if (!system_local_time(ms / 1000, &parts, &ahead)) return refusal(LOGOSW_E_IO, "no-clock", "The local time is not known");
  strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &parts);
  snprintf(text, sizeof text, "{\"now\":\"%s.%03d%c%02d:%02d\"}", stamp, (int)(ms % 1000), ahead < 0 ? '-' : '+', abs(ahead) / 60, abs(ahead) % 60);
  return good(strdup(text));
}

static const char *ending_of(const char *media_type) {
  static const char *const known[][2] = {{"application/pdf", "pdf"}, {"text/plain", "txt"}, {"text/html", "html"}, {"image/png", "png"}};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
    if (strncmp(media_type, known[i][0], strlen(known[i][0])) == 0) return known[i][1];
  }
  return "bin";
}

/* The reference host's printer is a folder. A file there bears a number: a title may name a person. */
static bool put_on_paper(reference_host *self, const char *media_type, const uint8_t *bytes, size_t size, char *name, size_t room) {
  snprintf(name, room, "%04u.%s", (unsigned)++self->printed, ending_of(media_type));
  char *path = join_path(self->print_folder, name);
  FILE *file = path == NULL ? NULL : system_open_to_write(path);
  bool done = file != NULL && fwrite(bytes, 1, size, file) == size;
  if (file != NULL && fclose(file) != 0) done = false;
  free(path);
  return done;
}

static answer print(reference_host *self, const json_doc *question) {
  char *document = json_text(question, json_get(question, 0, "document"));
  char *title = json_text(question, json_get(question, 0, "title"));
  char *media_type = json_text(question, json_get(question, 0, "mediaType"));
  char *encoded = json_text(question, json_get(question, 0, "bytes"));
  size_t size = 0;
  uint8_t *bytes = encoded == NULL ? NULL : base64_decode(encoded, &size);
  char name[32];
  answer result;
  if (document == NULL || title == NULL || media_type == NULL || bytes == NULL) {
    result = refusal(LOGOSW_E_ARGUMENT, "bad-payload", "document, title, mediaType and bytes in base64 are needed");
  } else if (!manifest_prints(&self->manifest, document)) {
    result = refusal(LOGOSW_E_ARGUMENT, "not-contributed", "The manifest does not contribute this document");
  } else if (self->print_folder == NULL) {
    result = refusal(LOGOSW_E_IO, "no-printer", "Aucune imprimante n’est choisie.");
  } else if (!put_on_paper(self, media_type, bytes, size, name, sizeof name)) {
    result = refusal(LOGOSW_E_IO, "printer-failed", "L’imprimante ne répond pas.");
  } else {
    out_begin("print");
    out_text("document", document);
    out_text("title", title);
    out_text("mediaType", media_type);
    out_number("bytes", (int64_t)size);
    out_text("file", name);
    out_end();
    if (self->observer.printed != NULL) self->observer.printed(self->observer.context, title, name);
    result = good(strdup("{\"printed\":true}"));
  }
  free(bytes);
  free(encoded);
  free(media_type);
  free(title);
  free(document);
  return result;
}

static const struct {
  const char *name;
  const char *capability; /* needed in the manifest; null: none */
  handler handle;
} KNOWN[] = {
    {"host.info", NULL, info},
    {"host.practitioners", "practitioners", practitioners},
    {"host.clock", "clock", clock_now},
    {"host.print", "print", print},
};

static answer answer_to(reference_host *self, const logosw_message *message) {
  for (size_t i = 0; i < sizeof KNOWN / sizeof KNOWN[0]; i++) {
    if (strcmp(KNOWN[i].name, message->name) != 0) continue;
    if (KNOWN[i].capability != NULL && !manifest_grants(&self->manifest, KNOWN[i].capability)) {
      return refusal(LOGOSW_E_ARGUMENT, "capability", "The manifest does not ask for the capability that this needs");
    }
    json_doc doc = {.text = NULL};
    if (!json_parse(&doc, message->payload, message->payload_size)) return refusal(LOGOSW_E_ARGUMENT, "bad-payload", "The payload is not JSON");
    const answer result = KNOWN[i].handle(self, &doc);
    json_free(&doc);
    return result;
  }
  return refusal(LOGOSW_E_ARGUMENT, "unknown-request", "The host does not know this request");
}

void requests_answer(reference_host *self, const logosw_message *message) {
  const answer made = answer_to(self, message);
  const char *payload = made.payload == NULL ? "{}" : made.payload;
  logosw_host_reply(self->running, message->correlation, made.code, payload, (uint32_t)strlen(payload));
  if (made.code != LOGOSW_OK) {
    out_begin("refused");
    out_text("name", message->name);
    out_raw("error", payload, strlen(payload));
    out_end();
  }
  free(made.payload);
}
