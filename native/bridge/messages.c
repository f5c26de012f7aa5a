#include "messages.h"

#include <stdlib.h>
#include <string.h>

channel_message *channel_message_new(const wire_frame *frame, const void *name, const void *payload) {
  channel_message *message = malloc(sizeof *message + frame->name_size + (size_t)frame->payload_size + 2);
  if (message == NULL) return NULL;
  message->next = NULL;
  message->frame = *frame;
  if (name != NULL) memcpy(message->text, name, frame->name_size);
  message->text[frame->name_size] = 0;
  if (payload != NULL) memcpy(message->text + frame->name_size + 1, payload, frame->payload_size);
  message->text[(size_t)frame->name_size + 1 + frame->payload_size] = 0;
  return message;
}

const char *channel_message_name(const channel_message *message) {
  return (const char *)message->text;
}

const char *channel_message_payload(const channel_message *message) {
  return (const char *)message->text + message->frame.name_size + 1;
}

static uint64_t weight(const wire_frame *frame) {
  return (uint64_t)WIRE_FRAME_SIZE + frame->name_size + frame->payload_size;
}

void message_queue_push(message_queue *queue, channel_message *message) {
  message->next = NULL;
  if (queue->last == NULL) {
    queue->first = message;
  } else {
    queue->last->next = message;
  }
  queue->last = message;
  queue->count++;
  queue->bytes += weight(&message->frame);
}

channel_message *message_queue_pop(message_queue *queue) {
  channel_message *message = queue->first;
  if (message == NULL) return NULL;
  queue->first = message->next;
  if (queue->first == NULL) queue->last = NULL;
  queue->count--;
  queue->bytes -= weight(&message->frame);
  message->next = NULL;
  return message;
}

void message_queue_clear(message_queue *queue) {
  for (channel_message *message = message_queue_pop(queue); message != NULL; message = message_queue_pop(queue)) free(message);
}

bool message_queue_has_room(const message_queue *queue, const wire_frame *frame, uint32_t max_messages, uint64_t max_bytes) {
  return queue->count == 0 || (queue->count < max_messages && queue->bytes + weight(frame) <= max_bytes);
}
