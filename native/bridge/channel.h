/*
 * A connection after its handshake: a bounded queue and a writing thread for what cannot leave at once, a reading thread for what comes. Both faces are built on it.
 */
#ifndef LOGOSW_CHANNEL_H
#define LOGOSW_CHANNEL_H

#include "messages.h"
#include "platform.h"

/* Called by the channel's threads, never with its lock held. */
typedef struct channel_sink {
  void (*received)(void *context, channel_message *message);      /* takes the message; may wait, which holds back the other side */
  void (*unsendable)(void *context, const wire_frame *frame);     /* queued before the handshake and too large for what it agreed */
  void (*ended)(void *context, int32_t reason);                   /* nothing more will be received; once */
} channel_sink;

typedef struct channel {
  channel_sink sink;
  void *context;
  uint32_t max_message;
  uint32_t queue_messages;
  plat_stream stream;
  plat_thread reader;
  plat_thread writer;
  plat_mutex lock;
  plat_cond changed;
  message_queue out;
  bool started;
  bool writing; /* one message is with whoever writes, no longer in the queue */
  bool direct;  /* the one who writes is a sender, not the writing thread */
  uint32_t flushing; /* callers in channel_flush */
  channel_message *rest; /* a message that a sender could write only in part: the writing thread goes on at rest_from */
  size_t rest_from;
  bool write_failed;
  bool stopping;
  int32_t end; /* LOGOSW_OK while it stands */
} channel;

int32_t channel_init(channel *self, uint32_t max_message, uint32_t queue_messages, channel_sink sink, void *context);

/* Takes the stream over and starts the threads. On an error the stream is closed. */
int32_t channel_start(channel *self, plat_stream stream, uint32_t agreed_max_message);

/*
 * Writes one message at once when nothing is before it and the operating system takes it, else copies it into the queue. Before channel_start it waits there.
 * LOGOSW_E_BUSY when there was no room until the deadline.
 */
int32_t channel_send(channel *self, const wire_frame *frame, const char *name, const void *payload, plat_deadline deadline);

/* Waits until everything queued was given to the operating system. */
void channel_flush(channel *self, plat_deadline deadline);

uint32_t channel_max_message(channel *self);
void channel_stop(channel *self);    /* ends both threads and the stream; idempotent; not from a sink */
void channel_destroy(channel *self); /* after channel_stop, or without channel_start */

#endif
