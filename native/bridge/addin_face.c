/* The add-in face: one connection, a bounded queue of what came. */
#include <stdlib.h>
#include <string.h>

#include "channel.h"
#include "handshake.h"
#include "logosw_addin.h"

struct logosw_addin {
  channel link;
  plat_mutex lock;
  /* Apart, so that a message wakes whom it is for, and nobody else. */
  plat_cond arrived; /* whoever receives, and a close that waits for callers to be gone */
  plat_cond room;    /* the reader, while the queue is full */
  message_queue in;
  uint32_t queue_messages;
  uint32_t users; /* calls inside the handle */
  bool closing;
  int32_t end;
};

static bool enter(logosw_addin *self) {
  bool open;
  plat_mutex_lock(&self->lock);
  open = !self->closing;
  if (open) self->users++;
  plat_mutex_unlock(&self->lock);
  return open;
}

static void leave(logosw_addin *self) {
  plat_mutex_lock(&self->lock);
  self->users--;
  if (self->users == 0 && self->closing) plat_cond_wake_all(&self->arrived);
  plat_mutex_unlock(&self->lock);
}

/* Waits for room, which keeps the host's messages in the socket and in the end in the host's own queue. */
static void on_received(void *context, channel_message *message) {
  logosw_addin *self = context;
  plat_mutex_lock(&self->lock);
  while (!self->closing && !message_queue_has_room(&self->in, &message->frame, self->queue_messages, 2 * (uint64_t)self->link.max_message)) {
    plat_cond_wait(&self->room, &self->lock, PLAT_NEVER);
  }
  if (self->closing) {
    free(message);
  } else {
    message_queue_push(&self->in, message);
    plat_cond_wake_all(&self->arrived);
  }
  plat_mutex_unlock(&self->lock);
}

/* Nothing can be queued before the handshake on this side. */
static void on_unsendable(void *context, const wire_frame *frame) {
  (void)context;
  (void)frame;
}

static void on_ended(void *context, int32_t reason) {
  logosw_addin *self = context;
  plat_mutex_lock(&self->lock);
  self->end = reason;
  plat_cond_wake_all(&self->arrived);
  plat_mutex_unlock(&self->lock);
}

static logosw_addin *create(uint32_t max_message, uint32_t queue_messages) {
  const channel_sink sink = {.received = on_received, .unsendable = on_unsendable, .ended = on_ended};
  logosw_addin *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->queue_messages = queue_messages;
  if (plat_mutex_init(&self->lock) != LOGOSW_OK) goto no_lock;
  if (plat_cond_init(&self->arrived) != LOGOSW_OK) goto no_arrived;
  if (plat_cond_init(&self->room) != LOGOSW_OK) goto no_room;
  if (channel_init(&self->link, max_message, queue_messages, sink, self) == LOGOSW_OK) return self;
  plat_cond_destroy(&self->room);
no_room:
  plat_cond_destroy(&self->arrived);
no_arrived:
  plat_mutex_destroy(&self->lock);
no_lock:
  free(self);
  return NULL;
}

static void destroy(logosw_addin *self) {
  message_queue_clear(&self->in);
  channel_destroy(&self->link);
  plat_cond_destroy(&self->room);
  plat_cond_destroy(&self->arrived);
  plat_mutex_destroy(&self->lock);
  free(self);
}

int32_t LOGOSW_CALL logosw_addin_connect(const logosw_addin_config *config, logosw_addin **connection) {
  uint8_t token[WIRE_TOKEN_SIZE];
  plat_stream stream;
  plat_deadline deadline;
  uint32_t max_message;
  uint32_t agreed = 0;
  logosw_addin *self;
  int32_t result;
  if (connection == NULL) return LOGOSW_E_ARGUMENT;
  *connection = NULL;
  if (config == NULL || config->struct_size < sizeof *config || config->endpoint == NULL || config->token == NULL) return LOGOSW_E_ARGUMENT;
  if (!wire_from_hex(config->token, token, sizeof token)) return LOGOSW_E_ARGUMENT;
  deadline = plat_deadline_in(config->timeout_ms == 0 ? LOGOSW_DEFAULT_START_TIMEOUT : config->timeout_ms);
  max_message = wire_limit(config->max_message_bytes);
  result = plat_stream_connect(config->endpoint, deadline, &stream);
  if (result == LOGOSW_OK) {
    result = handshake_as_addin(&stream, token, max_message, deadline, &agreed);
    if (result != LOGOSW_OK) plat_stream_close(&stream);
  }
  plat_wipe(token, sizeof token);
  if (result != LOGOSW_OK) return result;
  self = create(agreed, config->queue_messages == 0 ? LOGOSW_DEFAULT_QUEUE_MESSAGES : config->queue_messages);
  if (self == NULL) {
    plat_stream_close(&stream);
    return LOGOSW_E_MEMORY;
  }
  result = channel_start(&self->link, stream, agreed);
  if (result != LOGOSW_OK) {
    destroy(self);
    return result;
  }
  *connection = self;
  return LOGOSW_OK;
}

