/* What goes between the host and a running add-in: requests, answers, notifications, events. */
#include <stdlib.h>
#include <string.h>

#include "host_internal.h"

enum { MAX_PENDING = 4096 };

static bool is_over(const logosw_host *self) {
  return self->status.state == LOGOSW_STATE_STOPPED || self->status.state == LOGOSW_STATE_FAILED;
}

/* Enters a request into the table. LOGOSW_E_CLOSED when the add-in is gone, LOGOSW_E_BUSY when the table is full. */
static int32_t add_pending(logosw_host *host, bool waited, pending_request **request) {
  pending_request *made = calloc(1, sizeof *made);
  int32_t result = LOGOSW_OK;
  if (made == NULL) return LOGOSW_E_MEMORY;
  plat_mutex_lock(&host->lock);
  if (is_over(host) || host->link_ended) {
    result = LOGOSW_E_CLOSED;
  } else if (host->pending_count >= MAX_PENDING) {
    result = LOGOSW_E_BUSY;
  } else {
    made->correlation = ++host->last_correlation;
    made->waited = waited;
    made->next = host->pending;
    host->pending = made;
    host->pending_count++;
  }
  plat_mutex_unlock(&host->lock);
  if (result != LOGOSW_OK) {
    free(made);
    made = NULL;
  }
  *request = made;
  return result;
}

static int32_t send_request(logosw_host *host, uint64_t correlation, const char *name, const char *payload, uint32_t payload_size, plat_deadline deadline) {
  const plat_deadline room = plat_deadline_in(host->send_timeout_ms);
  const wire_frame frame = {.kind = LOGOSW_KIND_REQUEST, .name_size = (uint32_t)strlen(name), .payload_size = payload_size, .correlation = correlation};
  return channel_send(&host->link, &frame, name, payload, room < deadline ? room : deadline);
}

static void send_cancel(logosw_host *host, uint64_t correlation) {
  const wire_frame frame = {.kind = LOGOSW_KIND_CANCEL, .correlation = correlation};
  channel_send(&host->link, &frame, NULL, NULL, 0);
}

static void fill_message(logosw_message *out, channel_message *message) {
  out->kind = message->frame.kind;
  out->correlation = message->frame.correlation;
  out->code = message->frame.code;
  out->name_size = message->frame.name_size;
  out->payload_size = message->frame.payload_size;
  out->reserved = 0;
  out->name = channel_message_name(message);
  out->payload = channel_message_payload(message);
  out->memory = message;
}

static void empty_message(logosw_message *message) {
  const uint32_t size = message->struct_size;
  memset(message, 0, sizeof *message);
  message->struct_size = size;
}

static bool is_name(const char *name) {
  return name != NULL && name[0] != '\0' && strlen(name) <= WIRE_MAX_NAME;
}

/* Waits for the answer; on the deadline takes the request out of the table so that a late answer finds nothing. */
static int32_t wait_answer(logosw_host *host, pending_request *request, plat_deadline deadline) {
  int32_t result;
  plat_mutex_lock(&host->lock);
  host->waiters++;
  plat_cond_wake_all(&host->room);
  while (!request->done && !atomic_load(&host->closing)) {
    if (!plat_cond_wait(&host->answered, &host->lock, deadline)) break;
  }
  if (request->done) {
    result = request->result;
  } else {
    result = atomic_load(&host->closing) ? LOGOSW_E_CLOSED : LOGOSW_E_TIMEOUT;
    host_take_pending(host, request->correlation);
  }
  host->waiters--;
  plat_mutex_unlock(&host->lock);
  return result;
}

int32_t LOGOSW_CALL logosw_host_request(logosw_host *host, const char *name, const char *payload, uint32_t payload_size, uint32_t timeout_ms,
                                        logosw_message *reply) {
  const plat_deadline deadline = plat_deadline_in(timeout_ms);
  pending_request *request = NULL;
  int32_t result;
  if (host == NULL || !is_name(name) || reply == NULL || reply->struct_size < sizeof *reply) return LOGOSW_E_ARGUMENT;
  empty_message(reply);
  if (!host_enter(host)) return LOGOSW_E_CLOSED;
  result = add_pending(host, true, &request);
  if (result == LOGOSW_OK) {
    result = send_request(host, request->correlation, name, payload, payload_size, deadline);
    if (result == LOGOSW_OK) {
      result = wait_answer(host, request, deadline);
      if (result == LOGOSW_E_TIMEOUT) send_cancel(host, request->correlation);
    } else {
      plat_mutex_lock(&host->lock);
      if (!request->done) host_take_pending(host, request->correlation);
      plat_mutex_unlock(&host->lock);
    }
    if (request->answer != NULL) fill_message(reply, request->answer);
    free(request);
  }
  host_leave(host);
  return result;
}

