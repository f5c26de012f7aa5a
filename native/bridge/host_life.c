/* The life of one add-in as the host sees it: open, status, kill, close. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host_internal.h"

enum { START_LINE_SIZE = 1024 };

static uint32_t or_default(uint32_t value, uint32_t otherwise) {
  return value == 0 ? otherwise : value;
}

bool host_enter(logosw_host *self) {
  bool open;
  plat_mutex_lock(&self->lock);
  open = !atomic_load(&self->closing);
  if (open) self->users++;
  plat_mutex_unlock(&self->lock);
  return open;
}

void host_leave(logosw_host *self) {
  plat_mutex_lock(&self->lock);
  self->users--;
  if (self->users == 0 && atomic_load(&self->closing)) plat_cond_wake_all(&self->changed);
  plat_mutex_unlock(&self->lock);
}

static logosw_host *create(const logosw_host_config *config) {
  const channel_sink sink = {.received = host_on_received, .unsendable = host_on_unsendable, .ended = host_on_ended};
  logosw_host *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->max_message = wire_limit(config->max_message_bytes);
  self->queue_messages = or_default(config->queue_messages, LOGOSW_DEFAULT_QUEUE_MESSAGES);
  self->start_timeout_ms = or_default(config->start_timeout_ms, LOGOSW_DEFAULT_START_TIMEOUT);
  self->send_timeout_ms = or_default(config->send_timeout_ms, LOGOSW_DEFAULT_SEND_TIMEOUT);
  self->stop_timeout_ms = or_default(config->stop_timeout_ms, LOGOSW_DEFAULT_STOP_TIMEOUT);
  self->heartbeat_ms = or_default(config->heartbeat_ms, LOGOSW_DEFAULT_HEARTBEAT);
  self->heartbeat_timeout_ms = or_default(config->heartbeat_timeout_ms, LOGOSW_DEFAULT_HEARTBEAT_TIMEOUT);
  self->status = (logosw_host_status){.struct_size = sizeof self->status, .state = LOGOSW_STATE_STARTING, .exit_code = -1};
  atomic_init(&self->closing, false);
  if (plat_mutex_init(&self->lock) != LOGOSW_OK) goto no_lock;
  if (plat_cond_init(&self->changed) != LOGOSW_OK) goto no_changed;
  if (plat_cond_init(&self->answered) != LOGOSW_OK) goto no_answered;
  if (plat_cond_init(&self->room) != LOGOSW_OK) goto no_room;
  if (plat_cond_init(&self->watched) != LOGOSW_OK) goto no_watched;
  if (channel_init(&self->link, self->max_message, self->queue_messages, sink, self) == LOGOSW_OK) return self;
  plat_cond_destroy(&self->watched);
no_watched:
  plat_cond_destroy(&self->room);
no_room:
  plat_cond_destroy(&self->answered);
no_answered:
  plat_cond_destroy(&self->changed);
no_changed:
  plat_mutex_destroy(&self->lock);
no_lock:
  free(self);
  return NULL;
}

static void destroy(logosw_host *self) {
  plat_listener_close(&self->listener);
  plat_wipe(self->token, sizeof self->token);
  message_queue_clear(&self->events);
  channel_destroy(&self->link);
  plat_cond_destroy(&self->watched);
  plat_cond_destroy(&self->room);
  plat_cond_destroy(&self->answered);
  plat_cond_destroy(&self->changed);
  plat_mutex_destroy(&self->lock);
  free(self);
}

/* The line the add-in reads on its standard input. The endpoint holds no character that JSON would escape but the backslash of Windows. */
static size_t start_line(const logosw_host *self, char *out) {
  char endpoint[2 * PLAT_ENDPOINT_SIZE];
  char token[WIRE_TOKEN_HEX + 1];
  size_t at = 0;
  int length;
  for (const char *from = self->listener.endpoint; *from != '\0'; from++) {
    if (*from == '\\' || *from == '"') endpoint[at++] = '\\';
    endpoint[at++] = *from;
  }
  endpoint[at] = '\0';
  wire_to_hex(self->token, sizeof self->token, token);
  length = snprintf(out, START_LINE_SIZE, "{\"abi\":%d,\"endpoint\":\"%s\",\"token\":\"%s\"}\n", LOGOSW_ADDIN_ABI_VERSION, endpoint, token);
  plat_wipe(token, sizeof token);
  return length < 0 || length >= START_LINE_SIZE ? 0 : (size_t)length;
}