uint32_t LOGOSW_CALL logosw_addin_max_message(logosw_addin *connection) {
  return connection == NULL ? 0 : channel_max_message(&connection->link);
}

/* With the lock held: hands over the first message, or says how large it is. */
static int32_t take(logosw_addin *self, logosw_head *head, uint8_t *buffer, uint32_t capacity) {
  const channel_message *first = self->in.first;
  const wire_frame *frame = &first->frame;
  head->kind = frame->kind;
  head->correlation = frame->correlation;
  head->code = frame->code;
  head->name_size = frame->name_size;
  head->payload_size = frame->payload_size;
  head->reserved = 0;
  if (capacity < frame->name_size || capacity - frame->name_size < frame->payload_size) return LOGOSW_E_TOO_SMALL;
  if (frame->name_size > 0) memcpy(buffer, channel_message_name(first), frame->name_size);
  if (frame->payload_size > 0) memcpy(buffer + frame->name_size, channel_message_payload(first), frame->payload_size);
  free(message_queue_pop(&self->in));
  plat_cond_wake_all(&self->room);
  return LOGOSW_OK;
}

int32_t LOGOSW_CALL logosw_addin_receive(logosw_addin *connection, logosw_head *head, uint8_t *buffer, uint32_t capacity, uint32_t timeout_ms) {
  const plat_deadline deadline = plat_deadline_in(timeout_ms);
  int32_t result = LOGOSW_OK;
  if (connection == NULL || head == NULL || head->struct_size < sizeof *head || (buffer == NULL && capacity > 0)) return LOGOSW_E_ARGUMENT;
  if (!enter(connection)) return LOGOSW_E_CLOSED;
  plat_mutex_lock(&connection->lock);
  while (result == LOGOSW_OK && connection->in.count == 0) {
    if (connection->closing) {
      result = LOGOSW_E_CLOSED;
    } else if (connection->end != LOGOSW_OK) {
      result = connection->end;
    } else if (plat_now_ms() >= deadline) {
      result = LOGOSW_E_TIMEOUT;
    } else {
      plat_cond_wait(&connection->arrived, &connection->lock, deadline);
    }
  }
  if (result == LOGOSW_OK) result = take(connection, head, buffer, capacity);
  plat_mutex_unlock(&connection->lock);
  leave(connection);
  return result;
}

int32_t LOGOSW_CALL logosw_addin_send(logosw_addin *connection, int32_t kind, uint64_t correlation, int32_t code, const char *name,
                                      const uint8_t *payload, uint32_t payload_size, uint32_t timeout_ms) {
  wire_frame frame = {.kind = kind, .payload_size = payload_size, .code = code, .correlation = correlation};
  int32_t result;
  if (connection == NULL || (name != NULL && strlen(name) > WIRE_MAX_NAME)) return LOGOSW_E_ARGUMENT;
  frame.name_size = name == NULL ? 0 : (uint32_t)strlen(name);
  if (!enter(connection)) return LOGOSW_E_CLOSED;
  result = channel_send(&connection->link, &frame, name, payload, plat_deadline_in(timeout_ms));
  leave(connection);
  return result;
}

int32_t LOGOSW_CALL logosw_addin_last_error(logosw_addin *connection) {
  int32_t result;
  if (connection == NULL) return LOGOSW_E_ARGUMENT;
  plat_mutex_lock(&connection->lock);
  result = connection->end;
  plat_mutex_unlock(&connection->lock);
  return result;
}

int32_t LOGOSW_CALL logosw_addin_disconnect(logosw_addin *connection, uint32_t flush_timeout_ms) {
  if (connection == NULL) return LOGOSW_E_ARGUMENT;
  plat_mutex_lock(&connection->lock);
  connection->closing = true;
  plat_cond_wake_all(&connection->arrived);
  plat_cond_wake_all(&connection->room);
  plat_mutex_unlock(&connection->lock);
  channel_flush(&connection->link, plat_deadline_in(flush_timeout_ms));
  channel_stop(&connection->link);
  return LOGOSW_OK;
}

int32_t LOGOSW_CALL logosw_addin_close(logosw_addin *connection) {
  if (connection == NULL) return LOGOSW_E_ARGUMENT;
  logosw_addin_disconnect(connection, 0);
  plat_mutex_lock(&connection->lock);
  while (connection->users > 0) plat_cond_wait(&connection->arrived, &connection->lock, PLAT_NEVER);
  plat_mutex_unlock(&connection->lock);
  destroy(connection);
  return LOGOSW_OK;
}
