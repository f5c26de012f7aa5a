/*
 * pipe-check: who gets into the private stream of Windows. Its access list as the system has it, clients without the token, and a second one. Prints one line a
 * scenario; exit code 0 when all are good. There is one user where this runs: that another one is refused follows from the access list, and is not tried.
 */
#include <aclapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "handshake.h"
#include "logosw_addin.h"
#include "platform.h"
#include "wire.h"

enum { LIMIT_MS = 5000, SHORT_MS = 300, MAX_MESSAGE = 1 << 20 };

/* The host's side: takes whoever comes first, and asks for the token. */
typedef struct host_side {
  plat_listener listener;
  plat_stream stream;
  uint8_t token[WIRE_TOKEN_SIZE];
  uint32_t limit_ms;
  int32_t result;
} host_side;

static void serve(void *context) {
  host_side *self = context;
  uint32_t agreed = 0;
  self->result = plat_listener_accept(&self->listener, plat_deadline_in(LIMIT_MS), &self->stream);
  if (self->result == LOGOSW_OK) {
    self->result = handshake_as_host(&self->stream, self->token, MAX_MESSAGE, plat_deadline_in(self->limit_ms), NULL, &agreed);
  }
}

static bool begin(host_side *self, plat_thread *thread, uint32_t limit_ms) {
  memset(self, 0, sizeof *self);
  self->limit_ms = limit_ms;
  return plat_random(self->token, sizeof self->token) && plat_listener_open(&self->listener) == LOGOSW_OK &&
         plat_thread_start(thread, serve, self) == LOGOSW_OK;
}

/* What a client does once it is connected; returns what it was told. */
typedef int32_t (*client_act)(plat_stream *stream, const uint8_t token[WIRE_TOKEN_SIZE]);

static bool meet(client_act act, uint32_t limit_ms, int32_t told_client, int32_t told_host) {
  host_side host;
  plat_thread thread;
  plat_stream client;
  int32_t told = LOGOSW_E_IO;
  if (!begin(&host, &thread, limit_ms)) return false;
  if (plat_stream_connect(host.listener.endpoint, plat_deadline_in(LIMIT_MS), &client) == LOGOSW_OK) {
    told = act(&client, host.token);
    if (told_host == LOGOSW_E_CLOSED) plat_stream_close(&client);
  }
  plat_thread_join(&thread);
  if (told_host != LOGOSW_E_CLOSED) plat_stream_close(&client);
  plat_stream_close(&host.stream);
  plat_listener_close(&host.listener);
  if (told != told_client || host.result != told_host) printf("     client %d, host %d\n", (int)told, (int)host.result);
  return told == told_client && host.result == told_host;
}

static int32_t greet(plat_stream *stream, const uint8_t token[WIRE_TOKEN_SIZE]) {
  uint32_t agreed = 0;
  return handshake_as_addin(stream, token, MAX_MESSAGE, plat_deadline_in(LIMIT_MS), &agreed);
}

static int32_t greet_with_one_bit_wrong(plat_stream *stream, const uint8_t token[WIRE_TOKEN_SIZE]) {
  uint8_t other[WIRE_TOKEN_SIZE];
  memcpy(other, token, sizeof other);
  other[WIRE_TOKEN_SIZE - 1] ^= 1;
  return greet(stream, other);
}

static int32_t greet_without_token(plat_stream *stream, const uint8_t token[WIRE_TOKEN_SIZE]) {
  static const uint8_t none[WIRE_TOKEN_SIZE];
  (void)token;
  return greet(stream, none);
}

static int32_t say_nothing(plat_stream *stream, const uint8_t token[WIRE_TOKEN_SIZE]) {
  (void)stream;
  (void)token;
  return LOGOSW_OK;
}

static int32_t stop_before_the_token(plat_stream *stream, const uint8_t token[WIRE_TOKEN_SIZE]) {
  uint8_t hello[WIRE_HELLO_SIZE];
  wire_hello content = {.abi_version = LOGOSW_ADDIN_ABI_VERSION, .max_message = MAX_MESSAGE};
  memcpy(content.token, token, WIRE_TOKEN_SIZE);
  wire_put_hello(hello, &content);
  return plat_stream_write(stream, hello, WIRE_HELLO_SIZE - 1, plat_deadline_in(LIMIT_MS));
}

