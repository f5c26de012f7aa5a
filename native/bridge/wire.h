/* The wire protocol: fixed little-endian headers, written and read in one place. docs/HOST-ABI.md shows the same tables. */
#ifndef LOGOSW_WIRE_H
#define LOGOSW_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WIRE_HELLO_SIZE 64u
#define WIRE_WELCOME_SIZE 24u
#define WIRE_FRAME_SIZE 24u
#define WIRE_TOKEN_SIZE 32u
#define WIRE_TOKEN_HEX (2u * WIRE_TOKEN_SIZE)
#define WIRE_MAX_NAME 200u
#define WIRE_MIN_MESSAGE 1024u
#define WIRE_MAX_MESSAGE (64u * 1024u * 1024u)

/* The first bytes of the add-in. */
typedef struct wire_hello {
  uint32_t abi_version;
  uint32_t max_message;
  uint8_t token[WIRE_TOKEN_SIZE];
} wire_hello;

/* The answer of the host. */
typedef struct wire_welcome {
  uint32_t abi_version;
  uint32_t max_message; /* agreed: the smaller of both */
  int32_t status;       /* LOGOSW_OK, LOGOSW_E_VERSION, LOGOSW_E_TOKEN */
} wire_welcome;

/* The header of each message. */
typedef struct wire_frame {
  int32_t kind;
  uint32_t name_size;
  uint32_t payload_size;
  int32_t code;
  uint64_t correlation;
} wire_frame;

void wire_put_hello(uint8_t *out, const wire_hello *hello);
int32_t wire_get_hello(const uint8_t *in, wire_hello *hello);
void wire_put_welcome(uint8_t *out, const wire_welcome *welcome);
int32_t wire_get_welcome(const uint8_t *in, wire_welcome *welcome);
void wire_put_frame(uint8_t *out, const wire_frame *frame);

/* LOGOSW_E_PROTOCOL when any field is out of its range or the message larger than max_message. */
int32_t wire_get_frame(const uint8_t *in, uint32_t max_message, wire_frame *frame);

/* Whether a frame of this kind may be sent: name and correlation present exactly where the kind has them. */
bool wire_frame_is_valid(const wire_frame *frame, uint32_t max_message);

bool wire_is_utf8(const uint8_t *bytes, size_t size);
bool wire_same_bytes(const uint8_t *a, const uint8_t *b, size_t size); /* in a time that does not depend on where they differ */
void wire_to_hex(const uint8_t *bytes, size_t size, char *out);        /* 2 * size digits and a zero */
bool wire_from_hex(const char *text, uint8_t *out, size_t size);       /* exactly 2 * size digits */
uint32_t wire_limit(uint32_t asked);                                   /* 0 = default; kept within the protocol's range */

#endif
