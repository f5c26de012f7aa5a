/*
 * bridge-check [rounds]: both faces of the bridge under load, in bad order and against mutated bytes. Meant to run under the sanitizers
 * (make -C native check). Prints one line a scenario; exit code 0 when all are good.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "logosw_addin.h"
#include "peers.h"
#include "platform.h"

enum { CALLERS = 4, CALLS = 200, MAX_PAYLOAD = 60000, LARGE_PAYLOAD = 500000, CLOSE_LIMIT_MS = 15000 };

/* How long an add-in may be silent: one that floods answers nothing meanwhile, and a loaded machine is slow. */
enum { LIFE_MS = 20000, LIFE_OF_HANGING_MS = 1500, LIFE_BESIDE_STANDING_MS = 4000 };

static const char *own_path;

static logosw_host *open_host(const char *mode, const char *argument, uint32_t queue, uint32_t life_ms) {
  const char *arguments[2] = {mode, argument};
  const logosw_host_config config = {
      .struct_size = sizeof config,
      .folder = ".",
      .program = own_path,
      .arguments = arguments,
      .argument_count = argument == NULL ? 1 : 2,
      .queue_messages = queue,
      .start_timeout_ms = 10000,
      .stop_timeout_ms = 3000,
      .heartbeat_ms = 50,
      .heartbeat_timeout_ms = life_ms,
  };
  logosw_host *host = NULL;
  return logosw_host_open(&config, &host) == LOGOSW_OK ? host : NULL;
}

static bool close_in_time(logosw_host *host) {
  const uint64_t began = plat_now_ms();
  return logosw_host_close(host, NULL) == LOGOSW_OK && plat_now_ms() - began < CLOSE_LIMIT_MS;
}

typedef struct caller {
  logosw_host *host;
  uint32_t seed;
  bool good;
} caller;

static void call_many(void *context) {
  caller *self = context;
  char *payload = malloc(LARGE_PAYLOAD);
  self->good = payload != NULL;
  for (int i = 0; i < CALLS && self->good; i++) {
    /* Now and then more than a socket takes at once: such a message is begun by its sender and ended by the writing thread, with others behind it. */
    const uint32_t size = next_random(&self->seed) % (i % 8 == 0 ? LARGE_PAYLOAD : MAX_PAYLOAD);
    logosw_message reply = {.struct_size = sizeof reply};
    memset(payload, 'a' + (int)(self->seed % 26), size);
    self->good = logosw_host_request(self->host, "echo", payload, size, 20000, &reply) == LOGOSW_OK && reply.payload_size == size &&
                 memcmp(reply.payload, payload, size) == 0;
    logosw_message_release(&reply);
    if (i % 10 == 0) logosw_host_notify(self->host, "note", "{}", 2);
  }
  free(payload);
}

static void drain(void *context) {
  logosw_message event = {.struct_size = sizeof event};
  while (logosw_host_next_event(context, LOGOSW_WAIT_FOREVER, &event) != LOGOSW_E_CLOSED) logosw_message_release(&event);
}

static bool many_callers(void) {
  logosw_host *host = open_host("--addin", NULL, 0, LIFE_MS);
  plat_thread threads[CALLERS + 1];
  caller callers[CALLERS];
  bool good = host != NULL && plat_thread_start(&threads[CALLERS], drain, host) == LOGOSW_OK;
  if (!good) return false;
  for (uint32_t i = 0; i < CALLERS; i++) {
    callers[i] = (caller){.host = host, .seed = 7919 * (i + 1)};
    if (plat_thread_start(&threads[i], call_many, &callers[i]) != LOGOSW_OK) return false;
  }
  for (uint32_t i = 0; i < CALLERS; i++) {
    plat_thread_join(&threads[i]);
    good = good && callers[i].good;
  }
  logosw_host_kill(host);
  plat_thread_join(&threads[CALLERS]);
  return close_in_time(host) && good;
}

/* Notifications by the thousand, fetched slowly at first: every one arrives, in bounded memory. */
static bool slow_fetching(void) {
  logosw_host *host = open_host("--addin", NULL, 8, LIFE_MS);
  uint64_t number = 0;
  uint32_t heard = 0;
  bool answered = false;
  if (host == NULL || logosw_host_start_request(host, "flood", "5000", 4, &number) != LOGOSW_OK) return false;
  while (!answered) {
    logosw_message event = {.struct_size = sizeof event};
    if (heard < 20) plat_sleep(5);
    if (logosw_host_next_event(host, 20000, &event) != LOGOSW_OK) break;
    if (event.kind == LOGOSW_KIND_NOTIFICATION) heard++;
    answered = event.kind == LOGOSW_KIND_REPLY && event.correlation == number;
    logosw_message_release(&event);
  }
  return close_in_time(host) && answered && heard == 5000;
}

/* A flood nobody fetches must not keep the answer back from a thread that waits for it. */
static bool answer_behind_flood(void) {
  logosw_host *host = open_host("--addin", NULL, 8, LIFE_MS);
  logosw_message reply = {.struct_size = sizeof reply};
  if (host == NULL) return false;
  const bool good = logosw_host_request(host, "flood", "3000", 4, 20000, &reply) == LOGOSW_OK;
  logosw_message_release(&reply);
  return close_in_time(host) && good;
}

