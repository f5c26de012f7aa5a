/* Time, randomness, threads and the Unix socket. The child process is in process_posix.c. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "logosw_addin.h"
#include "platform.h"

uint64_t plat_now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

plat_deadline plat_deadline_in(uint32_t timeout_ms) {
  return timeout_ms == LOGOSW_WAIT_FOREVER ? PLAT_NEVER : plat_now_ms() + timeout_ms;
}

bool plat_random(void *buffer, size_t size) {
  uint8_t *out = buffer;
  while (size > 0) {
    const ssize_t got = getrandom(out, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    out += got;
    size -= (size_t)got;
  }
  return true;
}

void plat_wipe(void *buffer, size_t size) {
  explicit_bzero(buffer, size);
}

void plat_sleep(uint32_t ms) {
  struct timespec left = {.tv_sec = (time_t)(ms / 1000u), .tv_nsec = (long)(ms % 1000u) * 1000000L};
  while (nanosleep(&left, &left) != 0 && errno == EINTR) {
  }
}

int32_t plat_mutex_init(plat_mutex *mutex) {
  return pthread_mutex_init(mutex, NULL) == 0 ? LOGOSW_OK : LOGOSW_E_MEMORY;
}

void plat_mutex_destroy(plat_mutex *mutex) {
  pthread_mutex_destroy(mutex);
}

void plat_mutex_lock(plat_mutex *mutex) {
  pthread_mutex_lock(mutex);
}

void plat_mutex_unlock(plat_mutex *mutex) {
  pthread_mutex_unlock(mutex);
}

int32_t plat_cond_init(plat_cond *cond) {
  pthread_condattr_t attributes;
  int failed;
  if (pthread_condattr_init(&attributes) != 0) return LOGOSW_E_MEMORY;
  failed = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) != 0 || pthread_cond_init(cond, &attributes) != 0;
  pthread_condattr_destroy(&attributes);
  return failed ? LOGOSW_E_MEMORY : LOGOSW_OK;
}

void plat_cond_destroy(plat_cond *cond) {
  pthread_cond_destroy(cond);
}

bool plat_cond_wait(plat_cond *cond, plat_mutex *mutex, plat_deadline deadline) {
  struct timespec until;
  if (deadline == PLAT_NEVER) {
    pthread_cond_wait(cond, mutex);
    return true;
  }
  until.tv_sec = (time_t)(deadline / 1000u);
  until.tv_nsec = (long)(deadline % 1000u) * 1000000L;
  return pthread_cond_timedwait(cond, mutex, &until) != ETIMEDOUT;
}

void plat_cond_wake_all(plat_cond *cond) {
  pthread_cond_broadcast(cond);
}

typedef struct thread_start {
  plat_thread_body body;
  void *context;
} thread_start;

static void *thread_main(void *argument) {
  const thread_start start = *(thread_start *)argument;
  free(argument);
  start.body(start.context);
  return NULL;
}

int32_t plat_thread_start(plat_thread *thread, plat_thread_body body, void *context) {
  thread_start *start = malloc(sizeof *start);
  if (start == NULL) return LOGOSW_E_MEMORY;
  *start = (thread_start){.body = body, .context = context};
  if (pthread_create(&thread->handle, NULL, thread_main, start) != 0) {
    free(start);
    return LOGOSW_E_MEMORY;
  }
  return LOGOSW_OK;
}

void plat_thread_join(plat_thread *thread) {
  pthread_join(thread->handle, NULL);
}

void plat_thread_detach(plat_thread *thread) {
  pthread_detach(thread->handle);
}

/* Waits for events on fd. LOGOSW_E_TIMEOUT when the deadline passed. */
static int32_t wait_for(int fd, short events, plat_deadline deadline) {
  for (;;) {
    struct pollfd entry = {.fd = fd, .events = events, .revents = 0};
    int timeout = -1;
    int ready;
    if (deadline != PLAT_NEVER) {
      const uint64_t now = plat_now_ms();
      const uint64_t left = deadline > now ? deadline - now : 0;
      timeout = left > INT_MAX ? INT_MAX : (int)left;
    }
    ready = poll(&entry, 1, timeout);
    if (ready > 0) return LOGOSW_OK;
    if (ready == 0 && timeout != INT_MAX) return LOGOSW_E_TIMEOUT;
    if (ready < 0 && errno != EINTR) return LOGOSW_E_IO;
  }
}

static int32_t check_peer(int fd) {
#if defined(__linux__)
  struct ucred peer;
  socklen_t size = sizeof peer;
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return LOGOSW_E_IO;
  return peer.uid == geteuid() ? LOGOSW_OK : LOGOSW_E_PEER;
#else
  uid_t user;
  gid_t group;
  if (getpeereid(fd, &user, &group) != 0) return LOGOSW_E_IO;
  return user == geteuid() ? LOGOSW_OK : LOGOSW_E_PEER;
#endif
}

