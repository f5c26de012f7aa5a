/*
 * libFuzzer target: every byte that reaches the bridge from the other side. The first byte chooses the face, the rest is what arrives: greeting and messages
 * for the host face, welcome and messages for the add-in face. Run by make -C native fuzz.
 */
#define plat_stream_read from_input
#define plat_stream_write to_nowhere
#include "../bridge/channel.c"
#include "../bridge/handshake.c"

typedef struct input {
  const uint8_t *bytes;
  size_t left;
} input;

static input arriving;

int32_t from_input(plat_stream *stream, void *buffer, size_t size, plat_deadline deadline, size_t *got) {
  (void)stream;
  (void)deadline;
  if (arriving.left == 0) return LOGOSW_E_CLOSED;
  /* In helpings of different sizes, as a socket gives them. */
  const size_t helping = 1 + arriving.bytes[0] % 61u;
  size_t count = arriving.left < size ? arriving.left : size;
  if (count > helping) count = helping;
  memcpy(buffer, arriving.bytes, count);
  arriving.bytes += count;
  arriving.left -= count;
  *got = count;
  return LOGOSW_OK;
}

int32_t to_nowhere(plat_stream *stream, const void *buffer, size_t size, plat_deadline deadline) {
  (void)stream;
  (void)deadline;
  volatile uint8_t last = size > 0 ? ((const uint8_t *)buffer)[size - 1] : 0;
  (void)last;
  return LOGOSW_OK;
}

/* What was accepted is what was sent: written again it is the same bytes, within every limit. */
static void check_message(const channel *link, const channel_message *message) {
  uint8_t header[WIRE_FRAME_SIZE];
  wire_frame again;
  wire_put_frame(header, &message->frame);
  if (wire_get_frame(header, link->max_message, &again) != LOGOSW_OK || memcmp(&again, &message->frame, sizeof again) != 0) abort();
  if (strlen(channel_message_name(message)) != message->frame.name_size) abort();
  if (channel_message_payload(message)[message->frame.payload_size] != '\0') abort();
  if (!wire_is_utf8((const uint8_t *)channel_message_payload(message), message->frame.payload_size)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const uint8_t token[WIRE_TOKEN_SIZE] = "0123456789abcdef0123456789abcde";
  channel link = {.max_message = 65536};
  read_ahead ahead = {.from = 0};
  plat_stream stream = {.fd = -1};
  atomic_bool stop = false;
  uint32_t agreed = 0;
  int32_t result;
  if (size == 0) return 0;
  arriving = (input){.bytes = data + 1, .left = size - 1};
  result = data[0] % 2 == 0 ? handshake_as_host(&stream, token, 65536, PLAT_NEVER, &stop, &agreed) : handshake_as_addin(&stream, token, 65536, PLAT_NEVER, &agreed);
  if (result != LOGOSW_OK) return 0;
  if (agreed < WIRE_MIN_MESSAGE || agreed > 65536) abort();
  link.max_message = agreed;
  while (result == LOGOSW_OK) {
    channel_message *message = NULL;
    result = read_message(&link, &ahead, &message);
    if (result != LOGOSW_OK) continue;
    check_message(&link, message);
    free(message);
  }
  if (result != LOGOSW_E_CLOSED && result != LOGOSW_E_PROTOCOL) abort();
  return 0;
}
