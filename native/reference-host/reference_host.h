/* The reference host: LOGOSw played by a line-driven program. One thread does everything here; only the console reads beside it. */
#ifndef REFERENCE_HOST_H
#define REFERENCE_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "logosw_addin.h"
#include "installed.h"
#include "manifest.h"
#include "notices.h"
#include "spool.h"

#define HOST_NAME "LOGOSw reference host"
#define HOST_VERSION "1.0.0"
#define HOOK_STORED "invoice.stored"
#define HOOK_DAY_CLOSING "day.closing"

typedef enum phase {
  PHASE_STOPPED, /* not running, as asked */
  PHASE_STARTING,
  PHASE_READY,  /* connected, activation asked for */
  PHASE_ACTIVE, /* the add-in said it is active */
  PHASE_FAILED  /* it ended too often: it stays down until a person starts it again */
} phase;

typedef enum call_kind { CALL_ACTIVATE, CALL_INVOKE, CALL_CLOSE_DAY, CALL_HEALTH, CALL_DEACTIVATE } call_kind;

/* A request of ours under way, but for offers. */
typedef struct call {
  struct call *next;
  call_kind kind;
  uint64_t correlation;
  char *label; /* command or date; may be null */
  uint64_t started_ms;
  uint64_t deadline_ms;
  bool foreground;
} call;

/* One push command: counts what becomes of its documents. */
typedef struct batch {
  struct batch *next;
  uint32_t number;
  size_t offered;
  size_t acknowledged;
  size_t refused; /* answered without acknowledgement, or not kept by the host */
  uint64_t started_ms;
  bool foreground;
  bool complete; /* all its documents are in the spool */
} batch;

/* What a face other than the line-driven one wants to be told of, beside what is printed. Functions may be null. */
typedef struct observer {
  void *context;
  void (*offer_answered)(void *context, uint64_t number, bool acknowledged, const char *why);
  void (*day_closed)(void *context, const char *outcome, const char *message);
  void (*window)(void *context, const char *url);
  void (*progress)(void *context, const char *title, double part, bool ended); /* part of 1 that is done */
  void (*passing)(void *context, const char *severity, const char *message);   /* a notification to be shown once */
  void (*command_failed)(void *context, const char *command, const char *message); /* message may be null */
  void (*printed)(void *context, const char *title, const char *file);
} observer;

enum { RESTARTS_ALLOWED = 3, RESTART_WINDOW_MS = 5 * 60 * 1000 };

typedef struct reference_host {
  const char *addin_folder;
  const char *node;
  installed_addin installed; /* what a folder somebody installed into told; else empty */
  uint32_t call_timeout_ms;
  uint32_t close_day_timeout_ms;
  uint32_t heartbeat_ms;         /* 0: the library's own */
  uint32_t heartbeat_timeout_ms;
  char *practitioners;      /* JSON list, null: none */
  const char *print_folder; /* null: no printer */
  uint32_t printed;
  int64_t clock_offset_ms; /* how far this host's clock is ahead, to try what an add-in makes of that */
  manifest manifest;
  spool spool;
  notices notices;
  logosw_host *running; /* null when no process is up; changed only under addin_lock because the console thread wakes it */
  phase phase;
  uint64_t restarts[RESTARTS_ALLOWED];
  uint32_t restart_count;
  call *calls;
  batch *batches;
  uint32_t last_batch;
  bool quitting;
  uint64_t events_seen;
  observer observer;
} reference_host;

/* addin.c: the process */
bool addin_setup(reference_host *self);
void addin_start(reference_host *self);
void addin_stop(reference_host *self, const char *reason); /* polite: deactivation, then close */
void addin_ended(reference_host *self);                    /* it ended by itself: start again, or give up */
void addin_refused(reference_host *self);                  /* it runs but will not be activated: starting it again would only repeat that */
void addin_restart(reference_host *self);                  /* as a person asks: with all its chances again */
void addin_manifest_changed(reference_host *self, const json_doc *told); /* the add-in noticed an edit */
void addin_wake(void);                                     /* from any thread */
void addin_print_state(const reference_host *self, const char *state, const logosw_host_status *status);

/* calls.c: activation, commands, day close */
void calls_activate(reference_host *self);
void calls_invoke(reference_host *self, const char *command, const char *arguments, bool foreground);
void calls_close_day(reference_host *self, const char *date, bool foreground);
void calls_health(reference_host *self); /* every check of the manifest */
void calls_deactivate(reference_host *self, const char *reason);
bool calls_answer(reference_host *self, const logosw_message *answer); /* false when the correlation is none of ours */
void calls_expire(reference_host *self);
bool calls_busy(const reference_host *self);

/* offers.c: documents handed over until acknowledged */
void offers_push_file(reference_host *self, const char *path, bool foreground);
void offers_begin(reference_host *self, bool foreground);
void offers_add_line(reference_host *self, const char *line);
void offers_end(reference_host *self);
void offers_pump(reference_host *self);
void offers_again(reference_host *self); /* every unacknowledged one is offered anew */
bool offers_answer(reference_host *self, const logosw_message *answer);
bool offers_busy(const reference_host *self);

/* events.c: what comes from the add-in */
bool events_pump(reference_host *self, uint32_t timeout_ms); /* at most one event; false when none came */

/* requests.c: what the add-in asks */
void requests_answer(reference_host *self, const logosw_message *message);

/* show.c */
void show_toolbar(const reference_host *self);
void show_status(const reference_host *self);
void show_events(const reference_host *self);

#endif
