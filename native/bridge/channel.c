#include "channel.h"

#include <stdlib.h>
#include <string.h>

#include "logosw_addin.h"

enum { READ_AHEAD = 32768 };

int32_t channel_init(channel *self, uint32_t max_message, uint32_t queue_messages, channel_sink sink, void *context) {
  int32_t result;
  memset(self, 0, sizeof *self);
  self->sink = sink;
  self->context = context;
  self->max_message = max_message;
  self->queue_messages = queue_messages;
  result = plat_mutex_init(&self->lock);
  if (result != LOGOSW_OK) return result;
  result = plat_cond_init(&self->changed);
  if (result != LOGOSW_OK) plat_mutex_destroy(&self->lock);
  return result;
}

/* Bytes read ahead of what the frames asked for: fewer calls into the operating system. */
typedef struct read_ahead {
  uint8_t bytes[READ_AHEAD];
  size_t from;
  size_t to;
} read_ahead;

static int32_t read_exactly(channel *self, read_ahead *ahead, uint8_t *out, size_t size) {
  while (size > 0) {
    const size_t held = ahead->to - ahead->from;
    size_t got = held < size ? held : size;
    int32_t result = LOGOSW_OK;
    if (got > 0) {
      memcpy(out, ahead->bytes + ahead->from, got);
      ahead->from += got;
    } else if (size >= sizeof ahead->bytes) {
      result = plat_stream_read(&self->stream, out, size, PLAT_NEVER, &got);
    } else {
      ahead->from = 0;
      ahead->to = 0;
      result = plat_stream_read(&self->stream, ahead->bytes, sizeof ahead->bytes, PLAT_NEVER, &ahead->to);
    }
    if (result != LOGOSW_OK) return result;
    out += got;
    size -= got;
  }
  return LOGOSW_OK;
}

static int32_t read_message(channel *self, read_ahead *ahead, channel_message **message) {
  uint8_t header[WIRE_FRAME_SIZE];
  wire_frame frame;
  channel_message *made;
  uint8_t *payload;
  int32_t result = read_exactly(self, ahead, header, 1);
  if (result != LOGOSW_OK) return result;
  result = read_exactly(self, ahead, header + 1, sizeof header - 1);
  if (result == LOGOSW_OK) result = wire_get_frame(header, self->max_message, &frame);
  if (result != LOGOSW_OK) return result == LOGOSW_E_CLOSED ? LOGOSW_E_PROTOCOL : result;
  made = channel_message_new(&frame, NULL, NULL);
  if (made == NULL) return LOGOSW_E_MEMORY;
  payload = made->text + frame.name_size + 1;
  result = read_exactly(self, ahead, made->text, frame.name_size);
  if (result == LOGOSW_OK) result = read_exactly(self, ahead, payload, frame.payload_size);
  /* The end in the middle of a message is not a clean end. */
  if (result == LOGOSW_E_CLOSED) result = LOGOSW_E_PROTOCOL;
  if (result == LOGOSW_OK && (memchr(made->text, 0, frame.name_size) != NULL || !wire_is_utf8(made->text, frame.name_size) ||
                              !wire_is_utf8(payload, frame.payload_size))) {
    result = LOGOSW_E_PROTOCOL;
  }
  if (result != LOGOSW_OK) {
    free(made);
    return result;
  }
  *message = made;
  return LOGOSW_OK;
}

static void read_messages(void *context) {
  channel *self = context;
  read_ahead *ahead = calloc(1, sizeof *ahead);
  int32_t result = ahead == NULL ? LOGOSW_E_MEMORY : LOGOSW_OK;
  while (result == LOGOSW_OK) {
    channel_message *message = NULL;
    result = read_message(self, ahead, &message);
    if (result == LOGOSW_OK) self->sink.received(self->context, message);
  }
  free(ahead);
  plat_mutex_lock(&self->lock);
  if (self->stopping) result = LOGOSW_E_CLOSED;
  self->end = result;
  plat_cond_wake_all(&self->changed);
  plat_mutex_unlock(&self->lock);
  plat_stream_interrupt(&self->stream);
  self->sink.ended(self->context, result);
}

/* Writes a message from its byte `from` on. With `wait` false only as much as the operating system takes now; `from` then says how far it came. */
static int32_t write_message(channel *self, const channel_message *message, size_t *from, bool wait) {
  uint8_t head[WIRE_FRAME_SIZE + WIRE_MAX_NAME];
  const wire_frame *frame = &message->frame;
  const size_t head_size = WIRE_FRAME_SIZE + (size_t)frame->name_size;
  const uint8_t *payload = (const uint8_t *)channel_message_payload(message);
  int32_t result = LOGOSW_OK;
  wire_put_frame(head, frame);
  memcpy(head + WIRE_FRAME_SIZE, message->text, frame->name_size);
  if (*from == 0) result = plat_stream_write_some(&self->stream, head, head_size, payload, frame->payload_size, from);
  if (result != LOGOSW_OK || !wait) return result;
  if (*from < head_size) {
    result = plat_stream_write(&self->stream, head + *from, head_size - *from, PLAT_NEVER);
    *from = head_size;
  }
  if (result != LOGOSW_OK) return result;
  return plat_stream_write(&self->stream, payload + (*from - head_size), head_size + frame->payload_size - *from, PLAT_NEVER);
}

