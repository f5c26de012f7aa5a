/*
 * The thread that works on the desk: it alone calls the bridge, writes and waits. The window hands it actions and gets messages; neither ever waits for the other,
 * so that the window stays alive whatever the add-in or the disk does.
 */
#ifndef REFERENCE_HOST_WORKER_H
#define REFERENCE_HOST_WORKER_H

#include "../picture.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

/* What it posts to the window. */
enum {
  WM_DESK_PICTURE = WM_APP, /* lParam: a picture, the window's from then on; the next one comes after worker_picture_read */
  WM_DESK_PAGE,             /* lParam: the address of a page to open, wchar_t for free() */
  WM_DESK_ENDED             /* the add-in is closed, nothing more comes */
};

typedef struct worker worker;

/* Takes the desk over. Null when it cannot start. */
worker *worker_start(desk *shown, HWND window);
void worker_act(worker *self, action_kind kind, const char *command); /* command is copied, may be null */
void worker_picture_read(worker *self);
void worker_quit(worker *self);                      /* asks it to end; WM_DESK_ENDED follows within seconds */
bool worker_wait(worker *self, DWORD timeout_ms);    /* false: it has not ended */
void worker_free(worker *self);                      /* once it has ended */

#endif
