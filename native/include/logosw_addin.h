/*
 * logosw_addin.h - the C ABI between LOGOSw (the host) and an add-in.
 *
 * One shared library has two faces that speak the same wire protocol (docs/HOST-ABI.md):
 *   - the host face (logosw_host_*) is called by the practice software. It starts the add-in in a process of its own and exchanges messages with it;
 *   - the add-in face (logosw_addin_*) is called inside that process.
 * The library knows nothing of what the messages mean: names and payloads are UTF-8 bytes.
 *
 * Rules that hold everywhere
 *   - Every struct begins with struct_size, set by the caller to sizeof the struct it was compiled with. A smaller struct than this version's is refused.
 *   - Every function that can fail returns an int32_t: LOGOSW_OK (0) or a negative LOGOSW_E_* code. No function ever ends or signals the calling process.
 *   - Times are milliseconds. A time-out of 0 means "do not wait". LOGOSW_WAIT_FOREVER waits without limit (until the other side ends).
 *   - Strings are zero-terminated UTF-8. Sizes are bytes and never count a terminating zero.
 *   - Functions may be called from any thread, also at the same time on one handle, but for the two close functions: they wake every waiting call of the
 *     handle, wait until those calls have left, then free it. No call may begin on a handle after its close began.
 */
#ifndef LOGOSW_ADDIN_H
#define LOGOSW_ADDIN_H

#include <stdint.h>

/* Calling convention: the C convention everywhere, also on 32-bit Windows (Delphi: cdecl; C#: CallingConvention.Cdecl). */
#if defined(_WIN32)
#define LOGOSW_CALL __cdecl
#else
#define LOGOSW_CALL
#endif

#if defined(LOGOSW_BUILD)
#if defined(_WIN32)
#define LOGOSW_API __declspec(dllexport)
#else
#define LOGOSW_API __attribute__((visibility("default")))
#endif
#elif defined(_WIN32)
#define LOGOSW_API __declspec(dllimport)
#else
#define LOGOSW_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Version of this ABI and of the wire protocol. Both sides must have the same one. */
#define LOGOSW_ADDIN_ABI_VERSION 1

#define LOGOSW_WAIT_FOREVER 0xFFFFFFFF

/* Results. The numbers never change their meaning. */
#define LOGOSW_OK 0
#define LOGOSW_E_ARGUMENT (-1)   /* a null pointer, a wrong struct_size, a wrong kind, a name that is not UTF-8 ... */
#define LOGOSW_E_MEMORY (-2)     /* no memory */
#define LOGOSW_E_TIMEOUT (-3)    /* the time-out passed */
#define LOGOSW_E_CLOSED (-4)     /* the other side ended, or this handle is being closed */
#define LOGOSW_E_PROTOCOL (-5)   /* the other side broke the wire protocol; the connection was closed */
#define LOGOSW_E_VERSION (-6)    /* the two sides have different ABI versions */
#define LOGOSW_E_TOKEN (-7)      /* the other side does not hold the one-time token */
#define LOGOSW_E_BUSY (-8)       /* a bounded queue is full: the message was not taken; try later */
#define LOGOSW_E_TOO_LARGE (-9)  /* the message is larger than the agreed maximum: it was not sent */
#define LOGOSW_E_TOO_SMALL (-10) /* the caller's buffer is too small; the message waits, its size is stated */
#define LOGOSW_E_START (-11)     /* the add-in's process cannot be started */
#define LOGOSW_E_IO (-12)        /* the operating system refused a socket, pipe or file operation */
#define LOGOSW_E_PEER (-13)      /* the other side runs as another user */
#define LOGOSW_E_REMOTE (-14)    /* the other side answered with an error; its payload says which */
#define LOGOSW_E_CANCELLED (-15) /* the request was cancelled */
#define LOGOSW_E_WOKEN (-16)     /* logosw_host_wake ended the wait */
#define LOGOSW_E_HUNG (-17)      /* the add-in gave no sign of life for heartbeat_timeout_ms: its process was ended */

/* Kinds of message. */
#define LOGOSW_KIND_REQUEST 1      /* has a name; wants exactly one reply or error with the same correlation */
#define LOGOSW_KIND_REPLY 2        /* the good answer */
#define LOGOSW_KIND_ERROR 3        /* the bad answer: code, and a payload that explains */
#define LOGOSW_KIND_NOTIFICATION 4 /* has a name; wants no answer; correlation 0 */
#define LOGOSW_KIND_CANCEL 5       /* whoever sent the request of this correlation no longer wants its answer */
#define LOGOSW_KIND_STATE 16       /* local, never sent: the state of the add-in changed (host face only); code = the new state */

