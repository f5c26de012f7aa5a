/* The host's side thread: handshake, watching the process, tidying up. Nothing the add-in does can end it early. */
#include <stdlib.h>

#include "handshake.h"
#include "host_internal.h"

enum { WATCH_MS = 200, ACCEPT_SLICE_MS = 20, EXIT_STEP_MS = 5, DRAIN_MS = 500, TERMINATE_MS = 1500, KILL_MS = 500 };

/* An event without text. Without memory for it the event is lost, never the host. */
static void push_event(logosw_host *self, const wire_frame *frame) {
  channel_message *event = channel_message_new(frame, NULL, NULL);
  if (event != NULL) message_queue_push(&self->events, event);
  plat_cond_wake_all(&self->changed);
}

void host_set_state(logosw_host *self, int32_t state) {
  const wire_frame frame = {.kind = LOGOSW_KIND_STATE, .code = state};
  self->status.state = state;
  push_event(self, &frame);
}

void host_finish_request(logosw_host *self, pending_request *request, int32_t result, channel_message *answer) {
  if (request->waited) {
    request->result = result;
    request->answer = answer;
    request->done = true;
    plat_cond_wake_all(&self->answered);
  } else {
    const wire_frame frame = {.kind = LOGOSW_KIND_ERROR, .code = result, .correlation = request->correlation};
    if (answer != NULL) {
      message_queue_push(&self->events, answer);
      plat_cond_wake_all(&self->changed);
    } else {
      push_event(self, &frame);
    }
    free(request);
  }
}

pending_request *host_take_pending(logosw_host *self, uint64_t correlation) {
  for (pending_request **at = &self->pending; *at != NULL; at = &(*at)->next) {
    pending_request *found = *at;
    if (found->correlation != correlation) continue;
    *at = found->next;
    self->pending_count--;
    return found;
  }
  return NULL;
}

/*
 * With the lock held: whether an event may be queued. While the host fetches too slowly the reader waits here, which holds the add-in back. It must not wait
 * when a thread of the host waits for an answer: that answer may lie behind this very message.
 */
static bool wait_for_room(logosw_host *self, const wire_frame *frame) {
  bool room = true;
  while (room && !message_queue_has_room(&self->events, frame, self->queue_messages, 2 * (uint64_t)self->max_message)) {
    self->beat.held_back = true;
    room = self->waiters == 0 && !self->abandoned && !atomic_load(&self->closing);
    if (room) plat_cond_wait(&self->room, &self->lock, PLAT_NEVER);
  }
  self->beat.held_back = false;
  return room;
}

void host_on_received(void *context, channel_message *message) {
  logosw_host *self = context;
  const wire_frame frame = message->frame;
  pending_request *request = NULL;
  bool refused = false;
  plat_mutex_lock(&self->lock);
  const bool answer = frame.kind == LOGOSW_KIND_REPLY || frame.kind == LOGOSW_KIND_ERROR;
  if (answer && frame.correlation == HEARTBEAT_NUMBER) {
    self->beat.answered = true;
    free(message);
  } else if (answer) {
    request = host_take_pending(self, frame.correlation);
    if (request != NULL) {
      host_finish_request(self, request, frame.kind == LOGOSW_KIND_REPLY ? LOGOSW_OK : LOGOSW_E_REMOTE, message);
    } else {
      free(message); /* the answer to a request that was given up */
    }
  } else if (wait_for_room(self, &frame)) {
    message_queue_push(&self->events, message);
    plat_cond_wake_all(&self->changed);
  } else {
    refused = true;
    self->status.refused_messages++;
    free(message);
  }
  plat_mutex_unlock(&self->lock);
  if (refused && frame.kind == LOGOSW_KIND_REQUEST) {
    const wire_frame busy = {.kind = LOGOSW_KIND_ERROR, .code = LOGOSW_E_BUSY, .correlation = frame.correlation};
    channel_send(&self->link, &busy, NULL, NULL, 0);
  }
}