static void wait_in_vain(void *context) {
  caller *self = context;
  logosw_message reply = {.struct_size = sizeof reply};
  self->good = logosw_host_request(self->host, "silent", "{}", 2, LOGOSW_WAIT_FOREVER, &reply) == LOGOSW_E_CLOSED;
}

/* The add-in dies, or the host closes, while calls are inside the handle. */
static bool end_under_way(bool close_instead) {
  logosw_host *host = open_host("--addin", NULL, 0, LIFE_MS);
  plat_thread thread;
  uint64_t number = 0;
  caller waiting = {.host = host, .good = false};
  if (host == NULL || logosw_host_wait_ready(host, 10000) != LOGOSW_OK) return false;
  if (plat_thread_start(&thread, wait_in_vain, &waiting) != LOGOSW_OK) return false;
  plat_sleep(30);
  if (!close_instead) logosw_host_start_request(host, "die", "{}", 2, &number);
  if (close_instead && !close_in_time(host)) return false;
  plat_thread_join(&thread);
  return waiting.good && (close_instead || close_in_time(host));
}

static bool timeouts_and_cancels(void) {
  logosw_host *host = open_host("--addin", NULL, 0, LIFE_MS);
  bool good = host != NULL && logosw_host_wait_ready(host, 10000) == LOGOSW_OK;
  for (int i = 0; i < 50 && good; i++) {
    logosw_message reply = {.struct_size = sizeof reply};
    uint64_t number = 0;
    good = logosw_host_request(host, "silent", "{}", 2, 2, &reply) == LOGOSW_E_TIMEOUT && reply.memory == NULL;
    good = good && logosw_host_start_request(host, i % 2 == 0 ? "echo" : "silent", "{}", 2, &number) == LOGOSW_OK;
    if (good) logosw_host_cancel(host, number);
  }
  return good && close_in_time(host);
}

/* The process runs on and answers nothing more: it is ended, and what it owed is answered. */
static bool hanging_addin(void) {
  logosw_host *host = open_host("--addin", NULL, 0, LIFE_OF_HANGING_MS);
  logosw_host_status status = {.struct_size = sizeof status};
  logosw_message reply = {.struct_size = sizeof reply};
  if (host == NULL) return false;
  const bool ended = logosw_host_request(host, "hang", "{}", 2, 30000, &reply) == LOGOSW_E_CLOSED;
  return logosw_host_close(host, &status) == LOGOSW_OK && ended && status.error == LOGOSW_E_HUNG && status.state == LOGOSW_STATE_FAILED;
}

/* A host that fetches nothing for longer than an add-in may be silent: its fault, not the add-in's. */
static bool standing_host(void) {
  logosw_host *host = open_host("--addin", NULL, 8, LIFE_BESIDE_STANDING_MS);
  uint64_t number = 0;
  bool answered = false;
  if (host == NULL || logosw_host_start_request(host, "flood", "2000", 4, &number) != LOGOSW_OK) return false;
  plat_sleep(2 * LIFE_BESIDE_STANDING_MS);
  for (int32_t result = LOGOSW_OK; result == LOGOSW_OK && !answered;) {
    logosw_message event = {.struct_size = sizeof event};
    result = logosw_host_next_event(host, 20000, &event);
    answered = event.kind == LOGOSW_KIND_REPLY && event.correlation == number;
    logosw_message_release(&event);
  }
  return close_in_time(host) && answered;
}

static bool hostile_addin(uint32_t seed) {
  char text[16];
  snprintf(text, sizeof text, "%u", (unsigned)seed);
  logosw_host *host = open_host("--raw", text, 4, LIFE_MS);
  logosw_message event = {.struct_size = sizeof event};
  if (host == NULL) return false;
  for (int32_t result = LOGOSW_OK; result == LOGOSW_OK;) {
    result = logosw_host_next_event(host, 10000, &event);
    if (event.kind == LOGOSW_KIND_REQUEST) logosw_host_reply(host, event.correlation, LOGOSW_OK, "{}", 2);
    logosw_message_release(&event);
  }
  return close_in_time(host);
}

static int failures;

static void report(const char *name, bool good) {
  printf("%-5s %s\n", good ? "ok" : "FAIL", name);
  fflush(stdout);
  if (!good) failures++;
}

int main(int count, char **values) {
  own_path = values[0];
  if (count > 1 && strcmp(values[1], "--addin") == 0) return play_addin();
  if (count > 2 && strcmp(values[1], "--raw") == 0) return play_raw_addin((uint32_t)strtoul(values[2], NULL, 10));
  const uint32_t rounds = count > 1 ? (uint32_t)strtoul(values[1], NULL, 10) : 50;
  bool good = true;
  report("many callers at one time", many_callers());
  report("a host that fetches slowly loses nothing", slow_fetching());
  report("an answer behind a flood nobody fetches", answer_behind_flood());
  report("the add-in dies while a call waits", end_under_way(false));
  report("the host closes while a call waits", end_under_way(true));
  report("time-outs and cancellations", timeouts_and_cancels());
  report("an add-in that hangs is ended", hanging_addin());
  report("an add-in is not ended because its host stands still", standing_host());
  for (uint32_t seed = 1; seed <= rounds; seed++) good = hostile_addin(seed * 2654435761u) && good;
  report("mutated bytes against the host face", good);
  good = true;
  for (uint32_t seed = 1; seed <= 20 * rounds; seed++) good = check_against_raw_host(seed * 2654435761u) && good;
  report("mutated bytes against the add-in face", good);
  return failures == 0 ? 0 : 1;
}
