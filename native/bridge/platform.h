/*
 * The only things of the operating system the bridge needs: time, randomness, threads, a private byte stream, a child process. Two implementations:
 * platform_posix.c and platform_win32.c. Results are LOGOSW_OK or LOGOSW_E_* of logosw_addin.h.
 */
#ifndef LOGOSW_PLATFORM_H
#define LOGOSW_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>
typedef SRWLOCK plat_mutex;
typedef CONDITION_VARIABLE plat_cond;
typedef struct plat_thread {
  HANDLE handle;
} plat_thread;
typedef struct plat_stream {
  HANDLE pipe;
  HANDLE stop; /* manual-reset: set by plat_stream_interrupt */
  HANDLE read_event;
  HANDLE write_event;
  bool server;
} plat_stream;
typedef struct plat_process {
  HANDLE handle;
  uint64_t id;
} plat_process;
#else
#include <pthread.h>
#include <sys/types.h>
typedef pthread_mutex_t plat_mutex;
typedef pthread_cond_t plat_cond;
typedef struct plat_thread {
  pthread_t handle;
} plat_thread;
typedef struct plat_stream {
  int fd;
} plat_stream;
typedef struct plat_process {
  pid_t pid;
} plat_process;
#endif

#define PLAT_ENDPOINT_SIZE 256

/* A point in time of the monotonic clock, milliseconds. PLAT_NEVER does not come. */
typedef uint64_t plat_deadline;
#define PLAT_NEVER UINT64_MAX

uint64_t plat_now_ms(void);
plat_deadline plat_deadline_in(uint32_t timeout_ms); /* LOGOSW_WAIT_FOREVER gives PLAT_NEVER */
bool plat_random(void *buffer, size_t size);         /* from the operating system; false when it has none */
void plat_wipe(void *buffer, size_t size);           /* zeroes memory in a way the compiler keeps */
void plat_sleep(uint32_t ms);

int32_t plat_mutex_init(plat_mutex *mutex);
void plat_mutex_destroy(plat_mutex *mutex);
void plat_mutex_lock(plat_mutex *mutex);
void plat_mutex_unlock(plat_mutex *mutex);

int32_t plat_cond_init(plat_cond *cond);
void plat_cond_destroy(plat_cond *cond);
bool plat_cond_wait(plat_cond *cond, plat_mutex *mutex, plat_deadline deadline); /* false when the deadline passed */
void plat_cond_wake_all(plat_cond *cond);

typedef void (*plat_thread_body)(void *context);
int32_t plat_thread_start(plat_thread *thread, plat_thread_body body, void *context);
void plat_thread_join(plat_thread *thread);
void plat_thread_detach(plat_thread *thread); /* nobody will join it */

/* A listening place that only this user can reach and that takes one connection. */
typedef struct plat_listener {
  char endpoint[PLAT_ENDPOINT_SIZE];
  plat_stream stream; /* POSIX: the listening socket; Windows: the pipe instance itself */
  bool open;
} plat_listener;

int32_t plat_listener_open(plat_listener *listener);
int32_t plat_listener_accept(plat_listener *listener, plat_deadline deadline, plat_stream *stream); /* LOGOSW_E_PEER: another user; nothing accepted */
void plat_listener_close(plat_listener *listener);                                                  /* removes the place too; idempotent */

int32_t plat_stream_connect(const char *endpoint, plat_deadline deadline, plat_stream *stream);
int32_t plat_stream_read(plat_stream *stream, void *buffer, size_t size, plat_deadline deadline, size_t *got); /* at least 1 byte, or an error */
int32_t plat_stream_write(plat_stream *stream, const void *buffer, size_t size, plat_deadline deadline);       /* all or an error */
/* Never waits: of the two pieces, one after the other, as much as is taken now; `written` says how much, perhaps nothing. */
int32_t plat_stream_write_some(plat_stream *stream, const void *first, size_t first_size, const void *second, size_t second_size, size_t *written);
void plat_stream_interrupt(plat_stream *stream);                                                               /* every wait ends with LOGOSW_E_CLOSED */
void plat_stream_close(plat_stream *stream);

typedef struct plat_exit {
  bool ended;
  int32_t code;   /* -1 when a signal ended it */
  int32_t signal; /* 0 when it ended by itself */
} plat_exit;

typedef struct plat_start {
  const char *folder;
  const char *program;
  const char *const *arguments;
  uint32_t argument_count;
  bool discard_output;
  const char *input; /* written to its standard input, which is then closed */
  size_t input_size;
} plat_start;

int32_t plat_process_start(const plat_start *start, plat_process *process);
plat_exit plat_process_poll(plat_process *process); /* never waits; once ended is true, do not ask again */
void plat_process_terminate(plat_process *process); /* asks it to end */
void plat_process_kill(plat_process *process);      /* ends it */
void plat_process_release(plat_process *process);   /* frees what stands for it, once ended */
uint64_t plat_process_id(const plat_process *process);

#endif
