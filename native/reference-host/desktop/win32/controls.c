#include <stdlib.h>
#include <string.h>

#include "../../wide.h"
#include "window.h"

enum { DOTS_AN_INCH = 96 };

HWND control_make(window *self, const wchar_t *kind, DWORD style, int id) {
  HWND made = CreateWindowExW(0, kind, L"", WS_CHILD | style, 0, 0, 0, 0, self->main, (HMENU)(INT_PTR)id, GetModuleHandleW(NULL), NULL);
  SendMessageW(made, WM_SETFONT, (WPARAM)self->font, FALSE);
  return made;
}

static void set_wide(HWND control, const wchar_t *text) {
  const int room = GetWindowTextLengthW(control) + 1;
  wchar_t *before = calloc((size_t)room, sizeof *before);
  if (before != NULL) GetWindowTextW(control, before, room);
  if (before == NULL || wcscmp(before, text) != 0) SetWindowTextW(control, text);
  free(before);
}

void control_text(HWND control, const char *text) {
  wchar_t *wide = widen(text == NULL ? "" : text);
  if (wide != NULL) set_wide(control, wide);
  free(wide);
}

void control_label(HWND control, const char *label) {
  wchar_t *wide = widen(label);
  wchar_t *mark = wide == NULL ? NULL : wcschr(wide, L'_');
  if (mark != NULL) *mark = L'&';
  if (wide != NULL) set_wide(control, wide);
  free(wide);
}

static void leave(const window *self, HWND control) {
  if (GetFocus() == control) SetFocus(self->invoices);
}

void control_show(window *self, HWND control, bool visible) {
  if (!visible) leave(self, control);
  if (((GetWindowLongW(control, GWL_STYLE) & WS_VISIBLE) != 0) != visible) ShowWindow(control, visible ? SW_SHOWNA : SW_HIDE);
}

void control_enable(window *self, HWND control, bool enabled) {
  if (!enabled) leave(self, control);
  if ((IsWindowEnabled(control) != 0) != enabled) EnableWindow(control, enabled);
}

bool colours_are_of_the_person(void) {
  HIGHCONTRASTW contrast = {.cbSize = sizeof contrast};
  return SystemParametersInfoW(SPI_GETHIGHCONTRAST, sizeof contrast, &contrast, 0) && (contrast.dwFlags & HCF_HIGHCONTRASTON) != 0;
}

int scaled(const window *self, int pixels) {
  return MulDiv(pixels, (int)self->dpi, DOTS_AN_INCH);
}

SIZE text_size(const window *self, HFONT font, const char *text, int width) {
  wchar_t *wide = widen(text == NULL ? "" : text);
  HDC screen = GetDC(self->main);
  HGDIOBJ before = SelectObject(screen, font);
  RECT room = {0, 0, width, 0};
  const UINT lines = width == 0 ? DT_SINGLELINE : DT_WORDBREAK;
  if (wide != NULL) DrawTextW(screen, wide, -1, &room, DT_CALCRECT | DT_NOPREFIX | lines);
  SelectObject(screen, before);
  ReleaseDC(self->main, screen);
  free(wide);
  return (SIZE){room.right, room.bottom};
}
