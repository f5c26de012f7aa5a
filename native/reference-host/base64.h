#ifndef REFERENCE_HOST_BASE64_H
#define REFERENCE_HOST_BASE64_H

#include <stddef.h>
#include <stdint.h>

/* The bytes of a base64 text (RFC 4648, with padding), for free(); null when it is none or memory is short. */
uint8_t *base64_decode(const char *text, size_t *size);

#endif
