/* Time, randomness, threads and the named pipe of Windows. The child process is in process_win32.c. */
#include "platform.h"

#include <bcrypt.h>
#include <sddl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "logosw_addin.h"
#include "wire.h"

enum { PIPE_BUFFER = 65536, WIDE_ENDPOINT = PLAT_ENDPOINT_SIZE, RANDOM_NAME = 16 };

uint64_t plat_now_ms(void) {
  return GetTickCount64();
}

plat_deadline plat_deadline_in(uint32_t timeout_ms) {
  return timeout_ms == LOGOSW_WAIT_FOREVER ? PLAT_NEVER : plat_now_ms() + timeout_ms;
}

/* What is left of a deadline as Windows wants it. */
static DWORD left_of(plat_deadline deadline) {
  if (deadline == PLAT_NEVER) return INFINITE;
  const uint64_t now = plat_now_ms();
  if (deadline <= now) return 0;
  return deadline - now >= INFINITE ? INFINITE - 1 : (DWORD)(deadline - now);
}

bool plat_random(void *buffer, size_t size) {
  return BCryptGenRandom(NULL, buffer, (ULONG)size, BCRYPT_USE_SYSTEM_PREFERRED_RNG) == 0;
}

void plat_wipe(void *buffer, size_t size) {
  SecureZeroMemory(buffer, size);
}

void plat_sleep(uint32_t ms) {
  Sleep(ms);
}

int32_t plat_mutex_init(plat_mutex *mutex) {
  InitializeSRWLock(mutex);
  return LOGOSW_OK;
}

void plat_mutex_destroy(plat_mutex *mutex) {
  (void)mutex;
}

void plat_mutex_lock(plat_mutex *mutex) {
  AcquireSRWLockExclusive(mutex);
}

void plat_mutex_unlock(plat_mutex *mutex) {
  ReleaseSRWLockExclusive(mutex);
}

int32_t plat_cond_init(plat_cond *cond) {
  InitializeConditionVariable(cond);
  return LOGOSW_OK;
}

void plat_cond_destroy(plat_cond *cond) {
  (void)cond;
}

bool plat_cond_wait(plat_cond *cond, plat_mutex *mutex, plat_deadline deadline) {
  return SleepConditionVariableSRW(cond, mutex, left_of(deadline), 0) != 0;
}

void plat_cond_wake_all(plat_cond *cond) {
  WakeAllConditionVariable(cond);
}

typedef struct thread_start {
  plat_thread_body body;
  void *context;
} thread_start;

static DWORD WINAPI thread_main(LPVOID argument) {
  const thread_start start = *(thread_start *)argument;
  free(argument);
  start.body(start.context);
  return 0;
}

int32_t plat_thread_start(plat_thread *thread, plat_thread_body body, void *context) {
  thread_start *start = malloc(sizeof *start);
  if (start == NULL) return LOGOSW_E_MEMORY;
  *start = (thread_start){.body = body, .context = context};
  thread->handle = CreateThread(NULL, 0, thread_main, start, 0, NULL);
  if (thread->handle == NULL) {
    free(start);
    return LOGOSW_E_MEMORY;
  }
  return LOGOSW_OK;
}

void plat_thread_join(plat_thread *thread) {
  WaitForSingleObject(thread->handle, INFINITE);
  CloseHandle(thread->handle);
}

void plat_thread_detach(plat_thread *thread) {
  CloseHandle(thread->handle);
}

static void close_handle(HANDLE *handle) {
  if (*handle != NULL && *handle != INVALID_HANDLE_VALUE) CloseHandle(*handle);
  *handle = NULL;
}

static int32_t prepare(plat_stream *stream) {
  stream->stop = CreateEventW(NULL, TRUE, FALSE, NULL);
  stream->read_event = CreateEventW(NULL, TRUE, FALSE, NULL);
  stream->write_event = CreateEventW(NULL, TRUE, FALSE, NULL);
  if (stream->stop != NULL && stream->read_event != NULL && stream->write_event != NULL) return LOGOSW_OK;
  plat_stream_close(stream);
  return LOGOSW_E_IO;
}

