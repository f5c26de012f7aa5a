/*
 * The link between a virtual reader and the process that plays its card and its keypad: TCP on loopback, one request at a time.
 * Request: 1 byte of type, 2 bytes of length (big-endian), payload. Reply: 2 bytes of length (big-endian), payload.
 */
#ifndef VIRTUAL_READER_LINK_H
#define VIRTUAL_READER_LINK_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Types of request. */
enum link_request {
    LINK_PRESENCE = 'P', /* reply: 1 byte, 1 when a card is in the reader */
    LINK_POWER_UP = 'U', /* cold or warm start; reply: the ATR, empty when the card is mute or absent */
    LINK_POWER_DOWN = 'D', /* reply: empty */
    LINK_TRANSMIT = 'T', /* a command of the card; reply: its answer, less than 2 bytes when the card has gone */
    LINK_VERIFY = 'V' /* PIN_VERIFY_STRUCTURE; reply: 2 bytes of status, less when the card has gone */
};

/** The longest payload of a frame, in bytes. */
#define LINK_MOST 65535u

struct link {
    pthread_mutex_t turn; /* one request at a time */
    int socket; /* -1 when closed */
    uint16_t port; /* 0 when never opened or closed for good */
};

/** Opens the link to a port of loopback. Returns false when nobody listens there. */
bool link_open(struct link *link, uint16_t port);

/** Closes the link; does nothing when it is closed. */
void link_close(struct link *link);

/**
 * Sends a request and waits for its reply: 10 seconds at most, but for LINK_VERIFY, which ends when the person or the keypad ends it.
 * A link that was lost is opened again by LINK_PRESENCE, which pcscd asks all the time: the reader is plugged in again.
 * Returns the length of the reply, or -1 when the peer is gone, is silent, or answers more than `room` bytes: the link is then closed.
 */
long link_ask(struct link *link, enum link_request type, const uint8_t *payload, size_t length, uint8_t *reply, size_t room);

#endif
