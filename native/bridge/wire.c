#include "wire.h"

#include <string.h>

#include "logosw_addin.h"

static const uint8_t HELLO_MAGIC[8] = {'L', 'O', 'G', 'O', 'S', 'W', 'H', '1'};
static const uint8_t WELCOME_MAGIC[8] = {'L', 'O', 'G', 'O', 'S', 'W', 'W', '1'};
static const uint8_t FRAME_MARK = 0xA5;

static void put16(uint8_t *out, uint32_t value) {
  out[0] = (uint8_t)(value & 0xFFu);
  out[1] = (uint8_t)((value >> 8) & 0xFFu);
}

static void put32(uint8_t *out, uint32_t value) {
  put16(out, value & 0xFFFFu);
  put16(out + 2, value >> 16);
}

static void put64(uint8_t *out, uint64_t value) {
  put32(out, (uint32_t)(value & 0xFFFFFFFFu));
  put32(out + 4, (uint32_t)(value >> 32));
}

static uint32_t get16(const uint8_t *in) {
  return (uint32_t)in[0] | ((uint32_t)in[1] << 8);
}

static uint32_t get32(const uint8_t *in) {
  return get16(in) | (get16(in + 2) << 16);
}

static uint64_t get64(const uint8_t *in) {
  return (uint64_t)get32(in) | ((uint64_t)get32(in + 4) << 32);
}

static int32_t signed32(uint32_t value) {
  int32_t result;
  memcpy(&result, &value, sizeof result);
  return result;
}

/* hello: 0 magic(8) 8 size 12 abi 16 frame header size 20 max message 24 reserved(8) 32 token(32) */
void wire_put_hello(uint8_t *out, const wire_hello *hello) {
  memset(out, 0, WIRE_HELLO_SIZE);
  memcpy(out, HELLO_MAGIC, sizeof HELLO_MAGIC);
  put32(out + 8, WIRE_HELLO_SIZE);
  put32(out + 12, hello->abi_version);
  put32(out + 16, WIRE_FRAME_SIZE);
  put32(out + 20, hello->max_message);
  memcpy(out + 32, hello->token, WIRE_TOKEN_SIZE);
}

int32_t wire_get_hello(const uint8_t *in, wire_hello *hello) {
  if (memcmp(in, HELLO_MAGIC, sizeof HELLO_MAGIC) != 0) return LOGOSW_E_PROTOCOL;
  hello->abi_version = get32(in + 12);
  hello->max_message = get32(in + 20);
  memcpy(hello->token, in + 32, WIRE_TOKEN_SIZE);
  if (get32(in + 8) != WIRE_HELLO_SIZE || get32(in + 16) != WIRE_FRAME_SIZE) return LOGOSW_E_VERSION;
  return LOGOSW_OK;
}

/* welcome: 0 magic(8) 8 size 12 abi 16 max message 20 status */
void wire_put_welcome(uint8_t *out, const wire_welcome *welcome) {
  memcpy(out, WELCOME_MAGIC, sizeof WELCOME_MAGIC);
  put32(out + 8, WIRE_WELCOME_SIZE);
  put32(out + 12, welcome->abi_version);
  put32(out + 16, welcome->max_message);
  put32(out + 20, (uint32_t)welcome->status);
}

int32_t wire_get_welcome(const uint8_t *in, wire_welcome *welcome) {
  if (memcmp(in, WELCOME_MAGIC, sizeof WELCOME_MAGIC) != 0) return LOGOSW_E_PROTOCOL;
  welcome->abi_version = get32(in + 12);
  welcome->max_message = get32(in + 16);
  welcome->status = signed32(get32(in + 20));
  if (get32(in + 8) != WIRE_WELCOME_SIZE) return LOGOSW_E_VERSION;
  return LOGOSW_OK;
}

/* frame: 0 mark 1 kind 2 name size(2) 4 payload size 8 correlation(8) 16 code 20 reserved(4); then name, then payload */
void wire_put_frame(uint8_t *out, const wire_frame *frame) {
  out[0] = FRAME_MARK;
  out[1] = (uint8_t)frame->kind;
  put16(out + 2, frame->name_size);
  put32(out + 4, frame->payload_size);
  put64(out + 8, frame->correlation);
  put32(out + 16, (uint32_t)frame->code);
  put32(out + 20, 0);
}

int32_t wire_get_frame(const uint8_t *in, uint32_t max_message, wire_frame *frame) {
  frame->kind = in[1];
  frame->name_size = get16(in + 2);
  frame->payload_size = get32(in + 4);
  frame->correlation = get64(in + 8);
  frame->code = signed32(get32(in + 16));
  if (in[0] != FRAME_MARK || get32(in + 20) != 0) return LOGOSW_E_PROTOCOL;
  return wire_frame_is_valid(frame, max_message) ? LOGOSW_OK : LOGOSW_E_PROTOCOL;
}

bool wire_frame_is_valid(const wire_frame *frame, uint32_t max_message) {
  const bool named = frame->kind == LOGOSW_KIND_REQUEST || frame->kind == LOGOSW_KIND_NOTIFICATION;
  const bool correlated = frame->kind != LOGOSW_KIND_NOTIFICATION;
  if (frame->kind < LOGOSW_KIND_REQUEST || frame->kind > LOGOSW_KIND_CANCEL) return false;
  if (named != (frame->name_size > 0) || frame->name_size > WIRE_MAX_NAME) return false;
  if (correlated != (frame->correlation != 0)) return false;
  if (frame->code != 0 && frame->kind != LOGOSW_KIND_ERROR) return false;
  return frame->payload_size <= max_message && frame->name_size <= max_message - frame->payload_size;
}

static size_t sequence_length(const uint8_t *bytes, size_t left) {
  const uint8_t lead = bytes[0];
  size_t length;
  uint8_t low = 0x80;
  uint8_t high = 0xBF;
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  if (left < length || bytes[1] < low || bytes[1] > high) return 0;
  for (size_t i = 2; i < length; i++) {
    if (bytes[i] < 0x80 || bytes[i] > 0xBF) return 0;
  }
  return length;
}

bool wire_is_utf8(const uint8_t *bytes, size_t size) {
  size_t at = 0;
  while (at < size) {
    const size_t length = sequence_length(bytes + at, size - at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

bool wire_same_bytes(const uint8_t *a, const uint8_t *b, size_t size) {
  volatile uint8_t difference = 0;
  for (size_t i = 0; i < size; i++) difference = (uint8_t)(difference | (a[i] ^ b[i]));
  return difference == 0;
}

void wire_to_hex(const uint8_t *bytes, size_t size, char *out) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < size; i++) {
    out[2 * i] = digits[bytes[i] >> 4];
    out[2 * i + 1] = digits[bytes[i] & 0x0F];
  }
  out[2 * size] = '\0';
}

static int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

bool wire_from_hex(const char *text, uint8_t *out, size_t size) {
  if (strlen(text) != 2 * size) return false;
  for (size_t i = 0; i < size; i++) {
    const int high = hex_value(text[2 * i]);
    const int low = hex_value(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    out[i] = (uint8_t)(high * 16 + low);
  }
  return true;
}

uint32_t wire_limit(uint32_t asked) {
  if (asked == 0) return LOGOSW_DEFAULT_MAX_MESSAGE;
  if (asked < WIRE_MIN_MESSAGE) return WIRE_MIN_MESSAGE;
  return asked > WIRE_MAX_MESSAGE ? WIRE_MAX_MESSAGE : asked;
}
