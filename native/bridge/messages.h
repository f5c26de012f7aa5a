/* Messages in memory, and queues of them. */
#ifndef LOGOSW_MESSAGES_H
#define LOGOSW_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire.h"

/* One message in memory: name, zero, payload, zero. */
typedef struct channel_message {
  struct channel_message *next;
  wire_frame frame;
  uint8_t text[];
} channel_message;

channel_message *channel_message_new(const wire_frame *frame, const void *name, const void *payload); /* null without memory */
const char *channel_message_name(const channel_message *message);
const char *channel_message_payload(const channel_message *message);

/* A plain queue of messages; its owner locks. */
typedef struct message_queue {
  channel_message *first;
  channel_message *last;
  uint32_t count;
  uint64_t bytes;
} message_queue;

void message_queue_push(message_queue *queue, channel_message *message);
channel_message *message_queue_pop(message_queue *queue); /* null when empty */
void message_queue_clear(message_queue *queue);
bool message_queue_has_room(const message_queue *queue, const wire_frame *frame, uint32_t max_messages, uint64_t max_bytes);

#endif
