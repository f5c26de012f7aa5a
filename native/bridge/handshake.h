/* The first bytes on a connection: versions, sizes, the one-time token, the agreed limit. */
#ifndef LOGOSW_HANDSHAKE_H
#define LOGOSW_HANDSHAKE_H

#include <stdatomic.h>

#include "platform.h"
#include "wire.h"

/* Host: LOGOSW_OK and *agreed, or why the add-in is turned away. *stop ends the wait early with LOGOSW_E_CLOSED. */
int32_t handshake_as_host(plat_stream *stream, const uint8_t token[WIRE_TOKEN_SIZE], uint32_t max_message, plat_deadline deadline, atomic_bool *stop,
                          uint32_t *agreed);

/* Add-in. */
int32_t handshake_as_addin(plat_stream *stream, const uint8_t token[WIRE_TOKEN_SIZE], uint32_t max_message, plat_deadline deadline, uint32_t *agreed);

#endif