/* "D:P(A;;GA;;;<the user's SID>)": nobody but this user, nothing inherited. For LocalFree. */
static PSECURITY_DESCRIPTOR only_this_user(void) {
  HANDLE token = NULL;
  DWORD size = 0;
  TOKEN_USER *user = NULL;
  LPWSTR sid = NULL;
  PSECURITY_DESCRIPTOR result = NULL;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return NULL;
  GetTokenInformation(token, TokenUser, NULL, 0, &size);
  user = size == 0 ? NULL : malloc(size);
  if (user != NULL && GetTokenInformation(token, TokenUser, user, size, &size) && ConvertSidToStringSidW(user->User.Sid, &sid)) {
    wchar_t text[256];
    const int length = _snwprintf(text, sizeof text / sizeof text[0] - 1, L"D:P(A;;GA;;;%ls)", sid);
    text[sizeof text / sizeof text[0] - 1] = L'\0';
    if (length > 0 && !ConvertStringSecurityDescriptorToSecurityDescriptorW(text, SDDL_REVISION_1, &result, NULL)) result = NULL;
  }
  if (sid != NULL) LocalFree(sid);
  free(user);
  CloseHandle(token);
  return result;
}

static bool widen(const char *text, wchar_t *out, int room) {
  return MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, out, room) > 0;
}

int32_t plat_listener_open(plat_listener *listener) {
  uint8_t random[RANDOM_NAME];
  char name[2 * RANDOM_NAME + 1];
  wchar_t wide[WIDE_ENDPOINT];
  SECURITY_ATTRIBUTES security = {.nLength = sizeof security};
  memset(listener, 0, sizeof *listener);
  if (!plat_random(random, sizeof random)) return LOGOSW_E_IO;
  wire_to_hex(random, sizeof random, name);
  snprintf(listener->endpoint, sizeof listener->endpoint, "\\\\.\\pipe\\logosw-%s", name);
  if (!widen(listener->endpoint, wide, WIDE_ENDPOINT) || prepare(&listener->stream) != LOGOSW_OK) return LOGOSW_E_IO;
  security.lpSecurityDescriptor = only_this_user();
  if (security.lpSecurityDescriptor == NULL) {
    plat_stream_close(&listener->stream);
    return LOGOSW_E_IO;
  }
  listener->stream.server = true;
  listener->stream.pipe =
      CreateNamedPipeW(wide, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE,
                       PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS, 1, PIPE_BUFFER, PIPE_BUFFER, 0, &security);
  LocalFree(security.lpSecurityDescriptor);
  if (listener->stream.pipe == INVALID_HANDLE_VALUE) {
    plat_stream_close(&listener->stream);
    return LOGOSW_E_IO;
  }
  listener->open = true;
  return LOGOSW_OK;
}

/* What an operation on the pipe failed for: whether the other side is gone is told in three ways, by how far it had come. */
static int32_t failure(DWORD error) {
  return error == ERROR_BROKEN_PIPE || error == ERROR_PIPE_NOT_CONNECTED || error == ERROR_NO_DATA ? LOGOSW_E_CLOSED : LOGOSW_E_IO;
}

/* Waits for an overlapped operation that was begun; takes it back when the deadline passes or the stream is interrupted. */
static int32_t finish(plat_stream *stream, OVERLAPPED *operation, plat_deadline deadline, DWORD *moved) {
  const HANDLE waits[2] = {operation->hEvent, stream->stop};
  const DWORD ended = WaitForMultipleObjects(2, waits, FALSE, left_of(deadline));
  if (ended != WAIT_OBJECT_0) CancelIoEx(stream->pipe, operation);
  /* Waits for the cancellation itself; an operation that ended meanwhile keeps its result. */
  if (GetOverlappedResult(stream->pipe, operation, moved, TRUE)) return LOGOSW_OK;
  if (ended == WAIT_TIMEOUT) return LOGOSW_E_TIMEOUT;
  if (ended == WAIT_OBJECT_0 + 1) return LOGOSW_E_CLOSED;
  return failure(GetLastError());
}

int32_t plat_listener_accept(plat_listener *listener, plat_deadline deadline, plat_stream *stream) {
  OVERLAPPED operation = {.hEvent = listener->stream.read_event};
  DWORD moved = 0;
  int32_t result = LOGOSW_OK;
  ResetEvent(operation.hEvent);
  if (!ConnectNamedPipe(listener->stream.pipe, &operation)) {
    const DWORD error = GetLastError();
    if (error == ERROR_IO_PENDING) {
      result = finish(&listener->stream, &operation, deadline, &moved);
    } else if (error != ERROR_PIPE_CONNECTED) {
      result = failure(error);
    }
  }
  if (result != LOGOSW_OK) return result;
  /* The one instance there is becomes the stream: nobody else can connect to this name any more. */
  *stream = listener->stream;
  listener->open = false;
  return LOGOSW_OK;
}