/* States of the add-in's process as the host sees it. */
#define LOGOSW_STATE_STARTING 1 /* process started, handshake not finished; requests wait in the queue */
#define LOGOSW_STATE_READY 2    /* handshake done: messages flow */
#define LOGOSW_STATE_STOPPED 3  /* ended as asked, or ended by itself with exit code 0 */
#define LOGOSW_STATE_FAILED 4   /* anything else: see error, exit_code and exit_signal */

/* Flags of logosw_host_config. */
#define LOGOSW_FLAG_DISCARD_OUTPUT 1 /* throw away what the add-in's process prints; without it, it goes to the host's standard error */

/* Limits used where the configuration says 0. */
#define LOGOSW_DEFAULT_MAX_MESSAGE 4194304   /* bytes of name + payload */
#define LOGOSW_DEFAULT_QUEUE_MESSAGES 256    /* messages waiting in one direction */
#define LOGOSW_DEFAULT_START_TIMEOUT 20000   /* from the start of the process to the end of the handshake */
#define LOGOSW_DEFAULT_SEND_TIMEOUT 5000     /* how long a send waits for room in the queue */
#define LOGOSW_DEFAULT_STOP_TIMEOUT 5000     /* how long a close waits for the process to end by itself */
#define LOGOSW_DEFAULT_HEARTBEAT 5000        /* pause between two questions whether the add-in is alive */
#define LOGOSW_DEFAULT_HEARTBEAT_TIMEOUT 30000 /* how long such a question may stay without an answer */

/* Numbers for logosw_struct_size. */
#define LOGOSW_STRUCT_HOST_CONFIG 1
#define LOGOSW_STRUCT_HOST_STATUS 2
#define LOGOSW_STRUCT_MESSAGE 3
#define LOGOSW_STRUCT_ADDIN_CONFIG 4
#define LOGOSW_STRUCT_HEAD 5

typedef struct logosw_host logosw_host;   /* opaque: one running add-in, seen by the host */
typedef struct logosw_addin logosw_addin; /* opaque: the connection to the host, seen by the add-in */

/* What the host wants started. Every pointer stays the caller's and is needed only during logosw_host_open. */
typedef struct logosw_host_config {
  uint32_t struct_size;
  uint32_t flags;                /* LOGOSW_FLAG_* */
  const char *folder;            /* working directory of the add-in's process */
  const char *program;           /* program to start: a path, or a name searched in PATH */
  const char *const *arguments;  /* its arguments, without the program itself; may be null when argument_count is 0 */
  uint32_t argument_count;
  uint32_t max_message_bytes;    /* 0 = default; the smaller value of both sides is used */
  uint32_t queue_messages;       /* 0 = default; bound of each queue */
  uint32_t start_timeout_ms;     /* 0 = default */
  uint32_t send_timeout_ms;      /* 0 = default */
  uint32_t stop_timeout_ms;      /* 0 = default */
  uint32_t heartbeat_ms;         /* 0 = default; LOGOSW_WAIT_FOREVER = never ask, e.g. while the add-in is debugged */
  uint32_t heartbeat_timeout_ms; /* 0 = default */
} logosw_host_config;

/* What became of the add-in. */
typedef struct logosw_host_status {
  uint32_t struct_size;
  int32_t state;             /* LOGOSW_STATE_* */
  int32_t error;             /* why it ended (LOGOSW_E_*), LOGOSW_OK while it runs */
  int32_t exit_code;         /* of the process, -1 while it runs or when a signal ended it */
  int32_t exit_signal;       /* POSIX signal that ended it, else 0 */
  uint32_t refused_messages; /* messages of the add-in turned away: queue full while the host waited for an answer */
  uint64_t process_id;
} logosw_host_status;

/*
 * A message handed to the host. Filled by the library; name and payload point into memory of the library until logosw_message_release. Both are followed by
 * a zero that size does not count. The struct itself is the caller's.
 */
typedef struct logosw_message {
  uint32_t struct_size;
  int32_t kind;            /* LOGOSW_KIND_* */
  uint64_t correlation;    /* 0 for notifications and states */
  int32_t code;            /* of an error (LOGOSW_E_* or 0), of a state (LOGOSW_STATE_*), else 0 */
  uint32_t name_size;
  uint32_t payload_size;
  uint32_t reserved;
  const char *name;
  const char *payload;
  void *memory;            /* for logosw_message_release; do not touch */
} logosw_message;