static int32_t start_process(logosw_host *self, const logosw_host_config *config) {
  char line[START_LINE_SIZE];
  const plat_start start = {
      .folder = config->folder,
      .program = config->program,
      .arguments = config->arguments,
      .argument_count = config->argument_count,
      .discard_output = (config->flags & LOGOSW_FLAG_DISCARD_OUTPUT) != 0,
      .input = line,
      .input_size = start_line(self, line),
  };
  const int32_t result = start.input_size == 0 ? LOGOSW_E_IO : plat_process_start(&start, &self->process);
  plat_wipe(line, sizeof line);
  if (result == LOGOSW_OK) self->status.process_id = plat_process_id(&self->process);
  return result;
}

int32_t LOGOSW_CALL logosw_host_open(const logosw_host_config *config, logosw_host **host) {
  logosw_host *self;
  int32_t result;
  if (host == NULL) return LOGOSW_E_ARGUMENT;
  *host = NULL;
  if (config == NULL || config->struct_size < sizeof *config || config->folder == NULL || config->program == NULL) return LOGOSW_E_ARGUMENT;
  if (config->arguments == NULL && config->argument_count > 0) return LOGOSW_E_ARGUMENT;
  self = create(config);
  if (self == NULL) return LOGOSW_E_MEMORY;
  result = plat_random(self->token, sizeof self->token) ? plat_listener_open(&self->listener) : LOGOSW_E_IO;
  if (result == LOGOSW_OK) result = start_process(self, config);
  if (result != LOGOSW_OK) {
    destroy(self);
    return result;
  }
  result = plat_thread_start(&self->supervisor, host_supervise, self);
  if (result != LOGOSW_OK) {
    plat_process_kill(&self->process);
    while (!plat_process_poll(&self->process).ended) plat_sleep(1);
    plat_process_release(&self->process);
    destroy(self);
    return result;
  }
  *host = self;
  return LOGOSW_OK;
}

int32_t LOGOSW_CALL logosw_host_wait_ready(logosw_host *host, uint32_t timeout_ms) {
  const plat_deadline deadline = plat_deadline_in(timeout_ms);
  int32_t result = LOGOSW_OK;
  if (host == NULL) return LOGOSW_E_ARGUMENT;
  if (!host_enter(host)) return LOGOSW_E_CLOSED;
  plat_mutex_lock(&host->lock);
  while (host->status.state == LOGOSW_STATE_STARTING && host->status.error == LOGOSW_OK && !atomic_load(&host->closing) && result == LOGOSW_OK) {
    if (!plat_cond_wait(&host->changed, &host->lock, deadline)) result = LOGOSW_E_TIMEOUT;
  }
  if (host->status.error != LOGOSW_OK) {
    result = host->status.error;
  } else if (host->status.state == LOGOSW_STATE_READY) {
    result = LOGOSW_OK;
  } else if (atomic_load(&host->closing)) {
    result = LOGOSW_E_CLOSED;
  }
  plat_mutex_unlock(&host->lock);
  host_leave(host);
  return result;
}

static void copy_status(logosw_host *host, logosw_host_status *status) {
  plat_mutex_lock(&host->lock);
  *status = host->status;
  plat_mutex_unlock(&host->lock);
}

int32_t LOGOSW_CALL logosw_host_get_status(logosw_host *host, logosw_host_status *status) {
  if (host == NULL || status == NULL || status->struct_size < sizeof *status) return LOGOSW_E_ARGUMENT;
  if (!host_enter(host)) return LOGOSW_E_CLOSED;
  copy_status(host, status);
  host_leave(host);
  return LOGOSW_OK;
}

int32_t LOGOSW_CALL logosw_host_kill(logosw_host *host) {
  if (host == NULL) return LOGOSW_E_ARGUMENT;
  if (!host_enter(host)) return LOGOSW_E_CLOSED;
  plat_mutex_lock(&host->lock);
  if (!host->process_ended) plat_process_kill(&host->process);
  plat_mutex_unlock(&host->lock);
  host_leave(host);
  return LOGOSW_OK;
}

int32_t LOGOSW_CALL logosw_host_close(logosw_host *host, logosw_host_status *status) {
  if (host == NULL || (status != NULL && status->struct_size < sizeof *status)) return LOGOSW_E_ARGUMENT;
  plat_mutex_lock(&host->lock);
  atomic_store(&host->closing, true);
  plat_cond_wake_all(&host->changed);
  plat_cond_wake_all(&host->answered);
  plat_cond_wake_all(&host->room);
  plat_cond_wake_all(&host->watched);
  while (host->users > 0) plat_cond_wait(&host->changed, &host->lock, PLAT_NEVER);
  plat_mutex_unlock(&host->lock);
  plat_thread_join(&host->supervisor);
  if (status != NULL) copy_status(host, status);
  plat_process_release(&host->process);
  destroy(host);
  return LOGOSW_OK;
}
