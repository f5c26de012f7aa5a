#include <stdlib.h>
#include <string.h>

#include "window.h"

static const struct {
  const char *severity;
  COLORREF ground;
} COLOURS[] = {{"error", RGB(0xfd, 0xe3, 0xe3)}, {"warning", RGB(0xff, 0xf1, 0xcf)}, {"info", RGB(0xe1, 0xee, 0xfb)}};

static bool add_bar(window *self) {
  notice_bar *grown = realloc(self->notices, (self->notice_count + 1) * sizeof *grown);
  if (grown == NULL) return false;
  self->notices = grown;
  self->notices[self->notice_count] = (notice_bar){
      .text = control_make(self, L"STATIC", SS_NOPREFIX, ID_OTHER),
      .button = control_make(self, L"BUTTON", WS_TABSTOP | BS_PUSHBUTTON, ID_NOTICE + (int)self->notice_count),
  };
  self->notice_count++;
  return true;
}

/* A screen reader says what was not there before. */
static void tell(HWND text, const char *said) {
  const int length = GetWindowTextLengthW(text);
  control_text(text, said);
  if (GetWindowTextLengthW(text) != length) NotifyWinEvent(EVENT_SYSTEM_ALERT, text, OBJID_CLIENT, CHILDID_SELF);
}

void notices_show(window *self) {
  const picture *shown = self->shown;
  while (self->notice_count < shown->notice_count && add_bar(self)) {
  }
  for (size_t i = 0; i < self->notice_count; i++) {
    const notice_bar *bar = &self->notices[i];
    const bool used = i < shown->notice_count;
    control_show(self, bar->text, used);
    control_show(self, bar->button, used && shown->notices[i].action != NULL);
    if (used) {
      tell(bar->text, shown->notices[i].text);
      control_text(bar->button, shown->notices[i].action);
    } else {
      control_text(bar->text, "");
    }
    InvalidateRect(bar->text, NULL, TRUE);
  }
}

HBRUSH notices_colour(const window *self, HWND text, HDC into) {
  static HBRUSH brushes[sizeof COLOURS / sizeof COLOURS[0]];
  if (self->shown == NULL || colours_are_of_the_person()) return NULL;
  for (size_t i = 0; i < self->notice_count && i < self->shown->notice_count; i++) {
    if (self->notices[i].text != text) continue;
    for (size_t at = 0; at < sizeof COLOURS / sizeof COLOURS[0]; at++) {
      if (strcmp(COLOURS[at].severity, self->shown->notices[i].severity) != 0) continue;
      if (brushes[at] == NULL) brushes[at] = CreateSolidBrush(COLOURS[at].ground);
      SetBkColor(into, COLOURS[at].ground);
      SetTextColor(into, RGB(0, 0, 0));
      return brushes[at];
    }
  }
  return NULL;
}