/* How the add-in connects. Every pointer stays the caller's and is needed only during logosw_addin_connect. */
typedef struct logosw_addin_config {
  uint32_t struct_size;
  uint32_t max_message_bytes; /* 0 = default; the smaller value of both sides is used */
  uint32_t queue_messages;    /* 0 = default */
  uint32_t timeout_ms;        /* for connecting and the handshake; 0 = LOGOSW_DEFAULT_START_TIMEOUT */
  const char *endpoint;       /* from the start line on standard input */
  const char *token;          /* from the start line: 64 hexadecimal digits */
} logosw_addin_config;

/* The fixed part of a message received by the add-in; name, then payload, are in the caller's buffer without separator. */
typedef struct logosw_head {
  uint32_t struct_size;
  int32_t kind;
  uint64_t correlation;
  int32_t code;
  uint32_t name_size;
  uint32_t payload_size;
  uint32_t reserved;
} logosw_head;

/* ---- both faces ------------------------------------------------------------------------------------------------------------------------------------ */

/* The ABI version the library was built with. */
LOGOSW_API uint32_t LOGOSW_CALL logosw_abi_version(void);

/* sizeof of a struct in the library (LOGOSW_STRUCT_*), 0 for an unknown number. */
LOGOSW_API uint32_t LOGOSW_CALL logosw_struct_size(uint32_t which);

/* The name of a result code, e.g. "LOGOSW_E_BUSY". Static memory, never null. */
LOGOSW_API const char *LOGOSW_CALL logosw_result_name(int32_t result);

/* ---- host face ------------------------------------------------------------------------------------------------------------------------------------- */

/*
 * Starts the add-in. Returns as soon as its process runs (state STARTING); the handshake goes on behind and its end comes as a STATE event. The endpoint and
 * the token go to the process over its standard input as one JSON line. On success *host is to be given to logosw_host_close, whatever happens later.
 * From then on the library watches the process: every heartbeat_ms it sends the request "addin.alive" and wants any answer to it. An add-in that gives none
 * for heartbeat_timeout_ms hangs: its process is killed, state FAILED, error LOGOSW_E_HUNG. Time during which the host fetches no events, or the whole machine
 * slept, is not held against the add-in.
 * LOGOSW_E_ARGUMENT, LOGOSW_E_MEMORY, LOGOSW_E_START, LOGOSW_E_IO.
 */
LOGOSW_API int32_t LOGOSW_CALL logosw_host_open(const logosw_host_config *config, logosw_host **host);

/* Waits until the state is READY. LOGOSW_E_TIMEOUT, or the reason why it never will be (LOGOSW_E_CLOSED, LOGOSW_E_TOKEN, LOGOSW_E_VERSION ...). */
LOGOSW_API int32_t LOGOSW_CALL logosw_host_wait_ready(logosw_host *host, uint32_t timeout_ms);

/*
 * Sends a request and waits for its answer. LOGOSW_OK: reply holds a REPLY. LOGOSW_E_REMOTE: reply holds an ERROR. In both cases release it. On every other
 * result reply is empty. On LOGOSW_E_TIMEOUT the add-in is told (CANCEL) and a late answer is thrown away. A host with a single thread: the add-in never waits
 * for the host while it answers, so this cannot lock both up; but events come only when logosw_host_next_event is called.
 */
LOGOSW_API int32_t LOGOSW_CALL logosw_host_request(logosw_host *host, const char *name, const char *payload, uint32_t payload_size, uint32_t timeout_ms,
                                                   logosw_message *reply);

/*
 * Sends a request without waiting: its answer comes through logosw_host_next_event as REPLY or ERROR with *correlation. When the connection ends first, it
 * comes as ERROR with code LOGOSW_E_CLOSED: every started request is answered exactly once. There is no time-out: use logosw_host_cancel.
 */
LOGOSW_API int32_t LOGOSW_CALL logosw_host_start_request(logosw_host *host, const char *name, const char *payload, uint32_t payload_size,
                                                         uint64_t *correlation);

/* Gives up a request begun by logosw_host_start_request: its answer comes at once as ERROR with code LOGOSW_E_CANCELLED. LOGOSW_E_ARGUMENT when unknown. */
LOGOSW_API int32_t LOGOSW_CALL logosw_host_cancel(logosw_host *host, uint64_t correlation);

/* Sends a message that wants no answer. LOGOSW_E_BUSY when the queue stayed full for send_timeout_ms. */
LOGOSW_API int32_t LOGOSW_CALL logosw_host_notify(logosw_host *host, const char *name, const char *payload, uint32_t payload_size);

