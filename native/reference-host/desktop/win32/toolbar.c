#include <stdlib.h>
#include <string.h>

#include "../../wide.h"
#include "window.h"

#include <commctrl.h>

enum { ICON_SIZE = 32, BUTTON_WIDTH = 104, BUTTON_PADDING = 10, BADGE_PADDING = 6, FOCUS_WIDTH = 2, OPAQUE_ALPHA = 255 };

static const struct {
  const char *severity;
  COLORREF colour; /* white letters on it */
} BADGES[] = {{"normal", RGB(0x1d, 0x5c, 0x96)}, {"late", RGB(0x8a, 0x4b, 0x00)}, {"incident", RGB(0xa5, 0x1d, 0x1d)}};

static COLORREF colour_of(const char *severity) {
  for (size_t i = 0; i < sizeof BADGES / sizeof BADGES[0]; i++) {
    if (severity != NULL && strcmp(BADGES[i].severity, severity) == 0) return BADGES[i].colour;
  }
  return BADGES[0].colour;
}

static TOOLINFOW tip_of(const window *self, HWND button, wchar_t *text) {
  /* The size before the last field came: the one every version of the controls takes. */
  return (TOOLINFOW){.cbSize = offsetof(TOOLINFOW, lpReserved), .uFlags = TTF_IDISHWND | TTF_SUBCLASS, .hwnd = self->main, .uId = (UINT_PTR)button, .lpszText = text};
}

static bool add_button(window *self) {
  icon_button *grown = realloc(self->commands, (self->command_count + 1) * sizeof *grown);
  if (grown == NULL) return false;
  self->commands = grown;
  HWND button = control_make(self, L"BUTTON", WS_TABSTOP | BS_OWNERDRAW, ID_COMMAND + (int)self->command_count);
  wchar_t nothing[] = L"";
  const TOOLINFOW tip = tip_of(self, button, nothing);
  SendMessageW(self->tips, TTM_ADDTOOLW, 0, (LPARAM)&tip);
  self->commands[self->command_count++] = (icon_button){.button = button};
  return true;
}

/* The key that goes with Ctrl is told where the mouse asks. */
static void set_tip(const window *self, size_t rank, const char *name) {
  char *text = text_of("%s (Ctrl+%zu)", name, rank + 1);
  wchar_t *wide = text == NULL ? NULL : widen(text);
  const TOOLINFOW tip = tip_of(self, self->commands[rank].button, wide);
  if (wide != NULL) SendMessageW(self->tips, TTM_UPDATETIPTEXTW, 0, (LPARAM)&tip);
  free(wide);
  free(text);
}

static void take_icon(window *self, icon_button *into, const char *path) {
  const bool same = into->path != NULL && path != NULL && strcmp(into->path, path) == 0;
  if (same || (into->path == NULL && path == NULL)) return;
  if (into->icon != NULL) DeleteObject(into->icon);
  free(into->path);
  into->path = path == NULL ? NULL : strdup(path);
  into->icon = path == NULL ? NULL : icon_load(path, scaled(self, ICON_SIZE), GetSysColor(COLOR_BTNTEXT));
}

void toolbar_show(window *self) {
  while (self->command_count < self->shown->command_count && add_button(self)) {
  }
  for (size_t i = 0; i < self->command_count; i++) {
    icon_button *into = &self->commands[i];
    control_show(self, into->button, i < self->shown->command_count);
    if (i >= self->shown->command_count) continue;
    const shown_command *command = &self->shown->commands[i];
    control_text(into->button, command->name);
    control_enable(self, into->button, command->enabled);
    set_tip(self, i, command->name);
    take_icon(self, into, command->icon);
    InvalidateRect(into->button, NULL, FALSE);
  }
}

void toolbar_reload_icons(window *self) {
  for (size_t i = 0; i < self->command_count; i++) {
    free(self->commands[i].path);
    self->commands[i].path = NULL;
    if (self->commands[i].icon != NULL) DeleteObject(self->commands[i].icon);
    self->commands[i].icon = NULL;
  }
}

SIZE toolbar_button_size(const window *self, size_t rank) {
  const SIZE label = text_size(self, self->font, self->shown->commands[rank].label, 0);
  const int smallest = scaled(self, BUTTON_WIDTH);
  const int wanted = (int)label.cx + 2 * scaled(self, BUTTON_PADDING);
  return (SIZE){wanted > smallest ? wanted : smallest, scaled(self, ICON_SIZE) + label.cy + 3 * scaled(self, BUTTON_PADDING)};
}

