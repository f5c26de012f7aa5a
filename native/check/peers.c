#include "peers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "logosw_addin.h"
#include "platform.h"
#include "wire.h"

enum { BUFFER = 1 << 20, RAW_ROOM = 65536 };

/* JSON writes each backslash of a pipe's name twice. */
static void take_escapes_out(char *text) {
  char *out = text;
  for (const char *from = text; *from != '\0'; from++) {
    if (*from == '\\' && from[1] != '\0') from++;
    *out++ = *from;
  }
  *out = '\0';
}

bool read_start_line(start_line *line) {
  int abi = 0;
  if (scanf("{\"abi\":%d,\"endpoint\":\"%255[^\"]\",\"token\":\"%79[0-9a-f]\"}", &abi, line->endpoint, line->token) != 3) return false;
  take_escapes_out(line->endpoint);
  return true;
}

uint32_t next_random(uint32_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

static size_t put_frame(uint32_t *state, uint8_t *out) {
  static const char name[] = "name";
  wire_frame frame = {.kind = (int32_t)(1 + next_random(state) % 5), .payload_size = next_random(state) % 200};
  const bool named = frame.kind == LOGOSW_KIND_REQUEST || frame.kind == LOGOSW_KIND_NOTIFICATION;
  frame.name_size = named ? sizeof name - 1 : 0;
  frame.correlation = frame.kind == LOGOSW_KIND_NOTIFICATION ? 0 : 1 + next_random(state) % 64;
  wire_put_frame(out, &frame);
  memcpy(out + WIRE_FRAME_SIZE, name, frame.name_size);
  memset(out + WIRE_FRAME_SIZE + frame.name_size, 'p', frame.payload_size);
  return WIRE_FRAME_SIZE + frame.name_size + frame.payload_size;
}

size_t mutated_frames(uint32_t *state, uint8_t *out, size_t room) {
  size_t size = 0;
  const uint32_t frames = 1 + next_random(state) % 40;
  for (uint32_t i = 0; i < frames && size + 512 < room; i++) size += put_frame(state, out + size);
  for (uint32_t change = next_random(state) % 4; change > 0; change--) {
    const size_t at = next_random(state) % size;
    switch (next_random(state) % 3) {
      case 0: out[at] = (uint8_t)next_random(state); break;
      case 1: size = at + 1; break;
      default: out[at] ^= (uint8_t)(1u << (next_random(state) % 8)); break;
    }
  }
  return size;
}

static void flood(logosw_addin *link, const uint8_t *count, uint32_t size) {
  char text[16] = "";
  memcpy(text, count, size < sizeof text ? size : sizeof text - 1);
  for (long left = strtol(text, NULL, 10); left > 0; left--) {
    if (logosw_addin_send(link, LOGOSW_KIND_NOTIFICATION, 0, 0, "noise", (const uint8_t *)"{}", 2, LOGOSW_WAIT_FOREVER) != LOGOSW_OK) return;
  }
}

static bool is_name(const logosw_head *head, const uint8_t *buffer, const char *name) {
  return head->name_size == strlen(name) && memcmp(buffer, name, head->name_size) == 0;
}

int play_addin(void) {
  start_line line;
  logosw_addin *link = NULL;
  uint8_t *buffer = malloc(BUFFER);
  int32_t result = LOGOSW_OK;
  if (buffer == NULL || !read_start_line(&line)) return 2;
  const logosw_addin_config config = {.struct_size = sizeof config, .endpoint = line.endpoint, .token = line.token};
  if (logosw_addin_connect(&config, &link) != LOGOSW_OK) return 3;
  while (result == LOGOSW_OK) {
    logosw_head head = {.struct_size = sizeof head};
    result = logosw_addin_receive(link, &head, buffer, BUFFER, LOGOSW_WAIT_FOREVER);
    if (result != LOGOSW_OK || head.kind != LOGOSW_KIND_REQUEST) continue;
    if (is_name(&head, buffer, "silent")) continue;
    if (is_name(&head, buffer, "die")) abort();
    if (is_name(&head, buffer, "hang")) plat_sleep(UINT32_MAX);
    if (is_name(&head, buffer, "flood")) flood(link, buffer + head.name_size, head.payload_size);
    result = logosw_addin_send(link, LOGOSW_KIND_REPLY, head.correlation, 0, NULL, buffer + head.name_size, head.payload_size, LOGOSW_WAIT_FOREVER);
  }
  logosw_addin_close(link);
  free(buffer);
  return result == LOGOSW_E_CLOSED ? 0 : 4;
}

int play_raw_addin(uint32_t seed) {
  start_line line;
  plat_stream stream;
  wire_hello hello = {.abi_version = LOGOSW_ADDIN_ABI_VERSION, .max_message = 65536};
  uint8_t *bytes = malloc(RAW_ROOM);
  uint32_t state = seed | 1u;
  if (bytes == NULL || !read_start_line(&line) || !wire_from_hex(line.token, hello.token, sizeof hello.token)) return 2;
  if (plat_stream_connect(line.endpoint, plat_deadline_in(5000), &stream) != LOGOSW_OK) return 3;
  wire_put_hello(bytes, &hello);
  plat_stream_write(&stream, bytes, WIRE_HELLO_SIZE, PLAT_NEVER);
  plat_stream_write(&stream, bytes, mutated_frames(&state, bytes, RAW_ROOM), plat_deadline_in(2000));
  plat_stream_close(&stream);
  free(bytes);
  return 0;
}

typedef struct raw_host {
  plat_listener listener;
  uint32_t state;
} raw_host;

static void serve_raw(void *context) {
  raw_host *self = context;
  plat_stream stream;
  uint8_t bytes[RAW_ROOM];
  size_t got = 0;
  const wire_welcome welcome = {.abi_version = LOGOSW_ADDIN_ABI_VERSION, .max_message = 65536, .status = LOGOSW_OK};
  if (plat_listener_accept(&self->listener, plat_deadline_in(5000), &stream) != LOGOSW_OK) return;
  plat_stream_read(&stream, bytes, WIRE_HELLO_SIZE, plat_deadline_in(5000), &got);
  wire_put_welcome(bytes, &welcome);
  plat_stream_write(&stream, bytes, WIRE_WELCOME_SIZE, plat_deadline_in(2000));
  plat_stream_write(&stream, bytes, mutated_frames(&self->state, bytes, sizeof bytes), plat_deadline_in(2000));
  plat_stream_close(&stream);
}

bool check_against_raw_host(uint32_t seed) {
  raw_host host = {.state = seed | 1u};
  plat_thread thread;
  logosw_addin *link = NULL;
  int32_t result;
  if (plat_listener_open(&host.listener) != LOGOSW_OK || plat_thread_start(&thread, serve_raw, &host) != LOGOSW_OK) return false;
  char token[WIRE_TOKEN_HEX + 1];
  memset(token, 'a', WIRE_TOKEN_HEX);
  token[WIRE_TOKEN_HEX] = '\0';
  const logosw_addin_config config = {.struct_size = sizeof config, .endpoint = host.listener.endpoint, .token = token, .timeout_ms = 5000};
  result = logosw_addin_connect(&config, &link);
  while (result == LOGOSW_OK) {
    uint8_t small[64];
    uint8_t large[4096];
    logosw_head head = {.struct_size = sizeof head};
    result = logosw_addin_receive(link, &head, small, sizeof small, 5000);
    if (result == LOGOSW_E_TOO_SMALL) result = logosw_addin_receive(link, &head, large, sizeof large, 0);
    /* A mutation may announce more than large holds: still a good message, and the end of this round. */
    if (result == LOGOSW_OK && head.kind == LOGOSW_KIND_REQUEST) {
      logosw_addin_send(link, LOGOSW_KIND_REPLY, head.correlation, 0, NULL, NULL, 0, 0);
    }
  }
  if (link != NULL) logosw_addin_close(link);
  plat_thread_join(&thread);
  plat_listener_close(&host.listener);
  return result == LOGOSW_E_CLOSED || result == LOGOSW_E_PROTOCOL || result == LOGOSW_E_TOO_SMALL;
}