/*
 * Fetches the next thing that happened: a REQUEST, NOTIFICATION or CANCEL of the add-in, the answer to a started request, or a change of STATE. Release it.
 * LOGOSW_E_TIMEOUT when nothing happened, LOGOSW_E_WOKEN after logosw_host_wake, LOGOSW_E_CLOSED when the add-in ended and nothing is left to fetch.
 * A host that fetches too slowly holds the add-in back: after queue_messages waiting ones nothing more is read. Only while one of its threads waits inside
 * logosw_host_request are further requests of the add-in answered LOGOSW_E_BUSY and notifications dropped (counted in refused_messages), so that the answer
 * it waits for can pass.
 */
LOGOSW_API int32_t LOGOSW_CALL logosw_host_next_event(logosw_host *host, uint32_t timeout_ms, logosw_message *event);

/* Ends one waiting (or the next) logosw_host_next_event with LOGOSW_E_WOKEN, from any thread. */
LOGOSW_API int32_t LOGOSW_CALL logosw_host_wake(logosw_host *host);

/* Answers a REQUEST of the add-in: code LOGOSW_OK sends a REPLY, anything else an ERROR with that code. */
LOGOSW_API int32_t LOGOSW_CALL logosw_host_reply(logosw_host *host, uint64_t correlation, int32_t code, const char *payload, uint32_t payload_size);

/* How the add-in is. Never waits. */
LOGOSW_API int32_t LOGOSW_CALL logosw_host_get_status(logosw_host *host, logosw_host_status *status);

/* Ends the add-in's process at once (SIGKILL, TerminateProcess). For a process that hangs. The state becomes FAILED. */
LOGOSW_API int32_t LOGOSW_CALL logosw_host_kill(logosw_host *host);

/*
 * Sends what waits (for at most send_timeout_ms), ends the connection, waits stop_timeout_ms for the process to end by itself, then terminates it, then kills
 * it: at most send_timeout_ms + stop_timeout_ms + 2 s. Frees the handle. status (may be null) receives the last state.
 */
LOGOSW_API int32_t LOGOSW_CALL logosw_host_close(logosw_host *host, logosw_host_status *status);

/* Frees what a message points to and empties it. Harmless on an empty message and on null. */
LOGOSW_API void LOGOSW_CALL logosw_message_release(logosw_message *message);

/* ---- add-in face ----------------------------------------------------------------------------------------------------------------------------------- */

/* Connects to the host and shakes hands. LOGOSW_E_TIMEOUT, LOGOSW_E_TOKEN, LOGOSW_E_VERSION, LOGOSW_E_PEER, LOGOSW_E_PROTOCOL, LOGOSW_E_IO. */
LOGOSW_API int32_t LOGOSW_CALL logosw_addin_connect(const logosw_addin_config *config, logosw_addin **connection);

/* The agreed maximum of name + payload of one message, bytes. */
LOGOSW_API uint32_t LOGOSW_CALL logosw_addin_max_message(logosw_addin *connection);

/*
 * Takes one message: *head is filled, name and payload are copied to buffer. LOGOSW_E_TOO_SMALL: head says the sizes, the message waits for a larger buffer.
 * LOGOSW_E_TIMEOUT: nothing came. Any other error is the end of the connection, told again at each call, after all that came before was handed over.
 */
LOGOSW_API int32_t LOGOSW_CALL logosw_addin_receive(logosw_addin *connection, logosw_head *head, uint8_t *buffer, uint32_t capacity, uint32_t timeout_ms);

/*
 * Puts one message into the sending queue. kind, correlation and code as in logosw_head; name null but for requests and notifications. LOGOSW_E_BUSY when the
 * queue stayed full for timeout_ms: the message was not taken. LOGOSW_E_TOO_LARGE, LOGOSW_E_CLOSED, LOGOSW_E_ARGUMENT.
 */
LOGOSW_API int32_t LOGOSW_CALL logosw_addin_send(logosw_addin *connection, int32_t kind, uint64_t correlation, int32_t code, const char *name,
                                                 const uint8_t *payload, uint32_t payload_size, uint32_t timeout_ms);

/* Why the connection ended, LOGOSW_OK while it stands. */
LOGOSW_API int32_t LOGOSW_CALL logosw_addin_last_error(logosw_addin *connection);

/*
 * Sends what waits in the queue (for at most flush_timeout_ms), ends the connection and wakes every waiting call with LOGOSW_E_CLOSED. The handle stays: for
 * programs that queue calls on threads and must see them all come back before they free it.
 */
LOGOSW_API int32_t LOGOSW_CALL logosw_addin_disconnect(logosw_addin *connection, uint32_t flush_timeout_ms);

/* Disconnects without flushing unless that was done, then frees the handle. */
LOGOSW_API int32_t LOGOSW_CALL logosw_addin_close(logosw_addin *connection);

#ifdef __cplusplus
}
#endif

#endif
