/* The add-in's process: started with nothing of the host's but a standard input of its own. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "logosw_addin.h"
#include "platform.h"

enum { REPORT_FD = 3, FIRST_FREE_FD = 10 };

/* A pipe whose ends lie above the standard descriptors, so that placing them in the child overwrites nothing. */
static bool open_pipe(int ends[2]) {
  int raw[2];
  if (pipe2(raw, O_CLOEXEC) != 0) return false;
  for (int i = 0; i < 2; i++) {
    ends[i] = fcntl(raw[i], F_DUPFD_CLOEXEC, FIRST_FREE_FD);
    close(raw[i]);
  }
  if (ends[0] >= 0 && ends[1] >= 0) return true;
  if (ends[0] >= 0) close(ends[0]);
  if (ends[1] >= 0) close(ends[1]);
  return false;
}

static void close_from(int first) {
#if defined(SYS_close_range)
  if (syscall(SYS_close_range, (unsigned)first, ~0U, 0U) == 0) return;
#endif
  long last = sysconf(_SC_OPEN_MAX);
  if (last < 0 || last > 65536) last = 65536;
  for (int fd = first; fd < (int)last; fd++) close(fd);
}

/* Runs in the child between fork and exec: only calls that are safe there. */
static void become(const plat_start *start, char *const *arguments, int input, int report) {
  int failure;
  sigset_t none;
  signal(SIGPIPE, SIG_DFL);
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  /* A group of its own: Ctrl-C on the host's terminal is for the host, which then ends the add-in politely. */
  setpgid(0, 0);
  if (dup2(input, STDIN_FILENO) < 0) goto failed;
  if (start->discard_output) {
    const int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0 || dup2(nowhere, STDERR_FILENO) < 0) goto failed;
  } else if (dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
    goto failed;
  }
  if (dup2(report, REPORT_FD) < 0 || fcntl(REPORT_FD, F_SETFD, FD_CLOEXEC) != 0) goto failed;
  report = REPORT_FD;
  close_from(REPORT_FD + 1);
  if (chdir(start->folder) != 0) goto failed;
  execvp(start->program, arguments);
failed:
  failure = errno;
  while (write(report, &failure, sizeof failure) < 0 && errno == EINTR) {
  }
  _exit(127);
}

static char **argument_list(const plat_start *start) {
  char **list = calloc((size_t)start->argument_count + 2, sizeof *list);
  if (list == NULL) return NULL;
  /* exec does not change what the pointers lead to; its prototype only predates const. */
  memcpy(&list[0], &start->program, sizeof list[0]);
  for (uint32_t i = 0; i < start->argument_count; i++) memcpy(&list[i + 1], &start->arguments[i], sizeof list[0]);
  return list;
}

/* True once the child's exec succeeded: the report pipe then closes without a byte. */
static bool exec_succeeded(int report) {
  int failure;
  ssize_t got;
  do {
    got = read(report, &failure, sizeof failure);
  } while (got < 0 && errno == EINTR);
  return got == 0;
}

int32_t plat_process_start(const plat_start *start, plat_process *process) {
  int input[2];
  int report[2];
  char **arguments;
  bool begun;
  /* The pipe takes the line at once, before anyone reads it: no wait and no SIGPIPE are possible. */
  if (start->input_size > 4096) return LOGOSW_E_ARGUMENT;
  if (!open_pipe(input)) return LOGOSW_E_IO;
  if (!open_pipe(report)) {
    close(input[0]);
    close(input[1]);
    return LOGOSW_E_IO;
  }
  arguments = argument_list(start);
  begun = arguments != NULL && write(input[1], start->input, start->input_size) == (ssize_t)start->input_size;
  if (begun) {
    process->pid = fork();
    if (process->pid == 0) become(start, arguments, input[0], report[1]);
    begun = process->pid > 0;
  }
  close(input[0]);
  close(input[1]);
  close(report[1]);
  if (begun && !exec_succeeded(report[0])) {
    waitpid(process->pid, NULL, 0);
    begun = false;
  }
  close(report[0]);
  free(arguments);
  return begun ? LOGOSW_OK : LOGOSW_E_START;
}

plat_exit plat_process_poll(plat_process *process) {
  plat_exit result = {.ended = false, .code = -1, .signal = 0};
  int status = 0;
  pid_t found;
  do {
    found = waitpid(process->pid, &status, WNOHANG);
  } while (found < 0 && errno == EINTR);
  if (found == 0) return result;
  result.ended = true;
  /* found < 0: a host that collects its children itself took the status; the process is gone all the same. */
  if (found > 0 && WIFEXITED(status)) result.code = WEXITSTATUS(status);
  if (found > 0 && WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  return result;
}

void plat_process_terminate(plat_process *process) {
  kill(process->pid, SIGTERM);
}

void plat_process_kill(plat_process *process) {
  kill(process->pid, SIGKILL);
}

void plat_process_release(plat_process *process) {
  process->pid = 0;
}

uint64_t plat_process_id(const plat_process *process) {
  return (uint64_t)process->pid;
}