static void write_messages(void *context) {
  channel *self = context;
  plat_mutex_lock(&self->lock);
  while (!self->stopping && self->end == LOGOSW_OK && !self->write_failed) {
    channel_message *message = self->rest;
    size_t from = message == NULL ? 0 : self->rest_from;
    int32_t result = LOGOSW_OK;
    self->rest = NULL;
    if (message == NULL && !self->writing) message = message_queue_pop(&self->out);
    if (message == NULL) {
      plat_cond_wait(&self->changed, &self->lock, PLAT_NEVER);
      continue;
    }
    self->writing = true;
    plat_cond_wake_all(&self->changed);
    plat_mutex_unlock(&self->lock);
    if (wire_frame_is_valid(&message->frame, self->max_message)) {
      result = write_message(self, message, &from, true);
    } else {
      self->sink.unsendable(self->context, &message->frame);
    }
    free(message);
    plat_mutex_lock(&self->lock);
    self->writing = false;
    /* The reader goes on to what the other side sent before it ended; it will find the end itself. */
    if (result != LOGOSW_OK) self->write_failed = true;
    plat_cond_wake_all(&self->changed);
  }
  plat_mutex_unlock(&self->lock);
}

/* With the lock held, which is let go meanwhile: the sender writes by itself, without waiting; each thread less on the way is a turn of the scheduler less. */
static void write_at_once(channel *self, channel_message *message) {
  size_t from = 0;
  int32_t result;
  self->writing = true;
  self->direct = true;
  plat_mutex_unlock(&self->lock);
  result = write_message(self, message, &from, false);
  plat_mutex_lock(&self->lock);
  self->direct = false;
  if (result == LOGOSW_OK && from < WIRE_FRAME_SIZE + (size_t)message->frame.name_size + message->frame.payload_size) {
    self->rest = message;
    self->rest_from = from;
  } else {
    free(message);
    self->writing = false;
  }
  if (result != LOGOSW_OK) self->write_failed = true;
  if (self->rest != NULL || self->write_failed || self->out.count > 0 || self->flushing > 0 || self->stopping) plat_cond_wake_all(&self->changed);
}

int32_t channel_start(channel *self, plat_stream stream, uint32_t agreed_max_message) {
  int32_t result;
  plat_mutex_lock(&self->lock);
  self->stream = stream;
  self->max_message = agreed_max_message;
  plat_mutex_unlock(&self->lock);
  result = plat_thread_start(&self->reader, read_messages, self);
  if (result != LOGOSW_OK) {
    plat_stream_close(&self->stream);
    return result;
  }
  result = plat_thread_start(&self->writer, write_messages, self);
  if (result != LOGOSW_OK) {
    plat_stream_interrupt(&self->stream);
    plat_thread_join(&self->reader);
    plat_stream_close(&self->stream);
    return result;
  }
  plat_mutex_lock(&self->lock);
  self->started = true;
  plat_mutex_unlock(&self->lock);
  return LOGOSW_OK;
}

int32_t channel_send(channel *self, const wire_frame *frame, const char *name, const void *payload, plat_deadline deadline) {
  channel_message *message;
  uint64_t max_bytes;
  int32_t result = LOGOSW_OK;
  if (!wire_frame_is_valid(frame, UINT32_MAX)) return LOGOSW_E_ARGUMENT;
  if (frame->name_size > 0 && !wire_is_utf8((const uint8_t *)name, frame->name_size)) return LOGOSW_E_ARGUMENT;
  if (frame->payload_size > 0 && (payload == NULL || !wire_is_utf8(payload, frame->payload_size))) return LOGOSW_E_ARGUMENT;
  if (!wire_frame_is_valid(frame, channel_max_message(self))) return LOGOSW_E_TOO_LARGE;
  message = channel_message_new(frame, name, payload);
  if (message == NULL) return LOGOSW_E_MEMORY;
  plat_mutex_lock(&self->lock);
  max_bytes = 2 * (uint64_t)self->max_message;
  for (;;) {
    if (self->stopping || self->end != LOGOSW_OK || self->write_failed) {
      result = LOGOSW_E_CLOSED;
    } else if (!message_queue_has_room(&self->out, frame, self->queue_messages, max_bytes)) {
      if (plat_now_ms() < deadline) {
        plat_cond_wait(&self->changed, &self->lock, deadline);
        continue;
      }
      result = LOGOSW_E_BUSY;
    }
    break;
  }
  if (result != LOGOSW_OK) {
    free(message);
  } else if (self->started && !self->writing && self->out.count == 0 && wire_frame_is_valid(frame, self->max_message)) {
    write_at_once(self, message);
  } else {
    message_queue_push(&self->out, message);
    plat_cond_wake_all(&self->changed);
  }
  plat_mutex_unlock(&self->lock);
  return result;
}

void channel_flush(channel *self, plat_deadline deadline) {
  plat_mutex_lock(&self->lock);
  self->flushing++;
  while (self->started && (self->out.count > 0 || self->writing) && self->end == LOGOSW_OK && !self->write_failed) {
    if (!plat_cond_wait(&self->changed, &self->lock, deadline)) break;
  }
  self->flushing--;
  plat_mutex_unlock(&self->lock);
}

uint32_t channel_max_message(channel *self) {
  uint32_t result;
  plat_mutex_lock(&self->lock);
  result = self->max_message;
  plat_mutex_unlock(&self->lock);
  return result;
}

void channel_stop(channel *self) {
  bool join;
  plat_mutex_lock(&self->lock);
  self->stopping = true;
  join = self->started;
  self->started = false;
  plat_cond_wake_all(&self->changed);
  plat_mutex_unlock(&self->lock);
  if (!join) return;
  plat_stream_interrupt(&self->stream);
  plat_thread_join(&self->reader);
  plat_thread_join(&self->writer);
  plat_mutex_lock(&self->lock);
  while (self->direct) plat_cond_wait(&self->changed, &self->lock, PLAT_NEVER);
  plat_mutex_unlock(&self->lock);
  plat_stream_close(&self->stream);
}

void channel_destroy(channel *self) {
  free(self->rest);
  message_queue_clear(&self->out);
  plat_cond_destroy(&self->changed);
  plat_mutex_destroy(&self->lock);
}