void host_on_unsendable(void *context, const wire_frame *frame) {
  logosw_host *self = context;
  pending_request *request;
  plat_mutex_lock(&self->lock);
  request = frame->kind == LOGOSW_KIND_REQUEST ? host_take_pending(self, frame->correlation) : NULL;
  if (request != NULL) host_finish_request(self, request, LOGOSW_E_TOO_LARGE, NULL);
  plat_mutex_unlock(&self->lock);
}

void host_on_ended(void *context, int32_t reason) {
  logosw_host *self = context;
  plat_mutex_lock(&self->lock);
  self->link_ended = true;
  if (self->status.error == LOGOSW_OK) self->status.error = reason;
  plat_cond_wake_all(&self->changed);
  plat_cond_wake_all(&self->watched);
  plat_mutex_unlock(&self->lock);
}

/* Whether the process is gone. Takes its exit status the first time. */
static bool process_gone(logosw_host *self) {
  bool gone;
  plat_mutex_lock(&self->lock);
  if (!self->process_ended) {
    const plat_exit found = plat_process_poll(&self->process);
    self->process_ended = found.ended;
    if (found.ended) {
      self->status.exit_code = found.code;
      self->status.exit_signal = found.signal;
    }
  }
  gone = self->process_ended;
  plat_mutex_unlock(&self->lock);
  return gone;
}

static bool wait_process(logosw_host *self, uint32_t timeout_ms) {
  const plat_deadline deadline = plat_deadline_in(timeout_ms);
  while (!process_gone(self)) {
    if (plat_now_ms() >= deadline) return false;
    plat_sleep(EXIT_STEP_MS);
  }
  return true;
}

static int32_t accept_addin(logosw_host *self, plat_deadline deadline, plat_stream *stream) {
  for (;;) {
    const plat_deadline slice = plat_deadline_in(ACCEPT_SLICE_MS);
    const int32_t result = plat_listener_accept(&self->listener, slice < deadline ? slice : deadline, stream);
    /* Another user's connection (only an administrator can reach the place) does not take the add-in's turn. */
    if (result != LOGOSW_E_TIMEOUT && result != LOGOSW_E_PEER) return result;
    if (atomic_load(&self->closing)) return LOGOSW_E_CLOSED;
    if (process_gone(self)) return LOGOSW_E_CLOSED;
    if (plat_now_ms() >= deadline) return LOGOSW_E_TIMEOUT;
  }
}

static int32_t connect_addin(logosw_host *self) {
  const plat_deadline deadline = plat_deadline_in(self->start_timeout_ms);
  plat_stream stream;
  uint32_t agreed = 0;
  int32_t result = accept_addin(self, deadline, &stream);
  plat_listener_close(&self->listener);
  if (result == LOGOSW_OK) {
    result = handshake_as_host(&stream, self->token, self->max_message, deadline, &self->closing, &agreed);
    if (result != LOGOSW_OK) plat_stream_close(&stream);
  }
  plat_wipe(self->token, sizeof self->token);
  return result == LOGOSW_OK ? channel_start(&self->link, stream, agreed) : result;
}

/* Ends a process that hangs. The reason is noted first: what follows is its consequence. */
static void end_hung(logosw_host *self) {
  plat_mutex_lock(&self->lock);
  if (self->status.error == LOGOSW_OK) self->status.error = LOGOSW_E_HUNG;
  if (!self->process_ended) plat_process_kill(&self->process);
  plat_mutex_unlock(&self->lock);
}

/*
 * Asks, and counts how long there is no answer. Only time that this thread saw pass in short steps is counted: after the machine slept, or the host stood
 * still in a debugger, both sides get their time again.
 */
