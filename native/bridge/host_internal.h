/* What the files of the host face share: host_life.c and host_messages.c are called by the host, host_supervisor.c runs beside it and watches the add-in. */
#ifndef LOGOSW_HOST_INTERNAL_H
#define LOGOSW_HOST_INTERNAL_H

#include <stdatomic.h>

#include "channel.h"
#include "logosw_addin.h"

/* A request of the host that waits for its answer. */
typedef struct pending_request {
  struct pending_request *next;
  uint64_t correlation;
  bool waited;             /* a thread waits for it; otherwise its answer becomes an event */
  bool done;
  int32_t result;          /* when done: LOGOSW_OK with an answer, or why there is none */
  channel_message *answer;
} pending_request;

/* The question "are you alive", asked under a number that no other request has. Used by the supervising thread, but for answered and held_back. */
typedef struct heartbeat {
  uint64_t looked_at; /* when the supervisor looked last */
  uint32_t quiet_ms;  /* time counted since the last question or, when one is open, since it was asked */
  bool asking;        /* a question is open */
  bool sent;          /* it found room in the queue */
  bool answered;      /* under the lock */
  bool held_back;     /* under the lock: the reader waits for the host to fetch, an answer may lie behind that */
} heartbeat;

#define HEARTBEAT_NUMBER UINT64_MAX

struct logosw_host {
  channel link;
  plat_listener listener;
  plat_process process;
  plat_thread supervisor;
  uint8_t token[WIRE_TOKEN_SIZE];
  uint32_t max_message;
  uint32_t queue_messages;
  uint32_t start_timeout_ms;
  uint32_t send_timeout_ms;
  uint32_t stop_timeout_ms;
  uint32_t heartbeat_ms;
  uint32_t heartbeat_timeout_ms;
  heartbeat beat;
  atomic_bool closing;

  plat_mutex lock; /* guards everything below; never held while a message is sent */
  /* One for each kind of thread that waits: a message wakes whom it is for, and nobody else. */
  plat_cond changed;  /* the host: an event to fetch, a state, a close */
  plat_cond answered; /* threads inside logosw_host_request */
  plat_cond room;     /* the reader, while the events are full */
  plat_cond watched;  /* the supervisor */
  message_queue events;
  pending_request *pending;
  uint32_t pending_count;
  uint64_t last_correlation;
  uint32_t users;   /* calls inside the handle */
  uint32_t waiters; /* threads inside logosw_host_request that wait for an answer */
  uint32_t wakes;
  bool abandoned; /* nothing more is taken: the reader must not wait for room any longer */
  bool link_ended;
  bool process_ended;
  logosw_host_status status;
};

/* Every call of the host goes through these two: host_enter is false once a close began. */
bool host_enter(logosw_host *self);
void host_leave(logosw_host *self);

/* The thread that shakes hands, watches the process and tidies up after it. */
void host_supervise(void *context);

/* Sinks of the channel. */
void host_on_received(void *context, channel_message *message);
void host_on_unsendable(void *context, const wire_frame *frame);
void host_on_ended(void *context, int32_t reason);

/* With the lock held: gives the request its end. A started request without an answer gets an ERROR event made here. */
void host_finish_request(logosw_host *self, pending_request *request, int32_t result, channel_message *answer);

/* With the lock held: removes the request of this correlation from the table, null when there is none. */
pending_request *host_take_pending(logosw_host *self, uint64_t correlation);

/* With the lock held: the state changes and an event says so. */
void host_set_state(logosw_host *self, int32_t state);

#endif
