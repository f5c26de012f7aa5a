/*
 * The driver that pcscd loads (IFD handler 3.0): a reader whose card and keypad are another process (link.h).
 * The device name says which: `plain:PORT` a reader without keypad, `pinpad:PORT` one with PC/SC part 10.
 */
#include "link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC visibility push(default)
#include <ifdhandler.h>
#include <reader.h>
#pragma GCC visibility pop

#define READERS 16u
#define CTL_VERIFY_PIN_DIRECT SCARD_CTL_CODE(3406)
#define CTL_IFD_PIN_PROPERTIES SCARD_CTL_CODE(3410)

struct virtual_reader {
    struct link link;
    bool has_keypad;
    uint8_t atr[MAX_ATR_SIZE];
    size_t atr_length;
};

#define CLOSED {.link = {.turn = PTHREAD_MUTEX_INITIALIZER, .socket = -1}}
static struct virtual_reader readers[READERS] = {CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED,
                                                 CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED};

static struct virtual_reader *reader_of(DWORD lun) {
    const DWORD index = lun >> 16;
    return index < READERS ? &readers[index] : NULL;
}

static bool read_port(const char *text, uint16_t *port) {
    char *end = NULL;
    const unsigned long value = strtoul(text, &end, 10);
    if (end == text || *end != '\0' || value == 0 || value > UINT16_MAX) return false;
    *port = (uint16_t)value;
    return true;
}

static RESPONSECODE plug(DWORD lun, bool has_keypad, uint16_t port) {
    struct virtual_reader *reader = reader_of(lun);
    if (reader == NULL) return IFD_NO_SUCH_DEVICE;
    reader->has_keypad = has_keypad;
    reader->atr_length = 0;
    return link_open(&reader->link, port) ? IFD_SUCCESS : IFD_COMMUNICATION_ERROR;
}

RESPONSECODE IFDHCreateChannelByName(DWORD Lun, LPSTR DeviceName) {
    static const char plain[] = "plain:";
    static const char keypad[] = "pinpad:";
    uint16_t port = 0;
    const bool has_keypad = strncmp(DeviceName, keypad, sizeof keypad - 1) == 0;
    if (!has_keypad && strncmp(DeviceName, plain, sizeof plain - 1) != 0) return IFD_NO_SUCH_DEVICE;
    if (!read_port(DeviceName + (has_keypad ? sizeof keypad : sizeof plain) - 1, &port)) return IFD_NO_SUCH_DEVICE;
    return plug(Lun, has_keypad, port);
}

/** Without a device name: the channel number is the port of a plain reader. */
RESPONSECODE IFDHCreateChannel(DWORD Lun, DWORD Channel) {
    return Channel == 0 || Channel > UINT16_MAX ? IFD_NO_SUCH_DEVICE : plug(Lun, false, (uint16_t)Channel);
}

RESPONSECODE IFDHCloseChannel(DWORD Lun) {
    struct virtual_reader *reader = reader_of(Lun);
    if (reader == NULL) return IFD_NO_SUCH_DEVICE;
    link_close(&reader->link);
    return IFD_SUCCESS;
}

static RESPONSECODE give(const uint8_t *value, size_t size, PDWORD length, PUCHAR room) {
    if (*length < size) return IFD_ERROR_INSUFFICIENT_BUFFER;
    memcpy(room, value, size);
    *length = size;
    return IFD_SUCCESS;
}

RESPONSECODE IFDHGetCapabilities(DWORD Lun, DWORD Tag, PDWORD Length, PUCHAR Value) {
    static const uint8_t one = 1;
    /* Each reader has its own link with its own lock: a code being typed on one does not hold the other. */
    const struct virtual_reader *reader = reader_of(Lun);
    if (reader == NULL) return IFD_NO_SUCH_DEVICE;
    switch (Tag) {
        case TAG_IFD_ATR:
        case SCARD_ATTR_ATR_STRING:
            return give(reader->atr, reader->atr_length, Length, Value);
        case TAG_IFD_SLOTS_NUMBER:
        case TAG_IFD_THREAD_SAFE:
            return give(&one, sizeof one, Length, Value);
        case TAG_IFD_SIMULTANEOUS_ACCESS: {
            static const uint8_t most = READERS;
            return give(&most, sizeof most, Length, Value);
        }
        case TAG_IFD_SLOT_THREAD_SAFE: {
            static const uint8_t zero = 0;
            return give(&zero, sizeof zero, Length, Value);
        }
        default:
            return IFD_ERROR_TAG;
    }
}

RESPONSECODE IFDHSetCapabilities(DWORD Lun, DWORD Tag, DWORD Length, PUCHAR Value) {
    (void)Lun, (void)Tag, (void)Length, (void)Value;
    return IFD_NOT_SUPPORTED;
}

