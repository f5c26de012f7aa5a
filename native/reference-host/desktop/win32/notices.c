#include <stdlib.h>
#include <string.h>

#include "../../wide.h"
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
      .text = control_make(self, L"STATIC", SS_OWNERDRAW, ID_OTHER),
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

static const shown_notice *shown_in(const window *self, HWND text) {
  for (size_t i = 0; self->shown != NULL && i < self->notice_count && i < self->shown->notice_count; i++) {
    if (self->notices[i].text == text) return &self->shown->notices[i];
  }
  return NULL;
}

static COLORREF ground_of(const char *severity) {
  for (size_t i = 0; i < sizeof COLOURS / sizeof COLOURS[0]; i++) {
    if (strcmp(COLOURS[i].severity, severity) == 0) return COLOURS[i].ground;
  }
  return COLOURS[0].ground;
}

bool notices_draw(const window *self, const DRAWITEMSTRUCT *asked) {
  const shown_notice *entry = shown_in(self, asked->hwndItem);
  const bool plain = colours_are_of_the_person();
  RECT room = asked->rcItem;
  if (entry == NULL) return false;
  SetDCBrushColor(asked->hDC, plain ? GetSysColor(COLOR_WINDOW) : ground_of(entry->severity));
  FillRect(asked->hDC, &room, GetStockObject(DC_BRUSH));
  if (plain) FrameRect(asked->hDC, &room, GetSysColorBrush(COLOR_WINDOWTEXT));
  SetBkMode(asked->hDC, TRANSPARENT);
  SetTextColor(asked->hDC, plain ? GetSysColor(COLOR_WINDOWTEXT) : RGB(0, 0, 0));
  InflateRect(&room, -scaled(self, NOTICE_PADDING), -scaled(self, NOTICE_PADDING));
  wchar_t *wide = widen(entry->text);
  /* One line beside a higher button stands in the middle. */
  const int spare = (int)(room.bottom - room.top - text_size(self, self->font, entry->text, room.right - room.left).cy);
  if (spare > 0) room.top += spare / 2;
  if (wide != NULL) DrawTextW(asked->hDC, wide, -1, &room, DT_WORDBREAK | DT_NOPREFIX);
  free(wide);
  return true;
}