int32_t LOGOSW_CALL logosw_host_start_request(logosw_host *host, const char *name, const char *payload, uint32_t payload_size, uint64_t *correlation) {
  pending_request *request = NULL;
  uint64_t number = 0;
  int32_t result;
  if (host == NULL || !is_name(name) || correlation == NULL) return LOGOSW_E_ARGUMENT;
  *correlation = 0;
  if (!host_enter(host)) return LOGOSW_E_CLOSED;
  result = add_pending(host, true, &request);
  if (result == LOGOSW_OK) {
    number = request->correlation;
    /* Until the message is queued the request counts as waited for: its end must not become an event that the caller cannot know yet. */
    result = send_request(host, number, name, payload, payload_size, PLAT_NEVER);
    plat_mutex_lock(&host->lock);
    if (result == LOGOSW_OK && !request->done) {
      request->waited = false;
    } else if (result == LOGOSW_OK) {
      request->waited = false;
      host_finish_request(host, request, request->result, request->answer);
    } else {
      if (!request->done) host_take_pending(host, number);
      free(request->answer);
      free(request);
    }
    plat_mutex_unlock(&host->lock);
  }
  if (result == LOGOSW_OK) *correlation = number;
  host_leave(host);
  return result;
}

int32_t LOGOSW_CALL logosw_host_cancel(logosw_host *host, uint64_t correlation) {
  pending_request *request;
  if (host == NULL) return LOGOSW_E_ARGUMENT;
  if (!host_enter(host)) return LOGOSW_E_CLOSED;
  plat_mutex_lock(&host->lock);
  request = host_take_pending(host, correlation);
  if (request != NULL) host_finish_request(host, request, LOGOSW_E_CANCELLED, NULL);
  plat_mutex_unlock(&host->lock);
  if (request != NULL) send_cancel(host, correlation);
  host_leave(host);
  return request != NULL ? LOGOSW_OK : LOGOSW_E_ARGUMENT;
}

int32_t LOGOSW_CALL logosw_host_notify(logosw_host *host, const char *name, const char *payload, uint32_t payload_size) {
  wire_frame frame = {.kind = LOGOSW_KIND_NOTIFICATION, .payload_size = payload_size};
  int32_t result;
  if (host == NULL || !is_name(name)) return LOGOSW_E_ARGUMENT;
  if (!host_enter(host)) return LOGOSW_E_CLOSED;
  frame.name_size = (uint32_t)strlen(name);
  result = channel_send(&host->link, &frame, name, payload, plat_deadline_in(host->send_timeout_ms));
  host_leave(host);
  return result;
}

int32_t LOGOSW_CALL logosw_host_next_event(logosw_host *host, uint32_t timeout_ms, logosw_message *event) {
  const plat_deadline deadline = plat_deadline_in(timeout_ms);
  channel_message *message = NULL;
  int32_t result = LOGOSW_OK;
  if (host == NULL || event == NULL || event->struct_size < sizeof *event) return LOGOSW_E_ARGUMENT;
  empty_message(event);
  if (!host_enter(host)) return LOGOSW_E_CLOSED;
  plat_mutex_lock(&host->lock);
  for (;;) {
    message = message_queue_pop(&host->events);
    if (message != NULL) {
      plat_cond_wake_all(&host->room);
      break;
    }
    if (atomic_load(&host->closing) || is_over(host)) {
      result = LOGOSW_E_CLOSED;
    } else if (host->wakes > 0) {
      host->wakes--;
      result = LOGOSW_E_WOKEN;
    } else if (plat_now_ms() >= deadline) {
      result = LOGOSW_E_TIMEOUT;
    } else {
      plat_cond_wait(&host->changed, &host->lock, deadline);
      continue;
    }
    break;
  }
  plat_mutex_unlock(&host->lock);
  if (message != NULL) fill_message(event, message);
  host_leave(host);
  return result;
}

int32_t LOGOSW_CALL logosw_host_wake(logosw_host *host) {
  if (host == NULL) return LOGOSW_E_ARGUMENT;
  if (!host_enter(host)) return LOGOSW_E_CLOSED;
  plat_mutex_lock(&host->lock);
  host->wakes = 1;
  plat_cond_wake_all(&host->changed);
  plat_mutex_unlock(&host->lock);
  host_leave(host);
  return LOGOSW_OK;
}

int32_t LOGOSW_CALL logosw_host_reply(logosw_host *host, uint64_t correlation, int32_t code, const char *payload, uint32_t payload_size) {
  const int32_t kind = code == LOGOSW_OK ? LOGOSW_KIND_REPLY : LOGOSW_KIND_ERROR;
  const wire_frame frame = {.kind = kind, .payload_size = payload_size, .code = code, .correlation = correlation};
  int32_t result;
  if (host == NULL) return LOGOSW_E_ARGUMENT;
  if (!host_enter(host)) return LOGOSW_E_CLOSED;
  result = channel_send(&host->link, &frame, NULL, payload, plat_deadline_in(host->send_timeout_ms));
  host_leave(host);
  return result;
}

void LOGOSW_CALL logosw_message_release(logosw_message *message) {
  if (message == NULL) return;
  free(message->memory);
  empty_message(message);
}