/* One client is all there ever is: neither beside the first nor after it, and nobody else can offer a pipe of this name. */
static bool second_client(void) {
  host_side host;
  plat_thread thread;
  plat_stream first;
  plat_stream second;
  wchar_t name[PLAT_ENDPOINT_SIZE];
  bool good;
  if (!begin(&host, &thread, LIMIT_MS)) return false;
  good = plat_stream_connect(host.listener.endpoint, plat_deadline_in(LIMIT_MS), &first) == LOGOSW_OK && greet(&first, host.token) == LOGOSW_OK;
  plat_thread_join(&thread);
  good = good && host.result == LOGOSW_OK && plat_stream_connect(host.listener.endpoint, plat_deadline_in(SHORT_MS), &second) != LOGOSW_OK;
  good = good && MultiByteToWideChar(CP_UTF8, 0, host.listener.endpoint, -1, name, PLAT_ENDPOINT_SIZE) > 0 &&
         CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, PIPE_UNLIMITED_INSTANCES, 512, 512, 0, NULL) == INVALID_HANDLE_VALUE;
  plat_stream_close(&first);
  good = good && plat_stream_connect(host.listener.endpoint, plat_deadline_in(SHORT_MS), &second) != LOGOSW_OK;
  plat_stream_close(&host.stream);
  good = good && plat_stream_connect(host.listener.endpoint, plat_deadline_in(SHORT_MS), &second) != LOGOSW_OK;
  plat_listener_close(&host.listener);
  return good;
}

static TOKEN_USER *own_user(void) {
  HANDLE token = NULL;
  DWORD size = 0;
  TOKEN_USER *user = NULL;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return NULL;
  GetTokenInformation(token, TokenUser, NULL, 0, &size);
  user = size == 0 ? NULL : malloc(size);
  if (user != NULL && !GetTokenInformation(token, TokenUser, user, size, &size)) {
    free(user);
    user = NULL;
  }
  CloseHandle(token);
  return user;
}

/* One entry, which allows this user; nothing inherited from anywhere. */
static bool is_for_this_user_alone(HANDLE pipe) {
  PSECURITY_DESCRIPTOR descriptor = NULL;
  PACL list = NULL;
  SECURITY_DESCRIPTOR_CONTROL control = 0;
  DWORD revision = 0;
  ACCESS_ALLOWED_ACE *entry = NULL;
  TOKEN_USER *user = own_user();
  bool alone = false;
  if (user != NULL && GetSecurityInfo(pipe, SE_KERNEL_OBJECT, DACL_SECURITY_INFORMATION, NULL, NULL, &list, NULL, &descriptor) == ERROR_SUCCESS) {
    alone = list != NULL && list->AceCount == 1 && GetAce(list, 0, (LPVOID *)&entry) && entry->Header.AceType == ACCESS_ALLOWED_ACE_TYPE &&
            EqualSid((PSID)&entry->SidStart, user->User.Sid) && GetSecurityDescriptorControl(descriptor, &control, &revision) &&
            (control & SE_DACL_PROTECTED) != 0;
    LocalFree(descriptor);
  }
  free(user);
  return alone;
}

static bool access_list(void) {
  plat_listener listener;
  plat_stream client;
  bool good = plat_listener_open(&listener) == LOGOSW_OK && is_for_this_user_alone(listener.stream.pipe);
  /* As whoever comes sees it, too. */
  good = good && plat_stream_connect(listener.endpoint, plat_deadline_in(LIMIT_MS), &client) == LOGOSW_OK;
  if (good) {
    good = is_for_this_user_alone(client.pipe);
    plat_stream_close(&client);
  }
  plat_listener_close(&listener);
  return good;
}

/* The look itself can tell: a pipe made without an access list is not for this user alone. */
static bool access_list_of_another(void) {
  const HANDLE pipe = CreateNamedPipeW(L"\\\\.\\pipe\\logosw-pipe-check", PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1, 512, 512, 0, NULL);
  const bool alone = is_for_this_user_alone(pipe);
  CloseHandle(pipe);
  return pipe != INVALID_HANDLE_VALUE && !alone;
}

static int failures;
static void report(const char *what, bool good) {
  printf("%s %s\n", good ? "ok  " : "FAIL", what);
  fflush(stdout);
  if (!good) failures++;
}

int main(void) {
  report("the access list names this user and nobody else", access_list());
  report("an access list that names others is told apart", access_list_of_another());
  report("the add-in with its token is let in", meet(greet, LIMIT_MS, LOGOSW_OK, LOGOSW_OK));
  report("a token of which one bit is wrong is refused", meet(greet_with_one_bit_wrong, LIMIT_MS, LOGOSW_E_TOKEN, LOGOSW_E_TOKEN));
  report("a greeting without a token is refused", meet(greet_without_token, LIMIT_MS, LOGOSW_E_TOKEN, LOGOSW_E_TOKEN));
  report("a client that says nothing is left after a time", meet(say_nothing, SHORT_MS, LOGOSW_OK, LOGOSW_E_TIMEOUT));
  report("a client that goes before the end of its token is refused", meet(stop_before_the_token, LIMIT_MS, LOGOSW_OK, LOGOSW_E_CLOSED));
  report("a second client is refused, beside the first and after it", second_client());
  return failures == 0 ? 0 : 1;
}
