#include "handshake.h"

#include "logosw_addin.h"

enum { SLICE_MS = 50 };

static int32_t read_all(plat_stream *stream, uint8_t *out, size_t size, plat_deadline deadline, atomic_bool *stop) {
  while (size > 0) {
    const plat_deadline slice = plat_deadline_in(SLICE_MS);
    size_t got = 0;
    const int32_t result = plat_stream_read(stream, out, size, slice < deadline ? slice : deadline, &got);
    if (result == LOGOSW_E_TIMEOUT && plat_now_ms() < deadline) {
      if (stop != NULL && atomic_load(stop)) return LOGOSW_E_CLOSED;
      continue;
    }
    if (result != LOGOSW_OK) return result;
    out += got;
    size -= got;
  }
  return LOGOSW_OK;
}

static uint32_t smaller(uint32_t a, uint32_t b) {
  return a < b ? a : b;
}

int32_t handshake_as_host(plat_stream *stream, const uint8_t token[WIRE_TOKEN_SIZE], uint32_t max_message, plat_deadline deadline, atomic_bool *stop,
                          uint32_t *agreed) {
  uint8_t in[WIRE_HELLO_SIZE];
  uint8_t out[WIRE_WELCOME_SIZE];
  wire_hello hello;
  wire_welcome welcome = {.abi_version = LOGOSW_ADDIN_ABI_VERSION, .max_message = max_message, .status = LOGOSW_OK};
  int32_t result = read_all(stream, in, sizeof in, deadline, stop);
  if (result == LOGOSW_OK) result = wire_get_hello(in, &hello);
  plat_wipe(in, sizeof in);
  if (result != LOGOSW_OK && result != LOGOSW_E_VERSION) return result;
  if (result == LOGOSW_E_VERSION || hello.abi_version != LOGOSW_ADDIN_ABI_VERSION) {
    welcome.status = LOGOSW_E_VERSION;
  } else if (!wire_same_bytes(hello.token, token, WIRE_TOKEN_SIZE)) {
    welcome.status = LOGOSW_E_TOKEN;
  }
  plat_wipe(&hello.token, sizeof hello.token);
  welcome.max_message = smaller(max_message, wire_limit(hello.max_message));
  wire_put_welcome(out, &welcome);
  result = plat_stream_write(stream, out, sizeof out, deadline);
  *agreed = welcome.max_message;
  return welcome.status != LOGOSW_OK ? welcome.status : result;
}

int32_t handshake_as_addin(plat_stream *stream, const uint8_t token[WIRE_TOKEN_SIZE], uint32_t max_message, plat_deadline deadline, uint32_t *agreed) {
  uint8_t out[WIRE_HELLO_SIZE];
  uint8_t in[WIRE_WELCOME_SIZE];
  wire_hello hello = {.abi_version = LOGOSW_ADDIN_ABI_VERSION, .max_message = max_message};
  wire_welcome welcome;
  int32_t result;
  for (size_t i = 0; i < WIRE_TOKEN_SIZE; i++) hello.token[i] = token[i];
  wire_put_hello(out, &hello);
  plat_wipe(&hello, sizeof hello);
  result = plat_stream_write(stream, out, sizeof out, deadline);
  plat_wipe(out, sizeof out);
  if (result == LOGOSW_OK) result = read_all(stream, in, sizeof in, deadline, NULL);
  if (result == LOGOSW_OK) result = wire_get_welcome(in, &welcome);
  if (result != LOGOSW_OK) return result;
  if (welcome.status == LOGOSW_E_TOKEN || welcome.status == LOGOSW_E_VERSION) return welcome.status;
  if (welcome.status != LOGOSW_OK) return LOGOSW_E_PROTOCOL;
  if (welcome.abi_version != LOGOSW_ADDIN_ABI_VERSION) return LOGOSW_E_VERSION;
  if (welcome.max_message < WIRE_MIN_MESSAGE || welcome.max_message > max_message) return LOGOSW_E_PROTOCOL;
  *agreed = welcome.max_message;
  return LOGOSW_OK;
}
