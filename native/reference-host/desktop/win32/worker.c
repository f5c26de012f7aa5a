#include "worker.h"

#include <stdlib.h>
#include <string.h>

#include "../../wide.h"
#include "platform.h"

enum { IDLE_MS = 200, SOON_MS = 20 };

typedef struct action {
  struct action *next;
  action_kind kind;
  char *command;
} action;

struct worker {
  desk *desk;
  HWND window;
  plat_thread thread;
  plat_mutex lock; /* of what follows */
  action *first;
  action *last;
  bool quitting;
  bool picture_under_way; /* one at a time: a window that is busy does not get behind */
};

static action *take_action(worker *self) {
  plat_mutex_lock(&self->lock);
  action *taken = self->first;
  if (taken != NULL) self->first = taken->next;
  if (self->first == NULL) self->last = NULL;
  plat_mutex_unlock(&self->lock);
  return taken;
}

static bool is_quitting(worker *self) {
  plat_mutex_lock(&self->lock);
  const bool result = self->quitting;
  plat_mutex_unlock(&self->lock);
  return result;
}

/* True when the window has read the last picture; from then on one is under way. */
static bool may_send_picture(worker *self) {
  plat_mutex_lock(&self->lock);
  const bool result = !self->picture_under_way;
  self->picture_under_way = true;
  plat_mutex_unlock(&self->lock);
  return result;
}

static void send_picture(worker *self) {
  if (!may_send_picture(self)) return;
  picture *taken = picture_take(self->desk);
  if (taken != NULL && PostMessageW(self->window, WM_DESK_PICTURE, 0, (LPARAM)taken)) return;
  picture_free(taken);
  self->desk->changed = true;
  worker_picture_read(self);
}

static bool post_page(void *context, const char *url) {
  const worker *self = context;
  wchar_t *wide = widen(url);
  if (wide != NULL && PostMessageW(self->window, WM_DESK_PAGE, 0, (LPARAM)wide)) return true;
  free(wide);
  return false;
}

static void do_actions(worker *self) {
  for (action *asked = take_action(self); asked != NULL; asked = take_action(self)) {
    desk_act(self->desk, asked->kind, asked->command);
    free(asked->command);
    free(asked);
  }
}

static void run(void *context) {
  worker *self = context;
  desk_start(self->desk);
  for (;;) {
    /* Asked first: what a person did before closing the window is still done. */
    const bool last = is_quitting(self);
    do_actions(self);
    if (last) break;
    if (self->desk->changed) send_picture(self);
    desk_turn(self->desk, self->desk->changed ? SOON_MS : IDLE_MS);
  }
  desk_end(self->desk);
  PostMessageW(self->window, WM_DESK_ENDED, 0, 0);
}

worker *worker_start(desk *shown, HWND window) {
  worker *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->desk = shown;
  self->window = window;
  shown->open_page = post_page;
  shown->context = self;
  if (plat_mutex_init(&self->lock) == LOGOSW_OK && plat_thread_start(&self->thread, run, self) == LOGOSW_OK) return self;
  free(self);
  return NULL;
}

void worker_act(worker *self, action_kind kind, const char *command) {
  action *asked = calloc(1, sizeof *asked);
  if (asked == NULL) return;
  asked->kind = kind;
  asked->command = command == NULL ? NULL : strdup(command);
  if (command != NULL && asked->command == NULL) {
    free(asked);
    return;
  }
  plat_mutex_lock(&self->lock);
  if (self->last == NULL) {
    self->first = asked;
  } else {
    self->last->next = asked;
  }
  self->last = asked;
  plat_mutex_unlock(&self->lock);
  addin_wake();
}

void worker_picture_read(worker *self) {
  plat_mutex_lock(&self->lock);
  self->picture_under_way = false;
  plat_mutex_unlock(&self->lock);
}

void worker_quit(worker *self) {
  plat_mutex_lock(&self->lock);
  self->quitting = true;
  plat_mutex_unlock(&self->lock);
  addin_wake();
}

bool worker_wait(worker *self, DWORD timeout_ms) {
  return WaitForSingleObject(self->thread.handle, timeout_ms) == WAIT_OBJECT_0;
}

void worker_free(worker *self) {
  plat_thread_join(&self->thread);
  plat_mutex_destroy(&self->lock);
  free(self);
}