static void draw_icon(HDC into, HBITMAP icon, int left, int top, int size, bool enabled) {
  const BLENDFUNCTION blend = {.BlendOp = AC_SRC_OVER, .SourceConstantAlpha = enabled ? OPAQUE_ALPHA : OPAQUE_ALPHA / 3, .AlphaFormat = AC_SRC_ALPHA};
  HDC from = CreateCompatibleDC(into);
  HGDIOBJ before = SelectObject(from, icon);
  AlphaBlend(into, left, top, size, size, from, 0, 0, size, size, blend);
  SelectObject(from, before);
  DeleteDC(from);
}

static void draw_text(HDC into, HFONT font, COLORREF colour, const char *text, RECT room) {
  wchar_t *wide = widen(text);
  SelectObject(into, font);
  SetTextColor(into, colour);
  if (wide != NULL) DrawTextW(into, wide, -1, &room, DT_CENTER | DT_VCENTER | DT_SINGLELINE | DT_NOPREFIX | DT_END_ELLIPSIS);
  free(wide);
}

/* At the upper right of the icon, as wide as its number. */
static void draw_badge(const window *self, HDC into, const shown_command *command, RECT button) {
  const bool plain = colours_are_of_the_person();
  const COLORREF ground = plain ? GetSysColor(COLOR_HIGHLIGHT) : colour_of(command->severity);
  const SIZE size = text_size(self, self->strong, command->badge, 0);
  const int width = (int)size.cx + 2 * scaled(self, BADGE_PADDING);
  const int centre = (button.left + button.right + scaled(self, ICON_SIZE)) / 2;
  RECT room = {centre - width / 2, button.top + scaled(self, 3), 0, 0};
  room.right = room.left + width;
  room.bottom = room.top + size.cy + scaled(self, 2);
  HGDIOBJ brush = SelectObject(into, CreateSolidBrush(ground));
  HGDIOBJ pen = SelectObject(into, GetStockObject(NULL_PEN));
  const int round = room.bottom - room.top;
  RoundRect(into, room.left, room.top, room.right + 1, room.bottom + 1, round, round);
  SelectObject(into, pen);
  DeleteObject(SelectObject(into, brush));
  draw_text(into, self->strong, plain ? GetSysColor(COLOR_HIGHLIGHTTEXT) : RGB(255, 255, 255), command->badge, room);
}

static void draw_frame(const window *self, HDC into, RECT room, UINT state) {
  FillRect(into, &room, GetSysColorBrush(COLOR_BTNFACE));
  if ((state & ODS_FOCUS) != 0) {
    for (int i = 0; i < scaled(self, FOCUS_WIDTH); i++) {
      FrameRect(into, &room, GetSysColorBrush(COLOR_HIGHLIGHT));
      InflateRect(&room, -1, -1);
    }
  }
  DrawEdge(into, &room, (state & ODS_SELECTED) != 0 ? EDGE_SUNKEN : BDR_RAISEDINNER, BF_RECT);
}

bool toolbar_draw(window *self, const DRAWITEMSTRUCT *asked) {
  const size_t rank = (size_t)(asked->CtlID - ID_COMMAND);
  if (self->shown == NULL || rank >= self->shown->command_count || rank >= self->command_count) return false;
  const shown_command *command = &self->shown->commands[rank];
  const int size = scaled(self, ICON_SIZE);
  const bool enabled = (asked->itemState & ODS_DISABLED) == 0;
  const int left = (asked->rcItem.left + asked->rcItem.right - size) / 2;
  RECT label = asked->rcItem;
  HGDIOBJ font = GetCurrentObject(asked->hDC, OBJ_FONT);
  draw_frame(self, asked->hDC, asked->rcItem, asked->itemState);
  SetBkMode(asked->hDC, TRANSPARENT);
  if (self->commands[rank].icon != NULL) {
    draw_icon(asked->hDC, self->commands[rank].icon, left, asked->rcItem.top + scaled(self, BUTTON_PADDING), size, enabled);
    label.top += scaled(self, BUTTON_PADDING) + size;
  }
  draw_text(asked->hDC, self->font, GetSysColor(enabled ? COLOR_BTNTEXT : COLOR_GRAYTEXT), command->label, label);
  if (command->badge != NULL) draw_badge(self, asked->hDC, command, asked->rcItem);
  SelectObject(asked->hDC, font);
  return true;
}