static void listen_for_life(logosw_host *self) {
  static const char name[] = "addin.alive";
  const wire_frame question = {.kind = LOGOSW_KIND_REQUEST, .name_size = sizeof name - 1, .payload_size = 2, .correlation = HEARTBEAT_NUMBER};
  heartbeat *beat = &self->beat;
  const uint64_t now = plat_now_ms();
  const uint64_t passed = now - beat->looked_at;
  bool answered;
  bool held_back;
  if (self->heartbeat_ms == LOGOSW_WAIT_FOREVER) return;
  beat->looked_at = now;
  plat_mutex_lock(&self->lock);
  answered = beat->answered;
  beat->answered = false;
  held_back = beat->held_back;
  plat_mutex_unlock(&self->lock);
  if (answered) {
    beat->asking = false;
    beat->quiet_ms = 0;
  }
  if (!held_back) beat->quiet_ms += passed < 2 * WATCH_MS ? (uint32_t)passed : 2 * WATCH_MS;
  if (!beat->asking && beat->quiet_ms >= self->heartbeat_ms) {
    beat->asking = true;
    beat->sent = false;
    beat->quiet_ms = 0;
  }
  /* No room: the add-in takes nothing. The question stays open all the same. */
  if (beat->asking && !beat->sent) beat->sent = channel_send(&self->link, &question, name, "{}", 0) == LOGOSW_OK;
  if (beat->asking && beat->quiet_ms > self->heartbeat_timeout_ms) end_hung(self);
}

static void watch(logosw_host *self) {
  const uint32_t step = self->heartbeat_ms < WATCH_MS ? self->heartbeat_ms : WATCH_MS;
  self->beat.looked_at = plat_now_ms();
  for (;;) {
    const plat_deadline next = plat_deadline_in(step);
    bool over;
    plat_mutex_lock(&self->lock);
    over = self->link_ended || atomic_load(&self->closing);
    while (!over && plat_now_ms() < next) {
      plat_cond_wait(&self->watched, &self->lock, next);
      over = self->link_ended || atomic_load(&self->closing);
    }
    plat_mutex_unlock(&self->lock);
    if (over) return;
    if (process_gone(self)) break;
    listen_for_life(self);
  }
  /* The process is gone: what it sent before is still read. */
  const plat_deadline deadline = plat_deadline_in(DRAIN_MS);
  plat_mutex_lock(&self->lock);
  while (!self->link_ended && plat_now_ms() < deadline) plat_cond_wait(&self->watched, &self->lock, deadline);
  plat_mutex_unlock(&self->lock);
}

static void end_process(logosw_host *self) {
  if (wait_process(self, self->stop_timeout_ms)) return;
  plat_mutex_lock(&self->lock);
  if (!self->process_ended) plat_process_terminate(&self->process);
  plat_mutex_unlock(&self->lock);
  if (wait_process(self, TERMINATE_MS)) return;
  plat_mutex_lock(&self->lock);
  if (!self->process_ended) plat_process_kill(&self->process);
  plat_mutex_unlock(&self->lock);
  wait_process(self, KILL_MS);
}

void host_supervise(void *context) {
  logosw_host *self = context;
  const int32_t result = connect_addin(self);
  bool good_end;
  plat_mutex_lock(&self->lock);
  if (result == LOGOSW_OK) {
    host_set_state(self, LOGOSW_STATE_READY);
  } else {
    self->status.error = result;
  }
  plat_mutex_unlock(&self->lock);
  if (result == LOGOSW_OK) watch(self);
  if (atomic_load(&self->closing)) channel_flush(&self->link, plat_deadline_in(self->send_timeout_ms));
  plat_mutex_lock(&self->lock);
  self->abandoned = true;
  plat_cond_wake_all(&self->room);
  plat_cond_wake_all(&self->changed);
  plat_mutex_unlock(&self->lock);
  channel_stop(&self->link);
  end_process(self);
  plat_mutex_lock(&self->lock);
  while (self->pending != NULL) {
    pending_request *request = host_take_pending(self, self->pending->correlation);
    host_finish_request(self, request, LOGOSW_E_CLOSED, NULL);
  }
  if (self->status.error == LOGOSW_OK) self->status.error = LOGOSW_E_CLOSED;
  good_end = atomic_load(&self->closing) || (self->status.error == LOGOSW_E_CLOSED && result == LOGOSW_OK && self->status.exit_code == 0);
  host_set_state(self, good_end ? LOGOSW_STATE_STOPPED : LOGOSW_STATE_FAILED);
  plat_mutex_unlock(&self->lock);
}