static int32_t address_of(const char *endpoint, struct sockaddr_un *address) {
  memset(address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  if (strlen(endpoint) >= sizeof address->sun_path) return LOGOSW_E_ARGUMENT;
  memcpy(address->sun_path, endpoint, strlen(endpoint));
  return LOGOSW_OK;
}

/* Makes a folder that only this user may enter and names the socket in it. */
static bool make_place(const char *parent, char *endpoint) {
  char folder[PLAT_ENDPOINT_SIZE];
  struct sockaddr_un room;
  int length;
  if (parent == NULL || parent[0] != '/') return false;
  length = snprintf(folder, sizeof folder, "%s/logosw-XXXXXX", parent);
  if (length < 0 || (size_t)length + sizeof "/bridge" > sizeof room.sun_path) return false;
  if (mkdtemp(folder) == NULL) return false;
  length = snprintf(endpoint, PLAT_ENDPOINT_SIZE, "%.*s/bridge", (int)sizeof room.sun_path, folder);
  return length > 0;
}

static void remove_place(char *endpoint) {
  char *slash = strrchr(endpoint, '/');
  unlink(endpoint);
  if (slash != NULL) {
    *slash = '\0';
    rmdir(endpoint);
  }
  endpoint[0] = '\0';
}

int32_t plat_listener_open(plat_listener *listener) {
  struct sockaddr_un address;
  memset(listener, 0, sizeof *listener);
  if (!make_place(getenv("XDG_RUNTIME_DIR"), listener->endpoint) && !make_place(getenv("TMPDIR"), listener->endpoint) &&
      !make_place("/tmp", listener->endpoint)) {
    return LOGOSW_E_IO;
  }
  listener->stream.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener->stream.fd < 0 || address_of(listener->endpoint, &address) != LOGOSW_OK ||
      bind(listener->stream.fd, (const struct sockaddr *)&address, sizeof address) != 0 || chmod(listener->endpoint, 0600) != 0 ||
      listen(listener->stream.fd, 1) != 0) {
    if (listener->stream.fd >= 0) close(listener->stream.fd);
    remove_place(listener->endpoint);
    return LOGOSW_E_IO;
  }
  listener->open = true;
  return LOGOSW_OK;
}

int32_t plat_listener_accept(plat_listener *listener, plat_deadline deadline, plat_stream *stream) {
  int32_t result = wait_for(listener->stream.fd, POLLIN, deadline);
  if (result != LOGOSW_OK) return result;
  stream->fd = accept4(listener->stream.fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (stream->fd < 0) return errno == EAGAIN || errno == EINTR || errno == ECONNABORTED ? LOGOSW_E_TIMEOUT : LOGOSW_E_IO;
  result = check_peer(stream->fd);
  if (result != LOGOSW_OK) close(stream->fd);
  return result;
}

void plat_listener_close(plat_listener *listener) {
  if (!listener->open) return;
  listener->open = false;
  close(listener->stream.fd);
  remove_place(listener->endpoint);
}

int32_t plat_stream_connect(const char *endpoint, plat_deadline deadline, plat_stream *stream) {
  struct sockaddr_un address;
  int32_t result = address_of(endpoint, &address);
  if (result != LOGOSW_OK) return result;
  stream->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (stream->fd < 0) return LOGOSW_E_IO;
  for (;;) {
    if (connect(stream->fd, (const struct sockaddr *)&address, sizeof address) == 0) break;
    /* EAGAIN: the listener's queue is full for the moment. */
    if (errno != EAGAIN && errno != EINTR) {
      close(stream->fd);
      return LOGOSW_E_IO;
    }
    if (plat_now_ms() >= deadline) {
      close(stream->fd);
      return LOGOSW_E_TIMEOUT;
    }
    plat_sleep(5);
  }
  result = check_peer(stream->fd);
  if (result != LOGOSW_OK) close(stream->fd);
  return result;
}

int32_t plat_stream_read(plat_stream *stream, void *buffer, size_t size, plat_deadline deadline, size_t *got) {
  for (;;) {
    const ssize_t count = recv(stream->fd, buffer, size, 0);
    int32_t result;
    if (count > 0) {
      *got = (size_t)count;
      return LOGOSW_OK;
    }
    if (count == 0) return LOGOSW_E_CLOSED;
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return errno == ECONNRESET ? LOGOSW_E_CLOSED : LOGOSW_E_IO;
    result = wait_for(stream->fd, POLLIN, deadline);
    if (result != LOGOSW_OK) return result;
  }
}

int32_t plat_stream_write(plat_stream *stream, const void *buffer, size_t size, plat_deadline deadline) {
  const uint8_t *from = buffer;
  while (size > 0) {
    const ssize_t count = send(stream->fd, from, size, MSG_NOSIGNAL);
    if (count >= 0) {
      from += count;
      size -= (size_t)count;
      continue;
    }
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      const int32_t result = wait_for(stream->fd, POLLOUT, deadline);
      if (result != LOGOSW_OK) return result;
      continue;
    }
    return errno == EPIPE || errno == ECONNRESET ? LOGOSW_E_CLOSED : LOGOSW_E_IO;
  }
  return LOGOSW_OK;
}

int32_t plat_stream_write_some(plat_stream *stream, const void *first, size_t first_size, const void *second, size_t second_size, size_t *written) {
  /* sendmsg reads what the pieces point to; that they are not const there is how it is declared. */
  struct iovec pieces[2] = {{.iov_base = (void *)(uintptr_t)first, .iov_len = first_size}, {.iov_base = (void *)(uintptr_t)second, .iov_len = second_size}};
  const struct msghdr message = {.msg_iov = pieces, .msg_iovlen = second_size > 0 ? 2 : 1};
  ssize_t count;
  *written = 0;
  do {
    count = sendmsg(stream->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  } while (count < 0 && errno == EINTR);
  if (count >= 0) {
    *written = (size_t)count;
    return LOGOSW_OK;
  }
  if (errno == EAGAIN || errno == EWOULDBLOCK) return LOGOSW_OK;
  return errno == EPIPE || errno == ECONNRESET ? LOGOSW_E_CLOSED : LOGOSW_E_IO;
}

void plat_stream_interrupt(plat_stream *stream) {
  shutdown(stream->fd, SHUT_RDWR);
}

void plat_stream_close(plat_stream *stream) {
  close(stream->fd);
  stream->fd = -1;
}