void plat_listener_close(plat_listener *listener) {
  if (!listener->open) return;
  listener->open = false;
  plat_stream_close(&listener->stream);
}

int32_t plat_stream_connect(const char *endpoint, plat_deadline deadline, plat_stream *stream) {
  wchar_t wide[WIDE_ENDPOINT];
  memset(stream, 0, sizeof *stream);
  if (strncmp(endpoint, "\\\\.\\pipe\\", 9) != 0 || !widen(endpoint, wide, WIDE_ENDPOINT)) return LOGOSW_E_ARGUMENT;
  if (prepare(stream) != LOGOSW_OK) return LOGOSW_E_IO;
  for (;;) {
    /* Identification only: the server learns who we are and cannot act in our name. */
    stream->pipe = CreateFileW(wide, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING,
                               FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, NULL);
    if (stream->pipe != INVALID_HANDLE_VALUE) return LOGOSW_OK;
    const DWORD error = GetLastError();
    const bool late = plat_now_ms() >= deadline;
    if (error != ERROR_PIPE_BUSY || late) {
      plat_stream_close(stream);
      return error == ERROR_PIPE_BUSY ? LOGOSW_E_TIMEOUT : LOGOSW_E_IO;
    }
    plat_sleep(5);
  }
}

int32_t plat_stream_read(plat_stream *stream, void *buffer, size_t size, plat_deadline deadline, size_t *got) {
  OVERLAPPED operation = {.hEvent = stream->read_event};
  DWORD moved = 0;
  int32_t result = LOGOSW_OK;
  ResetEvent(operation.hEvent);
  if (WaitForSingleObject(stream->stop, 0) == WAIT_OBJECT_0) return LOGOSW_E_CLOSED;
  if (!ReadFile(stream->pipe, buffer, size > PIPE_BUFFER ? PIPE_BUFFER : (DWORD)size, NULL, &operation) && GetLastError() != ERROR_IO_PENDING) {
    return failure(GetLastError());
  }
  result = finish(stream, &operation, deadline, &moved);
  if (result == LOGOSW_OK && moved == 0) result = LOGOSW_E_CLOSED;
  *got = moved;
  return result;
}

int32_t plat_stream_write(plat_stream *stream, const void *buffer, size_t size, plat_deadline deadline) {
  const uint8_t *from = buffer;
  while (size > 0) {
    OVERLAPPED operation = {.hEvent = stream->write_event};
    DWORD moved = 0;
    int32_t result;
    ResetEvent(operation.hEvent);
    if (WaitForSingleObject(stream->stop, 0) == WAIT_OBJECT_0) return LOGOSW_E_CLOSED;
    if (!WriteFile(stream->pipe, from, size > PIPE_BUFFER ? PIPE_BUFFER : (DWORD)size, NULL, &operation) && GetLastError() != ERROR_IO_PENDING) {
      return failure(GetLastError());
    }
    result = finish(stream, &operation, deadline, &moved);
    if (result != LOGOSW_OK) return result;
    from += moved;
    size -= moved;
  }
  return LOGOSW_OK;
}

/* A write to a pipe that is not waited for would have to keep its bytes in place: it is left to the writing thread, which waits. */
int32_t plat_stream_write_some(plat_stream *stream, const void *first, size_t first_size, const void *second, size_t second_size, size_t *written) {
  (void)stream;
  (void)first;
  (void)first_size;
  (void)second;
  (void)second_size;
  *written = 0;
  return LOGOSW_OK;
}

void plat_stream_interrupt(plat_stream *stream) {
  SetEvent(stream->stop);
}

void plat_stream_close(plat_stream *stream) {
  /* The bytes written last are still to be read by the other side: closing a client's end keeps them, disconnecting a server's would not. */
  close_handle(&stream->pipe);
  close_handle(&stream->stop);
  close_handle(&stream->read_event);
  close_handle(&stream->write_event);
}
