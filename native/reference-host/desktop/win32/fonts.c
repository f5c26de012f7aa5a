#include "window.h"

void fonts_load(window *self) {
  NONCLIENTMETRICSW metrics = {.cbSize = sizeof metrics};
  if (self->font != NULL) DeleteObject(self->font);
  if (self->strong != NULL) DeleteObject(self->strong);
  SystemParametersInfoForDpi(SPI_GETNONCLIENTMETRICS, sizeof metrics, &metrics, 0, self->dpi);
  self->font = CreateFontIndirectW(&metrics.lfMessageFont);
  metrics.lfMessageFont.lfWeight = FW_BOLD;
  self->strong = CreateFontIndirectW(&metrics.lfMessageFont);
  for (HWND child = GetWindow(self->main, GW_CHILD); child != NULL; child = GetWindow(child, GW_HWNDNEXT)) SendMessageW(child, WM_SETFONT, (WPARAM)self->font, TRUE);
}
