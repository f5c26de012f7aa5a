/*
 * reference-host --addin <folder> [--node <path>] [--spool <folder>] [--call-timeout <ms>] [--close-day-timeout <ms>] [--heartbeat <ms>] [--heartbeat-timeout <ms>]
 *                [--practitioners <file>] [--print-folder <folder>] [--clock-offset <ms>]
 * Reads commands on standard input, prints one JSON object per line. docs/HOST-ABI.md lists both.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arguments.h"
#include "console.h"
#include "json.h"
#include "output.h"
#include "platform.h"
#include "reference_host.h"
#include "system.h"

enum { IDLE_MS = 200 };

static volatile sig_atomic_t interrupted;

static void on_signal(int number) {
  (void)number;
  interrupted = 1;
}

static void print_error(const char *message) {
  out_begin("error");
  out_text("message", message);
  out_end();
}

static bool busy(const reference_host *self) {
  return calls_busy(self) || offers_busy(self) || self->phase == PHASE_STARTING || self->phase == PHASE_READY;
}

/* Lets events come until nothing in the foreground is under way. */
static void settle(reference_host *self) {
  while (!interrupted && busy(self) && self->phase != PHASE_FAILED) events_pump(self, IDLE_MS);
}

/* Documents on the following lines, until a line with a single dot. */
static void push_from_console(reference_host *self, bool foreground) {
  offers_begin(self, foreground);
  while (!interrupted) {
    char *line = console_take();
    const bool last = line != NULL && strcmp(line, ".") == 0;
    if (line != NULL && !last) offers_add_line(self, line);
    free(line);
    if (last || (line == NULL && console_ended())) break;
    if (line == NULL) events_pump(self, IDLE_MS);
  }
  offers_end(self);
}

static void invoke(reference_host *self, char *rest, bool foreground) {
  char *arguments = strchr(rest, ' ');
  json_doc doc;
  if (arguments != NULL) *arguments++ = '\0';
  if (arguments != NULL && !json_parse(&doc, arguments, strlen(arguments))) {
    print_error("the arguments are not JSON");
    return;
  }
  if (arguments != NULL) json_free(&doc);
  calls_invoke(self, rest, arguments == NULL ? "{}" : arguments, foreground);
}

static void wait_for(reference_host *self, const char *text) {
  const uint64_t deadline = plat_now_ms() + strtoul(text, NULL, 10);
  for (uint64_t now = plat_now_ms(); !interrupted && now < deadline; now = plat_now_ms()) {
    events_pump(self, deadline - now < IDLE_MS ? (uint32_t)(deadline - now) : IDLE_MS);
  }
}

static void execute(reference_host *self, char *line) {
  size_t length = strlen(line);
  const bool background = length >= 2 && strcmp(line + length - 2, " &") == 0;
  if (background) line[length - 2] = '\0';
  char *rest = strchr(line, ' ');
  if (rest != NULL) *rest++ = '\0';
  if (line[0] == '\0' || line[0] == '#') return;
  if (strcmp(line, "toolbar") == 0) {
    show_toolbar(self);
  } else if (strcmp(line, "invoke") == 0 && rest != NULL) {
    invoke(self, rest, !background);
  } else if (strcmp(line, "push") == 0 && rest != NULL && strcmp(rest, "-") == 0) {
    push_from_console(self, !background);
  } else if (strcmp(line, "push") == 0 && rest != NULL) {
    offers_push_file(self, rest, !background);
  } else if (strcmp(line, "close-day") == 0) {
    calls_close_day(self, rest, !background);
  } else if (strcmp(line, "status") == 0) {
    show_status(self);
  } else if (strcmp(line, "events") == 0) {
    show_events(self);
  } else if (strcmp(line, "restart-addin") == 0) {
    addin_restart(self);
  } else if (strcmp(line, "health") == 0) {
    calls_health(self);
  } else if (strcmp(line, "notices") == 0) {
    notices_print(&self->notices);
  } else if (strcmp(line, "dismiss") == 0 && rest != NULL) {
    if (!notices_remove(&self->notices, NOTICE_OF_HOST, rest)) print_error("no such notice of the host");
  } else if (strcmp(line, "kill-addin") == 0) {
    if (self->running != NULL) logosw_host_kill(self->running);
  } else if (strcmp(line, "wait") == 0 && rest != NULL) {
    wait_for(self, rest);
  } else if (strcmp(line, "quit") == 0) {
    self->quitting = true;
  } else {
    print_error("unknown command, or an argument is missing");
  }
  if (!background && !self->quitting) settle(self);
}

static void run(reference_host *self) {
  settle(self);
  while (!self->quitting && !interrupted) {
    char *line = console_take();
    if (line != NULL) {
      execute(self, line);
      free(line);
    } else if (console_ended()) {
      settle(self);
      break;
    } else {
      events_pump(self, IDLE_MS);
    }
  }
  self->quitting = true;
  addin_stop(self, "host-closing");
}

int main(int count, char **values) {
  reference_host self;
  const char *problem = NULL;
  values = system_begin(count, values);
  signal(SIGINT, on_signal);
  signal(SIGTERM, on_signal);
  if (!host_prepare(&self, count, values, &problem) || !console_start(addin_wake)) {
    print_error(problem);
    host_release(&self);
    return 2;
  }
  show_toolbar(&self);
  addin_start(&self);
  run(&self);
  const bool failed = self.phase == PHASE_FAILED;
  host_release(&self);
  return failed ? 1 : 0;
}