RESPONSECODE IFDHSetProtocolParameters(DWORD Lun, DWORD Protocol, UCHAR Flags, UCHAR PTS1, UCHAR PTS2, UCHAR PTS3) {
    (void)Lun, (void)Protocol, (void)Flags, (void)PTS1, (void)PTS2, (void)PTS3;
    return IFD_SUCCESS;
}

RESPONSECODE IFDHPowerICC(DWORD Lun, DWORD Action, PUCHAR Atr, PDWORD AtrLength) {
    struct virtual_reader *reader = reader_of(Lun);
    uint8_t none;
    *AtrLength = 0;
    if (reader == NULL) return IFD_NO_SUCH_DEVICE;
    reader->atr_length = 0;
    if (Action == IFD_POWER_DOWN)
        return link_ask(&reader->link, LINK_POWER_DOWN, NULL, 0, &none, 0) < 0 ? IFD_COMMUNICATION_ERROR : IFD_SUCCESS;
    if (Action != IFD_POWER_UP && Action != IFD_RESET) return IFD_NOT_SUPPORTED;
    const long length = link_ask(&reader->link, LINK_POWER_UP, NULL, 0, reader->atr, sizeof reader->atr);
    if (length < 2) return IFD_ERROR_POWER_ACTION;
    reader->atr_length = (size_t)length;
    memcpy(Atr, reader->atr, reader->atr_length);
    *AtrLength = reader->atr_length;
    return IFD_SUCCESS;
}

RESPONSECODE IFDHTransmitToICC(DWORD Lun, SCARD_IO_HEADER SendPci, PUCHAR TxBuffer, DWORD TxLength, PUCHAR RxBuffer, PDWORD RxLength,
                               PSCARD_IO_HEADER RecvPci) {
    struct virtual_reader *reader = reader_of(Lun);
    const size_t room = *RxLength;
    *RxLength = 0;
    if (reader == NULL) return IFD_NO_SUCH_DEVICE;
    const long length = link_ask(&reader->link, LINK_TRANSMIT, TxBuffer, TxLength, RxBuffer, room);
    if (length < 2) return IFD_COMMUNICATION_ERROR;
    *RxLength = (DWORD)length;
    if (RecvPci != NULL) RecvPci->Protocol = SendPci.Protocol;
    return IFD_SUCCESS;
}

/** The features of part 10, each as tag, length 4, control code big-endian. */
static size_t write_features(uint8_t *out) {
    static const struct {
        uint8_t tag;
        uint32_t code;
    } features[] = {{FEATURE_VERIFY_PIN_DIRECT, CTL_VERIFY_PIN_DIRECT}, {FEATURE_IFD_PIN_PROPERTIES, CTL_IFD_PIN_PROPERTIES}};
    size_t at = 0;
    for (size_t i = 0; i < sizeof features / sizeof features[0]; i++) {
        out[at++] = features[i].tag;
        out[at++] = 4;
        for (unsigned shift = 32; shift > 0; shift -= 8) out[at++] = (uint8_t)(features[i].code >> (shift - 8));
    }
    return at;
}

RESPONSECODE IFDHControl(DWORD Lun, DWORD dwControlCode, PUCHAR TxBuffer, DWORD TxLength, PUCHAR RxBuffer, DWORD RxLength,
                         LPDWORD pdwBytesReturned) {
    struct virtual_reader *reader = reader_of(Lun);
    *pdwBytesReturned = 0;
    if (reader == NULL) return IFD_NO_SUCH_DEVICE;
    if (!reader->has_keypad) return IFD_ERROR_NOT_SUPPORTED;
    if (dwControlCode == CM_IOCTL_GET_FEATURE_REQUEST) {
        uint8_t features[12];
        *pdwBytesReturned = RxLength;
        return give(features, write_features(features), pdwBytesReturned, RxBuffer);
    }
    if (dwControlCode == CTL_IFD_PIN_PROPERTIES) {
        /* No display; every way of ending an entry; one time-out. */
        static const uint8_t properties[4] = {0, 0, 7, 0};
        *pdwBytesReturned = RxLength;
        return give(properties, sizeof properties, pdwBytesReturned, RxBuffer);
    }
    if (dwControlCode == CTL_VERIFY_PIN_DIRECT) {
        const long length = link_ask(&reader->link, LINK_VERIFY, TxBuffer, TxLength, RxBuffer, RxLength);
        if (length < 2) return IFD_COMMUNICATION_ERROR;
        *pdwBytesReturned = (DWORD)length;
        return IFD_SUCCESS;
    }
    return IFD_ERROR_NOT_SUPPORTED;
}

RESPONSECODE IFDHICCPresence(DWORD Lun) {
    struct virtual_reader *reader = reader_of(Lun);
    uint8_t present = 0;
    if (reader == NULL || link_ask(&reader->link, LINK_PRESENCE, NULL, 0, &present, sizeof present) != 1) return IFD_NO_SUCH_DEVICE;
    return present == 1 ? IFD_ICC_PRESENT : IFD_ICC_NOT_PRESENT;
}
